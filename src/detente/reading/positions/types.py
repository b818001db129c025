"""What a position is made of: frozen records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["Atom", "Evidence", "Issue", "Position", "Positions", "Unused"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A statement as positions are drawn from it.

    Attributes:
        id: its id.
        doc: name of its document.
        date: day of its document, ISO 8601.
        state: ``proposed``, ``accepted``, ``edited`` or ``rejected``.
        fields: every field of ``detente read --json``, reviews applied.
        edited: names of the fields that reviews have changed.
    """

    id: str
    doc: str
    date: str
    state: str
    fields: Mapping[str, Any]
    edited: frozenset[str] = frozenset()

    @property
    def type(self) -> str:
        """One of the eleven types."""
        return str(self.fields["type"])

    @property
    def text(self) -> str:
        """The words of the statement."""
        return str(self.fields["text"])

    @property
    def actors(self) -> tuple[str, ...]:
        """Whose statement it is."""
        return tuple(self.fields["actors"])

    @property
    def targets(self) -> tuple[str, ...]:
        """At whom it is directed."""
        return tuple(self.fields["targets"])


@dataclass(frozen=True, slots=True)
class Issue:
    """A deed of one party: what may become an option.

    Attributes:
        key: unique among the issues found together.
        owner: the party that does it.
        deed: id of the deed: a row of ``deeds.txt``, or the words' own.
        name: what it is called.
        phrases: the words of the texts that were taken to mean it, in order of appearance.
        known: whether the deed is a row of ``deeds.txt``.
    """

    key: str
    owner: str
    deed: str
    name: str
    phrases: tuple[str, ...]
    known: bool


@dataclass(frozen=True, slots=True)
class Atom:
    """A deed done or not done.

    Attributes:
        issue: key of the issue.
        done: whether it is done (``False``: not done).
        degree: ``full``, ``part``, or ``None`` where the words do not say.
        guess: whether who does it was not said: it was concluded.
    """

    issue: str
    done: bool = True
    degree: str | None = None
    guess: bool = False


@dataclass(frozen=True, slots=True)
class Position:
    """One party's position, drawn from one statement.

    Attributes:
        party: who takes it.
        kind: the type of the statement; ``commitment`` also where a party demands what it would
            do itself, or refuses to do harm.
        wants: what it wants done, or left undone; ``None`` if that is not the point.
        gives: what it would do itself, has promised or has done (offer, commitment, concession,
            threat, the second half of a precondition).
        only_if: what must come first for ``gives``; any one of its own deeds if ``gives`` is
            ``None`` and ``everything`` is true.
        everything: whether "anything else", "any further step" was said instead of ``gives``.
        firm: whether the words make it a red line.
        lasting: whether the words say that it cannot be undone.
        towards: the parties at which the statement is directed.
        evidence: the statement.
    """

    party: str
    kind: str
    evidence: Evidence
    wants: Atom | None = None
    gives: Atom | None = None
    only_if: Atom | None = None
    everything: bool = False
    firm: bool = False
    lasting: bool = False
    towards: tuple[str, ...] = ()

    @property
    def atoms(self) -> tuple[Atom, ...]:
        """Every deed that it speaks of."""
        return tuple(a for a in (self.wants, self.gives, self.only_if) if a is not None)


@dataclass(frozen=True, slots=True)
class Unused:
    """A statement from which no position was drawn.

    Attributes:
        id: the statement.
        reason: why: ``repeat``, ``nobody`` (no party takes it), ``no-deed`` (no deed in its
            words), ``no-owner`` (nobody is said to do it), ``fact`` (accusations and meetings: no
            wish about a deed), ``stands`` (a party will not give way, and no more), ``dropped``
            (a party has given up a demand of its own), ``hedged`` (told as expected or doubtful).
    """

    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Positions:
    """Every position found in a set of statements.

    Attributes:
        issues: key to issue, in order of appearance.
        positions: in the order of the statements.
        unused: the statements without a position.
    """

    issues: Mapping[str, Issue]
    positions: tuple[Position, ...]
    unused: tuple[Unused, ...]
