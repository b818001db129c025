"""``detente timeline`` as a user meets it."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from commandline import Runner, fresh
from timelines import write_dump


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Runner) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DETENTE_WORKSPACE", raising=False)
    run.good("read", write_dump(tmp_path / "talks.jsonl"), "--rules-only", "--json")
    return tmp_path


def test_without_a_review_it_refuses_and_says_what_to_do(run: Runner, here: Path) -> None:
    message = run.bad("timeline")
    assert "no statement has been accepted; 8 statements wait for a review" in message
    assert "--unreviewed" in message


def test_page_json_and_figure_agree(run: Runner, here: Path) -> None:
    page = " ".join(run.good("timeline", "--unreviewed").out.split())
    assert page.startswith("2 shifts and 1 contradiction in 10 positions of 3 parties on 3 issues")
    assert "Unreviewed statements take part: 10 of 10" in page
    document = run.good("timeline", "--unreviewed", "--svg", "talks.svg", "--json").json
    assert next(iter(document)) == "unreviewed"
    assert document["unreviewed"] is True
    assert (document["first"], document["last"]) == ("2020-01-28", "2020-02-29")
    assert (document["shifts"], document["contradictions"]) == (2, 1)
    assert document["svg"] == "talks.svg"
    lines = [line for issue in document["issues"] for line in issue["lines"]]
    entries = [entry for line in lines for entry in line["entries"]]
    assert len(entries) == 10
    assert all(line["shifts"] is None for line in lines if line["why_no_shifts"])
    shift, other = [shift for line in lines for shift in line["shifts"] or ()]
    assert (other["before"]["stance"], other["after"]["stance"]) == ("against", "promised")
    assert shift["before"]["quote"] == "Freedonia refuses to release the prisoners"
    condition = shift["after"]["conditions"][0]
    assert condition == {"issue": "Ruritania/withdrawal", "done": True}
    assert document["conditions"][condition["issue"]]["name"] == "Withdraw forces"
    drawn = ET.fromstring((here / "talks.svg").read_text("utf-8"))
    assert sum("data-statement" in element.attrib for element in drawn.iter()) == 10


def test_accepted_statements_alone_are_not_called_unreviewed(run: Runner, here: Path) -> None:
    waiting = run.good("review", "--json").json["statements"]
    decisions = [f'{{"id": "{item["id"]}", "decision": "accept"}}' for item in waiting]
    (here / "all.jsonl").write_text("\n".join(decisions))
    run.good("review", "--apply", "all.jsonl", "--by", "ann")
    document = run.good("timeline", "--json").json
    assert document["unreviewed"] is False
    assert "Unreviewed" not in run.good("timeline").out
    asked = run.good("timeline", "--party", "Sylvania", "--until", "2020-01").out
    assert "Asked for: party 'Sylvania', until '2020-01'." in " ".join(asked.split())
    assert "No position in no statement with party 'Utopia'." in run.good(
        "timeline", "--party", "Utopia"
    ).out.replace("\n", " ")


def test_an_existing_file_is_kept(run: Runner, here: Path) -> None:
    (here / "talks.svg").write_text("mine")
    assert "exists already" in run.bad("timeline", "--unreviewed", "--svg", "talks.svg")
    assert (here / "talks.svg").read_text() == "mine"
    assert "there is no folder" in run.bad("timeline", "--unreviewed", "--svg", "no/talks.svg")


def test_bad_input_gives_one_message(run: Runner, here: Path) -> None:
    assert "'soon' is no date" in run.bad("timeline", "--unreviewed", "--since", "soon")
    assert run.bad("timeline", "-w", "none.db")


def test_a_plain_terminal_can_show_it(here: Path) -> None:
    done = fresh(
        "timeline", "--unreviewed", "-w", str(here / "detente.db"),
        LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "\\u" not in done.stdout
    assert "% conditional" in done.stdout
