"""The sentences behind a case, as the commands show them when the workspace is at hand."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest
import quoted
from commandline import Runner

from detente.store.migrating import migrate, migrations

COMMANDS = {
    "check": ["check", "case.yaml"],
    "diagnose": ["diagnose", "case.yaml"],
    "why": ["why", "case.yaml", "10"],
    "why-coalition": ["why", "case.yaml", "00", "--coalition", "ruritania,freedonia"],
    "unlock": ["unlock", "case.yaml"],
    "inverse": ["unlock", "case.yaml", "--inverse"],
}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DETENTE_WORKSPACE", raising=False)
    return tmp_path


@pytest.fixture
def ids(here: Path) -> dict[str, str]:
    made = quoted.workspace(here / "w.db")
    (here / "case.yaml").write_text(quoted.case_text(made), encoding="utf-8")
    return made


def flat(run: Runner, *arguments: str) -> str:
    return " ".join(run.good(*arguments).out.split())


@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "check"])
def test_pages_quote_what_stands_behind_them(run: Runner, ids: dict[str, str], name: str) -> None:
    without = run.good(*COMMANDS[name]).out
    assert "news.txt" not in without
    page = flat(run, *COMMANDS[name], "-w", "w.db")
    quotes = (
        f"“{quoted.OPEN}” news.txt ✓",
        f"“{quoted.FREE}” news.txt · not reviewed",
    )
    assert any(quote in page for quote in quotes)
    assert (
        f"Warning: the case cites a statement that was rejected in review: {ids[quoted.TOLL]}"
        in page
    )


def test_diagnose_quotes_under_each_demand(run: Runner, ids: dict[str, str]) -> None:
    page = run.good("diagnose", "case.yaml", "-w", "w.db").out
    section = page.split("Demands that go round in a circle\n")[1].split("\n\n")[0]
    told = " ".join(section.split())
    first, second = (f"[{ids[text]}]" for text in (quoted.OPEN, quoted.FREE))
    assert told.index(first) < told.index(f"“{quoted.OPEN}”") < told.index("✓ accepted")
    assert told.index("✓ accepted") < told.index(second) < told.index(f"“{quoted.FREE}”")
    assert told.endswith("· not reviewed")


def test_diagnose_json_has_words_for_each_demand(run: Runner, ids: dict[str, str]) -> None:
    found = run.good("diagnose", "case.yaml", "-w", "w.db", "--json").json
    ((first, second),) = found["precedence"]
    assert first["statement"] == ids[quoted.OPEN]
    assert (first["quote"], first["doc"], first["state"]) == (quoted.OPEN, "news.txt", "accepted")
    assert second["evidence"] == [ids[quoted.FREE], "gone"]
    assert (second["quote"], second["state"]) == (quoted.FREE, "proposed")
    own = found["evidence"][ids[quoted.FREE]]
    assert set(own) == {
        *("id", "quote", "doc", "date", "start", "end", "speaker", "state", "type"),
    }
    assert quoted.NEWS[own["start"] : own["end"]] == own["quote"] == quoted.FREE
    assert found["cited"] == {
        "ids": [ids[quoted.OPEN], ids[quoted.TOLL], ids[quoted.FREE], "gone"],
        "workspace": "w.db",
        "not_found": ["gone"],
        "rejected": [ids[quoted.TOLL]],
        "outdated": None,
    }


def test_unlock_json_has_words_for_demands_that_a_schedule_breaks(
    run: Runner, ids: dict[str, str]
) -> None:
    found = run.good("unlock", "case.yaml", "-w", "w.db", "--json").json
    against = [edge for lever in found["levers"] for edge in lever["against"]]
    assert against
    assert {edge["quote"] for edge in against} <= {quoted.OPEN, quoted.FREE}
    without = run.good("unlock", "case.yaml", "--json").json
    assert [e["quote"] for lever in without["levers"] for e in lever["against"]] == [None] * len(
        against
    )


@pytest.mark.parametrize("name", COMMANDS)
def test_without_a_workspace_json_says_that_none_is_at_hand(
    run: Runner, ids: dict[str, str], name: str
) -> None:
    found = run.good(*COMMANDS[name], "--json").json
    assert found["evidence"] == {}
    assert found["cited"]["ids"] == [
        ids[quoted.OPEN], ids[quoted.TOLL], ids[quoted.FREE], "gone"
    ]  # fmt: skip
    assert {found["cited"][key] for key in ("workspace", "not_found", "rejected")} == {None}


def test_check_counts_the_evidence(run: Runner, ids: dict[str, str]) -> None:
    page = flat(run, "check", "case.yaml", "-w", "w.db")
    assert (
        "evidence 4 statements cited, 3 found in w.db: 1 accepted, 1 proposed, 1 rejected; "
        "1 not found: gone" in page
    )
    assert "evidence" not in run.good("check", "case.yaml").out


def test_check_says_that_nothing_is_cited_where_a_workspace_is_named(
    run: Runner, here: Path, ids: dict[str, str]
) -> None:
    (here / "bare.yaml").write_text("detente: 1\nparties: {a: {options: {x: {}}}}\n", "utf-8")
    assert "no statement is cited" in run.good("check", "bare.yaml", "-w", "w.db").out
    os.rename("w.db", "detente.db")
    assert "evidence" not in run.good("check", "bare.yaml").out


@pytest.mark.parametrize("name", COMMANDS)
def test_a_stray_workspace_changes_nothing(
    run: Runner, here: Path, ids: dict[str, str], name: str
) -> None:
    plain = run.good(*COMMANDS[name]).out, run.good(*COMMANDS[name], "--json").out
    (here / "sub").mkdir()
    quoted.workspace(here / "detente.db")
    other = quoted.case_text()
    (here / "other.yaml").write_text(other, encoding="utf-8")
    asked = [word.replace("case.yaml", "other.yaml") for word in COMMANDS[name]]
    with_stray = run.good(*asked).out, run.good(*asked, "--json").out
    (here / "detente.db").unlink()
    assert (run.good(*asked).out, run.good(*asked, "--json").out) == with_stray
    (here / "detente.db").write_bytes(b"no database at all " * 100)
    assert (run.good(*COMMANDS[name]).out, run.good(*COMMANDS[name], "--json").out) == plain


@pytest.mark.parametrize("name", COMMANDS)
def test_a_workspace_that_is_named_must_be_readable(
    run: Runner, here: Path, ids: dict[str, str], name: str
) -> None:
    assert "there is no workspace here yet" in run.bad(*COMMANDS[name], "-w", "none.db")
    (here / "bad.db").write_bytes(b"no database at all " * 100)
    message = run.bad(*COMMANDS[name], "--workspace", "bad.db", "--json")
    assert "not an SQLite database" in message
    assert sorted(item.name for item in here.iterdir()) == ["bad.db", "case.yaml", "w.db"]


@pytest.mark.parametrize("name", COMMANDS)
def test_an_old_workspace_says_how_to_get_quotations(
    run: Runner, here: Path, ids: dict[str, str], name: str
) -> None:
    old = sqlite3.connect("detente.db", isolation_level=None)
    migrate(old, here / "detente.db", "then", migrations()[:2])
    old.close()
    page = flat(run, *COMMANDS[name])
    assert "No quotations: an older version of Détente wrote detente.db." in page
    assert "'detente statements -w detente.db' brings it up to date" in page
    cited = run.good(*COMMANDS[name], "--json").json["cited"]
    assert (cited["outdated"], cited["workspace"]) == ("detente.db", None)


def test_the_workspace_beside_the_case_is_found(
    run: Runner, here: Path, ids: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    os.rename("w.db", "detente.db")
    (here / "elsewhere").mkdir()
    monkeypatch.chdir(here / "elsewhere")
    beside = str(Path("..") / "detente.db")
    page = flat(run, "check", str(Path("..") / "case.yaml"))
    assert f"3 found in {beside}" in page
    assert list((here / "elsewhere").iterdir()) == []
