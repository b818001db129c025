"""Files from elsewhere: checked as a whole, imported once, never at the cost of what is here."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from articles import OWN, TOLL, store_text
from workspaces import empty

from detente.exchange.errors import ExchangeError
from detente.exchange.table import FORMATS
from detente.reading.text import Document
from detente.sources import SourceText
from detente.store import Store
from detente.store.judging import history
from detente.store.naming import add_alias, add_party, aliases
from detente.store.records import StoredStatement
from detente.store.searching import Filter, find
from detente.workspace.exporting import export
from detente.workspace.importing import Imported, import_bundle
from detente.workspace.incoming import load_bundle
from detente.workspace.naming import load_gazetteer
from detente.workspace.reading import read_texts
from detente.workspace.reviewing import decide
from detente.workspace.statements import Asked

GIFT = "\U0001f381 Zenda offers Strelsau a bridge.\r\nStrelsau refuses the bridge."
NEWS = SourceText("gift.txt", GIFT, "text/plain", "/here/gift.txt")
OFFER = {"doc": "gift.txt", "start": 2, "end": 32, "type": "offer"}
REFUSAL = {"doc": "gift.txt", "start": 35, "end": 62, "type": "rejection"}


def lines(*items: Any) -> str:
    return "".join(json.dumps(item) + "\n" for item in items)


def take(store: Store, text: str, name: str = "jsonl", **options: Any) -> Imported:
    chosen = FORMATS[name]
    assert chosen.read is not None
    return import_bundle(store, chosen.read(text, "mine"), chosen, "bob", **options)


def refused(store: Store, text: str, name: str = "jsonl", **options: Any) -> str:
    """Import what must be refused; nothing may have been written."""
    before = list(store.connection.iterdump())
    with pytest.raises(ExchangeError) as caught:
        take(store, text, name, **options)
    assert list(store.connection.iterdump()) == before
    return str(caught.value)


def only(store: Store) -> StoredStatement:
    (item,) = find(store, Filter()).statements
    return item


def whole(store: Store) -> str:
    return export(store, FORMATS["jsonl"], Asked()).text


# Statements made by hand


def test_four_keys_are_enough(store: Store) -> None:
    report = take(store, lines(OFFER), texts=[NEWS])
    assert (report.statements, report.documents) == (
        {"new": 1, "known": 0},
        {"new": 1, "known": 0},
    )
    item = only(store)
    assert GIFT[2:32] == item.fields["text"] == "Zenda offers Strelsau a bridge"
    assert item.fields["sentence"] == [0, 33]
    assert (item.state, item.fields["extractor"], item.fields["speaker"]) == (
        "proposed",
        "imported",
        "unnamed",
    )
    assert find(store, Filter(search="bridge")).total == 1


def test_everything_that_is_given_is_kept(store: Store) -> None:
    given = {
        "speaker": "The king",
        "actors": ["Zenda"],
        "targets": ["Strelsau"],
        "before": "peace",
        "after": "a bridge",
        "attribution": "direct",
        "quoted": True,
        "issue": "bridge",
        "modality": "hedged",
        "condition": "if it rains",
    }
    take(store, lines({**OFFER, **given}), texts=[NEWS])
    fields = only(store).fields
    assert {key: fields[key] for key in given} == given
    assert find(store, Filter(parties={"zenda"})).total == 1


def test_documents_may_stand_in_the_file(store: Store) -> None:
    text = lines({"record": "document", "name": "gift.txt", "text": GIFT}, OFFER, REFUSAL)
    assert take(store, text).statements["new"] == 2
    assert take(store, text).statements == {"new": 0, "known": 2}


def test_accepted_statements_carry_who_and_when(store: Store) -> None:
    coded = {**OFFER, "by": "ann", "why": "plain"}
    report = take(store, lines(coded, REFUSAL), texts=[NEWS], accepted=True)
    assert report.judgements == 2
    reviews = [history(store, item.id)[0] for item in find(store, Filter()).statements]
    assert [(r.decision, r.by, r.why) for r in reviews] == [
        ("accepted", "ann", "plain"),
        ("accepted", "bob", None),
    ]
    again = take(store, lines(coded, REFUSAL), accepted=True)
    assert (again.judgements, again.conflicts) == (0, [])


def test_links_follow_the_new_ids(store: Store) -> None:
    first, second = {**OFFER, "id": "a"}, {**REFUSAL, "id": "b", "nested_in": "a"}
    take(store, lines(second, first), texts=[NEWS])
    offer, refusal = find(store, Filter()).statements
    assert refusal.fields["nested_in"] == offer.id


def test_two_statements_may_have_one_span(store: Store) -> None:
    both = lines(OFFER, {**OFFER, "type": "commitment"})
    take(store, both, texts=[NEWS])
    found = find(store, Filter()).statements
    assert [item.fields["type"] for item in found] == ["offer", "commitment"]
    report = take(store, both)
    assert (report.statements["new"], report.differing) == (0, [])


def test_a_known_span_with_other_fields_is_reported_and_left(store: Store) -> None:
    take(store, lines(OFFER), texts=[NEWS])
    report = take(store, lines({**OFFER, "type": "demand"}))
    assert [item["fields"] for item in report.differing] == [["type"]]
    assert only(store).fields["type"] == "offer"
    report = take(store, lines({**OFFER, "type": "demand"}), accepted=True)
    assert (report.judgements, report.conflicts) == (1, [])
    item = only(store)
    assert (item.state, item.fields["type"], item.proposal) == (
        "accepted",
        "demand",
        {"type": "offer"},
    )


def test_reading_the_document_keeps_what_was_coded(store: Store) -> None:
    text = OWN.read_bytes().decode("utf-8")
    news = SourceText(OWN.name, text, "text/plain", str(OWN))
    start = text.index("Serbia wants")
    mine = {"doc": OWN.name, "start": start, "end": start + 111, "type": "threat"}
    other = {"doc": OWN.name, "start": 0, "end": 8, "type": "offer"}
    take(store, lines(mine, other), texts=[news])
    read_texts(store, [news], rules_only=True)
    found = find(store, Filter()).statements
    assert len(found) > 10
    kept = {i.fields["start"]: i for i in found if i.fields["extractor"] == "imported"}
    assert {at: item.fields["type"] for at, item in kept.items()} == {start: "threat", 0: "offer"}
    assert all(item.found for item in kept.values())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"end": 13, "text": "Zenda offers"}, "is 'Zenda offer'"),
        ({"start": 2, "end": 500}, "the text has no range [2, 500)"),
        ({"end": 2}, "the text has no range [2, 2)"),
        ({"type": "ofer"}, "did you mean 'offer'?"),
        ({"start": -1}, "'start' must be a whole number"),
        ({"start": True}, "'start' must be a whole number"),
        ({"actors": "Zenda"}, "'actors' must be a list of names"),
        ({"before": "x"}, "'before' and 'after' go together"),
        ({"doc": "gone.txt"}, "the document 'gone.txt' is not here"),
        ({"doc": 3}, "'doc' must be text"),
        ({"nested_in": "zz"}, "'nested_in' is 'zz'"),
        ({"cue": [1]}, "'cue' must be [start, end] or null"),
        ({"confidence": 2}, "'confidence' must be a number from 0 to 1"),
        ({"record": "docment"}, "did you mean 'document'?"),
    ],
)  # fmt: skip
def test_a_wrong_line_stops_everything(store: Store, change: dict[str, Any], said: str) -> None:
    message = refused(store, lines(REFUSAL, {**OFFER, **change}), texts=[NEWS])
    assert said in message
    assert message.startswith("mine:2: ")
    assert "next: " in message


def test_what_is_missing_is_named(store: Store) -> None:
    assert "'type' is missing" in refused(store, lines({"doc": "x", "start": 0, "end": 1}))
    assert "not JSON" in refused(store, '{"doc": "x"')
    assert "no JSON object" in refused(store, "[1]")
    assert "empty" in refused(store, " \n")


def test_keys_that_mean_nothing_are_counted(store: Store) -> None:
    report = take(store, lines({**OFFER, "colour": 1}, {**REFUSAL, "colour": 2}), texts=[NEWS])
    assert report.ignored == {"colour": 2}


# A whole workspace


def test_a_conflict_keeps_both_and_the_one_made_here_stands(store: Store) -> None:
    store_text(store, TOLL)
    with empty() as other:
        take(other, whole(store))
        decide(store, only(store), "reject", "ann", why="a joke")
        decide(other, only(other), "edit", "bea", {"type": "demand"})
        theirs = whole(other)
    report = take(store, theirs)
    (conflict,) = report.conflicts
    assert (conflict["here"]["by"], conflict["here"]["state"]) == ("ann", "rejected")
    assert (conflict["there"]["by"], conflict["there"]["state"]) == ("bea", "edited")
    said = [(r.by, r.decision) for r in history(store, only(store).id)]
    assert said == [("ann", "rejected"), ("bea", "edited"), ("bob", "rejected")]
    assert only(store).state == "rejected"
    again = take(store, theirs)
    assert (again.judgements, again.conflicts) == (0, [])


def test_a_judgement_on_another_proposal_means_the_same(store: Store) -> None:
    store_text(store, TOLL)
    with empty() as other:
        take(other, whole(store))
        decide(other, only(other), "accept", "bea")
        theirs = whole(other)
    num, proposed = store.rows("SELECT num, proposed FROM statements")[0]
    changed = json.dumps({**json.loads(proposed), "type": "threat"})
    store.connection.execute("UPDATE statements SET proposed = ? WHERE num = ?", (changed, num))
    take(store, theirs)
    item = only(store)
    assert (item.state, item.fields["type"]) == ("accepted", "precondition")
    assert item.proposal == {"type": "threat"}
    assert take(store, theirs).judgements == 0


def test_judgements_are_appended_in_the_order_they_were_made(store: Store) -> None:
    take(store, lines(OFFER, REFUSAL), texts=[NEWS])
    first, second = find(store, Filter()).statements
    for item, decision in [(second, "accept"), (first, "reject"), (second, "reopen")]:
        decide(store, item, decision, "ann")
    with empty() as other:
        take(other, whole(store))
        rows = other.rows("SELECT statement, decision FROM reviews ORDER BY num")
        assert [tuple(row) for row in rows] == [
            (second.id, "accepted"),
            (first.id, "rejected"),
            (second.id, "reopened"),
        ]


def test_names_that_mean_another_party_here_stay(store: Store, tmp_path: Path) -> None:
    book = tmp_path / "book.yaml"
    book.write_text("- {name: Zenda, kind: state, aliases: [the Castle]}\n", encoding="utf-8")
    with empty() as other:
        load_gazetteer(other, str(book))
        theirs = whole(other)
    with store.writing() as db:
        add_party(db, "Zenda", "body", "user")
        add_alias(db, "the Castle", "Strelsau", "alias", "user")
    report = take(store, theirs)
    assert [(t["kind"], t["here"], t["there"]) for t in report.taken] == [
        ("party", "body", "state"),
        ("alias", "Strelsau", "Zenda"),
    ]
    assert [(a.alias, a.party) for a in aliases(store)] == [("the Castle", "Strelsau")]


def test_a_place_with_another_text_here_is_not_taken_over(store: Store) -> None:
    store_text(store, TOLL, place="/here/news.txt")
    with empty() as other:
        store_text(other, TOLL + " Strelsau agreed.", place="/here/news.txt")
        theirs = whole(other)
    report = take(store, theirs)
    assert report.taken == [{"kind": "place", "name": "/here/news.txt", "there": "news.txt"}]
    assert report.documents["new"] == 1
    assert store.rows("SELECT document FROM sources")[0][0] == 1


def tampered(change: Callable[[list[dict[str, Any]]], object]) -> str:
    with empty() as other:
        store_text(other, TOLL)
        decide(other, only(other), "accept", "ann")
        items = [json.loads(line) for line in whole(other).splitlines()]
    change(items)
    return lines(*items)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda i: i[0].update(version=2), "this Détente knows version 1"),
        (lambda i: i[0].update(detente="case"), "no export of statements"),
        (lambda i: i.pop(), "the header says 3 lines, there are 2"),
        (lambda i: i[1].update(text=i[1]["text"] + " "), "is not the one of 'sha256'"),
        (lambda i: i[2].update(start=16), "of the document is not 'text'"),
        (lambda i: i[2].update(id="s" + "a" * 12), "there is no statement"),
        (lambda i: [i[2].update(id="sx"), i[3].update(statement="sx")], "is not the id of"),
        (lambda i: i[2].update(state="rejected"), "its last judgement says 'accepted'"),
        (lambda i: i[2].pop("type"), "'type' is missing"),
        (lambda i: i[3].update(decision="accept"), "did you mean 'accepted'?"),
        (lambda i: i[3].update(undoes=7), "there is no judgement 7 to undo"),
        (lambda i: i[3].update(fields={"colour": 1}), "'fields' holds fields"),
        (lambda i: i.reverse() or i.insert(0, i.pop()), "there is no statement"),
        (lambda i: i[1].update(lines=[{}]), "'lines' must be a list of objects"),
    ],
)  # fmt: skip
def test_a_file_that_was_tampered_with_is_refused(
    store: Store, change: Callable[[list[dict[str, Any]]], object], said: str
) -> None:
    assert said in refused(store, tampered(change))


def test_half_of_a_surrogate_pair_comes_back(store: Store) -> None:
    text = "\ud83d\ude00 " + TOLL + " \ud83d"
    store_text(store, text)
    with empty() as other:
        theirs = whole(store)
        take(other, theirs)
        assert whole(other) == theirs
        assert bytes(other.rows("SELECT raw FROM documents")[0][0]) == text.encode(
            "utf-8", "surrogatepass"
        )


# Annotations of the W3C, and DNA


def annotation(selectors: list[dict[str, Any]], **more: Any) -> str:
    item = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "type": "Annotation",
        "body": {"type": "TextualBody", "purpose": "tagging", "value": "offer"},
        "target": {"source": "https://example.org/gift.txt", "selector": selectors},
        **more,
    }
    return json.dumps([item])


def position(start: int, end: int) -> dict[str, Any]:
    return {"type": "TextPositionSelector", "start": start, "end": end}


def quotation(exact: str, prefix: str = "", suffix: str = "") -> dict[str, Any]:
    return {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix}


def test_an_annotation_of_another_program_is_found_by_its_words(store: Store) -> None:
    text = annotation(
        [position(900, 930), quotation("Zenda offers")], creator={"type": "Person", "name": "ann"}
    )
    report = take(store, text, "w3c", texts=[NEWS], accepted=True)
    assert (report.moved, report.statements["new"]) == (1, 1)
    item = only(store)
    assert (item.fields["start"], item.fields["type"]) == (2, "offer")
    assert history(store, item.id)[0].by == "ann"


def test_positions_in_utf16_are_recognised(store: Store) -> None:
    report = take(
        store, annotation([position(3, 15), quotation("Zenda offers")]), "w3c", texts=[NEWS]
    )
    assert (report.moved, report.units) == (0, 1)
    assert only(store).fields["start"] == 2


def test_a_link_to_a_statement_that_is_not_in_the_file_is_kept_or_counted(store: Store) -> None:
    take(store, lines({**OFFER, "id": "a"}, {**REFUSAL, "nested_in": "a"}), texts=[NEWS])
    offer, refusal = find(store, Filter()).statements
    text = export(store, FORMATS["w3c"], Asked(type="rejection")).text
    for shift, link, ignored in [("", offer.id, {}), ("Late. ", None, {"nested_in": 1})]:
        with empty() as other:
            news = SourceText("gift.txt", shift + GIFT, "text/plain", "/here/gift.txt")
            report = take(other, text, "w3c", texts=[news])
            assert (only(other).fields["nested_in"], report.ignored) == (link, ignored)
            assert (only(other).id == refusal.id) is (not shift)


def test_prefix_and_suffix_tell_which_words_are_meant(store: Store) -> None:
    for words, start in [
        (quotation("bridge", "Strelsau a "), 26),
        (quotation("bridge", "the "), 56),
    ]:
        with empty() as other:
            take(other, annotation([words]), "w3c", texts=[NEWS])
            assert only(other).fields["start"] == start
    report = take(store, annotation([quotation("bridge")]), "w3c", texts=[NEWS])
    assert "stand 2 times" in report.refused[0]["why"]
    assert find(store, Filter()).total == 0


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (annotation([quotation("a dam")]), "its words are not in the text"),
        (annotation([quotation("")]), "its words are empty"),
        (annotation([]), "neither position nor words are given"),
        (annotation([position(2, 5)], target={"source": "other.txt"}), "'other.txt' is not here"),
        (annotation([position(2, 5)], body=[]), "no type of statement is given"),
    ],
)
def test_what_is_not_found_is_listed(store: Store, text: str, why: str) -> None:
    report = take(store, text, "w3c", texts=[NEWS])
    assert why in report.refused[0]["why"]
    assert report.statements["new"] == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "not JSON"),
        ('{"type": "Dataset"}', "no annotation of the W3C model"),
        ('{"type": "AnnotationCollection", "first": "page1"}', "only named, not included"),
        ('{"type": "Annotation", "target": ["a", "b"]}', "has 2 targets"),
        (annotation([position(-1, 2)]), "whole numbers"),
    ],
)
def test_a_file_that_is_no_annotation_is_refused(store: Store, text: str, said: str) -> None:
    assert said in refused(store, text, "w3c")


DNA = (
    '"statement_id";"time";"person";"organization";"concept";"agreement";"start_position";'
    '"stop_position";"text";"coder";"document_id";"document_title"\n'
)


def test_an_event_list_of_dna_is_found_in_the_texts(store: Store) -> None:
    text = DNA + (
        '7;2019-05-28 10:00:00;"Rudolf";"Zenda";"bridge";1;3;33;"Zenda offers Strelsau a bridge";1;'
        '1;"gift.txt"\n'
        '8;2019-05-28 10:00:00;"";"Strelsau";"bridge";0;999;1020;"Strelsau refuses the bridge";1;'
        '1;"gift.txt"\n'
    )
    report = take(store, text, "dna-csv", texts=[NEWS])
    assert (report.statements["new"], report.moved, report.units) == (2, 1, 0)
    offer, refusal = find(store, Filter()).statements
    assert (offer.fields["type"], offer.fields["speaker"]) == ("endorsement", "Rudolf")
    assert (refusal.fields["type"], refusal.fields["actors"]) == ("rejection", ["Strelsau"])
    assert (offer.fields["issue"], offer.date, offer.state) == ("bridge", "2019-05-28", "proposed")


def test_dna_writes_other_quotes_and_semicolons(store: Store) -> None:
    news = SourceText("q.txt", 'They said "no; never" again.', "text/plain", "/q.txt")
    row = '1;2019-05-28 00:00:00;"";"Zenda";"war";0;;;"\'no, never\'";1;1;"q.txt"\n'
    take(store, DNA + row, "dna-csv", texts=[news])
    assert only(store).fields["text"] == '"no; never"'


def test_rows_that_differ_by_organization_are_one_statement(store: Store) -> None:
    row = '{};2019-05-28 00:00:00;"";"{}";"bridge";1;3;15;"Zenda offers";1;1;"gift.txt"\n'
    take(store, DNA + row.format(1, "Zenda") + row.format(2, "Hentzau"), "dna-csv", texts=[NEWS])
    assert only(store).fields["actors"] == ["Zenda", "Hentzau"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('"organization";"agreement"\n"Zenda";1\n', "there is no column 'text'"),
        (DNA + "1;2\n", "this row has 2 cells, the header 12"),
        (DNA.replace('"statement_id";', "") .replace("\n", "") + '\n;;"Z";"b";2;;;"x";1;1;"t"\n',
         "'2' is no 'agreement'"),
        ("", "the file is empty"),
        ('"a"x;"b"\n', "no comma-separated file"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_event_list_is_refused(store: Store, text: str, said: str) -> None:
    assert said in refused(store, text, "dna-csv")


@pytest.mark.parametrize("name", ["dna-graphml", "plover"])
def test_a_format_that_holds_too_little_says_why(name: str) -> None:
    with pytest.raises(ExchangeError, match=f"{name} cannot be imported: an? "):
        load_bundle("any", FORMATS[name])


def test_the_fingerprint_is_that_of_the_reader() -> None:
    from detente.exchange.documents import fingerprint

    assert fingerprint(GIFT + "\ud83d") == Document("x", GIFT + "\ud83d").sha256
