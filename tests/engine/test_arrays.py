"""Cells, states, lines and moves of a compiled case, against the draw that it came from."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import Sample, compiled, graph
from strategies_cases import Drawn, draw, drawn

from detente.engine.arrays import PartyArrays
from detente.engine.compile import compile_case

TWO = """
detente: 1
parties:
  a: {options: {x: {levels: [l0, l1, l2]}, y: {moves: forward}}}
  b: {}
  c: {options: {z: {moves: [[no, yes]]}}}
infeasible: ["0-1", "210"]
"""


def own_digits(model: Drawn, party: str, code: str) -> str:
    mine = (option.key.startswith(f"{party}.") for option in model.options)
    return "".join(digit for digit, own in zip(code, mine, strict=True) if own)


@given(model=drawn(form="option"))
def test_lines_hold_states_that_differ_only_in_own_options(model: Drawn) -> None:
    arrays = Sample(model).arrays
    codes = [model.name(state) for state in model.states]
    for i, party in enumerate(model.parties):

        def others(code: str, party: str = party.id) -> str:
            keys = (option.key.startswith(f"{party}.") for option in model.options)
            return "".join(digit for digit, own in zip(code, keys, strict=True) if not own)

        rest = [others(code) for code in codes]
        expected = [sorted(set(rest)).index(part) for part in rest]  # dense, ascending
        assert arrays.line(i).tolist() == expected
        by_line = sorted(range(len(codes)), key=expected.__getitem__)
        assert arrays.by_line(i).tolist() == by_line
        joint = list(product(*(range(len(option.levels)) for option in party.options)))
        assert arrays.own(i).tolist() == [
            joint.index(tuple(map(int, own_digits(model, party.id, code)))) for code in codes
        ]


@given(model=drawn())
def test_state_moves_are_those_of_the_definition(model: Drawn) -> None:
    arrays = Sample(model).arrays
    codes = [model.name(state) for state in model.states]
    for i, party in enumerate(model.parties):
        expected = [
            (s, t)
            for s, code in enumerate(codes)
            for t in sorted(codes.index(end) for end in model.reached[party.id][code])
        ]
        moves = arrays.state_moves(i)
        assert list(zip(moves.src.tolist(), moves.dst.tolist(), strict=True)) == expected
        assert moves.size == len(codes)
        assert (moves.src.dtype, moves.dst.dtype) == (np.int32, np.int32)


@given(data=st.data(), model=drawn())
def test_expand_lists_the_moves_of_each_source_in_turn(data: st.DataObject, model: Drawn) -> None:
    arrays = Sample(model).arrays
    codes = [model.name(state) for state in model.states]
    sources = data.draw(st.lists(st.integers(0, len(codes) - 1), max_size=5))
    for i, party in enumerate(model.parties):
        at, target = arrays.expand(i, np.array(sources, dtype=np.int64))
        expected = [
            (k, t)
            for k, s in enumerate(sources)
            for t in sorted(codes.index(end) for end in model.reached[party.id][codes[s]])
        ]
        assert list(zip(at.tolist(), target.tolist(), strict=True)) == expected


def test_arrays_of_a_pinned_case() -> None:
    arrays = compiled(TWO)
    assert arrays.shape == (6, 1, 2)
    assert arrays.cells == 12
    # codes 000 010 100 101 110 111 200 201 211
    assert arrays.states.tolist() == [0, 2, 4, 5, 6, 7, 8, 9, 11]
    assert arrays.position.tolist() == [0, -1, 1, -1, 2, 3, 4, 5, 6, 7, -1, 8]
    assert arrays.position.dtype == np.int32
    assert arrays.line(0).tolist() == [0, 0, 0, 1, 0, 1, 0, 1, 1]
    assert arrays.by_line(0).tolist() == [0, 1, 2, 4, 6, 3, 5, 7, 8]
    assert arrays.line(1).tolist() == list(range(9))
    assert arrays.line(2).tolist() == [0, 1, 2, 2, 3, 3, 4, 4, 5]
    assert arrays.own(0).tolist() == [0, 1, 2, 2, 3, 3, 4, 4, 5]
    assert arrays.own(1).tolist() == [0] * 9
    assert arrays.own(2).tolist() == [0, 0, 0, 1, 0, 1, 0, 1, 1]
    assert arrays.state_moves(2).src.tolist() == [2, 4, 6]
    assert arrays.state_moves(2).dst.tolist() == [3, 5, 7]
    assert arrays.state_moves(1).src.tolist() == []
    assert [party.complete for party in arrays.parties] == [False, True, False]
    assert [party.transitive for party in arrays.parties] == [True, True, True]
    assert arrays.transitive


def test_state_payoffs_leave_out_infeasible_cells() -> None:
    text = TWO.replace("b: {}", "b: {preferences: {weights: {x = l2: 5, z: 2}}}")
    arrays = compiled(text)
    assert arrays.state_payoffs(1).tolist() == [0, 0, 0, 2, 0, 2, 5, 7, 7]
    assert arrays.state_payoffs(0).tolist() == [0] * 9


def test_arrays_are_computed_once() -> None:
    arrays = compiled(TWO)
    assert arrays.states is arrays.states
    assert arrays.position is arrays.position
    assert arrays.state_moves(0) is arrays.state_moves(0)
    assert arrays.own(0) is arrays.own(0)
    assert arrays.parties[0].joint is arrays.parties[0].joint


def test_graph_form_has_one_line_and_listed_moves() -> None:
    arrays = compile_case(graph({"p": "ab bc", "q": "ca"}, {"p": "a>b>c", "q": ""}))
    assert arrays.shape == (1, 1)
    assert arrays.cells == 3
    assert arrays.states.tolist() == [0, 1, 2]
    assert not arrays.transitive
    assert [party.transitive for party in arrays.parties] == [False, True]
    assert [party.complete for party in arrays.parties] == [False, False]
    assert [party.indifferent for party in arrays.parties] == [False, True]
    assert arrays.listed is not None
    assert arrays.state_moves(0) is arrays.listed[0]


@pytest.mark.parametrize(("levels", "size"), [((), 1), ((2,), 2), ((3, 2), 6)])
def test_party_has_a_joint_level_for_each_combination(levels: tuple[int, ...], size: int) -> None:
    party = PartyArrays(levels, tuple(frozenset() for _ in levels), True, True, True)
    assert party.size == size
    assert party.joint.size == size


@given(rng=st.randoms(use_true_random=False))
def test_transitive_option_moves_are_transitive_between_states(rng: object) -> None:
    """Infeasible states do not change it: a restriction of a transitive relation is one."""
    model = draw(rng, form="option")  # type: ignore[arg-type]
    arrays = Sample(model).arrays
    for i, party in enumerate(arrays.parties):
        if party.transitive:
            assert arrays.state_moves(i).transitive
    if arrays.transitive:
        assert not model.intransitive
