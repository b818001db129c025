"""Measure the reader: one table, and an error below the pinned floors.

Run as ``python tools/eval.py``. Our own corpus is in ``corpus/``; the other data are beside the
checkout in ``../shared``; what is absent is skipped, with a message. ``tools/eval_floors.json``
holds the floors and the hash of each corpus, so that a changed corpus is noticed.
``--update-hashes`` accepts a changed corpus; lowering a floor takes an edit of that file, which a
reviewer sees.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from detente.reading import read  # noqa: E402
from detente.reading.plover import event_of  # noqa: E402
from detente.reading.results import Reading  # noqa: E402
from training.annotation import load_corpus  # noqa: E402
from training.check import hash_of_corpus  # noqa: E402
from training.scoring import f1, matched, party_key, score  # noqa: E402
from training.splits import read_splits  # noqa: E402

FLOORS = ROOT / "tools" / "eval_floors.json"
Scores = dict[str, float]


def hash_of(path: Path) -> str:
    """Return one hash of a file or of every file in a folder."""
    digest = hashlib.sha256()
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if file.is_file() and "__pycache__" not in file.parts:
            digest.update(file.relative_to(path.parent).as_posix().encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()


def module_at(path: Path) -> ModuleType:
    """Import a scorer from its file, without writing beside it."""
    sys.dont_write_bytecode = True
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# ------------------------------------------------------------------ the seed article


@dataclass(frozen=True)
class Labelled:
    """One labelled statement of the seed."""

    row: dict[str, Any]

    @property
    def start(self) -> int:
        """Return the offset of its first character."""
        return int(self.row["span_start"])

    @property
    def end(self) -> int:
        """Return the offset after its last one."""
        return int(self.row["span_end"])


def pairs(gold: list[Any], found: list[Any], typed: bool) -> list[tuple[Any, Any]]:
    """Match gold and found statements one to one, best overlap first, at least one half."""
    rows = [Labelled(row) for row in gold]
    fits = (lambda g, f: g.row["type"] == f.type) if typed else (lambda g, f: True)
    return [(g.row, f) for g, f in matched(rows, found, fits)]


def party_accuracy(matched: list[tuple[Any, Any]], gold_key: str, attribute: str) -> float:
    """Return the share of matched statements that name at least one right party.

    Statements without a party in the gold are right if none is found or the reader names any.
    """
    right = total = 0
    for gold, found in matched:
        names = {party_key(n) for n in gold[gold_key] or []} - {"author (news analysis)"}
        if not names:
            continue
        total += 1
        right += bool(names & {party_key(n) for n in getattr(found, attribute)})
    return right / total if total else 0.0


def eval_seed(folder: Path) -> Scores:
    """Score lines, statements, parties and orders of the first article."""
    text = (folder / "article.txt").read_bytes().decode("utf-8")
    reading = READER(text, "article.txt")
    gold_lines = [json.loads(x) for x in (folder / "lines.jsonl").read_text("utf-8").splitlines()]
    right = sum(
        any(
            (line.start, line.end, line.label) == (g["start"], g["end"], g["label"])
            and (list(line.original) if line.original else None) == g["original"]
            for line in reading.lines
        )
        for g in gold_lines
    )
    rows = (folder / "statements.jsonl").read_text("utf-8").splitlines()
    everything = [json.loads(row) for row in rows]
    gold = [g for g in everything if g["type"] != "fact"]
    found = list(reading.statements)
    residue = [line for line in reading.lines if line.is_residue]
    stray = sum(
        s.repeat_of is None and any(r.start < s.end and s.start < r.end for r in residue)
        for s in found
    )
    spans = pairs(gold, found, typed=False)
    typed = pairs(gold, found, typed=True)
    same = [(g, f) for g, f in spans if g["type"] == f.type]
    core = [
        any(g["id"] == name and f.before and f.type == "precondition" for g, f in spans)
        for name in ("s09", "s29", "s30")
    ]
    ordered = [g for g in gold if g["type"] == "precondition" and g["sequence"]]
    hits = sum(any(g is m and f.before for m, f in spans) for g in ordered)
    speakers = [g["attribution"] == f.attribution for g, f in spans]
    return {
        "seed lines right": right / len(gold_lines),
        "seed strays from residue": float(stray),
        "seed core preconditions": sum(core) / 3,
        "seed statement F1, spans": f1(len(spans), len(found), len(gold)),
        "seed statement F1, typed": f1(len(typed), len(found), len(gold)),
        "seed type accuracy": len(same) / len(spans) if spans else 0.0,
        "seed attribution accuracy": sum(speakers) / len(speakers) if speakers else 0.0,
        "seed party accuracy": party_accuracy(spans, "actor", "actors"),
        "seed target accuracy": party_accuracy(spans, "target", "targets"),
        "seed precedence recall": hits / len(ordered),
        "seed repeats linked": sum(s.repeat_of is not None for s in found)
        / sum(g["is_repeat"] for g in gold),
    }


# ------------------------------------------------------------------ attributions and events


def eval_polnear(folder: Path) -> Scores:
    """Score attributions on the development split of PolNeAR."""
    scorer = module_at(folder.parent / "polnear_score.py")
    rows = []
    size = 0
    began = time.perf_counter()
    readings = {}
    files = scorer.ann_files(str(folder))
    for doc in files:
        text = scorer.read_text(str(folder), doc)
        size += len(text)
        readings[doc] = (text, READER(text, doc))
    spent = time.perf_counter() - began
    for doc, (text, reading) in readings.items():
        gold, discard = scorer.read_ann(files[doc][0])
        found = [
            {"source": list(a.source), "cue": list(a.cue), "content": list(a.content)}
            for a in reading.attributions
        ]
        rows.append(scorer.compare(text, gold, found, discard))
    totals = scorer.total(rows)
    scores = {
        f"polnear {name} F1": scorer.prf(totals[key])[2]
        for name, key in (
            ("triple", "triple"),
            ("pair", "pair"),
            ("source", "source overlap"),
            ("cue", "cue overlap"),
            ("content", "content overlap"),
        )
    }
    for kind in ("direct", "mixed", "indirect"):
        scores[f"polnear triple recall, {kind}"] = scorer.prf(totals[f"recall {kind}"])[1]
    scores["articles a second, one process"] = len(files) / spent
    return scores


def eval_plover(path: Path) -> Scores:
    """Score who does what to whom on the PLOVER sentences."""
    scorer = module_at(path.parent / "plover_score.py")
    gold = scorer.load(str(path))
    right = triple = 0
    counts = {"source": [0, 0, 0, 0], "target": [0, 0, 0, 0]}
    for row in gold:
        event = event_of(row["text"])
        found = {"source": list(event.sources), "target": list(event.targets)}
        same = event.code == row["event"]
        right += same
        good = {}
        for key, count in counts.items():
            a, b = scorer.hits(found[key], row[key])
            for k, more in enumerate((a, len(found[key]), b, len(row[key]))):
                count[k] += more
            good[key] = b > 0 or not row[key]
        triple += same and good["source"] and good["target"]
    scores = {"plover event accuracy": right / len(gold)}
    for key, (a, n, b, m) in counts.items():
        precision, recall = a / n if n else 0.0, b / m if m else 0.0
        both = precision + recall
        scores[f"plover {key} F1"] = 2 * precision * recall / both if both else 0.0
    scores["plover triple"] = triple / len(gold)
    return scores


def eval_rules(folder: Path) -> Scores:
    """Score the rules alone on the seed: they are what is left where the tagger cannot run."""
    global READER
    before, READER = READER, partial(read, rules_only=True)
    try:
        found = eval_seed(folder)
    finally:
        READER = before
    return {f"rules alone, {name}": value for name, value in found.items()}


def eval_corpus(folder: Path, split: str = "test") -> Scores:
    """Score statements, types, parties and orders on a split of our own corpus."""
    chosen = read_splits(load_corpus(folder / "texts"))[split]
    found = score(chosen, READER)
    return {f"corpus {name}": value for name, value in found.figures().items()}


READER: Callable[[str, str], Reading] = read

CORPORA = {
    "seed": ("seed", eval_seed),
    "seed, rules alone": ("seed", eval_rules),
    "polnear-dev": ("reading/polnear-dev", eval_polnear),
    "plover": ("reading/PLOVER_GSR_CAMEO.txt", eval_plover),
    "corpus": (ROOT / "corpus", eval_corpus),
}


def main() -> int:
    """Print the table; return 1 below a floor or with a changed corpus."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--update-hashes", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument(
        "--rules-only", action="store_true", help="measure the rules alone; no floor is held"
    )
    options = parser.parse_args()
    if options.rules_only:
        global READER
        READER = partial(read, rules_only=True)
    pinned = json.loads(FLOORS.read_text("utf-8"))
    scores: Scores = {}
    failures: list[str] = []
    for name, (place, measure) in CORPORA.items():
        path = options.data / place
        if not path.exists():
            print(f"skipped: {name} is not at {path}", file=sys.stderr)
            continue
        digest = hash_of_corpus() if name == "corpus" else hash_of(path)
        if options.update_hashes:
            pinned["hashes"][name] = digest
        elif pinned["hashes"].get(name) != digest:
            failures.append(f"{name}: the corpus changed; check it, then --update-hashes")
        scores |= measure(path)
    if options.update_hashes:
        FLOORS.write_text(json.dumps(pinned, indent=2) + "\n", "utf-8")
    scores["peak memory, MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    floors, ceilings = pinned["floors"], pinned["ceilings"]
    if options.rules_only:
        floors, ceilings = {}, {}
    for key, value in scores.items():
        if key in floors and value < floors[key]:
            failures.append(f"{key}: {value:.3f} is below the floor {floors[key]}")
        if key in ceilings and value > ceilings[key]:
            failures.append(f"{key}: {value:.3f} is above the ceiling {ceilings[key]}")
    if options.json:
        print(json.dumps({"scores": scores, "failures": failures}, indent=2))
    else:
        width = max(map(len, scores))
        for key, value in scores.items():
            limit = f">= {floors[key]}" if key in floors else ""
            limit = f"<= {ceilings[key]}" if key in ceilings else limit
            print(f"{key:<{width}}  {value:8.3f}  {limit}")
        for failure in failures:
            print(f"FAILED  {failure}", file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
