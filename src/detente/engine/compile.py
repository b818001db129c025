"""Turn a case into arrays; everything that concerns single states is checked here."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from detente.engine.arrays import Arrays, PartyArrays
from detente.engine.evaluate import feasible_cells
from detente.engine.moves import StateMoves
from detente.engine.payoffs import Payoffs, priority_payoffs, weight_payoffs
from detente.engine.states import cell_of, code_of
from detente.model.case import Case
from detente.model.errors import CaseError, Where
from detente.model.parts import Party, Preferences, Priorities, Ranking

__all__ = ["BYTES_PER_CELL", "MOST_CELLS", "check_size", "compile_case", "payoffs_of"]

MOST_CELLS = 1 << 27
"""Most combinations of levels that are solved."""

BYTES_PER_CELL = 100
"""Peak memory of a solve, measured with three parties on 2^24 cells, for the message."""


def check_size(case: Case) -> None:
    """Refuse a case that is too large to solve.

    Raises:
        CaseError: with the number of states and the memory that it would take.
    """
    if case.cells > MOST_CELLS:
        gib = case.cells * BYTES_PER_CELL >> 30
        raise CaseError(
            f"the {len(case.options)} options have {_large(case.cells)} combinations of levels; "
            f"solving them would take about {_large(gib)} GiB of memory",
            where=case.places.get("parties", Where(case.source)),
            rule=f"at most {MOST_CELLS:,} combinations",
            hint="merge options that always change together, or levels that nobody tells apart",
        )


def _large(count: int) -> str:
    """Return a count for a message; the number of digits alone where nobody would read them."""
    return f"{count:,}" if count < 10**15 else f"10^{math.floor(math.log10(count))}"


@lru_cache(maxsize=8)
def _compiled(key: _Key) -> Arrays:
    return _compile(key.case)


class _Key:
    """Identity of a case as a cache key: cases are frozen, so the same object compiles once."""

    def __init__(self, case: Case) -> None:
        self.case = case

    def __hash__(self) -> int:
        return id(self.case)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and other.case is self.case


def compile_case(case: Case) -> Arrays:
    """Return the arrays of a case.

    Raises:
        CaseError: if it is too large, no state is feasible, the status quo is infeasible, or a
            ranking misses a feasible state or names an infeasible one.
    """
    return _compiled(_Key(case))


def _compile(case: Case) -> Arrays:
    check_size(case)
    if case.graph is not None:
        feasible = np.ones(len(case.graph.states), dtype=np.bool_)
    else:
        feasible = feasible_cells(case.infeasible, [len(o.levels) for o in case.options])
    _check_feasible(case, feasible)
    payoffs = tuple(
        payoffs_of(case, party.preferences, feasible, party.id) for party in case.parties
    )
    for view in case.perceptions:
        if not isinstance(view.preferences, Priorities):  # priorities fit any set of states
            payoffs_of(case, view.preferences, feasible, f"{view.seen}, as {view.viewer} sees it")
    for array in (feasible, *payoffs):
        array.setflags(write=False)
    if case.graph is None:
        return Arrays(tuple(_party(party) for party in case.parties), feasible, payoffs)
    moves = _listed(case)
    parties = tuple(
        PartyArrays((), (), False, own.transitive, party.preferences is None)
        for party, own in zip(case.parties, moves, strict=True)
    )
    return Arrays(parties, feasible, payoffs, moves)


def _party(party: Party) -> PartyArrays:
    return PartyArrays(
        levels=tuple(len(option.levels) for option in party.options),
        arcs=tuple(option.arcs for option in party.options),
        complete=all(option.complete for option in party.options),
        transitive=all(option.transitive for option in party.options),
        indifferent=party.preferences is None,
    )


def _listed(case: Case) -> tuple[StateMoves, ...]:
    assert case.graph is not None
    index = {label: i for i, label in enumerate(case.graph.states)}
    found = []
    for party in case.parties:
        arcs = case.graph.moves.get(party.id, ())
        pairs = sorted((index[start], index[end]) for start, end in arcs)
        array = np.array(pairs, dtype=np.int32).reshape(-1, 2)
        found.append(StateMoves(len(index), array[:, 0].copy(), array[:, 1].copy()))
    return tuple(found)


def _check_feasible(case: Case, feasible: NDArray[np.bool_]) -> None:
    if not feasible.any():
        raise CaseError(
            "no state is feasible",
            where=case.places.get("infeasible", Where(case.source)),
            rule="at least one combination of levels must be possible",
            hint="remove or narrow an item of 'infeasible'",
        )
    if case.status_quo is not None and not feasible[cell_of(case, case.status_quo)]:
        raise CaseError(
            f"the status quo {case.status_quo} is infeasible",
            where=case.places.get("status_quo", Where(case.source)),
            rule="the status quo is a feasible state",
            hint=_why_infeasible(case, case.status_quo),
        )


def _why_infeasible(case: Case, state: str) -> str:
    """Return which item of ``infeasible`` excludes a state."""
    levels = case.levels(state)
    item = next(item for item in case.infeasible if item.excludes(levels))
    line = f" (line {item.where.line})" if item.where and item.where.line else ""
    return f"'{item.text}' under 'infeasible' excludes it{line}"


def payoffs_of(
    case: Case, preferences: Preferences | None, feasible: NDArray[np.bool_], who: str
) -> Payoffs:
    """Return the ordinal payoffs of preferences over the cells of a case.

    Args:
        case: the case.
        preferences: ``None`` for indifference (all zero).
        feasible: bool, shape ``(cells,)``.
        who: whose preferences they are, for messages.

    Raises:
        CaseError: if a ranking is not over exactly the feasible states.
    """
    if preferences is None:
        return np.zeros(feasible.shape, dtype=np.int32)
    levels = [len(option.levels) for option in case.options]
    if isinstance(preferences, Priorities):
        return priority_payoffs(preferences, levels)
    if isinstance(preferences, Ranking):
        return _ranking_payoffs(case, preferences, feasible, who)
    return weight_payoffs(preferences, levels, who)


def _ranking_payoffs(
    case: Case, ranking: Ranking, feasible: NDArray[np.bool_], who: str
) -> Payoffs:
    payoffs = np.zeros(feasible.shape, dtype=np.int32)
    seen = np.zeros(feasible.shape, dtype=np.bool_)
    for rank, tier in enumerate(ranking.tiers):
        for k, state in enumerate(tier):
            cell = cell_of(case, state)
            if not feasible[cell]:
                places = ranking.places[rank] if ranking.places else ()
                raise CaseError(
                    f"the ranking of '{who}' names the infeasible state {state}",
                    where=places[k] if places else ranking.where,
                    rule="a ranking names every feasible state once, and no other",
                    hint=f"remove it: {_why_infeasible(case, state)}",
                )
            seen[cell] = True
            payoffs[cell] = len(ranking.tiers) - rank
    missing = np.flatnonzero(feasible & ~seen)
    if len(missing):
        shown = ", ".join(code_of(case, int(cell)) for cell in missing[:6])
        more = f" and {len(missing) - 6:,} more" if len(missing) > 6 else ""
        raise CaseError(
            f"the ranking of '{who}' misses {len(missing):,} feasible "
            f"{'state' if len(missing) == 1 else 'states'}: {shown}{more}",
            where=ranking.where,
            rule="a ranking names every feasible state once",
            hint="add them, or declare them infeasible",
        )
    return payoffs
