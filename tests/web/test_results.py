"""What follows from a case: the same as the commands say, with words, and quick."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from commandline import GRAPH, Runner
from workbench import CASE, Bench

NO_HOME = CASE.replace("status_quo: {embargo: kept, withdrawal: no}\n", "")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "case.yaml"
    path.write_text(CASE, encoding="utf-8")
    return path


def test_diagnosis_is_that_of_the_command(
    bench: Bench, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = bench.keep()
    found = bench.get(f"cases/{case['id']}/diagnosis")
    said = Runner(capsys).good("diagnose", file, "--json").json
    for key in said:
        if key != "cited":  # names the workspace
            assert found[key] == said[key], key
    assert found["case_version"] == case["version"]
    assert {"name", "words"} == set(found["facts"][0])


def test_why_is_that_of_the_command(
    bench: Bench, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = bench.keep()
    found = bench.get(f"cases/{case['id']}/why", state="00", party="graustark", concept="seq,nash")
    arguments = ("why", file, "00", "--party", "graustark", "--concepts", "seq,nash", "--json")
    said = Runner(capsys).good(*arguments).json
    assert found["explanations"] == said["explanations"]
    (told,) = found["told"]
    assert told["name"] == "Graustark"
    assert found["sentence"]


def test_states_agree_with_the_command(
    bench: Bench, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = bench.keep()
    found = bench.get(f"cases/{case['id']}/states")
    said = Runner(capsys).good("solve", file, "--json").json
    assert [row["state"] for row in found["rows"]] == said["states"]
    for concept, own in said["concepts"].items():
        for party, states in own["stable"].items():
            rows = [r["state"] for r in found["rows"] if party in r["stable"][concept]]
            assert rows == states, (concept, party)
        equilibria = [r["state"] for r in found["rows"] if concept in r["equilibrium"]]
        assert equilibria == own["equilibria"]
    (home,) = [row for row in found["rows"] if "status-quo" in row["flags"]]
    assert home["state"] == "00"
    assert min(row["ranks"]["graustark"] for row in found["rows"]) == 1


def test_ranks_and_ladder_tell_the_same_order(bench: Bench) -> None:
    case = bench.keep()
    rows = bench.get(f"cases/{case['id']}/states")["rows"]
    for ladder in bench.get(f"cases/{case['id']}/ladder")["ladders"]:
        rank = {row["state"]: row["ranks"][ladder["party"]] for row in rows}
        tiers = [{rank[s["state"]] for s in rung["states"]} for rung in ladder["rungs"]]
        assert all(len(tier) == 1 for tier in tiers)
        ordered = [tier.pop() for tier in tiers]
        assert ordered == list(range(1, len(ordered) + 1))
        for rung in ladder["rungs"][:-1]:
            assert rung["deciding"]["statement"]
        assert ladder["rungs"][-1]["deciding"] is None


def test_states_come_in_parts(bench: Bench) -> None:
    case = bench.keep()
    part = bench.get(f"cases/{case['id']}/states", offset=2, limit=3)
    assert (len(part["rows"]), part["total"], part["offset"]) == (3, 6, 2)
    assert bench.get(f"cases/{case['id']}/states", offset=99)["rows"] == []


def test_map_as_data_and_drawn(bench: Bench) -> None:
    case = bench.keep()
    found = bench.get(f"cases/{case['id']}/map")
    assert found["status_quo"] == "00"
    assert any("status-quo" in state["roles"] for state in found["states"])
    drawing = bench.client.get(f"/api/cases/{case['id']}/map.svg")
    assert drawing.status_code == 200
    assert drawing.text.startswith("<svg")
    style = bench.client.get("/api/figures.css")
    assert style.headers["content-type"].startswith("text/css")
    assert ".dm" in style.text


def test_compare_two_versions_of_a_case(bench: Bench) -> None:
    a = bench.keep(name="A")
    b = bench.edit(bench.keep(name="B"), kind="drop_clause", party="graustark", index=2)
    found = bench.get("compare", a=a["id"], b=b["id"])
    assert found["sentence"]
    assert found["model_words"]
    bench.get("compare", 404, a=a["id"], b="c99")
    bench.get("compare", 422, a=a["id"])


@pytest.mark.parametrize(
    ("path", "query", "word"),
    [
        ("diagnosis", {"to": "99"}, "99"),
        ("diagnosis", {"concept": "nashh"}, "nashh"),
        ("why", {"state": "99"}, "99"),
        ("why", {"state": "00", "party": "nobody"}, "nobody"),
        ("why", {"state": "00", "concept": "x"}, "x"),
        ("ladder", {"party": "nobody"}, "nobody"),
        ("states", {"concepts": "nash,odd"}, "odd"),
        ("map", {"to": "xx"}, "xx"),
        ("map.svg", {"concept": ""}, ""),
    ],
)
def test_question_about_what_is_not_there(
    bench: Bench, path: str, query: dict[str, Any], word: str
) -> None:
    case = bench.keep()
    assert word in bench.get(f"cases/{case['id']}/{path}", 400, **query)["error"]["what"]


@pytest.mark.parametrize("path", ["why", "states", "ladder", "map", "map.svg", "diagnosis"])
def test_question_about_a_case_that_is_not_there(bench: Bench, path: str) -> None:
    bench.get(f"cases/c99/{path}", 404, state="00")


def test_case_without_a_status_quo(bench: Bench) -> None:
    case = bench.keep(NO_HOME)
    assert case["model"]["status_quo"] is None
    found = bench.get(f"cases/{case['id']}/states")
    assert (found["zone"], found["target"], found["status_quo"]) == (None, None, None)
    assert bench.get(f"cases/{case['id']}/ladder")["ladders"][0]["status_quo"] is None
    for path in ("diagnosis", "map", "map.svg"):
        error = bench.get(f"cases/{case['id']}/{path}", 400)["error"]
        assert "status quo" in error["what"]


def test_case_in_graph_form(bench: Bench) -> None:
    case = bench.keep(GRAPH)
    assert case["model"]["form"] == "graph"
    assert [row["words"] for row in bench.get(f"cases/{case['id']}/states")["rows"]] == [
        "s1",
        "s2",
        "s3",
    ]
    assert bench.get(f"cases/{case['id']}/ladder", party="ann")["ladders"][0]["total"] == 3
    moved = bench.edit(case, kind="status_quo", state="s2")
    assert moved["words"][0] == "The status quo is now s2."
    bench.edit(moved, 400, kind="add_option", party="ann", id="x")


def test_results_follow_an_edit(bench: Bench) -> None:
    case = bench.keep()
    before = bench.get(f"cases/{case['id']}/diagnosis")
    after = bench.edit(
        case, kind="priorities", party="graustark", clauses=[{"statement": "withdrawal"}]
    )
    now = bench.get(f"cases/{case['id']}/diagnosis")
    assert now["case_version"] == after["version"]
    assert now["sentence"] != before["sentence"]
    bench.post(f"cases/{case['id']}/undo", {"base": after["version"]})
    again = bench.get(f"cases/{case['id']}/diagnosis")
    assert again["sentence"] == before["sentence"]


def test_edit_can_bring_the_diagnosis_along(bench: Bench) -> None:
    case = bench.keep()
    edit = {"kind": "drop_clause", "party": "graustark", "index": 0}
    path = f"cases/{case['id']}"
    after = bench.post(f"{path}/edits?with=diagnosis", {"base": case["version"], "edit": edit})
    found = bench.get(f"{path}/diagnosis")
    assert after["diagnosis"] == {
        key: found[key] for key in ("sentence", "deadlock", "kind", "witness")
    }
    back = bench.post(f"{path}/undo?with=diagnosis", {"base": after["version"]})
    assert back["diagnosis"]["sentence"]
    bench.post(f"{path}/redo?with=everything", {"base": back["version"]}, 422)
    homeless = bench.keep(NO_HOME)
    edit = {"kind": "title", "title": "x"}
    body = {"base": homeless["version"], "edit": edit}
    assert bench.post(f"cases/{homeless['id']}/edits?with=diagnosis", body)["diagnosis"] is None


def test_words_of_a_condition_are_plain(bench: Bench) -> None:
    case = bench.post("cases", {"shipped": "us-taliban-2019/two-step"}, 201)
    clauses = case["model"]["parties"][0]["preferences"]["clauses"]
    assert clauses[0]["words"] == "no full withdrawal before full ceasefire"


def test_quotations_stand_beside_the_case(bench: Bench) -> None:
    row = bench.get("statements")["statements"][0]
    edit = {"kind": "add_clause", "party": "graustark", "index": 0, "statement": "withdrawal"}
    case = bench.edit(bench.keep(), **edit, evidence=[row["id"], "sxxxx"])
    assert case["quotations"][row["id"]]["quote"] == row["text"]
    assert case["not_found"] == ["sxxxx"]
