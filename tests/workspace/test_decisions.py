"""Decisions: recorded in files, checked as a whole, applied as a whole; undone by appending."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from articles import OWN, SEED, TOLL, store_text

from detente.model.errors import DetenteError
from detente.store import Store
from detente.store.judging import history
from detente.store.naming import aliases
from detente.store.records import StoredStatement
from detente.store.searching import in_document, statement
from detente.workspace.decisions import Applied, apply_file, apply_text
from detente.workspace.reviewing import decide, undo
from detente.workspace.session import Session
from detente.workspace.statements import Asked


def apply(store: Store, *lines: Any) -> Applied:
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    return apply_text(store, text, "decisions.jsonl", "ann")


def one(store: Store) -> StoredStatement:
    return next(in_document(store, 1))


@pytest.fixture
def id(store: Store) -> str:
    store_text(store, TOLL)
    return one(store).id


def test_each_decision_changes_the_state(store: Store, id: str) -> None:
    for decision, state in [
        ("accept", "accepted"),
        ("reject", "rejected"),
        ("reopen", "proposed"),
        ("accepted", "accepted"),
    ]:
        assert len(apply(store, {"id": id, "decision": decision}).reviews) == 1
        item = statement(store, id)
        assert item is not None
        assert item.state == state
    assert [review.by for review in history(store, id)] == ["ann"] * 4


def test_an_edit_keeps_what_was_proposed(store: Store, id: str) -> None:
    fields = {"type": "offer", "targets": ["Freedonia"], "before": None, "after": None}
    apply(store, {"id": id, "decision": "edit", "fields": fields, "by": "bob", "why": "plain"})
    item = one(store)
    assert item.state == "edited"
    assert item.fields["type"] == "offer"
    assert item.proposal["type"] == "precondition"
    assert item.edited == ("after", "before", "targets", "type")
    (review,) = history(store, id)
    assert (review.by, review.why, review.fields) == ("bob", "plain", fields)
    apply(store, {"id": id, "decision": "edit", "fields": {"type": "precondition"}})
    assert one(store).edited == ("after", "before", "targets")
    apply(store, {"id": id, "decision": "accept"})
    assert (one(store).state, one(store).fields["targets"]) == ("accepted", ["Freedonia"])


def test_an_edited_span_takes_its_words_along(store: Store, id: str) -> None:
    apply(store, {"doc": "news.txt", "start": 15, "end": 66, "decision": "edit",
                  "fields": {"start": 0}})  # fmt: skip
    assert one(store).fields["text"] == TOLL[:66]
    assert one(store).id == id
    for start in (0, 15):  # the span as proposed and as edited name the same statement
        done = apply(store, {"doc": "news.txt", "start": start, "end": 66, "decision": "reject"})
        assert len(done.reviews) + done.unchanged == 1


def test_saying_the_same_again_adds_nothing(store: Store, id: str) -> None:
    line = {"id": id, "decision": "accept", "by": "ann"}
    assert apply(store, line).unchanged == 0
    assert apply(store, line).unchanged == 1
    assert len(apply(store, {**line, "by": "bob"}).reviews) == 1


def test_later_lines_build_on_earlier_ones(store: Store, id: str) -> None:
    apply(
        store,
        {"id": id, "decision": "edit", "fields": {"type": "offer"}},
        "",
        {"id": id, "decision": "edit", "fields": {"issue": "the pass"}},
    )
    assert one(store).edited == ("issue", "type")
    assert len(history(store, id)) == 2


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "this line is not JSON"),
        ("[1]", "no JSON object"),
        ({"decision": "accept"}, "no statement is named"),
        ({"id": "s404", "decision": "accept"}, "there is no statement 's404'"),
        ({"id": 7, "decision": "accept"}, "'id' must be text"),
        ({"id": "ID"}, "there is no decision"),
        ({"id": "ID", "decision": "acept"}, "this is no decision: 'acept'"),
        ({"id": "ID", "decision": ["accept"]}, "this is no decision"),
        ({"id": "ID", "decision": "accept", "by": ""}, "'by' must be"),
        ({"id": "ID", "decision": "accept", "why": 3}, "'why' must be text"),
        ({"id": "ID", "decision": "accept", "fields": {"type": "offer"}}, "takes no fields"),
        ({"id": "ID", "decision": "accept", "doc": "x"}, "named twice"),
        ({"id": "ID", "decision": "accept", "reason": "x"}, "unknown key 'reason'"),
        ({"id": "ID", "decision": "edit"}, "an edit needs fields"),
        ({"id": "ID", "decision": "edit", "fields": []}, "'fields' must be an object"),
        ({"id": "ID", "decision": "edit", "fields": {"tipe": "offer"}}, "'tipe' is no field"),
        ({"id": "ID", "decision": "edit", "fields": {"type": "ofer"}}, "'ofer' is no type"),
        ({"id": "ID", "decision": "edit", "fields": {"type": ["a"]}}, "is no type"),
        ({"id": "ID", "decision": "edit", "fields": {"actors": "Iran"}}, "a list of names"),
        ({"id": "ID", "decision": "edit", "fields": {"before": None}}, "go together"),
        ({"id": "ID", "decision": "edit", "fields": {"end": 999}}, "is no span"),
        ({"id": "ID", "decision": "edit", "fields": {"start": True}}, "must be a number"),
        ({"doc": "news.txt", "start": 1, "end": 9, "decision": "accept"}, "there is no statement"),
        ({"doc": "old.txt", "start": 1, "end": 9, "decision": "accept"}, "no document 'old.txt'"),
        ({"doc": "news.txt", "start": "1", "end": 9, "decision": "accept"}, "no statement is"),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_applied(
    store: Store, id: str, line: Any, message: str
) -> None:
    text = (line if isinstance(line, str) else json.dumps(line)).replace('"ID"', f'"{id}"')
    with pytest.raises(DetenteError) as caught:
        apply(store, {"id": id, "decision": "accept"}, "", text)
    assert str(caught.value).startswith("decisions.jsonl:3: ")
    assert message in str(caught.value)
    assert history(store, id) == []
    assert one(store).state == "proposed"


def test_a_file_that_cannot_be_read_is_said(store: Store, tmp_path: Path) -> None:
    with pytest.raises(DetenteError, match="cannot be read"):
        apply_file(store, str(tmp_path / "none.jsonl"), "ann")
    (tmp_path / "bad.jsonl").write_bytes(b'{"id": 1}\n\xff')
    with pytest.raises(DetenteError, match="not UTF-8") as caught:
        apply_file(store, str(tmp_path / "bad.jsonl"), "ann")
    assert "bad.jsonl:2" in str(caught.value)


def test_undo_appends_what_was_said_before(store: Store, id: str) -> None:
    decide(store, one(store), "edit", "ann", {"type": "offer"})
    second = decide(store, one(store), "reject", "ann")
    taken = undo(store, "ann", second)
    assert (one(store).state, one(store).fields["type"]) == ("edited", "offer")
    assert taken.undoes == second.num
    first = history(store, id)[0]
    undo(store, "ann", first)
    assert (one(store).state, one(store).fields["type"]) == ("proposed", "precondition")
    assert len(history(store, id)) == 4


def test_names_are_learned_from_what_is_accepted(store: Store) -> None:
    text = "Zorba Karras said that Ruritania would open the pass. The Old Castle rejected it."
    store_text(store, text)
    first, second = in_document(store, 1)
    assert (first.fields["speaker"], first.fields["actors"]) == ("Zorba Karras", ["Ruritania"])
    decide(store, first, "accept", "ann")
    decide(store, second, "edit", "ann", {"actors": ["Freedonia"]})
    assert {(a.alias, a.party, a.role) for a in aliases(store)} >= {
        ("Zorba Karras", "Ruritania", "leader"),
    }
    decide(store, first, "reject", "ann")
    assert "Zorba Karras" not in {a.alias for a in aliases(store)}


def test_a_session_walks_decides_and_takes_back(store: Store) -> None:
    store_text(store, OWN.read_text(encoding="utf-8"), OWN.name)
    session = Session(store, Asked(state="proposed"), "ann")
    count = len(session)
    assert count > 10
    assert not session.move(-1)
    first = session.present
    assert first is not None
    passage = session.passage(first)
    assert passage.text[passage.start : passage.end] == first.fields["text"]
    session.decide("accept")
    assert session.place == 1
    session.decide("reject")
    session.undo()
    assert session.place == 1
    assert session.left() == count - 1
    session.undo()
    assert session.undo() is None
    assert session.left() == count
    assert session.search("recognition") < count
    assert session.search("") == count


def test_recorded_decisions_on_the_article_of_the_project(store: Store) -> None:
    text = OWN.read_bytes().decode("utf-8")
    store_text(store, text, OWN.name)
    span = "It promised to lift them if Pristina withdrew the police and held new local elections"
    first = "Association only after Serbia had taken a step towards recognition"
    place = text.index(first) + len(first)
    found = [s for s in in_document(store, 1) if s.fields["end"] == place]
    assert [s.fields["type"] for s in found] == ["precondition"]
    start = text.index(span)
    apply(
        store,
        {"id": found[0].id, "decision": "accept"},
        {"doc": OWN.name, "start": start, "end": start + len(span), "decision": "edit",
         "fields": {"actors": ["European Union"], "targets": ["Kosovo"],
                    "speaker": "European Union"}, "why": "'it' is the Union"},
    )  # fmt: skip
    states = [item.state for item in in_document(store, 1)]
    assert (states.count("accepted"), states.count("edited")) == (1, 1)
    edited = next(s for s in in_document(store, 1) if s.state == "edited")
    assert edited.fields["actors"] == ["European Union"]


@pytest.mark.skipif(not SEED.exists(), reason="the seed article is not shipped")
def test_recorded_decisions_on_the_seed(store: Store) -> None:
    """The statements of the seed that are found are accepted, the rest is rejected."""
    text = SEED.read_bytes().decode("utf-8")
    store_text(store, text, SEED.name)
    gold = [
        json.loads(line)
        for line in (SEED.parent / "statements.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    lines: list[dict[str, Any]] = []
    for item in in_document(store, 1):
        low, high = item.fields["start"], item.fields["end"]
        same = [g for g in gold if g["span_start"] < high and low < g["span_end"]]
        if not same or same[0]["type"] == "fact":
            lines.append({"id": item.id, "decision": "reject", "why": "no position"})
        elif same[0]["type"] == item.fields["type"]:
            lines.append({"doc": SEED.name, "start": low, "end": high, "decision": "accept"})
        else:
            fields = {"type": same[0]["type"]}
            lines.append({"id": item.id, "decision": "edit", "fields": fields})
    done = apply(store, *lines)
    assert len(done.reviews) == len(lines)
    assert all(item.state != "proposed" for item in in_document(store, 1))
    assert done.count("accepted") >= 10
