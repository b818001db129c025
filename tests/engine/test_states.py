"""From cells to the names of states and back."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from samples import Sample, graph
from strategies_cases import Drawn, drawn

from detente.engine.states import cell_of, code_of, codes_of
from detente.model.loading import parse_case


@given(model=drawn())
def test_cell_of_and_code_of_are_inverse(model: Drawn) -> None:
    case = Sample(model).case
    cells = np.arange(case.cells)
    codes = codes_of(case, cells)
    assert [cell_of(case, code) for code in codes] == cells.tolist()
    assert [code_of(case, int(cell)) for cell in cells] == list(codes)
    assert len(set(codes)) == case.cells


@given(model=drawn())
def test_codes_of_the_feasible_cells_are_the_states_of_the_draw(model: Drawn) -> None:
    sample = Sample(model)
    expected = tuple(model.name(state) for state in model.states)
    assert codes_of(sample.case, sample.arrays.states) == expected
    assert sample.game.states == expected


MIXED = parse_case("""
detente: 1
parties:
  a: {options: {x: {levels: [l0, l1, l2, l3, l4, l5, l6, l7, l8, l9]}, y: {}}}
  b: {options: {z: {levels: [low, middle, high]}}}
""")


@pytest.mark.parametrize(("code", "cell"), [("000", 0), ("012", 5), ("100", 6), ("912", 59)])
def test_first_option_counts_most(code: str, cell: int) -> None:
    assert cell_of(MIXED, code) == cell
    assert code_of(MIXED, cell) == code


def test_codes_of_no_cells_are_none() -> None:
    assert codes_of(MIXED, np.array([], dtype=np.int64)) == ()
    case = graph({"p": "ab"}, {"p": "a>b"})
    assert codes_of(case, np.array([], dtype=np.int64)) == ()


def test_codes_of_leaves_its_argument_alone() -> None:
    cells = np.array([59, 0, 6])
    assert codes_of(MIXED, cells) == ("912", "000", "100")
    assert cells.tolist() == [59, 0, 6]


def test_graph_form_numbers_states_as_declared() -> None:
    case = graph({"p": "ab bc"}, {"p": "a>b>c"})
    assert codes_of(case, np.array([2, 0])) == ("c", "a")
    assert cell_of(case, "b") == 1
    assert code_of(case, 2) == "c"
