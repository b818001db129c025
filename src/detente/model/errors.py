"""The one kind of error that bad input raises: what, where, which rule, what to do next."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

__all__ = [
    "CaseError",
    "DetenteError",
    "Where",
    "counted",
    "did_you_mean",
    "listed",
    "nearest",
    "quoted",
]

_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Where:
    """A place in a source text.

    Attributes:
        source: name of the file or text, as the user gave it; ``None`` if unknown.
        line: line number, counted from 1; ``None`` if the whole file is meant.
        column: column number, counted from 1, in Unicode code points.
    """

    source: str | None = None
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        """Return ``file:line:column`` with the parts that are known."""
        parts = [self.source or "<text>"]
        if self.line is not None:
            parts.append(str(self.line))
            if self.column is not None:
                parts.append(str(self.column))
        return ":".join(parts)

    def shifted(self, columns: int) -> Where:
        """Return the place ``columns`` further right on the same line."""
        if self.column is None:
            return self
        return replace(self, column=self.column + columns)


class DetenteError(Exception):
    """Base of every error that Détente raises on purpose: its text is written for the user.

    Args:
        what: what is wrong, with the offending value.
        where: the place in the file.
        rule: the rule that it breaks.
        hint: what to do next, for instance the nearest valid name.
        excerpt: the offending line of text; with ``where.column`` a caret is drawn under it.
        caret: offset in ``excerpt`` that the caret points at.
    """

    def __init__(
        self,
        what: str,
        *,
        where: Where | None = None,
        rule: str | None = None,
        hint: str | None = None,
        excerpt: str | None = None,
        caret: int | None = None,
    ) -> None:
        self.what = what
        self.where = where
        self.rule = rule
        self.hint = hint
        self.excerpt = excerpt
        self.caret = caret
        super().__init__(what)

    def __str__(self) -> str:
        """Return the whole message, one fact a line."""
        head = f"{self.where}: {self.what}" if self.where else self.what
        lines = [head]
        if self.excerpt is not None:
            excerpt, caret = _clip(self.excerpt, self.caret)
            excerpt = "".join(c if c.isprintable() else " " for c in excerpt)
            lines.append(f"    {excerpt}".rstrip())
            if caret is not None:
                lines.append("    " + " " * _columns(excerpt[:caret]) + "^")
        if self.rule:
            lines.append(f"  rule: {self.rule}")
        if self.hint:
            lines.append(f"  next: {self.hint}")
        return "\n".join(lines)


class CaseError(DetenteError):
    """Something in a case file, or asked of a case, breaks a rule."""


def _clip(text: str, caret: int | None, width: int = 100) -> tuple[str, int | None]:
    """Cut a long line to a window around the caret, marking each cut with an ellipsis."""
    if len(text) <= width:
        return text, caret
    middle = caret or 0
    start = max(0, min(middle - width // 2, len(text) - width))
    window = text[start : start + width]
    if start > 0:
        window = "…" + window[1:]
    if start + width < len(text):
        window = window[:-1] + "…"
    return window, None if caret is None else caret - start


def _columns(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return len(text) + wide - sum(unicodedata.combining(c) > 0 for c in text)


def quoted(text: str) -> str:
    """Return an offending value for a message: in quotes, on one line, of bounded length."""
    short = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    safe = (c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in short)
    return f"'{''.join(safe)}'"


def counted(number: int, thing: str) -> str:
    """Return a number with the thing that it counts, as in ``2 digits``."""
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def listed(names: Iterable[str], most: int = 12) -> str:
    """Return the valid names for a message; of many, the first ones and the number of others."""
    every = list(names)
    shown = ", ".join(every[:most])
    return shown if len(every) <= most else f"{shown} and {len(every) - most:,} more"


def nearest(name: str, valid: Iterable[str]) -> str | None:
    """Return the valid name that looks most like ``name``, or ``None`` if none is close."""
    names = sorted(set(valid))
    if len(name) > _LONGEST:
        return None
    found = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    if found:
        return found[0]
    folded = {candidate.casefold(): candidate for candidate in names}
    return folded.get(name.casefold())


def did_you_mean(name: str, valid: Collection[str]) -> str:
    """Return the hint for a name that is none: the nearest valid one, or else all of them."""
    close = nearest(name, valid)
    return f"did you mean '{close}'?" if close else f"there are: {listed(valid)}"
