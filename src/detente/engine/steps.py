"""One step of one party, over all feasible states at once.

A step takes values v over the states, shape ``(..., N)``, and returns for each state the least
(or greatest) value among the states that the party can move to. Where all of a party's moves
are possible (:class:`LineSteps`) this is a reduction over lines; otherwise (:class:`ArcSteps`)
it is a reduction over arcs. Leading axes are preference profiles and are carried along.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from detente.engine.moves import StateMoves

__all__ = ["NEVER", "ArcSteps", "LineSteps", "Steps", "Values"]

Values = NDArray[np.int64]
"""Values over feasible states, shape ``(..., N)``."""

NEVER = np.int64(1) << np.int64(62)
"""Greater than every payoff: the least value over no states."""


class Steps(Protocol):
    """The steps of one party."""

    def least(self, values: Values) -> Values:
        """Return the least value among the states that one move reaches."""

    def greatest(self, values: Values) -> Values:
        """Return the greatest value among the states that one move reaches."""

    def least_by_improvement(self, values: Values) -> Values:
        """Return the least value among the unilateral improvements."""


@dataclass(frozen=True)
class LineSteps:
    """Steps of a party that can go from any of its joint levels to any other.

    The state itself counts as reached by :meth:`least` and :meth:`greatest`. Use them where
    staying does no harm.

    Attributes:
        line: number of each state's line along the party's axis, dense, shape ``(N,)``.
        by_line: the states sorted by their line, shape ``(N,)``.
        payoffs: the party's payoffs, shape ``(..., N)``.
    """

    line: NDArray[np.int64]
    by_line: NDArray[np.int32]
    payoffs: Values

    @cached_property
    def _starts(self) -> NDArray[np.int64]:
        """Where each line begins in :attr:`by_line`."""
        lines = self.line.take(self.by_line)
        first = np.ones(len(lines), dtype=np.bool_)
        first[1:] = lines[1:] != lines[:-1]
        return np.flatnonzero(first)

    def least(self, values: Values) -> Values:
        """Return the least value on each state's line."""
        return self._folded(np.minimum, values)

    def greatest(self, values: Values) -> Values:
        """Return the greatest value on each state's line."""
        return self._folded(np.maximum, values)

    def _folded(self, fold: np.ufunc, values: Values) -> Values:
        sorted_values = values.take(self.by_line, axis=-1)
        folded: Values = fold.reduceat(sorted_values, self._starts, axis=-1)
        return folded.take(self.line, axis=-1)

    @cached_property
    def _by_payoff(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
        """Order by line and payoff; where the strictly better states begin; whether any do."""
        keys = self.line * (self.payoffs.max() - self.payoffs.min() + 1) + self.payoffs
        order = np.argsort(keys, axis=-1)
        ranked = np.take_along_axis(keys, order, axis=-1)
        count = ranked.shape[-1]
        begins = np.full(ranked.shape, count, dtype=np.int64)
        begins[..., :-1] = np.where(ranked[..., 1:] != ranked[..., :-1], np.arange(1, count), count)
        better = np.minimum.accumulate(begins[..., ::-1], axis=-1)[..., ::-1]
        lines = self.line[order]
        inside = np.minimum(better, count - 1)
        exists = (better < count) & (np.take_along_axis(lines, inside, axis=-1) == lines)
        return order, inside, exists

    def least_by_improvement(self, values: Values) -> Values:
        """Return the least value among the strictly better states of each state's line.

        The values are taken in the order of the party's payoffs, line after line; a running
        minimum from the right gives the least value from any place to the end of its line,
        because each line is lifted above the line on its left.
        """
        order, better, exists = self._by_payoff
        lift = self.line[order] * (values.max() - values.min() + 1)
        lifted = np.take_along_axis(values, order, axis=-1) + lift
        least = np.minimum.accumulate(lifted[..., ::-1], axis=-1)[..., ::-1]
        found = np.take_along_axis(least, better, axis=-1) - lift
        result = np.empty_like(values)
        np.put_along_axis(result, order, np.where(exists, found, NEVER), axis=-1)
        return result


@dataclass(frozen=True)
class ArcSteps:
    """Steps of a party whose moves are listed as arcs; staying is not among them.

    Attributes:
        moves: the arcs between states.
        payoffs: the party's payoffs, shape ``(..., N)``.
    """

    moves: StateMoves
    payoffs: Values

    @cached_property
    def _improving(self) -> NDArray[np.bool_]:
        return self.payoffs[..., self.moves.dst] > self.payoffs[..., self.moves.src]

    def _reduced(self, over_arcs: Values) -> Values:
        result = np.full((*over_arcs.shape[:-1], self.moves.size), NEVER, dtype=np.int64)
        if over_arcs.shape[-1]:
            least = np.minimum.reduceat(over_arcs, self.moves.starts, axis=-1)
            result[..., self.moves.movers] = least
        return result

    def least(self, values: Values) -> Values:
        """Return the least value among the targets, :data:`NEVER` where there are none."""
        return self._reduced(values[..., self.moves.dst])

    def greatest(self, values: Values) -> Values:
        """Return the greatest value among the targets, ``-NEVER`` where there are none."""
        return -self.least(-values)

    def least_by_improvement(self, values: Values) -> Values:
        """Return the least value among the targets that are improvements, or :data:`NEVER`."""
        return self._reduced(np.where(self._improving, values[..., self.moves.dst], NEVER))
