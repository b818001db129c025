"""Paths from the status quo, against a literal search over (state, last mover)."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from samples import Sample, graph
from strategies_cases import Drawn, drawn, seeded

from detente.analysis.evolution import Evolution, Obstacle, Reach, paths
from detente.analysis.explanation import Step
from detente.analysis.stability import solve
from detente.concepts.game import Game
from detente.model.case import Case
from detente.model.errors import CaseError
from detente.model.loading import parse_case

CASES = Path(__file__).resolve().parents[2] / "cases"
PUBLISHED = [*sorted((CASES / "published").glob("*.yaml")), CASES / "us-taliban-2019/two-step.yaml"]


def distances(game: Game, start: str, *, improving: bool) -> dict[str, int]:
    found = {start: 0}
    level: set[tuple[str, str | None]] = {(start, None)}
    seen = set(level)
    length = 0
    while level:
        length += 1
        following = {
            (there, j)
            for here, last in level
            for j in game.parties
            if j != last
            for there in (game.improvements(j, here) if improving else game.reached(j, here))
        }
        for there, _ in following:
            found.setdefault(there, length)
        level = following - seen
        seen |= level
    return found


def check_reach(reach: Reach, game: Game, start: str) -> None:
    improving = reach.kind == "improvements"
    expected = distances(game, start, improving=improving)
    numbers = [expected.get(state, -1) for state in game.states]
    assert reach.distance.tolist() == numbers
    assert reach.count == len(expected) - 1
    order = sorted(
        (s for s in expected if s != start), key=lambda s: (expected[s], game.states.index(s))
    )
    assert reach.states == tuple(order)
    for state in game.states:
        path = reach.path(state)
        if state not in expected:
            assert path is None
            continue
        assert path is not None
        assert len(path) == expected[state]
        at, last = start, None
        for step in path:
            assert step.start == at
            assert step.party != last
            assert step.end in game.reached(step.party, at)
            assert step.improves is (step.end in game.improvements(step.party, at))
            assert step.improves or not improving
            at, last = step.end, step.party
        assert at == state


def leads(option: Any, start: str, end: str) -> bool:
    """Whether the option's own arcs lead from one level to another, in any number of steps."""
    reached = {int(start)}
    for _ in option.levels:
        reached |= {b for a, b in option.arcs if a in reached}
    return int(end) in reached


def check_obstacles(found: Evolution, game: Game) -> None:
    case, start = found.case, found.start
    by_moves = distances(game, start, improving=False)
    by_improvements = distances(game, start, improving=True)
    assert set(found.obstacles) == {"moves", "improvements"}
    assert set(found.obstacles["moves"]) == {s for s in found.targets if s not in by_moves}
    assert set(found.obstacles["improvements"]) == {
        s for s in found.targets if s not in by_improvements
    }
    for state, obstacles in found.obstacles["moves"].items():
        assert obstacles
        check_blocked(case, game, start, state, obstacles)
    for state, obstacles in found.obstacles["improvements"].items():
        kinds = [obstacle.kind for obstacle in obstacles]
        idle = not any(game.improvements(j, start) for j in game.parties)
        assert (kinds[0] == "no-improvements") is idle
        rest = obstacles[idle:]
        if state not in by_moves:
            assert rest == found.obstacles["moves"][state]
        else:
            assert rest == (() if idle else (Obstacle("no-one-gains"),))


def check_blocked(
    case: Case, game: Game, start: str, state: str, obstacles: tuple[Obstacle, ...]
) -> None:
    if not any(game.reached(j, start) for j in game.parties):
        assert obstacles == (Obstacle("no-moves"),)
    elif case.graph is not None:
        assert obstacles == (Obstacle("no-way"),)
    else:
        stuck = tuple(
            Obstacle("option", option.key)
            for option, a, b in zip(case.options, start, state, strict=True)
            if not leads(option, a, b)
        )
        assert obstacles == (stuck or (Obstacle("infeasible-between"),))


def check_evolution(case: Case, game: Game, to: str | None = None) -> Evolution:
    found = paths(case, to)
    assert case.status_quo is not None
    assert found.start == case.status_quo
    assert [reach.kind for reach in found.reaches] == ["moves", "improvements"]
    for reach in found.reaches:
        check_reach(reach, game, found.start)
    stability = solve(case)
    wanted = {
        state: tuple(r.concept.id for r in stability if state in r.equilibria)
        for state in game.states
    }
    assert found.equilibria == {state: ids for state, ids in wanted.items() if ids}
    if to is None:
        assert found.targets == tuple(s for s in game.states if wanted[s] and s != found.start)
    check_obstacles(found, game)
    return found


@given(model=drawn())
def test_paths_are_shortest_and_legal(model: Drawn) -> None:
    status_quo = model.status_quo if model.status_quo is not None else model.states[-1]
    sample = Sample(replace(model, status_quo=status_quo))
    check_evolution(sample.case, sample.game)


def seen_obstacles(seeds: range) -> set[str]:
    """Check the paths of these models to their equilibria and last state; what was in the way."""
    kinds = set()
    for seed in seeds:
        model = seeded(seed)
        status_quo = model.status_quo if model.status_quo is not None else model.states[0]
        sample = Sample(replace(model, status_quo=status_quo))
        for to in (None, sample.game.states[-1]):
            found = check_evolution(sample.case, sample.game, to)
            for by_state in found.obstacles.values():
                kinds |= {o.kind for obstacles in by_state.values() for o in obstacles}
    return kinds


KINDS = {"no-moves", "no-improvements", "option", "infeasible-between", "no-one-gains", "no-way"}


def test_paths_of_seeded_models_meet_every_obstacle(models: range) -> None:
    assert seen_obstacles(models[: max(60, len(models) // 2)]) == KINDS


@pytest.mark.slow
def test_paths_of_many_seeded_models() -> None:
    assert seen_obstacles(range(7000, 8000)) == KINDS


@pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: path.stem)
def test_paths_of_published_cases(path: Path) -> None:
    case = parse_case(path.read_text(encoding="utf-8"))
    game = Game.of(case)
    start = case.status_quo or game.states[0]
    check_evolution(replace(case, status_quo=start), game)


STEPWISE = """
detente: 1
title: Steps
parties:
  us:
    options: {leave: {levels: [none, partial, full], moves: [[none, partial], [partial, full]]}}
    preferences: {priorities: [truce, leave < full]}
  taliban:
    options: {truce: {}}
    preferences: {priorities: [leave = full, leave, not truce]}
status_quo: {}
states: {peace: {leave: full, truce: yes}}
"""


def test_nobody_moves_twice_running() -> None:
    case = parse_case(STEPWISE)
    found = check_evolution(case, Game.of(case), "20")
    path = found.by_moves.path("20")
    assert path is not None
    assert [(s.party, s.start, s.end) for s in path] == [
        ("taliban", "00", "01"),
        ("us", "01", "11"),
        ("taliban", "11", "10"),
        ("us", "10", "20"),
    ]
    assert [s.improves for s in path] == [False, False, True, False]
    assert found.obstacles == {"moves": {}, "improvements": {"20": (Obstacle("no-improvements"),)}}


def test_start_is_reached_by_no_move_at_all() -> None:
    case = parse_case(STEPWISE)
    found = paths(case, "00")
    assert found.targets == ("00",)
    for reach in found.reaches:
        assert reach.path("00") == ()
        assert "00" not in reach.states
    assert found.obstacles == {"moves": {}, "improvements": {}}


def test_target_may_be_called_by_label() -> None:
    found = paths(parse_case(STEPWISE), "peace", ["nash"])
    assert found.targets == ("21",)
    assert found.by_moves.path("peace") == found.by_moves.path("21")
    assert found.by_moves.path("21") == (
        Step("us", "00", "10", False),
        Step("taliban", "10", "11", False),
        Step("us", "11", "21", False),
    )


def test_dictionary_is_plain_data() -> None:
    case = parse_case(STEPWISE.replace("truce: {}}", "truce: {moves: back}}"))
    data = paths(case, "10", ["nash"], "once").to_dict()
    assert json.loads(json.dumps(data)) == {
        "case": "Steps",
        "format": 1,
        "unreviewed": False,
        "fingerprint": case.fingerprint,
        "sequences": "once",
        "algorithm": "array",
        "version": data["version"],
        "status_quo": "00",
        "start_is_equilibrium": ["nash"],
        "targets": [
            {
                "state": "10",
                "equilibrium": ["nash"],
                "moves": {"path": ["00", "10"], "movers": ["us"], "obstacles": []},
                "improvements": {
                    "path": None,
                    "movers": None,
                    "obstacles": [{"kind": "no-improvements", "option": None}],
                },
            }
        ],
        "reached": {"moves": 1, "improvements": 0},
    }
    (target,) = paths(case, "21", ["seq"]).to_dict()["targets"]
    assert target["moves"]["obstacles"] == [{"kind": "option", "option": "taliban.truce"}]
    assert target["improvements"]["obstacles"] == [
        {"kind": "no-improvements", "option": None},
        {"kind": "option", "option": "taliban.truce"},
    ]


def test_data_frame_has_a_row_for_each_target_and_kind() -> None:
    pytest.importorskip("pandas")
    found = paths(parse_case(STEPWISE), "21", ["nash"])
    frame = found.to_pandas()
    assert frame.astype(object).fillna("-").to_dict("list") == {
        "state": ["21", "21"],
        "kind": ["moves", "improvements"],
        "equilibrium": ["", ""],
        "moves": [3, "-"],
        "movers": ["us, taliban, us", "-"],
    }
    nothing = paths(graph({"p": "ab"}, {"p": "a>b"}, "a"), concepts=["nash"])
    everywhere = replace(nothing, targets=())
    assert list(everywhere.to_pandas().columns) == list(frame.columns)


def test_equilibria_name_their_concepts_in_order() -> None:
    case = graph({"p": "ab", "q": "ba"}, {"p": "b>a", "q": "b>a"}, "a")
    found = paths(case)
    assert found.equilibria == {"a": ("gmr",), "b": ("nash", "gmr", "smr", "seq", "sseq")}
    assert found.targets == ("b",)
    assert paths(case, concepts=["seq", "nash"]).equilibria == {"b": ("nash", "seq")}
    assert found.to_dict()["start_is_equilibrium"] == ["gmr"]
    assert found.origin.sequences == "legal"


def message(case: Case, *args: Any) -> str:
    with pytest.raises(CaseError) as caught:
        paths(case, *args)
    return str(caught.value)


def test_a_case_without_status_quo_is_refused() -> None:
    case = parse_case(STEPWISE.replace("status_quo: {}\n", ""), "steps.yaml")
    assert message(case) == (
        "steps.yaml: the case has no status quo\n"
        "  rule: paths start at the status quo\n"
        "  next: add 'status_quo:' to the case"
    )


def test_wrong_targets_are_refused() -> None:
    case = parse_case(STEPWISE + 'infeasible: ["22", "20"]\n'.replace('"22", ', ""), "steps.yaml")
    assert message(case, "20").startswith("steps.yaml: the state 20 is infeasible\n")
    assert "there is no state 'war'" in message(case, "war")
    assert "there is no solution concept 'x'" in message(case, None, ["x"])
    assert "there is no sequence rule 'x'" in message(case, None, None, "x")
