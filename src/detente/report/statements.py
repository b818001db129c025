"""What ``detente statements`` says: one sentence, then the statements under their documents."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO

from rich.console import RenderableType
from rich.text import Text

from detente.report.evidence import Row, headline, one_line, order_lines, state_mark
from detente.report.page import facts, page, paragraph, sentence
from detente.report.words import plural

__all__ = ["COLUMNS", "statement_lines", "statements_page"]

COLUMNS = (
    *("id", "doc", "date", "start", "end", "type", "state", "speaker", "actors", "targets"),
    *("before", "after", "issue", "attribution", "quoted", "repeat_of", "text"),
)
"""Columns of ``detente statements --csv``."""


def statements_page(
    rows: Sequence[tuple[Row, str | None]],
    total: int,
    everything: int,
    asked: Mapping[str, str],
    ranked: int | None = None,
    documents: Sequence[tuple[str, str]] = (),
) -> RenderableType:
    """Return the page.

    Args:
        rows: statements, each with the snippet that a search found.
        total: how many were found.
        everything: how many there are in the workspace.
        asked: what was asked for, by option.
        ranked: how many matches were compared, if not all.
        documents: documents that have the words, where no statement has; with snippets.
    """
    parts: list[RenderableType | None] = [sentence(_opening(total, everything, asked))]
    doc = None
    for row, snippet in rows:
        if row["doc"] != doc:
            doc = row["doc"]
            parts.append(Text(f"{one_line(doc)}  {row['date']}", style="dim"))
        parts.append(_statement(row, snippet))
    if len(rows) < total:
        among = f", the best of the {ranked:,} newest" if ranked else ""
        parts.append(paragraph(f"Shown: {len(rows):,} of {total:,}{among}. --limit N shows more."))
    if documents:
        parts.append(paragraph("The words stand in these documents, but in no statement:"))
        parts.append(facts([(one_line(n), _snippet(s)) for n, s in documents], indent=2))
    return page(*parts)


def _opening(total: int, everything: int, asked: Mapping[str, str]) -> str:
    if not everything:
        return "There are no statements yet: detente read FILE finds them."
    if not asked:
        return f"{plural(total, 'statement')}."
    what = ", ".join(f"{name} {one_line(value)!r}" for name, value in asked.items())
    some = plural(total, "statement") if total else "No statement"
    return f"{some} of {everything:,} with {what}."


def _statement(row: Row, snippet: str | None) -> RenderableType:
    head = Text.assemble(state_mark(row["state"]), " ", headline(row))
    if row["state"] != "proposed":
        head.append(f"  {row['state']}", style="dim")
    if row["repeat_of"]:
        head.append("  a reprint", style="dim")
    if not row["found"]:
        head.append("  no longer found by the reader", style="dim")
    words = Text(f"“{one_line(row['text'])}”") if snippet is None else _snippet(snippet)
    place = Text(f"{row['start']}–{row['end']}  {row['id']}", style="dim")
    return _Stacked(
        [
            paragraph(head, indent=2, hang=4),
            paragraph(words, indent=4),
            facts(order_lines(row), indent=4),
            paragraph(place, indent=4),
        ]
    )


def _snippet(text: str) -> Text:
    """Return a snippet, the words found in bold and between asterisks."""
    shown = Text()
    for k, part in enumerate(text.replace("\x03", "\x02").split("\x02")):
        shown.append(f"*{one_line(part)}*" if k % 2 else one_line(part), "bold" if k % 2 else "")
    return shown


class _Stacked:
    """Parts without a blank line between them."""

    def __init__(self, parts: Iterable[RenderableType]) -> None:
        self.parts = list(parts)

    def __rich_console__(self, console: object, options: object) -> Iterator[RenderableType]:
        yield from self.parts


def statement_lines(rows: Iterable[Row]) -> Iterator[str]:
    """Yield statements as comma-separated values: a header, then a line for each.

    Lists are joined by "; ". A cell that a spreadsheet would take for a formula gets an
    apostrophe before it.
    """
    yield _line(COLUMNS)
    for row in rows:
        yield _line([_cell(row[name]) for name in COLUMNS])


def _cell(value: object) -> str:
    if isinstance(value, list):
        return _cell("; ".join(map(str, value)))
    if isinstance(value, bool):
        return "1" if value else "0"
    if value is None:
        return ""
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text[:1] in "=+-@\t\r" and text else text


def _line(cells: Sequence[str]) -> str:
    line = StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue()
