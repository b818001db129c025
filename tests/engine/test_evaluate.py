"""Truth over all combinations of levels, against Statement.holds in every single one."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.engine.evaluate import feasible_cells, truth
from detente.model.parts import Clause, Pattern
from detente.model.statement import OPERATORS, And, Atom, If, Iff, Not, Or, Statement

LEVELS = (2, 3, 2)


def atoms() -> st.SearchStrategy[Statement]:
    return st.integers(0, len(LEVELS) - 1).flatmap(
        lambda option: st.builds(
            Atom,
            st.just(option),
            st.sampled_from(sorted(OPERATORS)),
            st.integers(0, LEVELS[option] - 1),
        )
    )


def several(parts: st.SearchStrategy[Statement]) -> st.SearchStrategy[Statement]:
    tuples = st.lists(parts, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        st.builds(Not, parts),
        st.builds(And, tuples),
        st.builds(Or, tuples),
        st.builds(If, parts, parts),
        st.builds(Iff, parts, parts),
    )


STATEMENTS = st.recursive(atoms(), several, max_leaves=8)


def everywhere(statement: Statement, levels: tuple[int, ...] = LEVELS) -> list[bool]:
    return [statement.holds(at) for at in product(*(range(count) for count in levels))]


@given(statement=STATEMENTS)
def test_truth_is_holds_in_every_combination(statement: Statement) -> None:
    found = truth(statement, LEVELS)
    assert found.dtype == np.bool_
    assert np.broadcast_to(found, LEVELS).reshape(-1).tolist() == everywhere(statement)


@given(statement=STATEMENTS)
def test_truth_has_length_one_along_options_not_mentioned(statement: Statement) -> None:
    mentioned = {atom.option for atom in statement.atoms()}
    expected = tuple(n if k in mentioned else 1 for k, n in enumerate(LEVELS))
    assert truth(statement, LEVELS).shape == expected


@pytest.mark.parametrize("op", sorted(OPERATORS))
def test_truth_of_each_comparison(op: str) -> None:
    statement = Atom(1, op, 1)
    values = truth(statement, LEVELS).reshape(-1).tolist()
    assert values == [statement.holds((0, level, 0)) for level in range(3)]


def test_truth_of_something_else_is_refused() -> None:
    with pytest.raises(TypeError, match=r"^Statement is not a statement$"):
        truth(Statement(), LEVELS)


def clause(statement: Statement) -> Clause:
    return Clause("", statement)


def pattern(*levels: int | None) -> Pattern:
    return Pattern("", levels)


@given(
    items=st.lists(
        st.one_of(
            STATEMENTS.map(clause),
            st.tuples(*(st.one_of(st.none(), st.integers(0, count - 1)) for count in LEVELS)).map(
                lambda levels: pattern(*levels)
            ),
        ),
        max_size=4,
    )
)
def test_feasible_cells_fit_no_item(items: list[Clause | Pattern]) -> None:
    def excluded(at: tuple[int, ...]) -> bool:
        for item in items:
            if isinstance(item, Clause) and item.statement.holds(at):
                return True
            if isinstance(item, Pattern) and all(
                want is None or want == level for want, level in zip(item.levels, at, strict=True)
            ):
                return True
        return False

    cells = feasible_cells(items, LEVELS)
    assert cells.dtype == np.bool_
    assert cells.tolist() == [not excluded(at) for at in product(*map(range, LEVELS))]


def test_feasible_cells_without_items_are_all() -> None:
    assert feasible_cells((), LEVELS).tolist() == [True] * 12


def test_feasible_cells_of_a_pattern_and_a_statement() -> None:
    items = [pattern(1, None), clause(Atom(1, "=", 2))]
    assert feasible_cells(items, (2, 3)).tolist() == [True, True, False, False, False, False]
