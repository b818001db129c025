"""Simultaneous stability: the others improve at the same time, and the sum is no gain."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
from numpy.typing import NDArray

from detente.concepts.concept import Concept
from detente.concepts.game import Game
from detente.engine.sanctions import Engine
from detente.engine.simultaneous import simultaneously_deterred

__all__ = ["SIM"]


def literal(game: Game, party: str, state: str, sequences: str) -> bool:
    """For each UI of i, some others take UIs of their own from s at once, and i does not gain."""
    own_moves = {j: game.improvements(j, state) for j in game.others(party)}
    able = [j for j, moves in own_moves.items() if moves]
    known = frozenset(game.states)
    for s1 in game.improvements(party, state):
        combined = (
            _combine(game, state, {party: s1, **dict(zip(group, moves, strict=True))})
            for size in range(1, len(able) + 1)
            for group in combinations(able, size)
            for moves in product(*(own_moves[j] for j in group))
        )
        if not any(s2 in known and game.not_better(party, s2, than=state) for s2 in combined):
            return False
    return True


def _combine(game: Game, state: str, moves: dict[str, str]) -> str:
    """Apply several parties' moves at once: each changes its own digits of the code."""
    return "".join(
        moves[owner][k] if owner in moves else digit
        for k, (owner, digit) in enumerate(zip(game.owners, state, strict=True))
    )


def array(engine: Engine, party: int) -> NDArray[np.bool_]:
    """Every combination of simultaneous improvements, in chunks of states."""
    return simultaneously_deterred(engine.arrays, party)


SIM = Concept(
    id="sim",
    name="simultaneous stability",
    abbreviation="SIM",
    source="Fraser and Hipel 1984",
    gloss="stays, because if others improve at the same time it gains nothing",
    definition=(
        "s is SIM stable for i iff for each UI of i from s there is a non-empty set of other "
        "parties, each taking one of its own UIs from s, all at once, such that the combined "
        "change, i's included, leads to a feasible state in LE_i(s)."
    ),
    foresight="one move, made at the same time as the others'",
    literal=literal,
    array=array,
    sanctions="simultaneous",
    forms=("option",),
)
