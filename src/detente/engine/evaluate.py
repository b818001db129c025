"""Truth of statements over all combinations of levels, by broadcasting.

A statement about two options needs an array of the size of those two axes only; the full array
is touched once, when the result is added to a score or to the mask of feasible states.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from detente.model.parts import Infeasible, Pattern
from detente.model.statement import OPERATORS, And, Atom, If, Iff, Not, Or, Statement

__all__ = ["Truth", "feasible_cells", "truth"]

Truth: TypeAlias = NDArray[np.bool_]
"""A boolean array that broadcasts over the option axes: axis k has length 1 or L_k."""


def truth(statement: Statement, levels: Sequence[int]) -> Truth:
    """Return where a statement is true.

    Args:
        statement: the syntax tree.
        levels: number of levels L_k of every option, in declared order.

    Returns:
        Boolean array with one axis per option, of length L_k where the statement speaks of
        option k and 1 elsewhere.
    """
    match statement:
        case Atom(option, op, level):
            count = levels[option]
            values = [OPERATORS[op](at, level) for at in range(count)]
            shape = [count if axis == option else 1 for axis in range(len(levels))]
            return np.array(values, dtype=np.bool_).reshape(shape)
        case Not(part):
            return np.logical_not(truth(part, levels))
        case And(parts):
            return _fold(np.logical_and, parts, levels)
        case Or(parts):
            return _fold(np.logical_or, parts, levels)
        case If(left, right):
            return np.logical_or(truth(left, levels), np.logical_not(truth(right, levels)))
        case Iff(left, right):
            return np.equal(truth(left, levels), truth(right, levels))
    raise TypeError(f"{type(statement).__name__} is not a statement")


def _fold(ufunc: np.ufunc, parts: Sequence[Statement], levels: Sequence[int]) -> Truth:
    result = truth(parts[0], levels)
    for part in parts[1:]:
        result = ufunc(result, truth(part, levels))
    return result


def feasible_cells(infeasible: Sequence[Infeasible], levels: Sequence[int]) -> NDArray[np.bool_]:
    """Return which combinations of levels are feasible.

    Returns:
        Boolean array of shape ``(prod(levels),)``, in C order of the option axes.
    """
    shape = tuple(levels)
    mask = np.ones(shape, dtype=np.bool_)
    for item in infeasible:
        if isinstance(item, Pattern):
            cut = tuple(slice(None) if at is None else at for at in item.levels)
            mask[cut] = False
        else:
            np.logical_and(mask, np.logical_not(truth(item.statement, levels)), out=mask)
    return mask.reshape(-1)
