"""Where a quotation stands in a text: by its position, or else by its words.

The order of trust is that of the W3C Web Annotation Data Model (2017), section 4.2: a position is
exact but breaks when the text changes; a quotation with what surrounds it survives that.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from detente.exchange.items import Quote

__all__ = ["AROUND", "Offsets", "Placed", "alike", "place", "quote_at"]

AROUND = 32
"""Code points of prefix and suffix that are written."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a quotation stands.

    Attributes:
        start, end: its range in code points.
        how: ``there`` (where the file says), ``units`` (there, if the position counts other units
            than the format says) or ``moved`` (found by its words).
    """

    start: int
    end: int
    how: str


class Offsets:
    """Converts between code points and UTF-16 code units of a text.

    >>> Offsets("a\U0001f600b").to_utf16(2), Offsets("a\U0001f600b").from_utf16(3)
    (3, 2)
    """

    def __init__(self, text: str) -> None:
        plain = text.isascii() or max(text, default="") <= "\uffff"
        self._wide = [] if plain else [k for k, c in enumerate(text) if c > "\uffff"]
        self._wide_units = [place + k for k, place in enumerate(self._wide)]

    def to_utf16(self, place: int) -> int:
        """Return an offset in code points as one in UTF-16 code units."""
        return place + bisect_left(self._wide, place)

    def from_utf16(self, place: int) -> int | None:
        """Return an offset in UTF-16 code units as one in code points; ``None`` within a pair."""
        before = bisect_left(self._wide_units, place)
        if before and self._wide_units[before - 1] == place - 1:
            return None
        return place - before


def alike(text: str) -> str:
    """Return a text with the characters that a DNA file cannot hold replaced as DNA does it."""
    return text.replace(";", ",").replace('"', "'")


def quote_at(text: str, start: int, end: int) -> Quote:
    """Return a span of a text as a quotation with what surrounds it."""
    return Quote(text[start:end], text[max(0, start - AROUND) : start], text[end : end + AROUND])


def place(
    text: str,
    start: int | None,
    end: int | None,
    quote: Quote | None,
    *,
    unit: str = "code points",
    folded: bool = False,
) -> Placed | str:
    """Find where a statement stands.

    Args:
        text: the raw text.
        start: where its range begins, if the file gives one.
        end: where it ends.
        quote: its words, if the file gives them.
        unit: what the range counts: ``code points`` or ``UTF-16``.
        folded: whether the words are compared as :func:`alike` leaves them.

    Returns:
        The place, or why there is none.
    """
    if quote is None:
        if start is None or end is None:
            return "neither position nor words are given"
        there = _range(text, start, end, unit)
        return Placed(*there, "there") if there else f"the text has no range [{start}, {end})"
    if not quote.exact:
        return "its words are empty"
    view = alike(text) if folded else text
    exact, prefix, suffix = (
        alike(part) if folded else part for part in (quote.exact, quote.prefix, quote.suffix)
    )
    if start is not None and end is not None:
        for counted in (unit, "UTF-16" if unit == "code points" else "code points"):
            there = _range(text, start, end, counted)
            if there and view[there[0] : there[1]] == exact:
                return Placed(*there, "there" if counted == unit else "units")
    found = _by_words(view, exact, prefix, suffix)
    return found if isinstance(found, str) else Placed(found, found + len(exact), "moved")


def _range(text: str, start: int, end: int, unit: str) -> tuple[int, int] | None:
    low: int | None = start
    high: int | None = end
    if unit == "UTF-16":
        offsets = Offsets(text)
        low, high = offsets.from_utf16(start), offsets.from_utf16(end)
    if low is None or high is None or not 0 <= low < high <= len(text):
        return None
    return low, high


def _by_words(view: str, exact: str, prefix: str, suffix: str) -> int | str:
    """Return where the words stand, or why that is not known."""
    places = list(_occurrences(view, exact))
    if len(places) > 1:
        both = [
            at
            for at in places
            if view.endswith(prefix, 0, at) and view.startswith(suffix, at + len(exact))
        ]
        one = [
            at
            for at in places
            if (prefix and view.endswith(prefix, 0, at))
            or (suffix and view.startswith(suffix, at + len(exact)))
        ]
        places = both if len(both) == 1 else one if len(one) == 1 else places
    if not places:
        return "its words are not in the text"
    if len(places) > 1:
        return f"its words stand {len(places):,} times in the text, and nothing says which"
    return places[0]


def _occurrences(view: str, exact: str) -> Iterator[int]:
    at = view.find(exact)
    while at >= 0:
        yield at
        at = view.find(exact, at + 1)
