"""Results as comma-separated values, for spreadsheets and statistics programs."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

from detente.report.selection import Selection

__all__ = ["csv_lines"]


def csv_lines(chosen: Selection) -> Iterator[str]:
    """Yield the lines of a table of states: a header, then one line for each state shown.

    Columns: ``code``, ``label``, every option's level (``party.option``), then for each concept
    each party's verdict (``seq.us``: 1 if it would stay, else 0) and ``seq.equilibrium``. In
    graph form code and label are the same. A case that is an unreviewed draft has one more
    column, ``unreviewed``, which is 1 in every line.
    """
    result = chosen.result
    case = result.case
    options = case.options if case.graph is None else ()
    head = ["code", "label", *(option.key for option in options)]
    columns = []
    for one in result:
        for party, mask in one.masks.items():
            head.append(f"{one.concept.id}.{party}")
            columns.append(chosen.over(mask).astype(int).tolist())
        head.append(f"{one.concept.id}.equilibrium")
        columns.append(chosen.over(one.equilibrium_mask).astype(int).tolist())
    if case.unreviewed:
        head.append("unreviewed")
        columns.append([1] * chosen.size)
    yield _line(head)
    verdicts = zip(*columns, strict=True)
    for state, row in zip(chosen.states, verdicts, strict=True):
        label = state if case.graph is not None else case.label_of.get(state, "")
        levels = [o.levels[int(digit)] for o, digit in zip(options, state, strict=False)]
        yield _line([state, label, *levels, *row])


def _line(cells: list[str] | list[str | int]) -> str:
    line = StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue()
