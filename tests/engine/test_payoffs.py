"""Payoffs, exact: the order of states under priorities and weights, however many or fine."""

from __future__ import annotations

import random
from decimal import Decimal
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.engine.payoffs import priority_payoffs, weight_payoffs
from detente.model.errors import CaseError, Where
from detente.model.parts import Clause, Priorities, Weights
from detente.model.statement import And, Atom, Not, Or, Statement


def priorities(statements: list[Statement]) -> Priorities:
    return Priorities(tuple(Clause("", statement) for statement in statements))


def weights(pairs: list[tuple[Statement, str]]) -> Weights:
    return Weights(tuple((Clause("", s), Decimal(w)) for s, w in pairs), Where("file", 7))


def same_order(found: list[int], wanted: list[object]) -> bool:
    rank = {value: k for k, value in enumerate(sorted(set(wanted)))}  # type: ignore[type-var]
    numbers = {value: k for k, value in enumerate(sorted(set(found)))}
    return [numbers[value] for value in found] == [rank[value] for value in wanted]


def random_statements(rng: random.Random, count: int, levels: tuple[int, ...]) -> list[Statement]:
    def atom() -> Statement:
        k = rng.randrange(len(levels))
        return Atom(k, rng.choice(["=", "!=", "<", ">="]), rng.randrange(levels[k]))

    shapes = [
        atom,
        lambda: Not(atom()),
        lambda: And((atom(), atom())),
        lambda: Or((atom(), atom(), atom())),
    ]
    return [rng.choice(shapes)() for _ in range(count)]


def cells(levels: tuple[int, ...]) -> list[tuple[int, ...]]:
    return list(product(*map(range, levels)))


SMALL = [(count, (2, 3, 2)) for count in (0, 1, 2, 5, 29, 30, 31, 59, 60, 61, 90, 91, 100)]
LARGE = [(count, (2,) * 13) for count in (12, 35, 61)]  # more cells than are summed at once


@pytest.mark.parametrize(("count", "levels"), SMALL + LARGE)
def test_priorities_give_the_order_of_big_integers(count: int, levels: tuple[int, ...]) -> None:
    statements = random_statements(random.Random(count), count, levels)
    found = priority_payoffs(priorities(statements), levels)
    assert found.dtype == np.int32
    assert found.shape == (len(cells(levels)),)
    last = count - 1
    scores: list[object] = [
        sum(2 ** (last - j) for j, s in enumerate(statements) if s.holds(at))
        for at in cells(levels)
    ]
    assert same_order(found.tolist(), scores)
    if count <= 30:  # up to there the payoffs are the scores themselves
        assert found.tolist() == scores


def test_priorities_over_more_cells_than_are_summed_at_once() -> None:
    levels = (2,) * 14
    statements: list[Statement] = [Atom(k, "=", 1) for k in range(14)]
    found = priority_payoffs(priorities(statements), levels)
    assert (found == np.arange(2**14)).all()
    found = priority_payoffs(priorities(statements[::-1]), levels)
    assert sorted(found.tolist()) == list(range(2**14))
    assert found[1] == 2**13


def test_priorities_beyond_thirty_decide_only_between_ties() -> None:
    # Thirty-three copies of one statement, then another: the first still outweighs it.
    statements: list[Statement] = [Atom(0, "=", 1)] * 33 + [Atom(1, "=", 1)]
    assert priority_payoffs(priorities(statements), (2, 2)).tolist() == [0, 1, 2, 3]


def test_each_of_a_hundred_priorities_counts() -> None:
    levels = (2,) * 7
    always = Or((Atom(0, "=", 0), Atom(0, "=", 1)))
    for place in (0, 28, 29, 30, 31, 58, 59, 60, 61, 89, 90, 99):
        statements: list[Statement] = [always] * 100
        statements[place] = Atom(6, "=", 1)
        found = priority_payoffs(priorities(statements), levels).reshape(-1, 2)
        assert (found[:, 1] > found[:, 0]).all()
        assert len(np.unique(found)) == 2


def test_a_priority_outweighs_all_later_ones_together() -> None:
    levels = (2, 2)
    for place in range(99):
        statements: list[Statement] = [Atom(0, "=", 0)] * place
        statements += [Atom(1, "=", 1)] + [Atom(1, "=", 0)] * (99 - place)
        found = priority_payoffs(priorities(statements), levels)
        assert found[1] > found[0]
        assert found[3] > found[2]


NUMBERS = st.one_of(
    st.sampled_from(["0", "0.1", "0.2", "0.3", "-0.3", "1", "-2.5", "100", "1e3", "1E-4", "0.10"]),
    st.decimals(-1000, 1000, places=3, allow_nan=False, allow_infinity=False).map(str),
    st.integers(-(2**40), 2**40).map(str),
)


@given(numbers=st.lists(NUMBERS, max_size=6), seed=st.integers(0, 99))
def test_weights_give_the_order_of_fractions(numbers: list[str], seed: int) -> None:
    levels = (2, 3, 2)
    statements = random_statements(random.Random(seed), len(numbers), levels)
    found = weight_payoffs(weights(list(zip(statements, numbers, strict=True))), levels, "us")
    assert found.dtype == np.int32
    totals: list[object] = [
        sum(
            (Fraction(n) for s, n in zip(statements, numbers, strict=True) if s.holds(at)),
            Fraction(0),
        )
        for at in cells(levels)
    ]
    assert same_order(found.tolist(), totals)


A, B = Atom(0, "=", 1), Atom(1, "=", 1)


def test_weights_add_like_decimals() -> None:
    third = Atom(2, "=", 1)
    found = weight_payoffs(weights([(A, "0.1"), (B, "0.2"), (third, "0.3")]), (2, 2, 2), "us")
    assert found.tolist() == [0, 3, 2, 5, 1, 4, 3, 6]


def test_weights_of_two_to_the_thirty_become_ranks() -> None:
    just_below = weight_payoffs(weights([(A, str(2**30 - 1))]), (2, 2), "us")
    assert just_below.tolist() == [0, 0, 2**30 - 1, 2**30 - 1]
    at = weight_payoffs(weights([(A, str(2**30))]), (2, 2), "us")
    assert at.tolist() == [0, 0, 1, 1]
    together = weight_payoffs(weights([(A, str(-(2**29))), (B, str(2**29))]), (2, 2), "us")
    assert together.tolist() == [1, 2, 0, 1]


def test_weights_of_eighteen_digits_are_exact() -> None:
    big = weight_payoffs(weights([(A, "1000000000000000000"), (B, "1")]), (2, 2), "us")
    assert big.tolist() == [0, 1, 2, 3]
    mixed = weight_payoffs(weights([(A, "100000000"), (B, "0.0000000001")]), (2, 2), "us")
    assert mixed.tolist() == [0, 1, 2, 3]
    negative = weight_payoffs(weights([(A, "-4611686018427387903")]), (2, 2), "us")
    assert negative.tolist() == [1, 1, 0, 0]


def test_weights_ignore_zero_and_trailing_zeros() -> None:
    pairs = [(A, "1.5000000000000000000000000000000"), (B, "0e-90"), (B, "2000e-3")]
    assert weight_payoffs(weights(pairs), (2, 2), "us").tolist() == [0, 20, 15, 35]
    assert weight_payoffs(weights([(A, "0")]), (2, 2), "us").tolist() == [0] * 4
    assert weight_payoffs(weights([]), (2, 2), "us").tolist() == [0] * 4


REFUSAL = (
    "file:7: the weights of 'us' span too many digits\n"
    "  rule: weights are summed exactly, in at most 18 digits\n"
    "  next: use priorities if one statement outweighs all others"
)


@pytest.mark.parametrize(
    "numbers",
    [
        ["1e19"],
        ["4611686018427387904"],
        ["-4611686018427387904"],
        ["2305843009213693952", "-2305843009213693952"],
        ["1e10", "1e-9"],
        ["1e-19"],
        ["1.0000000000000000000000000000000000000001"],
        ["1e999999", "1"],
        ["1e9999999"],
        ["1e-9999999"],
    ],
)
def test_weights_of_too_many_digits_are_refused(numbers: list[str]) -> None:
    with pytest.raises(CaseError) as caught:
        weight_payoffs(weights([(A, n) for n in numbers]), (2, 2), "us")
    assert str(caught.value) == REFUSAL


@pytest.mark.parametrize("numbers", [["1e18"], ["1e9", "1e-9"], ["1e-18"]])
def test_weights_of_just_few_enough_digits_are_taken(numbers: list[str]) -> None:
    found = weight_payoffs(weights([(A, n) for n in numbers]), (2, 2), "us")
    assert found[0] == found[1] < found[2] == found[3]
