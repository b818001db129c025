"""From annotated paragraphs to the numbers that a tagger learns from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tokenizers import Tokenizer

from detente.reading.tagger.labels import HEADS, MAX_PIECES, head
from training.annotation import Gold, Negotiation, Paragraph

__all__ = ["IGNORE", "Example", "examples_of"]

IGNORE = -100
"""The label of a piece about which a head is not asked."""

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Example:
    """One paragraph.

    Attributes:
        pieces: ids of its word pieces.
        labels: head to one label index a piece, or :data:`IGNORE`.
    """

    pieces: tuple[int, ...]
    labels: dict[str, tuple[int, ...]]


def examples_of(negotiations: Iterable[Negotiation], tokenizer: Tokenizer) -> list[Example]:
    """Return one example for each paragraph of running text.

    Raises:
        ValueError: a paragraph has more pieces than a window holds.
    """
    found = []
    for negotiation in negotiations:
        for paragraph in negotiation.paragraphs:
            encoded = tokenizer.encode(paragraph.text)
            if len(encoded.ids) > MAX_PIECES:
                place = f"{negotiation.id}.txt:{paragraph.line}"
                raise ValueError(f"{place}: {len(encoded.ids)} pieces, more than {MAX_PIECES}")
            found.append(Example(tuple(encoded.ids), _labels(paragraph, encoded.offsets)))
    return found


def _labels(paragraph: Paragraph, offsets: list[Range]) -> dict[str, tuple[int, ...]]:
    count = len(offsets)
    special = [start == end for start, end in offsets]
    labels = {
        h.name: [IGNORE if special[k] or h.labels[0] != "O" else 0 for k in range(count)]
        for h in HEADS
    }
    for gold in paragraph.statements:
        inner = any(_inside(gold, other) for other in paragraph.statements if other is not gold)
        level = "inner" if inner else "outer"
        place = (gold.start - paragraph.start, gold.end - paragraph.start)
        pieces = _pieces(offsets, place)
        _mark(labels[level], pieces, 1, 2)
        kind = head(f"{level}-type").labels.index(gold.type)
        for k in pieces:
            labels[f"{level}-type"][k] = kind
            if not inner:
                labels["attribution"][k] = head("attribution").labels.index(gold.attribution)
        if gold.cue is not None:
            _mark(labels["cue"], _pieces(offsets, _nearest(paragraph.text, gold.cue, place)), 1, 2)
        for name, part in (("before", gold.before), ("after", gold.after)):
            if part is not None:
                first = head("order").labels.index(f"B-{name}")
                where = _nearest(paragraph.text, part, place)
                _mark(labels["order"], _pieces(offsets, where), first, first + 1)
    return {name: tuple(row) for name, row in labels.items()}


def _inside(gold: Gold, other: Gold) -> bool:
    if (gold.start, gold.end) == (other.start, other.end):
        return gold.number > other.number
    return other.start <= gold.start and gold.end <= other.end


def _pieces(offsets: list[Range], place: Range) -> list[int]:
    return [
        k
        for k, (start, end) in enumerate(offsets)
        if start < end and start < place[1] and place[0] < end
    ]


def _mark(row: list[int], pieces: list[int], first: int, rest: int) -> None:
    for n, k in enumerate(pieces):
        row[k] = first if n == 0 else rest


def _nearest(text: str, words: str, place: Range) -> Range:
    """Return the occurrence of ``words`` inside ``place``, or the one nearest to it."""
    best: tuple[int, int] | None = None
    at = text.find(words)
    while at >= 0:
        stop = at + len(words)
        away = max(0, place[0] - at, stop - place[1])
        if best is None or away < best[0]:
            best = (away, at)
        at = text.find(words, at + 1)
    assert best is not None  # the parser has checked that the words are there
    return best[1], best[1] + len(words)
