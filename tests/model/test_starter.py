"""The starter file loads, checks and solves, and teaches everything."""

from __future__ import annotations

import re

import pytest

import detente
from detente.model.errors import CaseError
from detente.model.format import KEYS, MOVES
from detente.model.parts import Priorities, Ranking, Weights
from detente.model.roundtrip import CaseText
from detente.model.starter import starter
from detente.workspace.casefiles import loads


def uncommented(text: str) -> str:
    """The file with its hidden lines: those that start with # and no space."""
    return re.sub(r"^( *)#(?=\S)", r"\1", text, flags=re.MULTILINE)


def test_starter_loads_and_solves() -> None:
    case = loads(starter(), "starter.yaml")
    assert len(case.parties) == 2
    assert sorted(len(option.levels) for option in case.options) == [2, 3]
    assert isinstance(case.parties[0].preferences, Priorities)
    assert isinstance(case.parties[1].preferences, Ranking)
    assert case.infeasible
    assert case.status_quo == "00"
    result = detente.solve(case)
    assert result["nash"].equilibria == ("00",)  # nobody goes first …
    assert "21" in result["seq"].equilibria  # … but the deal would hold


@pytest.mark.parametrize(
    "title",
    ["Water", "A: B", "it's", '"quoted"', "#", "x # y", "12", "no", "null", "é 停火", "- a", ""],
)
def test_title(title: str) -> None:
    text = starter(title)
    assert loads(text).title == title
    assert text.replace(text.splitlines()[11], "") == starter().replace(
        starter().splitlines()[11], ""
    )


def test_title_with_control_characters_is_refused() -> None:
    with pytest.raises(CaseError):
        starter("a\x1b[31m")


def test_hidden_lines_are_valid_together() -> None:
    case = loads(uncommented(starter()))
    assert len(case.parties) == 3
    assert isinstance(case.parties[2].preferences, Weights)
    assert case.parties[2].outside
    assert case.labels == {"waiting": "00", "deal": "21"}
    assert case.perceptions
    assert case.as_of
    assert case.options[0].evidence
    assert detente.solve(case).states


def test_every_key_and_word_of_the_format_is_shown() -> None:
    text = uncommented(starter())
    for kind in ("case", "party", "option", "preferences"):
        for key in KEYS[kind]:
            if (kind, key) != ("case", "moves"):  # graph form
                assert re.search(rf"\b{key}: ", text) or f"{key}:\n" in text, key
    for word in (*MOVES, "[[", "not", "and", "or", "if", "iff", "=", "!=", "<", "<=", ">", ">="):
        assert word in text
    assert "graph form" in text


def test_starter_is_readable() -> None:
    lines = starter().splitlines()
    assert max(map(len, lines)) <= 100
    assert not [line for line in lines if line != line.rstrip()]
    assert not re.search(r"[^\x00-\x7f]", starter().replace("Détente", ""))
    comments = sum(line.strip().startswith("#") for line in lines)
    assert comments > len(lines) / 3


def test_starter_can_be_edited() -> None:
    text = CaseText.from_text(starter()).set_status_quo({"release": "half"})
    assert "status_quo: {release: half, pay: no}" in text.text
