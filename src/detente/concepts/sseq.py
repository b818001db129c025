"""Symmetric sequential stability: a credible sanction that the mover cannot escape."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from detente.concepts.concept import Concept, stays_where_assured
from detente.concepts.game import Game
from detente.engine.sanctions import Engine

__all__ = ["SSEQ"]


def literal(game: Game, party: str, state: str, sequences: str) -> bool:
    """SEQ, and every s3 in R_i(s2) is in LE_i(s) as well."""
    return game.sanctioned(party, state, sequences, improving=True, escapes=True)


def array(engine: Engine, party: int) -> NDArray[np.bool_]:
    """As SEQ, with the party's best reply W in place of its payoff at the sanction."""
    forced = engine.least_forced(party, escapes=True, improvements=True)
    return stays_where_assured(engine, party, np.minimum(engine.payoff(party), forced))


SSEQ = Concept(
    id="sseq",
    name="symmetric sequential stability",
    abbreviation="SSEQ",
    source="Rego and Vieira 2017",
    gloss="stays, because others could hit back in their own interest and it could not escape",
    definition=(
        "s is SSEQ stable for i iff for each s1 in R_i+(s) there is s2 in R_{N-i}+(s1) with s2 in "
        "LE_i(s) and every s3 in R_i(s2) in LE_i(s): as SMR, with credible answers only."
    ),
    foresight="three moves: its own, a credible answer, and its own counter-move",
    literal=literal,
    array=array,
    implies=("seq", "smr", "gmr"),
    sanctions="improvements",
    escapes=True,
)
