"""Small cases for tests: compiled draws, and a few written by hand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from strategies_cases import Drawn

from detente.concepts.game import Game
from detente.engine.arrays import Arrays
from detente.engine.compile import compile_case
from detente.model.case import Case
from detente.model.loading import parse_case

RULES = ("legal", "once", "single")


@dataclass(frozen=True)
class Sample:
    """A drawn model as detente sees it."""

    drawn: Drawn

    @cached_property
    def case(self) -> Case:
        return parse_case(self.drawn.text())

    @cached_property
    def arrays(self) -> Arrays:
        return compile_case(self.case)

    @cached_property
    def game(self) -> Game:
        return Game.of(self.case)


def compiled(text: str) -> Arrays:
    return compile_case(parse_case(text))


def graph(moves: dict[str, str], payoffs: dict[str, str], status_quo: str = "") -> Case:
    """A graph-form case in shorthand: moves ``{"p": "ab bc"}`` (a to b, b to c), payoffs
    ``{"p": "a>bc"}`` (a is better than b and c, which are equally good; empty: indifferent)."""
    labels = sorted({label for arcs in moves.values() for label in arcs.replace(" ", "")})
    lines = ["detente: 1", "parties:"]
    for party, order in payoffs.items():
        tiers = ", ".join(f"[{', '.join(tier)}]" for tier in order.split(">") if tier)
        wish = f" {{preferences: {{ranking: [{tiers}]}}}}" if tiers else " {}"
        lines.append(f"  {party}:{wish}")
    lines += [f"states: [{', '.join(labels)}]", "moves:"]
    for party, arcs in moves.items():
        starts = dict.fromkeys(arc[0] for arc in arcs.split())
        ends = {s: [arc[1] for arc in arcs.split() if arc[0] == s] for s in starts}
        listed = ", ".join(f"{s}: [{', '.join(e)}]" for s, e in ends.items())
        lines.append(f"  {party}: {{{listed}}}")
    if status_quo:
        lines.append(f"status_quo: {status_quo}")
    return parse_case("\n".join(lines))
