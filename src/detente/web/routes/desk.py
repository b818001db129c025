"""The start page: what there is, and what waits."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from detente.web import shapes
from detente.web.answers import answer
from detente.web.state import AtDesk, JobId, OpenStore, TheJobs
from detente.workspace.overview import overview

__all__ = ["router"]

router = APIRouter(tags=["desk"])


@router.get("/api/desk", response_model=shapes.DeskOut, summary="What is on the desk")
def desk(at: AtDesk, store: OpenStore, jobs: TheJobs) -> Response:
    """Counts of documents and statements, the cases, what is shipped, what waits."""
    running = [job.to_dict() for job in jobs.all() if job.state == "running"]
    return answer({**overview(at, store), "jobs": running})


@router.get("/api/jobs/{id}", response_model=shapes.JobOut, summary="How a job stands")
async def job(id: JobId, jobs: TheJobs) -> Response:
    """Progress, and the result once there is one."""
    return answer(jobs.get(id).to_dict())


@router.delete("/api/jobs/{id}", response_model=shapes.JobOut, summary="Cancel a job")
def cancel(id: JobId, jobs: TheJobs) -> Response:
    """Ask a job to end; what a search has found so far stays its result."""
    found = jobs.get(id)
    found.cancel()
    found.wait(0.5)
    return answer(found.to_dict())
