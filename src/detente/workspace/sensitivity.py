"""Say which stated preferences of a case file its diagnosis hangs on, within a time."""

from __future__ import annotations

from collections.abc import Callable

from detente.analysis.sensitivity.results import Sensitivity
from detente.analysis.sensitivity.sensitivity import MOST_WORK, sensitivity
from detente.model.case import Case
from detente.workspace.budget import until
from detente.workspace.casefiles import load

__all__ = ["sensitivity_case", "sensitivity_file"]


def sensitivity_file(
    path: str,
    *,
    concept: str = "seq",
    sequences: str = "legal",
    budget: float | None = None,
    stop: Callable[[], bool] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Sensitivity:
    """Vary the stated preferences of a case file, one at a time.

    Args:
        path: the case file.
        concept: the solution concept.
        sequences: rule for sequences of sanctioning moves.
        budget: most seconds that it may take; ``None``: no limit of time, but in a large case
            not every change is tried.
        stop: asked again and again; True ends it as the budget does.
        progress: called with (changes tried, changes there are).

    Raises:
        CaseError: if the case, or what is asked of it, is not valid.
    """
    return sensitivity_case(
        load(path),
        concept=concept,
        sequences=sequences,
        budget=budget,
        stop=stop,
        progress=progress,
    )


def sensitivity_case(
    case: Case,
    *,
    concept: str = "seq",
    sequences: str = "legal",
    budget: float | None = None,
    stop: Callable[[], bool] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Sensitivity:
    """Vary the stated preferences of a case; arguments as in :func:`sensitivity_file`.

    Raises:
        CaseError: if what is asked of the case is not valid.
    """
    over = until(budget, stop, "leave it out to try what takes about a minute at most")
    return sensitivity(
        case,
        concept,
        sequences,
        work=MOST_WORK if budget is None else None,
        stop=over,
        progress=progress,
    )
