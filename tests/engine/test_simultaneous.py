"""Simultaneous sanctions: the combinations that are tried, and the chunks they come in."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import compiled

from detente.engine import simultaneous
from detente.engine.simultaneous import simultaneously_deterred


def combinations(answers: list[list[int]]) -> list[list[int]]:
    arrays = [np.array(offsets, dtype=np.int64) for offsets in answers]
    return [chunk.tolist() for chunk in simultaneous._combinations(arrays)]


@pytest.fixture(params=[1, 2, 3, 5, 8, 1 << 22])
def chunk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(simultaneous, "_CHUNK", request.param)
    return int(request.param)


@pytest.mark.parametrize(
    "answers", [[], [[1]], [[1, 2]], [[1], [10]], [[1, 2], [10, 20], [100]], [[3], [5, 7], [11]]]
)
def test_combinations_take_one_or_none_of_each(answers: list[list[int]], chunk: int) -> None:
    found = combinations(answers)
    expected = [sum(chosen) for chosen in product(*([0, *offsets] for offsets in answers))]
    assert sorted(value for part in found for value in part) == sorted(expected)
    longest = max([1, *(len(offsets) + 1 for offsets in answers)])
    assert all(len(part) <= max(chunk, longest) for part in found)


def test_combinations_come_in_one_chunk_while_they_fit() -> None:
    assert combinations([[1, 2], [10, 20, 30]]) == [[0, 10, 20, 30, 1, 11, 21, 31, 2, 12, 22, 32]]


def test_combinations_come_in_as_few_chunks_as_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(simultaneous, "_CHUNK", 12)
    assert len(combinations([[1, 2], [10, 20, 30]])) == 1
    monkeypatch.setattr(simultaneous, "_CHUNK", 11)
    assert combinations([[1, 2], [10, 20, 30]]) == [
        [0, 10, 20, 30],
        [1, 11, 21, 31],
        [2, 12, 22, 32],
    ]


def test_chunks_hold_millions_of_combinations() -> None:
    assert simultaneous._CHUNK == 2**22


THREE = """
detente: 1
parties:
  a:
    options: {x: {}}
    preferences: {ranking: [["100", "110", "101"], "000", ["001", "010", "011"], "111"]}
  b: {options: {y: {}}, preferences: {priorities: [y]}}
  c: {options: {z: {}}, preferences: {priorities: [z]}}
"""


def test_deterred_by_two_others_at_once(chunk: int) -> None:
    # From 000 a goes to 100; b alone leads to 110, c alone to 101, both to 111, which is worse.
    # From 001 b alone leads to 111; in 111 nobody can answer the way back to 011.
    assert simultaneously_deterred(compiled(THREE), 0).tolist() == [*[True] * 7, False]


def test_not_deterred_where_one_of_the_two_does_not_gain(chunk: int) -> None:
    without = THREE.replace(", preferences: {priorities: [z]}", "")
    assert simultaneously_deterred(compiled(without), 0).tolist() == [
        *(False, True, False, True, True, True, True, False)
    ]


def test_not_deterred_where_the_combination_is_infeasible(chunk: int) -> None:
    without = THREE.replace(', "111"]', "]") + 'infeasible: ["111"]\n'
    assert simultaneously_deterred(compiled(without), 0).tolist() == [
        *(False, False, False, True, True, True, True)
    ]


def test_a_payoff_equal_to_the_present_one_deters(chunk: int) -> None:
    tied = THREE.replace(
        '"000", ["001", "010", "011"], "111"', '["000", "001", "010", "011", "111"]'
    )
    assert simultaneously_deterred(compiled(tied), 0).tolist() == [True] * 8


@given(seed=st.integers(0, 10**6))
def test_profiles_are_solved_each_for_itself(seed: int) -> None:
    rng = np.random.default_rng(seed)
    arrays = compiled(THREE)
    stacked = tuple(rng.integers(0, 4, (2, 3, 8), dtype=np.int32) for _ in range(3))
    batch = replace(arrays, payoffs=stacked)
    for party in range(3):
        found = simultaneously_deterred(batch, party)
        assert found.shape == (2, 3, 8)
        assert found.dtype == np.bool_
        for at in np.ndindex(2, 3):
            one = replace(arrays, payoffs=tuple(p[at] for p in stacked))
            assert found[at].tolist() == simultaneously_deterred(one, party).tolist()
