"""The SVG: well formed, closed in itself, told in words, linked to states and moves."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from commandline import ROOT
from hypothesis import assume, given
from maps import HOSTILE, SHIPPED, SVG, UNREACHABLE, graph, map_of, named, parsed, shipped
from strategies_cases import Drawn, drawn

import detente
from detente.analysis.deadlock.diagnosis import diagnose
from detente.analysis.deadlock.scenario import JointMove, Scenario
from detente.model.errors import CaseError
from detente.report.figures.building import state_map
from detente.report.figures.drawing import draw
from detente.report.figures.statemap import StateMap

GOLDEN = Path(__file__).parents[1] / "golden"
MAPS = {
    "map-two-step": "us-taliban-2019/two-step.yaml",
    "map-three-level": "us-taliban-2019/three-level.yaml",
    "map-kosovo": "kosovo-serbia-2023/case.yaml",
    "map-full": "us-taliban-2019/full.yaml",
}


@pytest.mark.parametrize("name", MAPS)
def test_map_is_drawn_letter_by_letter_as_before(name: str) -> None:
    svg = draw(map_of(shipped(MAPS[name])))
    path = GOLDEN / f"{name}.svg"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(svg, encoding="utf-8")
    assert svg == path.read_text(encoding="utf-8")


def test_figure_of_the_documentation_is_the_map_of_today() -> None:
    figure = (ROOT / "docs" / "diagnosis" / "two-step.svg").read_text(encoding="utf-8")
    assert figure == (GOLDEN / "map-two-step.svg").read_text(encoding="utf-8")


def check(shown: StateMap, *, heading: bool = True) -> None:
    svg = draw(shown, heading=heading)
    root = parsed(svg)
    assert root.get("role") == "img"
    assert [child.tag for child in root][:3] == [f"{SVG}title", f"{SVG}desc", f"{SVG}style"]
    assert root[0].text
    assert root[1].text
    forbidden = {f"{SVG}{tag}" for tag in ("script", "image", "foreignObject", "use", "a")}
    assert not {node.tag for node in root.iter()} & forbidden
    outside = svg.replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert not re.search(r"https?:|url\(|@import|@font-face| on\w+=| id=| href", outside)
    states = [node for node in root.iter() if node.get("data-state")]
    assert sorted(str(s.get("data-state")) for s in states) == sorted(s.state for s in shown.states)
    for node in states:
        title = node.find(f"{SVG}title")
        assert title is not None
        assert title.text
    _, _, width, height = map(float, str(root.get("viewBox")).split())
    for group in root.findall(f"{SVG}g[@transform]"):
        x, y = map(float, str(group.get("transform"))[len("translate(") : -1].split())
        for rect in group.iter(f"{SVG}rect"):
            if "dm-box" in str(rect.get("class")) and "data-state" in svg:
                assert x + float(str(rect.get("x"))) + float(str(rect.get("width"))) <= width
                assert y + float(str(rect.get("y"))) + float(str(rect.get("height"))) <= height
    for move in shown.moves:
        own = root.findall(f".//{SVG}g[@data-move='{move.start}>{move.end}']")
        assert " ".join(move.parties) in {str(node.get("data-party")) for node in own}


@given(drawn())
def test_random_map_is_drawn(model: Drawn) -> None:
    assume(model.status_quo is not None)
    shown = map_of(model.text(), most=8)
    check(shown, heading=False)
    json.dumps(shown.to_dict(), allow_nan=False)


@pytest.mark.parametrize("path", SHIPPED, ids=named)
def test_shipped_case_is_drawn(path: Path) -> None:
    check(map_of(detente.load(path)))


def test_graph_form_is_drawn_without_codes() -> None:
    shown = graph()
    check(shown)
    assert shown.graph
    assert all(state.code == "" for state in shown.states)


def test_target_that_no_moves_reach_is_drawn_and_told() -> None:
    shown = map_of(UNREACHABLE)
    check(shown)
    assert "No sequence of moves leads to the target." in shown.told
    assert not [move for move in shown.moves if move.role == "broken"]


def test_hostile_names_stay_text() -> None:
    shown = map_of(HOSTILE)
    check(shown)
    root = parsed(draw(shown))
    assert root[0].text == shown.title
    assert "<script>" in shown.title
    texts = {node.text for node in root.iter(f"{SVG}text")}
    assert "<b>Ann</b> & Sons" in texts


def test_drawing_is_the_same_twice() -> None:
    case = shipped("mindanao-2014/case.yaml")
    assert draw(state_map(diagnose(case))) == draw(state_map(diagnose(case)))


def test_presentation_attributes_alone_give_the_light_drawing() -> None:
    """Everything painted has a plain colour of its own; properties stand in an at-rule only."""
    svg = draw(map_of(shipped("vietnam-1972/case.yaml")))
    root = parsed(svg)
    for node in root.iter():
        if node.tag.removeprefix(SVG) in ("rect", "path", "polygon", "circle", "text"):
            assert re.fullmatch(r"none|#[0-9a-f]{6}", str(node.get("fill"))), node.attrib
    style = root.find(f"{SVG}style")
    assert style is not None
    assert style.text is not None
    assert style.text.startswith("@media all{")
    assert style.text.count("{") == style.text.count("}")
    assert "var(" not in re.sub(r"<style>.*?</style>", "", svg, flags=re.S)


def test_label_that_is_cut_stands_in_full_in_the_title() -> None:
    shown = map_of(shipped("us-taliban-2019/full.yaml"))
    cut = [state for state in shown.states if state.label[-1].endswith("…")]
    assert cut
    root = parsed(draw(shown))
    for state in cut:
        assert len(state.label) <= 3
        node = root.find(f".//{SVG}g[@data-state='{state.state}']/{SVG}title")
        assert node is not None
        assert node.text is not None
        assert state.words in node.text
        beginning = " ".join(state.label)[:20].split("…")[0]
        assert state.words.startswith(beginning)


def test_legend_names_only_what_occurs() -> None:
    def legend(name: str) -> str:
        root = parsed(draw(map_of(shipped(name))))
        (group,) = root.findall(f".//{SVG}g[@class='dm-legend']")
        return " ".join("".join(node.itertext()) for node in group.iter(f"{SVG}text"))

    trap, held = legend("kosovo-serbia-2023/case.yaml"), legend("iran-2021/case.yaml")
    assert "here the path breaks" in trap
    assert "here the path breaks" not in held
    assert "stop-proof path" in held
    none = legend("cyprus-2017/case.yaml")
    assert "suits everybody" not in none
    assert "path" not in none
    full = legend("us-taliban-2019/full.yaml")
    assert "1,380 states are hidden" in full
    assert "106 improvements to hidden states" in full


def test_cross_says_who_stops() -> None:
    root = parsed(draw(map_of(shipped("kosovo-serbia-2023/case.yaml"))))
    (mark,) = (
        node
        for node in root.iter()
        if node.get("class") == "dm-mark" and "would stop" in "".join(node.itertext())
    )
    assert mark.get("data-move") == "01>11"
    assert "Kosovo" in "".join(mark.itertext())


def test_joint_move_carries_both_letters() -> None:
    case = shipped("kosovo-serbia-2023/case.yaml")
    shown = state_map(diagnose(Scenario(case, (JointMove("11", ("kosovo", "serbia")),))))
    check(shown)
    assert "K+S" in draw(shown)


def test_description_tells_path_equilibria_and_what_is_hidden() -> None:
    told = map_of(shipped("us-taliban-2019/full.yaml")).told
    assert told.startswith("28 of 1,408 states")
    assert "Stop-proof path: Afghan government" in told
    assert "Equilibria under Nash:" in told
    assert "1,380 states are hidden" in told
    trap = map_of(shipped("kosovo-serbia-2023/case.yaml")).told
    assert "breaks at acceptance (01): Kosovo would stop" in trap


def test_case_without_status_quo_is_refused() -> None:
    with pytest.raises(CaseError, match="no status quo"):
        map_of(shipped("published/prisoners-dilemma.yaml"))


def test_dark_and_light_can_be_chosen_by_the_page() -> None:
    svg = draw(map_of(shipped("iran-2021/case.yaml")))
    for wanted in ("prefers-color-scheme:dark", "[data-theme=light] .dm", "[data-theme=dark] .dm"):
        assert wanted in svg
