"""On which stated preferences the headline hangs, and how positions have moved over time."""

from __future__ import annotations

from collections.abc import Iterator

from detente.reading.timeline import Entry, Timeline
from detente.report.brief.document import Block, Bullets, Facts, Item, Line, Paragraph, Table, Text
from detente.report.brief.figures import timeline_figure
from detente.report.brief.writing import Writer
from detente.report.sensitivity import headline, sensitivity_document, sensitivity_facts
from detente.report.stances import (
    contradiction_words,
    day,
    issue_title,
    opening,
    shift_words,
    stance_words,
)
from detente.report.words import plural

__all__ = ["sensitivity_section", "timeline_section"]

_MOST_TOLD = 12
_MOST_ENTRIES = 60
_KEYS = {"tried", "hangs on", "", "not varied"}


def sensitivity_section(writer: Writer) -> tuple[Block, ...]:
    """Return the blocks."""
    result = writer.given.sensitivity
    rows = [(key, value) for key, value in sensitivity_facts(result) if str(key) in _KEYS]
    return (
        Paragraph(writer.text(headline(result))),
        *_hinges(writer),
        Facts(tuple((str(key), writer.text(str(value))) for key, value in rows)),
        Paragraph(
            writer.text(
                "Each stated preference was dropped, and swapped with the next, one change at a "
                "time, and "
                "the changed case diagnosed again. This says what the headline rests on in the "
                "model, not "
                "how sure the model is."
            ),
            "quiet",
        ),
    )


def _hinges(writer: Writer) -> Iterator[Block]:
    result = writer.given.sensitivity
    document = sensitivity_document(result)
    items: list[Item] = []
    left = 0
    for own, entry in zip(result.preferences, document["preferences"], strict=True):
        told: dict[str, None] = {}
        if own.dropped is not None and not own.dropped.unchanged:
            told.setdefault(entry["dropped"]["words"])
        for variation, row in zip(own.swaps, entry["swaps"], strict=True):
            if not variation.unchanged:
                told.setdefault(row["words"])
        for words in told:
            if len(items) >= _MOST_TOLD:
                left += 1
                continue
            items.append(Item((*writer.text(words), *writer.cite(own.stated.evidence))))
    if items:
        yield Bullets(tuple(items))
    if left:
        yield Paragraph(writer.text(f"And {plural(left, 'more change')}, in detente sensitivity."))


def timeline_section(writer: Writer) -> tuple[Block, ...] | None:
    """Return the blocks; ``None`` unless there is more than one dated document."""
    told = writer.given.told
    if told is None or len({entry.date for entry in told.entries if entry.dated}) < 2:
        return None
    flags = [
        (
            f"{_issue(shift.after, told)}: {shift_words(shift, told.issues)}",
            [shift.before.statement, shift.after.statement],
        )
        for shift in told.shifts
    ]
    flags += [
        (
            f"{_issue(found.support, told)}: {contradiction_words(found)}",
            [found.support.statement, found.refusal.statement],
        )
        for found in told.contradictions
    ]
    moves = [Item((*writer.text(f"{words}."), *writer.cite(ids))) for words, ids in flags]
    rows: list[tuple[Line, ...]] = []
    entries = [(line, entry) for line in told.lines for entry in line.entries]
    shown = entries if len(entries) <= _MOST_ENTRIES + 1 else entries[:_MOST_ENTRIES]
    for line, entry in shown:
        when = day(entry.date) if entry.dated else "no date"
        said = (*writer.text(stance_words(entry, told.issues)), *writer.cite([entry.statement]))
        rows.append(
            (writer.text(issue_title(line.issue)), (Text(when),), writer.text(entry.party), said)
        )
    caption = "Positions, issue by issue"
    if len(shown) < len(entries):
        caption += f": {len(shown):,} of {len(entries):,}"
    return (
        Paragraph(writer.text(opening(told))),
        *((Bullets(tuple(moves)),) if moves else ()),
        timeline_figure(told, writer),
        Table(caption, ("issue", "day", "party", "stance"), tuple(rows)),
    )


def _issue(entry: Entry, told: Timeline) -> str:
    return issue_title(told.issues[entry.issue])
