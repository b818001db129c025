"""The priority that puts one state above another: checked against the ladder that results."""

from __future__ import annotations

import random
from itertools import combinations, pairwise

import pytest

from detente.analysis.ladder import ladder
from detente.analysis.swapping import swap, swapped_tiers
from detente.model.case import Case
from detente.model.errors import CaseError
from detente.model.roundtrip import CaseText
from detente.workspace.casefiles import loads

TEXT = """\
detente: 1
parties:
  ann:
    options: {{a: {{levels: [none, some, all]}}, b: {{}}}}
    preferences: {{priorities: {priorities}}}
  bob:
    options: {{c: {{}}}}
infeasible: ["-01"]
status_quo: "000"
"""


def order(case: Case) -> list[tuple[str, str, int]]:
    """Return every pair of states with how ann compares them."""
    found = ladder(case, "ann")
    place = {state: k for k, rung in enumerate(found.rungs) for state in rung.states}
    return [
        (s, t, (place[s] > place[t]) - (place[s] < place[t]))
        for s, t in combinations(sorted(place), 2)
    ]


def random_priorities(rng: random.Random) -> list[str]:
    atoms = ["a", "a = all", "a = some", "b", "c", "not a", "not b", "not c"]
    every = [*atoms, "a if b", "c if not a", "b and c", "a = all or c", "b iff c"]
    return rng.sample(every, rng.randint(1, 6))


@pytest.mark.parametrize("seed", range(40))
def test_swap_puts_lower_above_upper_and_moves_as_many_pairs_as_it_says(seed: int) -> None:
    rng = random.Random(seed)
    stated = random_priorities(rng)
    case = loads(TEXT.format(priorities=stated))
    rungs = ladder(case, "ann").rungs
    if len(rungs) < 2:
        return
    k = rng.randrange(len(rungs) - 1)
    upper, lower = rng.choice(rungs[k].states), rng.choice(rungs[k + 1].states)
    found = swap(case, "ann", upper, lower)
    text = CaseText.from_text(TEXT.format(priorities=stated))
    clauses = [*stated[: found.index], found.statement, *stated[found.index :]]
    after = text.set_preferences("ann", priorities=clauses).case
    place = ladder(after, "ann")
    assert place.place(lower) < place.place(upper)
    before, now = order(case), order(after)
    assert sum(one != other for one, other in zip(before, now, strict=True)) == found.moved


def test_most_neighbours_of_one_state_each_are_swapped_alone() -> None:
    """Where no statement about two options does it alone, another pair moves too."""
    case = loads(TEXT.format(priorities=["a = all", "b", "a", "c"]))
    rungs = [rung for rung in ladder(case, "ann").rungs if len(rung.states) == 1]
    assert len(rungs) == 9
    pairs = pairwise(rungs)
    moved = [swap(case, "ann", upper.states[0], lower.states[0]).moved for upper, lower in pairs]
    assert moved.count(1) == 7
    assert sorted(moved)[-1] == 2


def test_ladder_says_which_priority_decides() -> None:
    case = loads(TEXT.format(priorities=["a = all", "b", "c"]))
    rungs = ladder(case, "ann").rungs
    assert [rung.decided for rung in rungs] == [2, 1, 0, 2, 1, None]
    assert rungs[0].states == ("211",)


def test_party_without_preferences_has_one_rung() -> None:
    case = loads(TEXT.format(priorities=["a"]))
    (rung,) = ladder(case, "bob").rungs
    assert len(rung.states) == 9
    assert rung.decided is None


@pytest.mark.parametrize(
    ("upper", "lower", "word"),
    [("000", "200", "does not prefer"), ("200", "200", "does not prefer"), ("200", "001", "001")],
)
def test_swap_that_is_none(upper: str, lower: str, word: str) -> None:
    case = loads(TEXT.format(priorities=["a"]))
    with pytest.raises(CaseError, match=word):
        swap(case, "ann", upper, lower)


def test_swap_of_indifferent_party_or_ranking_is_refused() -> None:
    ranked = loads(TEXT.format(priorities=["a"]).replace("priorities: ['a']", "weights: {a: 1}"))
    with pytest.raises(CaseError, match="list of priorities"):
        swap(ranked, "ann", "200", "000")


def test_swapped_tiers_keep_everything_else() -> None:
    text = (
        "detente: 1\nparties:\n  ann:\n    options: {a: {}, b: {}}\n"
        '    preferences: {ranking: ["11", ["10", "01"], "00"]}\n'
    )
    tiers = swapped_tiers(loads(text), "ann", "10", "00")
    assert tiers == [["11"], ["00", "01"], ["10"]]
