"""The timeline of a workspace: positions of its reviewed statements over time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from detente.model.errors import quoted
from detente.reading.positions import Evidence, find_positions
from detente.reading.positions.types import Unused
from detente.reading.text import fold
from detente.reading.timeline import Entry, Timeline, timeline
from detente.report.figures.timeline import draw
from detente.store import Store, StoreError
from detente.store.lookup import dates
from detente.store.records import StoredStatement
from detente.workspace.casefiles import write_text
from detente.workspace.naming import user_entries
from detente.workspace.statements import Asked, list_statements

__all__ = ["Told", "draw_timeline", "evidence_of", "timeline_of"]

_REVIEWED = "accepted,edited"
_Dates = Mapping[int, tuple[str | None, int | None]]


@dataclass(frozen=True, slots=True)
class Told:
    """A timeline, and what was asked for.

    Attributes:
        asked: the question.
        timeline: the answer.
        statements: how many statements were looked at: reviewed, or waiting too, and asked for.
        unused: those among them that are in no line, with the reason.
    """

    asked: Asked
    timeline: Timeline
    statements: int
    unused: tuple[Unused, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "unreviewed": self.timeline.unreviewed,
            "asked": self.asked.to_dict(),
            "statements": self.statements,
            **self.timeline.to_dict(),
            "unused": [{"id": item.id, "reason": item.reason} for item in self.unused],
        }


def evidence_of(stored: StoredStatement) -> Evidence:
    """Return a statement of the workspace as positions are drawn from it."""
    return Evidence(
        id=stored.id,
        doc=stored.doc,
        date=stored.date,
        state=stored.state,
        fields=stored.fields,
        edited=frozenset(stored.edited),
    )


def timeline_of(store: Store, asked: Asked, unreviewed: bool = False) -> Told:
    """Return the positions of a workspace over time.

    Accepted and edited statements count; with ``unreviewed`` those too that wait for a review;
    rejected ones never. Positions are drawn from all of these, so that who would do a deed does not
    depend on the question; shown, and compared, are those asked for.

    Args:
        store: the workspace.
        asked: search, party, issue, since and until, as for statements; an issue is asked for by
            words of the statement's issue, or of the deed and its owner as the timeline names them.
        unreviewed: take statements that nobody has reviewed.

    Raises:
        StoreError: a day is none, or no statement has been accepted.
    """
    states = f"{_REVIEWED},proposed" if unreviewed else _REVIEWED
    every = list_statements(store, Asked(state=states)).found.statements
    if not every:
        raise _nothing(store, unreviewed)
    without_issue = replace(asked, issue=None, state=states)
    wanted = _ids(store, without_issue)
    on_issue = wanted if asked.issue is None else _ids(store, replace(asked, state=states))
    known = dates(store)
    reprints = _reprints(every, known)
    positions = find_positions(
        (evidence_of(stored) for stored in every if stored.id not in reprints),
        user_entries(store),
    )
    words = fold(asked.issue or "").split()

    def keep(entry: Entry) -> bool:
        if entry.statement not in wanted or entry.statement in on_issue:
            return entry.statement in wanted
        issue = positions.issues[entry.issue]
        title = fold(f"{issue.owner} {issue.name}")
        return all(word in title for word in words)

    undated = {stored.id for stored in every if known[stored.document][0] is None}
    told = timeline(positions, undated, keep)
    shown = {entry.statement for entry in told.entries}
    considered = on_issue | shown
    reasons = [*positions.unused, *(Unused(id, "repeat") for id in sorted(reprints))]
    left_out = {item.id: item for item in reasons if item.id not in shown}
    unused = tuple(item for id, item in left_out.items() if id in considered)
    return Told(asked, told, len(considered), unused)


def _ids(store: Store, asked: Asked) -> set[str]:
    return {stored.id for stored in list_statements(store, asked).found.statements}


def _nothing(store: Store, unreviewed: bool) -> StoreError:
    waiting = list_statements(store, Asked(state="proposed"), 1).found.total
    if unreviewed or not waiting:
        hint = "detente read FILE finds statements"
        if list_statements(store, Asked(state="rejected"), 1).found.total:
            hint = "read more documents, or reopen a statement with detente review"
        return StoreError("there is no statement to draw positions from", hint=hint)
    count = f"{waiting:,} statement{'s wait' if waiting > 1 else ' waits'}"
    return StoreError(
        f"no statement has been accepted; {count} for a review",
        rule="a timeline is drawn from accepted and edited statements",
        hint="judge them with detente review, or take them as they are with --unreviewed",
    )


def _reprints(statements: Iterable[StoredStatement], known: _Dates) -> set[str]:
    """Return the statements that a near-duplicate of their document has word for word.

    Of a set of wire copies the one published first keeps its statement: a copy printed later is no
    new position.
    """
    first: dict[tuple[int, str, str], StoredStatement] = {}
    found = set()

    def place(stored: StoredStatement) -> tuple[bool, str, int, int]:
        return known[stored.document][0] is None, stored.date, stored.document, stored.num

    for stored in sorted(statements, key=place):
        key = (_origin(stored.document, known), stored.fields["type"], fold(stored.fields["text"]))
        kept = first.setdefault(key, stored)
        if kept.document != stored.document:
            found.add(stored.id)
    return found


def _origin(document: int, known: _Dates) -> int:
    """Return the first of the documents that a document repeats; they always have lower numbers."""
    while True:
        before = known[document][1] if document in known else None
        if before is None:
            return document
        document = before


def draw_timeline(told: Told, path: str) -> None:
    """Write a timeline as a figure, in one step; a file that exists is not overwritten.

    Raises:
        DetenteError: there is no position to draw, or the file exists or cannot be written.
    """
    if not told.timeline.lines:
        asked = told.asked.to_dict().items()
        what = ", ".join(f"{name} {quoted(value)}" for name, value in asked)
        raise StoreError(
            "there is no position to draw" + (f" with {what}" if what else ""),
            rule="a figure has at least one mark",
            hint="ask for more, or leave --svg out to see why",
        )
    write_text(path, draw(told.timeline))
