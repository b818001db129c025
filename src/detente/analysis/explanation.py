"""Why a state is stable or not for a party: moves, sanctions and counter-moves, as data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import product
from typing import Any

import numpy as np

from detente.analysis.results import Displayed, Origin
from detente.analysis.stability import check_sequences
from detente.concepts.concept import Concept
from detente.concepts.table import choose
from detente.engine.arrays import Arrays
from detente.engine.compile import compile_case
from detente.engine.sanctions import Engine
from detente.engine.states import cell_of, code_of
from detente.model.case import Case
from detente.model.errors import CaseError, Where

__all__ = ["Answer", "Explanation", "Improvement", "Step", "Why", "feasible_state", "why"]


@dataclass(frozen=True, slots=True)
class Step:
    """One move of one party.

    Attributes:
        party: who moves.
        start, end: the states.
        improves: True if the mover strictly prefers ``end``.
    """

    party: str
    start: str
    end: str
    improves: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """How the others can answer an improvement.

    Attributes:
        sanction: the state to which they lead.
        steps: the moves that lead there; for SIM all start in the state explained.
        counter_moves: where the first mover can go from the sanction.
        escape: the counter-move by which it is better off after all, if there is one.
    """

    sanction: str
    steps: tuple[Step, ...]
    counter_moves: tuple[str, ...] = ()
    escape: str | None = None


@dataclass(frozen=True, slots=True)
class Improvement:
    """A unilateral improvement and what it leads to.

    Attributes:
        to: the state moved to.
        deterred: True if the concept's sanction exists.
        answer: that sanction, by a shortest sequence; ``None`` if there is none.
        dismissed: an answer that would hurt but does not count, if there is no sanction.
        dismissed_because: ``"not-credible"`` (a step is no improvement for its mover) or
            ``"escaped"`` (the first mover has a counter-move).
    """

    to: str
    deterred: bool
    answer: Answer | None = None
    dismissed: Answer | None = None
    dismissed_because: str | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """The verdict on one state, for one party, under one concept.

    Attributes:
        concept: id of the solution concept.
        party: id of the party.
        stable: True if the party would stay.
        improvements: its unilateral improvements from the state, best first.
        other_moves: its other moves from the state: no improvement for it.
    """

    concept: str
    party: str
    stable: bool
    improvements: tuple[Improvement, ...]
    other_moves: tuple[str, ...]


@dataclass(frozen=True)
class Why(Displayed):
    """The result of :func:`why`: explanations for one state, by concept and party."""

    case: Case
    origin: Origin
    state: str
    explanations: tuple[Explanation, ...]

    def of(self, concept: str, party: str) -> Explanation:
        """Return the explanation for a concept and a party, by ids."""
        for explanation in self.explanations:
            if (explanation.concept, explanation.party) == (concept, party):
                return explanation
        raise KeyError((concept, party))

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON document of ``detente why --json``."""
        return {
            **self.origin.to_dict(),
            "state": self.state,
            "explanations": [asdict(explanation) for explanation in self.explanations],
        }

    def to_pandas(self) -> Any:
        """Return a data frame with a row for each improvement."""
        import pandas

        rows = [
            {
                "concept": e.concept,
                "party": e.party,
                "stable": e.stable,
                "improvement": i.to,
                "deterred": i.deterred,
                "sanction": i.answer.sanction if i.answer else None,
                "movers": ", ".join(s.party for s in i.answer.steps) if i.answer else None,
            }
            for e in self.explanations
            for i in e.improvements
        ]
        columns = ["concept", "party", "stable", "improvement", "deterred", "sanction", "movers"]
        return self.origin.marked(pandas.DataFrame(rows, columns=columns))


def feasible_state(case: Case, arrays: Arrays, name: str) -> int:
    """Return the index of the state called ``name`` among the feasible states.

    Raises:
        CaseError: if there is no such state, or it is infeasible.
    """
    state = case.state(name)
    position = int(arrays.position[cell_of(case, state)])
    if position < 0:
        raise CaseError(
            f"the state {state} is infeasible",
            where=Where(case.source),
            rule="it is excluded under 'infeasible'",
            hint="'detente solve' lists the feasible states",
        )
    return position


def why(
    case: Case,
    state: str,
    party: str | None = None,
    concepts: Iterable[str] | None = None,
    sequences: str = "legal",
) -> Why:
    """Explain why a state is stable or not.

    Args:
        case: the case.
        state: code or label.
        party: id of the party; ``None`` for all parties.
        concepts: ids of solution concepts; ``None`` for all that apply.
        sequences: rule for sequences of sanctioning moves, as in
            :func:`~detente.analysis.stability.solve`.

    Raises:
        CaseError: for an unknown or infeasible state, or an unknown party or concept.
    """
    rule = check_sequences(sequences)
    chosen = choose(case, concepts)
    arrays = compile_case(case)
    index = feasible_state(case, arrays, state)
    parties = case.party_ids if party is None else (case.party(party).id,)
    inquiry = _Inquiry(case, arrays, rule)
    explanations = tuple(
        inquiry.explain(concept, case.party_ids.index(name), index)
        for name in parties
        for concept in chosen
    )
    return Why(case, Origin.of(case, rule), inquiry.name(index), explanations)


WALKED_STATES = 20_000
"""Above this many states, the kernels say beforehand whether a search for an answer can succeed."""

_Path = tuple[tuple[int, int, int], ...]
"""Moves as (party, state left, state reached)."""


class _Inquiry:
    """Walks through the moves of a compiled case, from one state."""

    def __init__(self, case: Case, arrays: Arrays, rule: str) -> None:
        self.case = case
        self.arrays = arrays
        self.rule = rule
        self.engine = Engine(arrays, rule)
        self.payoffs = [arrays.state_payoffs(i) for i in range(len(arrays.parties))]

    def name(self, state: int) -> str:
        return code_of(self.case, int(self.arrays.states[state]))

    def targets(self, party: int, state: int) -> list[int]:
        found: list[int] = self.arrays.expand(party, np.array([state]))[1].tolist()
        return found

    def improves(self, party: int, start: int, end: int) -> bool:
        return bool(self.payoffs[party][end] > self.payoffs[party][start])

    def explain(self, concept: Concept, party: int, state: int) -> Explanation:
        own = self.payoffs[party]
        moves = self.targets(party, state)
        better = [t for t in moves if own[t] > own[state]]
        better.sort(key=lambda t: (-int(own[t]), t))
        improvements = tuple(self._improvement(concept, party, state, t) for t in better)
        return Explanation(
            concept=concept.id,
            party=self.case.party_ids[party],
            stable=all(improvement.deterred for improvement in improvements),
            improvements=improvements,
            other_moves=tuple(self.name(t) for t in moves if own[t] <= own[state]),
        )

    def _improvement(self, concept: Concept, party: int, state: int, to: int) -> Improvement:
        if concept.sanctions == "none":
            return Improvement(self.name(to), deterred=False)
        if concept.sanctions == "simultaneous":
            found = self._simultaneous(party, state, to)
            return Improvement(self.name(to), found is not None, found)
        credible = concept.sanctions == "improvements"
        hopeless = concept.escapes and self._spared(party, state, to, credible, escapes=True)
        escaped: Answer | None = None
        for answer in self._hurting(party, state, to, improving=credible):
            if not concept.escapes or answer.escape is None:
                return Improvement(self.name(to), True, answer)
            escaped = escaped or answer
            if hopeless:
                break
        if escaped is not None:
            return Improvement(self.name(to), False, None, escaped, "escaped")
        if credible:
            idle = next(self._hurting(party, state, to, improving=False), None)
            return Improvement(self.name(to), False, None, idle, "not-credible" if idle else None)
        return Improvement(self.name(to), deterred=False)

    def _hurting(self, party: int, state: int, to: int, *, improving: bool) -> Iterator[Answer]:
        """Yield the answers after which the party is no better off than in ``state``."""
        own = self.payoffs[party]
        if self._spared(party, state, to, improving, escapes=False):
            return
        for path in self._sequences(party, to, improving=improving):
            if own[path[-1][2]] <= own[state]:
                yield self._answer(party, state, path)

    def _spared(self, party: int, state: int, to: int, improving: bool, *, escapes: bool) -> bool:
        """Tell whether the kernels already know that no answer would do.

        On small models nothing is known in advance: there, explanations check the kernels.
        """
        if len(self.arrays.states) <= WALKED_STATES:
            return False
        forced = self.engine.least_forced(party, escapes=escapes, improvements=improving)
        return bool(forced[to] > self.payoffs[party][state])

    def _answer(self, party: int, state: int, path: _Path) -> Answer:
        own = self.payoffs[party]
        sanction = path[-1][2]
        counters = self.targets(party, sanction)
        best = max(counters, key=lambda t: (int(own[t]), -t), default=None)
        return Answer(
            sanction=self.name(sanction),
            steps=self._named(path),
            counter_moves=tuple(self.name(t) for t in counters),
            escape=self.name(best) if best is not None and own[best] > own[state] else None,
        )

    def _named(self, path: _Path) -> tuple[Step, ...]:
        return tuple(
            Step(self.case.party_ids[j], self.name(a), self.name(b), self.improves(j, a, b))
            for j, a, b in path
        )

    def _sequences(self, party: int, start: int, *, improving: bool) -> Iterator[_Path]:
        """Yield, for each state that the others can lead to, a shortest sequence, nearest first."""
        others = [j for j in range(len(self.payoffs)) if j != party]
        shown: set[int] = set()
        seen = {(start, frozenset[int]())}
        level: list[tuple[int, frozenset[int], _Path]] = [(start, frozenset(), ())]
        while level:
            following: list[tuple[int, frozenset[int], _Path]] = []
            for here, barred, path in level:
                for j in others:
                    if j in barred:
                        continue
                    for there in self.targets(j, here):
                        if improving and not self.improves(j, here, there):
                            continue
                        node = (there, self._barred(barred, j, others))
                        longer = (*path, (j, here, there))
                        if there not in shown:
                            shown.add(there)
                            yield longer
                        if node not in seen:
                            seen.add(node)
                            following.append((*node, longer))
            level = following

    def _barred(self, barred: frozenset[int], mover: int, others: Sequence[int]) -> frozenset[int]:
        """Return who may not move after ``mover``."""
        if self.rule == "legal":
            return frozenset({mover})
        return barred | {mover} if self.rule == "once" else frozenset(others)

    def _simultaneous(self, party: int, state: int, to: int) -> Answer | None:
        cells = self.arrays.states
        here = cells[state]
        others = [j for j in range(len(self.payoffs)) if j != party]
        choices = [
            [state, *(t for t in self.targets(j, state) if self.improves(j, state, t))]
            for j in others
        ]
        combinations = sorted(product(*choices), key=lambda c: sum(t != state for t in c))
        for chosen in combinations:
            moved = [(j, state, t) for j, t in zip(others, chosen, strict=True) if t != state]
            cell = cells[to] + sum(int(cells[t] - here) for _, _, t in moved)
            target = int(self.arrays.position[cell])
            if moved and target >= 0 and self.payoffs[party][target] <= self.payoffs[party][state]:
                first = (party, state, to)
                return Answer(self.name(target), self._named((first, *moved))[1:])
        return None
