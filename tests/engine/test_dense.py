"""The dense engine against the definitions, spelled out with sets."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import numba
import numpy as np
import pytest

from detente.engine.dense import CONCEPTS, stable_dense

State = tuple[int, ...]
Model = tuple[tuple[int, ...], Any, list[Any], list[Any]]


def listed(levels: int, arcs: Sequence[tuple[int, int]]) -> Any:
    """Moves as the engine takes them."""
    rows = [sorted(b for a, b in arcs if a == level) for level in range(levels)]
    ptr = np.cumsum([0, *map(len, rows)]).astype(np.int64)
    return SimpleNamespace(ptr=ptr, dst=np.array(list(itertools.chain(*rows)), dtype=np.int32))


def forward(levels: int) -> Any:
    return listed(levels, [(a, b) for a in range(levels) for b in range(a + 1, levels)])


def back(levels: int) -> Any:
    return listed(levels, [(a, b) for a in range(levels) for b in range(a)])


def within_classes(rng: np.random.Generator, levels: int) -> Any:
    """A random preorder: transitive, with cycles."""
    rank, group = rng.integers(0, 3, levels), rng.integers(0, 2, levels)
    arcs = [
        (a, b)
        for a, b in itertools.permutations(range(levels), 2)
        if group[a] == group[b] and rank[a] <= rank[b]
    ]
    return listed(levels, arcs)


@dataclass
class Oracle:
    """Section "Legal sequences" and "Individual stability" of the definitions, word for word."""

    shape: tuple[int, ...]
    feasible: Any
    payoffs: list[Any]
    moves: list[Any]

    def __post_init__(self) -> None:
        self.parties = range(len(self.shape))
        self.states = [s for s in np.ndindex(*self.shape) if self.feasible[s]]
        self.reach = {(i, s): self._reachable(i, s) for i in self.parties for s in self.states}
        self.better = {
            (i, s): {q for q in self.reach[i, s] if self.u(i, q) > self.u(i, s)}
            for i in self.parties
            for s in self.states
        }
        self.sequences: dict[Any, set[State]] = {}

    def u(self, i: int, s: State) -> int:
        return int(self.payoffs[i][s])

    def _reachable(self, i: int, s: State) -> set[State]:
        moves = self.moves[i]
        if moves is None:
            own = [a for a in range(self.shape[i]) if a != s[i]]
        else:
            own = moves.dst[moves.ptr[s[i]] : moves.ptr[s[i] + 1]].tolist()
        ends = [(*s[:i], a, *s[i + 1 :]) for a in own]
        return {end for end in ends if self.feasible[end]}

    def legal(self, movers: tuple[int, ...], s: State, improving: bool) -> set[State]:
        """R_H(s) or R_H+(s), by a search over pairs of state and last mover."""
        key = movers, s, improving
        if key not in self.sequences:
            step = self.better if improving else self.reach
            found: set[tuple[State, int]] = set()
            front = [(q, j) for j in movers for q in step[j, s]]
            while front:
                q, last = front.pop()
                if (q, last) not in found:
                    found.add((q, last))
                    front += [(t, j) for j in movers if j != last for t in step[j, q]]
            self.sequences[key] = {q for q, _ in found}
        return self.sequences[key]

    def stable(self, concept: str, i: int, s: State) -> bool:
        if concept == "nash":
            return not self.better[i, s]
        others = tuple(j for j in self.parties if j != i)
        improving = concept in ("seq", "sseq")

        def not_better(q: State) -> bool:
            return self.u(i, q) <= self.u(i, s)

        def deters(s2: State) -> bool:
            if concept in ("smr", "sseq"):
                return not_better(s2) and all(not_better(s3) for s3 in self.reach[i, s2])
            return not_better(s2)

        return all(
            any(deters(s2) for s2 in self.legal(others, s1, improving)) for s1 in self.better[i, s]
        )

    def solve(self) -> dict[str, list[Any]]:
        result = {c: [np.zeros(self.shape, bool) for _ in self.parties] for c in CONCEPTS}
        for concept, i, s in itertools.product(CONCEPTS, self.parties, self.states):
            result[concept][i][s] = self.stable(concept, i, s)
        return result


def random_model(seed: int) -> Model:
    rng = np.random.default_rng(seed)
    parties = int(rng.integers(2, 5))
    most = {2: 5, 3: 4, 4: 3}[parties]
    shape = tuple(int(g) for g in rng.integers(1, most + 1, parties))
    feasible = rng.random(shape) >= rng.choice([0.0, 0.1, 0.3, 0.6])
    if rng.random() < 0.05:
        feasible[...] = False
        feasible[tuple(int(rng.integers(g)) for g in shape)] = True
    payoffs, moves = [], []
    kinds = rng.choice(["free", "listed", "mixed"])
    for g in shape:
        scale = int(rng.choice([1, 2, 4, 100], p=[0.1, 0.2, 0.35, 0.35]))
        u = rng.integers(0, scale, shape)
        if rng.random() < 0.2:  # all of int32
            u = u * (2**32 - 1) // max(1, scale - 1) - 2**31
        junk = rng.choice(np.array([-(2**31), 2**31 - 1]), shape)
        payoffs.append(np.where(feasible, u, junk).astype(np.int32))
        options = [None, None, forward(g), back(g), within_classes(rng, g), listed(g, [])]
        chances = {"free": [1, 0, 0, 0, 0, 0], "listed": [0, 0, 1, 1, 1, 0.2]}
        weights = np.array(chances.get(str(kinds), [1, 1, 1, 1, 1, 0.2]), dtype=float)
        moves.append(options[int(rng.choice(6, p=weights / weights.sum()))])
    return shape, feasible, payoffs, moves


def assert_same(found: dict[str, list[Any]], expected: dict[str, list[Any]]) -> None:
    assert list(found) == list(expected)
    for concept, by_party in expected.items():
        for i, mask in enumerate(by_party):
            assert found[concept][i].dtype == np.bool_
            np.testing.assert_array_equal(found[concept][i], mask, f"{concept}, party {i}")


@pytest.mark.parametrize("seed", range(200))
def test_stable_dense_small_model_agrees_with_the_definitions(seed: int) -> None:
    model = random_model(seed)
    assert_same(stable_dense(*model), Oracle(*model).solve())


needs_compiler = pytest.mark.skipif(
    bool(numba.config.DISABLE_JIT), reason="too slow where kernels run as Python"
)

IMPLIED = [("nash", "sseq"), ("sseq", "seq"), ("seq", "gmr"), ("sseq", "smr"), ("smr", "gmr")]


def assert_theorems(found: dict[str, list[Any]]) -> None:
    for stronger, weaker in IMPLIED:
        for one, other in zip(found[stronger], found[weaker], strict=True):
            assert not np.any(one & ~other), f"{stronger} does not imply {weaker}"


def free_model(
    seed: int, shape: tuple[int, ...], scale: int = 2**31 - 1, infeasible: float = 0.1
) -> Model:
    rng = np.random.default_rng(seed)
    payoffs = [rng.integers(-scale, scale, shape, dtype=np.int32) for _ in shape]
    return shape, rng.random(shape) >= infeasible, payoffs, [None] * len(shape)


def embed(rng: np.random.Generator, model: Model, shape: tuple[int, ...]) -> tuple[Model, Any]:
    """Spread a model's joint levels over longer axes; all new cells are infeasible."""
    small, feasible, payoffs, moves = model
    places = [rng.permutation(g)[:own] for g, own in zip(shape, small, strict=True)]
    where = np.ix_(*places)
    wide = np.zeros(shape, bool)
    wide[where] = feasible
    wider = []
    for u in payoffs:
        wider.append(rng.integers(-(2**31), 2**31 - 1, shape, dtype=np.int32))
        wider[-1][where] = u
    moved = []
    for place, g, own in zip(places, shape, moves, strict=True):
        if own is not None:
            arcs = [(a, b) for a in range(len(place)) for b in own.dst[own.ptr[a] : own.ptr[a + 1]]]
            own = listed(g, [(int(place[a]), int(place[b])) for a, b in arcs])
        moved.append(own)
    return (shape, wide, wider, moved), where


def fixpoint(model: Model) -> dict[str, list[Any]]:
    """The same answers by array operations on pairs of joint levels: fit for mid-sized models."""
    shape, feasible, payoffs, moves = model
    top, low = 2**31 - 1, -(2**31)

    def arcs(j: int) -> list[tuple[int, int]]:
        own = moves[j]
        if own is None:
            return list(itertools.permutations(range(shape[j]), 2))
        return [(a, int(b)) for a in range(shape[j]) for b in own.dst[own.ptr[a] : own.ptr[a + 1]]]

    def most(i: int, f: Any) -> Any:
        """The greatest f in the cell and where party i can move."""
        f = np.moveaxis(np.where(feasible, f, low), i, 0)
        result = f.copy()
        for a, b in arcs(i):
            np.maximum(result[a], f[b], out=result[a])
        return np.moveaxis(result, 0, i)

    def least(i: int, f: Any, improving: bool) -> Any:
        """The least f that the others can force."""
        f = np.where(feasible, f, top)
        while True:
            before = f.copy()
            for j in range(len(shape)):
                if j != i:
                    m, u = np.moveaxis(f, j, 0), np.moveaxis(payoffs[j], j, 0)
                    for a, b in arcs(j):
                        better = u[b] > u[a] if improving else True
                        np.minimum(m[a], np.where(better, m[b], top), out=m[a])
                    f[~feasible] = top
            if np.array_equal(f, before):
                return f

    result: dict[str, list[Any]] = {name: [] for name in CONCEPTS}
    for i, u in enumerate(payoffs):
        best = most(i, u)
        functions = {
            "nash": u,
            "gmr": least(i, u, False),
            "smr": np.minimum(u, least(i, best, False)),
            "seq": least(i, u, True),
            "sseq": np.minimum(u, least(i, best, True)),
        }
        for name, m in functions.items():
            result[name].append(feasible & (most(i, m) <= u))
    return result


@pytest.mark.parametrize("seed", range(40))
def test_fixpoint_small_model_agrees_with_the_definitions(seed: int) -> None:
    model = random_model(seed)
    assert_same(fixpoint(model), Oracle(*model).solve())


@pytest.mark.parametrize("seed", range(40))
def test_stable_dense_embedded_model_agrees_with_the_definitions(seed: int) -> None:
    model = random_model(1000 + seed)
    rng = np.random.default_rng(seed)
    lengths = {2: [7, 30, 140], 3: [6, 15, 24], 4: [4, 7, 11]}[len(model[0])]
    wide, where = embed(rng, model, tuple(int(rng.choice(lengths)) for _ in model[0]))
    found = stable_dense(*wide)
    expected = Oracle(*model).solve()
    for concept, by_party in found.items():
        for i, mask in enumerate(by_party):
            assert np.count_nonzero(mask) == np.count_nonzero(expected[concept][i])
            np.testing.assert_array_equal(mask[where], expected[concept][i])


SIZES: list[Any] = [(3, 4, 5, 6, 7), (2,) * 10]
SIZES += [
    pytest.param(shape, marks=needs_compiler)
    for shape in [(9, 70, 5), (20, 16, 33), (90, 70), (2,) * 13]
]


@pytest.mark.parametrize("scale", [2, 50, 2**31 - 1])
@pytest.mark.parametrize("shape", SIZES)
@pytest.mark.parametrize("kind", ["free", "mixed"])
def test_stable_dense_mid_sized_model_agrees_with_fixpoint(
    kind: str, shape: tuple[int, ...], scale: int
) -> None:
    shape, feasible, payoffs, moves = free_model(scale, shape, scale, infeasible=0.2)
    if kind == "mixed":
        rng = np.random.default_rng(scale)
        moves = [
            (None, forward(g), back(g), within_classes(rng, g))[i % 4] for i, g in enumerate(shape)
        ]
    model = shape, feasible, payoffs, moves
    expected = fixpoint(model)
    assert_same(stable_dense(*model), expected)
    assert_theorems(expected)


def test_stable_dense_long_chain_of_improvements_is_followed_to_its_end() -> None:
    """Two answering parties climb a staircase in turn; only its top is bad for the first."""
    size = 30
    steps = np.arange(size)
    u0 = np.full((2, size, size), 5, dtype=np.int32)
    u0[1] = 6
    u0[1, size - 1, size - 1] = 0
    feasible = np.zeros((2, size, size), bool)
    feasible[:, steps, steps] = True
    feasible[:, steps[:-1], steps[1:]] = True
    height = np.add.outer(steps, steps).astype(np.int32)
    payoffs = [u0, np.stack([height] * 2), np.stack([height] * 2)]
    model = (2, size, size), feasible, payoffs, [None] * 3
    found = stable_dense(*model)
    assert found["seq"][0][0][feasible[0]].all()
    assert not found["nash"][0][0][feasible[0]][:-1].any()
    assert_same(found, fixpoint(model))


def test_stable_dense_axis_of_more_than_32768_levels_needs_wider_numbers() -> None:
    model = free_model(3, (2, 4), scale=3, infeasible=0.2)
    wide, where = embed(np.random.default_rng(3), model, (2, 40_000))
    expected = Oracle(*model).solve()
    for concept, by_party in stable_dense(*wide).items():
        for i, mask in enumerate(by_party):
            np.testing.assert_array_equal(mask[where], expected[concept][i])


@needs_compiler
def test_stable_dense_large_model_obeys_the_theorems() -> None:
    assert_theorems(stable_dense(*free_model(1, (64, 32, 128))))


@pytest.mark.parametrize("seed", range(8))
def test_stable_dense_any_number_of_threads_gives_the_same(seed: int) -> None:
    shape, feasible, payoffs, moves = free_model(seed, (9, 6, 13), scale=3 + 40 * seed)
    if seed % 2:
        moves = [forward(9), None, back(13)]
    model = shape, feasible, payoffs, moves
    one = stable_dense(*model, threads=1)
    assert_same(stable_dense(*model, threads=2), one)
    assert_same(stable_dense(*model, threads=5), one)
    assert_same(stable_dense(*model), one)


@pytest.mark.parametrize("kind", ["free", "listed", "mixed"])
def test_stable_dense_batch_axis_equals_single_runs(kind: str) -> None:
    shape = (4, 5, 3)
    models = [free_model(seed, shape, scale=5) for seed in range(3)]
    lists = [forward(4), back(5), forward(3)]
    moves = {"free": [None] * 3, "listed": lists, "mixed": [None, back(5), None]}[kind]
    singles = [stable_dense(shape, m[1], m[2], moves) for m in models]
    expected = {c: [np.stack([s[c][i] for s in singles]) for i in range(3)] for c in CONCEPTS}
    feasible = np.stack([m[1] for m in models])
    payoffs = [np.stack([m[2][i] for m in models]) for i in range(3)]
    for threads in (1, 2):
        assert_same(stable_dense(shape, feasible, payoffs, moves, threads=threads), expected)
    flat = [u.reshape(3, -1) for u in payoffs]
    found = stable_dense(shape, feasible.reshape(3, -1), flat, moves)
    assert_same(found, {c: [m.reshape(3, -1) for m in masks] for c, masks in expected.items()})


def test_stable_dense_array_without_batch_axis_is_repeated() -> None:
    shape, feasible, payoffs, moves = free_model(0, (3, 4), scale=4)
    other = -payoffs[1]
    found = stable_dense(shape, feasible, [payoffs[0], np.stack([payoffs[1], other])], moves)
    singles = [stable_dense(shape, feasible, [payoffs[0], u], moves) for u in (payoffs[1], other)]
    assert_same(
        found, {c: [np.stack([s[c][i] for s in singles]) for i in (0, 1)] for c in CONCEPTS}
    )


@pytest.mark.parametrize("moves", [[None] * 3, [forward(4), None, back(3)]], ids=["free", "mixed"])
@pytest.mark.parametrize("name", CONCEPTS)
def test_stable_dense_one_concept_alone_is_the_same(name: str, moves: list[Any]) -> None:
    shape, feasible, payoffs, _ = free_model(5, (4, 5, 3), scale=6)
    found = stable_dense(shape, feasible, payoffs, moves, concepts=[name])
    assert_same(found, {name: stable_dense(shape, feasible, payoffs, moves)[name]})


def test_stable_dense_results_are_in_the_order_of_the_table_and_may_be_none() -> None:
    model = free_model(5, (2, 2))
    assert list(stable_dense(*model, concepts=("seq", "nash"))) == ["nash", "seq"]
    assert stable_dense(*model, concepts=()) == {}


@pytest.mark.parametrize("least", [-(2**31), 2**31 - 3])
def test_stable_dense_extreme_payoffs_keep_their_order(least: int) -> None:
    shape, feasible, payoffs, moves = free_model(7, (4, 5, 6), scale=100)
    plain = [u % 3 for u in payoffs]
    extreme = [(u.astype(np.int64) + least).astype(np.int32) for u in plain]
    whole = [np.array([-(2**31), 0, 2**31 - 1], dtype=np.int32)[u] for u in plain]
    expected = stable_dense(shape, feasible, plain, moves)
    assert_same(stable_dense(shape, feasible, extreme, moves), expected)
    assert_same(stable_dense(shape, feasible, whole, moves), expected)


def test_stable_dense_party_without_improvements_is_always_stable() -> None:
    shape, feasible, payoffs, _ = free_model(8, (3, 4, 5))
    payoffs[0] = np.where(feasible, 7, payoffs[0]).astype(np.int32)
    found = stable_dense(shape, feasible, payoffs, [None, listed(4, []), None])
    for masks in found.values():
        np.testing.assert_array_equal(masks[0], feasible)
        np.testing.assert_array_equal(masks[1], feasible)
        assert masks[0] is not masks[1]
        assert not np.shares_memory(masks[0], feasible)


def test_stable_dense_nothing_feasible_nothing_stable() -> None:
    shape, feasible, payoffs, moves = free_model(9, (3, 4))
    found = stable_dense(shape, np.zeros_like(feasible), payoffs, moves)
    assert not any(mask.any() for masks in found.values() for mask in masks)


def test_stable_dense_inputs_stay_as_they_are() -> None:
    shape, feasible, payoffs, moves = free_model(9, (3, 4))
    before = [feasible.copy(), *(u.copy() for u in payoffs)]
    for array in (feasible, *payoffs):
        array.setflags(write=False)
    found = stable_dense(shape, feasible, payoffs, moves)
    for array, old in zip((feasible, *payoffs), before, strict=True):
        np.testing.assert_array_equal(array, old)
    assert all(mask.flags.writeable for masks in found.values() for mask in masks)


def test_stable_dense_unfit_input_is_refused() -> None:
    shape, feasible, payoffs, moves = free_model(9, (3, 4))
    with pytest.raises(ValueError, match="'sim'"):
        stable_dense(*free_model(9, (3, 4)), concepts=["sim", "nash"])
    with pytest.raises(ValueError, match="1 payoffs"):
        stable_dense(shape, feasible, payoffs[:1], moves)
    with pytest.raises(ValueError, match="1 moves"):
        stable_dense(shape, feasible, payoffs, moves[:1])
    with pytest.raises(ValueError, match="positive length"):
        stable_dense((3, 0), feasible, payoffs, moves)
    with pytest.raises(ValueError, match="int64"):
        stable_dense(shape, feasible, [u.astype(np.int64) for u in payoffs], moves)
    with pytest.raises(ValueError, match=r"\(4, 3\)"):
        stable_dense(shape, feasible, [payoffs[0], payoffs[1].T], moves)
    with pytest.raises(ValueError, match="int32"):
        stable_dense(shape, feasible.astype(np.int32), payoffs, moves)
    twice, five = np.stack([payoffs[0]] * 2), np.stack([payoffs[1]] * 5)
    with pytest.raises(ValueError, match=r"\[2, 5\]"):
        stable_dense(shape, feasible, [twice, five], moves)
    with pytest.raises(ValueError, match="at most one batch axis"):
        stable_dense(shape, feasible, [payoffs[0][None, None], payoffs[1]], moves)


def test_stable_dense_error_in_a_thread_reaches_the_caller(monkeypatch: Any) -> None:
    calls = []

    def fail(*_: object) -> None:
        calls.append(1)
        raise RuntimeError("as if interrupted")

    monkeypatch.setattr("detente.engine.dense_lines.bring_first", fail)
    with pytest.raises(RuntimeError, match="as if interrupted"):
        stable_dense(*free_model(9, (70, 80, 20)), threads=2)
    assert len(calls) <= 2
