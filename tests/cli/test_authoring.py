"""``schema`` and ``new``: what a newcomer starts with."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest
from commandline import Runner
from ruamel.yaml import YAML

import detente


def test_new_writes_a_file_that_is_valid_as_it_stands(run: Runner, tmp_path: Path) -> None:
    path = tmp_path / "border-talks.yaml"
    done = run.good("new", path)
    assert f"detente check {path}" in " ".join(done.out.split())
    assert detente.load(path).title == "Border talks"
    run.good("check", path)
    run.good("solve", path)
    run.good("paths", path)


def test_new_takes_a_title(run: Runner, tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    assert run.good("new", path, "--title", 'Who: "first"?', "--json").json == {"file": str(path)}
    assert detente.load(path).title == 'Who: "first"?'


def test_new_never_overwrites(run: Runner, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("precious", encoding="utf-8")
    assert "exists already" in run.bad("new", path)
    assert path.read_text(encoding="utf-8") == "precious"
    assert [p.name for p in tmp_path.iterdir()] == ["mine.yaml"]


@pytest.mark.parametrize("name", ["missing/case.yaml", "."])
def test_new_where_nothing_can_be_written(run: Runner, tmp_path: Path, name: str) -> None:
    run.bad("new", tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_new_without_a_file_prints_the_text(run: Runner, tmp_path: Path) -> None:
    text = run.good("new").out
    assert detente.loads(text).title == "A new case"
    document = run.good("new", "--json", "--title", "Talks").json
    assert document["file"] is None
    assert detente.loads(document["text"]).title == "Talks"


def test_schema_is_json_and_accepts_the_starter(run: Runner) -> None:
    schema = run.good("schema").json
    jsonschema.Draft202012Validator.check_schema(schema)
    case = YAML(typ="safe").load(run.good("new").out)
    jsonschema.validate(case, schema)
    assert run.good("schema", "--json").json == schema
