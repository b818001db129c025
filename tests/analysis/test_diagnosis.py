"""Diagnosis: the tables of the first case, and a constructed example for everything it can say."""

from __future__ import annotations

import json
from typing import Any

import pytest

from detente.analysis.deadlock.diagnosis import diagnose
from detente.analysis.deadlock.scenario import JointMove, Scenario
from detente.analysis.deadlock.verdicts import Diagnosis
from detente.analysis.stability import solve
from detente.model.case import Case
from detente.model.errors import CaseError
from detente.model.loading import parse_case

BOTH = pytest.mark.parametrize("algorithm", ["array", "literal"])

# The smallest form of the first case: code withdrawal-ceasefire, rankings best first.
SMALLEST = """
detente: 1
parties:
  us:
    options: {{withdrawal: {{levels: [none, full], moves: {withdrawal}}}}}
    preferences: {{ranking: ["01", "11", "00", "10"]}}
  taliban:
    options: {{ceasefire: {{levels: [none, full], moves: {ceasefire}}}}}
    preferences: {{ranking: ["10", "11", "00", "01"]}}
status_quo: "00"
"""
TABLE = [
    ("forward", "forward", "sequencing-trap", "open"),
    ("forward", "both", "enforcement-problem", "enforcement-problem"),
    ("both", "forward", "enforcement-problem", "enforcement-problem"),
    ("both", "both", "open", "open"),
]


def smallest(withdrawal: str = "forward", ceasefire: str = "both") -> Case:
    return parse_case(SMALLEST.format(withdrawal=withdrawal, ceasefire=ceasefire))


def case_of(*lines: str) -> Case:
    return parse_case("\n".join(["detente: 1", "parties:", *lines]))


@BOTH
@pytest.mark.parametrize(("withdrawal", "ceasefire", "alone", "joint"), TABLE)
def test_smallest_form_gives_the_published_kinds(
    withdrawal: str, ceasefire: str, alone: str, joint: str, algorithm: Any
) -> None:
    case = smallest(withdrawal, ceasefire)
    found = diagnose(case, algorithm=algorithm)
    assert (found.deadlock, found.kind, found.witness) == (True, alone, "11")
    together = Scenario(case, (JointMove("11", ("us", "taliban")),))
    assert diagnose(together, algorithm=algorithm).kind == joint


@BOTH
def test_smallest_form_path_and_flags(algorithm: Any) -> None:
    target = diagnose(smallest(), algorithm=algorithm).target("11")
    assert target.path is not None
    assert target.path.states == ("00", "01", "11")
    assert target.path.movers == (("taliban",), ("us",))
    assert target.flags == ("reversibility-asymmetry",)
    assert target.witnesses["reversibility-asymmetry"] == {"can": ["taliban"], "cannot": ["us"]}
    assert (target.equilibrium, target.unstable_for) == (False, ("taliban",))


def test_smallest_form_reversible_is_seq_but_not_nash() -> None:
    target = diagnose(smallest("both", "both")).target("11")
    assert "seq" in target.stable_under
    assert "nash" not in target.stable_under


@BOTH
def test_sequencing_trap_names_the_step_and_the_temptation(algorithm: Any) -> None:
    broken = diagnose(smallest("forward", "forward"), algorithm=algorithm).target("11").broken
    assert broken is not None
    # Washington withdraws (the best partial path: least state of those one move away), and the
    # Taliban would rather stop there.
    assert broken.path.states == ("00", "01")
    assert (broken.party, broken.to, broken.tempted_by, broken.left) == ("us", "11", "01", 1)


def test_smallest_form_ripeness() -> None:
    ripeness = diagnose(smallest()).to_dict()["ripeness"]
    assert ripeness == {
        "stalemate": True,
        "way_out": True,
        "hurting": {"us": 0.5, "taliban": 0.5},
    }


# US C[c] - W[w], Taliban V[w] - D[c], with C = 0,4,6, W = 0,1,3, V = 0,2,6, D = 0,1,5.
THREE = """
detente: 1
parties:
  us:
    options: {withdrawal: {levels: [none, partial, full], moves: ARCS}}
    preferences:
      weights: {ceasefire >= reduction: 4, ceasefire = full: 2, withdrawal >= partial: -1,
                withdrawal = full: -2}
  taliban:
    options:
      ceasefire:
        levels: [none, reduction, full]
        moves: [[none, reduction], [reduction, full], [reduction, none], [full, reduction],
                [full, none]]
    preferences:
      weights: {withdrawal >= partial: 2, withdrawal = full: 4, ceasefire >= reduction: -1,
                ceasefire = full: -4}
status_quo: {withdrawal: none, ceasefire: none}
"""
FORWARD = "[none, partial], [partial, full]"


@pytest.mark.parametrize("algorithm", ["array", "literal"])
@pytest.mark.parametrize(
    ("arcs", "equilibria"),
    [
        (f"[{FORWARD}]", ("00", "10", "20")),
        (f"[{FORWARD}, [partial, none]]", ("00", "11", "20")),
        (
            f"[{FORWARD}, [partial, none], [full, partial], [full, none]]",
            ("00", "11", "21", "22"),
        ),
    ],
)
def test_three_levels_give_the_published_equilibria(
    arcs: str, equilibria: tuple[str, ...], algorithm: Any
) -> None:
    case = parse_case(THREE.replace("ARCS", arcs))
    assert solve(case, ["seq"], algorithm=algorithm)["seq"].equilibria == equilibria


# Not a deadlock


@BOTH
def test_unstable_status_quo_is_no_deadlock(algorithm: Any) -> None:
    case = case_of("  a: {options: {x: {}}, preferences: {ranking: ['1', '0']}}", "status_quo: '0'")
    found = diagnose(case, algorithm=algorithm)
    assert (found.deadlock, found.kind, found.reason) == (False, "not-a-deadlock", "unstable")
    assert found.breaking_move == ("a", "1")
    assert found.witness is None
    assert found.zone == ("1",)
    assert found.to_dict()["breaking_move"] == {"party": "a", "to": "1"}


@BOTH
def test_content_parties_are_no_deadlock(algorithm: Any) -> None:
    case = case_of(
        "  a: {options: {x: {}}, preferences: {ranking: ['0', '1']}}",
        "  b: {outside: true, preferences: {ranking: ['1', '0']}}",
        "status_quo: '0'",
    )
    found = diagnose(case, algorithm=algorithm)
    assert (found.kind, found.reason, found.breaking_move) == ("not-a-deadlock", "content", None)


@BOTH
def test_undeterred_move_is_the_one_reported(algorithm: Any) -> None:
    # a can improve to 1 (b answers, deterred) or to 2 (nobody answers).
    case = case_of(
        "  a: {options: {x: {levels: [u, v, w]}}, preferences: {ranking: ['10','20','00',"
        "'11','01','21']}}",
        "  b: {options: {y: {}}, preferences: {ranking: ['11','10','00','20','01','21']}}",
        "status_quo: '00'",
    )
    assert diagnose(case, algorithm=algorithm).breaking_move == ("a", "20")


# The zone


@BOTH
def test_empty_zone_reports_minimal_blocking_sets(algorithm: Any) -> None:
    # c wants 1, a and b each like it less; 0 is the status quo.
    case = case_of(
        "  a: {options: {x: {moves: []}}, preferences: {ranking: ['0', '1']}}",
        "  b: {preferences: {ranking: ['0', '1']}}",
        "  c: {preferences: {ranking: ['1', '0']}}",
        "status_quo: '0'",
    )
    found = diagnose(case, algorithm=algorithm)
    assert (found.kind, found.zone, found.witness) == ("no-zone", (), None)
    assert found.minimal_subsets == (("a",), ("b",))
    assert not found.ripeness.way_out


@BOTH
def test_headline_leaves_out_a_vetoed_target(algorithm: Any) -> None:
    # d's option reaches 01, best for a, but d loses by it; 10 is a's own, not as good.
    case = case_of(
        "  a: {options: {x: {moves: []}}, preferences: {ranking: ['11','01','10','00']}}",
        "  b: {preferences: {ranking: ['10', '11', '01', '00']}}",
        "  d: {outside: true, options: {y: {moves: []}}, "
        "preferences: {ranking: ['00','10','01','11']}}",
        "status_quo: '00'",
    )
    found = diagnose(case, algorithm=algorithm)
    assert found.witness == "10"
    vetoed = found.target("11")
    assert vetoed.efficient
    assert vetoed.flags == ("excluded-owner", "excluded-veto")
    assert vetoed.witnesses == {"excluded-owner": ["d.y"], "excluded-veto": ["d"]}


# Flags


@BOTH
def test_total_spoiler_gains_by_no_target(algorithm: Any) -> None:
    # From the deal 10 isis can strike: 11, where a loses; it likes the status quo best.
    case = case_of(
        "  a: {options: {deal: {moves: []}}, preferences: {ranking: ['10','00','11','01']}}",
        "  isis: {outside: true, options: {strike: {}}, "
        "preferences: {ranking: ['00','11','10','01']}}",
        "status_quo: '00'",
    )
    spoilers = diagnose(case, algorithm=algorithm).target("10").witnesses["spoiler"]
    assert spoilers == [{"party": "isis", "scope": "total", "to": "11"}]


@BOTH
def test_outsider_that_would_not_strike_is_no_spoiler(algorithm: Any) -> None:
    case = case_of(
        "  a: {options: {deal: {moves: []}}, preferences: {ranking: ['10','00','11','01']}}",
        "  isis: {outside: true, options: {strike: {}}, "
        "preferences: {ranking: ['10','00','11','01']}}",
        "status_quo: '00'",
    )
    assert "spoiler" not in diagnose(case, algorithm=algorithm).target("10").flags


@BOTH
def test_limited_spoiler_gains_by_some_target(algorithm: Any) -> None:
    case = case_of(
        "  a: {options: {deal: {moves: []}}, preferences: {ranking: ['10','00','11','01']}}",
        "  isis: {outside: true, options: {strike: {}}, "
        "preferences: {ranking: ['11','10','00','01']}}",
        "status_quo: '00'",
    )
    spoilers = diagnose(case, algorithm=algorithm).target("10").witnesses["spoiler"]
    assert spoilers == [{"party": "isis", "scope": "limited", "to": "11"}]


@BOTH
def test_ratification_gap(algorithm: Any) -> None:
    case = case_of(
        "  a: {options: {x: {moves: []}}, preferences: {ranking: ['1','0']}}",
        "  senate: {outside: true, constituent_of: a, preferences: {ranking: ['0','1']}}",
        "status_quo: '0'",
    )
    found = diagnose(case, algorithm=algorithm)
    assert found.flags == ("ratification-gap",)
    assert found.witnesses["ratification-gap"] == {
        "parties": ["senate"],
        "minimal_subsets": [["senate"]],
    }
    assert "ratification-gap" not in found.not_applicable


@BOTH
def test_linkage(algorithm: Any) -> None:
    # a gives land for arms: only the two together are better for both.
    case = case_of(
        "  a: {options: {x: {issue: land, moves: []}}, "
        "preferences: {ranking: ['01','11','00','10']}}",
        "  b: {options: {y: {issue: arms, moves: []}}, "
        "preferences: {ranking: ['10','11','00','01']}}",
        "status_quo: '00'",
    )
    found = diagnose(case, algorithm=algorithm)
    assert found.flags == ("linkage",)
    assert found.witnesses["linkage"] == {
        "issues": ["land", "arms"],
        "state": "11",
        "together": ["land", "arms"],
    }


@BOTH
def test_misperception_and_the_belief_to_correct(algorithm: Any) -> None:
    # Truly open: both reversible, each deterred from defecting. Washington believes that the
    # Taliban would not go back to war, and so would keep its troops after a ceasefire.
    text = SMALLEST.format(withdrawal="both", ceasefire="both") + (
        "perceptions:\n"
        "  us: {taliban: {ranking: ['11','01','10','00']}}\n"
        "  taliban: {us: {ranking: ['01','11','00','10']}}\n"
    )
    found = diagnose(parse_case(text), algorithm=algorithm)
    assert found.kind == "open"
    assert found.flags == ("misperception",)
    witness = found.witnesses["misperception"]
    assert witness["true_kind"] == "open"
    assert witness["perceived_kind"] != "open"
    assert witness["correct"] == [{"viewer": "us", "seen": "taliban"}]
    assert witness["corrections"] == [[{"viewer": "us", "seen": "taliban"}]]


@BOTH
def test_correct_beliefs_are_no_misperception(algorithm: Any) -> None:
    text = SMALLEST.format(withdrawal="both", ceasefire="both") + (
        "perceptions: {us: {taliban: {ranking: ['10','11','00','01']}}}\n"
    )
    found = diagnose(parse_case(text), algorithm=algorithm)
    assert found.flags == ()
    assert "misperception" not in found.not_applicable


@BOTH
def test_graph_form_says_what_does_not_apply(algorithm: Any) -> None:
    case = case_of(
        "  a: {preferences: {ranking: [deal, now]}}",
        "  b: {outside: true, preferences: {ranking: [now, deal]}}",
        "states: [now, deal]",
        "moves: {b: {deal: [now]}}",
        "status_quo: now",
    )
    found = diagnose(case, algorithm=algorithm)
    assert {"excluded-owner", "excluded-veto", "reversibility-asymmetry", "linkage"} <= set(
        found.not_applicable
    )
    (target,) = found.targets
    assert target.kind == "double-bind"
    assert target.flags == ("spoiler",)
    assert target.broken is not None
    assert target.broken.unreachable


# Bad input


def test_diagnose_without_status_quo_says_so() -> None:
    case = case_of("  a: {options: {x: {}}}")
    with pytest.raises(CaseError, match="no status quo"):
        diagnose(case)


def test_diagnose_with_everybody_outside_says_so() -> None:
    case = case_of("  a: {outside: true, options: {x: {}}}", "status_quo: '0'")
    with pytest.raises(CaseError, match="every party is outside"):
        diagnose(case)


@pytest.mark.parametrize(
    ("to", "message"),
    [
        ("00", "is the status quo"),
        ("01", "worse off there than at the status quo 00: Taliban"),
        ("10", "worse off .*: us"),
        ("12", "level 2"),
        ("elsewhere", "no state"),
    ],
)
def test_bad_target_has_one_clear_message(to: str, message: str) -> None:
    text = SMALLEST.format(withdrawal="forward", ceasefire="both")
    case = parse_case(text.replace("  taliban:\n", "  taliban:\n    name: Taliban\n"))
    with pytest.raises(CaseError, match=message):
        diagnose(case, to=to)


def test_infeasible_target_is_refused() -> None:
    case = case_of(
        "  a: {options: {x: {levels: [u, v, w]}}, preferences: {ranking: ['1','0']}}",
        "status_quo: '0'",
        "infeasible: ['2']",
    )
    with pytest.raises(CaseError, match="infeasible"):
        diagnose(case, to="2")


def test_target_that_nobody_prefers_is_refused() -> None:
    case = case_of("  a: {options: {x: {}}}", "status_quo: '0'")
    with pytest.raises(CaseError, match="nobody at the table prefers it"):
        diagnose(case, to="1")


def test_target_may_be_named_by_its_label() -> None:
    text = SMALLEST.format(withdrawal="forward", ceasefire="both")
    case = parse_case(text + "states: {deal: {withdrawal: full, ceasefire: full}}\n")
    found = diagnose(case, to="deal")
    assert found.to == "11"
    assert found.focus is found.target("deal")


def test_result_turns_into_json_and_a_data_frame() -> None:
    found = diagnose(smallest())
    assert isinstance(found, Diagnosis)
    assert json.loads(json.dumps(found.to_dict()))["kind"] == "enforcement-problem"
    assert list(found.to_pandas().index) == ["11"]
