"""A limit of time on a search, and the caller's wish to stop."""

from __future__ import annotations

import time
from collections.abc import Callable

from detente.model.errors import CaseError, Where

__all__ = ["check_budget", "until"]


def until(
    budget: float | None, stop: Callable[[], bool] | None, without: str
) -> Callable[[], bool]:
    """Return what tells a search that it is over; its time runs from now on.

    Args:
        budget: most seconds; ``None``: no limit of time.
        stop: asked again and again; True ends the search as the budget does.
        without: what to do instead of giving a budget, for the message.

    Raises:
        CaseError: the budget is not above 0.
    """
    check_budget(budget, without)
    end = None if budget is None else time.monotonic() + budget

    def over() -> bool:
        if stop is not None and stop():
            return True
        return end is not None and time.monotonic() > end

    return over


def check_budget(budget: float | None, without: str) -> None:
    """Refuse a time that is not above 0; arguments as in :func:`until`.

    Raises:
        CaseError: the budget is not above 0.
    """
    if budget is not None and not budget > 0:
        raise CaseError(
            f"the budget {budget:g} is not possible",
            where=Where("--budget"),
            rule="a budget is a number of seconds above 0",
            hint=without,
        )
