"""Whatever a file contains, loading it gives a case or a CaseError: nothing else escapes."""

from __future__ import annotations

import io
import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML
from strategies import PIECES, mutate, mutated, styled_case, yamlish

from detente.model.case import Case
from detente.model.errors import CaseError
from detente.model.format import KEYS
from detente.model.starter import starter
from detente.workspace.casefiles import loads

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = [
    path.read_text("utf-8") for path in sorted((ROOT / "cases" / "published").glob("*.yaml"))
]
STYLED = [styled_case(random.Random(seed)).text for seed in range(30)]
TEXTS = [starter(), *SHIPPED, *STYLED]
WORDS = sorted({key for keys in KEYS.values() for key in keys})


def check(text: str) -> Case | None:
    """Load a text; an error must be short and complete."""
    refused = None
    case = None
    try:
        case = loads(text, "fuzz.yaml")
    except CaseError as error:
        refused = error
    if refused is not None:
        message = str(refused)
        assert message.startswith("fuzz.yaml")
        assert refused.rule
        assert refused.hint
        assert len(message) < 2_000
        assert len(message.splitlines()) <= 5
    return case


@settings(max_examples=150)
@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=30).map("".join)))
def test_any_text(text: str) -> None:
    check(text)
    check("detente: 1\n" + text)


@settings(max_examples=250)
@given(mutated(TEXTS))
def test_broken_files(text: str) -> None:
    check(text)


@settings(max_examples=150)
@given(yamlish(WORDS))
def test_any_structure(data: Any) -> None:
    check(json.dumps(data))
    check(json.dumps({"detente": 1, "parties": data}))
    check(json.dumps({"detente": 1, "parties": {"us": {"options": {"a": {}, "b": data}}}}))
    check(json.dumps({"detente": 1, "parties": {"us": {"options": {"a": {}}}}, "states": data}))


@settings(max_examples=100)
@given(st.sampled_from(WORDS), yamlish(WORDS), st.sampled_from(TEXTS))
def test_any_structure_in_place_of_a_part(key: str, data: Any, text: str) -> None:
    """One part of a valid file is replaced by something else."""
    whole = YAML(typ="safe", pure=True).load(text)

    def replaced(part: Any) -> Any:
        if isinstance(part, dict):
            return {k: data if k == key else replaced(v) for k, v in part.items()}
        return [replaced(item) for item in part] if isinstance(part, list) else part

    stream = io.StringIO()
    YAML(typ="safe", pure=True).dump(replaced(whole), stream)
    check(stream.getvalue())


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_every_beginning_of_a_file(text: str) -> None:
    """A file that was cut off."""
    step = max(1, len(text) // 12)
    for end in range(0, len(text), step):
        check(text[:end])


@pytest.mark.slow
@pytest.mark.parametrize("block", range(8))
def test_many_broken_files(block: int) -> None:
    rng = random.Random(block)
    loaded = sum(check(mutate(rng.choice(TEXTS), rng)) is not None for _ in range(1_000))
    assert 50 < loaded < 950  # the mutations are neither all fatal nor all harmless


@pytest.mark.slow
@settings(max_examples=3_000)
@given(st.one_of(st.text(), st.lists(st.sampled_from([*PIECES, *WORDS])).map("".join)))
def test_any_text_at_length(text: str) -> None:
    check(text)
    check("detente: 1\nparties: {us: {options: {a: {}}}}\n" + text)
