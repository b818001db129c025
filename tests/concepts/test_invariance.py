"""What must not change a verdict: names, order, form, level order, bystanders, company."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import RULES, Sample
from strategies_cases import Drawn, DrawnParty, draw, drawn

from detente.concepts.table import CONCEPTS
from detente.engine.arrays import Arrays
from detente.engine.compile import compile_case, payoffs_of
from detente.engine.sanctions import Engine

Verdicts = dict[tuple[str, str, str], frozenset[Any]]


def verdicts(model: Drawn | Sample, *, literally: bool = False) -> Verdicts:
    """(concept, rule, party) -> the stable states, as sets of pairs (option, level) or labels."""
    sample = model if isinstance(model, Sample) else Sample(model)
    names = dict(zip(sample.game.states, sample.drawn.states, strict=True))
    found = {}
    for concept in CONCEPTS.values():
        if sample.case.form not in concept.forms:
            continue
        for rule in RULES:
            engine = Engine(sample.arrays, rule)
            for i, party in enumerate(sample.case.party_ids):
                if literally:
                    stable = [s for s in names if concept.literal(sample.game, party, s, rule)]
                else:
                    mask = concept.array(engine, i)
                    stable = [s for s, holds in zip(names, mask.tolist(), strict=True) if holds]
                found[concept.id, rule, party] = frozenset(names[s] for s in stable)
    return found


@given(model=drawn(), seed=st.integers(0, 1000))
def test_order_of_parties_options_and_states_changes_nothing(model: Drawn, seed: int) -> None:
    shuffled = Sample(model.shuffled(random.Random(seed)))
    expected = verdicts(model)
    assert verdicts(shuffled) == expected
    assert verdicts(shuffled, literally=True) == expected


@given(model=drawn(form="option"))
def test_reversed_levels_permute_the_codes(model: Drawn) -> None:
    mirrored = model.mirrored()
    top = [len(option.levels) - 1 for option in model.options]
    for state in model.states:
        digits = zip(model.name(state), top, strict=True)
        assert mirrored.name(state) == "".join(str(last - int(d)) for d, last in digits)
    assert verdicts(mirrored) == verdicts(model)


@given(model=drawn(form="option"))
def test_graph_form_of_a_model_gives_the_same_verdicts(model: Drawn) -> None:
    in_options, in_graph = verdicts(model), verdicts(model.as_graph())
    assert {key[0] for key in in_graph} == {"nash", "gmr", "smr", "seq", "sseq"}
    for key, stable in in_graph.items():
        assert stable == {f"s{model.name(state)}" for state in in_options[key]}


@given(rng=st.randoms(use_true_random=False), place=st.integers(0, 4))
def test_an_idle_bystander_changes_nothing(rng: Any, place: int) -> None:
    model = draw(rng, parties=rng.randint(1, 3))
    parties = [*model.parties[:place], DrawnParty("bystander"), *model.parties[place:]]
    found = verdicts(replace(model, parties=tuple(parties)))
    everywhere = frozenset(model.states)
    for key, stable in found.items():
        if key[2] == "bystander":
            assert stable == everywhere
    assert {key: s for key, s in found.items() if key[2] != "bystander"} == verdicts(model)


@given(model=drawn())
def test_payoffs_count_only_by_their_order(model: Drawn) -> None:
    arrays = Sample(model).arrays
    stretched = replace(
        arrays,
        payoffs=tuple(
            (np.sign(p) * (p.astype(np.int64) ** 2) - 7).astype(np.int32) for p in arrays.payoffs
        ),
    )
    for concept in CONCEPTS.values():
        if model.graph and "graph" not in concept.forms:
            continue
        for rule in RULES:
            one, two = Engine(arrays, rule), Engine(stretched, rule)
            for i in one.parties:
                assert concept.array(one, i).tolist() == concept.array(two, i).tolist()


@given(model=drawn(form="option"), worst=st.integers(-(2**31), 2**31 - 1))
def test_payoffs_of_infeasible_cells_do_not_matter(model: Drawn, worst: int) -> None:
    arrays = Sample(model).arrays
    changed = tuple(np.where(arrays.feasible, p, np.int32(worst)) for p in arrays.payoffs)
    other = replace(arrays, payoffs=changed)
    for concept in CONCEPTS.values():
        one, two = Engine(arrays), Engine(other)
        for i in one.parties:
            assert concept.array(one, i).tolist() == concept.array(two, i).tolist()


# The batch axis


def profiles(rng: random.Random, model: Drawn, count: int) -> list[Arrays]:
    """The arrays of ``count`` models that differ in their preferences only."""
    sample = Sample(model)
    case, arrays = sample.case, sample.arrays
    others = []
    for _ in range(count):
        payoffs = []
        for i, party in enumerate(case.parties):
            values = payoffs_of(case, party.preferences, arrays.feasible, party.id).copy()
            if not arrays.parties[i].indifferent:
                rng.shuffle(values)
            payoffs.append(values)
        others.append(replace(arrays, payoffs=tuple(payoffs)))
    return others


def stacked(single: list[Arrays], shape: tuple[int, ...]) -> Arrays:
    count = len(single[0].payoffs)
    payoffs = (np.stack([one.payoffs[i] for one in single]) for i in range(count))
    return replace(single[0], payoffs=tuple(p.reshape(*shape, -1) for p in payoffs))


@pytest.mark.parametrize("shape", [(3,), (2, 1)])
@given(rng=st.randoms(use_true_random=False))
def test_stacked_profiles_equal_single_runs(shape: tuple[int, ...], rng: Any) -> None:
    model = draw(rng, most=16)
    single = profiles(rng, model, int(np.prod(shape)))
    together = stacked(single, shape)
    for concept in CONCEPTS.values():
        if model.graph and "graph" not in concept.forms:
            continue
        for rule in RULES:
            engine = Engine(together, rule)
            for i in engine.parties:
                found = concept.array(engine, i)
                assert found.shape == (*shape, len(together.states))
                expected = [concept.array(Engine(one, rule), i).tolist() for one in single]
                assert found.reshape(len(single), -1).tolist() == expected


@given(model=drawn())
def test_compiling_a_case_again_gives_the_same_arrays(model: Drawn) -> None:
    one, two = compile_case(Sample(model).case), compile_case(Sample(model).case)
    assert one is not two
    assert one.feasible.tolist() == two.feasible.tolist()
    assert [p.tolist() for p in one.payoffs] == [p.tolist() for p in two.payoffs]
