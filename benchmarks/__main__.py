"""Measure, print the tables, and write them to ``benchmarks/results``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from benchmarks.analysis import analysis_rows
from benchmarks.engine import engine_rows
from benchmarks.report import print_tables, write
from benchmarks.rows import Row
from benchmarks.shell import shell_rows
from benchmarks.web import web_rows

SIZES = [8, 10, 11, 12, 14, 16, 18, 20, 22, 24]


def main() -> int:
    """Run what was asked for; 1 if a target is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--only", choices=["engine", "analysis", "web", "shell"], help="one of the tables"
    )
    parser.add_argument("--largest", type=int, default=24, help="log2 of the most states (24)")
    parser.add_argument("-o", "--output", type=Path, default=Path(__file__).parent / "results")
    args = parser.parse_args()
    rows: list[Row] = []
    if args.only in (None, "engine"):
        for row in engine_rows([size for size in SIZES if size <= args.largest]):
            print(f"{row.name}, {row.parties} parties, {row.kind}: {row.seconds:.4g} s", flush=True)
            rows.append(row)
    if args.only in (None, "analysis"):
        for row in analysis_rows():
            print(f"{row.name}: {row.seconds:.4g} s", flush=True)
            rows.append(row)
    if args.only in (None, "web"):
        for row in web_rows():
            print(f"{row.name}: {row.seconds:.4g} s", flush=True)
            rows.append(row)
    if args.only in (None, "shell"):
        for row in shell_rows():
            print(f"{row.name}: {row.problem or f'{row.seconds:.4g} s'}", flush=True)
            rows.append(row)
    print_tables(rows)
    for path in write(rows, args.output):
        print(path)
    return int(any(row.passed is False for row in rows))


if __name__ == "__main__":
    sys.exit(main())
