"""Stances in words: their glyphs and letters, conditions, shifts, days, parties' letters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from string import ascii_lowercase, ascii_uppercase

from detente.reading.positions import Issue
from detente.reading.timeline import Condition, Contradiction, Entry, Shift, Timeline
from detente.report.evidence import one_line
from detente.report.words import joined, plural

__all__ = [
    "STANCE_GLYPHS",
    "contradiction_words",
    "day",
    "days",
    "issue_title",
    "opening",
    "party_letters",
    "shift_words",
    "stance_words",
]

STANCE_GLYPHS = {
    "against": "×",
    "threatened": "‡",
    "conditional": "◐",
    "for": "+",
    "promised": "◆",
    "done": "■",
}
"""Stance -> its glyph; the word stands beside it."""

_MONTHS = (
    "January February March April May June July August September October November December"
).split()

_WAYS = {"towards": "towards it", "away": "away from it", None: "another condition"}


def issue_title(issue: Issue) -> str:
    """Return "Ruritania: Open the way"."""
    return one_line(f"{issue.owner}: {issue.name}")


def day(date: str, *, short: bool = False) -> str:
    """Return an ISO day, month or year as "28 January 2020" or "28 Jan 2020"."""
    year, *rest = date.split("-")
    if not rest:
        return year
    month = _MONTHS[int(rest[0]) - 1]
    shown = f"{month[:3] if short else month} {year}"
    return f"{int(rest[1])} {shown}" if len(rest) > 1 else shown


def days(first: str, last: str) -> str:
    """Return a span: "28 January to 29 February 2020", or one day."""
    if first == last:
        return day(first)
    start, end = day(first), day(last)
    if first[:4] == last[:4] and len(first) > 4:
        start = start.removesuffix(f" {first[:4]}")
    return f"{start} to {end}"


def party_letters(parties: Iterable[str]) -> dict[str, str]:
    """Return a letter for each party: the first of its name that is free, else any."""
    marks: dict[str, str] = {}
    for party in parties:
        wanted = [c.upper() for c in party if c.isalpha() and len(c.upper()) == 1]
        spare = [*wanted, *ascii_uppercase, *ascii_lowercase]
        taken = set(marks.values())
        marks[party] = next((c for c in spare if c not in taken), str(len(marks) + 1))
    return marks


def stance_words(entry: Entry, issues: Mapping[str, Issue]) -> str:
    """Return a stance in full: "conditional, in part: first Freedonia: Pay toll"."""
    words: str = entry.stance
    if entry.undone:
        words = {"conditional": "conditional refusal", "threatened": "threatened not to"}[words]
    if entry.degree is not None:
        words += ", in full" if entry.degree == "full" else ", in part"
    if entry.conditions:
        words += f", only after {_conditions(entry.conditions, issues)}"
    if entry.required:
        words += ", as a condition"
    if entry.firm:
        words += ", red line"
    return words


def _conditions(conditions: Iterable[Condition], issues: Mapping[str, Issue]) -> str:
    return joined(
        f"“{issue_title(issues[c.issue])}”{'' if c.done else ' is left undone'}" for c in conditions
    )


def shift_words(shift: Shift, issues: Mapping[str, Issue]) -> str:
    """Return a shift: "Ruritania shifts towards it: against → for"."""
    before, after = (stance_words(entry, issues) for entry in (shift.before, shift.after))
    way = _WAYS[shift.direction]
    verb = "changes to" if shift.direction is None else "shifts"
    return f"{one_line(shift.after.party)} {verb} {way}: {before} → {after}"


def contradiction_words(found: Contradiction) -> str:
    """Return a contradiction: "Ruritania contradicts itself: for, and against (said by …)"."""
    party = one_line(found.support.party)
    names = [one_line(speaker) for speaker in found.speakers]
    said = f"two speakers: {'; '.join(names)}" if len(names) > 1 else f"said by {names[0]}"
    return f"{party} contradicts itself: {found.support.stance}, and against ({said})"


def opening(told: Timeline) -> str:
    """Return the sentence that opens page and figure."""
    entries = list(told.entries)
    shifts = plural(len(told.shifts), "shift") if told.shifts else "No shift"
    if not told.compared:
        shifts = "No dates to compare"
    against = plural(len(told.contradictions), "contradiction")
    if not told.contradictions:
        against = "no contradiction"
    both = f"{shifts} and {against}"
    among = (
        f"{plural(len(entries), 'position')} of {plural(len(told.parties), 'party', 'parties')} "
        f"on {plural(len(list(told.by_issue())), 'issue')}"
    )
    span = told.span
    when = days(*span) if span else "no day of publication known"
    return f"{both} in {among}, {when}."
