"""Check a case file as far as it can be checked."""

from __future__ import annotations

from dataclasses import dataclass

from detente.engine.compile import compile_case
from detente.model.case import Case
from detente.workspace.casefiles import load

__all__ = ["Checked", "check"]


@dataclass(frozen=True, slots=True)
class Checked:
    """A valid case.

    Attributes:
        case: the case.
        feasible: number of its feasible states.
    """

    case: Case
    feasible: int


def check(path: str) -> Checked:
    """Check a case file completely, states and rankings too, whatever its size.

    Raises:
        CaseError: with the first thing that is wrong.
    """
    case = load(path)
    return Checked(case, len(compile_case(case).states))
