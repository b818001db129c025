"""The unlock screen: searches as jobs, scenarios, sensitivity."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from detente.model.errors import quoted
from detente.store import StoreError
from detente.store.cases import case as kept_case
from detente.web import shapes
from detente.web.answers import answer
from detente.web.edits import Scenario, plain
from detente.web.jobs import Job
from detente.web.models import SensitivityIn, Unlock
from detente.web.state import AtDesk, CaseId, OpenStore, TheJobs
from detente.workspace.casework import case_of, case_view
from detente.workspace.editing import edited_scenario
from detente.workspace.scenarios import keep_levered, searched, varied

__all__ = ["router"]

router = APIRouter(tags=["levers"])


@router.post(
    "/api/cases/{id}/unlock",
    status_code=202,
    response_model=shapes.JobOut,
    summary="Search for levers",
)
def unlock(id: CaseId, body: Unlock, desk: AtDesk, store: OpenStore, jobs: TheJobs) -> Response:
    """Start a search; its result is that of ``detente unlock --json``."""
    kept = kept_case(store, id)
    case_of(desk, kept)

    def work(job: Job) -> object:
        job.kept, document = searched(
            desk,
            kept,
            to=body.to,
            size=body.size,
            concept=body.concept,
            budget=body.budget,
            stop=job.stop,
            progress=lambda done, total: _note(job, done, total, "changed models solved again"),
        )
        return document

    return answer(jobs.start("unlock", work, id).to_dict(), 202)


@router.post(
    "/api/cases/{id}/sensitivity",
    status_code=202,
    response_model=shapes.JobOut,
    summary="Say which preferences the diagnosis hangs on",
)
def sensitivity(
    id: CaseId, body: SensitivityIn, desk: AtDesk, store: OpenStore, jobs: TheJobs
) -> Response:
    """Vary every stated preference; the result is that of ``detente sensitivity --json``."""
    kept = kept_case(store, id)
    case_of(desk, kept)

    def work(job: Job) -> object:
        return varied(
            desk,
            kept,
            concept=body.concept,
            budget=body.budget,
            stop=job.stop,
            progress=lambda done, total: _note(job, done, total, "changes tried"),
        )

    return answer(jobs.start("sensitivity", work, id).to_dict(), 202)


def _note(job: Job, done: int, total: int, what: str) -> None:
    """Note the progress of a search; one that was cancelled ends by itself, with what it found."""
    job.done, job.total, job.words = done, total, f"{done:,} of {total:,} {what}"


@router.post(
    "/api/cases/{id}/scenarios",
    status_code=201,
    response_model=shapes.ScenarioOut,
    summary="Try something in a copy",
)
def scenario(id: CaseId, body: Scenario, desk: AtDesk, store: OpenStore, jobs: TheJobs) -> Response:
    """Keep the case as a set of levers or an edit changes it, beside the case itself."""
    if body.edit is not None:
        made = edited_scenario(desk, store, id, plain(body.edit), body.name)
        extra = {"words": list(made.words), "not_written": []}
        return answer({**case_view(desk, store, made.kept), **extra}, 201)
    assert body.unlock is not None
    assert body.number is not None
    job = jobs.get(body.unlock)
    if job.kept is None or job.about != id:
        raise StoreError(
            f"the job {quoted(body.unlock)} has no levers for this case",
            rule="a scenario takes a set from a finished search in the same case",
            hint="search for levers first",
        )
    kept, told = keep_levered(desk, store, id, job.kept, body.number, body.name)
    return answer({**case_view(desk, store, kept), **told}, 201)
