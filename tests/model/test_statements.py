"""The statement language: what parses, to which tree, with which truth, and how errors point."""

from __future__ import annotations

import random
import sys
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import COMPARISONS, OPTIONS, Printer, Tree, holds, seeds, trees

from detente.engine.evaluate import truth
from detente.model.errors import CaseError, Where
from detente.model.grammar import MAX_DEPTH, OptionNames, parse_statement
from detente.model.parts import Option
from detente.model.statement import And, Atom, If, Iff, Not, Or, Statement

NAMES = OptionNames(
    [Option(name, party, name, levels, frozenset(), "both") for party, name, levels in OPTIONS]
)
LEVELS = [len(levels) for _, _, levels in OPTIONS]
STATES = list(product(*(range(count) for count in LEVELS)))

# The four options in short: withdrawal (none, partial, full), us.talk, taliban.talk, cease-fire.
W, U, T, C = (Atom(k, ">", 0) for k in range(4))


def parse(text: str) -> Statement:
    return parse_statement(text, NAMES)


def error_of(text: str, where: Where | None = None) -> CaseError:
    with pytest.raises(CaseError) as caught:
        parse_statement(text, NAMES, where)
    return caught.value


def built(tree: Tree) -> Statement:
    """The statement that a tree stands for."""
    kind, *parts = tree
    if kind == "atom":
        return Atom(*parts)
    if kind == "not":
        return Not(built(parts[0]))
    if kind in ("and", "or"):
        return {"and": And, "or": Or}[kind](tuple(built(part) for part in parts[0]))
    return {"if": If, "iff": Iff}[kind](*(built(part) for part in parts))


# What a text means


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("withdrawal", W),
        ("us.withdrawal", W),
        ("  withdrawal\n", W),
        ("cease-fire", C),
        ("withdrawal = partial", Atom(0, "=", 1)),
        ("withdrawal!=full", Atom(0, "!=", 2)),
        ("withdrawal<full", Atom(0, "<", 2)),
        ("withdrawal <= partial", Atom(0, "<=", 1)),
        ("withdrawal>none", W),
        ("cease-fire>=for_good", Atom(3, ">=", 3)),
        ("us.talk = no", Atom(1, "=", 0)),
        ("us . talk", U),
        ("(((us.talk)))", U),
        ("not not us.talk", Not(Not(U))),
        ("not(us.talk)", Not(U)),
        ("not us.talk = no", Not(Atom(1, "=", 0))),
        ("withdrawal and us.talk", And((W, U))),
        ("withdrawal and us.talk and taliban.talk", And((W, U, T))),
        ("(withdrawal and us.talk) and taliban.talk", And((And((W, U)), T))),
        ("withdrawal or us.talk or taliban.talk", Or((W, U, T))),
        ("withdrawal if us.talk", If(W, U)),
        ("withdrawal iff us.talk", Iff(W, U)),
    ],
)
def test_text_gives_tree(text: str, expected: Statement) -> None:
    assert parse(text) == expected


@pytest.mark.parametrize(
    ("text", "grouped"),
    [
        ("not withdrawal and us.talk", "(not withdrawal) and us.talk"),
        ("not withdrawal = full and us.talk", "(not (withdrawal = full)) and us.talk"),
        ("withdrawal or us.talk and taliban.talk", "withdrawal or (us.talk and taliban.talk)"),
        ("withdrawal and us.talk or taliban.talk", "(withdrawal and us.talk) or taliban.talk"),
        ("withdrawal if us.talk or taliban.talk", "withdrawal if (us.talk or taliban.talk)"),
        ("withdrawal or us.talk if taliban.talk", "(withdrawal or us.talk) if taliban.talk"),
        ("withdrawal and us.talk iff taliban.talk", "(withdrawal and us.talk) iff taliban.talk"),
        ("not withdrawal if us.talk", "(not withdrawal) if us.talk"),
        ("withdrawal iff not us.talk", "withdrawal iff (not us.talk)"),
    ],
)
def test_precedence(text: str, grouped: str) -> None:
    assert parse(text) == parse(grouped)


@pytest.mark.parametrize("chain", ["if if", "if iff", "iff if", "iff iff"])
def test_if_and_iff_do_not_chain(chain: str) -> None:
    first, second = chain.split()
    text = f"withdrawal {first} us.talk {second} taliban.talk"
    error = error_of(text, Where("f", 1, 1))
    assert error.hint == "'if' and 'iff' do not chain: add parentheses"
    assert error.caret == text.rindex(f" {second} ") + 1
    parse(f"(withdrawal {first} us.talk) {second} taliban.talk")
    parse(f"withdrawal {first} (us.talk {second} taliban.talk)")


@pytest.mark.parametrize("operator", sorted(COMPARISONS))
def test_every_operator_in_every_state(operator: str) -> None:
    for level, name in enumerate(OPTIONS[3][2]):
        statement = parse(f"cease-fire {operator} {name}")
        for state in STATES:
            assert statement.holds(state) is COMPARISONS[operator](state[3], level)


def test_if_is_material_implication_with_the_condition_behind() -> None:
    statement = parse("us.talk if taliban.talk")
    false_in = [state for state in STATES if not statement.holds(state)]
    assert all(state[1:3] == (0, 1) for state in false_in)
    assert len(false_in) == len(STATES) // 4


def test_keyword_is_a_whole_word() -> None:
    """'us.talk orb' is no 'us.talk or b'; an id may begin with a keyword."""
    names = OptionNames(
        [Option(i, "p", i, ("no", "yes"), frozenset(), "both") for i in ("b", "iffy", "not-yet")]
    )
    assert parse_statement("iffy or not-yet", names) == Or((Atom(1, ">", 0), Atom(2, ">", 0)))
    for text in ("b orb", "b andb", "b ifb", "b iffb", "b iffy", "notb", "b or-b"):
        with pytest.raises(CaseError):
            parse_statement(text, names)


def test_ids_of_any_script() -> None:
    options = [Option("перемирие", "да", "x", ("нет", "été"), frozenset(), "both")]
    names = OptionNames(options)
    assert parse_statement("да.перемирие = été", names) == Atom(0, "=", 1)


# Errors point at the character: the caret stands under the '^' of the second line


@pytest.mark.parametrize(
    ("text", "caret", "what"),
    [
        (
            "not withdrawl if us.talk",
            "    ^",
            "there is no option 'withdrawl'",
        ),
        (
            "withdrawal = ful and us.talk",
            "             ^",
            "option 'us.withdrawal' has no level 'ful'",
        ),
        (
            "withdrawal and talk",
            "               ^",
            "'talk' is ambiguous: 'us.talk', 'taliban.talk'",
        ),
        (
            "withdrawal and russia.talk",
            "               ^",
            "there is no option 'russia.talk'",
        ),
        (
            "withdrawal and",
            "              ^",
            "the statement stops too early",
        ),
        (
            "(withdrawal or us.talk",
            "                      ^",
            "the statement stops too early",
        ),
        (
            "withdrawal) or us.talk",
            "          ^",
            "')' cannot stand here",
        ),
        (
            "withdrawal us.talk",
            "           ^",
            "'us' cannot stand here",
        ),
        (
            "withdrawal == full",
            "            ^",
            "'=' cannot stand here",
        ),
        (
            "withdrawal = full = none",
            "                  ^",
            "'=' cannot stand here",
        ),
        (
            "full = withdrawal",
            "^",
            "there is no option 'full'",
        ),
        (
            "withdrawal && us.talk",
            "           ^",
            "the statement cannot contain '&' here",
        ),
        (
            "withdrawal = 2",
            "             ^",
            "the statement cannot contain '2' here",
        ),
        (
            "NOT withdrawal",
            "    ^",
            "'withdrawal' cannot stand here",
        ),
        (
            "withdrawal AND us.talk",
            "           ^",
            "'AND' cannot stand here",
        ),
        (
            "if withdrawal",
            "^",
            "'if' cannot stand here",
        ),
        (
            "()",
            " ^",
            "')' cannot stand here",
        ),
        (
            "",
            "^",
            "the statement is empty",
        ),
    ],
)  # fmt: skip
def test_error_points_at_the_character(text: str, caret: str, what: str) -> None:
    error = error_of(text, Where("case.yaml", 7, 11))
    assert error.what == what
    assert error.caret == len(caret) - 1
    assert error.where == Where("case.yaml", 7, 11 + len(caret) - 1)
    assert error.rule
    assert error.hint
    lines = str(error).splitlines()
    assert lines[0] == f"case.yaml:7:{11 + len(caret) - 1}: {what}"
    assert lines[1:3] == [f"    {text}".rstrip(), f"    {caret}"]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("withdrawl", "did you mean 'withdrawal'?"),
        ("us.withdrawl", "did you mean 'us.withdrawal'?"),
        ("withdrawal = partail", "did you mean 'partial'?"),
        ("withdrawal = PARTIAL", "did you mean 'partial'?"),
        ("withdrawal = 2", "expected a level"),
        ("talk", "write 'party.option'"),
        ("us", "'us' is a party; its options are us.withdrawal, us.talk"),
        ("xyz", "the options are us.withdrawal, us.talk, taliban.talk, taliban.cease-fire"),
        ("us.talk == no", "write '=' once"),
        ("us.talk Or withdrawal", "keywords are in small letters: 'or'"),
        ("us.talk | withdrawal", "write 'and', 'or', 'not'"),
        ("!us.talk", "write 'and', 'or', 'not'"),
        ("us.talk)", "remove it: no '(' is open here"),
        ("not", "expected '(', 'not', an option"),
        ("(us.talk = no", "expected ')'"),
    ],
)
def test_error_says_what_to_do(text: str, hint: str) -> None:
    assert error_of(text).hint == hint


def test_error_in_a_statement_of_several_lines_shows_its_line() -> None:
    error = error_of("withdrawal\nand talks\nor us.talk", Where("f", 3, 5))
    assert error.excerpt == "and talks"
    assert error.caret == 4
    assert error.where == Where("f", 3, 5)  # the column of the first line means nothing here


def test_excerpt_of_a_long_statement_is_cut_around_the_caret() -> None:
    text = " and ".join(["withdrawal"] * 30 + ["withdrawl"] + ["withdrawal"] * 30)
    lines = str(error_of(text, Where("f", 1, 1))).splitlines()
    excerpt, caret = lines[1][4:], lines[2][4:]
    assert len(excerpt) == 100
    assert excerpt.startswith("…")
    assert excerpt.endswith("…")
    assert excerpt[len(caret) - 1 :].startswith("withdrawl and")


def test_caret_stands_right_below_wide_characters_and_tabs() -> None:
    options = [Option("停火", "p", "x", ("no", "yes"), frozenset(), "both")]
    error = CaseError("x", excerpt="停火\tand ?", caret=7, where=Where("f", 1, 1))
    assert str(error).splitlines()[1:3] == ["    停火 and ?", "    " + " " * 9 + "^"]
    assert parse_statement("停火", OptionNames(options)) == Atom(0, ">", 0)


# Size


@pytest.mark.parametrize(
    "text",
    [
        "(" * 10_000 + "withdrawal" + ")" * 10_000,
        "not " * 10_000 + "withdrawal",
        "not(" * 10_000 + "withdrawal" + ")" * 10_000,
        "(" * 10_000,
        "(withdrawal and not " * 10_000 + "us.talk" + ")" * 10_000,
        "withdrawal and " * 30_000 + "us.talk",
        "a" * 300_000,
    ],
)
def test_statement_nested_too_deeply_or_too_long_is_refused(text: str) -> None:
    error = error_of(text, Where("f", 1, 1))
    assert error.what == "the statement is nested too deeply or too long"
    assert error.hint == "split it into several statements"
    assert len(str(error)) < 500


def test_long_flat_statement_works() -> None:
    statement = parse(" or ".join(["withdrawal = full", "us.talk"] * 3_000))
    assert isinstance(statement, Or)
    assert len(statement.parts) == 6_000
    assert statement.holds((2, 0, 0, 0))
    assert not statement.holds((0, 0, 0, 0))


@pytest.mark.parametrize(
    "shape", ["not ({})", "us.talk and ({})", "us.talk or withdrawal and ({})", "({}) iff us.talk"]
)
def test_deepest_statement_can_be_used_everywhere(shape: str) -> None:
    """Whatever passes the parser is safe for every recursion over it."""
    text = "withdrawal"
    deepest = None
    for _ in range(MAX_DEPTH + 1):
        text = shape.format(text)
        try:
            deepest = parse(text)
        except CaseError:
            break
    assert deepest is not None
    assert repr(deepest)
    assert hash(deepest) == hash(deepest)
    assert isinstance(deepest.holds((1, 1, 1, 1)), bool)
    assert list(deepest.atoms())
    assert truth(deepest, LEVELS).dtype == np.bool_


def test_deep_statement_leaves_room_on_the_stack() -> None:
    """A caller deep in its own calls still gets an answer, not a RecursionError."""

    def dig(levels: int) -> bool:
        if levels:
            return dig(levels - 1)
        return parse("(us.talk and " * 90 + "withdrawal" + ")" * 90).holds((1, 1, 1, 1))

    assert sys.getrecursionlimit() >= 1000
    assert dig(300)


# Properties


@given(trees(), seeds(), st.booleans())
def test_printed_tree_parses_to_itself(tree: Tree, rng: random.Random, redundant: bool) -> None:
    text = Printer(rng, redundant).text(tree)
    assert parse(text) == built(tree)


@given(trees(), seeds())
def test_truth_over_all_states_is_that_of_the_definition(tree: Tree, rng: random.Random) -> None:
    statement = parse(Printer(rng).text(tree))
    expected = [holds(tree, state) for state in STATES]
    assert [statement.holds(state) for state in STATES] == expected
    table = np.broadcast_to(truth(statement, LEVELS), LEVELS).reshape(-1)
    assert table.tolist() == expected


@given(trees(), seeds())
def test_atoms_come_from_left_to_right(tree: Tree, rng: random.Random) -> None:
    def leaves(part: Tree) -> list[Atom]:
        kind, *parts = part
        if kind == "atom":
            return [Atom(*parts)]
        children = parts[0] if kind in ("and", "or") else parts
        return [leaf for child in children for leaf in leaves(child)]

    assert list(parse(Printer(rng).text(tree)).atoms()) == leaves(tree)


LANGUAGE = st.sampled_from(
    ["not", "and", "or", "if", "iff", "(", ")", "=", "!=", "<", ">=", ".", "us", "talk", "no", "é",
     "withdrawal", "cease-fire", "us.talk", "full", " ", "\n", "\t", "-", "1", "\u2028"]
)  # fmt: skip


def check_any_text(text: str) -> None:
    """Only CaseError escapes, and its caret lies in its excerpt."""
    refused = None
    try:
        statement = parse_statement(text, NAMES, Where("f", 2, 3))
    except CaseError as error:
        refused = error
    else:
        assert isinstance(statement.holds((0, 0, 0, 0)), bool)
    if refused is not None:
        assert refused.rule
        assert refused.hint
        assert refused.excerpt is not None
        assert refused.caret is not None
        assert 0 <= refused.caret <= len(refused.excerpt)
        assert "^" in str(refused)


@settings(max_examples=200)
@given(st.one_of(st.text(max_size=60), st.lists(LANGUAGE, max_size=14).map("".join)))
def test_any_text_parses_or_is_a_case_error(text: str) -> None:
    check_any_text(text)


@settings(max_examples=200)
@given(st.lists(LANGUAGE, max_size=12).map(" ".join))
def test_any_words_parse_or_are_a_case_error(text: str) -> None:
    check_any_text(text)


@pytest.mark.slow
@settings(max_examples=4_000)
@given(st.one_of(st.text(), st.lists(LANGUAGE).map("".join), st.lists(LANGUAGE).map(" ".join)))
def test_any_text_parses_or_is_a_case_error_at_length(text: str) -> None:
    check_any_text(text)


@pytest.mark.slow
@settings(max_examples=1_000)
@given(trees(60), seeds(), st.booleans())
def test_large_trees_parse_to_themselves(tree: Tree, rng: random.Random, redundant: bool) -> None:
    statement = parse(Printer(rng, redundant).text(tree))
    assert statement == built(tree)
    assert [statement.holds(s) for s in STATES] == [holds(tree, s) for s in STATES]
