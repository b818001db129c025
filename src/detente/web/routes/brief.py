"""The brief screen: preview and export."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from starlette.responses import Response

from detente.store.cases import case as kept_case
from detente.web import shapes
from detente.web.answers import answer
from detente.web.jobs import Job
from detente.web.models import BriefIn
from detente.web.state import AtDesk, CaseId, OpenStore, TheJobs
from detente.workspace.briefwork import FILES, brief_file, prepare_brief

__all__ = ["router"]

router = APIRouter(tags=["brief"])

# What the brief's own page needs: a style sheet and pictures within it; no script, no request.
_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
)


@router.post(
    "/api/cases/{id}/brief",
    status_code=202,
    response_model=shapes.JobOut,
    summary="Prepare the brief",
)
def prepare(id: CaseId, body: BriefIn, desk: AtDesk, store: OpenStore, jobs: TheJobs) -> Response:
    """Start the searches that the brief needs; afterwards its files come at once."""
    kept = kept_case(store, id)

    def work(job: Job) -> object:
        def note(done: int, total: int) -> None:
            job.step(done, total, f"{done:,} of {total:,} changed models solved again")

        return prepare_brief(desk, kept, stop=job.stop, progress=note, paper=body.paper)

    return answer(jobs.start("brief", work, id).to_dict(), 202)


Paper = Annotated[Literal["a4", "letter"], Query(description="a4 or letter")]


def _route(format: str, media: str) -> None:
    summary = f"The brief as {format}"

    @router.get(
        f"/api/cases/{{id}}/brief.{format}",
        response_class=Response,
        responses={200: {"description": "The brief", "content": {media: {}}}},
        summary=summary,
        name=f"brief_{format}",
    )
    def brief(id: CaseId, desk: AtDesk, store: OpenStore, paper: Paper = "a4") -> Response:
        """Made from the case as it is now; the same case gives the same brief."""
        kept = kept_case(store, id)
        content = brief_file(desk, kept, format, paper)
        headers = {"Content-Disposition": f'inline; filename="brief-{kept.id}.{format}"'}
        if format == "html":
            headers["Content-Security-Policy"] = _POLICY
        return Response(content, media_type=media, headers=headers)


for _format, _media in FILES.items():
    _route(_format, _media)
