"""Positions -> a draft: a valid case, cited line by line, that says what it does not know."""

from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from positions import evidence, order, statements

from detente.analysis.deadlock.precedence import edges_of, precedence_cycles
from detente.engine.compile import compile_case
from detente.model.case import UNREVIEWED as MARK
from detente.model.case import Case
from detente.reading.drafting import Draft, draft
from detente.reading.gazetteer import Entry
from detente.reading.positions import Evidence, find_positions
from detente.report.draft_file import draft_title, draft_yaml
from detente.workspace.casefiles import loads

OURS = [Entry("Ruritania"), Entry("Strelsau")]


def drafted(*given: Evidence, most: int = 10, **more: object) -> Draft:
    return draft(find_positions(given, OURS), given, most=most, **more)  # type: ignore[arg-type]


def case_of(made: Draft) -> Case:
    return loads(draft_yaml(made, draft_title(made), MARK))


FIRST = order("a ceasefire", "all its troops are withdrawn", "Ruritania", "Strelsau", id="s1")
SECOND = order(
    "the last Ruritania soldier has left", "peace", "Strelsau", "Ruritania", id="s2", start=90
)


def test_two_orders_that_cross_are_a_cycle_with_their_evidence() -> None:
    case = case_of(drafted(FIRST, SECOND))
    (cycle,) = precedence_cycles(case)
    assert {(edge.party, edge.statement) for edge in cycle} == {
        ("ruritania", "s1"),
        ("strelsau", "s2"),
    }


def test_priorities_stand_in_the_order_of_their_kinds() -> None:
    made = drafted(
        FIRST,
        SECOND,
        evidence("demand", "pay for the bridge", "Ruritania", "Strelsau", id="s3", start=120),
        evidence("rejection", "will never recognise the island", "Ruritania", id="s4", start=140),
        evidence("rejection", "will not mend the weir", "Ruritania", id="s5", start=160),
    )
    (party,) = (party for party in made.parties if party.name == "Ruritania")
    assert [(clause.kind, clause.text) for clause in party.clauses] == [
        ("red-line", "not recognition"),
        ("order", "not withdrawal if not ceasefire"),
        ("want", "ceasefire"),
        ("want", "pay_bridge"),
        ("refusal", "not mend_weir"),
        ("cost", "not withdrawal"),
    ]


def test_a_wish_that_more_statements_state_comes_first() -> None:
    made = drafted(
        evidence("demand", "mend the weir", "Ruritania", "Strelsau", id="s1"),
        evidence("demand", "pay for the bridge", "Ruritania", "Strelsau", id="s2", start=30),
        evidence("demand", "payment for the bridge", "Ruritania", "Strelsau", id="s3", start=60),
    )
    assert [c.text for c in made.parties[0].clauses] == ["pay_bridge", "mend_weir"]


def test_levels_follow_the_words() -> None:
    part = evidence("demand", "release half of the prisoners", "Ruritania", "Strelsau", id="s1")
    whole = evidence("demand", "release all prisoners", "Ruritania", "Strelsau", id="s2", start=50)
    assert drafted(part).options[0].levels == ("no", "yes")
    assert drafted(whole).options[0].levels == ("none", "full")
    both = drafted(part, whole)
    assert both.options[0].levels == ("none", "partial", "full")
    (texts,) = ({clause.text for clause in p.clauses} for p in both.parties if p.clauses)
    assert texts == {"prisoner_release", "prisoner_release = full"}


def test_a_promise_and_a_concession_are_where_things_stand() -> None:
    want = evidence("demand", "lift the embargo", "Strelsau", "Ruritania", id="s3", start=90)
    promise = evidence("commitment", "it will hold its fire", "Ruritania", "Strelsau", id="s1")
    given_up = evidence(
        "concession", "it talks directly with us", "Ruritania", "Strelsau", id="s2", start=50
    )
    made = drafted(promise, given_up, want)
    status = {option.id: (option.levels, option.status) for option in made.options}
    assert status["ceasefire"] == (("none", "promised", "done"), "promised")
    assert status["direct_talks"] == (("no", "yes"), "yes")
    (other,) = (party for party in made.parties if party.name == "Strelsau")
    assert {c.text for c in other.clauses if c.kind == "gain"} == {
        "ceasefire = done",
        "ceasefire",
        "direct_talks",
    }


def test_only_who_wants_things_of_one_another_sits_at_the_table() -> None:
    backing = evidence(
        "endorsement", "Iran backs the withdrawal", "Iran", "Strelsau", id="s3", start=150
    )
    fear = evidence("threat-perception", "fears it", "Strelsau", "ISIS", id="s4", start=170)
    made = drafted(FIRST, SECOND, backing, fear)
    outside = {party.name: party.outside for party in made.parties}
    assert outside == {"Ruritania": False, "Strelsau": False, "Iran": True, "ISIS": True}
    assert [option.key for option in made.options if option.owner == "isis"] == ["isis.attack"]
    seated = drafted(FIRST, SECOND, backing, table=("Iran", "Strelsau"))
    assert {p.name for p in seated.parties if not p.outside} == {"Iran", "Strelsau"}


def test_what_cannot_be_taken_back_is_stated_or_asked_for() -> None:
    assert not any(option.forward for option in drafted(FIRST, SECOND).options)
    asked = drafted(FIRST, SECOND, lasting={"withdrawal"})
    assert [option.key for option in asked.options if option.forward] == ["ruritania.withdrawal"]
    stated = drafted(
        evidence("offer", "it would scrap the dam irreversibly", "Ruritania", "Strelsau"), SECOND
    )
    assert "scrap_dam" in {option.id for option in stated.options if option.forward}


def test_a_settlement_needs_negotiations() -> None:
    made = drafted(
        evidence("demand", "a political settlement", "Ruritania", "Strelsau", id="s1"),
        order("the troops leave", "negotiations go on", "Strelsau", "Ruritania", id="s2", start=50),
    )
    assert [law.text for law in made.infeasible] == ["settlement and not negotiations"]


def test_anything_else_waits_means_every_own_option() -> None:
    made = drafted(
        order("a ceasefire", "anything else", "Ruritania", "Strelsau", id="s1"),
        evidence("demand", "lift the embargo", "Strelsau", "Ruritania", id="s2", start=50),
        evidence("demand", "pay for the bridge", "Strelsau", "Ruritania", id="s3", start=90),
    )
    (party,) = (party for party in made.parties if party.name == "Ruritania")
    assert {clause.text for clause in party.clauses if clause.kind == "order"} == {
        "not sanctions_relief if not ceasefire",
        "not pay_bridge if not ceasefire",
    }


def test_a_party_that_wants_and_does_not_want_is_asked_about() -> None:
    made = drafted(
        evidence("demand", "a ceasefire", "Ruritania", "Strelsau", id="s1"),
        evidence("demand", "a truce now", "Ruritania", "Strelsau", id="s2", start=30),
        evidence("demand", "not a ceasefire", "Ruritania", "Strelsau", id="s3", start=60),
    )
    conflicts = [q for q in made.questions if q.kind == "conflict"]
    assert [(q.options, q.evidence) for q in conflicts] == [(("strelsau.ceasefire",), ("s3",))]


def test_what_is_left_out_is_listed() -> None:
    many = [
        evidence("demand", f"mend weir{chr(97 + k)}", "Ruritania", "Strelsau", id=f"s{k}", start=k)
        for k in range(5)
    ]
    made = drafted(*many, most=3)
    assert len(made.options) == 3
    assert [(item.reason, item.evidence) for item in made.left_out] == [
        ("limit", ("s3",)),
        ("limit", ("s4",)),
    ]


def test_an_unreviewed_draft_says_so_and_a_reviewed_one_does_not() -> None:
    assert not case_of(drafted(FIRST, SECOND)).about.startswith(MARK)
    open_ = replace(FIRST, state="proposed")
    case = case_of(drafted(open_, SECOND))
    assert case.about.startswith(f"{MARK}: 1 of the 2 statements")


@settings(max_examples=50)
@given(statements(), st.integers(1, 12), st.integers())
def test_every_draft_is_a_case_and_cites_statements(
    given: list[Evidence], most: int, seed: int
) -> None:
    positions = find_positions(given, OURS)
    made = draft(positions, given, most=most)
    if not made.options:
        assert not made.infeasible
        return
    text = draft_yaml(made, draft_title(made), MARK)
    assert max(map(len, text.splitlines())) <= 140  # an option's key may be long, prose is not
    case = loads(text)
    compile_case(case)
    assert case.status_quo is not None
    assert len(case.options) <= most
    ids = {e.id for e in given}
    for party in case.parties:
        assert party.evidence
        assert set(party.evidence) <= ids
        for option in party.options:
            assert option.evidence
            assert set(option.evidence) <= ids
        for clause in getattr(party.preferences, "clauses", ()):
            assert clause.evidence
            assert set(clause.evidence) <= ids
    unread = {e.id for e in given if e.state == "proposed"} & set(made.cited)
    assert (MARK in case.about) == bool(unread)
    mixed = list(given)
    random.Random(seed).shuffle(mixed)
    assert draft(find_positions(mixed, OURS), given, most=most) == made


def _waits(text: str) -> bool:
    """Tell whether a clause says that one thing waits until another is done."""
    after, before = text.split(" if ")
    return after.startswith("not ") and before.startswith("not ")


@settings(max_examples=40)
@given(statements())
def test_every_order_of_the_texts_is_an_edge_of_the_case(given: list[Evidence]) -> None:
    """The second way: what the draft writes is what precedence reads, from the definition."""
    positions = find_positions(given, OURS)
    made = draft(positions, given, most=20)
    if not made.options:
        return
    case = case_of(made)
    edges = {(edge.party, edge.statement) for edge in edges_of(case)}
    ids = {party.name: party.id for party in made.parties}
    for party in made.parties:
        for clause in party.clauses:
            if clause.kind == "order" and _waits(clause.text):
                assert any((ids[party.name], id) in edges for id in clause.evidence), clause


PART = evidence("concession", "it has withdrawn some of its troops", "Ruritania", "Strelsau")
WHOLE = evidence(
    "demand", "the withdrawal of all troops", "Strelsau", "Ruritania", id="s2", start=50
)


def test_what_was_conceded_in_part_is_done_in_part() -> None:
    (option,) = drafted(PART, WHOLE).options
    assert (option.levels, option.status) == (("none", "partial", "full"), "partial")
    waits = order(
        "a ceasefire", "withdraw the remaining troops", "Ruritania", "Strelsau", id="s3", start=90
    )
    made = drafted(PART, WHOLE, waits)
    assert {option.id: option.status for option in made.options}["withdrawal"] == "partial"
    texts = {clause.text for party in made.parties for clause in party.clauses}
    assert "not withdrawal = full if not ceasefire" in texts


def test_nobody_is_presumed_to_like_what_it_is_told_not_to_want() -> None:
    made = drafted(
        evidence("commitment", "it will hold talks", "Ruritania", "Strelsau", id="s4"),
        evidence("rejection", "Strelsau rejects talks by Ruritania", "Strelsau", id="s2", start=50),
        FIRST,
    )
    (other,) = (party for party in made.parties if party.name == "Strelsau")
    texts = [clause.text for clause in other.clauses]
    assert not any(f"not {text}" in texts for text in texts)


def test_an_order_of_which_a_half_was_lost_is_asked_about() -> None:
    made = drafted(order("a ceasefire", "do it", "Ruritania", "Strelsau", text="…"), WHOLE)
    assert [q.evidence for q in made.questions if q.kind == "order-lost"] == [("s1",)]
