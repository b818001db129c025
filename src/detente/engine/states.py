"""Between cells and the names of states."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from detente.model.case import Case

__all__ = ["cell_of", "code_of", "codes_of"]


def cell_of(case: Case, state: str) -> int:
    """Return the cell of a state given by its canonical id (code or label)."""
    if case.graph is not None:
        return case.cell_of_label[state]
    cell = 0
    for option, level in zip(case.options, case.levels(state), strict=True):
        cell = cell * len(option.levels) + level
    return cell


def code_of(case: Case, cell: int) -> str:
    """Return the canonical id of the state in a cell."""
    return codes_of(case, np.array([cell]))[0]


def codes_of(case: Case, cells: NDArray[np.int64]) -> tuple[str, ...]:
    """Return the canonical ids of many cells at once."""
    if case.graph is not None:
        return tuple(case.graph.states[cell] for cell in cells.tolist())
    if not len(cells):
        return ()
    digits = np.empty((len(cells), len(case.options)), dtype=np.uint8)
    rest = cells
    for k in reversed(range(len(case.options))):
        rest, digits[:, k] = np.divmod(rest, len(case.options[k].levels))
    digits += ord("0")
    return tuple(digits.view(f"S{digits.shape[1]}").reshape(-1).astype(str).tolist())
