"""Parties and the names that they go by, beside those that Détente ships."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from detente.store.connection import Store, clean, now

__all__ = ["Alias", "Count", "add_alias", "add_party", "aliases", "counts", "parties"]


@dataclass(frozen=True, slots=True)
class Alias:
    """A name of a party.

    Attributes:
        alias: the name.
        party: the party.
        role: ``alias``, ``leader``, ``demonym`` or ``capital``.
        origin: ``user``, ``review``, or the name of a gazetteer file.
    """

    alias: str
    party: str
    role: str
    origin: str


@dataclass(frozen=True, slots=True)
class Count:
    """How often a name stands in statements that are not rejected."""

    name: str
    actor: int
    target: int


def add_party(db: sqlite3.Connection, name: str, kind: str, origin: str) -> None:
    """Add a party, or change its kind; call it within :meth:`Store.writing`."""
    db.execute(
        "INSERT INTO parties VALUES (?, ?, ?, ?)"
        " ON CONFLICT (name) DO UPDATE SET kind = excluded.kind, origin = excluded.origin",
        (clean(name), kind, origin, now()),
    )


def add_alias(
    db: sqlite3.Connection,
    alias: str,
    party: str,
    role: str,
    origin: str,
    review: int | None = None,
) -> None:
    """Add a name of a party; one that a review taught yields to one that the user gave.

    An alias means one party: given to another, it leaves the first one.
    """
    own = review is None
    db.execute(
        "DELETE FROM aliases WHERE alias = ? AND party <> ?" + ("" if own else " AND origin = ?"),
        (clean(alias), clean(party), *(() if own else ("review",))),
    )
    db.execute(
        "INSERT INTO aliases VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (alias, party) DO UPDATE"
        " SET role = excluded.role, origin = excluded.origin, review = excluded.review"
        " WHERE aliases.review IS NOT NULL",
        (clean(alias), clean(party), role, origin, review, now()),
    )


def parties(store: Store) -> dict[str, str]:
    """Return name -> kind of the parties that were added."""
    return {row["name"]: row["kind"] for row in store.rows("SELECT * FROM parties ORDER BY name")}


def aliases(store: Store) -> list[Alias]:
    """Return the names that hold now."""
    rows = store.rows("SELECT * FROM known_aliases ORDER BY party, alias")
    return [Alias(row["alias"], row["party"], row["role"], row["origin"]) for row in rows]


def counts(store: Store) -> list[Count]:
    """Return how often each name is an actor or a target, the most frequent first."""
    rows = store.rows(
        "SELECT p.name, sum(p.role = 'actor') AS actor, sum(p.role = 'target') AS target"
        " FROM statement_parties AS p JOIN statements AS s ON s.num = p.statement"
        " WHERE p.role <> 'speaker' AND s.listed AND s.state <> 'rejected'"
        " GROUP BY p.name ORDER BY count(*) DESC, p.name"
    )
    return [Count(row["name"], row["actor"], row["target"]) for row in rows]
