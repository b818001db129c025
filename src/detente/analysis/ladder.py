"""The order of states that a party's preferences give: tiers, and what decides between two."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.engine.compile import compile_case
from detente.engine.evaluate import truth
from detente.engine.states import codes_of
from detente.model.case import Case
from detente.model.parts import Priorities

__all__ = ["Ladder", "Rung", "ladder", "truths"]


@dataclass(frozen=True, slots=True)
class Rung:
    """States that a party finds equally good.

    Attributes:
        states: their codes or labels.
        decided: index of the priority by which these are better than the next rung's; ``None`` on
            the last rung and where preferences are no priorities.
    """

    states: tuple[str, ...]
    decided: int | None = None


@dataclass(frozen=True, slots=True)
class Ladder:
    """The states in a party's order, best first.

    Attributes:
        party: id of the party.
        rungs: the tiers.
    """

    party: str
    rungs: tuple[Rung, ...]

    def place(self, state: str) -> int | None:
        """Return the place of a state's rung, from 0 at the top; ``None`` if it is on none."""
        for k, rung in enumerate(self.rungs):
            if state in rung.states:
                return k
        return None


def ladder(case: Case, party: str) -> Ladder:
    """Return a party's order of the feasible states.

    Args:
        case: the case.
        party: id of the party.

    Raises:
        CaseError: there is no such party, or its ranking does not fit the states.
    """
    owner = case.party(party)
    arrays = compile_case(case)
    payoffs = arrays.state_payoffs(case.party_ids.index(party))
    codes = codes_of(case, arrays.states)
    order = np.argsort(-payoffs, kind="stable")
    cuts = np.flatnonzero(np.diff(payoffs[order])) + 1
    groups = np.split(order, cuts)
    decided: list[int | None] = [None] * len(groups)
    if isinstance(owner.preferences, Priorities) and case.graph is None:
        marks = truths(case, owner.preferences)
        heads = marks[:, [int(group[0]) for group in groups]]
        differ = heads[:, :-1] != heads[:, 1:]
        decided[:-1] = [int(k) for k in np.argmax(differ, axis=0)] if len(groups) > 1 else []
    return Ladder(
        party,
        tuple(
            Rung(tuple(codes[int(s)] for s in group), decides)
            for group, decides in zip(groups, decided, strict=True)
        ),
    )


def truths(case: Case, priorities: Priorities) -> NDArray[np.bool_]:
    """Return which priorities are true where, bool, shape (priorities, feasible states)."""
    arrays = compile_case(case)
    levels = [len(option.levels) for option in case.options]
    rows = [
        np.broadcast_to(truth(clause.statement, levels), levels).reshape(-1)[arrays.states]
        for clause in priorities.clauses
    ]
    return np.array(rows, dtype=np.bool_).reshape(len(rows), len(arrays.states))
