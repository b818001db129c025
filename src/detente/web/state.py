"""What the routes share: the desk and the jobs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from fastapi import Depends, Path, Query, Request

from detente.store import Store
from detente.web.jobs import Jobs
from detente.workspace.desk import Desk

__all__ = [
    "AtDesk",
    "CaseId",
    "Concept",
    "Concepts",
    "DocumentNum",
    "JobId",
    "OpenStore",
    "StatementId",
    "TheJobs",
    "To",
    "With",
    "Words",
    "listed",
]


async def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


async def _jobs(request: Request) -> Jobs:
    jobs: Jobs = request.app.state.jobs
    return jobs


def _store(request: Request) -> Iterator[Store]:
    desk: Desk = request.app.state.desk
    with desk.store() as store:
        yield store


AtDesk = Annotated[Desk, Depends(_desk)]
TheJobs = Annotated[Jobs, Depends(_jobs)]
OpenStore = Annotated[Store, Depends(_store)]

CaseId = Annotated[str, Path(description="A case under work: c1, c2, …", max_length=40)]
StatementId = Annotated[str, Path(description="A statement's id.", max_length=80)]
JobId = Annotated[str, Path(description="A job's id.", max_length=40)]
DocumentNum = Annotated[int, Path(description="A document's number.", ge=1, le=2**53)]
Words = Annotated[str | None, Query(max_length=500)]
Concepts = Annotated[
    str | None,
    Query(description="Solution concepts, separated by commas; all that apply.", max_length=100),
]
To = Annotated[
    str | None, Query(description="The target: a state of the zone of agreement.", max_length=200)
]
Concept = Annotated[
    str, Query(description="The solution concept by which states last.", max_length=20)
]

With = Annotated[
    Literal["diagnosis"] | None,
    Query(alias="with", description="'diagnosis' adds what the diagnosis comes to."),
]


def listed(text: str | None) -> list[str] | None:
    """Return the items of a list separated by commas."""
    return None if text is None else [item.strip() for item in text.split(",")]
