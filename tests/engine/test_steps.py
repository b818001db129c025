"""One step of one party, against minima and maxima taken one state at a time."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from detente.engine.moves import StateMoves
from detente.engine.steps import NEVER, ArcSteps, LineSteps, Steps

Ints = NDArray[np.int64]

INT32 = np.iinfo(np.int32)
PROFILES = st.sampled_from([(), (1,), (3,), (2, 2)])
PAYOFFS = st.one_of(
    st.integers(0, 3),  # many ties
    st.integers(-2, 2),
    st.sampled_from([INT32.min, INT32.min + 1, -1, 0, INT32.max - 1, INT32.max]),
)


def ints(data: st.DataObject, shape: tuple[int, ...]) -> Ints:
    size = int(np.prod(shape))
    values = data.draw(st.lists(PAYOFFS, min_size=size, max_size=size))
    return np.array(values, dtype=np.int64).reshape(shape)


def brute(
    reached: Callable[[int], list[int]], values: Ints, payoffs: Ints, *, improving: bool
) -> tuple[Ints, Ints]:
    """Least and greatest value over the states reached, one state and profile at a time."""
    least, greatest = np.full_like(values, NEVER), np.full_like(values, -NEVER)
    for profile in np.ndindex(values.shape[:-1]):
        u, v = payoffs[profile], values[profile]
        for s in range(values.shape[-1]):
            found = [int(v[t]) for t in reached(s) if u[t] > u[s] or not improving]
            least[(*profile, s)] = min(found, default=int(NEVER))
            greatest[(*profile, s)] = max(found, default=-int(NEVER))
    return least, greatest


def line_steps(line: Ints, payoffs: Ints) -> LineSteps:
    return LineSteps(line, np.argsort(line, kind="stable").astype(np.int32), payoffs)


def check(steps: Steps, reached: Callable[[int], list[int]], values: Ints, payoffs: Ints) -> None:
    before = values.copy()
    least, greatest = brute(reached, values, payoffs, improving=False)
    assert steps.least(values).tolist() == least.tolist()
    assert steps.greatest(values).tolist() == greatest.tolist()
    least, _ = brute(reached, values, payoffs, improving=True)
    for _ in range(2):  # the second time from what was kept
        assert steps.least_by_improvement(values).tolist() == least.tolist()
    assert values.tolist() == before.tolist()  # the argument is left alone


@given(data=st.data())
def test_line_steps_agree_with_brute_force(data: st.DataObject) -> None:
    count = data.draw(st.integers(1, 9))
    marks = data.draw(st.lists(st.integers(0, 3), min_size=count, max_size=count))
    line = np.array([sorted(set(marks)).index(mark) for mark in marks], dtype=np.int64)
    shape = (*data.draw(PROFILES), count)
    payoffs, values = ints(data, shape), ints(data, shape)

    def reached(s: int) -> list[int]:
        return [t for t in range(count) if line[t] == line[s]]

    check(line_steps(line, payoffs), reached, values, payoffs)


@given(data=st.data())
def test_arc_steps_agree_with_brute_force(data: st.DataObject) -> None:
    count = data.draw(st.integers(1, 8))
    every = [(a, b) for a in range(count) for b in range(count) if a != b]
    arcs = sorted(data.draw(st.sets(st.sampled_from(every)))) if every else []
    pairs = np.array(arcs, dtype=np.int32).reshape(-1, 2)
    shape = (*data.draw(PROFILES), count)
    payoffs, values = ints(data, shape), ints(data, shape)

    def reached(s: int) -> list[int]:
        return [b for a, b in arcs if a == s]

    moves = StateMoves(count, pairs[:, 0], pairs[:, 1])
    check(ArcSteps(moves, payoffs), reached, values, payoffs)


LINE = np.array([0, 1, 0, 1, 0], dtype=np.int64)
PAYOFF = np.array([5, 1, 5, 2, 7], dtype=np.int64)
VALUES = np.array([30, -8, 20, 4, 60], dtype=np.int64)


def test_line_steps_on_a_pinned_line() -> None:
    steps = line_steps(LINE, PAYOFF)
    assert steps.least(VALUES).tolist() == [20, -8, 20, -8, 20]
    assert steps.greatest(VALUES).tolist() == [60, 4, 60, 4, 60]
    assert steps.least_by_improvement(VALUES).tolist() == [60, 4, 60, NEVER, NEVER]


def test_line_steps_where_the_least_value_is_negative_on_a_later_line() -> None:
    # A running minimum that spilled from one line into the next would show here.
    line = np.repeat(np.arange(4), 3)
    payoffs = np.tile(np.array([0, 1, 2]), 4)
    values = np.array([9, 8, 7, -5, -6, -7, 100, 90, 95, INT32.min, INT32.max, 0])
    assert line_steps(line, payoffs).least_by_improvement(values).tolist() == [
        *(7, 7, NEVER, -7, -7, NEVER, 90, 95, NEVER, 0, 0, NEVER)
    ]


def test_line_steps_of_many_lines_with_extreme_payoffs_do_not_overflow() -> None:
    count = 2 * 60_000
    line = np.arange(count) // 2
    payoffs = np.tile(np.array([INT32.min, INT32.max], dtype=np.int64), count // 2)
    found = line_steps(line, payoffs).least_by_improvement(payoffs[::-1].copy())
    assert set(found[::2].tolist()) == {INT32.min}
    assert set(found[1::2].tolist()) == {int(NEVER)}


def test_never_exceeds_what_any_line_can_be_lifted_to() -> None:
    assert NEVER == 2**62
    assert NEVER.dtype == np.int64


def test_arc_steps_without_arcs_reach_nothing() -> None:
    nothing = np.array([], dtype=np.int32)
    steps = ArcSteps(StateMoves(2, nothing, nothing), np.array([[0, 1], [1, 0]]))
    values = np.array([[3, 4], [5, 6]])
    assert steps.least(values).tolist() == [[NEVER, NEVER]] * 2
    assert steps.greatest(values).tolist() == [[-NEVER, -NEVER]] * 2
    assert steps.least_by_improvement(values).tolist() == [[NEVER, NEVER]] * 2


@pytest.mark.parametrize("shape", [(5,), (2, 5), (2, 1, 5)])
def test_steps_keep_shape_and_type(shape: tuple[int, ...]) -> None:
    payoffs = np.broadcast_to(PAYOFF, shape).copy()
    values = np.broadcast_to(VALUES, shape).copy()
    arcs = StateMoves(5, np.array([0, 1], dtype=np.int32), np.array([2, 3], dtype=np.int32))
    for steps in (line_steps(LINE, payoffs), ArcSteps(arcs, payoffs)):
        for found in (
            steps.least(values),
            steps.greatest(values),
            steps.least_by_improvement(values),
        ):
            assert found.shape == shape
            assert found.dtype == np.int64
