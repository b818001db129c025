"""Symmetric metarationality: a sanction that the mover cannot escape."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from detente.concepts.concept import Concept, stays_where_assured
from detente.concepts.game import Game
from detente.engine.sanctions import Engine

__all__ = ["SMR"]


def literal(game: Game, party: str, state: str, sequences: str) -> bool:
    """GMR, and every s3 in R_i(s2) is in LE_i(s) as well."""
    return game.sanctioned(party, state, sequences, improving=False, escapes=True)


def array(engine: Engine, party: int) -> NDArray[np.bool_]:
    """As GMR, with the party's best reply W in place of its payoff at the sanction."""
    forced = engine.least_forced(party, escapes=True, improvements=False)
    return stays_where_assured(engine, party, np.minimum(engine.payoff(party), forced))


SMR = Concept(
    id="smr",
    name="symmetric metarationality",
    abbreviation="SMR",
    source="Howard 1971",
    gloss="stays, because others could hit back and it could not escape",
    definition=(
        "s is SMR stable for i iff for each s1 in R_i+(s) there is s2 in R_{N-i}(s1) with s2 in "
        "LE_i(s) and every s3 in R_i(s2) in LE_i(s): no counter-move escapes the sanction."
    ),
    foresight="three moves: its own, an answer, and its own counter-move",
    literal=literal,
    array=array,
    implies=("gmr",),
    sanctions="moves",
    escapes=True,
)
