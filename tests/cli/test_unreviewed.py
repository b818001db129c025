"""A draft from statements that nobody judged says so in every output that is made from it.

The table of commands decides what is tested: a new command that takes a case file is found by its
parameters and run, and must show the notice.
"""

from __future__ import annotations

import csv
import inspect
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import pytest
import quoted
from commandline import ROOT, Runner
from cyclopts import Parameter

from detente.cli.commands import COMMANDS
from detente.model.case import UNREVIEWED

NOTICE = "Unreviewed draft: "

# What else the commands need, and the forms of output that have pages of their own. A command that
# is not here is run with the case file alone.
RUNS: dict[str, list[list[str]]] = {
    "solve": [["CASE"], ["CASE", "--summary"], ["CASE", "--coalitions"], ["CASE", "--where=pass"]],
    "why": [["CASE", "11"], ["CASE", "00", "--coalition", "ruritania,freedonia"]],
    "paths": [["CASE"], ["CASE", "--to", "11"]],
    "diagnose": [["CASE"], ["CASE", "--to", "11"]],
    "unlock": [["CASE"], ["CASE", "--inverse"], ["CASE", "--apply", "1", "-o", "NEW"]],
    "compare": [["CASE", "CASE"]],
    "brief": [
        ["CASE", "-o", "BRIEF"],
        ["CASE", "--role", "ruritania", "-o", "BRIEF"],
        ["CASE", "--debrief", "-o", "BRIEF"],
    ],
}


def takes_a_case(name: str) -> bool:
    """Tell whether a command's first argument is a case file."""
    module, function = COMMANDS[name].function.split(":")
    command = getattr(import_module(module), function)
    first = next(iter(inspect.signature(command).parameters.values()), None)
    if first is None or first.kind is not inspect.Parameter.POSITIONAL_ONLY:
        return False
    hint = get_type_hints(command, include_extras=True)[first.name]
    if get_origin(hint) is not Annotated:
        return False
    helps = [part.help or "" for part in get_args(hint)[1:] if isinstance(part, Parameter)]
    return any("case file" in text.lower() for text in helps)


CASE_COMMANDS = [name for name in COMMANDS if takes_a_case(name)]
EVERY = [(name, run) for name in CASE_COMMANDS for run in RUNS.get(name, [["CASE"]])]


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "draft.yaml"
    path.write_text(quoted.case_text(about=quoted.DRAFT), encoding="utf-8")
    return path


@pytest.fixture
def reviewed(tmp_path: Path) -> Path:
    path = tmp_path / "reviewed.yaml"
    path.write_text(quoted.case_text(), encoding="utf-8")
    return path


def words(name: str, asked: list[str], case: Path, new: str = "new.yaml") -> list[str]:
    file = case.with_name(new)
    known = {"CASE": str(case), "NEW": str(file), "BRIEF": str(file.with_suffix(".html"))}
    return [name, *(known.get(word, word) for word in asked)]


def test_the_commands_that_take_a_case_are_found() -> None:
    known = {"check", "solve", "why", "paths", "diagnose", "unlock", "compare"}
    assert known <= set(CASE_COMMANDS)
    assert {"schema", "read", "statements", "review", "parties"}.isdisjoint(CASE_COMMANDS)
    assert set(RUNS) <= set(CASE_COMMANDS)


@pytest.mark.parametrize(("name", "asked"), EVERY, ids=lambda value: " ".join(value))
def test_every_page_opens_with_the_notice(
    run: Runner, name: str, asked: list[str], draft: Path, reviewed: Path
) -> None:
    out = run.good(*words(name, asked, draft)).out
    assert out.count(NOTICE) == 1
    first_block = out[: out.index(NOTICE)]
    assert "\n\n" not in first_block, "the notice stands under the first sentence"
    assert first_block == "" or first_block.endswith("\n")
    assert NOTICE not in run.good(*words(name, asked, reviewed, "other.yaml")).out


def heads(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the heads of a document: its own, or those of two cases that it compares."""
    return [document["a"], document["b"]] if "a" in document else [document]


@pytest.mark.parametrize(("name", "asked"), EVERY, ids=lambda value: " ".join(value))
def test_every_json_document_says_it(
    run: Runner, name: str, asked: list[str], draft: Path, reviewed: Path
) -> None:
    found = run.good(*words(name, asked, draft), "--json").json
    assert [head["unreviewed"] for head in heads(found)] == [True] * len(heads(found))
    found = run.good(*words(name, asked, reviewed, "other.yaml"), "--json").json
    assert [head["unreviewed"] for head in heads(found)] == [False] * len(heads(found))


def test_compare_says_which_of_the_two(run: Runner, draft: Path, reviewed: Path) -> None:
    flat = " ".join(run.good("compare", draft, reviewed).out.split())
    assert "Unreviewed draft: A rests on statements that nobody has checked" in flat
    flat = " ".join(run.good("compare", reviewed, draft).out.split())
    assert "Unreviewed draft: B rests on statements" in flat
    flat = " ".join(run.good("compare", draft, draft).out.split())
    assert "Unreviewed draft: A and B rest on statements" in flat
    found = run.good("compare", reviewed, draft, "--json").json
    assert (found["a"]["unreviewed"], found["b"]["unreviewed"]) == (False, True)


def test_csv_has_a_column_for_it(run: Runner, draft: Path, reviewed: Path) -> None:
    rows = list(csv.DictReader(StringIO(run.good("solve", draft, "--csv").out)))
    assert [row["unreviewed"] for row in rows] == ["1"] * 4
    plain = run.good("solve", reviewed, "--csv").out
    assert "unreviewed" not in plain
    marked = run.good("solve", draft, "--csv").out.splitlines()
    assert plain.splitlines() == [line.rpartition(",")[0] for line in marked]


@pytest.mark.parametrize("number", [1, 2])
def test_applied_levers_keep_the_mark(run: Runner, draft: Path, number: int) -> None:
    new = draft.with_name("new.yaml")
    run.good("unlock", draft, "--apply", str(number), "-o", new)
    text = new.read_text(encoding="utf-8")
    assert UNREVIEWED in text
    assert text != draft.read_text(encoding="utf-8")
    assert run.good("check", new, "--json").json["unreviewed"] is True


def test_levers_that_rewrite_the_file_keep_the_mark(run: Runner, tmp_path: Path) -> None:
    """Tranches touch many places at once, so the whole document is written again."""
    plain = (ROOT / "cases" / "us-taliban-2019" / "three-level-irreversible.yaml").read_text(
        encoding="utf-8"
    )
    draft = tmp_path / "draft.yaml"
    long = "Words that fill the line until the mark comes where the writer breaks lines, yes, here:"
    head, rest = plain.split("about: >-\n")
    draft.write_text(f"{head}about: >-\n  {long} {UNREVIEWED} of old.\n{rest}", encoding="utf-8")
    found = run.good("unlock", draft, "--json").json
    number = next(
        own["number"] for own in found["levers"] if own["changes"][0]["lever"] == "tranches"
    )
    new = tmp_path / "new.yaml"
    run.good("unlock", draft, "--apply", str(number), "-o", new)
    assert run.good("check", new, "--json").json["unreviewed"] is True


def test_without_the_sentence_it_is_an_ordinary_case(run: Runner, draft: Path) -> None:
    text = draft.read_text(encoding="utf-8").replace(quoted.DRAFT, "A draft, judged.")
    draft.write_text(text, encoding="utf-8")
    assert run.good("check", draft, "--json").json["unreviewed"] is False
    assert NOTICE not in run.good("diagnose", draft).out
