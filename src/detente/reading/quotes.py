"""Quotation marks: which ranges of the text are somebody's own words."""

from __future__ import annotations

import re
from bisect import bisect_right

from detente.reading.text import Span

__all__ = ["quotations", "quoted_share"]

_OPEN = re.compile(r"[“„«]|''|\"|(?<![\w.,!?;:])['‘](?=[\w“\"])")
_CLOSE_OF = {"“": "”", "„": "“”", "«": "»"}
_BREAK = re.compile(r"[\r\n\u2028\u2029]")
_SINGLE_END = re.compile(r"(?<=[.,!?;…])['’](?![\w])|(?<=\w)['’](?=[\s,.;:)!?–—]|$)")
_LONGEST = 6000
_LONGEST_SINGLE = 600


def quotations(view: str) -> list[Span]:
    """Find the quotations of a masked text, outermost only, marks included.

    A quotation may run over paragraphs: it does when the next paragraph opens with a mark again,
    or closes one without having opened it. A mark that is never closed ends with its paragraph.

    Args:
        view: the masked text, residue as spaces.

    Returns:
        Spans in order; each begins with its opening mark and, unless unclosed, ends with its
        closing mark.
    """
    found: list[Span] = []
    at = 0
    while (opening := _OPEN.search(view, at)) is not None:
        mark = opening.group()
        if mark == '"' and not _may_open(view, opening.start()):
            at = opening.end()
            continue
        end = _closing(view, opening.start(), opening.end(), mark)
        if end is None:
            at = opening.end()
            continue
        found.append(Span(opening.start(), end))
        at = end
    return found


def _may_open(view: str, place: int) -> bool:
    after = view[place + 1 : place + 2]
    before = view[place - 1 : place]
    return bool(after.strip()) and (not before.strip() or before in "([–—-:'‘")


def _closing(view: str, start: int, inside: int, mark: str) -> int | None:
    """Return where the quotation that opens at ``start`` ends, ``None`` if it is no quotation."""
    limit = min(len(view), start + _LONGEST)
    if view.startswith(mark, inside) and mark in ("“", "«"):
        return None
    if mark in ("'", "‘"):
        limit = min(limit, start + _LONGEST_SINGLE)
    line_end = _BREAK.search(view, inside, limit)
    here = line_end.start() if line_end else limit
    if mark in ("'", "‘"):
        return _single(view, inside, here)
    closers = '"' if mark == '"' else "''" if mark == "''" else _CLOSE_OF[mark]
    at = inside
    while True:
        end = _first(view, closers, at, here, mark)
        if end is not None:
            return end
        # no closing mark in this paragraph: does the next one go on?
        following = re.compile(r"\s*").match(view, here, limit)
        nxt = following.end() if following else here
        if nxt >= limit:
            return None if mark in ('"', "''") and here - start > 1500 else here
        line_end = _BREAK.search(view, nxt, limit)
        next_end = line_end.start() if line_end else limit
        if view.startswith(mark, nxt):
            at, here = nxt + len(mark), next_end
            continue
        if mark in ('"', "''"):
            return here
        close = _first(view, closers, nxt, next_end, mark)
        reopen = view.find(mark, nxt, next_end)
        if close is not None and (reopen < 0 or reopen >= close):
            return close
        return here


def _first(view: str, closers: str, start: int, end: int, mark: str) -> int | None:
    if mark == "''":
        place = view.find("''", start, end)
        return place + 2 if place >= 0 else None
    for place in range(start, end):
        char = view[place]
        if char in closers and (mark != '"' or not _may_open(view, place) or place + 1 == end):
            return place + 1
        if char == "“" and mark == "“":
            return place  # the closing mark was forgotten
    return None


def _single(view: str, start: int, end: int) -> int | None:
    """Close a single quotation mark; an apostrophe is none."""
    first: int | None = None
    for match in _SINGLE_END.finditer(view, start, min(end, start + _LONGEST_SINGLE)):
        before = view[match.start() - 1]
        if before in ".,!?;…":
            return match.end()
        if before != "s" and first is None:
            first = match.end()
            break
        if first is None:
            first = match.end()
    return first


def quoted_share(span: Span, quotes: list[Span]) -> float:
    """Return which part of the span lies inside quotation marks, from 0 to 1."""
    if not len(span):
        return 0.0
    inside = 0
    first = bisect_right(quotes, span.start, key=lambda quote: quote.end)
    for quote in quotes[first : first + 200]:
        if quote.start >= span.end:
            break
        inside += span.overlap(quote)
    return inside / len(span)
