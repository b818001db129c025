"""Writing a map: in one step, to an SVG file, over nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from commandline import TWO_STEP

from detente.model.errors import CaseError
from detente.workspace.diagnosing import diagnose_file
from detente.workspace.mapping import check_map_file, write_map


def test_map_is_written_as_the_drawing(tmp_path: Path) -> None:
    path = tmp_path / "map.svg"
    write_map(diagnose_file(TWO_STEP), path)
    assert path.read_text("utf-8").startswith("<svg ")
    assert [p.name for p in tmp_path.iterdir()] == ["map.svg"]


def test_map_overwrites_nothing(tmp_path: Path) -> None:
    path = tmp_path / "map.svg"
    path.write_text("mine", "utf-8")
    with pytest.raises(CaseError, match="exists already"):
        write_map(diagnose_file(TWO_STEP), path)
    assert path.read_text("utf-8") == "mine"


@pytest.mark.parametrize("name", ["map.png", "map", "map.svg.txt", ""])
def test_map_of_another_kind_is_refused(name: str) -> None:
    with pytest.raises(CaseError, match=r"ends in \.svg"):
        check_map_file(name)


@pytest.mark.parametrize("name", [None, "map.svg", "some/MAP.SVG"])
def test_name_of_a_map_is_accepted(name: str | None) -> None:
    check_map_file(name)


def test_map_of_an_unreviewed_draft_says_so(tmp_path: Path) -> None:
    case = tmp_path / "draft.yaml"
    text = Path(TWO_STEP).read_text("utf-8")
    marked = text.replace("about: >-\n", "about: >-\n  UNREVIEWED DRAFT: all of it.\n")
    case.write_text(marked, "utf-8")
    write_map(diagnose_file(str(case)), tmp_path / "draft.svg")
    drawn = (tmp_path / "draft.svg").read_text("utf-8")
    described, rest = drawn.split("</desc>")
    assert "Unreviewed draft" in described
    assert "Unreviewed draft" in rest
    write_map(diagnose_file(TWO_STEP), tmp_path / "map.svg")
    assert "Unreviewed" not in (tmp_path / "map.svg").read_text("utf-8")
