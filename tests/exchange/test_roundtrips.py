"""Out and in again: what a format claims to hold comes back, whatever the texts are like."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workspaces import EVERY, empty, filled, judge, rows, source_texts

from detente.exchange.csvtext import bare, shielded
from detente.exchange.table import FORMATS
from detente.store import Store
from detente.store.dumping import every_document, reviews_of
from detente.store.lookup import document
from detente.store.naming import aliases, parties
from detente.store.searching import Filter, find
from detente.workspace.exporting import export
from detente.workspace.importing import Imported, import_bundle
from detente.workspace.statements import Asked

JSONL, W3C, DNA = FORMATS["jsonl"], FORMATS["w3c"], FORMATS["dna-csv"]

HELD = {
    "id": ("id",),
    "doc": ("doc",),
    "span": ("start", "end"),
    "words": ("text",),
    "type": ("type",),
    "speaker": ("speaker",),
    "actors": ("actors",),
    "targets": ("targets",),
    "order": ("before", "after"),
    "condition": ("condition",),
    "issue": ("issue",),
    "modality": ("modality",),
    "attribution": ("attribution", "quoted"),
    "links": ("repeat_of", "nested_in"),
    "cue": ("cue", "sentence"),
    "reader": ("confidence", "extractor", "version"),
    "state": ("state",),
}
"""Key of the table -> keys of a statement."""


def read_into(store: Store, name: str, text: str, **options: Any) -> Imported:
    chosen = FORMATS[name]
    assert chosen.read is not None
    return import_bundle(store, chosen.read(text, "file"), chosen, "bob", **options)


def nothing_new(report: Imported) -> bool:
    return not (
        report.statements["new"]
        or report.documents["new"]
        or report.judgements
        or report.names
        or report.conflicts
        or report.differing
        or report.refused
        or report.taken
    )


@given(st.data())
def test_jsonl_brings_a_workspace_back(data: st.DataObject) -> None:
    with filled(data) as store, empty() as other:
        text = export(store, JSONL, Asked()).text
        first = read_into(other, "jsonl", text)
        assert export(other, JSONL, Asked()).text == text
        assert rows(other) == rows(store)
        assert reviews_of(other, rows(other)) == reviews_of(store, rows(store))
        assert (parties(other), aliases(other)) == (parties(store), aliases(store))
        for num in every_document(store):
            assert document(other, num) == document(store, num)
        assert (first.conflicts, first.taken, first.ignored) == ([], [], {})
        assert nothing_new(read_into(other, "jsonl", text))
        assert nothing_new(read_into(store, "jsonl", text))
        assert export(other, JSONL, Asked()).text == text


@given(st.data())
def test_the_indexes_are_those_of_a_workspace_that_was_read(data: st.DataObject) -> None:
    listing = "SELECT s.id, p.role, p.place, p.name, p.key FROM statement_parties AS p"
    listing += " JOIN statements AS s ON s.num = p.statement ORDER BY s.id, p.role, p.place"
    search = "SELECT s.id, x.text, x.parties, x.issue FROM statement_search AS x"
    search += " JOIN statements AS s ON s.num = x.rowid ORDER BY s.id"
    columns = 'SELECT id, "start", "end", text, type, speaker, issue, state, found, listed, edits'
    columns += " FROM statements ORDER BY id"
    with filled(data) as store, empty() as other:
        read_into(other, "jsonl", export(store, JSONL, Asked()).text)
        for query in (listing, search, columns):
            assert [tuple(r) for r in other.rows(query)] == [tuple(r) for r in store.rows(query)]


@pytest.mark.parametrize("name", ["w3c", "dna-csv"])
@given(data=st.data())
def test_what_the_table_says_is_held_comes_back(name: str, data: st.DataObject) -> None:
    chosen = FORMATS[name]
    keys = [key for row in chosen.holds for key in HELD.get(row, ())]
    with filled(data) as store, empty() as other:
        done = export(store, chosen, Asked(state=EVERY))
        report = read_into(other, name, done.text, texts=source_texts(store))
        assert report.refused == []
        assert (report.moved, report.units) == (0, 0)
        there = {item.id for item in find(store, Filter()).statements}
        expected = {
            id: {key: row[key] for key in keys} for id, row in rows(store).items() if id in there
        }
        assert {id: {key: row[key] for key in keys} for id, row in rows(other).items()} == expected
        assert len(expected) == done.statements
        assert nothing_new(read_into(other, name, done.text, texts=source_texts(store)))
        assert nothing_new(read_into(store, name, done.text))


@given(st.data())
def test_w3c_keeps_the_newest_judgement_of_each_statement(data: st.DataObject) -> None:
    with filled(data) as store, empty() as other:
        done = export(store, W3C, Asked(state=EVERY))
        read_into(other, "w3c", done.text, texts=source_texts(store))
        ids = [item.id for item in find(store, Filter()).statements]
        newest = {id: found[-1] for id, found in reviews_of(store, ids).items()}
        there = {id: found[-1] for id, found in reviews_of(other, ids).items()}
        assert {id: (r.decision, r.by, r.at, r.why) for id, r in there.items()} == {
            id: (r.decision, r.by, r.at, r.why) for id, r in newest.items()
        }


@given(st.data(), st.sampled_from(["before. ", "\U0001f600\r\n"]))
def test_w3c_finds_words_that_have_moved_or_says_that_it_cannot(
    data: st.DataObject, added: str
) -> None:
    with filled(data) as store, empty() as other:
        texts = [replace(text, text=added + text.text) for text in source_texts(store)]
        done = export(store, W3C, Asked(state=EVERY))
        report = read_into(other, "w3c", done.text, texts=texts)
        assert report.statements["new"] + len(report.refused) == done.statements
        for row in rows(other).values():
            assert any(
                text.text[row["start"] : row["end"]] == row["text"]
                for text in texts
                if text.name == row["doc"]
            )


@given(st.data())
def test_two_people_who_judge_apart_lose_nothing(data: st.DataObject) -> None:
    with filled(data) as store, empty() as other:
        read_into(other, "jsonl", export(store, JSONL, Asked()).text)
        judge(store, data, "ann")
        judge(other, data, "bea")
        ours, theirs = rows(store), rows(other)
        before = reviews_of(store, ours)
        text = export(other, JSONL, Asked()).text
        said = reviews_of(other, theirs)
        report = read_into(store, "jsonl", text)
        after = reviews_of(store, ours)
        conflicts = {item["id"] for item in report.conflicts}
        for id, found in after.items():
            spelt = [(r.by, r.at, r.decision, r.fields, r.why) for r in found]
            for review in (*before[id], *said[id]):
                made = (review.by, review.at, review.decision, review.fields, review.why)
                assert made in spelt
            assert found[: len(before[id])] == before[id]
        for id, row in rows(store).items():
            apart = len(before[id]) > 0 and before[id] != said[id][: len(before[id])]
            if apart and ours[id] != theirs[id]:
                same = [r for r in said[id] if r not in before[id]]
                if same:
                    assert row == ours[id]  # the judgement made here stands
            if id in conflicts:
                assert row == ours[id] != theirs[id]
        assert nothing_new(read_into(store, "jsonl", text))


@given(st.text("'=+-@\t\ra;\"é", max_size=6))
def test_no_cell_is_a_formula_and_every_cell_comes_back(cell: str) -> None:
    assert bare(shielded(cell)) == cell
    assert shielded(cell)[:1] not in ("=", "+", "-", "@", "\t", "\r")
