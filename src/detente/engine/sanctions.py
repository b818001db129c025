"""What the other parties can force: the array engine over feasible states.

For a party i and a function f over the states, M_i(t) is the least value of f that the other
parties can force from t, by sequences of their moves (or of their unilateral improvements).
The state t itself counts: it never changes a verdict, since f(t) exceeds the payoff compared.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from itertools import combinations

import numpy as np

from detente.engine.arrays import Arrays
from detente.engine.steps import ArcSteps, LineSteps, Steps, Values

__all__ = ["SEQUENCES", "Engine"]

SEQUENCES = ("legal", "once", "single")
"""Rules for sequences of sanctioning moves: ``legal``: nobody moves twice running; ``once``:
each party at most once, in any order; ``single``: one move."""


class Engine:
    """Kernels over the feasible states of one model.

    Args:
        arrays: the compiled case.
        sequences: one of :data:`SEQUENCES`.
    """

    def __init__(self, arrays: Arrays, sequences: str = "legal") -> None:
        if sequences not in SEQUENCES:
            raise ValueError(f"sequences must be one of {', '.join(SEQUENCES)}, not {sequences!r}")
        self.arrays = arrays
        self.sequences = sequences
        self.parties = range(len(arrays.parties))
        self.payoff = cache(self._payoff)
        self.steps = cache(self._steps)
        self.least_forced = cache(self._least_forced)
        self.best_reply = cache(self._best_reply)

    def _payoff(self, party: int) -> Values:
        """Return the party's payoffs, shape ``(..., N)``."""
        return self.arrays.state_payoffs(party).astype(np.int64)

    @property
    def _by_arcs(self) -> bool:
        """True if steps must leave the state: graph form, or the last mover is carried."""
        return self.arrays.listed is not None or self._carried

    @property
    def _carried(self) -> bool:
        return self.sequences == "legal" and not self.arrays.transitive

    def _steps(self, party: int) -> Steps:
        if self.arrays.parties[party].complete and not self._by_arcs:
            line, by_line = self.arrays.line(party), self.arrays.by_line(party)
            return LineSteps(line, by_line, self.payoff(party))
        return ArcSteps(self.arrays.state_moves(party), self.payoff(party))

    def best(self, party: int, values: Values) -> Values:
        """Return the greatest value over the state itself and the party's moves from it."""
        return np.maximum(values, self.steps(party).greatest(values))

    def _best_reply(self, party: int) -> Values:
        """Return W_i: the best payoff over each state and the party's moves from it."""
        return self.best(party, self.payoff(party))

    def _least_forced(self, party: int, *, escapes: bool, improvements: bool) -> Values:
        """Return M_i, shape ``(..., N)``.

        Args:
            party: i, the party that is sanctioned.
            escapes: take f = W_i (i may still react) instead of f = u_i.
            improvements: the others' steps must be unilateral improvements of the mover.
        """
        f = self.best_reply(party) if escapes else self.payoff(party)
        others = [j for j in self.parties if j != party]

        def step(j: int, values: Values) -> Values:
            steps = self.steps(j)
            return steps.least_by_improvement(values) if improvements else steps.least(values)

        if improvements:  # who is indifferent has none
            others = [j for j in others if not self.arrays.parties[j].indifferent]
        if self.sequences == "single":
            return _lowest(f, [step(j, f) for j in others])
        if self.sequences == "once":
            return _each_once(f, others, step)
        if self._carried:
            return _legal_carrying_mover(f, others, step)
        return _legal_transitive(f, others, step)


def _lowest(first: Values, rest: Sequence[Values]) -> Values:
    result = first.copy()
    for values in rest:
        np.minimum(result, values, out=result)
    return result


def _legal_transitive(
    f: Values, others: Sequence[int], step: Callable[[int, Values], Values]
) -> Values:
    """Fixpoint of min-propagation; a party's two moves in a row are one, so nothing is carried.

    It ends when as many steps in a row as there are others changed nothing; the step that changed
    something counts too, because the same party's next one would not.
    """
    result = f.copy()
    quiet = 0
    while quiet < len(others):
        for j in others:
            lower = np.minimum(result, step(j, result))
            quiet = quiet + 1 if np.array_equal(lower, result) else 1
            result = lower
            if quiet >= len(others):
                break
    return result


def _legal_carrying_mover(
    f: Values, others: Sequence[int], step: Callable[[int, Values], Values]
) -> Values:
    """Fixpoint that carries the last mover.

    ``after[j]`` is the least value that can be forced from a state to which j has just moved:
    the next mover is somebody else.
    """
    after = {j: f.copy() for j in others}
    changed = True
    while changed:
        changed = False
        for k in others:
            reached = step(k, after[k])
            for j in others:
                if j != k and (reached < after[j]).any():
                    np.minimum(after[j], reached, out=after[j])
                    changed = True
    return _lowest(f, [step(k, after[k]) for k in others])


def _each_once(f: Values, others: Sequence[int], step: Callable[[int, Values], Values]) -> Values:
    """Each party moves at most once: values for every set of parties that may still move."""
    left: dict[tuple[int, ...], Values] = {(): f}
    for size in range(1, len(others) + 1):
        larger = {}
        for able in combinations(others, size):
            next_steps = [step(k, left[tuple(j for j in able if j != k)]) for k in able]
            larger[able] = _lowest(f, next_steps)
        left = larger
    return left[tuple(others)]
