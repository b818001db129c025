"""What ``detente parties`` says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import RenderableType

from detente.report.evidence import one_line
from detente.report.grid import Column, Grid
from detente.report.page import page, paragraph, sentence
from detente.report.words import joined, plural

__all__ = ["parties_page"]


def parties_page(rows: Sequence[Mapping[str, Any]], added: Sequence[str] = ()) -> RenderableType:
    """Return the page: a sentence, and a table of the parties.

    Args:
        rows: the parties as in ``detente parties --json``.
        added: what was just added, in words.
    """
    opening = f"{plural(len(rows), 'party', 'parties')} in the statements of this workspace."
    if not rows:
        opening = "No parties yet: detente read FILE finds them."
    if added:
        opening = f"Added {joined(added, most=4)}. It counts from the next detente read on."
    return page(
        sentence(opening),
        Grid(
            [Column("party", [one_line(row["name"]) for row in rows], wraps=True, least=16)],
            [
                Column("kind", [row["kind"] or "–" for row in rows]),
                Column("actor", [f"{row['actor']:,}" for row in rows], right=True),
                Column("target", [f"{row['target']:,}" for row in rows], right=True),
                Column("also called", [_names(row) for row in rows], wraps=True, least=12),
            ],
        )
        if rows
        else None,
        paragraph("Another name: detente parties --add-alias NAME=PARTY") if not added else None,
    )


def _names(row: Mapping[str, Any]) -> str:
    given = [
        f"{item['alias']} (learned)" if item["origin"] == "review" else item["alias"]
        for item in row["aliases"]
    ]
    return one_line(", ".join(dict.fromkeys([*given, *row["also"]])))
