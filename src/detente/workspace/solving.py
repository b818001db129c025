"""Solve a case and choose what to show."""

from __future__ import annotations

from collections.abc import Sequence

from detente.analysis.stability import Algorithm, solve
from detente.report.selection import Selection, select
from detente.workspace.casefiles import load

__all__ = ["solve_file"]


def solve_file(
    path: str,
    *,
    concepts: Sequence[str] | None = None,
    sequences: str = "legal",
    algorithm: Algorithm = "auto",
    where: str | None = None,
    equilibria: str | None = None,
    sort: str = "code",
    summary: bool | None = None,
) -> Selection:
    """Solve a case file and choose what to show.

    The arguments are those of :func:`detente.analysis.stability.solve` and
    :func:`detente.report.selection.select`; the errors too.
    """
    result = solve(load(path), concepts, sequences, algorithm=algorithm)
    return select(result, where, equilibria, sort, summary)
