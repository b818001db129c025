"""What the tagger sees at once: one paragraph, or as many of its sentences as it can hold."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from detente.reading.units import Page

__all__ = ["Window", "windows_of"]

_SURROGATE = re.compile("[\ud800-\udfff]")  # half a character: no tokenizer takes it
_LONGEST = 1000
"""Characters of a window: about 250 word pieces."""


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of running text.

    Attributes:
        text: the masked text of the stretch.
        start: offset of its first character in the document.
        begins: offsets in ``text`` at which a sentence begins, in order, those in quotations too.
    """

    text: str
    start: int
    begins: tuple[int, ...]


def windows_of(page: Page) -> list[Window]:
    """Return the running text of a page as windows; a sentence is in one window only.

    A sentence longer than a window is cut where it reaches the limit.
    """
    begins = sorted({s.span.start for s in (*page.outer, *page.inner)})
    body = [s for s in page.outer if not s.heading and s.tokens]
    found: list[Window] = []
    for _, group in groupby(body, key=lambda s: s.paragraph):
        spans = [(s.span.start, s.span.end) for s in group]
        for start, end in _packed(spans):
            lo, hi = bisect_left(begins, start), bisect_left(begins, end)
            inside = tuple(place - start for place in begins[lo:hi])
            text = _SURROGATE.sub("?", page.masked[start:end])
            found.append(Window(text, start, inside))
    return found


def _packed(spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    start, end = spans[0][0], spans[0][0]
    for first, last in spans:
        if last - start > _LONGEST and end > start:
            yield start, end
            start = first
        end = last
        while end - start > _LONGEST:
            yield start, start + _LONGEST
            start += _LONGEST
    if end > start:
        yield start, end
