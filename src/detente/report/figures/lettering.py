"""How wide text is, roughly, and where it wraps: a figure cannot ask the reader's fonts."""

from __future__ import annotations

import unicodedata

__all__ = ["FAMILY", "width_of", "wrapped"]

FAMILY = (
    "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'DejaVu Sans', "
    "sans-serif"
)
"""What the reader's system has; nothing is loaded."""

_SLACK = 1.14
"""The widths below are of Helvetica; DejaVu Sans, the widest usual font, needs so much more."""

_BOLD = 1.1

_WIDTHS = {
    **dict.fromkeys("ijlI.,:;'|!", 0.28),
    **dict.fromkeys("ft()[]{}r-/\\ ·", 0.35),
    **dict.fromkeys("cksvxyzJ", 0.52),
    **dict.fromkeys("mMW%@", 0.87),
    "w": 0.75,
    "…": 1.0,
    "→": 1.0,
}


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Return about how wide a line is.

    Args:
        text: the line.
        size: font size, in the unit of the answer.
        bold: whether it is heavy.
    """
    return sum(_width(c) for c in text) * size * _SLACK * (_BOLD if bold else 1)


def _width(c: str) -> float:
    if c in _WIDTHS:
        return _WIDTHS[c]
    if unicodedata.combining(c):
        return 0.0
    if unicodedata.east_asian_width(c) in "WF":
        return 1.0
    return 0.7 if c.isupper() else 0.57


def wrapped(
    text: str, size: float, room: float, most: int | None = None, *, bold: bool = False
) -> tuple[str, ...]:
    """Return a text in lines.

    Args:
        text: words between blanks; a word that is too long by itself is broken.
        size: font size.
        room: greatest width of a line.
        most: greatest number of lines; of a longer text the last one ends in "…".
        bold: whether it is heavy.
    """
    room = room / _BOLD if bold else room
    lines: list[str] = []
    line = ""
    for word in text.split():
        for piece in _pieces(word, size, room):
            joined = f"{line} {piece}" if line else piece
            if line and width_of(joined, size) > room:
                lines.append(line)
                line = piece
            else:
                line = joined
    lines.append(line)
    if most is None or len(lines) <= most:
        return tuple(lines)
    last = " ".join(lines[most - 1 :])
    while last and width_of(f"{last}…", size) > room:
        last = last[:-1].rstrip(" ,;")
    return (*lines[: most - 1], f"{last}…")


def _pieces(word: str, size: float, room: float) -> list[str]:
    pieces = []
    while width_of(word, size) > room and len(word) > 1:
        cut = len(word) - 1
        while cut > 1 and width_of(word[:cut], size) > room:
            cut -= 1
        pieces.append(word[:cut])
        word = word[cut:]
    return [*pieces, word]
