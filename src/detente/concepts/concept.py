"""What a solution concept is: a row of the table of concepts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from detente.concepts.game import Game
from detente.engine.sanctions import Engine
from detente.engine.steps import Values

__all__ = ["ArrayRule", "Concept", "LiteralRule", "stays_where_assured"]

LiteralRule: TypeAlias = Callable[[Game, str, str, str], bool]
"""(game, party, state, sequence rule) -> is the state stable for the party?"""

ArrayRule: TypeAlias = Callable[[Engine, int], NDArray[np.bool_]]
"""(engine, party index) -> stability of every state for the party, shape ``(..., N)``."""


@dataclass(frozen=True)
class Concept:
    """A solution concept.

    Attributes:
        id: what commands and files call it.
        name, abbreviation: as in the literature.
        source: where it was defined.
        gloss: one line for people: "stays, because …".
        definition: the definition, in words and symbols.
        foresight: how far the mover looks, in words.
        literal, array: the two algorithms.
        implies: ids of the concepts under which every stable state is stable too.
        sanctions: how the others may answer: ``none``, ``moves``, ``improvements`` or
            ``simultaneous``.
        escapes: True if the mover may react to the sanction.
        forms: the forms of a case for which it is defined.
    """

    id: str
    name: str
    abbreviation: str
    source: str
    gloss: str
    definition: str
    foresight: str
    literal: LiteralRule
    array: ArrayRule
    implies: tuple[str, ...] = ()
    sanctions: str = "none"
    escapes: bool = False
    forms: tuple[str, ...] = ("option", "graph")


def stays_where_assured(engine: Engine, party: int, assured: Values) -> NDArray[np.bool_]:
    """Return where a party stays, given the payoff it is assured of after each move.

    A unilateral improvement t of s is deterred iff the others can bring the party to
    M(t) <= u(s). With ``assured`` m(t) = min(u(t), M(t)), an improvement is undeterred iff
    m(t) > u(s), and since m(t) <= u(t) every move t with m(t) > u(s) is an improvement. So s is
    stable iff the greatest m over the party's moves from s is at most u(s).

    Args:
        engine: the kernels.
        party: index of the party.
        assured: m over the states, shape ``(..., N)``.
    """
    return engine.best(party, assured) <= engine.payoff(party)
