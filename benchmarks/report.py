"""The tables and the plot."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.rows import GMCR_PLUS, Row

__all__ = ["growth", "print_tables", "write"]

_HEADS = {
    "engine": ("states", "parties", "payoffs", "time", "copies", "memory", "target", "GMCR+"),
    "analysis": ("what", "parties", "cells", "time", "copies", "memory", "target", ""),
    "shell": ("command", "parties", "cells", "time", "copies", "memory", "target", ""),
}
_TITLES = {
    "engine": "The dense engine: Nash, GMR, SMR, SEQ and SSEQ, 10% infeasible, arrays given",
    "analysis": "Diagnosis, levers and sensitivity, in one process",
    "shell": "Whole commands",
}
_NOTES = (
    "Copies: the time divided by that of copying one int32 array of as many cells, in the same "
    "run. Memory: the peak above the inputs, or of the whole process (commands). Times "
    "are the best of several runs. GMCR+ computed Nash, GMR, SMR and SEQ only."
)


def growth(rows: Sequence[Row], kind: str) -> tuple[float, float] | None:
    """Return how much longer 2^24 states take than 2^16, and how much N log N would allow."""
    seconds = {row.cells: row.seconds for row in rows if row.kind == kind and row.parties == 3}
    if {1 << 16, 1 << 24} <= seconds.keys():
        return seconds[1 << 24] / seconds[1 << 16], (1 << 8) * 24 / 16
    return None


def _time(seconds: float) -> str:
    for unit, size in (("s", 1.0), ("ms", 1e-3)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds * 1e6:.3g} µs"


def _cells(row: Row) -> list[str]:
    first = [row.name, str(row.parties or ""), row.kind]
    if row.group != "engine":
        first[2] = f"{row.cells:,}" if row.parties else ""
    verdict = {None: "", True: " ✓", False: " ✗"}[row.passed]
    if row.problem:
        return [*first, "–", "–", "–", f"{row.target}{verdict}", row.problem]
    gmcr = f"{_time(row.gmcr_plus)} (×{row.gmcr_plus / row.seconds:,.0f})" if row.gmcr_plus else ""
    copies = f"{row.copies:,.0f}" if row.cells > 1 and row.group != "analysis" else ""
    return [
        *first,
        _time(row.seconds),
        copies,
        f"{row.peak_mib:,.0f} MiB",
        f"{row.target}{verdict}",
        gmcr,
    ]


def _growth_lines(rows: Sequence[Row]) -> list[str]:
    lines = []
    for kind in dict.fromkeys(row.kind for row in rows):
        found = growth(rows, kind)
        if found:
            ratio, limit = found
            verdict = "✓" if ratio <= limit else "✗"
            lines.append(
                f"From 2^16 to 2^24 states ({kind}) the time grows {ratio:.0f}-fold; "
                f"N log N allows {limit:.0f} {verdict}"
            )
    return lines


def print_tables(rows: Sequence[Row]) -> None:
    """Print everything that was measured."""
    console = Console()
    if not console.is_terminal:  # a log has no width: cut nothing
        console.width = 150
    for group, heads in _HEADS.items():
        chosen = [row for row in rows if row.group == group]
        if chosen:
            table = Table(*heads, title=_TITLES[group])
            for row in chosen:
                style = {None: "", True: "green", False: "bold red"}[row.passed]
                table.add_row(*_cells(row), style=style)
            console.print(table)
    for line in [*_growth_lines(rows), _NOTES, f"Measured on {_machine()}."]:
        console.print(line)


def _markdown(rows: Sequence[Row]) -> str:
    parts = [f"Measured on {_machine()}."]
    for group, heads in _HEADS.items():
        chosen = [row for row in rows if row.group == group]
        if chosen:
            lines = [f"## {_TITLES[group]}", "", "| " + " | ".join(heads) + " |"]
            lines.append("|" + "---|" * len(heads))
            lines += ["| " + " | ".join(_cells(row)) + " |" for row in chosen]
            parts.append("\n".join(lines))
    return "\n\n".join(["# Benchmarks", *parts, *_growth_lines(rows), _NOTES]) + "\n"


def _machine() -> str:
    name = platform.processor() or platform.machine()
    try:
        info = Path("/proc/cpuinfo").read_text()
        name = info.split("model name")[1].split(":")[1].split("\n")[0].strip()
    except (OSError, IndexError):
        pass
    cores = os.cpu_count() or 1
    busy = ""
    if hasattr(os, "getloadavg") and os.getloadavg()[1] > cores + 0.5:
        busy = f". It was busy with other work (load {os.getloadavg()[1]:.1f}): times are too long"
    return f"{name}, {cores} cores, Python {platform.python_version()}{busy}"


def write(rows: Sequence[Row], folder: Path) -> list[Path]:
    """Write ``bench.json``, ``bench.md`` and ``bench.svg``, and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    records = [
        asdict(row) | {"copies": row.copies, "gmcr_plus": row.gmcr_plus, "passed": row.passed}
        for row in rows
    ]
    paths = [folder / "bench.json", folder / "bench.md"]
    document = {"machine": _machine(), "rows": [_finite(record) for record in records]}
    paths[0].write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    paths[1].write_text(_markdown(rows), encoding="utf-8")
    engine = [row for row in rows if row.group == "engine"]
    if engine:
        paths.append(folder / "bench.svg")
        _plot(engine, paths[-1])
    return paths


def _finite(record: dict[str, Any]) -> dict[str, Any]:
    """Replace numbers that JSON does not know."""
    wrong = (float("inf"), float("nan"))
    return {
        k: None if isinstance(v, float) and (v in wrong or v != v) else v for k, v in record.items()
    }


def _plot(rows: Sequence[Row], path: Path) -> None:
    import altair as alt

    points = [
        {
            "states": row.cells,
            "seconds": row.seconds,
            "MiB": max(row.peak_mib, 0.1),
            "what": f"Détente, {row.parties} parties, {row.kind}",
        }
        for row in rows
    ]
    for parties, known in GMCR_PLUS.items():
        for size, seconds in known.items():
            points.append(
                {"states": 1 << size, "seconds": seconds, "what": f"GMCR+, {parties} parties"}
            )
    states = alt.X("states:Q").scale(type="log", base=2).title("states")
    series = alt.Color("what:N").title(None).legend(orient="bottom", columns=2, labelLimit=400)
    data = alt.Data(values=points)  # type: ignore[no-untyped-call]
    base = alt.Chart(data).mark_line(point=True).encode(x=states, color=series)
    time = base.encode(y=alt.Y("seconds:Q").scale(type="log").title("seconds"))
    memory = base.transform_filter("isValid(datum.MiB)").encode(
        y=alt.Y("MiB:Q").scale(type="log").title("peak memory above the inputs, MiB")
    )
    panels = [panel.properties(width=380, height=320) for panel in (time, memory)]
    alt.hconcat(*panels).save(str(path))
