"""Which priority would have to be added for a party to prefer one state to another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from detente.analysis.deadlock.wording import text_of
from detente.analysis.ladder import truths
from detente.engine.arrays import Arrays
from detente.engine.compile import compile_case
from detente.engine.evaluate import truth
from detente.engine.states import cell_of
from detente.model.case import Case
from detente.model.errors import CaseError, Where
from detente.model.parts import Option, Priorities, Ranking
from detente.model.statement import And, Atom, If, Not, Or, Statement

__all__ = ["Swap", "swap", "swapped_tiers"]

_MOST_WORK = 40_000_000
"""Truth values that are looked at for statements about two options; above, about one only."""


@dataclass(frozen=True, slots=True)
class Swap:
    """What puts one state above another.

    Attributes:
        statement: the priority to add, in the statement language.
        index: where it belongs: before the priority that decides between the two now.
        moved: how many pairs of states change places, or are told apart, by it; 1 if it is just
            the two.
    """

    statement: str
    index: int
    moved: int


def swap(case: Case, party: str, upper: str, lower: str) -> Swap:
    """Find the priority that puts ``lower`` above ``upper`` and moves as little else as possible.

    Tried are statements about one option and about two, and the whole of either state. Of those
    that move equally few pairs of states the simplest is taken.

    Args:
        case: the case.
        party: id of the party.
        upper: the state that it prefers now.
        lower: the state that it is to prefer.

    Raises:
        CaseError: its preferences are no priorities; or it does not prefer ``upper`` now.
    """
    arrays, payoffs, above, below = _pair(case, party, upper, lower)
    preferences = case.party(party).preferences
    if not isinstance(preferences, Priorities) or case.graph is not None:
        raise CaseError(
            "only a list of priorities can take a further one",
            where=Where(case.source),
            rule="two states of a ranking change places by themselves; weights are numbers",
            hint="change the ranking or the weights",
        )
    marks = truths(case, preferences)
    index = int(np.argmax(marks[:, above] != marks[:, below]))
    # A priority at this place tells apart what all earlier ones leave level, whichever way they do.
    order = np.argsort(-payoffs, kind="stable")
    prefixes = marks[:index, order]
    fresh = np.concatenate([[True], (prefixes[:, 1:] != prefixes[:, :-1]).any(axis=0)])
    group = np.maximum.accumulate(np.where(fresh, np.arange(len(order)), 0))
    tier = np.searchsorted(-payoffs[order], -payoffs[order], side="left")
    spots = (int(np.flatnonzero(order == above)[0]), int(np.flatnonzero(order == below)[0]))
    levels = [len(option.levels) for option in case.options]

    def mask(statement: Statement) -> NDArray[np.bool_]:
        whole = np.broadcast_to(truth(statement, levels), levels).reshape(-1)
        found: NDArray[np.bool_] = whole[arrays.states[order]]
        return found

    best: tuple[int, int, int] | None = None
    chosen: Statement | None = None
    ends = (case.levels(case.state(upper)), case.levels(case.state(lower)))
    for rank, statements in enumerate(_candidates(case.options, ends, len(order), mask)):
        for statement, truths_of in statements:
            if truths_of[spots[0]] or not truths_of[spots[1]]:
                continue
            moved = _moved(group, tier, truths_of)
            key = (moved, rank, len(text_of(statement, case)))
            if best is None or key < best:
                best, chosen = key, statement
        if best is not None and best[0] == 1:
            break
    assert chosen is not None
    assert best is not None
    return Swap(text_of(chosen, case), index, best[0])


def swapped_tiers(case: Case, party: str, upper: str, lower: str) -> list[list[str]]:
    """Return the tiers of a ranking with two states in each other's place.

    Raises:
        CaseError: its preferences are no ranking; or it does not prefer ``upper`` now.
    """
    _pair(case, party, upper, lower)
    preferences = case.party(party).preferences
    assert isinstance(preferences, Ranking)
    names = {case.state(upper): case.state(lower), case.state(lower): case.state(upper)}
    return [[names.get(state, state) for state in tier] for tier in preferences.tiers]


def _pair(
    case: Case, party: str, upper: str, lower: str
) -> tuple[Arrays, NDArray[np.int32], int, int]:
    """Return the places of two states, of which the party prefers the first."""
    case.party(party)
    arrays = compile_case(case)
    payoffs = arrays.state_payoffs(case.party_ids.index(party))
    places = []
    for name in (upper, lower):
        place = int(arrays.position[cell_of(case, case.state(name))])
        if place < 0:
            raise CaseError(
                f"the state {name} is infeasible",
                where=Where(case.source),
                rule="it is excluded under 'infeasible'",
                hint="choose a feasible state",
            )
        places.append(place)
    if not payoffs[places[0]] > payoffs[places[1]]:
        raise CaseError(
            f"{case.party(party).name} does not prefer {upper} to {lower} now",
            where=Where(case.source),
            rule="a swap puts the lower one of two states above the upper one",
            hint="name them the other way round, if that is meant",
        )
    return arrays, payoffs, places[0], places[1]


def _moved(group: NDArray[np.int64], tier: NDArray[np.int64], true: NDArray[np.bool_]) -> int:
    """Return how many pairs a further priority turns round or tells apart.

    Args:
        group: for each state, the best first, where the states begin that earlier priorities
            leave level with it, shape ``(N,)``.
        tier: where those begin that the party finds just as good, shape ``(N,)``.
        true: where the priority is true, shape ``(N,)``.
    """
    false = np.concatenate([[0], np.cumsum(~true)])
    turned = int((false[tier] - false[group])[true].sum())
    of_tier = np.bincount(tier[true], minlength=len(tier))
    others = np.bincount(tier[~true], minlength=len(tier))
    return turned + int((of_tier * others).sum())


def _atoms(options: Sequence[Option]) -> list[Statement]:
    """Return the simple statements about one option."""
    found: list[Statement] = []
    for k, option in enumerate(options):
        count = len(option.levels)
        for level in range(count):
            found.append(Atom(k, "=", level))
            if count > 2:
                found.append(Not(Atom(k, "=", level)))
                if level > 1:
                    found += [Atom(k, ">=", level), Atom(k, "<", level)]
    return found


_Tried = Iterator[tuple[Statement, NDArray[np.bool_]]]


def _candidates(
    options: Sequence[Option],
    ends: tuple[tuple[int, ...], tuple[int, ...]],
    size: int,
    mask: object,
) -> Iterator[_Tried]:
    """Yield groups of statements with where they are true, the simpler ones first."""
    assert callable(mask)
    atoms = _atoms(options)
    masks = [mask(atom) for atom in atoms]
    yield iter(zip(atoms, masks, strict=True))
    if 3 * len(atoms) ** 2 * size <= _MOST_WORK:
        yield _pairs(atoms, masks)
    upper, lower = (
        And(tuple(Atom(k, "=", level) for k, level in enumerate(levels))) for levels in ends
    )
    yield ((one, mask(one)) for one in (lower, Not(upper)))


def _pairs(atoms: Sequence[Statement], masks: Sequence[NDArray[np.bool_]]) -> _Tried:
    for (a, p), (b, q) in product(zip(atoms, masks, strict=True), repeat=2):
        one, other = next(a.atoms()).option, next(b.atoms()).option
        if one == other:
            continue
        yield If(a, b), p | ~q
        if one < other:
            yield And((a, b)), p & q
            yield Or((a, b)), p | q
