"""What ``detente review`` shows: one statement in its sentence, and what can be done with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from detente.report.evidence import MARKS, Row, headline, marked, one_line, order_lines, state_mark
from detente.report.page import facts, page, paragraph, sentence
from detente.report.words import joined, plural

__all__ = ["KEYS", "applied_page", "keys_page", "review_page", "summary"]

KEYS = (
    ("j", "next"),
    ("k", "back"),
    ("a", "accept"),
    ("e", "edit, then accept as edited"),
    ("x", "reject"),
    ("u", "take back the last decision"),
    ("/", "search; alone: all again"),
    ("?", "these keys"),
    ("q", "leave; every decision is kept already"),
)
"""Key -> what it does."""

_HELP = "j next  k back  a accept  e edit  x reject  u undo  / search  ? keys  q leave"


def review_page(
    row: Row, passage: tuple[str, int, int], place: int, count: int, note: str = ""
) -> RenderableType:
    """Return the screen for one statement.

    Args:
        row: the statement.
        passage: its sentence, and the span in it.
        place: its number, from 1.
        count: how many there are.
        note: what just happened.
    """
    told = Text.assemble(
        f"{place:,} of {count:,}  ",
        state_mark(row["state"]),
        f" {row['state']}",
        (f"  {one_line(row['doc'])}  {row['start']}–{row['end']}", "dim"),
    )
    if row["repeat_of"]:
        told.append("  a reprint", style="dim")
    details = [
        *order_lines(row),
        ("issue", one_line(row["issue"] or "–")),
        ("voice", row["attribution"] + (", quoted" if row["quoted"] else "")),
        ("sure", f"{round(100 * row['confidence'])}%"),
    ]
    if row["edited"]:
        details.append(("edited", joined(row["edited"])))
    return page(
        told,
        paragraph(headline(row), hang=4),
        paragraph(marked(*passage), indent=2),
        facts(details, indent=2),
        paragraph(Text(note, style="bold")) if note else None,
        Text(_HELP, style="dim"),
    )


def keys_page() -> RenderableType:
    """Return the keys, and what glyphs and marks mean."""
    marks = "  ".join(f"{mark} {state}" for state, mark in MARKS.items())
    return page(
        sentence("Keys"),
        facts(KEYS, indent=2),
        paragraph(f"The statement stands between [ ] in its sentence. {marks}"),
    )


def applied_page(outcome: Mapping[str, Any]) -> RenderableType:
    """Return what became of a file of decisions."""
    reviews = outcome["reviews"]
    names = ("accepted", "edited", "rejected", "reopened")
    counts = [(name, sum(review["decision"] == name for review in reviews)) for name in names]
    said = joined(f"{count:,} {name}" for name, count in counts if count)
    text = f"{plural(outcome['applied'], 'decision')} applied"
    text += f": {said}." if said else "."
    if outcome["unchanged"]:
        text += f" {plural(outcome['unchanged'], 'decision')} said what was said before."
    return sentence(text)


def summary(counts: Mapping[str, int], left: int) -> RenderableType:
    """Return what a session did."""
    said = joined(f"{count:,} {name}" for name, count in counts.items() if count)
    rest = f"{plural(left, 'statement')} still to review." if left else "Nothing is left to review."
    return paragraph(f"{said[:1].upper() + said[1:]}. {rest}" if said else f"No decision. {rest}")
