"""The deeds that negotiations are about, with the words that name them, from ``deeds.txt``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from detente.reading.lexicon import data_text

__all__ = ["Known", "known_deeds"]


@dataclass(frozen=True, slots=True)
class Known:
    """One row of ``deeds.txt``.

    Attributes:
        id: its id, for instance ``withdrawal``.
        name: what it is called, for instance "Withdraw forces".
        does: words that name it; ``None`` if only its opposite has words.
        undoes: words that name its opposite.
        needs: id of another deed without which it cannot be.
    """

    id: str
    name: str
    does: re.Pattern[str] | None
    undoes: re.Pattern[str] | None
    needs: str | None


@lru_cache(maxsize=1)
def known_deeds() -> tuple[Known, ...]:
    """Return the deeds in the order in which they are looked for, read once.

    >>> known_deeds()[0].id
    'guarantee'
    """
    lists: dict[str, str] = {}
    rows: list[tuple[str, str, dict[str, list[str]]]] = []
    for line in data_text("deeds.txt").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        head, _, body = (part.strip() for part in line.partition(":"))
        what, _, name = head.partition(" ")
        if what == "words":
            lists[name] = body
        elif what == "deed":
            rows.append((name, body, {}))
        else:
            rows[-1][2].setdefault(what, []).append(body)
    return tuple(
        Known(
            id,
            name,
            _pattern(parts.get("does", ()), lists),
            _pattern(parts.get("undoes", ()), lists),
            next(iter(parts.get("needs", ())), None),
        )
        for id, name, parts in rows
    )


def _pattern(bodies: list[str] | tuple[()], lists: dict[str, str]) -> re.Pattern[str] | None:
    if not bodies:
        return None
    text = "|".join(f"(?:{body})" for body in bodies).replace("~", ".{0,40}?")
    for name, words in lists.items():
        text = text.replace("{" + name + "}", words)
    return re.compile(rf"\b(?:{text})(?!\w)")
