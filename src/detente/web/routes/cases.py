"""Cases under work: keep, edit, undo, rename, discard."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from detente.store import cases as kept_cases
from detente.web import shapes
from detente.web.answers import answer
from detente.web.errors import showing_current
from detente.web.models import CaseIn, Rename, Step
from detente.web.state import AtDesk, CaseId, OpenStore, With
from detente.workspace.cases import draft_kept, keep_shipped, keep_text
from detente.workspace.casework import case_row, case_view, outcome_of

__all__ = ["router"]

router = APIRouter(tags=["cases"])


@router.get("/api/cases", response_model=shapes.CasesOut, summary="The cases under work")
def cases(store: OpenStore) -> Response:
    """Every case that is not discarded, without its text."""
    rows = [case_row(kept) for kept in kept_cases.cases(store)]
    return answer({"count": len(rows), "cases": rows})


@router.post(
    "/api/cases", status_code=201, response_model=shapes.CaseOut, summary="Keep a new case"
)
def add(body: CaseIn, desk: AtDesk, store: OpenStore) -> Response:
    """From the text of a case file, from a shipped case, or drafted from statements."""
    if body.text is not None:
        kept = keep_text(desk, store, body.text, body.name)
    elif body.shipped is not None:
        kept = keep_shipped(desk, store, body.shipped, body.name)
    else:
        assert body.draft is not None
        kept = draft_kept(
            desk,
            store,
            name=body.name,
            unreviewed=body.draft.unreviewed,
            table=body.draft.table,
            most=body.draft.options,
            lasting=body.draft.irreversible,
            title=body.draft.title,
        )
    return answer(case_view(desk, store, kept), 201)


@router.get("/api/cases/{id}", response_model=shapes.CaseOut, summary="One case")
def case(id: CaseId, desk: AtDesk, store: OpenStore) -> Response:
    """Its text, its model and the quotations behind it."""
    return answer(case_view(desk, store, kept_cases.case(store, id)))


@router.get("/api/cases/{id}/history", response_model=shapes.HistoryOut, summary="Its versions")
def history(id: CaseId, store: OpenStore) -> Response:
    """Every edit that was made, those undone too; nothing is ever removed."""
    kept = kept_cases.case(store, id)
    rows = [
        {"version": v.num, "parent": v.parent, "what": v.what, "by": v.by, "at": v.at}
        for v in kept_cases.history(store, id)
    ]
    return answer({"id": kept.id, "version": kept.version, "versions": rows})


@router.post("/api/cases/{id}/undo", response_model=shapes.CaseOut, summary="Undo the last edit")
def undo(id: CaseId, body: Step, desk: AtDesk, store: OpenStore, also: With = None) -> Response:
    """Go back to the version before; the one left is kept."""
    with showing_current(lambda: case_view(desk, store, kept_cases.case(store, id))):
        kept = kept_cases.undo(store, id, body.base)
    extra = {"diagnosis": outcome_of(desk, kept)} if also else {}
    return answer({**case_view(desk, store, kept), **extra})


@router.post("/api/cases/{id}/redo", response_model=shapes.CaseOut, summary="Redo what was undone")
def redo(id: CaseId, body: Step, desk: AtDesk, store: OpenStore, also: With = None) -> Response:
    """Go on to the version that was undone last."""
    with showing_current(lambda: case_view(desk, store, kept_cases.case(store, id))):
        kept = kept_cases.redo(store, id, body.base)
    extra = {"diagnosis": outcome_of(desk, kept)} if also else {}
    return answer({**case_view(desk, store, kept), **extra})


@router.patch("/api/cases/{id}", response_model=shapes.CaseOut, summary="Rename a case")
def rename(id: CaseId, body: Rename, desk: AtDesk, store: OpenStore) -> Response:
    """Call it by another name; the text stays as it is."""
    return answer(case_view(desk, store, kept_cases.rename(store, id, body.name)))


@router.delete("/api/cases/{id}", response_model=shapes.DiscardedOut, summary="Discard a case")
def discard(id: CaseId, store: OpenStore) -> Response:
    """List it no more; its versions stay in the workspace."""
    kept_cases.discard(store, id)
    return answer({"discarded": id})
