"""Statements -> positions: what is wanted, given and refused, and by whom it would be done."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from positions import evidence, order, statements

from detente.reading.gazetteer import Entry
from detente.reading.positions import Atom, Evidence, Position, Positions, find_positions

OURS = [Entry("Ruritania"), Entry("Strelsau")]


def positions(*given: Evidence) -> Positions:
    return find_positions(given, OURS)


def one(*given: Evidence) -> Position:
    found = positions(*given).positions
    assert len(found) == 1
    return found[0]


def test_a_demand_is_about_what_its_target_does() -> None:
    found = one(
        evidence("demand", "Ruritania urged Strelsau to lift the embargo", "Ruritania", "Strelsau")
    )
    assert found.party == "Ruritania"
    assert found.wants == Atom("Strelsau/sanctions_relief")


def test_an_order_makes_the_own_step_wait() -> None:
    found = one(order("the toll was paid", "it would open the pass", "Ruritania", "Strelsau"))
    assert found.gives == Atom("Ruritania/opening")
    assert found.only_if is not None
    assert found.only_if.issue.startswith("Strelsau/")


def test_the_subject_of_the_words_says_who_would_do_it() -> None:
    found = one(order("the last American soldier had left", "negotiate", "Taliban", "Iran"))
    assert found.only_if == Atom("United States/withdrawal", degree="full")


def test_anything_else_waits() -> None:
    found = one(order("a ceasefire", "anything else", "Ruritania", "Strelsau"))
    assert found.everything
    assert found.gives is None


def test_a_refusal_is_about_the_own_deed() -> None:
    found = one(
        evidence("rejection", "Ruritania will not recognise the island", "Ruritania", "Strelsau")
    )
    assert found.wants == Atom("Ruritania/recognition", done=False)


def test_a_refusal_to_do_harm_is_a_promise() -> None:
    found = one(
        evidence("rejection", "they will not allow its soil to be used against others", "Ruritania")
    )
    assert (found.kind, found.wants) == ("commitment", None)
    assert found.gives == Atom("Ruritania/guarantee")


def test_a_demand_is_never_of_the_party_itself() -> None:
    joint = evidence("demand", "mend the weir", "Ruritania", "Ruritania, Strelsau")
    mutual = evidence("demand", "a truce", "Strelsau", "Ruritania", id="s2", start=40)
    alone = evidence("demand", "a truce", "Ruritania", id="s3", start=60)
    found = positions(joint, mutual, alone).positions
    assert found[0].wants == Atom(found[0].atoms[0].issue)
    assert found[0].atoms[0].issue.startswith("Strelsau/")
    assert found[2].wants == Atom("Strelsau/ceasefire", guess=True)


def test_an_endorsement_is_about_whoever_would_do_what_is_demanded() -> None:
    demand = evidence("demand", "complete withdrawal of foreign troops", "Taliban", "United States")
    backing = evidence(
        "endorsement",
        "Iran backs the Taliban demand for a withdrawal",
        "Iran",
        "Taliban",
        id="s2",
        start=90,
    )
    found = positions(demand, backing).positions[1]
    assert found.wants is not None
    assert (found.wants.issue, found.wants.guess) == ("United States/withdrawal", True)


def test_a_threat_unless_says_what_is_wanted() -> None:
    found = one(
        evidence(
            "threat", "will close the port unless the toll is paid", "Ruritania", "Strelsau",
            condition="unless the toll is paid",
        )
    )  # fmt: skip
    assert found.wants is not None
    assert found.wants.done
    assert found.gives == Atom("Ruritania/opening", done=False)


def test_a_fear_is_of_an_attack_and_of_the_war_where_there_is_one() -> None:
    fear = evidence("threat-perception", "Ruritania fears Strelsau", "Ruritania", "Strelsau")
    assert one(fear).wants == Atom("Strelsau/attack", done=False)
    truce = evidence("demand", "a ceasefire", "Ruritania", "Strelsau", id="s2", start=50)
    assert positions(fear, truce).positions[0].wants == Atom("Strelsau/ceasefire")


def test_that_and_the_obstacle_stand_for_what_was_named() -> None:
    said = evidence("accusation", "The obstacle is the occupation of the valley", "Taliban", "Iran")
    ends = evidence("demand", "that should end", "Taliban", "Iran", id="s2", start=50, end=60)
    first = order("the obstacle should be removed", "peace", "Taliban", "Iran", id="s3", start=70)
    found = positions(said, ends, first).positions
    assert found[0].wants == Atom("Iran/withdrawal")
    assert found[1].only_if == Atom("Iran/withdrawal")


def test_a_reviewer_unites_deeds_by_their_issue() -> None:
    a = evidence("demand", "mend the weir", "Ruritania", "Strelsau")
    b = evidence("demand", "look after the river", "Ruritania", "Strelsau", id="s2", start=40)
    assert len(positions(a, b).issues) == 2
    same = [
        evidence("demand", e.text, "Ruritania", "Strelsau", id=e.id, start=e.fields["start"],
                 issue="river works", edited=("issue",))
        for e in (a, b)
    ]  # fmt: skip
    assert [issue.name for issue in positions(*same).issues.values()] == ["river works"]


def test_where_nobody_else_is_spoken_of_the_other_is_not_named() -> None:
    found = one(order("the toll was paid", "it would open the pass", "Ruritania"))
    assert found.gives == Atom("Ruritania/opening")
    assert found.only_if is not None
    assert found.only_if.issue.startswith("Party not named/")
    assert found.only_if.guess


def test_a_red_line_is_firm() -> None:
    assert one(evidence("rejection", "Ruritania will never recognise it", "Ruritania")).firm


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (evidence("demand", "a truce", "Ruritania", "Strelsau", repeat_of="s0"), "repeat"),
        (evidence("accusation", "it broke the truce", "Ruritania", "Strelsau"), "fact"),
        (evidence("offer", "a truce", "Ruritania", "Strelsau", modality="expected"), "hedged"),
        (evidence("demand", "a truce", "author", "Strelsau"), "nobody"),
        (evidence("demand", "do something", "Ruritania", "Strelsau"), "no-deed"),
        (evidence("endorsement", "a truce", "Ruritania"), "no-owner"),
        (evidence("rejection", "none is backing out from its demand", "Ruritania"), "stands"),
    ],
)
def test_what_is_not_used_has_its_reason(given: Evidence, reason: str) -> None:
    found = positions(given)
    assert found.positions == ()
    assert [item.reason for item in found.unused] == [reason]


@given(statements(), st.integers())
def test_every_statement_is_used_or_has_a_reason(given: list[Evidence], seed: int) -> None:
    found = find_positions(given, OURS)
    used = {position.evidence.id for position in found.positions}
    unused = {item.id for item in found.unused}
    assert used | unused == {e.id for e in given}
    for position in found.positions:
        assert position.atoms
        for atom in position.atoms:
            assert found.issues[atom.issue].key == atom.issue
    mixed = list(given)
    random.Random(seed).shuffle(mixed)
    assert find_positions(mixed, OURS) == found
