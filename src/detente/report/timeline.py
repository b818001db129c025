"""What ``detente timeline`` says: a sentence, then for each issue who stood where, and when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from detente.reading.positions.types import Unused
from detente.reading.timeline import Entry, Line, Timeline
from detente.report.evidence import MARKS, one_line, state_mark
from detente.report.page import Fact, facts, letters_line, page, paragraph, party_styles, sentence
from detente.report.stances import (
    STANCE_GLYPHS,
    contradiction_words,
    day,
    issue_title,
    opening,
    party_letters,
    shift_words,
    stance_words,
)
from detente.report.words import joined, plural

__all__ = ["timeline_page"]

_ARROWS = {"towards": "▲", "away": "▽", None: "»"}
_FLAGS = {
    "towards": "shift towards the deed",
    "away": "shift away from it",
    None: "another condition",
}
_REASONS = {
    "repeat": "reprints",
    "nobody": "no party takes it",
    "no-deed": "no deed in the words",
    "no-owner": "nobody is said to do it",
    "fact": "accusations and meetings",
    "hedged": "told as expected or doubtful",
}
_WHY_NOT = {
    "one-date": "of one date only",
    "no-dates": "without a day of publication",
    "not-stated": "where a wish is only implied or who would do the deed is only concluded",
    "vague": "on a deed that is named by one word",
}


def timeline_page(
    told: Timeline,
    statements: int,
    unused: Sequence[Unused] = (),
    asked: Mapping[str, str] | None = None,
    figure: str | None = None,
) -> RenderableType:
    """Return the page.

    Args:
        told: the timeline.
        statements: how many statements were looked at.
        unused: those that are in no line.
        asked: what was asked for, by option.
        figure: the file into which the figure was written.
    """
    what = ", ".join(f"{name} {one_line(value)!r}" for name, value in (asked or {}).items())
    with_what = f" with {what}" if what else ""
    if not told.lines:
        number = plural(statements, "statement") if statements else "no statement"
        return page(
            sentence(f"No position in {number}{with_what}."),
            _left_out(unused),
            _figure(figure),
        )
    letters = party_letters(told.parties)
    parts: list[RenderableType | None] = [sentence(opening(told)), _unreviewed(told)]
    if what:
        parts.append(paragraph(f"Asked for: {what}. Compared is only what was asked for."))
    for _, lines in told.by_issue():
        parts += _issue(lines, told, letters)
    parts += [
        _legend(told, letters),
        _not_compared(told),
        _left_out(unused),
        _figure(figure),
    ]
    return page(*parts)


def _unreviewed(told: Timeline) -> RenderableType | None:
    entries = list(told.entries)
    waiting = sum(entry.state == "proposed" for entry in entries)
    if not waiting:
        return None
    among = f"{waiting:,} of {plural(len(entries), 'position')}"
    return paragraph(
        f"Unreviewed statements take part: {among} {'rests' if waiting == 1 else 'rest'} on what "
        f"nobody has accepted ({MARKS['proposed']})."
    )


def _issue(
    lines: Sequence[Line], told: Timeline, letters: Mapping[str, str]
) -> Iterator[RenderableType]:
    styles = party_styles(list(letters))
    rows = [r for li in lines for r in _rows(li, told, letters[li.party], styles[li.party])]
    heading = paragraph(issue_title(lines[0].issue), style="bold")
    yield Group(heading, facts(rows, indent=2))
    for line in lines:
        for shift in line.shifts or ():
            head = f"{_ARROWS[shift.direction]} {shift_words(shift, told.issues)}"
            yield _flag(head, (shift.before, shift.after))
        for found in line.contradictions:
            head = f"↯ {contradiction_words(found)}"
            yield _flag(head, (found.support, found.refusal, *found.further))


def _rows(line: Line, told: Timeline, letter: str, style: str) -> Iterator[Fact]:
    """Yield the table's rows: day, party, state and stance; what was said."""
    shifted = {id(shift.after): _ARROWS[shift.direction] for shift in line.shifts or ()}
    opposed = {
        id(entry)
        for found in line.contradictions
        for entry in (found.support, found.refusal, *found.further)
    }
    for entry in line.entries:
        shown = day(entry.date, short=True) if entry.dated else "no date"
        flags = shifted.get(id(entry), " ") + ("↯" if id(entry) in opposed else " ")
        key = Text.assemble(
            (f"{shown:>11}  ", "dim"),
            (letter, f"bold {style}"),
            " ",
            state_mark(entry.state),
            " ",
            f"{STANCE_GLYPHS[entry.stance]} {entry.stance:<11} ",
            (flags, "bold"),
        )
        yield key, _said(entry, told)


def _said(entry: Entry, told: Timeline) -> Text:
    words = stance_words(entry, told.issues)
    plain = f"{entry.stance}, "  # the row says it already
    words = "" if words == entry.stance else words.removeprefix(plain)
    text = Text()
    if words:
        text.append(f"{words}. ")
    if entry.guess:
        text.append("Who would do it is concluded. ", style="dim")
    if entry.implied:
        text.append("Implied by what it threatens or fears. ", style="dim")
    text.append(f"“{one_line(entry.quote)}”")
    return text


def _flag(head: str, entries: Sequence[Entry]) -> RenderableType:
    parts: list[RenderableType] = [paragraph(head, indent=2, hang=2, style="bold")]
    for entry in entries:
        when = day(entry.date) if entry.dated else f"no date (read on {day(entry.date)})"
        mark = MARKS[entry.state] if entry.state == "proposed" else ""
        where = Text(f"{when}, {one_line(entry.speaker)} in {one_line(entry.doc)}", style="dim")
        if mark:
            where.append(f"  {mark} unreviewed")
        where.append(f"  {entry.statement}", style="dim")
        parts.append(paragraph(where, indent=4, hang=2))
        parts.append(paragraph(f"“{one_line(entry.quote)}”", indent=6))
    return Group(*parts)


def _legend(told: Timeline, letters: Mapping[str, str]) -> RenderableType:
    occurring = {entry.stance for entry in told.entries}
    rows: list[Fact] = [
        ("parties", letters_line(letters, {party: one_line(party) for party in letters})),
        (
            "stances",
            "   ".join(f"{g} {name}" for name, g in STANCE_GLYPHS.items() if name in occurring),
        ),
    ]
    states = {entry.state for entry in told.entries}
    rows.append(
        ("states", "   ".join(f"{m} {name}" for name, m in MARKS.items() if name in states))
    )
    if told.shifts:
        ways = {shift.direction for shift in told.shifts}
        shown = "   ".join(f"{_ARROWS[w]} {_FLAGS[w]}" for w in _ARROWS if w in ways)
        rows.append(("flags", shown + ("   ↯ contradiction" if told.contradictions else "")))
    elif told.contradictions:
        rows.append(("flags", "↯ contradiction"))
    return facts(rows)


def _not_compared(told: Timeline) -> RenderableType | None:
    counts = Counter(line.why_no_shifts for line in told.lines if line.why_no_shifts is not None)
    if not counts:
        return None
    parts = [f"{counts[why]:,} {words}" for why, words in _WHY_NOT.items() if counts[why]]
    total = f"{counts.total():,} of {plural(len(told.lines), 'line')} (a party on an issue)"
    return paragraph(f"Shifts do not apply to {total}: {joined(parts)}.")


def _left_out(unused: Sequence[Unused]) -> RenderableType | None:
    if not unused:
        return None
    counts = Counter(item.reason for item in unused)
    parts = [f"{_REASONS.get(why, why)} ({count:,})" for why, count in counts.most_common()]
    return paragraph(f"Left out: {plural(len(unused), 'statement')}: {joined(parts)}.")


def _figure(path: str | None) -> RenderableType | None:
    return None if path is None else paragraph(f"Figure: {one_line(path)}")
