"""Edits: each kind, in words, and what the model refuses."""

from __future__ import annotations

from typing import Any

import pytest
from workbench import CASE, Bench


@pytest.mark.parametrize(
    ("edit", "first", "expected"),
    [
        (
            {"kind": "title", "title": "New"},
            "Named the case",
            "title: New   # a comment that stays",
        ),
        (
            {"kind": "status_quo", "levels": {"embargo": "eased"}},
            "The status quo is now",
            "status_quo: {embargo: eased, withdrawal: no}",
        ),
        ({"kind": "status_quo", "state": "21"}, "The status quo is now", "embargo: lifted"),
        (
            {
                "kind": "add_clause",
                "party": "ruritania",
                "index": 1,
                "statement": "embargo = eased",
            },
            "Ruritania: added “embargo: eased” above",
            "- embargo = eased",
        ),
        (
            {"kind": "drop_clause", "party": "graustark", "index": 2},
            "Graustark: dropped “not withdrawal”",
            "- embargo = eased\nstatus_quo",
        ),
        (
            {
                "kind": "priorities",
                "party": "graustark",
                "clauses": [{"statement": "not withdrawal", "evidence": ["s1"]}],
            },
            "Graustark now has 1 priority.",
            "evidence: [s1]",
        ),
        (
            {
                "kind": "weights",
                "party": "graustark",
                "weights": [{"statement": "embargo = lifted", "weight": 2.5}],
            },
            "Graustark has 1 weight.",
            "embargo = lifted: 2.5",
        ),
        (
            {
                "kind": "ranking",
                "party": "graustark",
                "tiers": [["20"], ["21", "10"], ["11"], ["00"], ["01"]],
            },
            "Graustark has a new ranking of 5 tiers.",
            "ranking",
        ),
        (
            {"kind": "party", "id": "graustark", "name": "The Duchy"},
            "Graustark is now",
            "The Duchy",
        ),
        (
            {"kind": "party", "id": "graustark", "outside": True},
            "Graustark is outside",
            "outside: true",
        ),
        (
            {"kind": "add_party", "id": "borduria", "name": "Borduria"},
            "Added the party",
            "borduria",
        ),
        (
            {"kind": "option", "key": "graustark.withdrawal", "moves": "forward"},
            "“Withdraw the troops” can be raised and not taken back",
            "moves: forward",
        ),
        (
            {
                "kind": "option",
                "key": "ruritania.embargo",
                "moves": [["kept", "eased"], ["eased", "lifted"]],
            },
            "“Lift the embargo” can be changed along certain steps only",
            "[[kept, eased], [eased, lifted]]",
        ),
        (
            {"kind": "option", "key": "ruritania.embargo", "name": "End it"},
            "“Lift the embargo” is now called “End it”.",
            "name: End it",
        ),
        (
            {
                "kind": "option",
                "key": "ruritania.embargo",
                "levels": ["kept", "eased", "half", "lifted"],
            },
            "“Lift the embargo” has the levels kept, eased, half, lifted",
            "[kept, eased, half, lifted]",
        ),
        (
            {"kind": "add_option", "party": "graustark", "id": "loan", "name": "Grant a loan"},
            "Graustark has a new option, “Grant a loan”: no, yes.",
            "loan: {name: Grant a loan}",
        ),
        (
            {
                "kind": "infeasible",
                "items": [{"statement": "embargo = lifted and not withdrawal", "evidence": ["s2"]}],
            },
            "Now “",
            "infeasible",
        ),
        (
            {"kind": "text", "text": CASE.replace("Zenda", "Strelsau")},
            "Changed the text",
            "Strelsau",
        ),
    ],
    ids=lambda value: value["kind"] if isinstance(value, dict) else "",
)
def test_edit(bench: Bench, edit: dict[str, Any], first: str, expected: str) -> None:
    before = bench.keep()
    after = bench.edit(before, **edit)
    assert after["changed"] is True
    assert after["words"][0].startswith(first)
    assert expected in after["text"]
    if edit["kind"] != "text" and edit.get("party") != "ruritania":
        assert "# the embargo comes second" in after["text"]
    assert (after["ladder"] is not None) == ("party" in edit)
    undone = bench.post(f"cases/{after['id']}/undo", {"base": after["version"]})
    assert (undone["text"], undone["model"]) == (before["text"], before["model"])


def test_moved_priority_says_what_moved_past_what(bench: Bench) -> None:
    case = bench.keep()
    after = bench.edit(case, kind="move_clause", party="graustark", **{"from": 2, "to": 0})
    assert after["words"][0] == "Graustark: “not withdrawal” moved above “embargo: lifted”."
    assert after["words"][1].startswith("Graustark now prefers ")
    rungs = after["ladder"]["rungs"]
    assert rungs[0]["states"][0]["state"] == "20"
    back = bench.edit(after, kind="move_clause", party="graustark", **{"from": 0, "to": 2})
    assert back["text"] == case["text"]


def test_edit_that_changes_nothing_makes_no_version(bench: Bench) -> None:
    case = bench.keep()
    same = bench.edit(case, kind="move_clause", party="graustark", **{"from": 1, "to": 1})
    assert (same["changed"], same["version"]) == (False, case["version"])
    assert same["words"] == ["Nothing changed."]


def test_priority_that_makes_no_difference_says_so(bench: Bench) -> None:
    edit = {"kind": "add_clause", "party": "graustark", "index": 3, "statement": "withdrawal"}
    words = bench.edit(bench.keep(), **edit)["words"]
    assert words[-1] == "The order of states stays the same."


def test_option_and_party_go_with_their_place_in_the_status_quo(bench: Bench) -> None:
    case = bench.edit(bench.keep(), kind="add_party", id="borduria")
    case = bench.edit(case, kind="add_option", party="borduria", id="aid", levels=["none", "some"])
    assert case["model"]["states"] == 12
    case = bench.edit(case, kind="status_quo", levels={"aid": "some"})
    case = bench.edit(case, kind="remove_option", key="borduria.aid")
    assert case["model"]["status_quo"]["state"] == "00"
    case = bench.edit(case, kind="remove_party", id="borduria")
    assert [party["id"] for party in case["model"]["parties"]] == ["ruritania", "graustark"]


def test_status_quo_as_a_code_follows_new_options(bench: Bench) -> None:
    text = CASE.replace("status_quo: {embargo: kept, withdrawal: no}", 'status_quo: "20"')
    case = bench.keep(text)
    case = bench.edit(case, kind="add_option", party="ruritania", id="loan")
    assert case["model"]["status_quo"]["levels"]["ruritania.embargo"] == "lifted"
    assert case["model"]["status_quo"]["state"] == "200"


@pytest.mark.parametrize(
    ("edit", "word"),
    [
        ({"kind": "title", "title": "a\x01b"}, "U+0001"),
        ({"kind": "status_quo", "levels": {"embargo": "gone"}}, "gone"),
        ({"kind": "status_quo", "state": "99"}, "99"),
        ({"kind": "add_clause", "party": "nobody", "index": 0, "statement": "embargo"}, "nobody"),
        ({"kind": "add_clause", "party": "ruritania", "index": 9, "statement": "embargo"}, "9"),
        (
            {"kind": "add_clause", "party": "ruritania", "index": 0, "statement": "embargoo"},
            "embargoo",
        ),
        ({"kind": "add_clause", "party": "ruritania", "index": 0, "statement": "(embargo"}, ""),
        ({"kind": "drop_clause", "party": "ruritania", "index": 2}, "2"),
        ({"kind": "move_clause", "party": "ruritania", "from": 0, "to": 2}, "2"),
        ({"kind": "ranking", "party": "ruritania", "tiers": [["00"]]}, ""),
        ({"kind": "ranking", "party": "ruritania", "tiers": [["00"], ["00"]]}, "00"),
        (
            {
                "kind": "weights",
                "party": "ruritania",
                "weights": [
                    {"statement": "embargo", "weight": 1.0},
                    {"statement": " embargo ", "weight": 2.0},
                ],
            },
            "two weights",
        ),
        ({"kind": "party", "id": "nobody", "name": "x"}, "nobody"),
        ({"kind": "party", "id": "ruritania", "name": "a\nb"}, "name"),
        ({"kind": "add_party", "id": "ruritania"}, "already"),
        ({"kind": "add_party", "id": "1st"}, "1st"),
        ({"kind": "remove_party", "id": "graustark"}, "withdrawal"),
        ({"kind": "remove_option", "key": "graustark.withdrawal"}, "withdrawal"),
        ({"kind": "remove_option", "key": "withdrawal"}, "withdrawal"),
        ({"kind": "add_option", "party": "graustark", "id": "withdrawal"}, "already"),
        ({"kind": "add_option", "party": "graustark", "id": "x", "levels": ["a"]}, "1 level"),
        ({"kind": "option", "key": "ruritania.embargo", "levels": ["kept", "eased"]}, "lifted"),
        ({"kind": "option", "key": "ruritania.embargo", "moves": [["kept", "gone"]]}, "gone"),
        ({"kind": "infeasible", "items": [{"statement": "nothing"}]}, "nothing"),
        ({"kind": "infeasible", "items": [{"statement": "--"}]}, ""),
        ({"kind": "text", "text": ""}, "empty"),
        ({"kind": "text", "text": "detente: 1"}, "parties"),
        ({"kind": "swap_states", "party": "ruritania", "upper": "00", "lower": "01"}, "prefer"),
        ({"kind": "swap_states", "party": "ruritania", "upper": "99", "lower": "01"}, "99"),
    ],
)
def test_edit_that_the_model_refuses(bench: Bench, edit: dict[str, Any], word: str) -> None:
    case = bench.keep()
    error = bench.edit(case, 400, **edit)["error"]
    assert word in error["what"]
    assert bench.get(f"cases/{case['id']}") == case


@pytest.mark.parametrize(
    "edit",
    [
        {"kind": "sing"},
        {},
        {"kind": "title"},
        {"kind": "title", "title": "x", "more": 1},
        {"kind": "move_clause", "party": "ruritania", "from": "0", "to": 1},
        {"kind": "move_clause", "party": "ruritania", "from": -1, "to": 1},
        {"kind": "status_quo", "levels": {"embargo": 1}},
        {"kind": "status_quo", "levels": {}, "state": "00"},
        {"kind": "option", "key": "ruritania.embargo", "moves": "sideways"},
        {"kind": "weights", "party": "ruritania", "weights": [{"statement": "x", "weight": 1e10}]},
        {"kind": "ranking", "party": "ruritania", "tiers": [[]]},
    ],
)
def test_edit_in_no_shape(bench: Bench, edit: dict[str, Any]) -> None:
    bench.edit(bench.keep(), 422, **edit)


def test_swap_names_the_priority_and_the_edit_adds_it(bench: Bench) -> None:
    case = bench.keep()
    ladder = bench.get(f"cases/{case['id']}/ladder", party="graustark")["ladders"][0]
    upper, lower = (rung["states"][0]["state"] for rung in ladder["rungs"][:2])
    said = bench.post(
        f"cases/{case['id']}/swap", {"party": "graustark", "upper": upper, "lower": lower}
    )
    assert said["exact"] is True
    assert "Nothing else moves" in said["words"]
    assert bench.get(f"cases/{case['id']}")["version"] == case["version"]
    after = bench.edit(case, kind="swap_states", party="graustark", upper=upper, lower=lower)
    order = [state["state"] for rung in after["ladder"]["rungs"] for state in rung["states"]]
    before = [state["state"] for rung in ladder["rungs"] for state in rung["states"]]
    assert order == [before[1], before[0], *before[2:]]
    clauses = after["model"]["parties"][1]["preferences"]["clauses"]
    assert clauses[said["index"]]["statement"] == said["statement"]


def test_swap_in_a_ranking(bench: Bench) -> None:
    tiers = [["20"], ["21"], ["10"], ["11"], ["00"], ["01"]]
    case = bench.edit(bench.keep(), kind="ranking", party="graustark", tiers=tiers)
    after = bench.edit(case, kind="swap_states", party="graustark", upper="21", lower="10")
    assert after["model"]["parties"][1]["preferences"]["tiers"][1:3] == [["10"], ["21"]]
    assert "changed places" in after["words"][0]
