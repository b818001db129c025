"""The literal twin, against the draws and against hand-made games."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from samples import RULES, Sample, graph
from strategies_cases import Drawn, drawn, seeded

from detente.concepts import game as literal
from detente.concepts.game import MOST_STATES, Game
from detente.model.case import Case
from detente.model.errors import CaseError
from detente.model.loading import parse_case
from detente.model.parts import Ranking


def check_game(model: Drawn) -> None:
    game = Sample(model).game
    names = tuple(model.name(state) for state in model.states)
    assert game.parties == tuple(party.id for party in model.parties)
    assert game.states == names
    assert {p: {s: sorted(t) for s, t in r.items()} for p, r in game.moves.items()} == {
        p: {s: sorted(t) for s, t in r.items()} for p, r in model.reached.items()
    }
    assert game.owners == tuple(option.key.split(".")[0] for option in model.options)
    for party, theirs in model.payoffs.items():
        own = game.payoffs[party]
        for s, t in product(names, repeat=2):
            assert (own[s] > own[t]) == (theirs[s] > theirs[t])
            assert game.not_better(party, s, than=t) == (theirs[s] <= theirs[t])
        for s in names:
            assert game.reached(party, s) == frozenset(model.reached[party][s])
            better = {t for t in model.reached[party][s] if theirs[t] > theirs[s]}
            assert game.improvements(party, s) == better
    for party in game.parties:
        assert game.others(party) == tuple(other for other in game.parties if other != party)


@given(model=drawn())
def test_game_is_what_was_drawn(model: Drawn) -> None:
    check_game(model)


def test_game_is_what_was_drawn_on_seeded_models(models: range) -> None:
    for seed in models[: len(models) // 5]:
        check_game(seeded(seed))


OPTIONS = """
detente: 1
parties:
  us: {options: {leave: {levels: [n, p, f], moves: [[n, p], [p, f]]}, aid: {}}}
  taliban:
    options: {truce: {moves: forward}}
    preferences:
"""


def payoffs(preferences: str) -> list[object]:
    game = Game.of(parse_case(OPTIONS + preferences + 'infeasible: ["2--", aid and truce]\n'))
    assert game.states == ("000", "001", "010", "100", "101", "110")
    return list(game.payoffs["taliban"].values())


def test_payoffs_are_exact_numbers() -> None:
    assert payoffs("      priorities: [truce, leave = p, aid]\n") == [0, 4, 1, 2, 6, 3]
    assert payoffs("      priorities: [truce]\n") == [0, 1, 0, 0, 1, 0]
    assert payoffs("      priorities: []\n") == [0] * 6
    assert payoffs("      weights: {truce: 0.1, leave = p: 0.2, aid: -1}\n") == [
        *(0, Fraction(1, 10), -1, Fraction(1, 5), Fraction(3, 10), Fraction(-4, 5))
    ]
    ranking = '["110", ["001", "010"], "100", "000", "101"]'
    assert payoffs(f"      ranking: {ranking}\n") == [-3, -1, -1, -2, -4, 0]


def test_a_party_without_preferences_is_indifferent() -> None:
    game = Game.of(parse_case(OPTIONS + "      priorities: [truce]\n"))
    assert set(game.payoffs["us"].values()) == {0}


def test_moves_change_own_options_along_their_arcs_to_feasible_states() -> None:
    text = OPTIONS + '      priorities: [truce]\ninfeasible: ["2--", aid and truce]\n'
    game = Game.of(parse_case(text))
    assert game.moves["us"] == {
        "000": {"010", "100", "110"},
        "001": {"101"},
        "010": {"000", "100", "110"},
        "100": {"110"},
        "101": frozenset(),
        "110": {"100"},
    }
    assert game.moves["taliban"]["100"] == {"101"}
    assert game.moves["taliban"]["101"] == frozenset()
    assert game.owners == ("us", "us", "taliban")


def test_graph_form_takes_states_and_moves_as_listed() -> None:
    game = Game.of(graph({"p": "ab ac bc", "q": ""}, {"p": "c>ab", "q": ""}))
    assert game.states == ("a", "b", "c")
    assert game.moves == {
        "p": {"a": {"b", "c"}, "b": {"c"}, "c": frozenset()},
        "q": {"a": frozenset(), "b": frozenset(), "c": frozenset()},
    }
    assert game.improvements("p", "a") == {"c"}
    assert game.payoffs["p"] == {"a": -1, "b": -1, "c": 0}
    assert game.owners == ()
    case = graph({"p": "ab"}, {"p": "b>a"})
    moveless = replace(case, graph=replace(case.graph, moves={}))  # type: ignore[type-var]
    assert Game.of(moveless).moves == {"p": {"a": frozenset(), "b": frozenset()}}


CHAIN = {"p": "", "q": "ab cd ba", "r": "bc de"}


@pytest.mark.parametrize(
    ("rule", "start", "led"),
    [
        ("legal", "a", "bcde"),
        ("once", "a", "bc"),
        ("single", "a", "b"),
        ("legal", "b", "acde"),
        ("once", "b", "acd"),
        ("single", "b", "ac"),
        ("legal", "e", ""),
    ],
)
def test_sequences_of_the_three_rules(rule: str, start: str, led: str) -> None:
    game = Game.of(graph(CHAIN, {"p": "", "q": "e>d>c>b>a", "r": "e>d>c>b>a"}))
    found = game.sequences(("q", "r"), start, rule, improving=False)
    assert found == set(led)
    improving = game.sequences(("q", "r"), start, rule, improving=True)
    assert improving == found - {"a"}  # the way from b to a is no improvement for q


@pytest.mark.parametrize("rule", RULES)
def test_a_sequence_may_return_to_its_start(rule: str) -> None:
    game = Game.of(graph({"p": "", "q": "ab", "r": "ba"}, {"p": "", "q": "b>a", "r": "a>b"}))
    expected = {"b"} if rule == "single" else {"a", "b"}
    assert game.sequences(("q", "r"), "a", rule, improving=False) == expected
    assert game.sequences(("q", "r"), "a", rule, improving=True) == expected


@pytest.mark.parametrize("rule", RULES)
def test_nobody_leads_anywhere_alone_twice(rule: str) -> None:
    game = Game.of(graph({"p": "ab bc"}, {"p": "c>b>a"}))
    assert game.sequences(["p"], "a", rule, improving=False) == {"b"}
    assert game.sequences([], "a", rule, improving=False) == set()
    assert game.sequences(iter(["p"]), "a", rule, improving=True) == {"b"}


def test_rule_of_sequences_must_be_known() -> None:
    game = Game.of(graph({"p": "ab"}, {"p": "b>a"}))
    with pytest.raises(KeyError, match="twice"):
        game.sequences(["p"], "a", "twice", improving=False)


# Refusals


def cells(count: int) -> Case:
    options = ", ".join(f"o{k}: {{}}" for k in range(count))
    return parse_case(f"detente: 1\nparties: {{p: {{options: {{{options}}}}}}}", "wide.yaml")


def test_a_case_of_too_many_states_is_refused() -> None:
    assert MOST_STATES == 5000
    with pytest.raises(CaseError) as caught:
        Game.of(cells(13))
    assert str(caught.value) == (
        "wide.yaml: the literal algorithm does not take 8,192 states\n"
        "  rule: at most 5,000\n"
        "  next: use the array algorithm"
    )


def test_a_case_of_just_few_enough_states_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(literal, "MOST_STATES", 8)
    assert len(Game.of(cells(3)).states) == 8
    with pytest.raises(CaseError, match="does not take 16 states"):
        Game.of(cells(4))


def test_a_ranking_that_misses_a_state_is_refused() -> None:
    text = "detente: 1\nparties: {p: {preferences: {ranking: [b, a]}}}\nstates: [a, b]\n"
    case = parse_case(text, "small.yaml")
    ranking = case.parties[0].preferences
    assert isinstance(ranking, Ranking)
    party = replace(case.parties[0], preferences=replace(ranking, tiers=(("b",),)))
    with pytest.raises(CaseError) as caught:
        Game.of(replace(case, parties=(party,)))
    assert str(caught.value) == "small.yaml:2:38: a ranking misses state a"
