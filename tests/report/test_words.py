"""States, moves and parties in words."""

from __future__ import annotations

import pytest

import detente
from detente.report.words import Words, joined, number, plural

CASE = """\
detente: 1
title: Words
parties:
  us:
    name: United States
    options:
      withdrawal: {levels: [none, partial, full]}
      aid: {levels: [paid, cut]}
  uk:
    options: {talk: {}}
  un:
    options: {talk: {}, monitor-truce: {}}
states:
  all-quiet: {us.withdrawal: full, monitor-truce: yes}
"""


@pytest.fixture
def words() -> Words:
    return Words(detente.loads(CASE))


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("20001", "all quiet"),
        ("10000", "partial withdrawal"),
        ("21000", "full withdrawal, aid: cut"),
        ("00100", "uk: talk"),
        ("00011", "un: talk, monitor truce"),
        ("00000", "every option at its first level"),
    ],
)
def test_state_names_what_differs_from_the_first_levels(words: Words, code: str, told: str) -> None:
    assert words.state(code) == told
    assert words.named(code) == f"{told} ({code})"


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ("a: {}", "not a"),
        ("withdrawal: {levels: [none, full]}, truce: {}", "no withdrawal, not truce"),
        ("a: {}, b: {}, c: {}, d: {}", "no option taken"),
    ],
)
def test_the_state_of_first_levels_is_named_neutrally(options: str, told: str) -> None:
    case = detente.loads(f"detente: 1\nparties: {{p: {{options: {{{options}}}}}}}\n")
    assert Words(case).state("0" * len(case.options)) == told


def test_letters_are_the_first_free_ones_of_the_ids(words: Words) -> None:
    assert words.letters == {"us": "U", "uk": "K", "un": "N"}


def test_letters_are_unique_however_alike_the_ids() -> None:
    ids = [f"a{'b' * k}" for k in range(1, 60)]
    parties = ", ".join(f"{name}: {{}}" for name in ids)
    text = f"detente: 1\nparties: {{z: {{options: {{x: {{}}}}}}, {parties}}}\n"
    letters = Words(detente.loads(text)).letters
    assert len(set(letters.values())) == 60


def test_change_names_the_options_of_the_mover(words: Words) -> None:
    assert words.change("00000", "21000") == "withdrawal: none → full, aid: paid → cut"
    assert words.change("00100", "00000") == "talk: yes → no"


def test_graph_form_keeps_labels() -> None:
    case = detente.loads(
        "detente: 1\nparties: {a: {}}\nstates: [s-1, s-2]\nmoves: {a: {s-1: [s-2]}}\n"
    )
    words = Words(case)
    assert (words.state("s-1"), words.named("s-1")) == ("s-1", "s-1")
    assert words.change("s-1", "s-2") == "s-1 → s-2"


def test_lists_of_states_use_semicolons_where_a_name_has_a_comma(words: Words) -> None:
    assert words.states(["10000", "20001"]) == "partial withdrawal (10000) and all quiet (20001)"
    assert words.states(["21000", "10000"]) == (
        "full withdrawal, aid: cut (21000) and partial withdrawal (10000)"
    )
    assert words.states(["21000", "10000", "00100", "20001"], 2) == (
        "full withdrawal, aid: cut (21000); partial withdrawal (10000) and 2 more"
    )


def test_joined() -> None:
    assert joined([]) == ""
    assert joined(["a"]) == "a"
    assert joined(["a", "b"], "or") == "a or b"
    assert joined(["a", "b", "c"]) == "a, b and c"
    assert joined(["a", "b", "c"], most=2) == "a, b and c"
    assert joined(["a", "b", "c", "d"], most=2) == "a, b and 2 more"


def test_counts() -> None:
    assert (plural(1, "party", "parties"), plural(2_000, "state")) == ("1 party", "2,000 states")
    assert (number(0), number(2), number(1_000)) == ("none", "two", "1,000")
