"""General metarationality: every improvement can be answered by some move of the others."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from detente.concepts.concept import Concept, stays_where_assured
from detente.concepts.game import Game
from detente.engine.sanctions import Engine

__all__ = ["GMR"]


def literal(game: Game, party: str, state: str, sequences: str) -> bool:
    """For each s1 in R_i+(s) there is s2 in R_{N-i}(s1) with s2 in LE_i(s)."""
    return game.sanctioned(party, state, sequences, improving=False, escapes=False)


def array(engine: Engine, party: int) -> NDArray[np.bool_]:
    """The party is assured of the least payoff that the others' moves can force."""
    forced = engine.least_forced(party, escapes=False, improvements=False)
    return stays_where_assured(engine, party, forced)


GMR = Concept(
    id="gmr",
    name="general metarationality",
    abbreviation="GMR",
    source="Howard 1971",
    gloss="stays, because others could hit back, even at their own cost",
    definition=(
        "s is GMR stable for i iff for each s1 in R_i+(s) there is s2 in R_{N-i}(s1) "
        "with s2 in LE_i(s): the others can move on to a state no better for i than s."
    ),
    foresight="two moves: its own and an answer, whatever it costs the others",
    literal=literal,
    array=array,
    sanctions="moves",
)
