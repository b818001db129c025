"""The JSON shape and the span conventions of the contract."""

from __future__ import annotations

import json

import pytest

from detente.reading import Entry, entries_from, gazetteer, read
from detente.reading.types import TYPES

RURITANIA = "Ruritania said it would open the pass only after the toll was paid."


def test_contract_sentence_gives_exactly_the_contract_json() -> None:
    found = read(RURITANIA, "news.txt").to_dict()["statements"]
    assert len(found) == 1
    expected = {
        "id": "s1", "doc": "news.txt", "start": 15, "end": 66, "type": "precondition",
        "speaker": "Ruritania", "actors": ["Ruritania"], "targets": [],
        "before": "the toll was paid", "after": "it would open the pass",
        "attribution": "indirect", "quoted": False, "repeat_of": None,
    }  # fmt: skip
    assert {key: found[0][key] for key in expected} == expected


def test_contract_sentence_gives_its_attribution() -> None:
    found = read(RURITANIA, "news.txt").to_dict()["attributions"]
    assert [(a["source"], a["cue"], a["content"]) for a in found] == [
        ([[0, 9]], [[10, 14]], [[15, 66]])
    ]


def test_reading_is_json_and_frozen() -> None:
    reading = read(RURITANIA)
    json.dumps(reading.to_dict())
    with pytest.raises(AttributeError):
        reading.language = "fr"  # type: ignore[misc]


@pytest.mark.parametrize(
    "lead", ["", "😀 ", "\r\n\r\n", "\t", "Intro line that says nothing.\r\n\r\n"]
)
def test_offsets_count_raw_code_points(lead: str) -> None:
    text = lead + RURITANIA
    (statement,) = read(text).statements
    assert text[statement.start : statement.end] == (
        "it would open the pass only after the toll was paid"
    )


ONE_OF_EACH = {
    "demand": "Strelna demanded that Vorland close the camp.",
    "offer": "Strelna offered Vorland a share of the water.",
    "commitment": "Strelna promised to reopen the bridge.",
    "precondition": "Strelna will not sign until Vorland pays the debt.",
    "endorsement": "Strelna backed Vorland's plan for the port.",
    "rejection": "Strelna rejected Vorland's plan for the port.",
    "accusation": "Strelna accused Vorland of arming the gangs.",
    "threat": "Strelna threatened to shut the pipeline.",
    "threat-perception": "Strelna fears that Vorland will dam the river.",
    "concession": "Strelna has dropped its demand for an apology.",
    "cooperation": "Strelna hosted a meeting of the river states.",
}


@pytest.mark.parametrize("kind", [row.name for row in TYPES])
def test_each_type_is_found_with_its_actor(kind: str) -> None:
    text = ONE_OF_EACH[kind]
    found = read(text).statements
    assert [s.type for s in found][:1] == [kind]
    assert found[0].actors == ("Strelna",)
    assert (found[0].start, found[0].end) == (0, len(text) - 1)


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("Strelna will not sign until Vorland pays.", "Vorland pays", "sign"),
        ("Strelna wants a truce before its troops leave.", "a truce", "its troops leave"),
        ("Strelna said it would sign only after Vorland paid.", "Vorland paid", "it would sign"),
        ("Strelna said it would sign once Vorland paid.", "Vorland paid", "it would sign"),
        ("Strelna will not sign unless Vorland pays.", "Vorland pays", "sign"),
        ("Until Vorland pays, Strelna will not sign.", "Vorland pays", "sign"),
        ('"No truce, no talks," a Strelna spokesman said.', "truce", "talks"),
        ('"First the truce, then the talks," a Strelna spokesman said.', "the truce", "the talks"),
        ("Strelna agreed to meet on condition that Vorland paid.", "Vorland paid", "meet"),
        ("Strelna refuses to talk before the siege ends.", "the siege ends", "talk"),
    ],
)
def test_every_form_of_order_puts_the_same_thing_first(text: str, before: str, after: str) -> None:
    statement = next(s for s in read(text).statements if s.before)
    assert (statement.before, statement.after) == (before, after)
    assert statement.type == "precondition"


@pytest.mark.parametrize(
    "text",
    [
        "Strelna wants an answer before Friday.",
        "Strelna demanded a reply before the end of the month.",
        "Strelna did not threaten to leave.",
        "The bank is closed on Mondays.",
    ],
)
def test_dates_negations_and_bare_facts_state_no_order(text: str) -> None:
    assert not any(s.before for s in read(text).statements)


def test_only_then_takes_what_comes_first_from_the_sentence_before() -> None:
    text = '"Vorland must pull back its guards. Only then can we talk," a Strelna envoy said.'
    last = read(text).statements[-1]
    assert (last.type, last.before) == ("precondition", "Vorland must pull back its guards")


def test_two_positions_in_one_sentence_are_two_statements() -> None:
    text = "Strelna demands a new border but refuses to open the dam."
    assert [(s.type, s.text) for s in read(text).statements] == [
        ("demand", "Strelna demands a new border"),
        ("rejection", "refuses to open the dam"),
    ]


def test_endorsed_demand_is_nested_in_the_endorsement() -> None:
    outer, inner = read("Albia backed Strelna's demand for a new border.").statements
    assert (outer.type, outer.actors, outer.targets) == ("endorsement", ("Albia",), ("Strelna",))
    assert (inner.type, inner.actors, inner.nested_in) == ("demand", ("Strelna",), outer.id)


def test_gazetteer_takes_a_users_entries() -> None:
    entry = Entry("Free Valley Front", "movement", leaders=("Old Tom",))
    text = "Old Tom demanded that Strelna leave the valley."
    assert read(text, parties=[entry]).statements[0].actors == ("Free Valley Front",)
    assert gazetteer([entry]).find("old tom") == entry


@pytest.mark.parametrize(
    "item",
    [
        {},
        {"name": " "},
        {"name": "A", "kind": "x"},
        {"name": "A", "alias": "B"},
        {"name": "A", "leaders": 3},
    ],
)
def test_bad_gazetteer_entry_is_refused(item: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="gazetteer entry"):
        entries_from([item])


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("Washington rejected the plan.", "United States"),
        ("The Kremlin rejected the plan.", "Russia"),
        ("Serbian President Aleksandar Vucic rejected the plan.", "Serbia"),
        ("Brazilian Foreign Minister Ana Souza rejected the plan.", "Brazil"),
        ("Ana Souza, a spokeswoman for Hamas, rejected the plan.", "Hamas"),
        ("The Houthis rejected the plan.", "Houthis"),
        ("After talks in Doha, Kabul rejected the plan.", "Afghanistan"),
        ("Strelna on Tuesday rejected the plan.", "Strelna"),
        ("The dock workers' union rejected the plan.", "dock workers' union"),
    ],
)
def test_names_offices_and_capitals_become_parties(text: str, party: str) -> None:
    assert read(text).statements[-1].actors == (party,)


def test_pronouns_and_groups_are_resolved() -> None:
    text = (
        "The Free Valley Front (FVF) met Strelna in Zenda. The group said it would not disarm. "
        "Both sides agreed to meet again."
    )
    first, second, third = read(text).statements
    assert first.actors == ("Free Valley Front",)
    assert second.actors == ("Free Valley Front",)
    assert set(third.actors) == {"Free Valley Front", "Strelna"}


@pytest.mark.parametrize(
    ("text", "attribution", "speaker"),
    [
        ('"We will not sign," Strelna\'s envoy, Jo Roe, said.', "direct", "Jo Roe"),
        ("Strelna said it would not sign.", "indirect", "Strelna"),
        ("Strelna wants Vorland to sign.", "indirect", "Strelna"),
        ("Strelna and Vorland met in Zenda.", "author", "author"),
        ("Strelna must sign the treaty at once.", "author", "author"),
        ("JO ROE: We will not sign the treaty.", "direct", "Jo Roe"),
        ("Diplomats said Strelna had dropped its demand.", "indirect", "unnamed"),
    ],
)
def test_attribution_and_speaker(text: str, attribution: str, speaker: str) -> None:
    statement = read(text).statements[0]
    assert (statement.attribution, statement.speaker) == (attribution, speaker)
