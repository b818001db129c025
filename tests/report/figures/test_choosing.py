"""Which states and moves are shown, and that what is not shown is counted."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import assume, given
from maps import map_of, shipped
from strategies_cases import Drawn, drawn

import detente
from detente.analysis.deadlock.diagnosis import diagnose
from detente.analysis.deadlock.scenario import JointMove, Scenario
from detente.report.figures.building import state_map
from detente.report.figures.statemap import StateMap

Pairs = set[tuple[str, str]]


def closure(pairs: Pairs) -> Pairs:
    found = set(pairs)
    while True:
        more = {(a, d) for a, b in found for c, d in found if b == c} - found
        if not more:
            return found
        found |= more


def reaches(model: Drawn, party: str, shown: Iterable[str], *, better: bool) -> Pairs:
    """All moves of a party between shown states that are better (or not) for it."""
    own, states = model.payoffs[party], set(shown)
    return {
        (a, b)
        for a, ends in model.reached[party].items()
        for b in ends
        if a in states and b in states and (own[b] > own[a]) is better
    }


def lines(shown: StateMap, party: str, *, better: bool) -> Pairs:
    found = set()
    for move in shown.moves:
        if move.parties == (party,):
            if move.improvement is better:
                found.add((move.start, move.end))
            if move.back and not better:
                found.add((move.end, move.start))
    return found


@given(drawn())
def test_improvements_drawn_reach_what_all_improvements_reach(model: Drawn) -> None:
    assume(model.status_quo is not None)
    shown = map_of(model.text())
    states = [s.state for s in shown.states]
    for party in model.parties:
        every = reaches(model, party.id, states, better=True)
        drawn_ones = lines(shown, party.id, better=True)
        assert drawn_ones <= every
        assert closure(drawn_ones) == closure(every)


@given(drawn())
def test_small_map_shows_what_can_be_taken_back(model: Drawn) -> None:
    assume(model.status_quo is not None and len(model.states) <= 12)
    shown = map_of(model.text())
    states = [s.state for s in shown.states]
    left = shown.hidden.composed
    for party in model.parties:
        worse = reaches(model, party.id, states, better=False)
        drawn_ones = lines(shown, party.id, better=False)
        assert drawn_ones <= worse
        assert closure(drawn_ones) == closure(worse)
        left -= len(worse - drawn_ones)
        left -= len(
            reaches(model, party.id, states, better=True) - lines(shown, party.id, better=True)
        )
    assert left == 0
    assert (shown.hidden.worse, shown.hidden.leading_out) == (0, 0)


@given(drawn())
def test_no_move_is_drawn_twice(model: Drawn) -> None:
    assume(model.status_quo is not None)
    shown = map_of(model.text())
    both = [(m.parties, m.start, m.end) for m in shown.moves]
    both += [(m.parties, m.end, m.start) for m in shown.moves if m.back]
    assert len(both) == len(set(both))


@given(drawn())
def test_part_of_a_map_counts_what_it_hides(model: Drawn) -> None:
    assume(model.status_quo is not None)
    shown = map_of(model.text(), most=4, every=2)
    states = {s.state for s in shown.states}
    hidden = shown.hidden
    assert hidden.states == len(model.states) - len(states)
    assert shown.status_quo in states
    if len(model.states) > 4:
        assert hidden.rule in ("related", "first")
    else:
        assert (hidden.states, hidden.rule) == (0, "")
    out = 0
    for party in model.parties:
        own = model.payoffs[party.id]
        for a, ends in model.reached[party.id].items():
            out += sum(a in states and b not in states and own[b] > own[a] for b in ends)
    assert hidden.leading_out == out


@given(drawn())
def test_part_of_a_map_keeps_the_path_and_says_if_it_keeps_the_rest(model: Drawn) -> None:
    assume(model.status_quo is not None)
    case = detente.loads(model.text())
    result = diagnose(case)
    shown = state_map(result, most=4)
    states = {s.state for s in shown.states}
    focus = result.focus
    if focus is not None:
        assert focus.state in states
        assert set(focus.path.states if focus.path else ()) <= states
        if focus.broken is not None:
            assert set(focus.broken.path.states) <= states
    if result.breaking_move is not None:
        assert result.breaking_move[1] in states
    if shown.hidden.rule == "related":
        solved = detente.solve(case, ["nash", "seq"])
        wanted = {*solved["nash"].equilibria, *solved["seq"].equilibria, *result.zone}
        assert wanted <= states


def test_large_case_shows_the_zone_the_equilibria_and_the_path() -> None:
    case = shipped("us-taliban-2019/full.yaml")
    result, shown = diagnose(case), map_of(case)
    solved = detente.solve(case, ["nash", "seq"])
    states = {s.state for s in shown.states}
    assert {*result.zone, *solved["seq"].equilibria, *solved["nash"].equilibria} <= states
    assert (shown.hidden.rule, shown.hidden.states) == ("related", 1408 - len(states))
    assert len(states) <= 60


def test_cap_takes_path_and_efficient_targets_first() -> None:
    case = shipped("us-taliban-2019/full.yaml")
    shown = map_of(case, most=9)
    assert len(shown.states) == 9
    assert (shown.hidden.rule, shown.hidden.limit) == ("first", 9)
    roles = [s.roles for s in shown.states]
    assert sum("path" in own for own in roles) == 6
    assert sum("target" in own for own in roles) == 1


@pytest.mark.parametrize(
    ("name", "roles"),
    [
        ("us-taliban-2019/two-step.yaml", {"path": 2, "leaves": 1}),
        ("kosovo-serbia-2023/case.yaml", {"path": 1, "broken": 1}),
        ("vietnam-1972/case.yaml", {"path": 2, "broken": 1, "leaves": 2}),
        ("iran-2021/case.yaml", {"path": 2}),
        ("published/cuban-missile-crisis.yaml", {"breaking": 1}),
        ("cyprus-2017/case.yaml", {}),
    ],
)
def test_moves_that_the_diagnosis_speaks_of(name: str, roles: dict[str, int]) -> None:
    shown = map_of(shipped(name))
    counted: dict[str, int] = {}
    for move in shown.moves:
        if move.role in ("path", "broken", "leaves", "breaking"):
            counted[move.role] = counted.get(move.role, 0) + 1
    assert counted == roles


def test_broken_path_names_who_breaks_it_and_where_play_rests() -> None:
    shown = map_of(shipped("vietnam-1972/case.yaml"))
    (broken,) = (move for move in shown.moves if move.role == "broken")
    assert (broken.start, broken.end, broken.parties) == ("110", "111", ("saigon",))
    assert broken.route.cross is not None
    assert shown.breaks == "saigon"
    states = {s.state: s.roles for s in shown.states}
    assert "break" in states["110"]
    assert "tempting" in states["100"]
    assert [m.start for m in shown.moves if m.end == "100" and m.parties == ("hanoi",)] == ["110"]


def test_joint_move_is_one_line_of_both() -> None:
    case = shipped("kosovo-serbia-2023/case.yaml")
    scenario = Scenario(case, (JointMove("11", ("kosovo", "serbia")),))
    shown = state_map(diagnose(scenario))
    (path,) = (move for move in shown.moves if move.role == "path")
    assert (path.start, path.end, path.parties) == ("00", "11", ("kosovo", "serbia"))


def test_concept_of_the_diagnosis_gives_the_single_ring() -> None:
    case = shipped("us-taliban-2019/three-level-reversible.yaml")
    for concept in ("seq", "gmr", "nash"):
        shown = state_map(diagnose(case, concept=concept))
        solved = detente.solve(case, ["nash", concept])
        stable = {s.state for s in shown.states if "stable" in s.roles}
        nash = {s.state for s in shown.states if "nash" in s.roles}
        assert stable == set(solved[concept].equilibria)
        assert nash == set(solved["nash"].equilibria)
