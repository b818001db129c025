"""Coalitions: published verdicts, the literal twin, and what theory says must hold."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from strategies_cases import seeded

import detente
from detente.analysis.coalition.coalitions import coalitions, group_of
from detente.concepts.coalition import LiteralCoalitions
from detente.concepts.game import Game
from detente.model.case import Case
from detente.model.errors import CaseError
from detente.model.loading import parse_case

CASES = Path(__file__).resolve().parents[2] / "cases"
RULES = ("legal", "once", "single")

# The published number of each state of the twelve-state Elmira model.
CODES = "01000 11000 00100 10100 00010 10010 01001 11001 00101 10101 00011 10011"
ELMIRA = dict(enumerate(CODES.split(), start=1))
NUMBER = {code: number for number, code in ELMIRA.items()}
PAIR = ("moe", "uniroyal")


@pytest.fixture(scope="module")
def elmira() -> Case:
    return detente.load(CASES / "published" / "elmira-12.yaml")


@pytest.fixture(scope="module")
def nine() -> Case:
    return detente.load(CASES / "published" / "elmira-9.yaml")


def model(seed: int, **wanted: object) -> Case:
    return parse_case(seeded(seed, **wanted).text())


# Published


@pytest.mark.parametrize("algorithm", ["array", "literal"])
@pytest.mark.parametrize(
    ("concept", "equilibria"),
    [
        ("nash", {5, 6, 9, 10, 11, 12}),  # A Simple Guide to GMCR+, Figs 29 and 30: whole row
        ("gmr", {1, 3, 4, 5, 6, 9, 10, 11, 12}),  # the other rows are partly hidden there
        ("smr", {1, 3, 4, 5, 6, 9, 10, 11, 12}),
        ("seq", {1, 5, 6, 9, 10, 11, 12}),
    ],
)
def test_elmira_with_the_ministry_and_uniroyal_as_one_player(
    elmira: Case, concept: str, equilibria: set[int], algorithm: str
) -> None:
    found = coalitions(elmira, [concept], [PAIR], variant="merged", algorithm=algorithm)  # type: ignore[arg-type]
    assert {NUMBER[state] for state in found[concept].equilibria(PAIR)} == equilibria


def test_elmira_joint_moves_and_improvements_of_fig_31(elmira: Case) -> None:
    literal = LiteralCoalitions(elmira, variant="merged")
    moves = {
        1: {2, 3, 4, 5, 6},
        7: {8, 9, 10, 11, 12},
        8: {10, 12},
        9: {10, 11, 12},
        10: {12},
        11: {12},
    }
    for start, ends in moves.items():
        assert {NUMBER[s] for s in literal.reached(PAIR, ELMIRA[start])} == ends
    found = coalitions(elmira, ["nash"], [PAIR], variant="merged")
    improvements = {n: found.improvements(PAIR, ELMIRA[n]) for n in moves}
    assert {n: {NUMBER[i.state] for i in own} for n, own in improvements.items() if own} == {
        7: {10},
        8: {10},
    }
    assert [step.movers for step in improvements[7][0].steps] == [PAIR]  # one joint move


def test_elmira_nine_states_the_ministry_and_uniroyal_undo_s5(nine: Case) -> None:
    """Kilgour, Hipel, Fang and Peng (2001): the equilibrium s5 falls to a coalition, s8 stands."""
    found = coalitions(nine)
    literal = LiteralCoalitions(nine)
    moved = {s: literal.improvements(PAIR, s) for s in nine.graph.states}  # type: ignore[union-attr]
    assert {s: ends for s, ends in moved.items() if ends} == {
        "s2": {"s4"},
        "s5": {"s8"},
        "s6": {"s8"},
    }
    assert found["nash"].vulnerable == {"s5": (PAIR,)}
    for result in found.results.values():
        assert "s8" in (result.universally_stable or ())
        assert "s5" not in (result.universally_stable or ())
    (improvement,) = found.improvements("uniroyal, moe", "s5")
    assert improvement.state == "s8"
    assert len(improvement.steps) == 2
    assert not improvement.answers["gmr"].deters


def test_two_step_both_gain_by_the_exchange() -> None:
    case = detente.load(CASES / "us-taliban-2019" / "two-step.yaml")
    found = coalitions(case, groups=["us,taliban"])
    assert [i.state for i in found.improvements(["us", "taliban"], "war-goes-on")] == ["11"]
    assert found["nash"].stable["us", "taliban"] == ("01", "10", "11")
    assert found["nash"].universally_stable is None  # not every coalition was computed
    assert not found.complete


# The two algorithms


@pytest.mark.parametrize("variant", ["sequences", "merged"])
@pytest.mark.parametrize("rule", RULES)
def test_array_agrees_with_literal(models: range, rule: str, variant: str) -> None:
    for seed in models[::2]:
        case = model(seed, most=12, form="option" if variant == "merged" else None)
        fast = coalitions(case, sequences=rule, variant=variant)  # type: ignore[arg-type]
        slow = coalitions(case, sequences=rule, variant=variant, algorithm="literal")  # type: ignore[arg-type]
        one, two = fast.to_dict(), slow.to_dict()
        assert (one.pop("algorithm"), two.pop("algorithm")) == ("array", "literal")
        assert one == two, seed


@pytest.mark.parametrize("variant", ["sequences", "merged"])
def test_explanations_give_the_verdicts(models: range, variant: str) -> None:
    seen = 0
    for seed in models:
        rng = random.Random(seed)
        case = model(seed, most=16, form="option" if variant == "merged" else None)
        rule = rng.choice(RULES)
        found = coalitions(case, sequences=rule, variant=variant)  # type: ignore[arg-type]
        literal = LiteralCoalitions(case, rule, variant)
        group, state = rng.choice(found.groups), rng.choice(found.states)
        improvements = found.improvements(group, state)
        assert {i.state for i in improvements} == literal.improvements(group, state)
        for name, result in found.results.items():
            deterred = all(i.answers[name].deters for i in improvements)
            assert deterred == (state in result.stable[group]), (seed, name)
        for improvement in improvements:
            seen += 1
            here = state
            for step in improvement.steps:
                assert step.state in literal.reached(step.movers, here)
                here = step.state
            assert here == improvement.state
            for answer in improvement.answers.values():
                here = improvement.state
                for step in answer.steps:
                    assert not set(step.movers) & set(group)
                    assert step.state in literal.reached(step.movers, here)
                    here = step.state
                if answer.steps:
                    assert set(answer.spoils) == {
                        i for i in group if literal.game.not_better(i, here, state)
                    }
                for step in answer.escape:
                    assert step.state in literal.reached(step.movers, here)
                    here = step.state
                if answer.escape:
                    assert not literal.not_better(group, here, state)
    assert seen > len(models) // 10


# Theory


def test_single_parties_are_ordinary_players(models: range) -> None:
    for seed in models:
        case = model(seed)
        rule = RULES[seed % 3]
        singles = [[party] for party in case.party_ids]
        found = coalitions(case, groups=singles, sequences=rule)
        plain = detente.solve(case, ["nash", "gmr", "smr", "seq"], rule)
        for name in ("nash", "gmr", "smr"):
            for party in case.party_ids:
                assert found[name].stable[party,] == plain[name].stable[party]
        for party in case.party_ids:  # the others may answer as coalitions too
            assert set(plain["seq"].stable[party]) <= set(found["seq"].stable[party,])


def test_merged_single_parties_are_ordinary_players(models: range) -> None:
    for seed in models:
        case = model(seed, form="option")
        groups = [[party] for party in case.party_ids]
        found = coalitions(case, groups=groups, variant="merged")
        plain = detente.solve(case, ["nash", "gmr", "smr", "seq"])
        for name, result in found.results.items():
            for party in case.party_ids:
                assert result.stable[party,] == plain[name].stable[party]
                assert result.equilibria((party,)) == plain[name].equilibria


def test_universal_stability_implies_equilibrium(models: range) -> None:
    for seed in models:
        case = model(seed, most=24)
        found = coalitions(case, ["nash", "gmr", "smr"])
        plain = detente.solve(case, ["nash", "gmr", "smr"])
        for name, result in found.results.items():
            assert result.universally_stable is not None
            assert set(result.universally_stable) <= set(plain[name].equilibria)
            assert set(result.vulnerable) == set(plain[name].equilibria) - set(
                result.universally_stable
            )


def test_concepts_are_nested(models: range) -> None:
    for seed in models:
        case = model(seed, most=24)
        found = coalitions(case)
        transitive = all(option.transitive for option in case.options) and case.graph is None
        for group in found.groups:
            stable = {name: set(result.stable[group]) for name, result in found.results.items()}
            assert stable["nash"] <= stable["smr"] <= stable["gmr"]
            assert stable["nash"] <= stable["seq"]
            if transitive:  # else two coalitions that share a party can break the legal rule
                assert stable["seq"] <= stable["gmr"]


def test_grand_coalition_stays_where_nothing_in_reach_is_better_for_all(models: range) -> None:
    for seed in models:
        case = model(seed, most=24)
        found = coalitions(case, groups=[case.party_ids])
        game = Game.of(case)
        for state in game.states:
            better = {
                q
                for q in game.sequences(game.parties, state, "legal", improving=False)
                if all(not game.not_better(i, q, state) for i in game.parties)
            }
            for result in found.results.values():  # nobody is left to answer
                assert (state in result.stable[case.party_ids]) == (not better)


# Asking


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ({"groups": ["moe,nobody"]}, "there is no party 'nobody'"),
        ({"groups": [[]]}, "the coalition is empty"),
        ({"concepts": ["sseq"]}, "'sseq' is not defined for coalitions"),
        ({"variant": "fused"}, "there is no coalition variant 'fused'"),
        ({"sequences": "often"}, "there is no sequence rule 'often'"),
    ],
)
def test_bad_questions_get_one_clear_message(
    elmira: Case, wanted: dict[str, object], message: str
) -> None:
    with pytest.raises(CaseError, match=message):
        coalitions(elmira, **wanted)  # type: ignore[arg-type]


def test_merged_does_not_apply_in_graph_form(nine: Case) -> None:
    with pytest.raises(CaseError, match="does not apply to a graph-form case"):
        coalitions(nine, variant="merged")


def test_many_parties_need_named_coalitions() -> None:
    parties = "\n".join(f"  p{k}: {{options: {{o{k}: {{}}}}}}" for k in range(9))
    case = parse_case(f"detente: 1\nparties:\n{parties}\n")
    with pytest.raises(CaseError, match="511 coalitions"):
        coalitions(case)
    assert len(coalitions(case, groups=["p0,p8"]).groups) == 1


def test_infeasible_state_has_no_improvements(elmira: Case) -> None:
    with pytest.raises(CaseError, match="infeasible"):
        coalitions(elmira, groups=[PAIR]).improvements(PAIR, "00000")


def test_groups_are_put_in_declared_order(elmira: Case) -> None:
    assert group_of(elmira, " uniroyal,moe , moe") == PAIR
    found = coalitions(elmira, groups=["lg,moe", "lg", ["moe"]])
    assert found.groups == (("moe",), ("lg",), ("moe", "lg"))


def test_json_document_is_plain_data(elmira: Case) -> None:
    found = coalitions(elmira, groups=[PAIR], variant="merged")
    document = json.loads(json.dumps(found.to_dict()))
    entry = document["concepts"]["nash"]["coalitions"][0]
    assert entry["coalition"] == list(PAIR)
    assert set(entry) == {"coalition", "stable", "others", "equilibria"}
    for improvement in found.improvements(PAIR, ELMIRA[7]):
        json.dumps(improvement.to_dict())
