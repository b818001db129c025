"""``read``, ``statements``, ``review`` and ``parties`` as a user meets them."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import resource
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from articles import OWN, SEED, TOLL, article, write_articles
from commandline import PROGRAM, Runner

TYPES = {
    *("demand", "offer", "commitment", "precondition", "endorsement", "rejection"),
    *("accusation", "threat", "threat-perception", "concession", "cooperation"),
}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DETENTE_WORKSPACE", raising=False)
    monkeypatch.setenv("DETENTE_REVIEWER", "ann")
    (tmp_path / "news.txt").write_text(TOLL, encoding="utf-8")
    return tmp_path


def check_contract(document: dict[str, Any], texts: dict[str, str]) -> None:
    """Hold a document against CONTRACTS-READ.md."""
    ids = [item["id"] for item in document["statements"]]
    assert len(set(ids)) == len(ids)
    for item in document["statements"]:
        text = texts[item["doc"]]
        assert isinstance(item["id"], str)
        assert 0 <= item["start"] < item["end"] <= len(text)
        span = text[item["start"] : item["end"]]
        assert span == span.strip()
        assert item["type"] in TYPES
        assert isinstance(item["speaker"], str)
        assert item["speaker"]
        for key in ("actors", "targets"):
            assert all(isinstance(name, str) for name in item[key])
        assert (item["before"] is None) == (item["after"] is None)
        assert item["attribution"] in ("direct", "indirect", "author")
        assert isinstance(item["quoted"], bool)
        assert item["repeat_of"] is None or item["repeat_of"] in ids
        assert item["repeat_of"] != item["id"]
    for item in document["attributions"]:
        text = texts[item["doc"]]
        for role in ("source", "cue", "content"):
            for start, end in item[role]:
                assert 0 <= start < end <= len(text)


def test_the_example_of_the_contract(run: Runner, here: Path) -> None:
    document = run.good("read", "news.txt", "--json").json
    (item,) = document["statements"]
    expected = {
        "doc": "news.txt", "start": 15, "end": 66, "type": "precondition", "speaker": "Ruritania",
        "actors": ["Ruritania"], "targets": [], "before": "the toll was paid",
        "after": "it would open the pass", "attribution": "indirect", "quoted": False,
        "repeat_of": None,
    }  # fmt: skip
    assert {key: item[key] for key in expected} == expected
    (said,) = document["attributions"]
    wanted = {"doc": "news.txt", "source": [[0, 9]], "cue": [[10, 14]], "content": [[15, 66]]}
    assert {key: said[key] for key in wanted} == wanted
    assert (here / "detente.db").exists()


def test_reading_again_gives_the_same(run: Runner, here: Path) -> None:
    first = run.good("read", "news.txt", "--json").json
    (here / "copy.txt").write_text(TOLL, encoding="utf-8")
    run.good("read", "copy.txt")
    again = run.good("read", "news.txt", "--json").json
    assert again["statements"] == first["statements"]
    assert again["attributions"] == first["attributions"]
    copy = run.good("read", "copy.txt", "--json").json
    assert [item["doc"] for item in copy["statements"]] == ["copy.txt"]
    assert [item["doc"] for item in copy["attributions"]] == ["copy.txt"]
    assert copy["documents"][0]["duplicate_of"] == "news.txt"


@pytest.mark.parametrize("path", [OWN, SEED], ids=["own", "seed"])
def test_articles_keep_the_contract(run: Runner, here: Path, path: Path) -> None:
    if not path.exists():
        pytest.skip("the seed article is not shipped")
    text = path.read_bytes().decode("utf-8")
    windows = text.replace("\r\n", "\n").replace("\n", "\r\n")
    (here / "windows.txt").write_bytes(("😀 " + windows).encode("utf-8"))
    document = run.good("read", path, "windows.txt", "--json").json
    check_contract(document, {path.name: text, "windows.txt": "😀 " + windows})
    assert document["statements"]
    counts = [
        sum(item["doc"] == doc for item in document["statements"])
        for doc in (path.name, "windows.txt")
    ]
    assert counts[0] == counts[1]


def test_the_page_says_what_was_read(run: Runner, here: Path) -> None:
    (here / "fr.txt").write_text("Le ministère a dit que les troupes ne partiront pas.\n")
    out = " ".join(run.good("read", "news.txt", "fr.txt", OWN).out.split())
    assert re.match(r"\d+ statements in 3 documents\. ", out)
    assert "news.txt 1 statement; English" in out
    assert "French: kept, not read for statements" in out
    assert "of residue (newsletter, pull-quote and read-more)" in out
    assert "Kept in detente.db. Next: detente review" in out
    assert "all read before" in run.good("read", "news.txt", "fr.txt", OWN).out


def test_the_workspace_is_the_one_named(
    run: Runner, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run.good("read", "news.txt", "-w", "mine.db")
    assert {p.name for p in here.iterdir()} == {"news.txt", "mine.db"}
    monkeypatch.setenv("DETENTE_WORKSPACE", str(here / "env.db"))
    run.good("read", "news.txt")
    assert (here / "env.db").exists()
    assert run.good("statements", "--json", "--workspace", "mine.db").json["total"] == 1


def test_a_missing_source_makes_no_workspace(run: Runner, here: Path) -> None:
    assert "no such file" in run.bad("read", "nowhere.txt")
    assert "no such file" in run.bad("read", "nowhere.txt", "--json")
    assert not (here / "detente.db").exists()
    assert "SOURCE is missing" in run.bad("read")


def test_what_can_be_read_is_read_all_the_same(run: Runner, here: Path) -> None:
    done = run("read", "news.txt", "nowhere.txt", "--json")
    assert done.status == 2
    assert len(done.json["statements"]) == 1
    assert done.json["problems"][0]["where"] == "nowhere.txt"
    assert "no such file" in done.err


@pytest.mark.parametrize("command", ["statements", "review", "parties"])
def test_without_a_workspace_the_first_step_is_named(run: Runner, here: Path, command: str) -> None:
    message = run.bad(command)
    assert "there is no workspace here yet" in message
    assert "detente read" in message
    assert not (here / "detente.db").exists()


@pytest.mark.parametrize("command", [["read", "news.txt"], ["statements"], ["parties"]])
def test_a_bad_workspace_is_one_clear_message(run: Runner, here: Path, command: list[str]) -> None:
    (here / "detente.db").write_bytes(b"something else, and long enough to tell " * 50)
    assert "not an SQLite database" in run.bad(*command)


@pytest.mark.skipif(sys.platform == "win32", reason="needs limits of POSIX")
def test_a_full_disk_is_one_clear_message_and_loses_nothing(run: Runner, here: Path) -> None:
    write_articles(here / "many", 20)
    run.good("read", "news.txt")

    def limited() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (250_000, 250_000))

    done = subprocess.run(
        [*PROGRAM, "read", "many"], cwd=here, capture_output=True, text=True, preexec_fn=limited
    )
    assert done.returncode == 2
    assert "disk" in done.stderr
    assert "Traceback" not in done.stderr
    assert len(run.good("read", "many", "news.txt", "--json").json["documents"]) == 21


@pytest.fixture
def filled(run: Runner, here: Path) -> Path:
    for number in range(6):
        (here / f"a{number}.txt").write_text(article(number))
    run.good("read", "news.txt", *(f"a{number}.txt" for number in range(6)), OWN)
    return here


def listed(run: Runner, *words: str) -> list[dict[str, Any]]:
    document = run.good("statements", "--json", *words).json
    assert document["count"] == len(document["statements"]) == document["total"]
    return list(document["statements"])


def test_statements_are_filtered(run: Runner, filled: Path) -> None:
    every = listed(run)
    assert len(every) > 20
    assert {s["type"] for s in listed(run, "--type", "offer,rejection")} == {"rejection"}
    pristina = listed(run, "--party", "pristina")
    assert pristina
    for item in pristina:
        names = {*item["actors"], *item["targets"], item["speaker"]}
        assert names & {"Kosovo", "Pristina", "Albin Kurti"}
    assert all("ssociation" in s["text"] for s in listed(run, "--search", '"the Association"'))
    assert listed(run, "--state", "accepted") == []
    assert listed(run, "--since", "2999") == []
    assert len(listed(run, "--until", "2999")) == len(every)
    assert all("recogni" in s["issue"] for s in listed(run, "--issue", "recogni"))


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--type", "ofer"], "did you mean 'offer'?"),
        (["--state", "maybe"], "there is no state 'maybe'"),
        (["--since", "yesterday"], "'yesterday' is no date"),
        (["--until", "2019-02-30"], "'2019-02-30' is no date"),
        (["--search", "*"], "no word to search for"),
        (["--limit", "0"], "shows nothing"),
        (["--csv", "--json"], "exclude each other"),
    ],
)
def test_bad_questions_are_answered(
    run: Runner, filled: Path, words: list[str], message: str
) -> None:
    assert message in run.bad("statements", *words)


def test_the_list_is_a_page(run: Runner, filled: Path) -> None:
    out = run.good("statements", "--search", "toll").out
    assert out.startswith("1 statement of ")
    assert "» precondition  Ruritania" in out
    assert "*toll*" in out
    assert "Shown: 2 of" in run.good("statements", "--limit", "2").out
    out = run.good("statements", "--search", "lots").out
    assert "The words stand in these documents, but in no statement" in out


def test_the_list_as_a_table(run: Runner, filled: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run.good("statements", "--csv").out)))
    assert len(rows) == len(listed(run))
    assert rows[0]["doc"] == "news.txt"
    assert rows[0]["before"] == "the toll was paid"


def test_decisions_are_applied_from_a_file(run: Runner, filled: Path) -> None:
    first, second = listed(run)[:2]
    lines = [
        {"id": first["id"], "decision": "accept"},
        {"doc": second["doc"], "start": second["start"], "end": second["end"],
         "decision": "edit", "fields": {"type": "offer"}, "by": "bob", "why": "reads so"},
    ]  # fmt: skip
    file = filled / "decisions.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)))
    done = run.good("review", "--apply", file, "--json").json
    assert [item["decision"] for item in done["reviews"]] == ["accepted", "edited"]
    assert [item["by"] for item in done["reviews"]] == ["ann", "bob"]
    assert "2 decisions said what was said before" in run.good("review", "--apply", file).out
    assert [s["type"] for s in listed(run, "--state", "edited")] == ["offer"]
    assert [s["id"] for s in listed(run, "--state", "accepted")] == [first["id"]]
    again = run.good("read", "news.txt", "--json").json["statements"]
    assert again[0]["state"] == "accepted"
    file.write_text('{"id": "nope", "decision": "accept"}')
    assert "decisions.jsonl:1" in run.bad("review", "--apply", file)


def test_a_review_by_lines(run: Runner, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run.good("read", "news.txt", OWN)
    typed = "?\nj\nk\na clear\ne type=offer; actors=Iran, Oman\nx no\nu\nz\n/ toll\ne type\nq\n"
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    out = run.good("review").out
    assert "[it would open the pass only after the toll was paid]" in out
    assert "accepted; u takes it back" in out
    assert "taken back; proposed now" in out
    assert "'z' does nothing" in out
    assert "'type' changes nothing" in out
    assert "1 accepted and 1 edited." in out
    assert listed(run, "--state", "accepted")[0]["doc"] == "news.txt"
    assert listed(run, "--state", "edited")[0]["actors"] == ["Iran", "Oman"]
    waiting = run.good("review", "--json").json
    assert waiting["waiting"] == len(listed(run, "--state", "proposed"))


def test_parties_are_listed_and_extended(run: Runner, filled: Path) -> None:
    assert "Kosovo" in run.good("parties").out
    book = filled / "book.yaml"
    book.write_text("- {name: Freedonia, kind: state, aliases: [FDN]}\n")
    out = run.good("parties", "--gazetteer", book, "--add-alias", "Ruritania=Freedonia").out
    assert out.startswith("Added Freedonia and Ruritania for Freedonia.")
    rows = {row["name"]: row for row in run.good("parties", "--json").json["parties"]}
    assert rows["Freedonia"]["actor"] == 1
    assert {"alias": "Ruritania", "origin": "user"} in rows["Freedonia"]["aliases"]
    assert "no alias" in run.bad("parties", "--add-alias", "Ruritania")
    (again,) = run.good("read", "news.txt", "--json").json["statements"]
    assert again["actors"] == ["Freedonia"]


def test_a_bar_is_shown_on_a_terminal_when_reading_takes_long(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from detente.cli import bar as module

    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    clock = iter([0.0, 0.5, 1.5, 1.51, 3.0])
    monkeypatch.setattr(module.time, "monotonic", lambda: next(clock))
    bar = module.Bar()
    bar(1, 4, "early.txt")
    assert capsys.readouterr().err == ""
    bar(2, 4, "half\x1b.txt")
    bar(3, 4, "too soon.txt")
    bar(9, None, "x" * 90)
    bar.close()
    shown = capsys.readouterr().err
    assert "2 of 4, 1 a second" in shown
    assert "half?.txt" in shown
    assert "too soon" not in shown
    assert "9 documents" in shown
    assert shown.endswith("\r\x1b[K")
    assert os.linesep not in shown
