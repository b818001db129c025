"""The gazetteer: names, demonyms, capitals and leaders of parties, extendable by the user."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from detente.reading.lexicon import data_text
from detente.reading.text import fold

__all__ = ["Entry", "Gazetteer", "entries_from", "gazetteer"]

KINDS = ("state", "government", "movement", "body", "union", "group")

_WORD = re.compile(r"(?:[a-z]\.){2,}|(?:[a-z]\.)+[a-z]\b|[^\W_]+(?:['-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Entry:
    """One party and the names that it goes by.

    Attributes:
        name: the name used in statements.
        kind: ``state``, ``government``, ``movement``, ``body``, ``union`` or ``group``.
        demonyms: adjectives and peoples ("Afghan"), which mean the party unless something else
            that is no part of it follows ("Afghan rebels").
        capitals: cities that stand for its government, except as a place ("talks in Doha").
        aliases: other names.
        leaders: people who speak for it.
    """

    name: str
    kind: str = "state"
    demonyms: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    leaders: tuple[str, ...] = ()


Hit = tuple[Entry, str]


class Gazetteer:
    """Looks up names of parties.

    Args:
        entries: the entries; a later one overrules the names of an earlier one, and one with the
            name of an earlier entry adds to it.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries: dict[str, Entry] = {}
        for entry in entries:
            known = self.entries.get(entry.name)
            if known is not None:
                entry = Entry(
                    entry.name,
                    known.kind,
                    known.demonyms + entry.demonyms,
                    known.capitals + entry.capitals,
                    known.aliases + entry.aliases,
                    known.leaders + entry.leaders,
                )
            self.entries[entry.name] = entry
        self._index: dict[tuple[str, ...], Hit] = {}
        self._earlier: dict[tuple[str, ...], list[Hit]] = {}
        self._capitals_only: set[tuple[str, ...]] = set()
        self._reach: dict[str, int] = {}
        for entry in self.entries.values():
            for how, names in (
                ("leader", entry.leaders),
                ("capital", entry.capitals),
                ("demonym", entry.demonyms),
                ("name", entry.aliases),
                ("name", (entry.name,)),
            ):
                for name in names:
                    self._add(name, entry, how)
            if entry.kind == "state":
                self._add(f"Government of {entry.name}", entry, "name")

    def _add(self, name: str, entry: Entry, how: str) -> None:
        key = tuple(_WORD.findall(fold(name)))
        if not key:
            return
        if key[0] == "the" and len(key) > 1:
            key = key[1:]
        if len(key) == 1 and name.isupper() and len(key[0]) <= 4:
            self._capitals_only.add(key)
        old = self._index.get(key)
        if old is not None and old[0].name != entry.name:
            self._earlier.setdefault(key, []).append(old)
        self._index[key] = (entry, how)
        self._reach[key[0]] = max(self._reach.get(key[0], 0), len(key))

    def look_up(self, words: Sequence[str], raw: Sequence[str]) -> tuple[Entry, str, int] | None:
        """Return the longest name that begins the words: entry, kind of name, number of words.

        Args:
            words: folded words.
            raw: the same words as they stand in the text.
        """
        longest = self._reach.get(words[0], 0) if words else 0
        for size in range(min(longest, len(words)), 0, -1):
            key = tuple(words[:size])
            hit = self._index.get(key)
            if hit is None:
                continue
            if key in self._capitals_only and not raw[0].isupper():
                continue
            if not raw[0][0].isupper() and not key[0].startswith("al-"):
                continue
            return hit[0], hit[1], size
        return None

    def others(self, words: Sequence[str]) -> Sequence[Hit]:
        """Return the further entries that share a name, for instance of states of the past."""
        return self._earlier.get(tuple(words), ())

    def find(self, name: str) -> Entry | None:
        """Return the entry that a whole name belongs to.

        >>> gazetteer().find("Tehran").name
        'Iran'
        """
        key = tuple(_WORD.findall(fold(name)))
        if key and key[0] == "the" and len(key) > 1:
            key = key[1:]
        hit = self._index.get(key)
        return hit[0] if hit else None


def entries_from(items: Iterable[Mapping[str, object]]) -> list[Entry]:
    """Make entries from plain mappings, for instance a user's YAML file.

    Each mapping has ``name`` and optionally ``kind``, ``demonyms``, ``capitals``, ``aliases`` and
    ``leaders`` (a list of strings or one string).

    Raises:
        ValueError: a mapping has no name, an unknown key or an unknown kind.
    """
    lists = ("demonyms", "capitals", "aliases", "leaders")
    made = []
    for item in items:
        name = item.get("name")
        if not isinstance(name, str) or not name.strip():
            raise ValueError(f"a gazetteer entry needs a name: {dict(item)!r}")
        strange = sorted(set(item) - {"name", "kind", *lists})
        if strange:
            raise ValueError(f"gazetteer entry {name!r}: unknown key {strange[0]!r}")
        kind = item.get("kind", "movement")
        if kind not in KINDS:
            raise ValueError(f"gazetteer entry {name!r}: kind must be one of {', '.join(KINDS)}")
        values: dict[str, tuple[str, ...]] = {}
        for key in lists:
            value = item.get(key, ())
            if isinstance(value, str):
                value = (value,)
            if not isinstance(value, (list, tuple)) or not all(isinstance(v, str) for v in value):
                raise ValueError(f"gazetteer entry {name!r}: {key} must be a list of names")
            values[key] = tuple(value)
        made.append(Entry(name.strip(), str(kind), **values))
    return made


def _shipped() -> list[Entry]:
    made = []
    for line in data_text("gazetteer.txt").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("|")]
        name, kind, *lists = cells
        demonyms, capitals, aliases, leaders = (
            tuple(part.strip() for part in cell.split(",") if part.strip()) for cell in lists
        )
        made.append(Entry(name, kind, demonyms, capitals, aliases, leaders))
    return made


@lru_cache(maxsize=1)
def _default() -> Gazetteer:
    return Gazetteer(_shipped())


def gazetteer(extra: Iterable[Entry] = ()) -> Gazetteer:
    """Return the shipped gazetteer, with the user's entries on top."""
    more = list(extra)
    return Gazetteer([*_default().entries.values(), *more]) if more else _default()
