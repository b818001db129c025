"""Where a phrase names parties."""

from __future__ import annotations

import re

from detente.reading.gazetteer import Gazetteer
from detente.reading.text import fold

__all__ = ["mentions"]

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|(?:[^\W\d_]\.)+[^\W\d_]\b|[^\W_]+(?:-[^\W_]+)*")


def mentions(phrase: str, book: Gazetteer) -> list[tuple[int, int, str]]:
    """Return the parties that a phrase names: start and end of the name, and the party.

    >>> from detente.reading.gazetteer import gazetteer
    >>> mentions("until the last U.S. soldier and Tehran's men leave", gazetteer())
    [(15, 19, 'United States'), (32, 38, 'Iran')]
    """
    spans = [match.span() for match in _WORD.finditer(phrase)]
    raw = [phrase[start:end] for start, end in spans]
    folded = [fold(word) for word in raw]
    found = []
    k = 0
    while k < len(raw):
        hit = book.look_up(folded[k:], raw[k:])
        if hit is None:
            k += 1
            continue
        last = k + hit[2] - 1
        found.append((spans[k][0], spans[last][1], hit[0].name))
        k = last + 1
    return found
