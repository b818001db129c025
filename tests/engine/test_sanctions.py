"""What the others can force, against the least value over literal sequences."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import RULES, Sample, compiled, graph
from strategies_cases import Drawn, drawn, seeded

from detente.engine.compile import compile_case
from detente.engine.sanctions import SEQUENCES, Engine
from detente.engine.steps import ArcSteps, LineSteps


def check_forced(sample: Sample, rule: str) -> None:
    """M_i(t) is the least f over t and the states that sequences of the others lead to."""
    game, engine = sample.game, Engine(sample.arrays, rule)
    for i, party in enumerate(game.parties):
        payoff = dict(zip(game.states, engine.payoff(i).tolist(), strict=True))
        best = {s: max([payoff[s], *(payoff[t] for t in game.reached(party, s))]) for s in payoff}
        assert engine.best_reply(i).tolist() == list(best.values())
        assert engine.best(i, -engine.payoff(i)).tolist() == [
            max([-payoff[s], *(-payoff[t] for t in game.reached(party, s))]) for s in payoff
        ]
        for escapes, improvements in product((False, True), repeat=2):
            f = best if escapes else payoff
            led = {
                t: game.sequences(game.others(party), t, rule, improving=improvements)
                for t in payoff
            }
            expected = [min([f[t], *(f[s] for s in led[t])]) for t in payoff]
            found = engine.least_forced(i, escapes=escapes, improvements=improvements)
            assert found.tolist() == expected, (party, escapes, improvements)


@given(model=drawn())
def test_least_forced_is_the_least_over_literal_sequences(model: Drawn) -> None:
    sample = Sample(model)
    for rule in RULES:
        check_forced(sample, rule)


def test_least_forced_on_seeded_models(models: range) -> None:
    for seed in models[: len(models) // 2]:
        sample = Sample(seeded(seed, parties=3 + seed % 2))
        for rule in RULES:
            check_forced(sample, rule)


def forced(moves: dict[str, str], rule: str, *, improvements: bool = False) -> list[int]:
    """What the others can bring party p (which likes a best) to, from each state of a chain."""
    likes = {"p": "a>b>c>d>e", "q": "e>d>c>b>a", "r": "e>d>c>b>a"}
    engine = Engine(compile_case(graph({"p": "ab bc cd de", **moves}, likes)), rule)
    return engine.least_forced(0, escapes=False, improvements=improvements).tolist()


def test_sequences_are_the_three_rules() -> None:
    assert SEQUENCES == RULES


@pytest.mark.parametrize(
    ("rule", "expected"),
    [("legal", [1, 1, 1, 1, 1]), ("once", [3, 2, 1, 1, 1]), ("single", [4, 3, 2, 1, 1])],
)
def test_two_others_who_alternate(rule: str, expected: list[int]) -> None:
    # q moves a-b and c-d, r moves b-c and d-e: only legal sequences go on to the end.
    moves = {"q": "ab cd", "r": "bc de"}
    assert forced(moves, rule) == expected
    assert forced(moves, rule, improvements=True) == expected


@pytest.mark.parametrize("rule", RULES)
def test_nobody_moves_twice_running(rule: str) -> None:
    # q could walk from a to e, but r, who would have to move between, cannot.
    assert forced({"q": "ab bc cd de", "r": ""}, rule) == [4, 3, 2, 1, 1]


@pytest.mark.parametrize("rule", RULES)
def test_improvements_are_those_of_the_mover(rule: str) -> None:
    likes = {"p": "a>b>c", "q": "a>b>c", "r": "c>b>a"}
    engine = Engine(compile_case(graph({"p": "", "q": "ab", "r": "bc"}, likes)), rule)
    moves = engine.least_forced(0, escapes=False, improvements=False).tolist()
    assert moves == ([2, 1, 1] if rule == "single" else [1, 1, 1])
    assert engine.least_forced(0, escapes=False, improvements=True).tolist() == [3, 1, 1]


def test_a_b_a_is_legal_and_may_return_to_the_mover() -> None:
    # From a: q to b, r to c, q to d. `once` stops at c.
    assert forced({"q": "ab cd", "r": "bc"}, "legal")[0] == 2
    assert forced({"q": "ab cd", "r": "bc"}, "once")[0] == 3


def test_once_allows_any_order() -> None:
    assert forced({"q": "bc", "r": "ab"}, "once")[0] == 3
    assert forced({"q": "ab", "r": "bc"}, "once")[0] == 3


@pytest.mark.parametrize("rule", RULES)
def test_a_party_alone_is_forced_to_nothing(rule: str) -> None:
    engine = Engine(compile_case(graph({"p": "ab"}, {"p": "a>b"})), rule)
    for escapes, improvements in product((False, True), repeat=2):
        found = engine.least_forced(0, escapes=escapes, improvements=improvements)
        assert found.tolist() == [2, 1]


@pytest.mark.parametrize("rule", ["", "LEGAL", "twice"])
def test_unknown_rule_is_refused(rule: str) -> None:
    arrays = compile_case(graph({"p": "ab"}, {"p": "a>b"}))
    message = f"sequences must be one of legal, once, single, not {rule!r}"
    with pytest.raises(ValueError) as caught:
        Engine(arrays, rule)
    assert str(caught.value) == message


BOTH = "detente: 1\nparties:\n  a: {options: {x: {}}}\n  b: {options: {y: {moves: forward}}}\n"
STEPWISE = BOTH.replace("moves: forward", "levels: [n, s, f], moves: [[n, s], [s, f]]")


@pytest.mark.parametrize(
    ("text", "rule", "kinds"),
    [
        (BOTH, "legal", (LineSteps, ArcSteps)),
        (BOTH, "single", (LineSteps, ArcSteps)),
        (STEPWISE, "legal", (ArcSteps, ArcSteps)),  # the last mover is carried
        (STEPWISE, "once", (LineSteps, ArcSteps)),
    ],
)
def test_steps_are_by_line_where_staying_does_no_harm(
    text: str, rule: str, kinds: tuple[type, type]
) -> None:
    engine = Engine(compiled(text), rule)
    assert [type(engine.steps(i)) for i in engine.parties] == list(kinds)
    assert engine.steps(0) is engine.steps(0)


def test_legal_is_the_rule_unless_another_is_named() -> None:
    engine = Engine(compiled(BOTH))
    assert engine.sequences == "legal"
    assert list(engine.parties) == [0, 1]


def test_payoffs_are_wide_enough_to_be_negated() -> None:
    engine = Engine(compiled(BOTH))
    assert engine.payoff(0).dtype == np.int64
    assert engine.payoff(0) is engine.payoff(0)


@given(model=drawn(), rule=st.sampled_from(RULES))
def test_results_do_not_depend_on_what_was_asked_before(model: Drawn, rule: str) -> None:
    arrays = Sample(model).arrays
    used = Engine(arrays, rule)
    asked = list(product(used.parties, (False, True), (False, True)))
    for i, escapes, improvements in asked + asked[::-1]:
        fresh = Engine(arrays, rule).least_forced(i, escapes=escapes, improvements=improvements)
        again = used.least_forced(i, escapes=escapes, improvements=improvements)
        assert again.tolist() == fresh.tolist()
