"""A brief as Markdown: CommonMark with tables and footnotes; figures are told in words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detente.report.brief.document import (
    NOT_REVIEWED,
    OPEN,
    Block,
    Brief,
    Bullets,
    Cite,
    Facts,
    Figure,
    Heading,
    Line,
    Note,
    Paragraph,
    Quote,
    Sources,
    Table,
)
from detente.report.stances import day

__all__ = ["escaped", "render"]

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~^&])")
_STARTS = re.compile(r"^(\s*)([-+]|\d+[.)])(?=\s)")


def escaped(text: str) -> str:
    """Return text that Markdown, and HTML inside it, leaves as it is."""
    return _SPECIAL.sub(r"\\\1", text)


def render(brief: Brief) -> str:
    """Return the document."""
    parts = list(_parts(brief))
    return "\n\n".join(parts) + "\n"


def _parts(brief: Brief) -> Iterator[str]:
    kinds = {"brief": "Brief", "role": "Role sheet", "debrief": "Debrief"}
    yield f"# {escaped(brief.headline)}"
    for text in brief.notices:
        yield f"> **{escaped(text)}**"
    yield f"{kinds[brief.kind]} · {escaped(brief.title)} · {day(brief.date)}"
    for k, section in enumerate(brief.sections):
        if k:
            yield f"## {escaped(section.title)}"
        for block in section.blocks:
            yield from _block(block, 3 if k else 2)


def _block(block: Block, level: int) -> Iterator[str]:
    match block:
        case Heading(text):
            yield f"{'#' * level} {escaped(text)}"
        case Paragraph(line, "notice"):
            yield f"> **{_line(line)}**"
        case Paragraph(line):
            yield _guarded(_line(line))
        case Bullets(items, ordered):
            marks = (f"{k}." if ordered else "-" for k in range(1, len(items) + 1))
            rows = zip(marks, items, strict=True)
            yield "\n".join(f"{mark} {_guarded(_line(item.line))}" for mark, item in rows)
        case Facts(rows):
            yield "\n".join(
                f"- **{escaped(term)}**: {_line(said)}" if term else f"  - {_line(said)}"
                for term, said in rows
            )
        case Quote(text, source):
            yield f"> “{escaped(text)}”\n>\n> {_line(source)}"
        case Table(caption, head, rows):
            yield f"**{escaped(caption)}**"
            lines = [_row(map(escaped, head)), _row("---" for _ in head)]
            lines += [_row(map(_line, row)) for row in rows]
            yield "\n".join(lines)
        case Figure(_, _, description, caption):
            yield f"**Figure.** {_line(caption)}"
            yield f"> {escaped(description)}"
        case Sources(notes):
            yield "\n".join(map(_note, notes))


def _row(cells: Iterator[str] | map[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _guarded(text: str) -> str:
    """Return a line that does not begin a list by accident."""
    return _STARTS.sub(r"\1\\\2", text)


def _line(line: Line) -> str:
    parts = []
    for piece in line:
        if isinstance(piece, Cite):
            parts.append(f"[^{piece.note}]{f' {OPEN}' if piece.open else ''}")
        elif piece.style == "strong":
            inner = escaped(piece.text.strip())
            parts.append(
                piece.text.replace(piece.text.strip(), f"**{inner}**") if inner else piece.text
            )
        elif piece.style == "code":
            parts.append(f"`{piece.text.replace('`', chr(39)).replace('|', chr(92) + '|')}`")
        else:
            parts.append(escaped(piece.text))
    return "".join(parts)


def _note(note: Note) -> str:
    told = f"“{escaped(note.quote)}” {escaped(note.origin)} ({escaped(note.statement)})"
    if note.open:
        told += f" {NOT_REVIEWED}"
    elif note.state == "rejected":
        told += " **rejected in review**"
    return f"[^{note.number}]: {told}"
