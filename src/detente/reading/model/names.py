"""Whether a text names somebody, and what a party is called."""

from __future__ import annotations

import re

from detente.reading.actors import AUTHOR, FIRST
from detente.reading.frames import UNNAMED
from detente.reading.parties import Cast
from detente.reading.text import fold, trim
from detente.reading.units import Page

__all__ = ["Names", "find"]

_PRONOUNS = FIRST | frozenset(
    """me mine ours you your yours he him his she her hers it its they them their theirs themselves
    himself herself itself who whom whose which that this these those one both all""".split()
)
_ARTICLE = re.compile(r"(?:the|a|an)\s+(?=\S)", re.IGNORECASE)
_LONGEST = 200


def find(words: str, text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Return where words stand in a text: whole words, the same characters, any blanks between.

    Args:
        words: the words, for instance a quote.
        text: the text.
        start: where to begin.
        end: where to stop; the end of the text if ``None``.
    """
    parts = words.split()
    if not parts:
        return []
    before = r"(?<!\w)" if parts[0][0].isalnum() else ""
    after = r"(?!\w)" if parts[-1][-1].isalnum() else ""
    pattern = re.compile(before + r"\s+".join(re.escape(part) for part in parts) + after)
    stop = len(text) if end is None else end
    return [match.span() for match in pattern.finditer(text, start, stop)]


class Names:
    """The names of one document.

    Args:
        page: the document.
        cast: its parties, learned from all of its sentences.
    """

    def __init__(self, page: Page, cast: Cast) -> None:
        self._text = page.masked
        self._cast = cast
        self._named = {name for party in cast.counts for name in (party, *party.split(" & "))}
        self._stands: dict[str, bool] = {}

    def party(self, given: str) -> str | None:
        """Return the party that a name of the text means; ``None`` if the text does not name it.

        A person who speaks for a party stands for it, and a capital for its government.
        """
        name = _clean(given)
        if not name or _is_pronoun(name):
            return None
        bare = _ARTICLE.sub("", name, count=1) if _ARTICLE.match(name) else name
        entry = self._cast.gazetteer.find(name)
        if entry is not None and entry.name in self._named:
            return entry.name
        learned = self._cast.learned.get(fold(bare))
        if learned is not None:
            return learned[0]
        if bare in self._named:
            return bare
        if not self._occurs(name):
            return None
        people = self._cast.people
        person = people.get(fold(bare)) or people.get(fold(bare.split()[-1]))
        return person[0] if person is not None and person[0] else bare

    def speaker(self, given: str) -> str | None:
        """Return a speaker as the text names them; ``None`` if it does not."""
        name = _clean(given)
        if name in (AUTHOR, UNNAMED):
            return name
        if not name:
            return UNNAMED
        if _is_pronoun(name):
            return None
        return name if self._occurs(name) else self.party(name)

    def _occurs(self, name: str) -> bool:
        if name not in self._stands:
            self._stands[name] = len(name) <= _LONGEST and bool(find(name, self._text))
        return self._stands[name]


def _clean(given: str) -> str:
    name = " ".join(given.split())
    start, end = trim(name, 0, len(name))
    dotted = "." in name[start:end]  # "the U.S." keeps its last stop: it is part of the name
    return name[start : end + 1] if dotted and name[end : end + 1] == "." else name[start:end]


def _is_pronoun(name: str) -> bool:
    return name == "I" or (fold(name) in _PRONOUNS and not name.isupper())
