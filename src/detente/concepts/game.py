"""A case as sets, straight from the definitions: the slow and literal twin of the arrays.

Nothing here uses the engine. States are codes or labels, moves are sets, payoffs are exact
numbers. It refuses models above a few thousand states.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import TypeAlias

from detente.model.case import Case
from detente.model.errors import CaseError, Where
from detente.model.parts import Party, Preferences, Priorities, Ranking

__all__ = ["MOST_STATES", "Game", "Payoff", "State"]

State: TypeAlias = str
Payoff: TypeAlias = "int | Fraction"

MOST_STATES = 5000
"""Most states, or combinations of levels, that the literal algorithm accepts."""


@dataclass(frozen=True)
class Game:
    """States, moves and payoffs as plain sets and dictionaries.

    Attributes:
        parties: ids, in declared order.
        states: the feasible states, in the order of their codes (or as declared).
        moves: party -> state -> R_i(s), the states that it reaches in one move.
        payoffs: party -> state -> payoff; greater is better.
        owners: option form: the owner of each digit of a code; ``()`` in graph form.
    """

    parties: tuple[str, ...]
    states: tuple[State, ...]
    moves: dict[str, dict[State, frozenset[State]]]
    payoffs: dict[str, dict[State, Payoff]]
    owners: tuple[str, ...] = ()

    @staticmethod
    def of(case: Case) -> Game:
        """Build the game of a case.

        Raises:
            CaseError: if it is too large for literal treatment.
        """
        if case.cells > MOST_STATES:
            raise CaseError(
                f"the literal algorithm does not take {case.cells:,} states",
                where=Where(case.source),
                rule=f"at most {MOST_STATES:,}",
                hint="use the array algorithm",
            )
        states = tuple(_states(case))
        known = frozenset(states)
        moves = {
            party.id: {s: frozenset(_moves(case, party, s)) & known for s in states}
            for party in case.parties
        }
        payoffs = {
            party.id: {s: _payoff(case, party.preferences, s) for s in states}
            for party in case.parties
        }
        owners = tuple(option.owner for option in case.options)
        return Game(case.party_ids, states, moves, payoffs, owners)

    def others(self, party: str) -> tuple[str, ...]:
        """N - i."""
        return tuple(other for other in self.parties if other != party)

    def reached(self, party: str, state: State) -> frozenset[State]:
        """R_i(s)."""
        return self.moves[party][state]

    def improvements(self, party: str, state: State) -> frozenset[State]:
        """R_i+(s): the unilateral improvements."""
        own = self.payoffs[party]
        return frozenset(q for q in self.moves[party][state] if own[q] > own[state])

    def not_better(self, party: str, state: State, than: State) -> bool:
        """Tell whether ``state`` is in LE_i(than)."""
        return self.payoffs[party][state] <= self.payoffs[party][than]

    def sequences(
        self, movers: Iterable[str], state: State, rule: str, *, improving: bool
    ) -> frozenset[State]:
        """R_H(s), or R_H+(s) if ``improving``: where sequences of moves of H can lead.

        Args:
            movers: H.
            state: where the sequences start.
            rule: ``legal`` (nobody moves twice running), ``once`` (each at most once) or
                ``single`` (one move).
            improving: every step must be an improvement for its mover from the state it leaves.
        """
        able = tuple(movers)
        found: set[State] = set()
        start = (state, frozenset[str]())  # the state, and who may not move next
        seen = {start}
        queue = deque([start])
        while queue:
            here, barred = queue.popleft()
            for j in able:
                if j in barred:
                    continue
                steps = self.improvements(j, here) if improving else self.reached(j, here)
                for there in steps:
                    found.add(there)
                    next_barred = {
                        "legal": frozenset({j}),
                        "once": barred | {j},
                        "single": frozenset(able),
                    }[rule]
                    node = (there, next_barred)
                    if node not in seen:
                        seen.add(node)
                        queue.append(node)
        return frozenset(found)

    def sanctioned(
        self, party: str, state: State, rule: str, *, improving: bool, escapes: bool
    ) -> bool:
        """Tell whether the others can answer every unilateral improvement of a party.

        For each s1 in R_i+(s) there is s2 in R_{N-i}(s1), or R_{N-i}+(s1) if ``improving``, with
        s2 in LE_i(s) and, if ``escapes``, every s3 in R_i(s2) in LE_i(s) as well.
        """
        return all(
            any(
                self.not_better(party, s2, than=state)
                and not (escapes and self._escapes(party, s2, state))
                for s2 in self.sequences(self.others(party), s1, rule, improving=improving)
            )
            for s1 in self.improvements(party, state)
        )

    def _escapes(self, party: str, sanction: State, state: State) -> bool:
        """Tell whether some counter-move from the sanction is better than ``state``."""
        return not all(
            self.not_better(party, s3, than=state) for s3 in self.reached(party, sanction)
        )


def _states(case: Case) -> Iterator[State]:
    if case.graph is not None:
        yield from case.graph.states
        return
    for levels in product(*(range(len(option.levels)) for option in case.options)):
        if not any(item.excludes(levels) for item in case.infeasible):
            yield "".join(map(str, levels))


def _moves(case: Case, party: Party, state: State) -> Iterator[State]:
    """Yield the codes that one move of the party reaches, feasible or not."""
    if case.graph is not None:
        for start, end in case.graph.moves.get(party.id, ()):
            if start == state:
                yield end
        return
    choices = []
    for option, digit in zip(case.options, state, strict=True):
        level = int(digit)
        ends = {level}
        if option.owner == party.id:
            ends |= {end for start, end in option.arcs if start == level}
        choices.append(sorted(ends))
    for levels in product(*choices):
        code = "".join(map(str, levels))
        if code != state:
            yield code


def _payoff(case: Case, preferences: Preferences | None, state: State) -> Payoff:
    if preferences is None:
        return 0
    if isinstance(preferences, Ranking):
        for rank, tier in enumerate(preferences.tiers):
            if state in tier:
                return -rank
        raise CaseError(f"a ranking misses state {state}", where=preferences.where)
    levels = case.levels(state)
    if isinstance(preferences, Priorities):
        last = len(preferences.clauses) - 1
        total: int = sum(
            1 << (last - j)
            for j, clause in enumerate(preferences.clauses)
            if clause.statement.holds(levels)
        )
        return total
    weights = [Fraction(w) for clause, w in preferences.clauses if clause.statement.holds(levels)]
    return sum(weights)
