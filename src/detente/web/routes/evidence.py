"""Documents and statements: read, list, search."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from detente.store.searching import statement as find_statement
from detente.web import shapes
from detente.web.answers import answer, svg
from detente.web.errors import showing_current
from detente.web.jobs import Job
from detente.web.models import Decision, DocumentIn, Handmade, Merge
from detente.web.state import AtDesk, DocumentNum, OpenStore, StatementId, TheJobs, Words
from detente.workspace.evidencework import document_view, rows_of, statement_view, statements_view
from detente.workspace.handwork import add_by_hand, merge, undo_last
from detente.workspace.intake import read_file, read_pasted, read_shipped
from detente.workspace.naming import list_parties
from detente.workspace.overview import documents as list_documents
from detente.workspace.reviewing import decide, reviewed
from detente.workspace.statements import Asked
from detente.workspace.timeline import drawn_timeline, timeline_of

__all__ = ["router"]

router = APIRouter(tags=["evidence"])

Unreviewed = Annotated[bool, Query(description="Take statements too that nobody has reviewed.")]


@router.get("/api/documents", response_model=shapes.DocumentsOut, summary="The documents")
def documents(store: OpenStore) -> Response:
    """Every document that was read, without its text."""
    found = list_documents(store)
    return answer({"count": len(found), "documents": found})


@router.get("/api/documents/{num}", response_model=shapes.DocumentOut, summary="One document")
def document(num: DocumentNum, store: OpenStore) -> Response:
    """Text, labelled lines and statements. Offsets count code points, not UTF-16 units."""
    return answer(document_view(store, num))


@router.post("/api/documents", status_code=202, response_model=shapes.JobOut, summary="Read a text")
def read_text(body: DocumentIn, desk: AtDesk, jobs: TheJobs) -> Response:
    """Start a job that reads a text that was pasted, or an article that comes with Détente."""
    if body.shipped is not None:
        article = body.shipped
        job = jobs.start("read", lambda job: read_shipped(desk, article, _told(job)), article)
    else:
        name, text, date = body.name or "", body.text or "", body.date
        job = jobs.start("read", lambda job: read_pasted(desk, name, text, date, _told(job)), name)
    return answer(job.to_dict(), 202)


@router.post(
    "/api/documents/file",
    status_code=202,
    response_model=shapes.JobOut,
    summary="Read a file",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "application/octet-stream": {"schema": {"type": "string", "format": "binary"}}
            },
        }
    },
)
async def read_upload(
    request: Request,
    desk: AtDesk,
    jobs: TheJobs,
    name: Annotated[str, Query(min_length=1, max_length=400, description="The file's name.")],
) -> Response:
    """Start a job that reads a file; the body is the file as it is, its name is only a label."""
    content = await request.body()
    job = jobs.start("read", lambda job: read_file(desk, name, content, _told(job)), name)
    return answer(job.to_dict(), 202)


def _told(job: Job) -> Callable[[int, int | None, str], None]:
    """Return what notes the progress of reading."""
    job.words = "reading"

    def told(done: int, total: int | None, name: str) -> None:
        job.step(done, total, f"read {name}")

    return told


@router.post(
    "/api/documents/{num}/statements",
    status_code=201,
    response_model=shapes.StatementOut,
    summary="Add a statement by hand",
)
def add_statement(num: DocumentNum, body: Handmade, desk: AtDesk, store: OpenStore) -> Response:
    """A statement that the reader did not find; it counts as accepted."""
    fields = body.model_dump(exclude={"why"})
    stored = add_by_hand(store, num, fields, desk.by, body.why)
    return answer({"statement": statement_view(store, stored), "words": "Added by hand."}, 201)


@router.post(
    "/api/statements/{id}/decision", response_model=shapes.StatementOut, summary="Judge a statement"
)
def decision(id: StatementId, body: Decision, desk: AtDesk, store: OpenStore) -> Response:
    """Accept, edit, reject or reopen. Judgements are appended, never changed."""
    fields = body.fields.model_dump(exclude_unset=True) if body.fields is not None else None
    target = reviewed(store, id)
    with showing_current(lambda: statement_view(store, reviewed(store, id))):
        decide(store, target, body.decision, desk.by, fields, body.why, body.base)
    return answer(
        {
            "statement": statement_view(store, reviewed(store, id)),
            "words": _DECIDED[body.decision],
        }
    )


_DECIDED = {
    "accept": "Accepted.",
    "edit": "Edited; it counts as accepted.",
    "reject": "Rejected; it stays in the list.",
    "reopen": "Open again.",
}


@router.post("/api/statements/undo", response_model=shapes.ChangedOut, summary="Undo a judgement")
def undo(desk: AtDesk, store: OpenStore) -> Response:
    """Take back the last judgement made since the server was started; a merge as a whole."""
    back = undo_last(store, desk.by, desk.first_review)
    return answer({"statements": rows_of(store, back), "words": "Taken back."})


@router.post("/api/statements/merge", response_model=shapes.ChangedOut, summary="Merge statements")
def merge_statements(body: Merge, desk: AtDesk, store: OpenStore) -> Response:
    """Make statements repeats of one that says the same."""
    changed = merge(store, body.ids, body.into, desk.by, body.why)
    kept = find_statement(store, body.into)
    both = [*changed, *([kept] if kept is not None else [])]
    words = f"{len(changed):,} merged into one."
    return answer({"statements": rows_of(store, both), "words": words})


@router.get("/api/statements", response_model=shapes.StatementsOut, summary="Search statements")
def statements(
    store: OpenStore,
    search: Words = None,
    party: Words = None,
    type: Words = None,
    issue: Words = None,
    since: Words = None,
    until: Words = None,
    state: Words = None,
    limit: Annotated[int | None, Query(ge=1, le=100_000)] = None,
) -> Response:
    """As ``detente statements --json``, each statement with the number of its last review."""
    asked = Asked(search, party, type, issue, since, until, state)
    return answer(statements_view(store, asked, limit))


@router.get("/api/parties", response_model=shapes.PartiesOut, summary="The parties")
def parties(store: OpenStore) -> Response:
    """As ``detente parties --json``: who occurs, and the names that each goes by."""
    return answer({"parties": [party.to_dict() for party in list_parties(store)]})


@router.get("/api/timeline", response_model=shapes.TimelineOut, summary="Positions over time")
def timeline(
    store: OpenStore, party: Words = None, issue: Words = None, unreviewed: Unreviewed = False
) -> Response:
    """As ``detente timeline --json``."""
    return answer(timeline_of(store, Asked(party=party, issue=issue), unreviewed).to_dict())


@router.get(
    "/api/timeline.svg",
    response_class=Response,
    responses=shapes.SVG,
    summary="Positions over time, drawn",
)
def timeline_svg(
    store: OpenStore, party: Words = None, issue: Words = None, unreviewed: Unreviewed = False
) -> Response:
    """The figure of ``detente timeline --svg``."""
    return svg(drawn_timeline(timeline_of(store, Asked(party=party, issue=issue), unreviewed)))
