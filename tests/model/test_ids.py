"""Ids of parties, options, levels and states."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.model.errors import CaseError
from detente.model.grammar import OptionNames, parse_statement
from detente.model.ids import KEYWORDS, check_id
from detente.model.loading import parse_case
from detente.model.parts import Option
from detente.model.scalars import flow_map, scalar

GOOD = ["a", "A1", "us", "cease-fire", "for_good", "x--", "été", "Талибан", "停火", "true", "null"]
BAD = ["", "1a", "_a", "-a", "a b", "a.b", "a:b", "a/b", "a=b", "(a)", "a\n", " a", "٣", "a\u0301"]


@pytest.mark.parametrize("name", [*GOOD, "nota", "iffy", "or-else", "And"])
def test_valid_id(name: str) -> None:
    assert check_id(name, "option", None) == name


@pytest.mark.parametrize("name", [*BAD, *sorted(KEYWORDS)])
def test_invalid_id(name: str) -> None:
    with pytest.raises(CaseError) as caught:
        check_id(name, "option", None)
    assert caught.value.what.endswith("cannot be the id of an option")
    assert "an id is a letter" in (caught.value.rule or "")
    assert caught.value.hint


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("or", "write for instance 'or_'"),
        ("United States", "write 'United_States' and put the full name under 'name:'"),
        ("(us)", "write 'us' and put the full name under 'name:'"),
        ("50%", "choose a short word as id and put the full name under 'name:'"),
        ("a" * 50 + "!", "choose a short word as id and put the full name under 'name:'"),
    ],
)
def test_hint_for_an_invalid_id(name: str, hint: str) -> None:
    with pytest.raises(CaseError) as caught:
        check_id(name, "party", None)
    assert caught.value.hint == hint


@given(st.text(max_size=12))
def test_every_id_works_as_party_option_level_and_in_statements(text: str) -> None:
    try:
        name = check_id(text, "option", None)
    except CaseError:
        return
    key = scalar(name, flow=True)
    body = f"{{{key}: {{options: {{{key}: {{levels: [first, {key}]}}}}}}}}"
    case = parse_case(f"detente: 1\nparties: {body}\nstatus_quo: {{{key}: {key}}}\n")
    assert case.options[0].key == f"{name}.{name}"
    assert case.status_quo == "1"
    names = OptionNames(case.options)
    assert parse_statement(f"{name}.{name} = {name}", names).holds((1,))
    assert parse_statement(f"not {name}", names).holds((0,))


@given(st.text(max_size=20))
def test_written_scalar_reads_as_itself(text: str) -> None:
    """Whatever is written as a scalar comes back, or is refused for its control characters."""
    written = flow_map({"detente": "1", "title": scalar(text, flow=True), "parties": "{a: {}}"})
    block = f"detente: 1\ntitle: {scalar(text)}\nparties: {{a: {{}}}}\nstates: [s]\n"
    for style in ("", "'", '"'):
        quoted = scalar(text, flow=True, style=style)
        for source in (
            block,
            written[:-1] + ", states: [s]}",
            f"{block[:11]}about: {quoted}\nparties: {{a: {{}}}}\nstates: [s]\n",
        ):
            try:
                case = parse_case(source)
            except CaseError as error:
                if "has the character" not in error.what:
                    raise
                continue
            assert text in (case.title, case.about)


def test_level_called_like_an_option_is_no_problem() -> None:
    options = [Option(i, "p", i, ("a", "b"), frozenset(), "both") for i in ("a", "b")]
    assert parse_statement("a = b", OptionNames(options)).holds((1, 0))
