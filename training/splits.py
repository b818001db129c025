"""The split of the corpus by negotiation: ``corpus/splits.txt``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from training.annotation import SPLITS, TEXTS, CorpusError, Negotiation

__all__ = ["SPLITS_FILE", "read_splits"]

SPLITS_FILE = TEXTS.parent / "splits.txt"


def read_splits(
    corpus: Mapping[str, Negotiation], path: Path = SPLITS_FILE
) -> dict[str, list[Negotiation]]:
    """Return the negotiations of each split.

    The file lists, after ``dev:`` and ``test:``, the ids held out; the others are for training.

    Raises:
        CorpusError: an id is unknown or stands twice.
    """
    splits: dict[str, list[Negotiation]] = {name: [] for name in SPLITS}
    held: dict[str, str] = {}
    name = ""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if line.endswith(":"):
            name = line[:-1]
            if name not in ("dev", "test"):
                raise CorpusError(f"{path.name}:{number}: expected 'dev:' or 'test:'")
            continue
        if line.strip() not in corpus or line.strip() in held or not name:
            raise CorpusError(f"{path.name}:{number}: {line.strip()!r} is unknown or stands twice")
        held[line.strip()] = name
    for key, negotiation in corpus.items():
        splits[held.get(key, "train")].append(negotiation)
    return splits
