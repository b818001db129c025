"""The model screen: edits, and what would have to be added to swap two states."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from detente.store.cases import case as kept_case
from detente.web import shapes
from detente.web.answers import answer
from detente.web.edits import EditIn, SwapIn, plain
from detente.web.errors import showing_current
from detente.web.state import AtDesk, CaseId, OpenStore, With
from detente.workspace.casework import case_view, ladder_views, outcome_of
from detente.workspace.editing import edit_case, swap_of

__all__ = ["router"]

router = APIRouter(tags=["model"])


@router.post("/api/cases/{id}/edits", response_model=shapes.EditedOut, summary="Edit a case")
def edit(id: CaseId, body: EditIn, desk: AtDesk, store: OpenStore, also: With = None) -> Response:
    """Make one edit. It is kept at once, explained in words, and can be undone."""
    with showing_current(lambda: case_view(desk, store, kept_case(store, id))):
        made = edit_case(desk, store, id, body.base, plain(body.edit))
    ladder = ladder_views(desk, made.kept, made.party)[0] if made.party is not None else None
    return answer(
        {
            **case_view(desk, store, made.kept),
            "changed": made.changed,
            "words": list(made.words),
            "ladder": ladder,
            **({"diagnosis": outcome_of(desk, made.kept)} if also else {}),
        }
    )


@router.post(
    "/api/cases/{id}/swap", response_model=shapes.SwapOut, summary="How to swap two states"
)
def swap(id: CaseId, body: SwapIn, desk: AtDesk, store: OpenStore) -> Response:
    """Say which priority would put ``lower`` above ``upper``; nothing is changed."""
    found = swap_of(desk, kept_case(store, id), body.party, body.upper, body.lower)
    return answer(found)
