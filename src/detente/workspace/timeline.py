"""The timeline of a workspace: positions of its reviewed statements over time."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from detente.model.errors import quoted
from detente.reading.positions import find_positions
from detente.reading.positions.types import Unused
from detente.reading.text import fold
from detente.reading.timeline import Entry, Timeline, timeline
from detente.report.figures.timeline import draw
from detente.store import Store, StoreError
from detente.store.lookup import dates
from detente.workspace.casefiles import write_text
from detente.workspace.naming import user_entries
from detente.workspace.positions import evidence_of, nothing_accepted, reprints_in, states_of
from detente.workspace.statements import Asked, list_statements

__all__ = ["Told", "draw_timeline", "drawn_timeline", "timeline_of"]


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


def timeline_of(
    store: Store,
    asked: Asked,
    unreviewed: bool = False,
    documents: Collection[int] | None = None,
) -> Told:
    """Return the positions of a workspace over time.

    Accepted and edited statements count; with ``unreviewed`` those too that wait for a review;
    rejected ones never. Positions are drawn from all of these, so that who would do a deed does not
    depend on the question; shown, and compared, are those asked for.

    Args:
        store: the workspace.
        asked: search, party, issue, since and until, as for statements; an issue is asked for by
            words of the statement's issue, or of the deed and its owner as the timeline names them.
        unreviewed: take statements that nobody has reviewed.
        documents: numbers of the documents that count; ``None``: all.

    Raises:
        StoreError: a day is none, or no statement has been accepted.
    """
    states = states_of(unreviewed)
    every = list_statements(store, Asked(state=states)).found.statements
    if documents is not None:
        every = tuple(stored for stored in every if stored.document in documents)
    if not every:
        raise nothing_accepted(store, unreviewed, "a timeline is drawn")
    without_issue = replace(asked, issue=None, state=states)
    wanted = _ids(store, without_issue)
    on_issue = wanted if asked.issue is None else _ids(store, replace(asked, state=states))
    known = dates(store)
    reprints = reprints_in(every, known)
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


def drawn_timeline(told: Told) -> str:
    """Return a timeline as a figure in SVG.

    Raises:
        StoreError: there is no position to draw.
    """
    if not told.timeline.lines:
        asked = told.asked.to_dict().items()
        what = ", ".join(f"{name} {quoted(value)}" for name, value in asked)
        raise StoreError(
            "there is no position to draw" + (f" with {what}" if what else ""),
            rule="a figure has at least one mark",
            hint="ask for more, or leave --svg out to see why",
        )
    return draw(told.timeline)


def draw_timeline(told: Told, path: str) -> None:
    """Write a timeline as a figure, in one step; a file that exists is not overwritten.

    Raises:
        DetenteError: there is no position to draw, or the file exists or cannot be written.
    """
    write_text(path, drawn_timeline(told))
