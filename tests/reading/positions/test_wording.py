"""Who would do it and which way round: the ways in which news puts the same thing."""

from __future__ import annotations

import pytest
from positions import evidence, order

from detente.reading.gazetteer import Entry
from detente.reading.positions import Evidence, Position, find_positions
from detente.reading.positions.deeds import deed_of

OURS = [Entry("Ruritania"), Entry("Strelsau"), Entry("Velland")]


def first(*given: Evidence) -> Position:
    return find_positions(given, OURS).positions[0]


@pytest.mark.parametrize(
    ("id", "done", "undone"),
    [
        (
            "ceasefire",
            [
                *("cease fire", "a cease-fire", "the war ends", "the war is over"),
                *("stop attacks", "the guns fall silent"),
            ],
            ["resume the attacks", "break the ceasefire"],
        ),
        (
            "withdrawal",
            [
                *("pull out of the valley", "withdraw", "Ruritania out of the valley"),
                *("pull back its troops", "the troops go home"),
            ],
            ["keep its troops there", "the occupation"],
        ),
        (
            "end_of_strike",
            ["end the strike", "the strike is over", "return to work"],
            ["go on strike"],
        ),
        (
            "negotiations",
            ["return to the table", "hold talks"],
            ["boycott the talks", "end the peace talks"],
        ),
        ("elections", ["hold elections"], ["postpone elections"]),
        ("inspections", ["admit inspectors"], ["expel the inspectors"]),
        (
            "prisoner_release",
            ["free the prisoners", "any hostage is freed"],
            ["prisoners stay in jail"],
        ),
        ("sanctions_relief", ["lift sanctions", "sanctions are lifted"], ["impose sanctions"]),
    ],
)
def test_active_passive_and_opposite(id: str, done: list[str], undone: list[str]) -> None:
    for phrase in (*done, *undone):
        deed = deed_of(phrase)
        assert deed is not None, phrase
        assert (deed.id, deed.done) == (id, phrase in done), phrase


@pytest.mark.parametrize(
    ("phrase", "id"),
    [
        ("strike a deal", "end_of_strike"),
        ("a transition to renewable energy", "power_sharing"),
        ("the evacuation of civilians", "withdrawal"),
        ("give weapons to the rebels", "disarmament"),
        ("out of the question", "withdrawal"),
        ("run trains during the strike", "end_of_strike"),
    ],
)
def test_words_that_only_look_like_a_deed(phrase: str, id: str) -> None:
    deed = deed_of(phrase)
    assert deed is None or deed.id != id


def test_a_thing_in_its_own_words_can_be_ended_or_kept() -> None:
    ended, kept, imposed = (deed_of(f"{verb} its veto") for verb in ("lift", "keep", "impose"))
    assert ended is not None
    assert kept is not None
    assert imposed is not None
    assert ended.stems == kept.stems == imposed.stems
    assert (ended.done, kept.done, imposed.done) == (True, False, False)
    assert ended.name == "lift veto"


@pytest.mark.parametrize(
    ("text", "issue", "done"),
    [
        ("Ruritania rejects Strelsau's demand to disarm", "Ruritania/disarmament", False),
        ("Ruritania has rejected a Strelsau call for elections", "Ruritania/elections", False),
        ("Ruritania will not accept any sanctions", "Strelsau/sanctions_relief", True),
        ("Ruritania rejects the occupation of the valley", "Strelsau/withdrawal", True),
        ("Ruritania rejects a withdrawal by Velland", "Velland/withdrawal", False),
        ("Ruritania opposes the evacuation of Velland troops", "Velland/withdrawal", False),
        ("Ruritania will not release the prisoners", "Ruritania/prisoner_release", False),
    ],
)  # fmt: skip
def test_whose_deed_is_refused(text: str, issue: str, done: bool) -> None:
    also = evidence("demand", "a truce", "Velland", "Ruritania", id="s2", start=400)
    wants = first(evidence("rejection", text, "Ruritania", "Strelsau"), also).wants
    assert wants is not None
    assert (wants.issue, wants.done) == (issue, done)


def test_the_subject_of_the_first_verb_would_do_it() -> None:
    also = evidence("demand", "a truce", "Strelsau", "Ruritania", id="s2", start=400)
    found = first(order("Strelsau recognises it", "form the council", "Ruritania"), also)
    assert found.only_if is not None
    assert found.only_if.issue == "Strelsau/recognition"
    third = evidence("demand", "a truce", "Velland", "Ruritania", id="s2", start=400)
    given = first(order("peace", "Velland lifts sanctions", "Strelsau", "Ruritania"), third)
    assert given.gives is not None
    assert given.gives.issue == "Velland/sanctions_relief"


def test_a_price_is_a_condition() -> None:
    text = "Ruritania would lift sanctions in return for an end to enrichment"
    found = first(evidence("offer", text, "Ruritania", "Strelsau"))
    assert found.gives is not None
    assert found.only_if is not None
    assert (found.gives.issue, found.only_if.issue) == (
        "Ruritania/sanctions_relief",
        "Strelsau/nuclear_limits",
    )
    assert found.only_if.done


def test_as_long_as_means_until_it_is_over() -> None:
    said = order(
        "Strelsau enriches uranium", "lift sanctions", "Ruritania", "Strelsau",
        text="Ruritania will not lift sanctions as long as Strelsau enriches uranium",
    )  # fmt: skip
    found = first(said)
    assert found.only_if is not None
    assert (found.only_if.issue, found.only_if.done) == ("Strelsau/nuclear_limits", True)


def test_a_condition_is_not_what_the_issue_is_about() -> None:
    threat = evidence(
        "threat",
        "Ruritania will raise tariffs if Strelsau does not drop the investigation",
        "Ruritania",
        "Strelsau",
        condition="if Strelsau does not drop the investigation",
        issue="tariffs",
    )
    found = first(threat)
    assert found.wants is not None
    assert (found.wants.issue.split("/")[0], found.wants.done) == ("Strelsau", True)
    assert "tariffs" not in found.wants.issue


def test_every_addressee_that_is_named_counts() -> None:
    text = "Ruritania demands that Strelsau and Velland hold elections"
    found = find_positions([evidence("demand", text, "Ruritania", "Strelsau, Velland")], OURS)
    assert set(found.issues) == {"Strelsau/elections", "Velland/elections"}


def test_what_a_party_wants_to_do_is_its_own_deed() -> None:
    kept = first(evidence("demand", "Ruritania wants to keep its veto", "Ruritania", "Strelsau"))
    assert kept.wants is not None
    assert kept.wants.issue.startswith("Ruritania/")
    assert not kept.wants.done
    talks = first(evidence("demand", "Ruritania wants to hold talks", "Ruritania"))
    assert (talks.kind, talks.wants) == ("commitment", None)


def test_giving_up_a_refusal_is_no_deed() -> None:
    dropped = evidence("concession", "Ruritania dropped its refusal to free prisoners", "Ruritania")
    assert [item.reason for item in find_positions([dropped], OURS).unused] == ["dropped"]
