"""Precedence: what must come before what, says whom, and where these demands go round in a circle.

A priority "not Y if not X" says that Y implies X: X must come before Y. The same is said by
"X if Y", "X or not Y", "not (Y and not X)", and by level comparisons ("withdrawal = none if
ceasefire < full"). As a law of the model, an infeasible "Y and not X" says it for nobody.

How a clause is read: as a disjunction, each part of which is true or false at the status quo
(without one, or if that does not divide them, where every option is at its first level). The
parts that are true there say what has not happened yet, "not Y"; the others say what must happen
first, X. If all are true, or all false, nothing is said about an order, unless the clause is
written literally as "not Y if not X".

Edge X -> Y leads on to edge X' -> Y' iff X' entails Y, checked over all levels of the options that
they speak of: then X comes before Y, and Y no later than X', which comes before Y'. So a demand
about ``withdrawal`` leads on to one that starts from ``withdrawal = full``, not the other way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from detente.analysis.deadlock.wording import entails, involved, text_of
from detente.model.case import Case
from detente.model.parts import Clause, Pattern, Priorities
from detente.model.statement import And, Atom, If, Not, Or, Statement

__all__ = ["Edge", "cycles", "edges_of", "precedence_cycles"]

_LONGEST = 8
_MOST = 200


@dataclass(frozen=True, slots=True)
class Edge:
    """One demand: "X must come before Y, says P".

    Attributes:
        before, after: X and Y.
        before_text, after_text: the same in words of the case.
        party: id of the party that says so; ``None`` for a constraint of the model.
        statement: id of the first statement that is the evidence, if any.
        text: the clause as it was written.
        evidence: ids of all of them.
    """

    before: Statement
    after: Statement
    before_text: str
    after_text: str
    party: str | None
    statement: str | None = None
    text: str = ""
    evidence: tuple[str, ...] = ()

    @staticmethod
    def of(
        case: Case,
        before: Statement,
        after: Statement,
        party: str | None,
        statement: str | None = None,
        text: str = "",
        evidence: Sequence[str] = (),
    ) -> Edge:
        """Build an edge, for instance from a statement that was read.

        ``statement`` is short for evidence of one id; of more, it is the first.
        """
        words = text_of(before, case), text_of(after, case)
        proof = tuple(evidence) or (() if statement is None else (statement,))
        first = proof[0] if proof else None
        return Edge(before, after, *words, party, first, text, proof)

    def and_also(self, evidence: Sequence[str]) -> Edge:
        """Return the edge with more evidence, for a demand that is made twice."""
        proof = tuple(dict.fromkeys((*self.evidence, *evidence)))
        return replace(self, statement=proof[0] if proof else None, evidence=proof)

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return {
            "before": self.before_text,
            "after": self.after_text,
            "party": self.party,
            "statement": self.statement,
            "text": self.text,
            "evidence": list(self.evidence),
        }


def edges_of(case: Case) -> tuple[Edge, ...]:
    """Return the edges that a case states: priorities first, then infeasible items."""
    found: dict[tuple[str, str, str | None], Edge] = {}

    def add(party: str | None, law: Statement, text: str, evidence: Sequence[str]) -> None:
        for before, after in _orders(law, case):
            edge = Edge.of(case, before, after, party, text=text, evidence=evidence)
            key = (edge.before_text, edge.after_text, party)
            found[key] = found[key].and_also(evidence) if key in found else edge

    for party in case.parties:
        if isinstance(party.preferences, Priorities):
            for clause in party.preferences.clauses:
                add(party.id, clause.statement, clause.text, clause.evidence)
    for item in case.infeasible:
        add(None, Not(_excluded(item)), item.text, item.evidence)
    return tuple(found.values())


def _excluded(item: Clause | Pattern) -> Statement:
    if isinstance(item, Clause):
        return item.statement
    fixed = [(k, level) for k, level in enumerate(item.levels) if level is not None]
    return And(tuple(Atom(k, "=", level) for k, level in fixed))


def _orders(law: Statement, case: Case) -> Iterator[tuple[Statement, Statement]]:
    """Yield (X, Y) for each part of a statement that says "X before Y"."""
    for clause in _parts(law, And):
        parts = tuple(_parts(clause, Or))
        if len(parts) < 2:
            continue
        split = _split(parts, clause, case)
        if split is None:
            continue
        before, after = split
        if len(involved(before, after)) > 1:
            yield before, after


def _split(
    parts: tuple[Statement, ...], clause: Statement, case: Case
) -> tuple[Statement, Statement] | None:
    first = (0,) * len(case.options)
    bases = [first] if case.status_quo is None else [case.levels(case.status_quo), first]
    for base in bases:
        true = [part for part in parts if part.holds(base)]
        false = [part for part in parts if not part.holds(base)]
        if true and false:
            after = [_negation(part) for part in true]
            return (
                false[0] if len(false) == 1 else Or(tuple(false)),
                after[0] if len(after) == 1 else And(tuple(after)),
            )
    match clause:
        case If(Not(after_), Not(before_)):
            return before_, after_
    return None


def _negation(statement: Statement) -> Statement:
    return statement.part if isinstance(statement, Not) else Not(statement)


def _parts(
    statement: Statement, joined_by: type[And | Or], *, positive: bool = True
) -> Iterator[Statement]:
    """Yield what a statement, or its negation, joins by "and" (conjuncts) or "or" (disjuncts).

    By De Morgan's laws the negation of a conjunction is a disjunction, and the other way round.
    """
    conjunction = joined_by is And
    match statement:
        case Not(part):
            yield from _parts(part, joined_by, positive=not positive)
        case And(parts) if conjunction == positive:
            for part in parts:
                yield from _parts(part, joined_by, positive=positive)
        case Or(parts) if conjunction != positive:
            for part in parts:
                yield from _parts(part, joined_by, positive=positive)
        case If(left, right) if conjunction and not positive:  # right and not left
            yield from _parts(right, joined_by, positive=True)
            yield from _parts(left, joined_by, positive=False)
        case If(left, right) if positive and not conjunction:  # left or not right
            yield from _parts(left, joined_by, positive=True)
            yield from _parts(right, joined_by, positive=False)
        case _:
            yield statement if positive else Not(statement)


def precedence_cycles(case: Case, more: Iterable[Edge] = ()) -> tuple[tuple[Edge, ...], ...]:
    """Return the precedence cycles of a case: the deadlock as the parties state it.

    Args:
        case: the case.
        more: edges from elsewhere, for instance from statements that were read.

    Returns:
        The cycles whose edges come from at least two parties, shortest first; of two cycles of
        which one holds all edges of the other, only the smaller. Cycles of up to 8 edges.
    """
    return cycles(case, (*edges_of(case), *more))


def cycles(case: Case, edges: Sequence[Edge]) -> tuple[tuple[Edge, ...], ...]:
    """Return the precedence cycles among edges."""
    count = len(edges)
    onward = [
        [k for k in range(count) if entails(edges[k].before, edges[j].after, case)]
        for j in range(count)
    ]
    found: list[tuple[int, ...]] = []
    for length in range(2, _LONGEST + 1):
        for start in range(count):
            for cycle in _from(start, onward, length):
                parties = {edges[k].party for k in cycle} - {None}
                known = set(cycle)
                if len(parties) >= 2 and not any(set(other) <= known for other in found):
                    found.append(cycle)
                    if len(found) >= _MOST:
                        return tuple(tuple(edges[k] for k in own) for own in found)
    return tuple(tuple(edges[k] for k in own) for own in found)


def _from(start: int, onward: Sequence[Sequence[int]], length: int) -> Iterator[tuple[int, ...]]:
    """Yield the simple cycles of a length in which ``start`` is the least edge."""
    home = _steps_home(start, onward)
    stack: list[tuple[int, ...]] = [(start,)]
    while stack:
        path = stack.pop()
        for k in reversed(onward[path[-1]]):
            if k == start and len(path) == length:
                yield path
            elif k in home and k not in path and len(path) + home[k] <= length:
                stack.append((*path, k))


def _steps_home(start: int, onward: Sequence[Sequence[int]]) -> dict[int, int]:
    """Return, for the later edges from which ``start`` can be reached, the least steps to it."""
    steps: dict[int, int] = {}
    frontier = {start}
    depth = 0
    while frontier:
        depth += 1
        before = {
            j
            for j in range(start + 1, len(onward))
            if j not in steps and not frontier.isdisjoint(onward[j])
        }
        steps.update(dict.fromkeys(before, depth))
        frontier = before
    return steps
