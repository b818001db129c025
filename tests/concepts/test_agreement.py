"""Every algorithm on random models: literal, array, dense, and an oracle that shares no code."""

from __future__ import annotations

from collections import Counter

import oracle
import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import RULES, Sample
from strategies_cases import Drawn, draw, seeded

from detente.analysis.stability import solve
from detente.concepts.table import CONCEPTS
from detente.engine.sanctions import Engine


def literal(sample: Sample, rule: str) -> dict[tuple[str, str], list[bool]]:
    game = sample.game
    return {
        (concept.id, party): [concept.literal(game, party, state, rule) for state in game.states]
        for concept in CONCEPTS.values()
        if sample.case.form in concept.forms
        for party in game.parties
    }


def by_array(sample: Sample, rule: str) -> dict[tuple[str, str], list[bool]]:
    engine = Engine(sample.arrays, rule)
    return {
        (concept.id, party): concept.array(engine, i).tolist()
        for concept in CONCEPTS.values()
        if sample.case.form in concept.forms
        for i, party in enumerate(sample.case.party_ids)
    }


def by_oracle(sample: Sample, rule: str) -> dict[tuple[str, str], list[bool]]:
    model = sample.drawn.plain()
    return {
        (concept.id, party): [
            oracle.is_stable(model, concept.id, party, state, rule) for state in model["states"]
        ]
        for concept in CONCEPTS.values()
        if sample.case.form in concept.forms
        for party in model["moves"]
    }


def dense_applies(sample: Sample) -> bool:
    return sample.drawn.graph is None and sample.arrays.transitive


def by_dense(sample: Sample) -> dict[tuple[str, str], list[bool]]:
    result = solve(sample.case, algorithm="dense")
    return {(r.concept.id, party): mask.tolist() for r in result for party, mask in r.masks.items()}


def check(model: Drawn, *, dense: bool = True) -> None:
    sample = Sample(model)
    for rule in RULES:
        expected = literal(sample, rule)
        for other in (by_array, by_oracle):
            found = other(sample, rule)
            wrong = [key for key in expected if found[key] != expected[key]]
            assert not wrong, f"{other.__name__}, {rule}: {wrong}\n{model.text()}"
        assert len(found) == len(expected)
    if dense and dense_applies(sample):
        expected, found = literal(sample, "legal"), by_dense(sample)
        wrong = [key for key in expected if found[key] != expected[key]]
        assert not wrong, f"dense: {wrong}\n{model.text()}"


def test_algorithms_agree_on_random_models(models: range) -> None:
    for seed in models:
        check(seeded(seed))


# The next 2,000 seeds, in ten parts, so that two processes can share them.
@pytest.mark.slow
@pytest.mark.parametrize("part", range(10))
def test_algorithms_agree_on_many_random_models(part: int) -> None:
    for seed in range(1000 + 200 * part, 1200 + 200 * part):
        check(seeded(seed))


@pytest.mark.slow
@pytest.mark.parametrize("parties", [2, 3, 4])
def test_algorithms_agree_on_larger_models(parties: int) -> None:
    for seed in range(40):
        check(seeded(seed, form="option", parties=parties, most=150))


@given(rng=st.randoms(use_true_random=False))
def test_algorithms_agree_on_models_that_shrink(rng: object) -> None:
    check(draw(rng), dense=False)  # type: ignore[arg-type]


WANTED = (
    "option form",
    "graph form",
    "1 parties",
    "2 parties",
    "3 parties",
    "4 parties",
    "0 options",
    "1 options",
    "2 options",
    "3 options",
    "2 levels",
    "3 levels",
    "moves: both",
    "moves: forward",
    "moves: back",
    "moves: arcs",
    "intransitive options",
    "intransitive graph",
    "a party without moves",
    "pattern",
    "statement",
    "two in five infeasible",
    "ties",
    "preferences: ranking",
    "preferences: priorities",
    "preferences: weights",
    "preferences: none",
)


def test_sample_contains_every_kind_of_model() -> None:
    count = Counter(kind for seed in range(200) for kind in seeded(seed).kinds())
    assert set(count) == set(WANTED)
    rare = {kind: count[kind] for kind in WANTED if count[kind] < 10}
    assert not rare


def test_sample_contains_intransitive_models_with_ties_and_four_parties() -> None:
    wanted = {"4 parties", "ties"}
    both = Counter(
        kind
        for seed in range(200)
        for kind in seeded(seed).kinds()
        if kind.startswith("intransitive") and wanted <= seeded(seed).kinds()
    )
    assert both["intransitive options"] >= 5
    assert both["intransitive graph"] >= 5


def test_sample_tells_the_rules_and_the_concepts_apart() -> None:
    """Else agreement would mean little: each pair differs somewhere in the sample."""
    differ: set[tuple[str, str]] = set()
    for seed in range(60):
        sample = Sample(seeded(seed, parties=3))
        by_rule = {rule: by_array(sample, rule) for rule in RULES}
        for one in by_rule["legal"].items():
            for two in by_rule["legal"].items():
                if one[0][1] == two[0][1] and one[1] != two[1]:
                    differ.add((one[0][0], two[0][0]))
        for rule in ("once", "single"):
            stricter = "legal" if rule == "once" else "once"
            if by_rule[rule] != by_rule[stricter]:
                differ.add((rule, stricter))
    pairs = {(a, b) for a in CONCEPTS for b in CONCEPTS if a != b}
    assert differ == pairs | {("once", "legal"), ("single", "once")}


def test_dense_applies_to_much_of_the_sample(models: range) -> None:
    applies = sum(dense_applies(Sample(seeded(seed))) for seed in models)
    assert applies > len(models) / 5
