"""The reference of the case file: its examples load, its errors are real, nothing is missing."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

import detente
from detente.engine.compile import MOST_CELLS
from detente.model import yamltext
from detente.model.errors import CaseError
from detente.model.format import KEYS, MOST_LEVELS, MOVES
from detente.model.grammar import MAX_DEPTH, OptionNames, parse_statement
from detente.model.ids import KEYWORDS
from detente.model.loading_preferences import MOST_DIGITS
from detente.model.parts import Option
from detente.model.roundtrip import CaseText
from detente.model.statement import OPERATORS
from detente.workspace.casefiles import MOST_BYTES, load, loads

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "reference" / "case-file.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, flags=re.MULTILINE | re.DOTALL)
YAML = [text for kind, text in BLOCKS if kind == "yaml"]
WRONG = [
    (text, message)
    for (kind, text), (next_kind, message) in pairwise(BLOCKS)
    if kind == "yaml" and next_kind == "text" and message.startswith("case.yaml:")
]
RIGHT = [text for text in YAML if text not in [wrong for wrong, _ in WRONG]]


def test_page_has_examples_of_everything() -> None:
    assert len(RIGHT) >= 9
    assert len(WRONG) >= 2
    assert all(text.startswith("detente: 1\n") for text in YAML)
    for kind in ("case", "party", "option", "preferences", "infeasible"):
        shown = "".join(RIGHT)
        for key in KEYS[kind]:
            if key not in ("about", "as_of", "issue", "outside", "constituent_of"):
                assert f"{key}:" in shown, key


@pytest.mark.parametrize("text", RIGHT, ids=range(len(RIGHT)))
def test_example_loads_and_solves(text: str) -> None:
    case = loads(text, "case.yaml")
    assert detente.solve(case, concepts=["nash"]).states
    assert CaseText.from_text(text).text == text


@pytest.mark.parametrize(("text", "message"), WRONG, ids=range(len(WRONG)))
def test_wrong_example_gives_the_message_on_the_page(text: str, message: str) -> None:
    with pytest.raises(CaseError) as caught:
        loads(text, "case.yaml")
    assert str(caught.value) + "\n" == message


@pytest.mark.parametrize("kind", ["case", "party", "option"])
def test_every_key_has_its_row(kind: str) -> None:
    for key in KEYS[kind]:
        assert re.search(rf"^\| `{key}` \|", PAGE, flags=re.MULTILINE), key


def test_every_kind_of_preferences_moves_and_word_of_the_language_is_described() -> None:
    for kind in KEYS["preferences"]:
        assert f"### {kind.capitalize()}\n" in PAGE
    for kind in MOVES:
        assert f"- `{kind}`: " in PAGE
    for word in [*KEYWORDS, *OPERATORS]:
        assert f"`{word}`" in PAGE or f'"{word}"' in PAGE


def test_limits_are_those_of_the_code() -> None:
    for what, most in {
        "size of the file": f"{MOST_BYTES // 2**20} MiB",
        "values in it, aliases counted as what they repeat": f"{yamltext.MOST_NODES:,}",
        "levels of an option": MOST_LEVELS,
        "nesting of a statement": MAX_DEPTH,
        "digits of the weights of a party": MOST_DIGITS,
        "combinations of levels that are solved": f"{MOST_CELLS:,} (2^27)",
    }.items():
        assert f"| {what} | {most} |" in PAGE


def test_precedence_table_is_right() -> None:
    rows = re.findall(r"^\| `([abcd() \w]+)` \| `([abcd() \w]+)` \|$", PAGE, flags=re.MULTILINE)
    assert len(rows) == 3
    names = OptionNames([Option(i, "p", i, ("no", "yes"), frozenset(), "both") for i in "abcd"])
    for written, read in rows:
        assert parse_statement(written, names) == parse_statement(read, names)


def test_program_on_the_page_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (program,) = [text for kind, text in BLOCKS if kind == "python"]
    (tmp_path / "case.yaml").write_text(RIGHT[1], encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    exec(compile(program, "case-file.md", "exec"), {})
    case = load("case.yaml")
    assert case.options[0].moves == "both"
    assert case.status_quo == "01"


def test_links_lead_to_headings() -> None:
    headings = re.findall(r"^#+ (.*)$", re.sub(r"^```.*?^```$", "", PAGE, flags=re.M | re.S), re.M)
    anchors = {heading.lower().replace(" ", "-") for heading in headings}
    for link in re.findall(r"\]\(#([\w-]+)\)", PAGE):
        assert link in anchors
