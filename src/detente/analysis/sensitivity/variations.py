"""What a party states, and the changes of it that are tried: one dropped, or two swapped.

A *stated preference* is one line of what a party says it wants:

- priorities: a statement. Dropped, it is left out; swapped, it changes places with the next.
- weights: a statement with its weight, the heaviest first. Dropped, its weight is 0; swapped, it
  exchanges the size of its weight with a statement of the next smaller size, and both keep their
  signs: what is wanted stays wanted, only how much it counts changes. Statements of weight 0 say
  nothing, so there is nothing to vary.
- ranking: that the states of one tier are better than those of the next. Dropped, the two tiers
  become one; swapped, one state of each exchanges tiers, and the sizes of the tiers stay: the
  adjacent swap of the lever ``preference`` (:mod:`detente.analysis.inverse.preference_changes`).
  With ties, every pair of states of the two tiers is one swap.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Any, Literal, TypeAlias

from detente.analysis.deadlock.scenario import with_preferences
from detente.model.case import Case
from detente.model.parts import Clause, Preferences, Priorities, Ranking, Weights

__all__ = [
    "Change",
    "Drop",
    "Stated",
    "Swap",
    "apply_change",
    "changed",
    "drops",
    "stated",
    "swaps",
]

Form: TypeAlias = Literal["priorities", "ranking", "weights"]


@dataclass(frozen=True, slots=True)
class Stated:
    """One stated preference of one party.

    Attributes:
        party: whose.
        number: its place among those of the party, from 1: the most important, the heaviest, or
            the best tiers first.
        form: how the party states its preferences.
        text: the statement as written; of a ranking, the two tiers: ``"01 > 11, 22"``.
        evidence: ids of the statements behind it.
        clause: the statement; ``None`` in a ranking.
        weight: with weights, its weight.
        tiers: in a ranking, the better tier and the one below.
        place: its index among the clauses of the party as declared; in a ranking, of the better
            tier among the tiers.
        below: numbers of the preferences with which it can be swapped: the next ones.
    """

    party: str
    number: int
    form: Form
    text: str
    evidence: tuple[str, ...] = ()
    clause: Clause | None = None
    weight: Decimal | None = None
    tiers: tuple[tuple[str, ...], tuple[str, ...]] | None = None
    place: int = 0
    below: tuple[int, ...] = ()

    @property
    def droppable(self) -> bool:
        """False if it says nothing: a statement of weight 0."""
        return self.weight is None or bool(self.weight)

    @property
    def swappable(self) -> int:
        """In how many ways it can be swapped with what is next."""
        return len(self.below) if self.tiers is None else len(self.tiers[0]) * len(self.tiers[1])

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return {
            "party": self.party,
            "number": self.number,
            "form": self.form,
            "text": self.text,
            "weight": None if self.weight is None else str(self.weight),
            "tiers": None if self.tiers is None else [list(tier) for tier in self.tiers],
            "evidence": list(self.evidence),
        }


@dataclass(frozen=True, slots=True)
class Drop:
    """A stated preference is dropped; in a ranking, its two tiers become one.

    Attributes:
        of: the preference.
    """

    of: Stated

    @property
    def touches(self) -> tuple[int, ...]:
        """Numbers of the preferences that it changes."""
        return (self.of.number,)

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return {"change": "drop"}


@dataclass(frozen=True, slots=True)
class Swap:
    """A stated preference is swapped with one that is next to it.

    Attributes:
        of: the more important one.
        other: the less important one; ``None`` in a ranking.
        raises, above: in a ranking, the state that rises, and the one above which it does.
    """

    of: Stated
    other: Stated | None = None
    raises: str | None = None
    above: str | None = None

    @property
    def touches(self) -> tuple[int, ...]:
        """Numbers of the preferences that it changes."""
        return (self.of.number,) if self.other is None else (self.of.number, self.other.number)

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        if self.other is not None:
            return {"change": "swap", "with": self.other.number}
        return {"change": "swap", "raise": self.raises, "above": self.above}


Change: TypeAlias = Drop | Swap


def stated(case: Case) -> tuple[Stated, ...]:
    """Return every stated preference: party by party as declared, then by number."""
    found: list[Stated] = []
    for party in case.parties:
        match party.preferences:
            case Priorities(clauses):
                found += _priorities(party.id, clauses)
            case Weights(clauses=pairs):
                found += _weights(party.id, pairs)
            case Ranking(tiers=tiers):
                found += _ranking(party.id, tiers)
    return tuple(found)


def _priorities(party: str, clauses: tuple[Clause, ...]) -> Iterator[Stated]:
    for k, clause in enumerate(clauses):
        yield Stated(
            party,
            k + 1,
            "priorities",
            clause.text,
            clause.evidence,
            clause=clause,
            place=k,
            below=(k + 2,) if k + 1 < len(clauses) else (),
        )


def _weights(party: str, pairs: tuple[tuple[Clause, Decimal], ...]) -> Iterator[Stated]:
    order = sorted(range(len(pairs)), key=lambda k: (-abs(pairs[k][1]), k))
    sizes = [abs(pairs[k][1]) for k in order]
    for n, k in enumerate(order):
        clause, weight = pairs[k]
        smaller = next((size for size in sizes if size < sizes[n]), Decimal(0))
        below = [m + 1 for m, size in enumerate(sizes) if size == smaller and size]
        yield Stated(
            party,
            n + 1,
            "weights",
            clause.text,
            clause.evidence,
            clause=clause,
            weight=weight,
            place=k,
            below=tuple(below) if weight else (),
        )


def _ranking(party: str, tiers: tuple[tuple[str, ...], ...]) -> Iterator[Stated]:
    for k, (better, worse) in enumerate(pairwise(tiers)):
        text = f"{', '.join(better)} > {', '.join(worse)}"
        yield Stated(party, k + 1, "ranking", text, tiers=(better, worse), place=k)


def drops(preferences: tuple[Stated, ...]) -> Iterator[Drop]:
    """Yield every drop that changes something."""
    return (Drop(own) for own in preferences if own.droppable)


def swaps(preferences: tuple[Stated, ...]) -> Iterator[Swap]:
    """Yield every swap, as the preferences stand."""
    known = {(own.party, own.number): own for own in preferences}
    for own in preferences:
        for number in own.below:
            yield Swap(own, known[own.party, number])
        if own.tiers is not None:
            for above in own.tiers[0]:
                for low in own.tiers[1]:
                    yield Swap(own, raises=low, above=above)


def apply_change(case: Case, change: Change) -> Case:
    """Return the case in which one party states its preferences otherwise.

    Args:
        case: the case to which the stated preferences belong.
        change: what changes.
    """
    party = change.of.party
    preferences = case.party(party).preferences
    assert preferences is not None
    return with_preferences(case, party, changed(preferences, change))


def changed(preferences: Preferences, change: Change) -> Preferences:
    """Return a party's preferences after a change."""
    at = change.of.place
    match preferences, change:
        case Priorities(clauses), Drop():
            return Priorities(clauses[:at] + clauses[at + 1 :])
        case Priorities(clauses), Swap(other=Stated(place=to)):
            return Priorities(_exchanged(clauses, at, to))
        case Weights(clauses=pairs), Drop():
            kept = tuple((c, Decimal(0) if k == at else w) for k, (c, w) in enumerate(pairs))
            return replace(preferences, clauses=kept)
        case Weights(clauses=pairs), Swap(other=Stated(place=to)):
            sizes = _exchanged(tuple(abs(weight) for _, weight in pairs), at, to)
            signed = zip(pairs, sizes, strict=True)
            return replace(preferences, clauses=tuple((c, s.copy_sign(w)) for (c, w), s in signed))
        case Ranking(tiers=tiers), Drop():
            return Ranking((*tiers[:at], tiers[at] + tiers[at + 1], *tiers[at + 2 :]))
        case Ranking(tiers=tiers), Swap(raises=str(low), above=str(high)):
            new = {low: high, high: low}
            return Ranking(tuple(tuple(new.get(s, s) for s in tier) for tier in tiers))
    raise TypeError(f"{type(preferences).__name__} does not state that preference")


def _exchanged(items: tuple[Any, ...], a: int, b: int) -> tuple[Any, ...]:
    """Return the items with two of them in each other's place."""
    moved = list(items)
    moved[a], moved[b] = items[b], items[a]
    return tuple(moved)
