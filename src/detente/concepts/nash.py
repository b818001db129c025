"""Nash stability: no unilateral improvement."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from detente.concepts.concept import Concept, stays_where_assured
from detente.concepts.game import Game
from detente.engine.sanctions import Engine

__all__ = ["NASH"]


def literal(game: Game, party: str, state: str, sequences: str) -> bool:
    """R_i+(s) is empty."""
    return not game.improvements(party, state)


def array(engine: Engine, party: int) -> NDArray[np.bool_]:
    """The party is assured of whatever its move brings: nobody answers."""
    return stays_where_assured(engine, party, engine.payoff(party))


NASH = Concept(
    id="nash",
    name="Nash stability",
    abbreviation="Nash",
    source="Nash 1950, 1951; also called rationality (R)",
    gloss="stays, because no move of its own is an improvement",
    definition="s is Nash stable for i iff R_i+(s) is empty: i has no unilateral improvement.",
    foresight="one move: its own",
    literal=literal,
    array=array,
    implies=("sseq", "seq", "smr", "gmr", "sim"),
)
