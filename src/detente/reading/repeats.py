"""Passages that reprint another passage: pull quotes, and where their original stands."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from difflib import SequenceMatcher

from detente.reading.text import fold

__all__ = ["find_repeats", "map_span"]

_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_CREDIT = re.compile(
    r"[\"”’)]\s*(?:[–—-]|,|\|)\s*[\w.,'’ -]{2,80}$|\s[–—]\s*(?-i:[A-Z])[\w.,'’ -]{2,60}$"
)
_LEAST_WORDS = 5
_NEAR = 0.88
_LONGEST = 130

Passage = tuple[int, int, str]


def find_repeats(text: str, passages: Sequence[Passage]) -> dict[int, tuple[int, int]]:
    """Find passages that repeat part of another one, exactly or nearly.

    Args:
        text: the raw text.
        passages: ``(start, end, label)`` of each paragraph, in order.

    Returns:
        Index of the repeating passage to the raw range ``[start, end)`` that it repeats. The
        repeat is the shorter passage; of two equal ones it is the one in quotation marks, or
        else the later one.
    """
    words: list[list[tuple[str, int, int]]] = []
    view = fold(text)
    places: dict[tuple[str, ...], list[tuple[int, int]]] = defaultdict(list)
    for number, (start, end, label) in enumerate(passages):
        found = [(m.group(), m.start(), m.end()) for m in _WORD.finditer(view, start, end)]
        words.append(found)
        if label in ("body", "heading", "caption"):
            plain = [w for w, _, _ in found]
            for i, key in enumerate(zip(plain, plain[1:], plain[2:], plain[3:], strict=False)):
                places[key].append((number, i))
    repeats: dict[int, tuple[int, int]] = {}
    for number, (start, end, label) in enumerate(passages):
        if label not in ("body", "heading", "caption"):
            continue
        own = words[number]
        credit = _CREDIT.search(text, start, end)
        if credit:
            shorter = [w for w in own if w[2] <= credit.start()]
            if len(shorter) >= _LEAST_WORDS:
                own = shorter
        if not _LEAST_WORDS <= len(own) <= _LONGEST:
            continue
        place = _best(own, number, words, places, repeats, text, start)
        if place is not None:
            repeats[number] = _with_stop(text, start, end, place, bool(credit))
    return repeats


def _best(
    own: list[tuple[str, int, int]],
    number: int,
    words: list[list[tuple[str, int, int]]],
    places: dict[tuple[str, ...], list[tuple[int, int]]],
    repeats: dict[int, tuple[int, int]],
    text: str,
    start: int,
) -> tuple[int, int] | None:
    mine = [w for w, _, _ in own]
    offsets: dict[tuple[int, int], int] = defaultdict(int)
    for i in range(max(1, len(mine) - 3)):
        hits = places.get(tuple(mine[i : i + 4]), ())
        if len(hits) > 20:
            continue
        for other, at in hits:
            if other != number and other not in repeats:
                offsets[other, at - i] += 1
    ranked = sorted(offsets.items(), key=lambda item: (-item[1], item[0]))[:4]
    for (other, shift), _ in ranked:
        theirs = words[other]
        equal = len(theirs) <= len(mine) + 1
        quoted = text[start] in "\"“‘'"
        if equal and other > number and not quoted:
            continue  # the first of two equal passages is the original
        if len(theirs) < len(mine) - 1:
            continue
        lo, hi = max(0, shift), min(len(theirs), shift + len(mine))
        if [w for w, _, _ in theirs[lo:hi]] == mine:
            return theirs[lo][1], theirs[hi - 1][2]
        window = theirs[max(0, shift - 4) : shift + len(mine) + 8]
        matcher = SequenceMatcher(None, mine, [w for w, _, _ in window], autojunk=False)
        blocks = [b for b in matcher.get_matching_blocks() if b.size]
        same = sum(b.size for b in blocks)
        if blocks and same >= _NEAR * len(mine):
            first, last = blocks[0], blocks[-1]
            stretch = last.b + last.size - first.b
            if stretch <= 1.35 * len(mine) + 2:
                return window[first.b][1], window[last.b + last.size - 1][2]
    return None


def _with_stop(
    text: str, start: int, end: int, place: tuple[int, int], credited: bool
) -> tuple[int, int]:
    """Let the original take in the stop that the repeat ends with, so that both read alike."""
    lo, hi = place
    if not credited:
        tail = text[start:end]
        stop = len(tail) - len(tail.rstrip(".!?,;"))
        if stop and text[hi : hi + stop] == tail[-stop:]:
            hi += stop
    return lo, hi


def map_span(
    text: str, original: tuple[int, int], repeat: tuple[int, int], span: tuple[int, int]
) -> tuple[int, int] | None:
    """Map a span of the original passage into the passage that repeats it.

    Args:
        text: the raw text.
        original: range of the original passage.
        repeat: range of the repeating passage.
        span: a range that overlaps ``original``.

    Returns:
        The range in the repeat, cut to what is reprinted; ``None`` if under half of it is.
    """
    theirs = [(fold(m.group()), m.start(), m.end()) for m in _WORD.finditer(text, *original)]
    mine = [(fold(m.group()), m.start(), m.end()) for m in _WORD.finditer(text, *repeat)]
    matcher = SequenceMatcher(
        None, [w for w, _, _ in theirs], [w for w, _, _ in mine], autojunk=False
    )
    inside = []
    total = sum(1 for _ in _WORD.finditer(text, *span))
    for block in matcher.get_matching_blocks():
        for k in range(block.size):
            _, lo, hi = theirs[block.a + k]
            if lo >= span[0] and hi <= span[1]:
                inside.append(mine[block.b + k])
    if not inside or 2 * len(inside) < total:
        return None
    return inside[0][1], inside[-1][2]
