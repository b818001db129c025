"""Comma-separated values that no spreadsheet takes for formulas; they come back as they were."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from io import StringIO

from detente.exchange.errors import refuse
from detente.model.errors import Where

__all__ = ["bare", "read_rows", "shielded", "write_rows"]

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_SHIELDED = re.compile(r"'+[=+\-@\t\r]")
_LONGEST = 2**31 - 1  # a cell may hold a whole text


def shielded(cell: str) -> str:
    """Return a cell with an apostrophe before it if it begins like a formula.

    So does one that begins with apostrophes and then like a formula: :func:`bare` takes away
    exactly what was put there.

    >>> shielded("=1+1"), bare(shielded("=1+1")), bare(shielded("'-"))
    ("'=1+1", '=1+1', "'-")
    """
    return f"'{cell}" if _FORMULA.match(cell) else cell


def bare(cell: str) -> str:
    """Return a cell as it was before :func:`shielded`."""
    return cell[1:] if _SHIELDED.match(cell) else cell


def write_rows(rows: Iterable[Sequence[str | int]], delimiter: str) -> str:
    """Return rows as text; every cell that is text is quoted and shielded."""
    out = StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
    for row in rows:
        writer.writerow([shielded(cell) if isinstance(cell, str) else cell for cell in row])
    return out.getvalue()


def read_rows(text: str, source: str) -> list[tuple[int, dict[str, str]]]:
    """Return the rows of a file under its header, each with its line number; cells are not bared.

    The delimiter is a semicolon, comma or tab: whichever the header has most of.

    Raises:
        ExchangeError: there is no header, or a row is not a row.
    """
    head = text.split("\n", 1)[0]
    delimiter = max(";,\t", key=head.count)
    csv.field_size_limit(_LONGEST)
    lines = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[int, dict[str, str]]] = []
    names: list[str] | None = None
    begun = 1
    try:
        for row in lines:
            if names is None:
                names = [name.strip() for name in row]
            elif row:
                if len(row) != len(names):
                    refuse(
                        f"this row has {len(row)} cells, the header {len(names)}",
                        Where(source, begun),
                        "quote cells that hold the delimiter or a line break",
                    )
                rows.append((begun, dict(zip(names, row, strict=True))))
            begun = lines.line_num + 1
    except csv.Error as error:
        refuse(
            f"this is no comma-separated file: {error}",
            Where(source, lines.line_num),
            "save it as CSV, with text in double quotes",
        )
    if not names or not any(names):
        refuse("the file is empty", Where(source), "the first line names the columns")
    return rows
