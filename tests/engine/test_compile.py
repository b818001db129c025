"""What is checked when a case is compiled, with the whole message; and what is kept."""

from __future__ import annotations

import gc
from dataclasses import replace

import numpy as np
import pytest

from detente.engine import compile as compiling
from detente.engine.compile import check_size, compile_case, payoffs_of
from detente.model.case import Case
from detente.model.errors import CaseError
from detente.model.loading import parse_case
from detente.model.parts import Ranking

HEAD = """detente: 1
parties:
  us:
    options:
      leave: {levels: [none, partial, full], moves: forward}
  taliban:
    options:
      truce: {}
"""
WISH = "    preferences: {ranking: "
ALL = '["20", ["21", "11"], "10", "00", "01"]'


def refusal(text: str, source: str | None = "case.yaml") -> str:
    case = parse_case(text, source)
    with pytest.raises(CaseError) as caught:
        compile_case(case)
    return str(caught.value)


# Size


def wide(options: int) -> str:
    lines = ["detente: 1", "about: wide", "parties:", "  us:", "    options:"]
    return "\n".join([*lines, *(f"      o{k}: {{}}" for k in range(options))])


def test_thirty_options_are_refused_with_states_and_memory() -> None:
    assert refusal(wide(30)) == (
        "case.yaml:4:3: the 30 options have 1,073,741,824 combinations of levels; "
        "solving them would take about 100 GiB of memory\n"
        "  rule: at most 134,217,728 combinations\n"
        "  next: merge options that always change together, or levels that nobody tells apart"
    )


@pytest.mark.parametrize(
    ("options", "states", "memory"),
    [
        (36, "68,719,476,736", "6,400"),
        (49, "562,949,953,421,312", "52,428,800"),
        (50, "10^15", "104,857,600"),
        (99, "10^29", "10^22"),
    ],
)
def test_sizes_beyond_reading_are_given_by_their_digits(
    options: int, states: str, memory: str
) -> None:
    assert f"have {states} combinations of levels; solving them" in refusal(wide(options))
    assert f"would take about {memory} GiB of memory" in refusal(wide(options))


def test_counts_are_written_out_up_to_fifteen_digits() -> None:
    assert compiling._large(10**15 - 1) == "999,999,999,999,999"
    assert compiling._large(10**15) == "10^15"
    assert compiling._large(2 * 10**15) == "10^15"


def test_size_is_checked_before_anything_is_built() -> None:
    case = replace(parse_case(wide(30)), places={}, source="elsewhere.yaml")
    with pytest.raises(CaseError, match=r"^elsewhere\.yaml: the 30 options"):
        check_size(case)


def test_the_largest_size_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    assert compiling.MOST_CELLS == 2**27
    check_size(parse_case(wide(27)))
    with pytest.raises(CaseError):
        check_size(parse_case(wide(28)))
    monkeypatch.setattr(compiling, "MOST_CELLS", 4)
    assert compile_case(parse_case(wide(2))).cells == 4
    assert refusal(wide(3)).startswith("case.yaml:4:3: the 3 options have 8 combinations")


# Feasibility


def test_a_case_without_feasible_states_is_refused() -> None:
    text = HEAD + 'infeasible: ["0-", leave > none]\n'
    assert refusal(text) == (
        "case.yaml:9:13: no state is feasible\n"
        "  rule: at least one combination of levels must be possible\n"
        "  next: remove or narrow an item of 'infeasible'"
    )
    case = replace(parse_case(text), places={}, source="other.yaml")
    with pytest.raises(CaseError, match=r"^other\.yaml: no state is feasible"):
        compile_case(case)


QUOTE = '"'
STATUS_QUO = HEAD + "status_quo: {truce: yes}\ninfeasible:\n  - not truce and leave\n  - "


@pytest.mark.parametrize("item", ["truce and leave = none", '"-1"', "truce"])
def test_an_infeasible_status_quo_is_refused_with_the_item(item: str) -> None:
    assert refusal(STATUS_QUO + item) == (
        "case.yaml:9:13: the status quo 01 is infeasible\n"
        "  rule: the status quo is a feasible state\n"
        f"  next: '{item.strip(QUOTE)}' under 'infeasible' excludes it (line 12)"
    )


def test_an_infeasible_status_quo_without_places() -> None:
    case = parse_case(STATUS_QUO + '"-1"', "case.yaml")
    bare = tuple(replace(item, where=None) for item in case.infeasible)
    with pytest.raises(CaseError) as caught:
        compile_case(replace(case, infeasible=bare, places={}))
    assert str(caught.value) == (
        "case.yaml: the status quo 01 is infeasible\n"
        "  rule: the status quo is a feasible state\n"
        "  next: '-1' under 'infeasible' excludes it"
    )


def test_a_feasible_status_quo_is_taken() -> None:
    arrays = compile_case(parse_case(STATUS_QUO + '"-0"'))
    assert arrays.feasible.tolist() == [False, True] * 3


# Rankings


def with_ranking(ranking: str, more: str = "") -> str:
    return HEAD + WISH + ranking + "}\n" + more


def test_a_ranking_gives_the_best_state_the_greatest_payoff() -> None:
    arrays = compile_case(parse_case(with_ranking(ALL)))
    assert arrays.payoffs[1].tolist() == [2, 1, 3, 4, 5, 4]
    assert arrays.payoffs[0].tolist() == [0] * 6
    assert [payoffs.dtype for payoffs in arrays.payoffs] == [np.int32] * 2


def test_a_ranking_that_misses_a_state_is_refused() -> None:
    assert refusal(with_ranking(ALL.replace(', "00"', ""))) == (
        "case.yaml:9:28: the ranking of 'taliban' misses 1 feasible state: 00\n"
        "  rule: a ranking names every feasible state once\n"
        "  next: add them, or declare them infeasible"
    )


def test_a_ranking_that_misses_states_is_refused_with_the_first_six() -> None:
    assert refusal(with_ranking('["20"]')).splitlines()[0] == (
        "case.yaml:9:28: the ranking of 'taliban' misses 5 feasible states: 00, 01, 10, 11, 21"
    )
    three = HEAD.replace("truce: {}", "truce: {levels: [l0, l1, l2]}") + WISH
    assert refusal(three + '["20", "21"]}').splitlines()[0] == (
        "case.yaml:9:28: the ranking of 'taliban' misses 7 feasible states: "
        "00, 01, 02, 10, 11, 12 and 1 more"
    )
    assert refusal(three + '["20", "21", "00"]}').splitlines()[0] == (
        "case.yaml:9:28: the ranking of 'taliban' misses 6 feasible states: 01, 02, 10, 11, 12, 22"
    )


def test_a_ranking_that_misses_thousands_counts_them_with_commas() -> None:
    text = wide(13) + "\n    preferences: {ranking: [" + f'"{"1" * 13}"' + "]}\n"
    head = refusal(text).splitlines()[0]
    assert "misses 8,191 feasible states: 0000000000000, 0000000000001," in head
    assert head.endswith(", 0000000000101 and 8,185 more")


def test_a_ranking_that_names_an_infeasible_state_is_refused() -> None:
    text = with_ranking('["20", ["21", "11"], "10", "00", "01"]', 'infeasible: ["-1"]\n')
    assert refusal(text) == (
        "case.yaml:9:36: the ranking of 'taliban' names the infeasible state 21\n"
        "  rule: a ranking names every feasible state once, and no other\n"
        "  next: remove it: '-1' under 'infeasible' excludes it (line 10)"
    )
    assert refusal(text.replace('["21", "11"], ', "")).startswith("case.yaml:9:47: ")
    assert refusal(text.replace('"21", ', "")).startswith("case.yaml:9:36: the ranking")


def test_a_ranking_without_places_is_refused_at_its_own() -> None:
    case = parse_case(with_ranking('["20", "01"]', 'infeasible: ["01"]\n'), "case.yaml")
    ranking = case.parties[1].preferences
    assert isinstance(ranking, Ranking)
    bare = replace(case.parties[1], preferences=replace(ranking, places=()))
    with pytest.raises(CaseError, match=r"^case\.yaml:9:28: the ranking of 'taliban' names"):
        compile_case(replace(case, parties=(case.parties[0], bare)))


def test_a_graph_ranking_that_misses_a_label_is_refused() -> None:
    text = "detente: 1\nparties: {p: {preferences: {ranking: [b]}}}\nstates: [a, b, c]\n"
    assert refusal(text).splitlines()[0] == (
        "case.yaml:2:38: the ranking of 'p' misses 2 feasible states: a, c"
    )


# What comes out


PREFERENCES = HEAD + "    preferences:\n      "


@pytest.mark.parametrize(
    ("wish", "payoffs"),
    [
        ("priorities: [truce, leave = full]", [0, 2, 0, 2, 1, 3]),
        ("weights: {truce: 0.5, leave > none: -1}", [0, 5, -10, -5, -10, -5]),
        (f"ranking: {ALL}", [2, 1, 3, 4, 5, 4]),
    ],
)
def test_payoffs_of_each_kind_of_preferences(wish: str, payoffs: list[int]) -> None:
    case = parse_case(PREFERENCES + wish)
    assert compile_case(case).payoffs[1].tolist() == payoffs
    feasible = np.ones(6, dtype=np.bool_)
    again = payoffs_of(case, case.parties[1].preferences, feasible, "somebody")
    assert again.tolist() == payoffs
    assert payoffs_of(case, None, feasible, "somebody").tolist() == [0] * 6
    assert payoffs_of(case, None, feasible, "somebody").dtype == np.int32


def test_payoffs_of_weights_name_whose_they_are() -> None:
    assert "the weights of 'taliban' span" in refusal(
        PREFERENCES + "weights: {truce: 1e17, leave: 0.01}"
    )


def test_arrays_are_read_only() -> None:
    arrays = compile_case(parse_case(with_ranking(ALL)))
    for array in (arrays.feasible, *arrays.payoffs):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0
    assert arrays.listed is None


def test_party_arrays_say_what_kind_of_moves_they_are() -> None:
    text = with_ranking(ALL).replace("leave:", "stay: {moves: [[no, yes]]}\n      leave:")
    text = text.replace('"', "").replace(WISH + ALL.replace('"', "") + "}", "")
    us, taliban = compile_case(parse_case(text)).parties
    assert us.levels == (2, 3)
    assert us.arcs == (frozenset({(0, 1)}), frozenset({(0, 1), (0, 2), (1, 2)}))
    assert (us.complete, us.transitive, us.indifferent) == (False, True, True)
    assert taliban.levels == (2,)
    assert (taliban.complete, taliban.transitive, taliban.indifferent) == (True, True, True)
    assert not compile_case(parse_case(with_ranking(ALL))).parties[1].indifferent


MIXED = """detente: 1
parties:
  us: {options: {a: {}, b: {moves: forward}, c: {levels: [l, m, h], moves: [[l, m], [m, h]]}}}
"""


def test_one_option_decides_whether_all_moves_are_complete_and_transitive() -> None:
    (us,) = compile_case(parse_case(MIXED)).parties
    assert (us.complete, us.transitive) == (False, False)
    (us,) = compile_case(parse_case(MIXED.replace(", [m, h]", ""))).parties
    assert (us.complete, us.transitive) == (False, True)


def test_graph_form_lists_moves_by_number_of_state() -> None:
    text = """
detente: 1
parties: {p: {preferences: {ranking: [c, [a, b]]}}, q: {}, r: {}}
states: [a, c, b]
moves: {q: {b: [c, a], a: [b]}, p: {a: [c]}}
"""
    arrays = compile_case(parse_case(text))
    assert arrays.listed is not None
    pairs = [list(zip(m.src.tolist(), m.dst.tolist(), strict=True)) for m in arrays.listed]
    assert pairs == [[(0, 1)], [(0, 2), (2, 0), (2, 1)], []]
    assert [moves.size for moves in arrays.listed] == [3, 3, 3]
    assert {moves.src.dtype for moves in arrays.listed} == {np.dtype(np.int32)}
    assert arrays.feasible.tolist() == [True] * 3
    assert arrays.feasible.dtype == np.bool_
    assert arrays.payoffs[0].tolist() == [1, 2, 1]
    p, q, r = arrays.parties
    assert (p.levels, p.arcs, p.complete, p.transitive) == ((), (), False, True)
    assert (q.levels, q.arcs, q.complete, q.transitive) == ((), (), False, False)
    assert [party.indifferent for party in (p, q, r)] == [False, True, True]


# How parties see each other


SEEN = HEAD + "perceptions: {us: {taliban: {SEEN}}}\n"


def seen(preferences: str) -> str:
    return SEEN.replace("SEEN", preferences)


@pytest.mark.parametrize(
    "preferences",
    [f"ranking: {ALL}", "weights: {truce: 1}", "priorities: [truce]"],
)
def test_perceptions_that_fit_the_states_are_taken(preferences: str) -> None:
    arrays = compile_case(parse_case(seen(preferences)))
    assert [payoffs.tolist() for payoffs in arrays.payoffs] == [[0] * 6] * 2


def test_perceptions_that_do_not_fit_the_states_are_refused() -> None:
    place = "case.yaml:9:39: "
    assert refusal(seen('ranking: ["00"]')).startswith(
        f"{place}the ranking of 'taliban, as us sees it' misses 5 feasible states: 01, 10,"
    )
    assert refusal(seen(f"ranking: {ALL}") + 'infeasible: ["20"]\n').startswith(
        "case.yaml:9:40: the ranking of 'taliban, as us sees it' names the infeasible state 20"
    )
    assert refusal(seen("weights: {truce: 1e17, leave: 0.01}")).startswith(
        f"{place}the weights of 'taliban, as us sees it' span too many digits"
    )


def test_priorities_that_somebody_sees_are_not_evaluated(monkeypatch: pytest.MonkeyPatch) -> None:
    case = parse_case(seen("priorities: [truce]"))
    monkeypatch.setattr(compiling, "priority_payoffs", lambda *_: pytest.fail("evaluated"))
    compile_case(case)


# The cache


def test_a_case_is_compiled_once() -> None:
    case = parse_case(HEAD)
    assert compile_case(case) is compile_case(case)


def test_an_equal_case_is_compiled_anew() -> None:
    # Equal cases may differ in places, and so in messages.
    case, twin = parse_case(HEAD, "a.yaml"), parse_case(HEAD, "a.yaml")
    assert case == twin
    assert compile_case(case) is not compile_case(twin)


def test_a_case_that_is_refused_is_refused_again() -> None:
    case = parse_case(with_ranking('["00"]'))
    for _ in range(2):
        with pytest.raises(CaseError, match="misses 5 feasible states"):
            compile_case(case)


def test_the_cache_keeps_few_cases_and_keeps_them_alive() -> None:
    def other() -> Case:
        return parse_case(HEAD)

    first = other()
    arrays = compile_case(first)
    for _ in range(7):
        compile_case(other())  # a dead case must not lend its address to a new one
        gc.collect()
    assert compile_case(first) is arrays
    for _ in range(8):
        compile_case(other())
    assert compile_case(first) is not arrays


def test_a_key_equals_only_keys_of_the_same_case() -> None:
    case, twin = parse_case(HEAD), parse_case(HEAD)
    key = compiling._Key(case)
    assert key == compiling._Key(case)
    assert hash(key) == hash(compiling._Key(case))
    assert key != compiling._Key(twin)
    assert key != case
