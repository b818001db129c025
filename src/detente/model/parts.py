"""The parts of a case: options, parties, preferences, perceptions. Frozen, without arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from detente.model.errors import Where
from detente.model.statement import Statement

__all__ = [
    "Clause",
    "Infeasible",
    "Option",
    "Party",
    "Pattern",
    "Perception",
    "Preferences",
    "Priorities",
    "Ranking",
    "Weights",
]


@dataclass(frozen=True, slots=True)
class Option:
    """Something that one party controls.

    Attributes:
        id: unique among the options of its owner.
        owner: id of the party that controls it.
        name: name for people.
        levels: ids of its ordered levels, two to ten; the first is "not taken".
        arcs: the level changes, as pairs of indices, that the owner can make alone.
        moves: how the arcs were written: ``both``, ``forward``, ``back`` or ``arcs``.
        issue: the issue to which it belongs, if any.
        evidence: ids of the statements behind it.
    """

    id: str
    owner: str
    name: str
    levels: tuple[str, ...]
    arcs: frozenset[tuple[int, int]]
    moves: str
    issue: str | None = None
    evidence: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """``party.option``, the unambiguous name."""
        return f"{self.owner}.{self.id}"

    @property
    def complete(self) -> bool:
        """True if the owner can go from any level to any other in one step."""
        return len(self.arcs) == len(self.levels) * (len(self.levels) - 1)

    @property
    def transitive(self) -> bool:
        """True if two moves in a row never reach a level that one move does not."""
        return all(
            a == d or (a, d) in self.arcs for a, b in self.arcs for c, d in self.arcs if b == c
        )


@dataclass(frozen=True, slots=True)
class Clause:
    """A statement as written, with its syntax tree and its evidence."""

    text: str
    statement: Statement
    evidence: tuple[str, ...] = ()
    where: Where | None = None

    def excludes(self, levels: Sequence[int]) -> bool:
        """Tell whether it makes a state impossible, as an item of ``infeasible``."""
        return self.statement.holds(levels)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern of codes: ``None`` stands for any level.

    Attributes:
        text: as written, for instance ``"1-0"``.
        levels: one level's index, or ``None``, for each option in declared order.
    """

    text: str
    levels: tuple[int | None, ...]
    evidence: tuple[str, ...] = ()
    where: Where | None = None

    def excludes(self, levels: Sequence[int]) -> bool:
        """Tell whether a state's code fits the pattern."""
        return all(want in (None, at) for want, at in zip(self.levels, levels, strict=True))


Infeasible: TypeAlias = "Clause | Pattern"
"""What makes a state impossible: a statement true in it, or a pattern that its code fits."""


@dataclass(frozen=True, slots=True)
class Priorities:
    """Lexicographic preferences: statements, the most important first.

    A state's score is the sum of 2^(k-j) over the statements j = 1..k that are true in it
    (Fang, Hipel, Kilgour and Peng 2003, option prioritization).
    """

    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """Every feasible state once, best first; the states of one tier are equally good.

    Attributes:
        tiers: state ids (codes or labels).
        where: the place of each state in the file, keyed by state id.
    """

    tiers: tuple[tuple[str, ...], ...]
    where: Where | None = None
    places: tuple[tuple[Where, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Weights:
    """A state's score is the sum of the weights of the statements true in it."""

    clauses: tuple[tuple[Clause, Decimal], ...]
    where: Where | None = None


Preferences: TypeAlias = "Priorities | Ranking | Weights"


@dataclass(frozen=True, slots=True)
class Party:
    """A decision maker.

    Attributes:
        id: unique in the case.
        name: name for people.
        options: what it controls, in declared order (none in graph form).
        preferences: ``None`` if it is indifferent between all states.
        outside: True if it is not at the table.
        constituent_of: id of the party for which it must ratify, if any.
        evidence: ids of the statements behind it.
    """

    id: str
    name: str
    options: tuple[Option, ...] = ()
    preferences: Preferences | None = None
    outside: bool = False
    constituent_of: str | None = None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Perception:
    """How one party sees another's preferences.

    Attributes:
        viewer: id of the party that sees.
        seen: id of the party that is seen.
        preferences: the preferences that ``viewer`` believes ``seen`` to have.
    """

    viewer: str
    seen: str
    preferences: Preferences
