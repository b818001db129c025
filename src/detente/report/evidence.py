"""How one statement looks: a glyph for its type, a mark for its state, who to whom, the words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from rich.text import Text

from detente.report.words import joined

__all__ = ["GLYPHS", "MARKS", "Row", "headline", "marked", "one_line", "order_lines", "state_mark"]

Row: TypeAlias = Mapping[str, Any]
"""A statement as in ``detente statements --json``."""

GLYPHS = {
    "demand": "▲",
    "offer": "◇",
    "commitment": "◆",
    "precondition": "»",
    "endorsement": "+",
    "rejection": "×",
    "accusation": "※",
    "threat": "‡",
    "threat-perception": "◎",
    "concession": "▽",
    "cooperation": "∞",
}
"""Type -> its glyph; the word stands beside it."""

MARKS = {"proposed": "·", "accepted": "✓", "edited": "~", "rejected": "✗"}
"""State of review -> its mark."""

_COLOURS = {"proposed": "dim", "accepted": "green", "edited": "cyan", "rejected": "red"}
_BREAKS = str.maketrans(dict.fromkeys("\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029\t", " "))


def one_line(text: str) -> str:
    """Return text on one line, character for character; what cannot be shown becomes a box."""
    flat = text.translate(_BREAKS)
    return flat if flat.isprintable() else "".join(c if c.isprintable() else "□" for c in flat)


def state_mark(state: str) -> Text:
    """Return the mark of a state."""
    return Text(MARKS[state], style=_COLOURS[state])


def headline(row: Row) -> Text:
    """Return "▲ demand  Taliban → United States"."""
    text = Text(f"{GLYPHS[row['type']]} {row['type']}", style="bold")
    who = joined(row["actors"]) or "nobody named"
    text.append(f"  {one_line(who)}", style="")
    if row["targets"]:
        text.append(f" → {one_line(joined(row['targets']))}", style="")
    return text


def marked(text: str, start: int, end: int) -> Text:
    """Return a passage with a span in brackets, also bold and underlined."""
    flat = one_line(text)
    return Text.assemble(
        (flat[:start], "dim"),
        ("[", "bold"),
        (flat[start:end], "bold underline"),
        ("]", "bold"),
        (flat[end:], "dim"),
    )


def order_lines(row: Row) -> list[tuple[str, str]]:
    """Return what is worth saying of a statement beside its words."""
    said = []
    actors = set(row["actors"])
    if row["speaker"] not in actors:
        said.append(("said by", one_line(row["speaker"])))
    if row["before"] is not None:
        said.append(("first", one_line(row["before"])))
        said.append(("then", one_line(row["after"])))
    if row.get("condition"):
        said.append(("if", one_line(row["condition"]).removeprefix("if ")))
    return said
