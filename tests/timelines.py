"""Articles and statements for tests of timelines: the Strelsau talks, invented."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from detente.reading.positions import Evidence, Positions, find_positions
from training.annotation import TEXTS, parse

ARTICLES = [
    (
        "a",
        "2020-01-28",
        "Talks opened in Strelsau. Ruritania said it would open the pass only after Freedonia"
        " released the prisoners. Freedonia refuses to release the prisoners.\n\n"
        "Sylvania demands that Ruritania withdraw its troops.\n",
    ),
    (
        "b",
        "2020-02-11",
        "Freedonia said it would release the prisoners only after Ruritania withdrew its troops."
        " Ruritania refuses to withdraw its troops.\n",
    ),
    (
        "c",
        "2020-02-29",
        "Freedonia promised to release the prisoners. Its interior minister, Rudolf Hentzau, said"
        " Freedonia would not release the prisoners. Ruritania promised to withdraw its troops.\n",
    ),
]
"""Id, day and text."""


def write_dump(path: Path, *, dated: bool = True) -> Path:
    """Write the articles as a dump, with or without their days."""
    rows = [
        {"id": name, "text": text, **({"date": day} if dated else {})}
        for name, day, text in ARTICLES
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def said(
    number: int,
    date: str,
    kind: str,
    text: str,
    actors: tuple[str, ...] = ("Ruritania",),
    targets: tuple[str, ...] = (),
    *,
    state: str = "accepted",
    doc: str | None = None,
    **fields: Any,
) -> Evidence:
    """Return a statement as positions are drawn from it."""
    filled: Mapping[str, Any] = {
        "type": kind,
        "text": text,
        "actors": list(actors),
        "targets": list(targets),
        "start": 100 * number,
        "end": 100 * number + len(text),
        "speaker": actors[0],
        "before": None,
        "after": None,
        "condition": None,
        "issue": None,
        "modality": "asserted",
        "repeat_of": None,
        **fields,
    }
    named = frozenset(["targets"])  # by a reviewer: so any name is a party
    return Evidence(f"s{number:03}", doc or f"doc-{date}", date, state, filled, named)


def gold(name: str) -> Positions:
    """Return the positions of a negotiation of the corpus, from its annotation."""
    negotiation = parse(TEXTS / f"{name}.txt")
    return find_positions(
        said(
            1000 * article.number + one.number,
            article.date,
            one.type,
            one.text,
            one.actors,
            one.targets,
            doc=f"{name}#{article.number}",
            speaker=one.speaker,
            before=one.before,
            after=one.after,
            condition=one.condition,
            modality=one.modality,
            issue=one.issue,
            start=one.start,
            end=one.end,
        )
        for article in negotiation.articles
        for one in article.originals
        if one.actors
    )
