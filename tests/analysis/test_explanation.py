"""Explanations against the definitions: every verdict, every answer, every dismissal."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import RULES, Sample, graph
from strategies_cases import Drawn, drawn, seeded

from detente.analysis import explanation as explaining
from detente.analysis.explanation import Answer, Explanation, Improvement, Step, why
from detente.analysis.stability import solve
from detente.concepts.concept import Concept
from detente.concepts.game import Game
from detente.concepts.table import CONCEPTS, choose
from detente.engine.compile import compile_case
from detente.model.case import Case
from detente.model.errors import CaseError
from detente.model.loading import parse_case

CASES = Path(__file__).resolve().parents[2] / "cases"
PUBLISHED = [*sorted((CASES / "published").glob("*.yaml")), CASES / "us-taliban-2019/two-step.yaml"]


def nearest(
    game: Game, movers: tuple[str, ...], start: str, rule: str, *, improving: bool
) -> dict[str, int]:
    """Fewest moves to every state that sequences of the movers lead to, by brute force."""
    found: dict[str, int] = {}
    level = {(start, frozenset[str]())}
    seen = set(level)
    length = 0
    while level:
        length += 1
        following = set()
        for here, barred in level:
            for j in set(movers) - barred:
                for there in game.improvements(j, here) if improving else game.reached(j, here):
                    found.setdefault(there, length)
                    if rule == "legal":
                        following.add((there, frozenset({j})))
                    elif rule == "once":
                        following.add((there, barred | {j}))
        level = following - seen
        seen |= level
    return found


class Check:
    """What must be true of an explanation, by the sets of the literal game."""

    def __init__(self, game: Game, concept: Concept, party: str, state: str, rule: str) -> None:
        self.game, self.concept, self.party = game, concept, party
        self.state, self.rule = state, rule
        self.others = game.others(party)
        self.own = game.payoffs[party]

    def explanation(self, found: Explanation) -> None:
        assert (found.concept, found.party) == (self.concept.id, self.party)
        assert found.stable is self.concept.literal(self.game, self.party, self.state, self.rule)
        assert found.stable is all(improvement.deterred for improvement in found.improvements)
        better = self.game.improvements(self.party, self.state)
        order = self.game.states.index
        assert [i.to for i in found.improvements] == sorted(
            better, key=lambda t: (-self.own[t], order(t))
        )
        rest = self.game.reached(self.party, self.state) - better
        assert found.other_moves == tuple(sorted(rest, key=order))
        for improvement in found.improvements:
            self.improvement(improvement)

    def improvement(self, found: Improvement) -> None:
        assert found.deterred is (found.answer is not None)
        assert (found.dismissed is None) is (found.dismissed_because is None)
        if self.concept.sanctions == "none":
            assert found == Improvement(found.to, deterred=False)
        elif self.concept.sanctions == "simultaneous":
            self.simultaneous(found)
        else:
            self.sequential(found)

    def hurts(self, state: str) -> bool:
        return self.own[state] <= self.own[self.state]

    def escapes(self, state: str) -> set[str]:
        return {t for t in self.game.reached(self.party, state) if not self.hurts(t)}

    def sequential(self, found: Improvement) -> None:
        credible = self.concept.sanctions == "improvements"
        led = nearest(self.game, self.others, found.to, self.rule, improving=credible)
        hurting = {s: n for s, n in led.items() if self.hurts(s)}
        deterring = {
            s: n for s, n in hurting.items() if not (self.concept.escapes and self.escapes(s))
        }
        assert found.deterred is bool(deterring)
        if found.answer is not None:
            assert found.dismissed is None
            self.answer(found.answer, found.to, credible=credible)
            assert found.answer.sanction in deterring
            assert len(found.answer.steps) == min(deterring.values())
            return
        anyhow = nearest(self.game, self.others, found.to, self.rule, improving=False)
        possible = {s: n for s, n in anyhow.items() if self.hurts(s)}
        if hurting:
            assert found.dismissed_because == "escaped"
            assert found.dismissed is not None
            self.answer(found.dismissed, found.to, credible=credible)
            assert found.dismissed.escape in self.escapes(found.dismissed.sanction)
            assert len(found.dismissed.steps) == min(hurting.values())
        elif credible and possible:
            assert found.dismissed_because == "not-credible"
            assert found.dismissed is not None
            self.answer(found.dismissed, found.to, credible=False)
            assert not all(step.improves for step in found.dismissed.steps)
            assert len(found.dismissed.steps) == min(possible.values())
        else:
            assert found.dismissed is None
            assert not possible

    def answer(self, found: Answer, start: str, *, credible: bool) -> None:
        """It is a sequence of real moves, by the rule, that ends in a sanction."""
        movers = [step.party for step in found.steps]
        assert found.steps
        assert set(movers) <= set(self.others)
        if self.rule == "legal":
            assert all(a != b for a, b in pairwise(movers))
        elif self.rule == "once":
            assert len(set(movers)) == len(movers)
        else:
            assert len(movers) == 1
        at = start
        for step in found.steps:
            assert step.start == at
            self.step(step, credible=credible)
            at = step.end
        assert found.sanction == at
        assert self.hurts(at)
        order = self.game.states.index
        counters = self.game.reached(self.party, at)
        assert found.counter_moves == tuple(sorted(counters, key=order))
        escapes = self.escapes(at)
        best = min(escapes, key=lambda t: (-self.own[t], order(t))) if escapes else None
        assert found.escape == best

    def step(self, step: Step, *, credible: bool) -> None:
        assert step.end in self.game.reached(step.party, step.start)
        assert step.improves is (step.end in self.game.improvements(step.party, step.start))
        assert step.improves or not credible

    def simultaneous(self, found: Improvement) -> None:
        assert found.dismissed is None
        if found.answer is None:
            return  # the verdict is checked against the literal one, state by state
        movers = [step.party for step in found.answer.steps]
        assert movers
        assert len(set(movers)) == len(movers)
        assert set(movers) <= set(self.others)
        new = {self.party: found.to}
        for step in found.answer.steps:
            assert step.start == self.state
            self.step(step, credible=True)
            new[step.party] = step.end
        digits = zip(self.game.owners, self.state, strict=True)
        code = "".join(new[o][k] if o in new else d for k, (o, d) in enumerate(digits))
        assert found.answer.sanction == code
        assert code in self.game.states
        assert self.hurts(code)
        assert found.answer.counter_moves == ()
        assert found.answer.escape is None


def check_case(case: Case, game: Game, rule: str, states: tuple[str, ...] | None = None) -> None:
    stability = solve(case, sequences=rule)
    for state in states or game.states:
        found = why(case, state, sequences=rule)
        assert found.state == state
        pairs = [(e.party, e.concept) for e in found.explanations]
        assert pairs == [(party, c.id) for party in game.parties for c in choose(case, None)]
        for e in found.explanations:
            assert e.stable is (state in stability[e.concept].stable[e.party])
            Check(game, CONCEPTS[e.concept], e.party, state, rule).explanation(e)


@given(model=drawn(most=18), rule=st.sampled_from(RULES))
def test_explanations_keep_to_the_definitions(model: Drawn, rule: str) -> None:
    sample = Sample(model)
    check_case(sample.case, sample.game, rule)


@pytest.mark.parametrize("rule", RULES)
def test_explanations_keep_to_the_definitions_on_seeded_models(rule: str, models: range) -> None:
    for seed in models[: len(models) // 20]:
        sample = Sample(seeded(seed, parties=3 + seed % 2, most=20))
        check_case(sample.case, sample.game, rule)


@pytest.mark.slow
@pytest.mark.parametrize("rule", RULES)
def test_explanations_keep_to_the_definitions_on_many_models(rule: str) -> None:
    for seed in range(5000, 5100):
        sample = Sample(seeded(seed))
        check_case(sample.case, sample.game, rule)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: path.stem)
def test_explanations_of_published_cases(path: Path, rule: str) -> None:
    case = parse_case(path.read_text(encoding="utf-8"))
    game = Game.of(case)
    step = max(1, len(game.states) // 12)
    check_case(case, game, rule, game.states[::step])


@pytest.mark.slow
@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: path.stem)
def test_explanations_of_published_cases_in_every_state(path: Path, rule: str) -> None:
    case = parse_case(path.read_text(encoding="utf-8"))
    check_case(case, Game.of(case), rule)


def test_simultaneous_answer_has_as_few_movers_as_possible() -> None:
    for seed in range(30):
        sample = Sample(seeded(seed, form="option", parties=3, most=16))
        game = sample.game
        for state in game.states:
            for explanation in why(sample.case, state, concepts=["sim"]).explanations:
                for improvement in explanation.improvements:
                    if improvement.answer and len(improvement.answer.steps) == 2:
                        assert not alone(game, explanation.party, state, improvement.to)


def alone(game: Game, party: str, state: str, to: str) -> bool:
    """Whether one other party's improvement at the same time would do."""
    for j in game.others(party):
        for end in game.improvements(j, state):
            new = {party: to, j: end}
            digits = zip(game.owners, state, strict=True)
            code = "".join(new[o][k] if o in new else d for k, (o, d) in enumerate(digits))
            if code in game.states and game.not_better(party, code, than=state):
                return True
    return False


TEXT = """
detente: 1
title: A test
parties:
  us: {options: {leave: {}}, preferences: {ranking: ["01", "11", "00", "10"]}}
  taliban: {options: {truce: {}}, preferences: {ranking: ["10", "11", "00", "01"]}}
states: {war: {}, exchange: {leave: yes, truce: yes}}
infeasible: []
"""
CASE = parse_case(TEXT, "test.yaml")


def test_state_may_be_called_by_label_or_code() -> None:
    assert why(CASE, "war").state == "00"
    assert why(CASE, "exchange", party="us") == why(CASE, "11", party="us")
    assert why(CASE, "war").origin.sequences == "legal"
    assert why(CASE, "war", sequences="once").origin.sequences == "once"


def test_one_explanation_may_be_asked_for() -> None:
    found = why(CASE, "11", party="us", concepts=["SEQ", "nash"])
    assert [(e.party, e.concept) for e in found.explanations] == [("us", "nash"), ("us", "seq")]
    assert found.of("seq", "us") is found.explanations[1]
    for missing in (("seq", "taliban"), ("gmr", "us")):
        with pytest.raises(KeyError) as caught:
            found.of(*missing)
        assert caught.value.args == (missing,)


def test_exchange_is_undone_and_answered() -> None:
    explanation = why(CASE, "exchange", party="us", concepts=["seq"]).explanations[0]
    step = Step("taliban", "01", "00", True)
    answer = Answer("00", (step,), ("10",), None)
    assert explanation.improvements == (Improvement("01", True, answer),)
    assert explanation.stable
    assert explanation.other_moves == ()


def test_dictionary_is_plain_data() -> None:
    data = why(CASE, "exchange", party="us", concepts=["seq"]).to_dict()
    assert json.loads(json.dumps(data)) == {
        "case": "A test",
        "format": 1,
        "unreviewed": False,
        "fingerprint": CASE.fingerprint,
        "sequences": "legal",
        "algorithm": "array",
        "version": data["version"],
        "state": "11",
        "explanations": [
            {
                "concept": "seq",
                "party": "us",
                "stable": True,
                "improvements": [
                    {
                        "to": "01",
                        "deterred": True,
                        "answer": {
                            "sanction": "00",
                            "steps": [
                                {"party": "taliban", "start": "01", "end": "00", "improves": True}
                            ],
                            "counter_moves": ["10"],
                            "escape": None,
                        },
                        "dismissed": None,
                        "dismissed_because": None,
                    }
                ],
                "other_moves": [],
            }
        ],
    }


def test_data_frame_has_a_row_for_each_improvement() -> None:
    pytest.importorskip("pandas")
    frame = why(CASE, "exchange", concepts=["nash", "seq"]).to_pandas()
    assert frame.fillna("-").to_dict("list") == {
        "concept": ["nash", "seq", "nash", "seq"],
        "party": ["us", "us", "taliban", "taliban"],
        "stable": [False, True, False, True],
        "improvement": ["01", "01", "10", "10"],
        "deterred": [False, True, False, True],
        "sanction": ["-", "00", "-", "00"],
        "movers": ["-", "taliban", "-", "us"],
    }
    empty = why(CASE, "10", party="taliban").to_pandas()
    assert len(empty) == 0
    assert list(empty.columns) == list(frame.columns)


def test_movers_stand_in_order() -> None:
    pytest.importorskip("pandas")
    case = graph(
        {"p": "ab", "q": "bc", "r": "cd"}, {"p": "b>c>a>d", "q": "d>c>b>a", "r": "d>c>b>a"}
    )
    frame = why(case, "a", party="p", concepts=["seq"]).to_pandas()
    assert frame["movers"].tolist() == ["q, r"]


def message(case: Case, *args: object, **options: object) -> str:
    with pytest.raises(CaseError) as caught:
        why(case, *args, **options)  # type: ignore[arg-type]
    return str(caught.value)


def test_infeasible_state_is_refused() -> None:
    ranking = 'preferences: {ranking: ["01", "11", "00", "10"]}'
    text = TEXT.replace(ranking, "preferences: {priorities: [truce]}")
    text = text.replace('"10", "11", ', "").replace("infeasible: []", "infeasible: [leave]")
    case = parse_case(text, "test.yaml")
    assert message(case, "exchange") == (
        "test.yaml: the state 11 is infeasible\n"
        "  rule: it is excluded under 'infeasible'\n"
        "  next: 'detente solve' lists the feasible states"
    )


def test_unknown_names_are_refused() -> None:
    assert "there is no state 'peace'" in message(CASE, "peace")
    assert "there is no party 'talibans'" in message(CASE, "00", party="talibans")
    assert "there is no solution concept 'x'" in message(CASE, "00", concepts=["x"])
    assert "there is no sequence rule 'x'" in message(CASE, "00", sequences="x")


def test_why_does_not_solve_the_whole_case() -> None:
    """It walks from one state: a model with a million states is explained at once."""
    options = ", ".join(f"o{k}: {{}}" for k in range(10))
    text = f"""
detente: 1
parties:
  a: {{options: {{{options}}}, preferences: {{priorities: [a.o0]}}}}
  b: {{options: {{{options}}}, preferences: {{priorities: [b.o0 and not a.o0]}}}}
"""
    case = parse_case(text)
    assert compile_case(case).cells == 2**20
    found = why(case, "0" * 20, party="a", concepts=["nash"])
    assert not found.explanations[0].stable
    assert len(found.explanations[0].improvements) == 512


@pytest.mark.parametrize("rule", ["legal", "once", "single"])
def test_asking_the_kernels_first_changes_no_explanation(
    rule: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for seed in range(25):
        case = Sample(seeded(seed)).case
        state = solve(case, ["nash"]).states[0]
        walked = why(case, state, sequences=rule)
        with monkeypatch.context() as patch:
            patch.setattr(explaining, "WALKED_STATES", 0)
            assert why(case, state, sequences=rule) == walked
