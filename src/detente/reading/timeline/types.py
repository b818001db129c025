"""What a timeline is made of: frozen records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from detente.reading.positions import Issue

__all__ = [
    "Condition",
    "Contradiction",
    "Direction",
    "Entry",
    "Line",
    "RANKS",
    "Shift",
    "Stance",
    "Timeline",
    "What",
]

Stance: TypeAlias = Literal["against", "threatened", "conditional", "for", "promised", "done"]
Direction: TypeAlias = Literal["towards", "away"]
What: TypeAlias = Literal["stance", "degree", "condition"]

RANKS: Mapping[Stance, int] = {
    "against": 0,
    "threatened": 1,
    "conditional": 1,
    "for": 2,
    "promised": 2,
    "done": 3,
}
"""Stance -> how near it is to the deed being done.

``against < threatened, conditional < for, promised < done``. What is threatened, to do or to leave
undone, hangs on the others as what is conditional does.
"""


@dataclass(frozen=True, slots=True)
class Condition:
    """What must come first.

    Attributes:
        issue: key of the deed.
        done: whether it must be done (``False``: left undone).
    """

    issue: str
    done: bool = True


@dataclass(frozen=True, slots=True)
class Entry:
    """Where one statement puts a party on a deed.

    Attributes:
        issue: key of the deed.
        party: who takes the stance.
        stance: ``for`` (wants it done, or offers to do it), ``against`` (wants it left undone,
            refuses it, promises not to do it), ``conditional`` (would do it, but something must
            come first), ``promised``, ``done`` or ``threatened``.
        conditions: what must come first; empty unless the stance is ``conditional``.
        undone: what is conditional or threatened is to leave the deed undone.
        degree: ``full``, ``part``, or ``None`` where the words do not say.
        required: the deed is itself named as what must come first for another.
        firm: the words make it a red line.
        guess: who would do the deed was not said, but concluded.
        implied: what it wants was not said, but follows from what it threatens or fears.
        kind: the type of the statement.
        speaker: who says it.
        statement: id of the statement.
        doc: name of its document.
        start: where it begins in the document.
        date: day of the document, ISO 8601.
        dated: whether that is when the document was published; ``False``: only when it was read.
        state: ``proposed``, ``accepted`` or ``edited``.
        quote: the words of the statement.
    """

    issue: str
    party: str
    stance: Stance
    conditions: tuple[Condition, ...]
    undone: bool
    degree: str | None
    required: bool
    firm: bool
    guess: bool
    implied: bool
    kind: str
    speaker: str
    statement: str
    doc: str
    start: int
    date: str
    dated: bool
    state: str
    quote: str

    @property
    def rank(self) -> int:
        """Return its place in :data:`RANKS`."""
        return RANKS[self.stance]

    @property
    def stated(self) -> bool:
        """Whether the words say it: only such entries shift or contradict."""
        return not (self.guess or self.implied)

    def to_dict(self) -> dict[str, Any]:
        """Return the entry for JSON; of a line, so without issue and party."""
        return {
            "date": self.date,
            "dated": self.dated,
            "stance": self.stance,
            "conditions": [{"issue": c.issue, "done": c.done} for c in self.conditions],
            "undone": self.undone,
            "degree": self.degree,
            "required": self.required,
            "firm": self.firm,
            "guess": self.guess,
            "implied": self.implied,
            "type": self.kind,
            "speaker": self.speaker,
            "statement": self.statement,
            "doc": self.doc,
            "start": self.start,
            "state": self.state,
            "quote": self.quote,
        }


@dataclass(frozen=True, slots=True)
class Shift:
    """A change of a party's position on a deed between two successive dates.

    Attributes:
        before: the last statement of the earlier date.
        after: the first statement of the later date.
        what: what changes: ``stance``; or, the stance being the same, ``degree`` or ``condition``.
        direction: ``towards`` the deed being done, or ``away`` from it; ``None`` where one
            condition takes the place of another.
    """

    before: Entry
    after: Entry
    what: What
    direction: Direction | None

    def to_dict(self) -> dict[str, Any]:
        """Return the shift for JSON."""
        return {
            "what": self.what,
            "direction": self.direction,
            "before": _cited(self.before),
            "after": _cited(self.after),
        }


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Opposite stances of a party on a deed at the same date.

    Attributes:
        support: a statement that is for the deed, or promises it.
        refusal: one that is against it.
        further: other statements of that date that contradict one of the two.
    """

    support: Entry
    refusal: Entry
    further: tuple[Entry, ...] = ()

    @property
    def speakers(self) -> tuple[str, ...]:
        """Who says it: one name, or two if two people speak for the party."""
        return tuple(dict.fromkeys((self.support.speaker, self.refusal.speaker)))

    def to_dict(self) -> dict[str, Any]:
        """Return the contradiction for JSON."""
        return {
            "date": self.support.date,
            "dated": self.support.dated,
            "speakers": list(self.speakers),
            "support": _cited(self.support),
            "refusal": _cited(self.refusal),
            "further": [entry.statement for entry in self.further],
        }


def _cited(entry: Entry) -> dict[str, Any]:
    keys = ("statement", "date", "doc", "speaker", "stance", "conditions", "degree", "quote")
    full = entry.to_dict()
    return {key: full[key] for key in keys}


@dataclass(frozen=True, slots=True)
class Line:
    """One party on one deed.

    Attributes:
        issue: the deed.
        party: the party.
        entries: by date, document and place; those without a date of publication last.
        shifts: in order of time; ``None`` if there is nothing to compare.
        why_no_shifts: why not: ``one-date``, ``no-dates``, ``not-stated`` (no entry is
            :attr:`Entry.stated`) or ``vague`` (the deed is one word of its own); ``None`` if dates
            were compared.
        contradictions: in order of time.
    """

    issue: Issue
    party: str
    entries: tuple[Entry, ...]
    shifts: tuple[Shift, ...] | None
    why_no_shifts: str | None
    contradictions: tuple[Contradiction, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the line for JSON."""
        shifts = None if self.shifts is None else [shift.to_dict() for shift in self.shifts]
        return {
            "party": self.party,
            "shifts": shifts,
            "why_no_shifts": self.why_no_shifts,
            "contradictions": [found.to_dict() for found in self.contradictions],
            "entries": [entry.to_dict() for entry in self.entries],
        }


@dataclass(frozen=True, slots=True)
class Timeline:
    """Positions over time.

    Attributes:
        issues: every deed that is spoken of, also those that are conditions only, by key.
        lines: one for each deed and party: the deeds on which something shifts or contradicts
            itself first, and otherwise in order of appearance; whoever would do the deed first,
            then the others by their first statement.
    """

    issues: Mapping[str, Issue]
    lines: tuple[Line, ...]

    @property
    def entries(self) -> Iterator[Entry]:
        """Yield every entry, line by line."""
        return (entry for line in self.lines for entry in line.entries)

    @property
    def shifts(self) -> tuple[Shift, ...]:
        """Every shift, line by line."""
        return tuple(shift for line in self.lines for shift in line.shifts or ())

    @property
    def contradictions(self) -> tuple[Contradiction, ...]:
        """Every contradiction, line by line."""
        return tuple(found for line in self.lines for found in line.contradictions)

    @property
    def parties(self) -> tuple[str, ...]:
        """The parties that take a stance, in order of appearance."""
        return tuple(dict.fromkeys(line.party for line in self.lines))

    @property
    def compared(self) -> bool:
        """Whether any party speaks of a deed on two dates that are known."""
        return any(line.shifts is not None for line in self.lines)

    @property
    def span(self) -> tuple[str, str] | None:
        """First and last day of publication; ``None`` if no document has one."""
        days = [entry.date for entry in self.entries if entry.dated]
        return (min(days), max(days)) if days else None

    @property
    def unreviewed(self) -> bool:
        """Whether statements take part that nobody has reviewed."""
        return any(entry.state == "proposed" for entry in self.entries)

    def by_issue(self) -> Iterator[tuple[Issue, tuple[Line, ...]]]:
        """Yield each deed with its lines."""
        grouped: dict[str, list[Line]] = {}
        for line in self.lines:
            grouped.setdefault(line.issue.key, []).append(line)
        for key, lines in grouped.items():
            yield self.issues[key], tuple(lines)

    def to_dict(self) -> dict[str, Any]:
        """Return the timeline for JSON."""
        span = self.span
        return {
            "first": span[0] if span else None,
            "last": span[1] if span else None,
            "parties": list(self.parties),
            "shifts": len(self.shifts) if self.compared else None,
            "contradictions": len(self.contradictions),
            "issues": [
                {
                    "key": issue.key,
                    "owner": issue.owner,
                    "name": issue.name,
                    "known": issue.known,
                    "lines": [line.to_dict() for line in lines],
                }
                for issue, lines in self.by_issue()
            ],
            "conditions": {
                c.issue: {"owner": self.issues[c.issue].owner, "name": self.issues[c.issue].name}
                for entry in self.entries
                for c in entry.conditions
            },
        }
