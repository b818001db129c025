"""Draw the map of states of a diagnosis, and write it to a file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from detente.model.errors import CaseError, Where
from detente.workspace.casefiles import write_text

if TYPE_CHECKING:
    from detente.analysis.deadlock.verdicts import Diagnosis

__all__ = ["check_map_file", "write_map"]


def check_map_file(path: str | os.PathLike[str] | None) -> None:
    """Refuse a name for a map before anything is computed.

    Raises:
        CaseError: if the name does not end in ``.svg``.
    """
    if path is None:
        return
    where = Where(str(path))
    if Path(path).suffix.lower() != ".svg":
        raise CaseError(
            "a map cannot be written to this file",
            where=where,
            rule="a map is SVG, and its file name ends in .svg",
            hint=f"name it {Path(path).stem or 'map'}.svg, for instance",
        )


def write_map(result: Diagnosis, path: str | os.PathLike[str]) -> None:
    """Write the map of states of a diagnosis as an SVG file, in one step.

    Args:
        result: the diagnosis.
        path: where to; nothing is overwritten.

    Raises:
        CaseError: if the name does not end in ``.svg``, the file exists or cannot be written.
    """
    from detente.report.figures.building import state_map
    from detente.report.figures.drawing import draw

    check_map_file(path)
    write_text(path, draw(state_map(result)))
