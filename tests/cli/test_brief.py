"""``detente brief``: cases and sources, workspaces, role sheets, refusals."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import quoted
from briefs import CASES, DATED, Page
from commandline import TWO_STEP, Runner

from detente.report.brief import pdf
from detente.workspace import briefing

FULL = str(CASES / "us-taliban-2019" / "full.yaml")


@pytest.fixture(autouse=True)
def _nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DETENTE_WORKSPACE", raising=False)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767312000")


@pytest.fixture
def news(tmp_path: Path) -> Path:
    path = tmp_path / "news.txt"
    path.write_text(quoted.NEWS, encoding="utf-8")
    return path


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_case_becomes_a_file_and_a_page(run: Runner, tmp_path: Path) -> None:
    out = run.good("brief", TWO_STEP, "-o", "two.html").out
    assert out.startswith("Deadlock: full exchange would leave both sides better off")
    assert "Wrote two.html: 11 sections, 0 footnotes." in out
    page = Page((tmp_path / "two.html").read_text("utf-8"))
    assert "2 January 2026" in page.text


@pytest.mark.parametrize("suffix", ["html", "md", "docx"])
def test_two_runs_write_the_same_bytes(run: Runner, tmp_path: Path, suffix: str) -> None:
    for name in ("a", "b"):
        run.good("brief", TWO_STEP, "-o", f"{name}.{suffix}")
    assert (tmp_path / f"a.{suffix}").read_bytes() == (tmp_path / f"b.{suffix}").read_bytes()


def test_without_a_file_it_is_markdown(run: Runner, tmp_path: Path) -> None:
    assert run.good("brief", TWO_STEP).out.startswith("# Deadlock: full exchange")
    assert files(tmp_path) == []


def test_json_is_the_brief_as_data(run: Runner) -> None:
    found = run.good("brief", TWO_STEP, "--json").json
    assert (found["file"], found["kind"], found["date"]) == (None, "brief", "2026-01-02")
    assert found["sections"][0]["id"] == "summary"


def test_title_concept_and_paper(run: Runner, tmp_path: Path) -> None:
    options = ["--title", "Doha", "--concept", "nash", "--paper", "letter"]
    found = run.good("brief", TWO_STEP, "-o", "a.html", *options, "--json").json
    assert (found["title"], found["facts"]["concept"], found["paper"]) == ("Doha", "Nash", "letter")
    assert "size: letter" in (tmp_path / "a.html").read_text("utf-8")


def test_sources_alone_store_nothing(run: Runner, news: Path, tmp_path: Path) -> None:
    out = run.good("brief", news, "-o", "brief.html").out
    assert "Unreviewed draft: " in out
    assert files(tmp_path) == ["brief.html", "news.txt"]
    found = run.good("brief", news, "--json").json
    assert found["unreviewed"]
    assert {note["state"] for note in found["notes"]} == {"proposed"}
    assert files(tmp_path) == ["brief.html", "news.txt"]


def test_a_workspace_gives_what_was_accepted(run: Runner, news: Path) -> None:
    run.good("read", news, "-w", "w.db")
    for statement in run.good("statements", "-w", "w.db", "--json").json["statements"]:
        line = {"id": statement["id"], "decision": "accept"}
        Path("d.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
        run.good("review", "--apply", "d.jsonl", "-w", "w.db")
    found = run.good("brief", news, "-w", "w.db", "--json").json
    assert not found["unreviewed"]
    assert {note["state"] for note in found["notes"]} == {"accepted"}
    assert "◌" not in run.good("brief", news, "-w", "w.db").out


def test_a_named_workspace_must_have_read_the_sources(run: Runner, news: Path) -> None:
    run.good("read", news, "-w", "w.db")
    message = run.bad("brief", news, "-w", "w.db")
    assert "no statement has been accepted; 3 statements wait for a review" in message
    assert run.good("brief", news, "-w", "w.db", "--unreviewed", "--json").json["unreviewed"]
    other = news.with_name("other.txt")
    other.write_text(DATED[0][2] + "More.\n", encoding="utf-8")
    message = run.bad("brief", other, "-w", "w.db")
    assert "this workspace has not read 'other.txt' as it is now" in message
    assert "detente read" in message
    assert "no workspace here yet" in run.bad("brief", news, "-w", "none.db")


def test_a_workspace_that_lies_about_counts_only_if_something_was_accepted(
    run: Runner, news: Path
) -> None:
    run.good("read", news)  # into detente.db
    assert run.good("brief", news, "--json").json["unreviewed"]
    ids = [s["id"] for s in run.good("statements", "--json").json["statements"]]
    lines = (json.dumps({"id": id, "decision": "accept"}) for id in ids)
    Path("d.jsonl").write_text("\n".join(lines), encoding="utf-8")
    run.good("review", "--apply", "d.jsonl")
    assert not run.good("brief", news, "--json").json["unreviewed"]


def test_a_case_is_quoted_from_its_workspace(run: Runner, tmp_path: Path) -> None:
    ids = quoted.workspace(tmp_path / "w.db")
    case = tmp_path / "case.yaml"
    case.write_text(quoted.case_text(ids), encoding="utf-8")
    out = run.good("brief", case, "-w", "w.db").out
    assert quoted.OPEN in out
    assert "Warning: the case cites a statement that was rejected" in out.replace("\\", "")
    assert "rejected in review" in out
    assert "◌ not reviewed" in out
    assert "gone" in run.good("brief", case, "-w", "w.db", "--json").json["references"]


def test_a_search_that_is_stopped_says_so(run: Runner) -> None:
    out = run.good("brief", FULL, "--budget", "0.000001").out
    assert "The search ended before it was complete" in out
    assert "stopped before" in out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["brief", TWO_STEP, "-o", "x.rtf"], "the suffix says the format: .html, .pdf, .docx, .md"),
        (["brief", TWO_STEP, FULL], "a brief is of one case file, or of sources"),
        (["brief", TWO_STEP, "--budget", "0"], "the budget 0 is not possible"),
        (["brief", "none.yaml"], "there is no such file"),
        (["brief", "none.txt"], "none.txt"),
        (["brief", TWO_STEP, "--role", "usa"], "there is no party 'usa'"),
        (["brief", TWO_STEP, "--role", "us", "--debrief"], "exclude one another"),
        (["brief", TWO_STEP, "--role", "all"], "it needs the name of a new folder"),
        (["brief", "none.txt", "--role", "us"], "role sheets are made from a case file"),
        (["brief", TWO_STEP, "--concept", "best"], "best"),
        (["brief", TWO_STEP, "-o", "no/such/x.html"], "there is no folder"),
        (["brief", str(CASES / "published" / "prisoners-dilemma.yaml")], "has no status quo"),
        (["brief"], "SOURCE is missing"),
    ],
    ids=lambda value: " ".join(value[1:])[-40:] if isinstance(value, list) else "",
)
def test_bad_input_gets_one_message(
    run: Runner, tmp_path: Path, words: list[str], says: str
) -> None:
    assert says in run.bad(*words)
    assert files(tmp_path) == []


def test_nothing_is_overwritten(run: Runner, tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("mine", encoding="utf-8")
    assert "the file exists already" in run.bad("brief", TWO_STEP, "-o", path)
    assert path.read_text("utf-8") == "mine"


def test_a_failure_leaves_no_file(
    run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> str:
        raise MemoryError

    monkeypatch.setattr(briefing, "render", broken)
    assert run("brief", TWO_STEP, "-o", "a.html").status == 1
    assert files(tmp_path) == []


def test_pango_is_missed_before_anything_is_searched(
    run: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> object:
        raise OSError("cannot load library")

    monkeypatch.setattr(pdf, "import_module", missing)
    monkeypatch.setattr(briefing, "materials_of", None)
    assert "the library Pango is not installed" in run.bad("brief", TWO_STEP, "-o", "a.pdf")


def test_a_role_sheet_has_its_own_preferences_only(run: Runner) -> None:
    sheets = {
        role: " ".join(run.good("brief", FULL, "--role", role).out.replace("\\", "").split())
        for role in ("us", "taliban", "isis")
    }
    wanted = {
        "us": "No full withdrawal before permanent ceasefire",
        "taliban": "No negotiations before full withdrawal",
        "isis": "spoil = escalate iff (ceasefire = permanent or framework)",
    }
    for role, sheet in sheets.items():
        for owner, words in wanted.items():
            assert (words in sheet) is (owner == role), (role, owner)
        assert "F01" not in sheet
        assert "Attack" in sheet  # what ISIS can do is known to all


def test_a_role_sheet_does_not_tell_what_the_case_is_about(run: Runner) -> None:
    about = "neither will go first"
    assert about in " ".join(run.good("brief", TWO_STEP, "--debrief").out.split())
    for role in ("us", "taliban"):
        assert about not in " ".join(run.good("brief", TWO_STEP, "--role", role).out.split())


def test_every_preference_of_the_others_is_absent(run: Runner) -> None:
    """Of every party of the largest case, against every line of every other one's sheet."""
    parties = ["us", "taliban", "kabul", "russia", "pakistan", "isis"]
    found = {p: run.good("brief", FULL, "--role", p, "--json").json for p in parties}

    def lines(role: str, section: str) -> set[str]:
        (own,) = (s for s in found[role]["sections"] if s["id"] == section)
        return {i["text"] for b in own["blocks"] if b["block"] == "list" for i in b["items"]}

    for role in parties:
        (wants,) = (s for s in found[role]["sections"] if s["id"] == "wants")
        own = {i["text"] for i in next(b for b in wants["blocks"] if b["block"] == "list")["items"]}
        everything = json.dumps(found[role], ensure_ascii=False)
        for other in parties:
            theirs = lines(other, "wants") - own
            wishes = {text for text in theirs if "(" not in text}  # states of ladders have codes
            assert [text for text in wishes if text in everything] == [], (role, other)


def test_role_all_writes_a_folder_at_once(run: Runner, tmp_path: Path) -> None:
    done = run.good("brief", TWO_STEP, "--role", "all", "-o", "sheets", "--json")
    assert files(tmp_path / "sheets") == ["debrief.html", "role-taliban.html", "role-us.html"]
    assert len(done.json["files"]) == 3
    assert "the folder exists already" in run.bad(
        "brief", TWO_STEP, "--role", "all", "-o", "sheets"
    )
    assert files(tmp_path) == ["sheets"]


def test_the_debrief_says_who_could_have_found_what(run: Runner) -> None:
    out = run.good("brief", TWO_STEP, "--debrief").out
    assert "For the teacher: this shows what every party wants." in out
    assert "United States could have asked for it, the others granted it." in out
