"""Two cases side by side."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path

import pytest
from strategies_cases import seeded

import detente
from detente.analysis.comparison import compare
from detente.analysis.inverse.preference_changes import adjacent_swaps, apply_swap
from detente.model.case import Case
from detente.model.errors import CaseError
from detente.model.loading import parse_case

CASES = Path(__file__).resolve().parents[2] / "cases"

EXCHANGE = """
detente: 1
title: Exchange
parties:
  us:
    options: {withdrawal: {levels: [none, full], moves: forward}}
    preferences: {ranking: ["01", "11", "00", "10"]}
  taliban:
    options: {ceasefire: {levels: [none, full]}}
    preferences: {ranking: ["10", "11", "00", "01"]}
status_quo: {}
"""


@pytest.fixture(scope="module")
def exchange() -> Case:
    return parse_case(EXCHANGE)


def edited(*changes: tuple[str, str]) -> Case:
    text = EXCHANGE
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return parse_case(text)


def found(a: Case, b: Case) -> set[tuple[str, str, str]]:
    return {(c.element, c.id, c.aspect) for c in compare(a, b).changes}


def test_a_case_does_not_differ_from_itself(models: range) -> None:
    for seed in models[::2]:
        case = parse_case(seeded(seed).text())
        result = compare(case, case)
        assert result.same_model
        assert not result.diagnosis.changed
        assert not any(change.changed for change in result.equilibria.values())
        assert not result.states.only_a
        assert not result.states.only_b
        assert json.loads(json.dumps(result.to_dict())) == result.to_dict()


def test_order_of_parties_and_options_does_not_matter(models: range) -> None:
    for seed in models[::2]:
        drawn = seeded(seed)
        one = parse_case(drawn.text())
        two = parse_case(drawn.shuffled(random.Random(seed)).text())
        result = compare(one, two)
        assert result.same_model, [c.to_dict() for c in result.changes]
        assert not any(change.changed for change in result.equilibria.values())


def test_equilibria_are_those_of_the_two_cases(models: range) -> None:
    """Whatever changes, kept, lost and only_a make up the equilibria of A, and so for B."""
    for seed in models[::2]:
        a = parse_case(seeded(seed).text())
        b = parse_case(seeded(seed + 1).text())
        result = compare(a, b)
        one, two = detente.solve(a), detente.solve(b)
        for name, change in result.equilibria.items():
            kept = [s for s, _ in change.kept]
            assert sorted([*kept, *change.lost, *change.only_a]) == sorted(one[name].equilibria)
            kept = [t for _, t in change.kept]
            assert sorted([*kept, *change.gained, *change.only_b]) == sorted(two[name].equilibria)
            assert set(change.lost) <= set(result.states.pairs)
            assert set(change.only_a) <= set(result.states.only_a)


def test_swap_is_reported_as_a_change_of_order(exchange: Case) -> None:
    result = compare(exchange, apply_swap(exchange, "taliban", "11", "10"))
    (change,) = result.changes
    assert (change.element, change.id, change.aspect) == ("preferences", "taliban", "order")
    assert change.before == [["10"], ["11"], ["00"], ["01"]]
    assert change.after == [["11"], ["10"], ["00"], ["01"]]
    seq = result.equilibria["seq"]
    assert (seq.kept, seq.lost, seq.gained) == ((("00", "00"),), ("10",), ("11",))
    assert result.diagnosis.a is not None
    assert result.diagnosis.b is not None
    assert (result.diagnosis.a.kind, result.diagnosis.b.kind) == ("enforcement-problem", "open")
    assert result.diagnosis.kinds == (("11", "11", "enforcement-problem", "open"),)
    assert result.diagnosis.changed
    assert result.diagnosis.same_witness


def test_every_swap_changes_one_order_only(models: range) -> None:
    for seed in models[::4]:
        case = parse_case(seeded(seed, most=12).text())
        for party in case.party_ids:
            for raised, above in list(adjacent_swaps(case, party))[:3]:
                changed = apply_swap(case, party, raised, above)
                assert found(case, changed) == {("preferences", party, "order")}
                assert found(changed, case) == {("preferences", party, "order")}


def test_the_same_order_in_other_words_is_no_change(exchange: Case) -> None:
    priorities = detente.load(CASES / "us-taliban-2019" / "two-step.yaml")
    assert found(exchange, priorities) == set()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("moves: forward", "moves: both", ("option", "us.withdrawal", "arcs")),
        ("  taliban:\n", "  taliban:\n    outside: true\n", ("party", "taliban", "outside")),
        (
            "  taliban:\n",
            "  taliban:\n    constituent_of: us\n",
            ("party", "taliban", "constituent_of"),
        ),
        (
            "{levels: [none, full]}",
            "{levels: [none, full], issue: war}",
            ("option", "taliban.ceasefire", "issue"),
        ),
        ("status_quo: {}", "status_quo: {ceasefire: full}", ("status_quo", "", "state")),
        ("status_quo: {}", "", ("status_quo", "", "state")),
        (
            "status_quo: {}",
            'status_quo: {}\nperceptions: {us: {taliban: {ranking: ["00", "01", "10", "11"]}}}',
            ("perception", "us->taliban", "added"),
        ),
    ],
)
def test_one_change_is_reported_as_such(
    exchange: Case, old: str, new: str, expected: tuple[str, str, str]
) -> None:
    other = edited((old, new))
    assert found(exchange, other) == {expected}
    back = found(other, exchange)
    assert back == {(*expected[:2], "removed" if expected[2] == "added" else expected[2])}


def test_arcs_that_one_case_has_alone(exchange: Case) -> None:
    (change,) = compare(exchange, edited(("moves: forward", "moves: both"))).changes
    assert (change.before, change.after) == ([], [["full", "none"]])


def test_an_added_option_leaves_the_old_states_comparable(exchange: Case) -> None:
    ranking = '["10", "11", "00", "01"]}'
    wide = '["100", "110", "000", "010", "101", "111", "001", "011"]}'
    first = '["01", "11", "00", "10"]}'
    other = edited(
        (ranking, wide),
        (first, '["010", "110", "000", "100", "011", "111", "001", "101"]}'),
        ("{ceasefire: {levels: [none, full]}}", "{ceasefire: {levels: [none, full]}, talks: {}}"),
    )
    result = compare(exchange, other)
    assert found(exchange, other) == {("option", "taliban.talks", "added")}
    assert result.states.pairs == {"00": "000", "01": "010", "10": "100", "11": "110"}
    assert result.states.only_b == ("001", "011", "101", "111")
    assert result.states.to_dict()["renamed"] == 4
    assert ("00", "000") in result.equilibria["nash"].kept
    assert result.diagnosis.same_witness


def test_a_level_in_between_is_matched_by_name(exchange: Case) -> None:
    other = edited(
        ("levels: [none, full], moves: forward", "levels: [none, part, full], moves: forward"),
        ('["01", "11", "00", "10"]', '["01", "21", "11", "00", "10", "20"]'),
        ('["10", "11", "00", "01"]', '["20", "21", "10", "11", "00", "01"]'),
    )
    result = compare(exchange, other)
    assert result.states.pairs == {"00": "00", "01": "01", "10": "20", "11": "21"}
    assert ("option", "us.withdrawal", "levels") in found(exchange, other)
    assert not any(c.element == "preferences" for c in result.changes)


def test_states_excluded_in_one_case_are_named(exchange: Case) -> None:
    other = edited(
        ("status_quo: {}", 'status_quo: {}\ninfeasible: ["01"]'),
        ('["01", "11", "00", "10"]', '["11", "00", "10"]'),
        ('["10", "11", "00", "01"]', '["10", "11", "00"]'),
    )
    (change,) = compare(exchange, other).changes
    assert (change.element, change.aspect) == ("states", "feasible")
    assert (change.before, change.after) == (["01"], [])
    (change,) = compare(other, exchange).changes
    assert (change.before, change.after) == ([], ["01"])


def test_a_perception_that_changes(exchange: Case) -> None:
    line = "status_quo: {}\nperceptions: {us: {taliban: {ranking: %s}}}"
    one = edited(("status_quo: {}", line % '["00", "01", "10", "11"]'))
    two = edited(("status_quo: {}", line % '["01", "00", "10", "11"]'))
    assert found(one, two) == {("perception", "us->taliban", "order")}


def test_parties_that_come_and_go(exchange: Case) -> None:
    result = compare(exchange, detente.load(CASES / "published" / "elmira-12.yaml"))
    elements = {(c.element, c.id, c.aspect) for c in result.changes}
    assert {("party", "us", "removed"), ("party", "lg", "added")} <= elements
    assert not result.states.pairs


def test_graph_form_is_matched_by_label() -> None:
    case = detente.load(CASES / "published" / "elmira-9.yaml")
    assert case.graph is not None
    fewer = replace(case.graph, moves={**case.graph.moves, "moe": (("s1", "s2"),)})
    result = compare(case, replace(case, graph=fewer))
    (change,) = result.changes
    assert (change.element, change.id, change.aspect) == ("party", "moe", "moves")
    assert change.before == [["s3", "s4"], ["s5", "s6"], ["s7", "s8"]]
    assert change.after == []
    assert "sim" not in result.equilibria


def test_two_forms_of_one_conflict_share_the_concepts_that_both_have(exchange: Case) -> None:
    graph = detente.load(CASES / "published" / "elmira-9.yaml")
    result = compare(exchange, graph)
    assert ("states", "", "form") in {(c.element, c.id, c.aspect) for c in result.changes}
    assert "sim" not in result.equilibria


def test_no_status_quo_is_no_obstacle(exchange: Case) -> None:
    result = compare(exchange, edited(("status_quo: {}", "")))
    assert result.diagnosis.a is not None
    assert result.diagnosis.b is None
    assert "status quo" in (result.diagnosis.why_b or "")
    assert not result.diagnosis.changed


def test_unknown_concept_is_refused(exchange: Case) -> None:
    with pytest.raises(CaseError, match="there is no solution concept 'nsah'"):
        compare(exchange, exchange, ["nsah"])
