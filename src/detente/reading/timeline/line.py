"""From positions to a timeline: one line for each deed and party."""

from __future__ import annotations

from collections.abc import Callable, Collection

from detente.reading.positions import Positions
from detente.reading.timeline.comparing import contradictions_of, days_of, shifts_of
from detente.reading.timeline.stances import stances
from detente.reading.timeline.types import Entry, Line, Timeline

__all__ = ["timeline"]


def timeline(
    positions: Positions,
    undated: Collection[str] = frozenset(),
    keep: Callable[[Entry], bool] | None = None,
) -> Timeline:
    """Return positions over time, with what shifts and what contradicts itself.

    What counts as a shift is said at :func:`.shifts_of`, as a contradiction at :func:`.opposed`.
    Both are told of the entries that are kept. A deed that is named by one word of its own ("man",
    "leave") may be several: on it nothing is compared.

    Args:
        positions: the positions, in any order.
        undated: ids of statements of whose document only the day is known on which it was read.
            Their order is unknown: they take no part in shifts.
        keep: which entries to show; all if ``None``.
    """
    grouped: dict[tuple[str, str], list[Entry]] = {}
    for entry in stances(positions.positions, undated):
        if keep is None or keep(entry):
            grouped.setdefault((entry.issue, entry.party), []).append(entry)
    for entries in grouped.values():
        entries.sort(key=_place)
    order = {key: place for place, key in enumerate(positions.issues)}

    def first(key: tuple[str, str]) -> tuple[object, ...]:
        issue, party = key
        owner = positions.issues[issue].owner
        return order[issue], party != owner, *_place(grouped[key][0]), party

    made = [_line(positions, key, grouped[key]) for key in sorted(grouped, key=first)]
    moving = {line.issue.key for line in made if line.shifts or line.contradictions}
    lines = tuple(sorted(made, key=lambda line: line.issue.key not in moving))
    shown = {entry.issue for line in lines for entry in line.entries}
    shown |= {c.issue for line in lines for entry in line.entries for c in entry.conditions}
    return Timeline({key: row for key, row in positions.issues.items() if key in shown}, lines)


def _place(entry: Entry) -> tuple[object, ...]:
    """Return by what entries are put in order."""
    return (
        *(not entry.dated, entry.date, entry.doc, entry.start, entry.statement),
        *(entry.rank, entry.stance, entry.undone, entry.degree or ""),
    )


def _line(positions: Positions, key: tuple[str, str], entries: list[Entry]) -> Line:
    issue = positions.issues[key[0]]
    vague = not issue.known and "-" not in issue.deed
    days = [] if vague else days_of(entries)
    why = None
    if len(days) < 2:
        stated = any(entry.stated for entry in entries)
        why = "one-date" if days else "no-dates"
        why = "vague" if vague else why if stated else "not-stated"
    return Line(
        issue=issue,
        party=key[1],
        entries=tuple(entries),
        shifts=shifts_of(days) if why is None else None,
        why_no_shifts=why,
        contradictions=() if vague else contradictions_of(entries),
    )
