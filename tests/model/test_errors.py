"""How errors are written, and how the nearest name is found."""

from __future__ import annotations

import pickle

import pytest

from detente.model.errors import CaseError, Where, counted, listed, nearest, quoted


@pytest.mark.parametrize(
    ("where", "text"),
    [
        (Where("f.yaml", 3, 4), "f.yaml:3:4"),
        (Where("f.yaml", 3), "f.yaml:3"),
        (Where("f.yaml"), "f.yaml"),
        (Where(None, 3, 4), "<text>:3:4"),
        (Where(), "<text>"),
    ],
)
def test_place_is_written_as_editors_read_it(where: Where, text: str) -> None:
    assert str(where) == text


def test_message_has_one_fact_a_line() -> None:
    error = CaseError(
        "something is wrong",
        where=Where("f.yaml", 3, 6),
        rule="this is the rule",
        hint="do this",
        excerpt="a and c",
        caret=6,
    )
    assert str(error) == (
        "f.yaml:3:6: something is wrong\n"
        "    a and c\n"
        "          ^\n"
        "  rule: this is the rule\n"
        "  next: do this"
    )
    assert str(CaseError("something")) == "something"
    assert str(CaseError("something", excerpt="line")) == "something\n    line"


def test_error_survives_pickling() -> None:
    error = CaseError("what", where=Where("f", 1, 2), rule="r", hint="h", excerpt="e", caret=0)
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


@pytest.mark.parametrize(
    ("name", "valid", "expected"),
    [
        ("ceasefyre", ["ceasefire", "withdrawal"], "ceasefire"),
        ("FULL", ["none", "full"], "full"),
        ("xyz", ["none", "full"], None),
        ("", ["none"], None),
        ("a" * 10_000, ["a"], None),
        ("none", [], None),
    ],
)
def test_nearest_name(name: str, valid: list[str], expected: str | None) -> None:
    assert nearest(name, valid) == expected


def test_offending_values_are_short_and_on_one_line() -> None:
    assert quoted("a b") == "'a b'"
    assert quoted("a\nb\t\x1b[0m\u2028") == "'a\\nb\\t\\x1b[0m\\u2028'"
    assert quoted("x" * 100) == "'" + "x" * 59 + "…'"
    assert len(quoted("\x00" * 100)) < 300


def test_lists_of_names_are_cut() -> None:
    assert listed([]) == ""
    assert listed(["a", "b"]) == "a, b"
    assert listed(map(str, range(1000)), 3) == "0, 1, 2 and 997 more"
    assert (counted(1, "digit"), counted(0, "digit"), counted(1200, "digit")) == (
        "1 digit",
        "0 digits",
        "1,200 digits",
    )
