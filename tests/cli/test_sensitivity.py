"""``detente sensitivity``: the document, and what is refused."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
from commandline import ROOT, TWO_STEP, Runner

import detente
from detente.analysis.sensitivity.sensitivity import sensitivity

FULL = str(Path(TWO_STEP).with_name("full.yaml"))


def test_the_document_has_the_keys_of_the_reference(run: Runner) -> None:
    found = run.good("sensitivity", TWO_STEP, "--json").json
    text = (ROOT / "docs" / "reference" / "json.md").read_text("utf-8")
    section = text.split("## `detente sensitivity`")[1].split("\n## ")[0]
    head = {
        "case",
        "format",
        "unreviewed",
        "fingerprint",
        "sequences",
        "algorithm",
        "version",
        "sentence",
    }
    first = found["preferences"][0]
    swap = first["swaps"][0]
    for keys in (set(found) - head, set(first), set(swap), found["summary"], found["searched"]):
        for key in keys:
            assert f"`{key}`" in section, f"{key} is not in docs/reference/json.md"
    assert found["headline"] == {
        "deadlock": True,
        "kind": "enforcement-problem",
        "witness": "11",
        "zone": 1,
    }
    assert found["hinges"] == [
        {"party": "us", "number": 2},
        {"party": "us", "number": 3},
        {"party": "taliban", "number": 2},
        {"party": "taliban", "number": 3},
    ]
    assert found["summary"] == {
        "variations": 10,
        "drops": 6,
        "swaps": 4,
        "unchanged": 5,
        "same_order": 4,
        "share": 0.5,
    }
    assert found["searched"] == {"tried": 10, "total": 10, "complete": True, "reason": "all"}
    assert (swap["change"], swap["with"]) == ("swap", 2)


def test_the_document_is_the_result_of_the_python_api(run: Runner) -> None:
    words = ("sensitivity", TWO_STEP, "--concept", "nash", "--sequences", "single", "--json")
    found = run.good(*words).json
    expected = detente.sensitivity(detente.load(TWO_STEP), "nash", "single").to_dict()
    assert set(found) - set(expected) == {"sentence"}
    assert (found["concept"], found["sequences"]) == ("nash", "single")
    assert found["hinges"] == expected["hinges"]


def test_evidence_comes_with_the_preference(run: Runner) -> None:
    found = run.good("sensitivity", FULL, "--json").json
    us = [own for own in found["preferences"] if own["party"] == "us" and own["hinge"]]
    assert [own["evidence"] for own in us] == [["seed:s29", "F02", "F06"]]
    assert "[seed:s29, F02, F06]" in run.good("sensitivity", FULL).out


def test_a_graph_form_case_has_rankings(run: Runner, graph: Path) -> None:
    found = run.good("sensitivity", graph, "--json").json
    assert {own["form"] for own in found["preferences"]} == {"ranking"}
    assert found["preferences"][0]["tiers"] == [["s3"], ["s2"]]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--budget", "0"], "the budget 0 is not possible"),
        (["--budget", "nan"], "the budget nan is not possible"),
        (["--concept", "nope"], "there is no solution concept 'nope'"),
        (["--sequences", "twice"], "--sequences"),
    ],
)
def test_sensitivity_refuses(run: Runner, words: list[str], says: str) -> None:
    assert says in run.bad("sensitivity", TWO_STEP, *words)


def test_without_a_status_quo_there_is_no_headline(run: Runner) -> None:
    case = ROOT / "cases" / "published" / "prisoners-dilemma.yaml"
    assert "no status quo" in run.bad("sensitivity", case)


def test_a_budget_ends_it_and_lifts_the_limit(run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    found = run.good("sensitivity", FULL, "--budget", "0.000001", "--json").json
    assert found["searched"] == {"tried": 0, "total": 87, "complete": False, "reason": "stopped"}
    assert {own["hinge"] for own in found["preferences"]} == {None}
    monkeypatch.setattr("detente.workspace.sensitivity.MOST_WORK", 8)
    limited = run.good("sensitivity", TWO_STEP, "--json").json["searched"]
    assert (limited["tried"], limited["reason"]) == (2, "limit")
    assert "--budget SECONDS goes on" in " ".join(run.good("sensitivity", TWO_STEP).out.split())
    whole = run.good("sensitivity", TWO_STEP, "--budget", "60", "--json").json["searched"]
    assert whole["reason"] == "all"


def test_ctrl_c_ends_it_and_keeps_what_was_found(
    run: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*arguments: object, **named: object) -> object:
        told = named["progress"]

        def progress(tried: int, total: int) -> None:
            told(tried, total)  # type: ignore[operator]
            if tried == 3:
                signal.raise_signal(signal.SIGINT)

        return sensitivity(*arguments, **{**named, "progress": progress})  # type: ignore[arg-type]

    monkeypatch.setattr("detente.workspace.sensitivity.sensitivity", interrupted)
    done = run("sensitivity", TWO_STEP, "--json")
    assert (done.status, done.err) == (130, "")
    assert (done.json["searched"]["tried"], done.json["searched"]["reason"]) == (3, "stopped")
