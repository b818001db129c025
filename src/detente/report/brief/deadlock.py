"""The kind of deadlock with its witness, and the demands that go round in a circle."""

from __future__ import annotations

from collections.abc import Iterator

from detente.analysis.deadlock.precedence import Edge
from detente.analysis.deadlock.verdicts import TARGET_KINDS
from detente.report.brief.document import (
    Block,
    Facts,
    Heading,
    Line,
    Paragraph,
    Quote,
    Table,
    Text,
)
from detente.report.brief.writing import Writer
from detente.report.diagnosing import diagnosis_facts, headline
from detente.report.flagging import case_flags, kind_name, target_flags
from detente.report.words import plural, spaced

__all__ = ["deadlock"]

_MOST_TARGETS = 8
_MOST_CYCLES = 3
_MOST_QUOTES = 3


def deadlock(writer: Writer) -> tuple[Block, ...]:
    """Return the blocks."""
    return (
        Paragraph(writer.text(headline(writer.given.diagnosis))),
        Facts(
            tuple(
                (str(key), writer.text(str(value)))
                for key, value in diagnosis_facts(writer.given.diagnosis)
            )
        ),
        *_flags(writer),
        *_targets(writer),
        *_circles(writer),
    )


def _flags(writer: Writer) -> Iterator[Block]:
    result = writer.given.diagnosis
    found = list(target_flags(result.focus, writer.words)) if result.focus else []
    found += case_flags(result.witnesses, writer.words)
    if found:
        yield Heading("What makes it harder")
        yield Facts(tuple((str(key), writer.text(str(value))) for key, value in found))


def _targets(writer: Writer) -> Iterator[Block]:
    result = writer.given.diagnosis
    if len(result.targets) < 2:
        return
    ordered = sorted(
        result.targets,
        key=lambda t: (t is not result.focus, not t.efficient, TARGET_KINDS.index(t.kind)),
    )
    shown = ordered[:_MOST_TARGETS]
    rows = tuple(
        (
            (
                *writer.state(t.state),
                *((Text(", the target", "strong"),) if t is result.focus else ()),
            ),
            writer.text(kind_name(t.kind)),
            writer.text(writer.words.parties(t.unstable_for) or "nobody"),
            writer.text("yes" if t.efficient else "no"),
            writer.text(", ".join(map(spaced, t.flags)) or "–"),
        )
        for t in shown
    )
    caption = "States that would suit all at the table"
    if len(shown) < len(ordered):
        caption += f": {len(shown):,} of {len(ordered):,}, the target first"
    caption += ". Efficient: no other is better for some and worse for none"
    head = ("state", "kind", "would be left by", "efficient", "flags")
    yield Table(caption, head, rows)


def _circles(writer: Writer) -> Iterator[Block]:
    cycles = writer.given.diagnosis.precedence
    if not cycles:
        return
    yield Heading("Demands that go round in a circle", "circle")
    for k, cycle in enumerate(cycles[:_MOST_CYCLES]):
        if k:
            yield Paragraph(writer.text("And:"))
        for edge in cycle:
            yield Paragraph(_demand(edge, writer))
            quoted = list(writer.quoted(edge.evidence[:_MOST_QUOTES]))
            yield from (Quote(text, source) for text, source in quoted)
    if len(cycles) > _MOST_CYCLES:
        left = plural(len(cycles) - _MOST_CYCLES, "more circle")
        yield Paragraph(writer.text(f"And {left}, which detente diagnose shows."), "quiet")


def _demand(edge: Edge, writer: Writer) -> Line:
    who = "The model" if edge.party is None else writer.words.party(edge.party)
    told = f": {writer.words.claim(edge.before)} before {writer.words.claim(edge.after)}"
    shown = {own.id for own in writer.given.evidence.of(edge.evidence[:_MOST_QUOTES])}
    rest = [id for id in edge.evidence if id not in shown]
    return (*writer.text(who, "strong"), *writer.text(told), *writer.cite(rest))
