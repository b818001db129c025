"""The JSON Schema takes every valid file, refuses the wrong ones, and drifts from no table."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML
from strategies import StyledCase, styled_cases

from detente.model.errors import CaseError
from detente.model.format import FEWEST_LEVELS, KEYS, MOST_LEVELS, MOVES
from detente.model.ids import check_id
from detente.model.schema import case_schema
from detente.model.starter import starter
from detente.workspace.casefiles import loads

ROOT = Path(__file__).resolve().parents[2]
CASES = sorted((ROOT / "cases").rglob("*.yaml"))
SCHEMA = case_schema()
VALIDATOR = Draft202012Validator(SCHEMA)

PARTIES = "detente: 1\nparties: {us: {options: {a: {}, b: {}}}}\n"


def errors(text: str) -> list[str]:
    data = YAML(typ="safe", pure=True).load(text)
    return [error.message for error in VALIDATOR.iter_errors(data)]


def test_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA


def test_each_call_gives_the_same_schema() -> None:
    assert case_schema() == SCHEMA


def test_schema_needs_nothing_from_the_network() -> None:
    references = re.findall(r'"\$ref": "([^"]*)"', json.dumps(SCHEMA))
    assert references
    assert all(reference.startswith("#/$defs/") for reference in references)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_shipped_case_is_valid(path: Path) -> None:
    assert errors(path.read_text(encoding="utf-8")) == []


def test_starter_is_valid() -> None:
    assert errors(starter()) == []


@settings(max_examples=40)
@given(styled_cases())
def test_every_file_that_loads_is_valid(styled: StyledCase) -> None:
    loads(styled.text)
    assert errors(styled.text) == []


# Consistent with the loader


def mappings(kind: str) -> dict[str, Any]:
    if kind == "case":
        return SCHEMA
    found = SCHEMA["$defs"][kind]
    return found["anyOf"][1] if "anyOf" in found else found


@pytest.mark.parametrize("kind", KEYS)
def test_keys_and_descriptions_are_those_of_the_format(kind: str) -> None:
    found = mappings(kind)
    assert found["additionalProperties"] is False
    described = {key: value["description"] for key, value in found["properties"].items()}
    assert described == KEYS[kind]


def test_kinds_of_moves_and_numbers_of_levels_are_those_of_the_format() -> None:
    option = SCHEMA["$defs"]["option"]["properties"]
    kinds = {row["const"]: row["description"] for row in option["moves"]["anyOf"][0]["oneOf"]}
    assert kinds == MOVES
    assert (option["levels"]["minItems"], option["levels"]["maxItems"]) == (
        FEWEST_LEVELS,
        MOST_LEVELS,
    )


def test_every_part_of_the_schema_is_described() -> None:
    for name, part in SCHEMA["$defs"].items():
        described = "description" in part or "properties" in part or "anyOf" in part
        assert described, name


ASCII = "".join(map(chr, range(128)))


@given(st.text(alphabet=ASCII, min_size=1, max_size=5))
def test_pattern_of_ids_is_the_rule_of_the_loader_in_ascii(text: str) -> None:
    if text.endswith("\n"):
        return  # '$' matches before a last line break in Python, not in JavaScript
    try:
        valid = check_id(text, "option", None) == text
    except CaseError:
        valid = False
    assert (re.search(SCHEMA["$defs"]["id"]["pattern"], text) is not None) is valid


@given(st.text(min_size=1, max_size=5))
def test_pattern_of_ids_lets_every_valid_id_pass(text: str) -> None:
    try:
        check_id(text, "option", None)
    except CaseError:
        return
    assert re.search(SCHEMA["$defs"]["id"]["pattern"], text)


# Wrong files

WRONG = {
    "no version": "parties: {us: {options: {a: {}}}}",
    "no parties": "detente: 1",
    "parties is empty": "detente: 1\nparties: {}",
    "a later version": PARTIES.replace("1", "2", 1),
    "version in quotes": PARTIES.replace("1", "'1'", 1),
    "a list": "[detente, 1]",
    "unknown key": PARTIES + "titel: x",
    "unknown key of a party": PARTIES.replace("options", "option"),
    "unknown key of an option": PARTIES.replace("a: {}", "a: {level: [x, y]}"),
    "party id with a space": PARTIES.replace("us:", "United States:"),
    "option id that is a keyword": PARTIES.replace("a: {}", "not: {}"),
    "one level": PARTIES.replace("a: {}", "a: {levels: [x]}"),
    "eleven levels": PARTIES.replace("a: {}", f"a: {{levels: [{', '.join('abcdefghijk')}]}}"),
    "a level twice": PARTIES.replace("a: {}", "a: {levels: [x, x]}"),
    "a level that is a number": PARTIES.replace("a: {}", "a: {levels: [0, 1]}"),
    "unknown kind of moves": PARTIES.replace("a: {}", "a: {moves: forwards}"),
    "arc with one end": PARTIES.replace("a: {}", "a: {moves: [[no]]}"),
    "arc that is no list": PARTIES.replace("a: {}", "a: {moves: [no, yes]}"),
    "outside that is no boolean": PARTIES.replace("options", "outside: maybe, options"),
    "title that is a list": PARTIES + "title: [a]",
    "status quo that is a list": PARTIES + "status_quo: [a]",
    "status quo with a bad name": PARTIES + "status_quo: {us.a.b: yes}",
    "infeasible that is no list": PARTIES + "infeasible: a",
    "infeasible item without a statement": PARTIES + "infeasible: [{evidence: [s1]}]",
    "infeasible item with another key": PARTIES + "infeasible: [{statement: a, why: b}]",
    "states that is a text": PARTIES + "states: peace",
    "a state label that is a code": PARTIES + "states: {'01': {a: yes}}",
    "moves in option form": PARTIES + "moves: {us: {}}",
    "two kinds of preferences": PARTIES.replace(
        "options", "preferences: {priorities: [], weights: {}}, options"
    ),
    "no kind of preferences": PARTIES.replace("options", "preferences: {}, options"),
    "priorities that is no list":
        PARTIES.replace("options", "preferences: {priorities: a}, options"),
    "a weight that is a word": PARTIES.replace(
        "options", "preferences: {weights: {a: much}}, options"
    ),
    "an empty tie": PARTIES.replace("options", "preferences: {ranking: ['00', []]}, options"),
    "a perception without a kind": PARTIES + "perceptions: {us: {them: {}}}",
    "graph form without labels": "detente: 1\nparties: {us: {}}\nstates: []",
    "graph form, a label twice": "detente: 1\nparties: {us: {}}\nstates: [a, a]",
    "graph form with infeasible": "detente: 1\nparties: {us: {}}\nstates: [a, b]\ninfeasible: [a]",
    "graph form with options": "detente: 1\nparties: {us: {options: {x: {}}}}\nstates: [a, b]",
    "graph form with priorities":
        "detente: 1\nparties: {us: {preferences: {priorities: []}}}\nstates: [a, b]",
    "graph form, moves that are no lists":
        "detente: 1\nparties: {us: {}}\nstates: [a, b]\nmoves: {us: {a: b}}",
    "graph form, status quo by levels":
        "detente: 1\nparties: {us: {}}\nstates: [a, b]\nstatus_quo: {a: b}",
}  # fmt: skip


@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG)
def test_wrong_file_is_refused_by_schema_and_loader(text: str) -> None:
    assert errors(text)
    with pytest.raises(CaseError):
        loads(text)


def test_what_only_the_loader_can_know_passes_the_schema() -> None:
    for text in (
        PARTIES + "status_quo: {c: yes}",
        PARTIES + "infeasible: [a, not a]",
        PARTIES.replace("options", "preferences: {ranking: ['00']}, options"),
    ):
        assert errors(text) == []
        with pytest.raises(CaseError):
            loads(text)


def test_random_wrong_keys_are_refused() -> None:
    rng = random.Random(1)
    for key in [key for keys in KEYS.values() for key in keys]:
        wrong = key + rng.choice("xyz")
        assert errors(f"{PARTIES}{wrong}: 1")
