"""The other negotiations: each diagnosis and each lever is the expected one.

`cases/<slug>/expected.json` was computed by a script of its own, written from the definitions and
sharing only the literal concepts with detente, before the diagnosis of detente existed.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any, Literal

import pytest

import detente
from detente.analysis.deadlock.diagnosis import diagnose
from detente.analysis.levers.unlock import unlock
from detente.concepts.game import Game

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "cases"
SLUGS = sorted(path.parent.name for path in CASES.glob("*/case.yaml"))
ALGORITHMS = ("array", "literal")

KINDS = {"no-zone", "open", "enforcement-problem", "sequencing-trap", "double-bind"}
FLAGS = {
    "excluded-owner",
    "excluded-veto",
    "spoiler",
    "reversibility-asymmetry",
    "misperception",
    "ratification-gap",
    "linkage",
}

Algorithm = Literal["array", "literal"]


def text_of(slug: str) -> str:
    return (CASES / slug / "case.yaml").read_text(encoding="utf-8")


@cache
def expected_of(slug: str) -> dict[str, Any]:
    text = (CASES / slug / "expected.json").read_text(encoding="utf-8")
    return json.loads(text)  # type: ignore[no-any-return]


@cache
def diagnosed(slug: str, algorithm: Algorithm) -> dict[str, Any]:
    case = detente.load(CASES / slug / "case.yaml")
    return diagnose(case, algorithm=algorithm).to_dict()


def plain(flag: str, witness: Any) -> Any:
    """The witness of a flag without what has no order or is only one of several."""
    if flag == "spoiler":
        return sorted((own["party"], own["scope"]) for own in witness)
    if flag == "reversibility-asymmetry":
        return {"can": sorted(witness["can"]), "cannot": sorted(witness["cannot"])}
    return sorted(witness)


def named(change: dict[str, Any]) -> str:
    """One change of a set of levers, as `expected.json` writes it."""
    lever = change["lever"]
    if lever in ("guarantor", "snap-back"):
        return f"{lever} {change['option']}"
    if lever == "joint-move":
        return f"{lever} {' '.join(sorted(change['parties']))}"
    if lever == "preference":
        return f"{lever} {change['party']}: {change['raise']} above {change['above']}"
    return f"{lever} {change['party']}"


# The files


def test_there_is_a_case_for_each_kind() -> None:
    assert {expected_of(slug)["diagnosis"]["kind"] for slug in SLUGS} == KINDS
    assert len(SLUGS) >= 5


def test_every_flag_is_raised_somewhere_and_spoilers_in_both_scopes() -> None:
    raised: set[str] = set()
    scopes: set[str] = set()
    for slug in SLUGS:
        found = expected_of(slug)["diagnosis"]
        raised |= set(found["flags"])
        for target in found["targets"].values():
            raised |= set(target["flags"])
            scopes |= {own["scope"] for own in target["flags"].get("spoiler", [])}
    assert raised == FLAGS
    assert scopes == {"limited", "total"}


@pytest.mark.parametrize("slug", SLUGS)
def test_case_file_is_complete(slug: str) -> None:
    case = detente.load(CASES / slug / "case.yaml")
    assert case.title
    assert case.as_of
    assert "written knowing the outcome" in case.about
    assert "# What this model leaves out." in text_of(slug)
    assert 4 <= len(Game.of(case).states) <= 60


@pytest.mark.parametrize("slug", SLUGS)
def test_each_party_cites_a_dated_source(slug: str) -> None:
    text = text_of(slug)
    parties = list(detente.load(CASES / slug / "case.yaml").party_ids)
    places = [re.search(rf"^  {party}:$", text, re.MULTILINE) for party in parties]
    starts = [place.start() for place in places if place is not None]
    assert len(starts) == len(parties)
    for party, start, end in zip(parties, starts, [*starts[1:], len(text)], strict=True):
        comments = " ".join(re.findall(r"#(.*)", text[start:end]))
        assert re.search(r"\b(?:19|20)\d\d\b", comments), f"{party} in {slug} cites no date"


@pytest.mark.parametrize("slug", SLUGS)
def test_orders_in_the_comments_are_those_of_the_file(slug: str) -> None:
    """Where a file spells out the resulting orders, they are the ones that it gives."""
    text = text_of(slug)
    game = Game.of(detente.load(CASES / slug / "case.yaml"))
    block = re.search(r"# The resulting orders.*?\n((?:#     .*\n)+)", text)
    if block is None:
        return
    lines = [line for line in block[1].splitlines() if ">" in line]
    assert len(lines) == len(game.parties)
    for party, line in zip(game.parties, lines, strict=True):
        order = re.search(r"\d[\d =>]*$", line)
        assert order is not None
        written = [set(tier.split(" = ")) for tier in order[0].split(" > ")]
        payoffs = game.payoffs[party]
        values = sorted(set(payoffs.values()), reverse=True)
        assert written == [{s for s in game.states if payoffs[s] == v} for v in values], party


def test_readme_lists_every_case_with_its_kind() -> None:
    text = (CASES / "README.md").read_text(encoding="utf-8")
    for slug in SLUGS:
        row = next(line for line in text.splitlines() if f"({slug}/case.yaml)" in line)
        assert f"`{expected_of(slug)['diagnosis']['kind']}`" in row


# The diagnosis


@pytest.mark.parametrize("algorithm", ALGORITHMS)
@pytest.mark.parametrize("slug", SLUGS)
def test_diagnosis_is_the_expected_one(slug: str, algorithm: Algorithm) -> None:
    found, expected = diagnosed(slug, algorithm), expected_of(slug)["diagnosis"]
    for key in ("deadlock", "kind", "witness"):
        assert found[key] == expected[key], key
    for key in ("zone", "flags"):
        assert sorted(found[key]) == sorted(expected[key]), key
    subsets = [sorted(own) for own in found["minimal_subsets"]]
    assert sorted(subsets) == sorted(sorted(own) for own in expected["minimal_subsets"])


@pytest.mark.parametrize("algorithm", ALGORITHMS)
@pytest.mark.parametrize("slug", SLUGS)
def test_targets_are_the_expected_ones(slug: str, algorithm: Algorithm) -> None:
    found = {own["state"]: own for own in diagnosed(slug, algorithm)["targets"]}
    expected = expected_of(slug)["diagnosis"]["targets"]
    assert set(found) == set(expected)
    for state, own in expected.items():
        for key in ("kind", "efficient"):
            assert found[state][key] == own[key], (state, key)
        assert sorted(found[state]["unstable_for"]) == sorted(own["unstable_for"]), state
        witnesses = {f: plain(f, w) for f, w in found[state]["witnesses"].items()}
        assert witnesses == {f: plain(f, w) for f, w in own["flags"].items()}, state


def rests(game: Game, state: str, party: str) -> set[str]:
    """settle(x, m), once more, in the words of the definition."""
    reached, todo = {state}, [state]
    while todo:
        here = todo.pop()
        new = {t for j in game.others(party) for t in game.improvements(j, here)} - reached
        reached |= new
        todo += sorted(new)
    at_rest = {x for x in reached if not any(game.improvements(j, x) for j in game.others(party))}
    return at_rest or reached


@pytest.mark.parametrize("algorithm", ALGORITHMS)
@pytest.mark.parametrize("slug", SLUGS)
def test_every_step_of_a_path_is_one_that_its_mover_is_willing_to_make(
    slug: str, algorithm: Algorithm
) -> None:
    game = Game.of(detente.load(CASES / slug / "case.yaml"))
    found = diagnosed(slug, algorithm)
    for target in found["targets"]:
        has_path = target["kind"] in ("open", "enforcement-problem")
        assert (target["path"] is not None) == has_path
        if not has_path:
            continue
        path, goal = target["path"], target["state"]
        assert path[0] == found["status_quo"]
        assert path[-1] == goal
        for k, mover in enumerate(target["movers"]):
            here, there = path[k], path[k + 1]
            stopping = {here} if k == 0 else rests(game, here, mover)
            own = game.payoffs[mover]
            assert there in game.reached(mover, here)
            assert own[goal] > max(own[x] for x in stopping), (goal, here, mover)


def test_misperception_names_the_belief_to_correct() -> None:
    for slug in SLUGS:
        expected = expected_of(slug)["diagnosis"]
        if "misperception" not in expected["flags"]:
            continue
        found = diagnose(detente.load(CASES / slug / "case.yaml")).witnesses["misperception"]
        assert found["perceived_kind"] == expected["perceived_kind"]
        assert found["true_kind"] == expected["kind"]
        corrections = [[[own["viewer"], own["seen"]] for own in s] for s in found["corrections"]]
        assert corrections == expected["corrections"]


def test_parties_who_each_say_that_the_other_goes_first_close_a_circle() -> None:
    for slug in ("northern-ireland-1999", "kosovo-serbia-2023", "iran-2021"):
        (cycle,) = diagnosed(slug, "array")["precedence"]
        assert len(cycle) == 2
        assert cycle[0]["before"] == cycle[1]["after"]
        assert {edge["party"] for edge in cycle} == set(
            detente.load(CASES / slug / "case.yaml").party_ids
        )


# The levers


def opening(slug: str, to: str, size: int) -> list[list[dict[str, Any]]]:
    case = detente.load(CASES / slug / "case.yaml")
    found = unlock(case, to=to, size=size).to_dict()
    return [own["changes"] for own in found["levers"] if own["opens"]]


def asked_of(slug: str) -> list[Any]:
    """What is asked of a case; pairs among many tied states take long."""
    found = []
    for k, own in enumerate(expected_of(slug)["levers"]):
        long = own["size"] > 1 and "without" in own
        found.append(pytest.param(slug, k, marks=[pytest.mark.slow] if long else []))
    return found


@pytest.mark.parametrize(("slug", "asked"), [own for slug in SLUGS for own in asked_of(slug)])
def test_levers_that_open_are_the_expected_ones(slug: str, asked: int) -> None:
    expected = expected_of(slug)["levers"][asked]
    listed = ("order", "inform", "include", expected.get("without"))
    found = [
        sorted(named(change) for change in changes)
        for changes in opening(slug, expected["to"], expected["size"])
        if not any(change["lever"] in listed for change in changes)
    ]
    assert sorted(found) == sorted(sorted(own) for own in expected["opens"])


def test_open_deadlock_needs_only_its_order() -> None:
    for slug in SLUGS:
        expected = expected_of(slug)["diagnosis"]
        if expected["kind"] == "open":
            found = opening(slug, expected["witness"], 1)
            assert {change["lever"] for own in found for change in own} <= {"order", "inform"}
            assert ["order"] in [[change["lever"] for change in own] for own in found]


def test_without_a_zone_nothing_is_searched() -> None:
    found = unlock(detente.load(CASES / "cyprus-2017" / "case.yaml"))
    assert found.to is None
    assert found.levers == ()


def test_guarantor_alone_turns_the_colombian_deadlock_into_a_sequencing_trap() -> None:
    found = unlock(detente.load(CASES / "colombia-2016" / "case.yaml")).to_dict()
    kinds = {
        tuple(map(named, own["changes"])): own["kind"]
        for own in found["levers"]
        if own["changes"][0]["lever"] == "guarantor" and len(own["changes"]) == 1
    }
    assert kinds == {("guarantor government.guarantees",): "sequencing-trap"}


def test_american_return_deters_hanoi_and_tempts_saigon() -> None:
    text = text_of("vietnam-1972")
    assert text.count("moves: forward}") == 1
    case = detente.loads(text.replace("moves: forward}", "moves: both}"))
    (target,) = diagnose(case).to_dict()["targets"]
    assert target["kind"] == "double-bind"
    assert target["unstable_for"] == ["saigon"]


def test_settlement_can_live_with_a_total_spoiler() -> None:
    targets = expected_of("mindanao-2014")["diagnosis"]["targets"]
    under_fire = detente.load(CASES / "mindanao-2014" / "case.yaml").state("inclusive-under-fire")
    assert targets[under_fire]["kind"] == "open"
    assert not targets[under_fire]["efficient"]
