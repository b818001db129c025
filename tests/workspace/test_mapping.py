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
