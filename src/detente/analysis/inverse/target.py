"""One target under changing preferences: what its stability depends on, as sets of bits.

For party i and target s let B be the states that i does not prefer to s. Whether s is stable for
i depends on i's preferences through B alone, and grows with it. It depends on the others'
preferences only where their answers must be improvements, and then through the set A_j of j's
moves that are improvements; it grows with these sets too. So a condition that takes every move of
the others for an improvement is necessary.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np

from detente.concepts.concept import Concept
from detente.engine.arrays import Arrays
from detente.engine.compile import compile_case
from detente.engine.states import cell_of, codes_of
from detente.model.case import Case
from detente.model.errors import CaseError, Where

__all__ = ["Bits", "TargetGame", "Tierlist", "bits_of"]

Bits: TypeAlias = int
"""A set of states (or of a party's moves) as the bits of a whole number."""

Tierlist: TypeAlias = tuple[int, ...]
"""The tier of every state, 0 for the best."""


def bits_of(bits: Bits) -> list[int]:
    """Return the members of a set, ascending."""
    found = []
    while bits:
        low = bits & -bits
        found.append(low.bit_length() - 1)
        bits ^= low
    return found


@dataclass(frozen=True)
class _Moves:
    """A party's moves: for each state the pairs (number of the move, where it leads)."""

    src: tuple[int, ...]
    dst: tuple[int, ...]
    of: tuple[tuple[tuple[int, int], ...], ...]
    reached: tuple[Bits, ...]


class TargetGame:
    """Stability of one target for given preferences.

    Args:
        case: the case.
        target: s, a feasible state: code or label.
        concept: the row of the table of concepts.
        sequences: ``legal``, ``once`` or ``single``.

    Raises:
        CaseError: if there is no such state, or it is infeasible.
    """

    def __init__(self, case: Case, target: str, concept: Concept, sequences: str) -> None:
        self.case = case
        self.concept = concept
        self.sequences = sequences
        self.arrays: Arrays = compile_case(case)
        self.codes = codes_of(case, self.arrays.states)
        self.parties = range(len(case.parties))
        name = case.state(target)
        self.target = int(self.arrays.position[cell_of(case, name)])
        if self.target < 0:
            raise CaseError(
                f"the target {name} is infeasible",
                where=Where(case.source),
                rule="a target is a feasible state",
                hint="'detente solve' lists the feasible states",
            )
        self._answers: dict[tuple[object, ...], Bits] = {}

    @cached_property
    def moves(self) -> tuple[_Moves, ...]:
        """Every party's moves between the feasible states."""
        found = []
        for i in self.parties:
            arcs = self.arrays.state_moves(i)
            src, dst = tuple(arcs.src.tolist()), tuple(arcs.dst.tolist())
            of: list[list[tuple[int, int]]] = [[] for _ in self.codes]
            reached = [0] * len(self.codes)
            for number, (start, end) in enumerate(zip(src, dst, strict=True)):
                of[start].append((number, end))
                reached[start] |= 1 << end
            found.append(_Moves(src, dst, tuple(map(tuple, of)), tuple(reached)))
        return tuple(found)

    @property
    def coupled(self) -> bool:
        """True if a party's stability depends on the others' preferences."""
        return self.concept.sanctions in ("improvements", "simultaneous")

    def tiers(self, party: int) -> Tierlist:
        """Return the tier of every state in the ranking that a party has now."""
        payoffs = self.arrays.state_payoffs(party)
        _, rank = np.unique(-payoffs.astype(np.int64), return_inverse=True)
        return tuple(rank.reshape(-1).tolist())

    def not_preferred(self, tiers: Sequence[int]) -> Bits:
        """Return B: the states that are not preferred to the target."""
        floor = tiers[self.target]
        return sum(1 << x for x, tier in enumerate(tiers) if tier >= floor)

    def improving(self, party: int, tiers: Sequence[int]) -> Bits:
        """Return A_j: the numbers of the party's moves that are improvements."""
        moves = self.moves[party]
        pairs = enumerate(zip(moves.src, moves.dst, strict=True))
        return sum(1 << number for number, (x, y) in pairs if tiers[y] < tiers[x])

    def stable(self, party: int, below: Bits, improving: Sequence[Bits | None]) -> bool:
        """Tell whether the target is stable for a party.

        Args:
            party: i.
            below: B.
            improving: A_j for each party; ``None``: take every move for an improvement.
        """
        tempting = self.moves[party].reached[self.target] & ~below
        return all(self.deterred(party, q, below, improving) for q in bits_of(tempting))

    def deterred(
        self, party: int, move: int, below: Bits, improving: Sequence[Bits | None]
    ) -> bool:
        """Tell whether the others can answer a move so that the party regrets it."""
        if self.concept.sanctions == "none":
            return False
        harmful = self.answers(party, move, improving) & below
        if not self.concept.escapes:
            return harmful != 0
        reached = self.moves[party].reached
        return any(not reached[k] & ~below for k in bits_of(harmful))

    def answers(self, party: int, move: int, improving: Sequence[Bits | None]) -> Bits:
        """Return the states to which the others can lead after a party's move."""
        others = [j for j in self.parties if j != party]
        arcs: list[Bits | None] = [None] * len(self.parties)
        if self.coupled:
            for j in others:
                arcs[j] = improving[j]
        key = (party, move, *arcs)
        if key not in self._answers:
            if self.concept.sanctions == "simultaneous":
                self._answers[key] = self._at_once(move, others, arcs)
            else:
                self._answers[key] = self._in_turn(move, others, arcs)
        return self._answers[key]

    def _in_turn(self, start: int, others: list[int], arcs: Sequence[Bits | None]) -> Bits:
        """R_{N-i}(q), or R_{N-i}+(q)."""
        found = 0
        seen = {(start, 0)}  # the state, and the parties that may not move next, as bits
        queue = deque(seen)
        while queue:
            here, barred = queue.popleft()
            for j in others:
                if barred >> j & 1:
                    continue
                able = arcs[j]
                next_barred = {"legal": 1 << j, "once": barred | 1 << j, "single": -1}
                for number, there in self.moves[j].of[here]:
                    if able is None or able >> number & 1:
                        found |= 1 << there
                        node = (there, next_barred[self.sequences])
                        if node not in seen:
                            seen.add(node)
                            queue.append(node)
        return found

    def _at_once(self, move: int, others: list[int], arcs: Sequence[Bits | None]) -> Bits:
        """SIM: the move combined with one or more of the others' improvements from the target."""
        cells = self.arrays.states
        start = int(cells[self.target])
        without = int(cells[move])
        combined = {without}
        for j in others:
            able = arcs[j]
            changes = [
                int(cells[there]) - start
                for number, there in self.moves[j].of[self.target]
                if able is None or able >> number & 1
            ]
            combined |= {cell + change for cell in combined for change in changes}
        position = self.arrays.position
        hits = (int(position[cell]) for cell in combined - {without})
        return sum(1 << state for state in hits if state >= 0)

    def relevant(self, party: int) -> Bits:
        """Return the states whose place above or below the target can matter to a party."""
        everything: list[Bits | None] = [None] * len(self.parties)
        moves = self.moves[party]
        found = moves.reached[self.target]
        if self.concept.sanctions == "none":
            return found
        for q in bits_of(found):
            answers = self.answers(party, q, everything)
            found |= answers
            if self.concept.escapes:
                for k in bits_of(answers):
                    found |= moves.reached[k]
        return found
