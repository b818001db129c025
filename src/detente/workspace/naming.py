"""The parties of a workspace: who occurs, what else they are called, what the user adds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from detente.model.document import fields as known_fields
from detente.model.errors import CaseError, Where, nearest, quoted
from detente.model.yamltext import Node, compose
from detente.reading.gazetteer import Entry, Gazetteer, entries_from, gazetteer
from detente.store import Store, StoreError
from detente.store.indexing import key_of
from detente.store.naming import add_alias, add_party, aliases, counts, parties
from detente.workspace.casefiles import read_text

__all__ = [
    "Party",
    "add_name",
    "keys_of",
    "learned",
    "list_parties",
    "load_gazetteer",
    "user_entries",
]

_LISTS = {"alias": "aliases", "leader": "leaders", "demonym": "demonyms", "capital": "capitals"}
_KEYS = ("name", "kind", *_LISTS.values())
_NOBODY = frozenset(["author", "unnamed"])
_SMALL = {
    *("the", "of", "and", "for", "in", "on"),
    *("al", "bin", "de", "el", "ibn", "la", "van", "von"),
}


@dataclass(frozen=True, slots=True)
class Party:
    """A party and how often it occurs in statements that are not rejected.

    Attributes:
        name: its name.
        kind: ``state``, ``movement`` …; ``None`` if nobody has said.
        actor: statements that are its own.
        target: statements directed at it.
        also: other names that it has in statements.
        aliases: names added by the user or learned from reviews, each with its origin.
    """

    name: str
    kind: str | None
    actor: int
    target: int
    also: tuple[str, ...] = ()
    aliases: tuple[tuple[str, str], ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the party for JSON."""
        return {
            "name": self.name,
            "kind": self.kind,
            "actor": self.actor,
            "target": self.target,
            "also": list(self.also),
            "aliases": [{"alias": name, "origin": origin} for name, origin in self.aliases],
        }


def user_entries(store: Store) -> list[Entry]:
    """Return what the workspace adds to the gazetteer, in a fixed order."""
    kinds = parties(store)
    names: dict[str, dict[str, list[str]]] = {name: defaultdict(list) for name in kinds}
    for alias in aliases(store):
        names.setdefault(alias.party, defaultdict(list))[_LISTS[alias.role]].append(alias.alias)
    shipped = gazetteer().entries
    return [
        Entry(
            name,
            kinds.get(name) or (shipped[name].kind if name in shipped else "movement"),
            **{key: tuple(values) for key, values in lists.items()},
        )
        for name, lists in sorted(names.items())
    ]


def keys_of(store: Store, party: str) -> set[str]:
    """Return the keys of every name of a party, for a filter."""
    book = gazetteer(user_entries(store))
    entry = book.find(party)
    names = [party]
    if entry is not None:
        names += [entry.name, *entry.aliases, *entry.leaders, *entry.capitals, *entry.demonyms]
    return {key_of(name) for name in names}


def list_parties(store: Store) -> list[Party]:
    """Return the parties that occur, the most frequent first, then those only added."""
    extra = user_entries(store)
    book = gazetteer(extra)
    given: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for alias in aliases(store):
        given[alias.party].append((alias.alias, alias.origin))
    tally: dict[str, list[Any]] = {}
    for count in counts(store):
        if count.name in _NOBODY:
            continue
        entry = book.find(count.name)
        name = entry.name if entry else count.name
        row = tally.setdefault(name, [0, 0, []])
        row[0] += count.actor
        row[1] += count.target
        if count.name != name:
            row[2].append(count.name)
    for entry in extra:
        tally.setdefault(entry.name, [0, 0, []])
    found = [
        Party(
            name,
            book.entries[name].kind if name in book.entries else None,
            actor,
            target,
            tuple(also),
            tuple(given.get(name, ())),
        )
        for name, (actor, target, also) in tally.items()
    ]
    return sorted(found, key=lambda party: (-party.actor - party.target, party.name))


def add_name(store: Store, text: str) -> tuple[str, str]:
    """Add an alias, written ``NAME=PARTY``; return the name and the party.

    Raises:
        StoreError: it is not written so, or the party looks like a slip of the pen.
    """
    alias, equals, party = (part.strip() for part in text.partition("="))
    if not (alias and equals and party):
        raise StoreError(
            f"{quoted(text)} is no alias",
            rule="an alias is written NAME=PARTY",
            hint="for instance --add-alias 'Foggy Bottom=United States'",
        )
    book = gazetteer(user_entries(store))
    entry = book.find(party)
    occurring = {key_of(count.name): count.name for count in counts(store)}
    name = entry.name if entry else occurring.get(key_of(party))
    if name is None:
        close = nearest(party, [*book.entries, *occurring.values()])
        if close is not None:
            raise StoreError(
                f"there is no party {quoted(party)}",
                hint=f"did you mean '{close}'? A new party comes with --gazetteer FILE",
            )
        name = party
    with store.writing() as db:
        if name not in book.entries:
            add_party(db, name, "movement", "user")
        add_alias(db, alias, name, "alias", "user")
    return alias, name


def load_gazetteer(store: Store, path: str) -> list[Entry]:
    """Add the parties and names of a YAML file; all of it or nothing.

    The file is a list of entries, or has one under ``parties``: each with ``name`` and optionally
    ``kind``, ``aliases``, ``leaders``, ``demonyms`` and ``capitals``.

    Raises:
        DetenteError: the file cannot be read, or an entry breaks a rule.
    """
    root = compose(read_text(path), path)
    if root.kind == "mapping":
        held = known_fields(root, "the gazetteer", ["parties"]).get("parties")
        if held is None:
            raise _no_list(root.where)
        root = held
    if root.kind != "list":
        raise _no_list(root.where)
    entries: list[Entry] = []
    for node in root.items:
        try:
            entries += entries_from([_entry(node)])
        except ValueError as error:
            raise CaseError(
                str(error),
                where=node.where,
                rule=f"an entry has {', '.join(_KEYS[:-1])} and {_KEYS[-1]}; only name is needed",
                hint="correct it; nothing was added",
            ) from None
    with store.writing() as db:
        for entry in entries:
            add_party(db, entry.name, entry.kind, path)
            for role, key in _LISTS.items():
                for name in getattr(entry, key):
                    add_alias(db, name, entry.name, role, path)
    return entries


def _no_list(where: Where) -> CaseError:
    return CaseError(
        "there is no list of parties",
        where=where,
        rule="a gazetteer is a list of entries, or has one under 'parties'",
        hint="write '- name: …' with 'aliases: […]' below it",
    )


def _entry(node: Node) -> dict[str, object]:
    """Return an entry as a plain mapping."""
    if node.kind != "mapping":
        raise ValueError("a gazetteer entry needs a name")
    return {
        key.raw: [item.raw for item in value.items] if value.kind == "list" else value.raw
        for key, value in node.entries
    }


def learned(
    proposed: Mapping[str, Any], fields: Mapping[str, Any], book: Gazetteer
) -> list[tuple[str, str, str]]:
    """Return what an accepted statement teaches: (name, party, role).

    A party that the reviewer renamed is an alias of the new name; a speaker who is no party and
    speaks for one actor alone speaks for it elsewhere too. Only proper names teach, and none that
    is known already.
    """
    found = []
    for key in ("actors", "targets"):
        before, after = proposed.get(key) or [], fields.get(key) or []
        if len(before) != len(after):
            continue
        changed = [(a, b) for a, b in zip(before, after, strict=True) if a != b]
        if len(changed) == 1 and _teaches(changed[0][0], book) and _proper(changed[0][1]):
            found.append((*changed[0], "alias"))
    speaker, actors = fields.get("speaker"), fields.get("actors") or []
    if (
        isinstance(speaker, str)
        and len(actors) == 1
        and key_of(speaker) != key_of(actors[0])
        and actors[0] not in _NOBODY
        and _teaches(speaker, book)
        and " " in speaker
    ):
        found.append((speaker, actors[0], "leader"))
    return list(dict.fromkeys(found))


def _teaches(name: str, book: Gazetteer) -> bool:
    return name not in _NOBODY and _proper(name) and book.find(name) is None


def _proper(name: str) -> bool:
    words = [word for word in name.split() if word.casefold() not in _SMALL]
    return len(name) > 2 and bool(words) and all(word[0].isupper() for word in words)
