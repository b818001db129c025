"""Who is meant: names of parties in phrases, each party under one name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from detente.reading.gazetteer import Entry, Gazetteer, gazetteer
from detente.reading.positions.mentions import mentions
from detente.reading.text import fold

__all__ = ["Names"]

NOBODY = frozenset(
    [
        *("author", "unnamed", "unspecified", "world", "entire world", "everyone", "everybody"),
        *("international community", "all sides", "both sides", "foreign troops"),
    ]
)


class Names:
    """The parties of a set of statements.

    Args:
        entries: parties that the user has added.
        given: names that statements give to actors and targets.
        trusted: those of them that count as parties although the gazetteer has none of that name:
            whoever acts somewhere, or was named by a reviewer.
    """

    def __init__(
        self, entries: Iterable[Entry], given: Iterable[str], trusted: Iterable[str]
    ) -> None:
        book = gazetteer(entries)
        unknown = {n for n in given if book.find(n) is None and self._may_be(n)}
        trust = {fold(name) for name in trusted}
        own = [Entry(name, "movement") for name in sorted(unknown) if fold(name) in trust]
        self.book: Gazetteer = gazetteer([*entries, *own]) if own else book

    @staticmethod
    def _may_be(name: str) -> bool:
        return fold(name).removeprefix("the ") not in NOBODY and any(c.isalpha() for c in name)

    def party(self, name: str) -> str | None:
        """Return the one name of a party; ``None`` if it is none."""
        if not self._may_be(name):
            return None
        entry = self.book.find(name)
        return entry.name if entry else None

    def parties(self, names: Sequence[str]) -> tuple[str, ...]:
        """Return the parties among names, each once; "A & B" are two."""
        found: dict[str, None] = {}
        for name in names:
            whole = self.party(name)
            for part in [name] if whole or "&" not in name else name.split("&"):
                party = self.party(part.strip())
                if party is not None:
                    found[party] = None
        return tuple(found)

    def mentions(self, phrase: str) -> list[tuple[int, str]]:
        """Return the parties that a phrase names: place of the name, and party."""
        return [(start, party) for start, _, party in mentions(phrase, self.book)]
