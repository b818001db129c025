"""Joint moves over a party's options, and moves between states, against their definitions."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.engine.moves import StateMoves, option_moves

Arcs = frozenset[tuple[int, int]]


def arcs_of(count: int) -> st.SearchStrategy[Arcs]:
    every = [(a, b) for a in range(count) for b in range(count) if a != b]
    return st.frozensets(st.sampled_from(every))


@given(data=st.data())
def test_option_moves_combine_one_arc_or_none_of_each_option(data: st.DataObject) -> None:
    levels = data.draw(st.lists(st.integers(2, 3), max_size=3))
    arcs = [data.draw(arcs_of(count)) for count in levels]
    every = list(product(*(range(count) for count in levels)))
    expected = [
        (every.index(a), every.index(b))
        for a in every
        for b in every
        if a != b and all(x == y or (x, y) in own for x, y, own in zip(a, b, arcs, strict=True))
    ]
    moves = option_moves(levels, arcs)
    assert moves.size == len(every)
    assert list(zip(moves.src.tolist(), moves.dst.tolist(), strict=True)) == expected
    assert moves.ptr.tolist() == [sum(a < k for a, _ in expected) for k in range(moves.size + 1)]


def test_option_moves_have_their_types() -> None:
    moves = option_moves((2, 2), (frozenset({(0, 1)}), frozenset()))
    assert (moves.ptr.dtype, moves.dst.dtype) == (np.int64, np.int32)
    assert moves.src.dtype == np.int32


def test_option_moves_without_options_are_none() -> None:
    moves = option_moves((), ())
    assert (moves.size, moves.ptr.tolist(), moves.dst.tolist()) == (1, [0, 0], [])


@pytest.mark.parametrize("arcs", [(), (frozenset(), frozenset())])
def test_option_moves_need_arcs_for_each_option(arcs: tuple[Arcs, ...]) -> None:
    with pytest.raises(ValueError, match=r"shorter|longer"):
        option_moves((2,), arcs)


def state_moves(size: int, arcs: list[tuple[int, int]]) -> StateMoves:
    pairs = np.array(sorted(arcs), dtype=np.int32).reshape(-1, 2)
    return StateMoves(size, pairs[:, 0], pairs[:, 1])


@given(size=st.integers(2, 6), data=st.data())
def test_state_moves_know_movers_targets_and_transitivity(size: int, data: st.DataObject) -> None:
    arcs = data.draw(arcs_of(size))
    moves = state_moves(size, list(arcs))
    targets = {s: sorted(b for a, b in arcs if a == s) for s in range(size)}
    assert [moves.targets(s).tolist() for s in range(size)] == list(targets.values())
    assert moves.movers.tolist() == [s for s in range(size) if targets[s]]
    assert moves.starts.tolist() == [sum(a < s for a, _ in arcs) for s in range(size) if targets[s]]
    two_steps = {(a, d) for a, b in arcs for c, d in arcs if b == c and a != d}
    assert moves.transitive is (two_steps <= arcs)


@pytest.mark.parametrize(
    ("arcs", "transitive"),
    [
        ([], True),
        ([(0, 1)], True),
        ([(0, 1), (1, 0)], True),  # the way back adds nothing
        ([(0, 1), (1, 2)], False),
        ([(0, 1), (1, 2), (0, 2)], True),
        ([(0, 1), (1, 2), (2, 0)], False),
    ],
)
def test_state_moves_are_transitive(arcs: list[tuple[int, int]], transitive: bool) -> None:
    assert state_moves(3, arcs).transitive is transitive
