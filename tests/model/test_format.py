"""Valid case files: that every part of format 1 is read, and means what the reference says."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from decimal import Decimal
from functools import cmp_to_key
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import Printer, StyledCase, holds, seeds, styled_cases, trees
from strategies_cases import drawn

from detente.engine.compile import compile_case
from detente.engine.states import cell_of
from detente.model.case import Case
from detente.model.errors import CaseError
from detente.model.loading import parse_case
from detente.model.parts import Clause, Pattern, Priorities, Ranking, Weights
from detente.model.statement import Atom, Not
from detente.workspace.casefiles import loads

FULL = """\
detente: 1
title: Everything
about: >-
  All parts of the format,
  on two lines.
as_of: 2019-05
parties:
  us:
    name: United States
    evidence: s1
    options:
      withdrawal: {name: Withdraw, levels: [none, partial, full], moves: forward, issue: troops}
      talk: {moves: [[no, yes]], evidence: [s2, s3]}
    preferences:
      priorities:
        - ceasefire
        - {statement: not withdrawal, evidence: [s4, 5]}
  taliban:
    options:
      ceasefire:
      talk: {moves: back}
    preferences:
      weights: {withdrawal >= partial: 2.50, not us.talk: -1, ceasefire: 1_000, taliban.talk: +.5}
  kabul: {outside: true, constituent_of: us}
  hawks:
status_quo: {us.talk: yes, taliban.talk: yes}
infeasible:
  - withdrawal = full and not ceasefire
  - "-0-0"
  - {statement: 11--, evidence: s9}
states:
  now: {us.talk: yes, taliban.talk: yes}
  peace: {withdrawal: full, us.talk: yes, ceasefire: yes, taliban.talk: yes}
perceptions:
  us:
    taliban: {priorities: [not ceasefire]}
    hawks: {ranking: [peace, now]}
"""


def case_of(text: str) -> Case:
    return parse_case(text, "f.yaml")


def ranks(case: Case, party: int = 0) -> dict[str, int]:
    """State -> payoff of a party, over the feasible states."""
    arrays = compile_case(case)
    codes = ["".join(map(str, s)) for s in product(*(range(len(o.levels)) for o in case.options))]
    return {
        code: int(arrays.payoffs[party][cell_of(case, code)])
        for code in codes
        if arrays.feasible[cell_of(case, code)]
    }


def tiers(payoffs: dict[str, int]) -> list[set[str]]:
    values = sorted(set(payoffs.values()), reverse=True)
    return [{s for s, v in payoffs.items() if v == value} for value in values]


def test_every_part_of_the_format() -> None:
    case = case_of(FULL)
    assert (case.title, case.as_of) == ("Everything", "2019-05")
    assert case.about == "All parts of the format, on two lines."
    assert (case.form, case.cells, case.source) == ("option", 24, "f.yaml")
    assert case.party_ids == ("us", "taliban", "kabul", "hawks")
    assert [option.key for option in case.options] == [
        "us.withdrawal", "us.talk", "taliban.ceasefire", "taliban.talk",
    ]  # fmt: skip
    us, taliban, kabul, hawks = case.parties
    assert (us.name, us.evidence, us.outside, us.constituent_of) == (
        "United States", ("s1",), False, None,
    )  # fmt: skip
    assert (kabul.name, kabul.outside, kabul.constituent_of) == ("kabul", True, "us")
    assert (hawks.name, hawks.options, hawks.preferences) == ("hawks", (), None)
    withdrawal, talk = us.options
    assert (withdrawal.name, withdrawal.issue) == ("Withdraw", "troops")
    assert (withdrawal.moves, withdrawal.arcs) == ("forward", {(0, 1), (0, 2), (1, 2)})
    assert (talk.name, talk.levels, talk.evidence) == ("talk", ("no", "yes"), ("s2", "s3"))
    assert (talk.moves, talk.arcs) == ("arcs", {(0, 1)})
    ceasefire, other = taliban.options
    assert (ceasefire.moves, ceasefire.arcs) == ("both", {(0, 1), (1, 0)})
    assert (other.moves, other.arcs) == ("back", {(1, 0)})
    assert case.status_quo == "0101"
    assert case.labels == {"now": "0101", "peace": "2111"}
    assert case.label_of == {"0101": "now", "2111": "peace"}
    assert case.state("peace") == case.state("2111") == "2111"
    assert case.describe("2111") == {
        "us.withdrawal": "full",
        "us.talk": "yes",
        "taliban.ceasefire": "yes",
        "taliban.talk": "yes",
    }


def test_preferences_evidence_and_infeasible_items() -> None:
    case = case_of(FULL)
    wants = case.party("us").preferences
    assert isinstance(wants, Priorities)
    first, second = wants.clauses
    assert (first.text, first.statement, first.evidence) == ("ceasefire", Atom(2, ">", 0), ())
    assert (second.statement, second.evidence) == (Not(Atom(0, ">", 0)), ("s4", "5"))
    assert first.where is not None
    assert (first.where.line, first.where.column) == (16, 11)
    weights = case.party("taliban").preferences
    assert isinstance(weights, Weights)
    assert [weight for _, weight in weights.clauses] == [
        Decimal("2.5"), Decimal(-1), Decimal(1000), Decimal("0.5"),
    ]  # fmt: skip
    statement, pattern, cited = case.infeasible
    assert isinstance(statement, Clause)
    assert isinstance(pattern, Pattern)
    assert (pattern.text, pattern.levels) == ("-0-0", (None, 0, None, 0))
    assert isinstance(cited, Pattern)
    assert (cited.levels, cited.evidence) == ((1, 1, None, None), ("s9",))


def test_perceptions() -> None:
    first, second = case_of(FULL).perceptions
    assert (first.viewer, first.seen) == ("us", "taliban")
    assert isinstance(first.preferences, Priorities)
    assert (second.viewer, second.seen) == ("us", "hawks")
    assert isinstance(second.preferences, Ranking)
    assert second.preferences.tiers == (("2111",), ("0101",))


def test_graph_form() -> None:
    case = loads(
        """\
detente: 1
parties:
  a: {preferences: {ranking: [s2, [s1, s3]]}, outside: true}
  b:
states: [s1, s2, s3]
moves:
  a: {s1: [s2, s3], s2: []}
  b:
status_quo: s3
"""
    )
    assert (case.form, case.cells, case.options, case.status_quo) == ("graph", 3, (), "s3")
    assert case.graph is not None
    assert case.graph.states == ("s1", "s2", "s3")
    assert case.graph.moves == {"a": (("s1", "s2"), ("s1", "s3")), "b": ()}
    assert case.describe("s1") == {}
    assert compile_case(case).payoffs[0].tolist() == [1, 2, 1]


def test_status_quo_by_code_label_and_lines() -> None:
    text = "detente: 1\nparties: {a: {options: {x: {}, y: {}}}}\nstates: {peace: {y: yes}}\n"
    for written in ("01", '"01"', "peace", "{y: yes}", "{a.y: yes, x: no}"):
        assert case_of(f"{text}status_quo: {written}\n").status_quo == "01"
    assert case_of(text).status_quo is None
    assert case_of(f"{text}status_quo: {{}}\n").status_quo == "00"


def test_unquoted_codes_keep_their_leading_zeros() -> None:
    options = "options: {x: {}, y: {}, z: {}}"
    ranking = "[000, 001, 010, 011, 100, [101, 110], 111]"
    case = loads(
        f"detente: 1\nparties: {{a: {{{options}, preferences: {{ranking: {ranking}}}}}}}\n"
        "status_quo: 010\ninfeasible: []\n"
    )
    assert case.status_quo == "010"
    assert [sorted(t) for t in tiers(ranks(case))][5] == ["101", "110"]


def test_empty_parts_mean_nothing() -> None:
    text = "detente: 1\nparties: {a: {options: {x: , y: {}}, preferences: , evidence: }}\n"
    case = loads(text + "infeasible:\nstates:\nperceptions:\n")
    assert case.party("a").preferences is None
    assert (case.infeasible, case.labels, case.perceptions) == ((), {}, ())
    indifferent = loads(text.replace("preferences: ,", "preferences: {priorities: []},"))
    assert set(ranks(indifferent).values()) == {0}


def test_ten_levels() -> None:
    levels = ", ".join("abcdefghij")
    case = loads(f"detente: 1\nparties: {{p: {{options: {{x: {{levels: [{levels}]}}}}}}}}\n")
    assert case.cells == 10
    assert case.state("9") == "9"


def test_case_is_frozen() -> None:
    case = case_of(FULL)
    for thing in (case, case.parties[0], case.options[0], case.infeasible[0]):
        with pytest.raises((FrozenInstanceError, TypeError)):
            thing.evidence = ()  # type: ignore[misc]


def test_unknown_party_of_a_case() -> None:
    with pytest.raises(CaseError) as caught:
        case_of(FULL).party("talban")
    assert caught.value.what == "there is no party 'talban'"
    assert caught.value.hint == "did you mean 'taliban'?"


# The fingerprint


def test_fingerprint_ignores_names_comments_and_places() -> None:
    same = FULL.replace("Everything", "Other").replace("United States", "USA")
    same = same.replace("as_of: 2019-05\n", "# a comment\n").replace("evidence: s1", "evidence: s7")
    same = same.replace("not withdrawal,", "not (us.withdrawal),").replace("2.50", "2.5")
    assert case_of(same).fingerprint == case_of(FULL).fingerprint


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("moves: forward", "moves: back"),
        ("outside: true", "outside: false"),
        ("constituent_of: us", "constituent_of: taliban"),
        ("- ceasefire\n", "- not ceasefire\n"),
        ("2.50", "2.51"),
        ("issue: troops", "issue: bases"),
        ("withdrawal = full and not ceasefire", "withdrawal = full"),
        ("status_quo: {us.talk: yes, ", "status_quo: {"),
        ("partial", "half"),
        ("[not ceasefire]", "[ceasefire]"),
    ],
)
def test_fingerprint_depends_on_everything_else(old: str, new: str) -> None:
    assert old in FULL
    assert case_of(FULL.replace(old, new)).fingerprint != case_of(FULL).fingerprint


# Priorities


def priorities(statements: list[str]) -> Case:
    lines = "".join(f"        - {text}\n" for text in statements)
    return case_of(
        "detente: 1\nparties:\n  us:\n    options:\n"
        "      withdrawal: {levels: [none, partial, full]}\n      talk: {}\n"
        "    preferences:\n      priorities:" + ("\n" + lines if lines else " []\n") +
        "  taliban:\n    options:\n      talk: {}\n"
        "      cease-fire: {levels: [none, short, long, for_good]}\n"
    )  # fmt: skip


@settings(max_examples=30)
@given(st.lists(trees(5), max_size=12), seeds())
def test_priorities_are_lexicographic(chosen: list[Any], rng: Any) -> None:
    texts = [Printer(rng).text(tree) for tree in chosen]
    payoffs = ranks(priorities(texts))
    keys = {code: [holds(tree, tuple(map(int, code))) for tree in chosen] for code in payoffs}
    states = sorted(payoffs, key=lambda code: keys[code], reverse=True)
    expected: list[set[str]] = []
    for code in states:
        if expected and keys[code] == keys[next(iter(expected[-1]))]:
            expected[-1].add(code)
        else:
            expected.append({code})
    assert tiers(payoffs) == expected


@pytest.mark.parametrize("count", [29, 30, 31, 60, 62, 63, 64, 65, 100, 300])
def test_any_number_of_priorities_is_in_the_order_of_the_literal_sum(count: int) -> None:
    """Score = sum of 2^(k-j) over the true statements, in whole numbers of any size."""
    base = [
        "us.talk", "withdrawal >= partial", "taliban.talk", "cease-fire = long", "not withdrawal",
        "us.talk iff taliban.talk", "withdrawal = full if cease-fire", "cease-fire < for_good",
    ]  # fmt: skip
    never = "us.talk and not us.talk"
    texts = [base[j // 13 % len(base)] if j % 13 == 0 else never for j in range(count)]
    texts[-1] = "not taliban.talk"
    case = priorities(texts)
    wants = case.party("us").preferences
    assert isinstance(wants, Priorities)
    score = {
        code: sum(
            2 ** (count - j)
            for j, clause in enumerate(wants.clauses, 1)
            if clause.statement.holds(case.levels(code))
        )
        for code in ranks(case)
    }
    assert tiers(ranks(case)) == tiers(score)
    assert compile_case(case).payoffs[0].dtype == np.int32


# Weights


def weights(pairs: dict[str, str]) -> Case:
    body = ", ".join(f"{statement}: {weight}" for statement, weight in pairs.items())
    return case_of(
        "detente: 1\nparties:\n  p:\n    options: {a: {}, b: {}, c: {}}\n"
        f"    preferences: {{weights: {{{body}}}}}\n"
    )


def test_weights_are_summed_exactly() -> None:
    """0.1 + 0.2 = 0.3, which is false for binary fractions."""
    payoffs = ranks(weights({"a and not c": "0.1", "b and not c": "0.2", "c": "0.3"}))
    assert payoffs["110"] == payoffs["001"] == payoffs["111"]
    assert tiers(payoffs)[0] == {"110", "001", "011", "101", "111"}


@pytest.mark.parametrize(
    "pairs",
    [
        {"a": "1", "b": "1.0", "c": "1.00"},
        {"a": "1e2", "b": "100", "c": "1.0E+2"},
        {"a": "1_000", "b": "1000", "c": "1000."},
        {"a": "-.5", "b": "-0.50", "c": "-5e-1"},
    ],
)
def test_equal_weights_written_differently_tie(pairs: dict[str, str]) -> None:
    payoffs = ranks(weights(pairs))
    assert payoffs["100"] == payoffs["010"] == payoffs["001"]
    assert len(tiers(payoffs)) == 4


def test_weights_tell_the_last_digit_apart() -> None:
    payoffs = ranks(weights({"a": "100000000000000001", "b": "100000000000000000"}))
    assert payoffs["100"] > payoffs["010"]
    payoffs = ranks(weights({"a": "0.100000000000000001", "b": "0.1"}))
    assert payoffs["100"] > payoffs["010"]


@pytest.mark.parametrize(
    "pairs",
    [
        {"a": "1e17", "b": "0.01"},
        {"a": "999999999999999999.5"},
        {"a": "123456789.123456789123456789"},
        {"a": "1000000000000000000"},
        {"a": "1e-19"},
        {"a": "1e1000000"},
        {"a": "1.00000000000000000000000000000000000001"},
    ],
)
def test_weights_with_too_many_digits_are_refused_and_never_rounded(pairs: dict[str, str]) -> None:
    with pytest.raises(CaseError, match="too many digits"):
        compile_case(weights(pairs))


@given(
    st.dictionaries(
        st.sampled_from(["a", "not b", "c", "a and b", "a or c", "b iff c", "not a"]),
        st.decimals(-1000, 1000, places=3),
        min_size=1,
    )
)
def test_weights_are_in_the_order_of_the_sum(pairs: dict[str, Decimal]) -> None:
    case = weights({statement: str(weight) for statement, weight in pairs.items()})
    wants = case.party("p").preferences
    assert isinstance(wants, Weights)
    sums = {
        code: sum((w for c, w in wants.clauses if c.statement.holds(case.levels(code))), Decimal(0))
        for code in ranks(case)
    }

    def compare(first: str, second: str) -> int:
        return int((sums[first] > sums[second]) - (sums[first] < sums[second]))

    payoffs = ranks(case)
    order = sorted(payoffs, key=cmp_to_key(compare))
    assert [payoffs[s] for s in order] == sorted(payoffs.values())
    for first, second in product(order, order):
        assert (payoffs[first] == payoffs[second]) is (sums[first] == sums[second])


# Infeasible states


@settings(max_examples=40)
@given(drawn(form="option"))
def test_states_of_random_models(model: Any) -> None:
    case = loads(model.text())
    assert list(ranks(case)) == [model.name(state) for state in model.states]
    if model.status_quo is not None:
        assert case.status_quo == model.name(model.status_quo)


# Size


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (30, "the 30 options have 1,073,741,824 combinations of levels; "
             "solving them would take about 100 GiB of memory"),
        (60, "the 60 options have 10^18 combinations of levels; "
             "solving them would take about 107,374,182,400 GiB of memory"),
        (2_000, "the 2000 options have 10^602 combinations of levels; "
                "solving them would take about 10^595 GiB of memory"),
        (15_000, "the 15000 options have 10^4515 combinations of levels; "
                 "solving them would take about 10^4508 GiB of memory"),
    ],
)  # fmt: skip
def test_too_many_options_are_refused_with_their_states_and_memory(options: int, said: str) -> None:
    lines = "".join(f"      o{k}:\n" for k in range(options))
    case = loads(f"detente: 1\nparties:\n  p:\n    options:\n{lines}", "f.yaml")
    with pytest.raises(CaseError) as caught:
        compile_case(case)
    assert caught.value.what == said
    assert caught.value.rule == "at most 134,217,728 combinations"
    assert "merge options" in (caught.value.hint or "")


# Any style


@settings(max_examples=40)
@given(styled_cases())
def test_files_in_any_style_say_the_same(styled: StyledCase) -> None:
    case = loads(styled.text)
    model = styled.drawn
    assert list(case.party_ids) == [party.id for party in model.parties]
    assert [option.key for option in case.options] == [option.key for option in model.options]
    assert case.title.strip() == styled.data.get("title", "")
    for party in case.parties:
        body = styled.data["parties"][party.id] or {}
        assert party.outside is body.get("outside", False)
        assert list(party.evidence) == body.get("evidence", [])
    for index, party in enumerate(model.parties):
        payoffs = compile_case(case).payoffs[index]
        values = [model.payoff(party, state) for state in model.states]
        found = [int(payoffs[cell_of(case, model.name(state))]) for state in model.states]
        order = sorted(set(values))
        assert [order.index(v) for v in values] == [sorted(set(found)).index(v) for v in found]
