"""Reviews are appended, never changed; what they taught holds while they are the last word."""

from __future__ import annotations

import sqlite3

import pytest
from articles import TOLL, store_text

from detente.store import Store
from detente.store.judging import append, history, last
from detente.store.naming import add_alias, aliases
from detente.store.searching import in_document, statement


@pytest.fixture
def id(store: Store) -> str:
    store_text(store, TOLL)
    return next(in_document(store, 1)).id


@pytest.mark.parametrize("sql", ["UPDATE reviews SET by = 'x'", "DELETE FROM reviews"])
def test_reviews_cannot_be_changed(store: Store, id: str, sql: str) -> None:
    with store.writing() as db:
        append(db, id, "accepted", {}, "ann")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"), store.writing() as db:
        db.execute(sql)
    assert [review.by for review in history(store, id)] == ["ann"]


def test_the_last_review_counts(store: Store, id: str) -> None:
    for decision, state in [
        ("accepted", "accepted"),
        ("rejected", "rejected"),
        ("reopened", "proposed"),
    ]:
        with store.writing() as db:
            append(db, id, decision, {}, "ann", "why not")
        item = statement(store, id)
        assert item is not None
        assert item.state == state
    newest = last(store)
    assert newest is not None
    assert (newest.decision, newest.why) == ("reopened", "why not")
    assert len(history(store, id)) == 3


def test_a_review_needs_a_statement(store: Store) -> None:
    with pytest.raises((sqlite3.IntegrityError, TypeError)), store.writing() as db:
        append(db, "s404", "accepted", {}, "ann")
    assert last(store) is None


def test_what_a_review_taught_goes_with_it(store: Store, id: str) -> None:
    with store.writing() as db:
        review = append(db, id, "accepted", {}, "ann")
        add_alias(db, "The Castle", "Ruritania", "alias", "review", review.num)
        add_alias(db, "Zenda", "Ruritania", "alias", "user")
    assert [a.alias for a in aliases(store)] == ["The Castle", "Zenda"]
    with store.writing() as db:
        append(db, id, "rejected", {}, "ann")
    assert [a.alias for a in aliases(store)] == ["Zenda"]
