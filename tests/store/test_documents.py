"""Documents: stored once, versions kept, statements with ids that hold."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest
from articles import TOLL, article, store_text

from detente.reading import read
from detente.reading.duplicates import signature
from detente.store import Store
from detente.store.documents import save
from detente.store.indexing import statement_id
from detente.store.judging import append, history
from detente.store.lookup import document, text_of
from detente.store.records import Origin
from detente.store.searching import Filter, find, in_document


def ids(store: Store, num: int = 1) -> list[str]:
    return [item.id for item in in_document(store, num)]


def test_the_same_document_is_stored_once(store: Store) -> None:
    assert store_text(store, TOLL).outcome == "new"
    assert store_text(store, TOLL).outcome == "known"
    assert store.rows("SELECT count(*) FROM statements")[0][0] == 1


def test_ids_come_from_document_and_span(store: Store) -> None:
    store_text(store, TOLL)
    (item,) = in_document(store, 1)
    sha256 = document(store, 1).sha256
    assert item.id == statement_id("news.txt", sha256, 15, 66)
    store_text(store, TOLL, by="rules 2")
    assert ids(store) == [item.id]
    store_text(store, TOLL, "copy.txt")
    assert ids(store, 2) != [item.id]


def test_a_changed_file_is_a_new_version(store: Store) -> None:
    store_text(store, TOLL)
    saved = store_text(store, TOLL.replace("toll", "fee"))
    assert (saved.document, saved.outcome) == (2, "version")
    shown = find(store, Filter()).statements
    assert [item.document for item in shown] == [2]
    assert text_of(store, 1) == TOLL
    assert document(store, 1).places == ()
    assert document(store, 2).duplicate_of is None
    back = store_text(store, TOLL)
    assert (back.document, back.outcome) == (1, "version")
    assert [item.document for item in find(store, Filter(search="toll")).statements] == [1]
    assert find(store, Filter(search="fee")).total == 0


def test_what_was_reviewed_in_an_earlier_version_stays_listed(store: Store) -> None:
    store_text(store, TOLL)
    with store.writing() as db:
        append(db, ids(store)[0], "accepted", {}, "ann")
    store_text(store, TOLL.replace("toll", "fee"))
    assert [item.state for item in find(store, Filter()).statements] == ["accepted", "proposed"]


def test_a_document_in_two_places_stays_listed_when_one_changes(store: Store) -> None:
    store_text(store, TOLL, place="/a/news.txt")
    store_text(store, TOLL, place="/b/news.txt")
    store_text(store, TOLL.replace("toll", "fee"), place="/a/news.txt")
    assert [item.document for item in find(store, Filter()).statements] == [1, 2]


def test_reviews_hold_when_a_newer_reader_finds_the_same_span(store: Store) -> None:
    store_text(store, TOLL)
    (id,) = ids(store)
    with store.writing() as db:
        append(db, id, "edited", {"targets": ["Travellers"]}, "ann", "clear from the text")
    reading = read(TOLL, "news.txt")
    (found,) = reading.statements
    newer = replace(reading, statements=(replace(found, type="demand", version="2"),))
    assert save(store, Origin("/here/news.txt"), newer, signature(TOLL), "2").outcome == "again"
    (item,) = in_document(store, 1)
    assert (item.id, item.state, item.edited) == (id, "edited", ("targets",))
    assert item.fields["type"] == "demand"
    assert item.fields["targets"] == ["Travellers"]
    assert [review.by for review in history(store, id)] == ["ann"]
    assert find(store, Filter(parties=["travellers"], types=["demand"])).total == 1


def test_a_statement_that_a_newer_reader_drops_stays_if_it_was_reviewed(store: Store) -> None:
    text = article(1)
    store_text(store, text)
    kept, *others = ids(store)
    assert others
    with store.writing() as db:
        append(db, kept, "accepted", {}, "ann")
    nothing = replace(read(text, "news.txt"), statements=())
    save(store, Origin("/here/news.txt"), nothing, signature(text), "2")
    (item,) = find(store, Filter()).statements
    assert (item.id, item.state, item.found) == (kept, "accepted", False)


def test_the_raw_text_cannot_be_changed(store: Store) -> None:
    store_text(store, TOLL)
    with pytest.raises(sqlite3.IntegrityError, match="never changes"), store.writing() as db:
        db.execute("UPDATE documents SET raw = x'00'")


@pytest.mark.parametrize(
    "text",
    [
        "Intro 😀 line.\r\n\r\n" + TOLL + "\r\n",
        "\ufeff" + TOLL,
        "مرحبا\n\n" + TOLL,
        TOLL + "\n\nA \x00 null and a \x07 bell.",
        TOLL + "\n\nA lone \ud800 surrogate.",
    ],
    ids=["CRLF and emoji", "byte order mark", "right to left", "controls", "surrogate"],
)
def test_offsets_count_code_points_of_the_raw_text(store: Store, text: str) -> None:
    store_text(store, text)
    assert text_of(store, 1) == text
    (item,) = (s for s in in_document(store, 1) if s.fields["type"] == "precondition")
    span = text[item.fields["start"] : item.fields["end"]]
    assert span == "it would open the pass only after the toll was paid"
    assert document(store, 1).characters == len(text)


def test_wire_copies_are_linked(store: Store) -> None:
    text = article(1) + article(2) + article(3)
    store_text(store, text, "first.txt")
    store_text(store, article(50), "other.txt")
    store_text(store, text.replace("The lots", "On Thursday the lots"), "copy.txt")
    store_text(store, text, "same.txt")
    assert document(store, 2).duplicate_of is None
    third, fourth = document(store, 3), document(store, 4)
    assert third.duplicate_of == (1, "first.txt")
    assert 0.6 <= (third.resemblance or 0) < 1
    assert fourth.duplicate_of == (1, "first.txt")
    assert fourth.resemblance == 1


def test_a_failure_in_the_middle_stores_nothing(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("detente.store.documents.store_statements", fail)
    with pytest.raises(KeyboardInterrupt):
        store_text(store, TOLL)
    for table in ("documents", "lines", "attributions", "sources", "bands"):
        assert store.rows(f"SELECT count(*) FROM {table}")[0][0] == 0
