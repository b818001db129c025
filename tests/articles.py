"""Texts for tests of the reader's workspace, and the way to store them."""

from __future__ import annotations

import random
from pathlib import Path

from detente.reading import read
from detente.reading.duplicates import signature
from detente.store import Store
from detente.store.documents import save
from detente.store.records import Origin, Saved

TOLL = "Ruritania said it would open the pass only after the toll was paid."

OWN = Path(__file__).resolve().parent.parent / "examples" / "kosovo-serbia-2023.txt"
SEED = Path(__file__).resolve().parents[2] / "shared" / "seed" / "article.txt"

_STATES = "Iran Oman France Kenya Norway Egypt Turkey India Brazil Japan Canada Ghana".split()
_THINGS = (
    "troops sanctions prisoners tariffs inspectors fishing grain water pipelines visas".split()
)


def article(number: int) -> str:
    """A short article of its own; the same for the same number."""
    chance = random.Random(number)
    a, b = chance.sample(_STATES, 2)
    x, y = chance.sample(_THINGS, 2)
    filler = " ".join(str(chance.randrange(10**6)) for _ in range(60))
    return (
        f"{a} said it would withdraw the {x} only after {b} released the {y}.\n\n"
        f"{b} wants the {x} to leave before it talks about {y}. {a} rejected the demand.\n\n"
        f"The lots were {filler}.\n"
    )


def store_text(
    store: Store, text: str, name: str = "news.txt", place: str | None = None, by: str = "rules 1"
) -> Saved:
    """Read a text and store it."""
    return save(store, Origin(place or f"/here/{name}"), read(text, name), signature(text), by)


def write_articles(folder: Path, count: int) -> None:
    """Write articles as files."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        (folder / f"a{number:05}.txt").write_text(article(number), encoding="utf-8")
