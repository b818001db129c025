"""Cases under work: kept, edited, undone, renamed, discarded; nothing is lost."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from workbench import CASE, Bench


def test_case_from_text_keeps_the_text(bench: Bench) -> None:
    case = bench.keep(name="My case")
    assert (case["name"], case["text"], case["origin"]) == ("My case", CASE, "text")
    assert (case["can_undo"], case["can_redo"]) == (False, False)
    model = case["model"]
    assert model["states"] == 6
    assert model["status_quo"]["words"]
    assert [party["id"] for party in model["parties"]] == ["ruritania", "graustark"]
    assert model["parties"][0]["preferences"]["clauses"][0]["statement"] == "withdrawal"
    assert bench.get("cases")["cases"][0]["id"] == case["id"]
    assert bench.get(f"cases/{case['id']}") == case


def test_case_without_a_name_has_its_title(bench: Bench) -> None:
    assert bench.keep()["name"] == "The Zenda pass"


def test_case_that_is_none_is_refused_with_the_place(bench: Bench) -> None:
    error = bench.post("cases", {"text": CASE.replace("levels:", "leveels:")}, 400)["error"]
    assert "leveels" in error["what"]
    assert error["where"]["line"] == 7
    assert bench.get("cases")["count"] == 0


def test_every_shipped_case_can_be_kept(bench: Bench) -> None:
    for one in bench.get("desk")["shipped"]["cases"]:
        case = bench.post("cases", {"shipped": one["id"]}, 201)
        assert case["origin"] == f"shipped:{one['id']}"
        assert case["model"]["title"] == case["name"]
    error = bench.post("cases", {"shipped": "us-taliban-2019/ful"}, 404)["error"]
    assert "us-taliban-2019/full" in error["next"]
    for path in ("../../etc/passwd", "/etc/passwd", "us-taliban-2019/../us-china-2019"):
        bench.post("cases", {"shipped": path}, 404)


@pytest.mark.parametrize(
    "body",
    [{}, {"name": "x"}, {"text": "x", "shipped": "y"}, {"draft": {"colour": 1}}, {"text": 1}],
)
def test_case_in_no_shape(bench: Bench, body: dict[str, Any]) -> None:
    bench.post("cases", body, 422)


def test_draft_needs_accepted_statements_or_says_that_they_are_unreviewed(bench: Bench) -> None:
    error = bench.post("cases", {"draft": {}}, 400)["error"]
    assert "accepted" in error["what"]
    case = bench.post("cases", {"draft": {"unreviewed": True}, "name": "Draft"}, 201)
    assert case["unreviewed"] is True
    assert "nobody has checked" in case["note"]
    assert case["quotations"]
    for id in case["model"]["parties"][0]["evidence"]:
        assert id in case["quotations"]
    bench.post("cases", {"draft": {"unreviewed": True, "table": ["Nobody"]}}, 400)


def test_undo_and_redo_move_the_head_only(bench: Bench) -> None:
    case = bench.keep()
    texts = [case["text"]]
    for title in ("One", "Two", "Three"):
        case = bench.edit(case, kind="title", title=title)
        texts.append(case["text"])
    path = f"cases/{case['id']}"
    for expected in (2, 1, 0, 0):
        case = bench.post(f"{path}/undo", {"base": case["version"]})
        assert case["text"] == texts[expected]
    assert (case["can_undo"], case["can_redo"]) == (False, True)
    for expected in (1, 2, 3, 3):
        case = bench.post(f"{path}/redo", {"base": case["version"]})
        assert case["text"] == texts[expected]
    assert (case["can_undo"], case["can_redo"]) == (True, False)


def test_edit_after_undo_starts_a_branch_and_keeps_the_other(bench: Bench) -> None:
    case = bench.edit(bench.keep(), kind="title", title="One")
    left = case["version"]
    case = bench.post(f"cases/{case['id']}/undo", {"base": case["version"]})
    case = bench.edit(case, kind="title", title="Two")
    assert case["can_redo"] is False
    versions = bench.get(f"cases/{case['id']}/history")["versions"]
    assert left in {version["version"] for version in versions}
    assert [version["what"] for version in versions[1:]] == [
        "Named the case “One”.",
        "Named the case “Two”.",
    ]
    assert {version["by"] for version in versions} == {"ann"}


def test_two_tabs_that_edit_the_same_version(bench: Bench) -> None:
    seen = bench.keep()
    first = bench.edit(seen, kind="title", title="From the first tab")
    conflict = bench.edit(seen, 409, kind="title", title="From the second tab")
    assert "meanwhile" in conflict["error"]["what"]
    assert "From the first tab" in conflict["error"]["what"]
    assert conflict["current"]["version"] == first["version"]
    assert conflict["current"]["text"] == first["text"]
    done = bench.edit(conflict["current"], kind="title", title="From the second tab")
    whats = [v["what"] for v in bench.get(f"cases/{seen['id']}/history")["versions"]]
    assert whats[1:] == ["Named the case “From the first tab”.", done["words"][0]]


@pytest.mark.parametrize("step", ["undo", "redo"])
def test_undo_and_redo_of_another_version_are_conflicts(bench: Bench, step: str) -> None:
    case = bench.keep()
    bench.edit(case, kind="title", title="One")
    conflict = bench.post(f"cases/{case['id']}/{step}", {"base": case["version"]}, 409)
    assert conflict["current"]["model"]["title"] == "One"


def test_many_at_once_make_one_edit_each_or_none(bench: Bench) -> None:
    """Of edits that start from one version exactly one is kept, whatever the threads do."""
    seen = bench.keep()
    statuses: list[int] = []

    def edit(k: int) -> None:
        body = {"base": seen["version"], "edit": {"kind": "title", "title": f"T{k}"}}
        answer = bench.another().post(f"/api/cases/{seen['id']}/edits", json=body)
        statuses.append(answer.status_code)

    threads = [threading.Thread(target=edit, args=(k,)) for k in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [200, 409, 409, 409, 409, 409]
    assert len(bench.get(f"cases/{seen['id']}/history")["versions"]) == 2


def test_rename_leaves_the_text(bench: Bench) -> None:
    case = bench.keep()
    answer = bench.client.patch(f"/api/cases/{case['id']}", json={"name": "Other"})
    assert (answer.json()["name"], answer.json()["text"]) == ("Other", CASE)
    assert bench.client.patch(f"/api/cases/{case['id']}", json={"name": ""}).status_code == 422


def test_discarded_case_is_listed_no_more_and_still_kept(bench: Bench) -> None:
    case = bench.keep()
    path = f"/api/cases/{case['id']}"
    assert bench.client.delete(path).json() == {"discarded": case["id"]}
    assert bench.client.get(path).status_code == 404
    assert bench.client.delete(path).status_code == 404
    assert bench.get("cases")["count"] == 0
    with bench.desk.store() as store:
        (row,) = store.rows("SELECT text FROM case_versions")
    assert row["text"] == CASE


@pytest.mark.parametrize("id", ["c0", "c99", "x", "c-1", "c1x", "C1", "c" + "9" * 30, "c٣"])
def test_case_that_is_not_there(bench: Bench, id: str) -> None:
    bench.keep()
    assert bench.client.get(f"/api/cases/{id}").status_code == 404
    body = {"base": 1, "edit": {"kind": "title", "title": "x"}}
    assert bench.client.post(f"/api/cases/{id}/edits", json=body).status_code == 404


def test_versions_cannot_be_changed_or_removed(bench: Bench) -> None:
    import sqlite3

    bench.keep()
    with bench.desk.store() as store:
        for sql in (
            "UPDATE case_versions SET text = ''",
            "DELETE FROM case_versions",
            "DELETE FROM cases",
        ):
            with pytest.raises(sqlite3.IntegrityError, match=r"append-only|discarded"):
                store.connection.execute(sql)
