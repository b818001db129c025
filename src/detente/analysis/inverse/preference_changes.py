"""Changes of preferences: adjacent swaps in rankings.

A party's preferences, however they were written, induce a ranking: tiers of equally good states,
best first. An *adjacent swap* lets two states of neighbouring tiers exchange tiers; the sizes of
the tiers stay. In a strict ranking these are the transpositions of neighbours, whose least number
is Kendall's distance (Kinsara, Kilgour and Hipel 2014 for the inverse approach). With ties, every
pair of states from two neighbouring tiers is one swap.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import TypeAlias

import numpy as np

from detente.engine.compile import compile_case
from detente.engine.states import codes_of
from detente.model.case import Case
from detente.model.errors import CaseError, Where
from detente.model.parts import Ranking

__all__ = ["Tiers", "adjacent_swaps", "apply_swap", "induced_ranking", "with_ranking"]

Tiers: TypeAlias = tuple[tuple[str, ...], ...]
"""A ranking, best tier first; the states of a tier in the order of their codes (or declared)."""


def induced_ranking(case: Case, party: str) -> Tiers:
    """Return the ranking that a party's preferences induce over the feasible states.

    Args:
        case: the case.
        party: id of the party. One without preferences has a single tier.

    Returns:
        The tiers, best first. Two preferences that order the states alike give equal tiers.

    Raises:
        CaseError: if there is no such party, or the case is invalid.

    Example:
        >>> import detente
        >>> case = detente.load("cases/us-taliban-2019/two-step.yaml")
        >>> induced_ranking(case, "us")
        (('01',), ('11',), ('00',), ('10',))
    """
    index = case.party_ids.index(case.party(party).id)
    arrays = compile_case(case)
    codes = codes_of(case, arrays.states)
    payoffs = arrays.state_payoffs(index)
    order = np.argsort(-payoffs.astype(np.int64), kind="stable")
    ranked = payoffs[order]
    begins = np.flatnonzero(np.r_[True, ranked[1:] != ranked[:-1]])
    tiers = np.split(order, begins[1:])
    return tuple(tuple(codes[state] for state in tier.tolist()) for tier in tiers)


def with_ranking(case: Case, party: str, tiers: Tiers) -> Case:
    """Return the case in which a party's preferences are this ranking.

    Args:
        case: the case.
        party: id of the party.
        tiers: every feasible state once, best first.
    """
    changed = replace(case.party(party), preferences=Ranking(tiers))
    parties = tuple(changed if own.id == party else own for own in case.parties)
    return replace(case, parties=parties)


def apply_swap(case: Case, party: str, raise_state: str, above_state: str) -> Case:
    """Return the case after one adjacent swap: ``raise_state`` rises above ``above_state``.

    The two exchange tiers. Priorities and weights become the ranking that they induce.

    Args:
        case: the case.
        party: id of the party whose ranking changes.
        raise_state: a state (code or label).
        above_state: a state of the tier just above that of ``raise_state``.

    Raises:
        CaseError: if there is no such party or state, or the two are not in neighbouring tiers.
    """
    low, high = case.state(raise_state), case.state(above_state)
    tiers = induced_ranking(case, party)
    rank = {state: k for k, tier in enumerate(tiers) for state in tier}
    for state in (low, high):
        if state not in rank:
            raise CaseError(
                f"the state {state} is infeasible",
                where=Where(case.source),
                rule="a ranking is over the feasible states",
                hint="name two feasible states",
            )
    if rank[low] != rank[high] + 1:
        raise CaseError(
            f"{high} does not stand just above {low} in the ranking of '{party}'",
            where=Where(case.source),
            rule="a swap exchanges two states of neighbouring ranks",
            hint=f"{high} has rank {rank[high] + 1}, {low} has rank {rank[low] + 1}, best first",
        )
    order = {state: k for k, state in enumerate(codes_of(case, compile_case(case).states))}
    swapped = list(tiers)
    for k, gone, come in ((rank[high], high, low), (rank[low], low, high)):
        members = [come, *(state for state in tiers[k] if state != gone)]
        swapped[k] = tuple(sorted(members, key=order.__getitem__))
    return with_ranking(case, party, tuple(swapped))


def adjacent_swaps(case: Case, party: str) -> Iterator[tuple[str, str]]:
    """Yield every adjacent swap in a party's ranking, best tiers first.

    Yields:
        Pairs (raise, above) for :func:`apply_swap`: ``above`` stood just above ``raise``.
    """
    tiers = induced_ranking(case, party)
    for upper, lower in pairwise(tiers):
        for above in upper:
            for low in lower:
                yield low, above
