"""``export`` and ``import`` as a user meets them."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from articles import TOLL
from commandline import Runner, fresh


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Runner) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DETENTE_WORKSPACE", raising=False)
    monkeypatch.setenv("DETENTE_REVIEWER", "ann")
    (tmp_path / "news.txt").write_text(TOLL, encoding="utf-8")
    run.good("read", "news.txt", "--rules-only")
    return tmp_path


def test_out_and_in_again(run: Runner, here: Path) -> None:
    done = run("export", "-o", "all.jsonl")
    assert (done.status, done.out) == (0, "")
    assert done.err == "jsonl: 1 statement (1 proposed) of 1 document in all.jsonl\n"
    first = run.good("import", "all.jsonl", "-w", "other.db").out
    assert first.startswith("1 statement and 0 judgements imported.")
    assert run.good("import", "all.jsonl", "-w", "other.db").out.startswith("Nothing new")
    theirs = run.good("statements", "--json", "-w", "other.db").json
    assert theirs == run.good("statements", "--json").json


def test_standard_output_holds_the_export_and_nothing_else(run: Runner, here: Path) -> None:
    done = run("export", "--format", "jsonl")
    assert [json.loads(line)["record"] for line in done.out.splitlines()[1:]] == [
        "document",
        "statement",
    ]
    run("export", "-o", "all.jsonl")
    assert done.out == (here / "all.jsonl").read_text(encoding="utf-8")


def test_what_is_lost_is_said(run: Runner, here: Path) -> None:
    err = run("export", "--format", "dna-csv").err
    assert "dna-csv cannot hold:\n" in err
    assert "  the order (before, after) of 1 statement\n" in err
    report = run.good("export", "-o", "a.csv", "--json").json
    assert report["statements"] == 1
    assert {"field": "order", "count": 1, "what": "the order (before, after)"}.items() <= next(
        loss for loss in report["cannot_hold"] if loss["field"] == "order"
    ).items()


def test_filters_are_those_of_statements(run: Runner, here: Path) -> None:
    assert run.good("export", "-o", "a.json", "--type", "offer", "--json").json["statements"] == 0
    kept = ("--party", "Ruritania", "--search", "toll", "--until", "2099", "--state", "proposed")
    assert run.good("export", "-o", "b.json", *kept, "--json").json["statements"] == 1
    assert "did you mean 'offer'?" in run.bad("export", "-o", "c.json", "--type", "ofer")


def test_a_file_is_not_overwritten_unasked(run: Runner, here: Path) -> None:
    (here / "a.jsonl").write_text("mine", encoding="utf-8")
    assert "the file exists already" in run.bad("export", "-o", "a.jsonl")
    assert (here / "a.jsonl").read_text(encoding="utf-8") == "mine"
    assert run("export", "-o", "a.jsonl", "--replace").status == 0
    assert (here / "a.jsonl").read_text(encoding="utf-8").startswith('{"detente"')
    assert not [name for name in os.listdir(here) if name.startswith(".detente")]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("export",), "no format is named"),
        (("export", "--format", "w3c", "--json"), "--json prints the report"),
        (("export", "--format", "w3c", "--replace"), "--replace needs a file"),
        (("export", "-o", "a.csv", "--network", "two-mode"), "dna-csv holds no network"),
        (("export", "-o", "a.csv", "-w", "none.db"), "there is no workspace here yet"),
        (("import", "gone.jsonl"), "the file cannot be read"),
        (("import", "."), "the name of the file says no format"),
        (("import", "news.txt", "--format", "jsonl"), "not JSON"),
        (("import", "x.graphml"), "dna-graphml cannot be imported: a network holds counts"),
        (("import", "latin.jsonl"), "the file is not UTF-8 text"),
    ],
)
def test_bad_input_has_one_message(
    run: Runner, here: Path, arguments: tuple[str, ...], said: str
) -> None:
    (here / "latin.jsonl").write_bytes(b'{"doc": "caf\xe9"}')
    assert said in run.bad(*arguments)


def test_a_missing_text_stops_the_import(run: Runner, here: Path) -> None:
    (here / "mine.jsonl").write_text(
        '{"doc": "news.txt", "start": 0, "end": 9, "type": "offer"}\n', encoding="utf-8"
    )
    assert "there is no such file" in run.bad("import", "mine.jsonl", "--text", "gone.txt")


def test_what_is_not_found_is_listed_and_the_status_is_2(run: Runner, here: Path) -> None:
    run("export", "-o", "all.jsonld")
    (here / "news.txt").write_text("Strelsau had paid.", encoding="utf-8")
    done = run("import", "all.jsonld", "-w", "other.db", "--text", "news.txt")
    assert done.status == 2
    assert "1 statement could not be imported." in done.out
    assert "all.jsonld#1: its words are not in the text: “it would open" in done.err
    assert "next: " in done.err


def test_words_that_moved_are_counted(run: Runner, here: Path) -> None:
    run("export", "-o", "all.jsonld")
    (here / "news.txt").write_text("\U0001f600 Late news. " + TOLL, encoding="utf-8")
    found = run.good("import", "all.jsonld", "-w", "b.db", "--text", "news.txt", "--json").json
    assert (found["moved"], found["statements"]["new"], found["refused"]) == (1, 1, [])


def test_conflicts_are_shown(run: Runner, here: Path) -> None:
    run("export", "-o", "all.jsonl")
    run.good("import", "all.jsonl", "-w", "bea.db")
    id = run.good("statements", "--json").json["statements"][0]["id"]
    for decision, by, path in [("accept", "ann", "detente.db"), ("reject", "bea", "bea.db")]:
        (here / "d").write_text(json.dumps({"id": id, "decision": decision, "by": by}), "utf-8")
        run.good("review", "--apply", "d", "-w", path)
    run("export", "-o", "bea.jsonl", "-w", "bea.db")
    out = " ".join(run.good("import", "bea.jsonl").out.split())
    assert "Judged otherwise here; this judgement stands" in out
    assert "here accepted by ann, there rejected by bea" in out


@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_an_export_is_utf8_wherever_it_is_printed(here: Path, encoding: str) -> None:
    db = here / "detente.db"
    done = fresh("export", "--format", "w3c", "-w", str(db), PYTHONIOENCODING=encoding)
    assert done.returncode == 0
    assert json.loads(done.stdout)["generator"]["name"].startswith("Détente")
