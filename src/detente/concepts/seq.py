"""Sequential stability: the answer must be in the others' own interest."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from detente.concepts.concept import Concept, stays_where_assured
from detente.concepts.game import Game
from detente.engine.sanctions import Engine

__all__ = ["SEQ"]


def literal(game: Game, party: str, state: str, sequences: str) -> bool:
    """For each s1 in R_i+(s) there is s2 in R_{N-i}+(s1) with s2 in LE_i(s)."""
    return game.sanctioned(party, state, sequences, improving=True, escapes=False)


def array(engine: Engine, party: int) -> NDArray[np.bool_]:
    """The party is assured of the least payoff that the others' improvements can force."""
    forced = engine.least_forced(party, escapes=False, improvements=True)
    return stays_where_assured(engine, party, forced)


SEQ = Concept(
    id="seq",
    name="sequential stability",
    abbreviation="SEQ",
    source="Fraser and Hipel 1979, 1984",
    gloss="stays, because others could hit back in their own interest",
    definition=(
        "s is SEQ stable for i iff for each s1 in R_i+(s) there is s2 in R_{N-i}+(s1) with s2 in "
        "LE_i(s): as GMR, but every step of the answer improves on the state that its mover leaves."
    ),
    foresight="two moves: its own and a credible answer",
    literal=literal,
    array=array,
    implies=("gmr",),
    sanctions="improvements",
)
