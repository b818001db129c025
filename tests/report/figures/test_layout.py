"""Where things stand: nothing overlaps, nothing is outside, the path is straight."""

from __future__ import annotations

from itertools import combinations, pairwise
from pathlib import Path

import pytest
from hypothesis import assume, given
from maps import SHIPPED, Box, boxes, map_of, named, points, shipped
from strategies_cases import Drawn, drawn

import detente
from detente.report.figures.arranging import Link, arrange
from detente.report.figures.corridors import Corridors
from detente.report.figures.statemap import StateMap

RING = 6.0


def check(shown: StateMap) -> None:
    whole = Box(0, 0, shown.width, shown.height)
    ringed = boxes(shown, RING)
    for box in ringed.values():
        assert whole.has(box.left, box.top)
        assert whole.has(box.right, box.bottom)
    for one, other in combinations(ringed.values(), 2):
        assert not one.meets(other)
    bare = boxes(shown)
    for move in shown.moves:
        route = move.route
        ends = bare[move.start], bare[move.end]
        for x, y in points(route.curves):
            assert whole.has(x, y)
            assert not any(box.has(x, y, within=0.5) for box in bare.values()), move
        marks = [route.mark] if route.cross is None else [route.mark, route.cross]
        for x, y in marks:
            assert not any(box.has(x, y) for box in bare.values())
        first, last = route.curves[0][0], route.curves[-1][3]
        for (x, y), box in zip((first, last), ends, strict=True):
            beside = min(abs(x - box.left), abs(x - box.right))
            assert beside <= 9
            assert box.top < y < box.bottom


@given(drawn())
def test_random_map_has_no_overlap(model: Drawn) -> None:
    assume(model.status_quo is not None)
    check(map_of(model.text()))


@given(drawn())
def test_random_map_of_a_part_has_no_overlap(model: Drawn) -> None:
    assume(model.status_quo is not None)
    check(map_of(model.text(), most=6, every=3))


@pytest.mark.parametrize("path", SHIPPED, ids=named)
def test_map_of_a_shipped_case_has_no_overlap(path: Path) -> None:
    check(map_of(detente.load(path)))


@pytest.mark.parametrize("path", SHIPPED, ids=named)
def test_columns_go_by_changes(path: Path) -> None:
    case = detente.load(path)
    shown = map_of(case)
    numbers = [column.changes for column in shown.columns]
    assert numbers == sorted(set(numbers), key=lambda n: (n is None, n))
    if case.graph is None:
        for state in shown.states:
            levels = zip(case.levels(state.state), case.levels(shown.status_quo), strict=True)
            assert shown.columns[state.column].changes == sum(abs(a - b) for a, b in levels)


def test_states_without_a_way_stand_in_a_last_column() -> None:
    text = """\
detente: 1
parties: {ann: {preferences: {ranking: [b, a, c]}}}
states: [a, b, c]
moves: {ann: {a: [b]}}
status_quo: a
"""
    shown = map_of(text)
    assert [(c.changes, c.heading) for c in shown.columns] == [
        (0, "now"),
        (1, "1 move"),
        (None, "out of reach"),
    ]
    assert {s.state: s.column for s in shown.states} == {"a": 0, "b": 1, "c": 2}


@pytest.mark.parametrize(
    "name", ["us-taliban-2019/two-step.yaml", "us-taliban-2019/full.yaml", "iran-2021/case.yaml"]
)
def test_path_is_a_straight_line_at_the_top(name: str) -> None:
    shown = map_of(shipped(name))
    steps = [move for move in shown.moves if move.role == "path"]
    assert steps
    heights = {round(y, 6) for step in steps for _, y in points(step.route.curves)}
    assert len(heights) == 1
    assert {s.row for s in shown.states if "path" in s.roles} == {0}


def test_arrangement_avoids_a_crossing() -> None:
    columns = [[0], [1, 2], [3, 4]]
    links = [Link(0, 1, 1), Link(0, 2, 1), Link(1, 4, 1), Link(2, 3, 1)]
    row = arrange(columns, links, [])
    assert (row[1] < row[2]) == (row[4] < row[3])


def test_path_that_stands_still_takes_two_rows() -> None:
    row = arrange([[0], [1, 2, 5], [3]], [Link(0, 5, 1)], [0, 2, 1, 3])
    assert (row[0], row[2], row[1], row[3]) == (0, 0, 1, 0)
    assert row[5] == 2


def test_column_that_the_path_passes_keeps_its_row_free() -> None:
    row = arrange([[0], [1], [2]], [Link(0, 1, 1), Link(0, 2, 8)], [0, 2])
    assert (row[0], row[1], row[2]) == (0, 1, 0)


def test_long_lines_that_would_touch_get_tracks_of_their_own() -> None:
    full = frozenset((c, r) for c in range(4) for r in range(2))
    corridors = Corridors(full, 2)
    lanes = [corridors.lane(0, 3, 0, 0) for _ in range(6)]
    assert all(lane.kind == "channel" for lane in lanes)
    assert len({(lane.number, lane.track) for lane in lanes}) == 6


def test_long_line_takes_an_empty_row() -> None:
    corridors = Corridors(frozenset({(0, 0), (1, 1), (2, 0)}), 2)
    lane = corridors.lane(0, 2, 0, 0)
    assert (lane.kind, lane.number, lane.track) == ("row", 0, 0)


def test_lines_between_the_same_two_states_do_not_cross() -> None:
    shown = map_of(shipped("us-taliban-2019/two-step.yaml"))
    pairs: dict[frozenset[str], list[list[float]]] = {}
    for move in shown.moves:
        ends = sorted(p for curve in move.route.curves for p in (curve[0], curve[3]))
        key = frozenset((move.start, move.end))
        pairs.setdefault(key, []).append([y for _, y in ends])
    several = [own for own in pairs.values() if len(own) > 1]
    assert several
    for own in several:
        for one, other in pairwise(sorted(own)):
            assert all(a < b for a, b in zip(one, other, strict=True))
