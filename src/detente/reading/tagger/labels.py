"""What the tagger says of each word piece: its heads and their labels, shared with training."""

from __future__ import annotations

from dataclasses import dataclass

from detente.reading.types import TYPES

__all__ = ["HEADS", "MAX_PIECES", "Head", "head", "size"]

MAX_PIECES = 256
"""Word pieces of one window, the two special ones included."""

_TYPE_NAMES = tuple(kind.name for kind in TYPES)


@dataclass(frozen=True, slots=True)
class Head:
    """One question asked of every word piece.

    Attributes:
        name: what is asked.
        labels: the possible answers; their scores stand side by side in the model's output.
        start: index of the first label's score.
    """

    name: str
    labels: tuple[str, ...]
    start: int

    @property
    def part(self) -> slice:
        """Return where the scores of this head stand."""
        return slice(self.start, self.start + len(self.labels))


def _heads() -> tuple[Head, ...]:
    spans = ("O", "B", "I")
    made: list[Head] = []
    at = 0
    for name, labels in (
        ("outer", spans),  # statements that stand in no other
        ("inner", spans),  # statements nested in another
        ("outer-type", _TYPE_NAMES),
        ("inner-type", _TYPE_NAMES),
        ("attribution", ("direct", "indirect", "author")),
        ("cue", spans),
        ("order", ("O", "B-before", "I-before", "B-after", "I-after")),
    ):
        made.append(Head(name, labels, at))
        at += len(labels)
    return tuple(made)


HEADS = _heads()
"""Every head, in the order of the model's output."""


_BY_NAME = {h.name: h for h in HEADS}


def head(name: str) -> Head:
    """Return the head of that name."""
    return _BY_NAME[name]


def size() -> int:
    """Return how many scores the model gives each word piece."""
    return sum(len(h.labels) for h in HEADS)
