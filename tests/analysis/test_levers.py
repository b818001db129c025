"""Levers: the table of the first case, brute force on random negotiations, and each lever alone."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
from negotiations import CONCEPTS, RULES, Everything, edited, kind_literally, negotiation

from detente.analysis.deadlock.diagnosis import diagnose
from detente.analysis.deadlock.scenario import Scenario
from detente.analysis.levers.changes import (
    Change,
    Contain,
    Exchange,
    Guarantor,
    Include,
    Inform,
    Order,
    SnapBack,
    Swap,
    Tranches,
    apply_changes,
)
from detente.analysis.levers.patches import joint_moves_in
from detente.analysis.levers.tranches import needs_preferences
from detente.analysis.levers.unlock import unlock
from detente.analysis.levers.unlocking import Unlocking
from detente.engine.compile import compile_case
from detente.engine.states import codes_of
from detente.model.case import Case
from detente.model.errors import CaseError
from detente.model.loading import parse_case

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

SNAP_BACK = SnapBack("us", "us.withdrawal")
GUARANTOR = Guarantor("taliban", "taliban.ceasefire")
JOINT = Exchange(("us", "taliban"))


def smallest(withdrawal: str = "forward", ceasefire: str = "both") -> Case:
    return parse_case(SMALLEST.format(withdrawal=withdrawal, ceasefire=ceasefire))


def opening(found: Unlocking, size: int | None = None) -> set[frozenset[Change]]:
    return {
        frozenset(own.changes) for own in found.opening if size is None or len(own.changes) == size
    }


def case_of(*lines: str) -> Case:
    return parse_case("\n".join(["detente: 1", "parties:", *lines]))


# The first case


def test_first_case_opens_by_exactly_two_single_changes() -> None:
    found = unlock(smallest())
    assert (found.to, found.kind) == ("11", "enforcement-problem")
    assert opening(found) == {
        frozenset([SNAP_BACK]),
        frozenset([Swap("taliban", "11", "10")]),
    }
    assert found.searched.sizes == (1,)
    assert found.searched.reason == "found"
    assert found.searched.complete


def test_first_case_opens_by_exactly_two_more_pairs() -> None:
    found = unlock(smallest(), size=2)
    assert opening(found, 1) == opening(unlock(smallest()))
    assert opening(found, 2) == {
        frozenset([GUARANTOR, JOINT]),
        frozenset([GUARANTOR, Swap("us", "11", "01")]),
    }
    assert found.searched.sizes == (1, 2)


def test_stronger_stability_comes_first() -> None:
    first, second, *_ = unlock(smallest()).opening
    assert "nash" in first.stable_under
    assert "nash" not in second.stable_under
    assert "sseq" in second.stable_under


def test_guarantor_alone_is_listed_with_its_harm() -> None:
    own = next(s for s in unlock(smallest()).levers if s.changes == (GUARANTOR,))
    assert (own.kind, own.opens) == ("sequencing-trap", False)
    assert [harm.effect for harm in own.harms] == ["path-lost"]
    pair = next(s for s in unlock(smallest(), size=2).opening if JOINT in s.changes)
    assert [(pair.changes[h.change], h.kind) for h in pair.harms] == [
        (GUARANTOR, "sequencing-trap")
    ]


def test_what_must_still_be_believed() -> None:
    snap = next(s for s in unlock(smallest()).opening if s.changes == (SNAP_BACK,))
    assert snap.to_dict()["residual"] == [
        {"belief": "return", "party": "us", "option": "us.withdrawal"},
        {"belief": "answer", "party": "us", "to": "01", "answer": "00"},
        {"belief": "answer", "party": "taliban", "to": "10", "answer": "00"},
    ]


def test_exposure_names_who_is_left_worse_off() -> None:
    found = unlock(smallest(), size=2)
    own = next(s for s in found.opening if Swap("us", "11", "01") in s.changes)
    (step,) = own.exposed
    assert (step.step, step.at, step.stops) == (1, "01", ("us",))
    assert step.exposed == (("taliban", "01"),)


# ../shared/cases/afghan_2019_minimal_gmcr.json: the six swaps, irreversible withdrawal and
# reversible ceasefire.
SIX_SWAPS = {
    ("us", "10", "00"): "enforcement-problem",
    ("us", "00", "11"): "not-in-zone",
    ("us", "11", "01"): "enforcement-problem",
    ("taliban", "01", "00"): "double-bind",
    ("taliban", "00", "11"): "not-in-zone",
    ("taliban", "11", "10"): "open",
}


@pytest.mark.parametrize(("swap", "kind"), SIX_SWAPS.items())
def test_each_single_swap_gives_the_published_kind(swap: tuple[str, str, str], kind: str) -> None:
    scenario, target = apply_changes(Scenario(smallest()), [Swap(*swap)], "11")
    assert kind_literally(scenario, target) == kind


# Exactness


def test_search_finds_what_brute_force_finds(models: range) -> None:
    compared = 0
    for seed in models:
        rng = random.Random(seed)
        case = parse_case(negotiation(seed, most=6))
        if len(compile_case(case).states) > 5:
            continue
        concept, rule = rng.choice(CONCEPTS), rng.choice(RULES)
        closed = [
            target
            for target in diagnose(case, concept=concept, sequences=rule).targets
            if target.kind != "open"
        ]
        if not closed:
            continue
        target = rng.choice(closed).state
        found = unlock(case, to=target, concept=concept, sequences=rule, size=2)
        mine = {own for own in opening(found) if not any(isinstance(c, Tranches) for c in own)}
        assert mine == Everything(case, target, concept, rule).minimal_opening(2), seed
        assert found.searched.complete
        compared += len(mine)
    assert compared or len(models) < 200


def test_patch_gives_the_reported_kind(models: range) -> None:
    """Applying a reported patch to the file and diagnosing again gives the reported kind."""
    levers: set[str] = set()
    for seed in models:
        text = negotiation(seed + 10_000, most=8, beliefs=seed % 4 == 0)
        case = parse_case(text)
        if not diagnose(case).zone:
            continue
        target = random.Random(seed).choice(diagnose(case).zone)
        found = unlock(case, to=target, size=2)
        for own in found.levers[:12]:
            changed = parse_case(edited(text, own.patch))
            again = Scenario(changed, joint_moves_in(own.patch))
            assert kind_literally(again, own.target) == own.kind
            assert own.opens == (own.kind == "open")
            levers |= {change.to_dict()["lever"] for change in own.changes}
    if len(models) >= 200:
        expected = {"guarantor", "snap-back", "joint-move", "preference", "contain", "include"}
        assert expected <= levers


def test_larger_sets_are_searched_until_one_opens() -> None:
    # From u no move leads anywhere, so no change of one option or ranking can help.
    case = case_of(
        "  us: {options: {x: {levels: [u, v, w], moves: [[v, w]]}}, "
        "preferences: {ranking: ['2','0','1']}}",
        "status_quo: '0'",
    )
    with pytest.raises(CaseError, match="worse off"):
        unlock(case, to="1")
    found = unlock(case, to="2")
    assert found.kind == "sequencing-trap"
    assert found.opening == ()  # from u, no move leads anywhere: nothing can open it
    assert found.searched.reason == "size"
    assert found.searched.sizes == (1, 2, 3, 4)


def test_search_that_is_stopped_says_what_it_covered() -> None:
    calls = iter([False] * 3)
    found = unlock(smallest(), size=2, stop=lambda: next(calls, True))
    assert not found.searched.complete
    assert found.searched.reason == "stopped"
    assert found.searched.sizes == ()


def test_progress_is_reported() -> None:
    ticks: list[tuple[int, int]] = []
    unlock(smallest(), progress=lambda done, of: ticks.append((done, of)))
    assert ticks
    assert all(done <= of for done, of in ticks)


# Levers that are listed beside


def test_open_target_needs_only_its_order() -> None:
    found = unlock(smallest("both", "both"))
    (own,) = found.levers
    assert isinstance(own.changes[0], Order)
    assert own.to_dict()["changes"][0]["path"] == ["00", "01", "11"]
    assert own.opens
    assert found.searched.reason == "open"


def test_order_names_the_demands_it_does_not_follow() -> None:
    text = SMALLEST.replace(
        'ranking: ["10", "11", "00", "01"]',
        "priorities: [not ceasefire if not withdrawal, withdrawal, not ceasefire]",
    )
    case = parse_case(text.format(withdrawal="both", ceasefire="both"))
    (own,) = unlock(case).levers
    assert [(edge["party"], edge["after"]) for edge in own.against] == [
        ("taliban", "taliban.ceasefire = full")
    ]


def test_include_lists_what_it_cures() -> None:
    case = case_of(
        "  a: {options: {x: {moves: forward}}, preferences: {ranking: ['01','11','00','10']}}",
        "  b: {outside: true, options: {y: {moves: forward}},"
        " preferences: {ranking: ['10','11','00','01']}}",
        "status_quo: '00'",
    )
    found = unlock(case, to="11")
    own = next(s for s in found.levers if s.changes == (Include("b"),))
    assert own.cures == ("excluded-owner",)
    assert (own.kind, own.opens) == (found.kind, False)


def test_include_that_takes_the_target_out_of_the_zone_says_so() -> None:
    case = case_of(
        "  a: {options: {x: {moves: []}}, preferences: {ranking: ['1','0']}}",
        "  b: {outside: true, preferences: {ranking: ['0','1']}}",
        "status_quo: '0'",
    )
    own = next(s for s in unlock(case).levers if s.changes == (Include("b"),))
    assert (own.kind, own.cures) == ("not-in-zone", ())


def test_contain_stops_a_spoiler() -> None:
    case = case_of(
        "  a: {options: {deal: {moves: [[no, yes]]}}, "
        "preferences: {ranking: ['10','00','01','11']}}",
        "  isis: {outside: true, options: {strike: {}}, "
        "preferences: {ranking: ['11','10','00','01']}}",
        "status_quo: '00'",
    )
    found = unlock(case, to="10")
    assert found.kind == "enforcement-problem"
    own = next(s for s in found.opening if s.changes == (Contain("isis"),))
    assert own.cures == ("spoiler",)


def test_contain_works_in_graph_form_and_the_rest_does_not_apply() -> None:
    case = case_of(
        "  a: {preferences: {ranking: [deal, now, war]}}",
        "  b: {outside: true, preferences: {ranking: [war, deal, now]}}",
        "states: [now, deal, war]",
        "moves: {a: {now: [deal]}, b: {deal: [war]}}",
        "status_quo: now",
    )
    found = unlock(case, to="deal")
    assert frozenset([Contain("b")]) in opening(found)
    assert found.searched.levers["guarantor"] == "does-not-apply"
    assert found.searched.levers["preference"] == "all"


def test_inform_removes_a_misperception() -> None:
    text = SMALLEST.format(withdrawal="both", ceasefire="both") + (
        "perceptions:\n"
        "  us: {taliban: {ranking: ['11','01','10','00']}}\n"
        "  taliban: {us: {ranking: ['01','11','00','10']}}\n"
    )
    found = unlock(parse_case(text))
    own = next(s for s in found.levers if isinstance(s.changes[0], Inform))
    assert own.changes == (Inform("us", "taliban"),)
    assert "misperception" in own.cures


def test_case_without_a_target_has_an_answer_too() -> None:
    case = case_of("  a: {options: {x: {}}, preferences: {ranking: ['0','1']}}", "status_quo: '0'")
    found = unlock(case)
    assert (found.to, found.kind, found.levers) == (None, "not-a-deadlock", ())
    assert found.searched.reason == "no-target"


# Tranches

DIVISIBLE = """
detente: 1
parties:
  us:
    options: {withdrawal: {levels: [none, full], moves: both}}
    preferences: {weights: {withdrawal: -5, ceasefire: 6, withdrawal and ceasefire: 3}}
  taliban:
    options: {ceasefire: {levels: [none, full], moves: forward}}
    preferences: {weights: {withdrawal: 2, ceasefire: 0, withdrawal and ceasefire: -1}}
status_quo: {withdrawal: none, ceasefire: none}
infeasible: []
"""


def test_tranches_open_what_nothing_smaller_does() -> None:
    found = unlock(parse_case(DIVISIBLE), to="11", size=2)
    changes = frozenset([Tranches("us.withdrawal", 3), SnapBack("taliban", "taliban.ceasefire")])
    assert changes in opening(found, 2)
    own = next(s for s in found.opening if frozenset(s.changes) == changes)
    assert own.target == "21"
    assert own.path is not None
    assert own.path.states == ("00", "10", "11", "21")
    assert [belief["belief"] for belief in own.residual][:2] == ["interpolation", "last-step"]


def test_tranches_interpolate_linearly() -> None:
    scenario, target = apply_changes(
        Scenario(parse_case(DIVISIBLE)), [Tranches("us.withdrawal", 5)], "11"
    )
    case = scenario.case
    assert target == "41"
    assert case.options[0].levels == (
        "none",
        "none-1-of-4",
        "none-2-of-4",
        "none-3-of-4",
        "full",
    )
    arrays = compile_case(case)
    # Four times the old payoff: -5w + 6c + 3wc with w in quarters.
    expected = [-5 * w + 24 * c + 3 * w * c for w in range(5) for c in range(2)]
    assert arrays.state_payoffs(0).tolist() == expected


def test_tranches_keep_the_old_states(models: range) -> None:
    for seed in models[::2]:
        case = parse_case(negotiation(seed, form="option"))
        option = random.Random(seed).choice(case.options)
        changes = [Tranches(option.key, 2 * len(option.levels) - 1)]
        if needs_preferences(case, option.key):
            continue
        scenario, _ = apply_changes(Scenario(case), changes, case.status_quo or "")
        old, new = compile_case(case), compile_case(scenario.case)
        place = [o.key for o in case.options].index(option.key)
        codes = {code: k for k, code in enumerate(_codes(scenario.case))}
        kept = [codes[c[:place] + str(2 * int(c[place])) + c[place + 1 :]] for c in _codes(case)]
        for k in range(len(case.parties)):
            a, b = old.state_payoffs(k), new.state_payoffs(k)[kept]
            assert ((a[:, None] > a) == (b[:, None] > b)).all()


def _codes(case: Case) -> tuple[str, ...]:
    return codes_of(case, compile_case(case).states)


def test_tranches_without_weights_ask_for_preferences() -> None:
    found = unlock(smallest())
    assert found.searched.needs_preferences["us.withdrawal"] == ("us", "taliban")
    assert found.searched.levers["tranches"] == "needs-preferences"
    with pytest.raises(CaseError, match="not known"):
        apply_changes(Scenario(smallest()), [Tranches("us.withdrawal", 3)], "11")


def test_result_has_the_shape_of_the_contract() -> None:
    document: dict[str, Any] = json.loads(json.dumps(unlock(smallest(), size=2).to_dict()))
    assert document["to"] == "11"
    assert document["kind"] == "enforcement-problem"
    changes = [own["changes"] for own in document["levers"]]
    assert [{"lever": "snap-back", "party": "us", "option": "us.withdrawal"}] in changes
    assert {"sizes", "levers", "complete"} <= set(document["searched"])
    assert unlock(smallest()).to_pandas()["opens"].any()


@pytest.mark.parametrize(("to", "message"), [("00", "status quo"), ("10", "worse off")])
def test_unlock_refuses_bad_targets(to: str, message: str) -> None:
    with pytest.raises(CaseError, match=message):
        unlock(smallest(), to=to)
