"""Reading and searching: ``python -m benchmarks.reading [STATEMENTS] [DOCUMENTS]``.

Makes a workspace of synthetic statements with words as frequent as in a language (Zipf), and
measures searches; then reads synthetic articles and measures documents a second.
"""

from __future__ import annotations

import itertools
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from detente.store import Store, open_store
from detente.store.searching import Filter, find

TARGET = 0.020
SEARCHES = ["w0", "w3", "w20", "w100", "w5000", "w3 w20", '"w1 w2"', "w12*", "Iran w3"]
PARTIES = ["Iran", "United States", "Oman", "Russia", "Taliban", "Kosovo", "Serbia", "Egypt"]
PER_DOCUMENT = 25


def fill(store: Store, count: int) -> None:
    """Store statements straight into the tables."""
    chance = random.Random(1)
    words = [f"w{n}" for n in range(20_000)]
    weights = list(itertools.accumulate(1 / (n + 1) for n in range(len(words))))
    with store.writing() as db:
        for number in range(count):
            document = number // PER_DOCUMENT + 1
            if number % PER_DOCUMENT == 0:
                db.execute(
                    "INSERT INTO documents VALUES (?, ?, ?, x'', 0, NULL, NULL, NULL, 'en',"
                    " '2026-01-01T00:00:00Z', 'rules', '[]', x'', NULL, NULL)",
                    (document, f"d{document}.txt", f"{document:064}"),
                )
            text = " ".join(chance.choices(words, cum_weights=weights, k=18))
            actor, target = chance.sample(PARTIES, 2)
            fields = {"start": 0, "end": len(text), "text": text, "actors": [actor]}
            db.execute(
                'INSERT INTO statements (num, id, document, "start", "end", text, type, speaker,'
                " proposed) VALUES (?, ?, ?, 0, ?, ?, 'demand', ?, ?)",
                (number + 1, f"s{number}", document, len(text), text, actor, json.dumps(fields)),
            )
            db.execute(
                "INSERT INTO statement_search (rowid, text, parties, issue) VALUES (?, ?, ?, '')",
                (number + 1, text, f"{actor}, {target}"),
            )
            db.executemany(
                "INSERT INTO statement_parties VALUES (?, ?, 0, ?, ?)",
                [
                    (number + 1, role, name, name.casefold())
                    for role, name in (("actor", actor), ("target", target))
                ],
            )


def searches(folder: Path, count: int) -> float:
    """Print how long searches take; return the longest."""
    worst = 0.0
    with open_store(folder / "search.db", create=True) as store:
        fill(store, count)
        for search in SEARCHES:
            best = float("inf")
            for _ in range(5):
                begun = time.perf_counter()
                found = find(store, Filter(search=search), 50)
                best = min(best, time.perf_counter() - begun)
            worst = max(worst, best)
            print(f"  {search:<10} {found.total:>8,} found  {1000 * best:6.1f} ms")
    return worst


def reading(folder: Path, count: int) -> None:
    """Print how many documents a second are read."""
    chance = random.Random(2)
    sentences = [
        "{a} said it would withdraw its troops only after {b} released the prisoners.",
        "{b} rejected the demand and accused {a} of breaking the ceasefire.",
        "The talks in the capital have lasted for three weeks, and officials met on Monday.",
        "Officials from {a} offered to lift the sanctions if {b} opened the border.",
    ]
    many = folder / "many"
    many.mkdir()
    for number in range(count):
        a, b = chance.sample(PARTIES, 2)
        body = [
            " ".join(chance.choice(sentences).format(a=a, b=b) for _ in range(5)) for _ in range(9)
        ]
        (many / f"{number}.txt").write_text(f"Report {number}\n\n" + "\n\n".join(body))
    program = [sys.executable, "-m", "detente.cli.app", "read", str(many), "-w"]
    for name, more in (("rules and tagger", []), ("rules alone", ["--rules-only"])):
        begun = time.perf_counter()
        command = [*program, str(folder / f"{len(more)}.db"), *more]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        seconds = time.perf_counter() - begun
        print(f"  {name}: {count:,} documents in {seconds:.1f} s, {count / seconds:.0f} a second")


def main() -> int:
    """Measure; 1 if a search misses its target."""
    statements = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    documents = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000
    with tempfile.TemporaryDirectory() as name:
        print(f"Searching {statements:,} statements, 50 shown (target {1000 * TARGET:.0f} ms)")
        worst = searches(Path(name), statements)
        print(f"Reading on {os.cpu_count()} cores")
        reading(Path(name), documents)
    return int(worst > TARGET)


if __name__ == "__main__":
    sys.exit(main())
