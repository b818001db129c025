"""Precedence: which clauses say that something comes first, and where they go in a circle."""

from __future__ import annotations

import pytest

from detente.analysis.deadlock.precedence import Edge, edges_of, precedence_cycles
from detente.model.case import Case
from detente.model.grammar import OptionNames, parse_statement
from detente.model.loading import parse_case

LAWS = """
detente: 1
parties:
  us:
    options: {{withdrawal: {{levels: [none, partial, full]}}}}
    preferences: {{priorities: {us}}}
  taliban:
    options: {{ceasefire: {{}}, talks: {{}}, framework: {{}}}}
    preferences: {{priorities: {taliban}}}
status_quo: {{}}
infeasible: {infeasible}
"""


def laws(us: str = "[]", taliban: str = "[]", infeasible: str = "[]") -> Case:
    return parse_case(LAWS.format(us=us, taliban=taliban, infeasible=infeasible))


def pairs(case: Case) -> list[tuple[str, str, str | None]]:
    return [(e.before_text, e.after_text, e.party) for e in edges_of(case)]


CEASEFIRE_FIRST = ("taliban.ceasefire = yes", "us.withdrawal != none", "us")


@pytest.mark.parametrize(
    "clause",
    [
        "not withdrawal if not ceasefire",
        "ceasefire if withdrawal",
        "ceasefire or not withdrawal",
        "not withdrawal or ceasefire",
        "not (withdrawal and not ceasefire)",
        "withdrawal = none if ceasefire = no",
        "withdrawal < partial if ceasefire != yes",
        "not (not ceasefire) if not (not withdrawal)",
    ],
)
def test_equivalent_shapes_give_the_same_edge(clause: str) -> None:
    assert pairs(laws(us=f'["{clause}"]')) == [CEASEFIRE_FIRST]


@pytest.mark.parametrize(
    "clause",
    [
        "ceasefire",
        "not withdrawal",
        "withdrawal iff ceasefire",
        "not withdrawal or not ceasefire",
        "withdrawal or ceasefire",
        "withdrawal = full if withdrawal",
    ],
)
def test_other_clauses_say_nothing_about_an_order(clause: str) -> None:
    assert pairs(laws(us=f'["{clause}"]')) == []


def test_levels_and_conjunctions_are_kept() -> None:
    case = laws(us='["not withdrawal = full if not (ceasefire and framework)"]')
    assert pairs(case) == [
        ("taliban.ceasefire = yes and taliban.framework = yes", "us.withdrawal = full", "us")
    ]


def test_infeasible_states_give_edges_said_by_nobody() -> None:
    case = laws(infeasible='["ceasefire and not talks", "-1-1", "--01"]')
    assert pairs(case) == [
        ("taliban.talks = yes", "taliban.ceasefire = yes", None),
        ("taliban.talks = yes", "taliban.framework = yes", None),
    ]


def test_status_quo_decides_what_is_still_to_come() -> None:
    text = LAWS.format(us='["not talks if withdrawal = full"]', taliban="[]", infeasible="[]")
    case = parse_case(text.replace("status_quo: {}", "status_quo: {withdrawal: full}"))
    assert pairs(case) == [("us.withdrawal != full", "taliban.talks = yes", "us")]


def test_edge_carries_its_evidence() -> None:
    clause = "[{statement: not withdrawal if not ceasefire, evidence: [s7, s9]}]"
    (edge,) = edges_of(laws(us=clause))
    assert edge.to_dict() == {
        "before": "taliban.ceasefire = yes",
        "after": "us.withdrawal != none",
        "party": "us",
        "statement": "s7",
        "text": "not withdrawal if not ceasefire",
        "evidence": ["s7", "s9"],
    }


def test_demand_made_twice_keeps_all_its_evidence() -> None:
    first = "{statement: not withdrawal if not ceasefire, evidence: [s1, s2]}"
    again = "{statement: ceasefire or not withdrawal, evidence: [s2, s3]}"
    (edge,) = edges_of(laws(us=f"[{first}, {again}]"))
    assert (edge.statement, edge.evidence) == ("s1", ("s1", "s2", "s3"))
    (late,) = edges_of(laws(us=f"[ceasefire or not withdrawal, {again}]"))
    assert (late.statement, late.evidence) == ("s2", ("s2", "s3"))


# The first case: Washington, a ceasefire and a framework before complete withdrawal; the Taliban,
# complete withdrawal before negotiations; the model, neither without negotiations.
WASHINGTON = '["not withdrawal = full if not (ceasefire and framework)"]'
TALIBAN = '["not talks if not withdrawal = full"]'
MODEL = '["ceasefire and not talks", "framework and not talks"]'


def test_first_case_goes_round_in_two_circles() -> None:
    found = precedence_cycles(laws(WASHINGTON, TALIBAN, MODEL))
    assert [sorted(str(e.party) for e in cycle) for cycle in found] == [
        ["None", "taliban", "us"],
        ["None", "taliban", "us"],
    ]
    middles = {e.after_text for cycle in found for e in cycle if e.party is None}
    assert middles == {"taliban.ceasefire = yes", "taliban.framework = yes"}


def test_cycle_needs_two_parties() -> None:
    own = '["not withdrawal if not ceasefire", "not ceasefire if not withdrawal"]'
    assert precedence_cycles(laws(us=own)) == ()


def test_demand_about_any_level_leads_on_from_the_full_one_only() -> None:
    # "no talks until withdrawal = full" entails withdrawal, so a demand on withdrawal leads on.
    asked = '["not withdrawal if not talks"]'
    assert len(precedence_cycles(laws(asked, TALIBAN))) == 1
    # "no talks until some withdrawal" does not wait for what holds up full withdrawal.
    full = '["not withdrawal = full if not talks"]'
    some = '["not talks if not withdrawal"]'
    assert precedence_cycles(laws(full, some)) == ()


def test_edges_from_elsewhere_take_part() -> None:
    case = laws(WASHINGTON, infeasible=MODEL)
    assert precedence_cycles(case) == ()
    names = OptionNames(case.options)
    said = Edge.of(
        case,
        parse_statement("withdrawal = full", names),
        parse_statement("talks", names),
        "taliban",
        "s3",
    )
    found = precedence_cycles(case, [said])
    assert len(found) == 2
    assert all(said in cycle for cycle in found)
    assert (said.statement, said.evidence) == ("s3", ("s3",))
