"""Read preferences from a case file: priorities, ranking or weights."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from detente.model.case import Case
from detente.model.document import entries, evidence, fields, items, text
from detente.model.errors import CaseError, Where, quoted
from detente.model.format import KEYS
from detente.model.grammar import OptionNames, parse_statement
from detente.model.parts import Clause, Preferences, Priorities, Ranking, Weights
from detente.model.yamltext import Node

__all__ = ["read_preferences"]

MOST_DIGITS = 18
"""Weights are summed exactly in 64-bit integers, so a weight has at most so many digits."""


def read_preferences(node: Node, what: str, case: Case, names: OptionNames) -> Preferences:
    """Read ``{priorities: …}``, ``{ranking: …}`` or ``{weights: …}``.

    Raises:
        CaseError: if it is not exactly one of the three, or something in it is wrong.
    """
    found = fields(node, what, KEYS["preferences"])
    if len(found) != 1:
        given = " and ".join(found) if found else "none of them"
        raise CaseError(
            f"{what} give {given}",
            where=node.where,
            rule="exactly one of priorities, ranking or weights",
            hint="keep one, or leave 'preferences' out for an indifferent party",
        )
    kind, value = next(iter(found.items()))
    if kind != "ranking" and case.graph is not None:
        raise CaseError(
            f"{what} are {kind} in a graph-form case",
            where=value.where,
            rule="a graph-form case has no options, so preferences are rankings",
            hint="write 'ranking: [best, …, worst]'",
        )
    if kind == "priorities":
        return Priorities(tuple(_clause(item, names) for item in items(value, "priorities")))
    if kind == "ranking":
        return _ranking(value, case)
    return _weights(value, names)


def _clause(node: Node, names: OptionNames) -> Clause:
    body = node
    proof: tuple[str, ...] = ()
    if node.kind == "mapping":
        own = fields(node, "a priority", KEYS["priority"])
        if "statement" not in own:
            raise CaseError(
                "a priority has no statement",
                where=node.where,
                rule="it is a statement, or {statement: …, evidence: […]}",
                hint="add 'statement:'; a statement with ': ' in it needs quotes",
            )
        body, proof = own["statement"], evidence(own.get("evidence"))
    written = text(body, "a priority")
    return Clause(written, parse_statement(written, names, body.inside), proof, body.where)


def _ranking(node: Node, case: Case) -> Ranking:
    tiers: list[tuple[str, ...]] = []
    places: list[tuple[Where, ...]] = []
    first: dict[str, Where] = {}
    for item in items(node, "a ranking"):
        members = item.items if item.kind == "list" else (item,)
        if not members:
            raise CaseError(
                "a tie in the ranking is empty",
                where=item.where,
                rule="[..] holds the states that are equally good",
                hint="remove it",
            )
        tier = tuple(case.state(text(m, "a state"), m.where) for m in members)
        for state, member in zip(tier, members, strict=True):
            if state in first:
                raise CaseError(
                    f"the ranking names state {quoted(member.raw)} twice",
                    where=member.where,
                    rule="a ranking names every feasible state once",
                    hint=f"it stands in line {first[state].line} already; remove one",
                )
            first[state] = member.where
        tiers.append(tier)
        places.append(tuple(member.where for member in members))
    return Ranking(tuple(tiers), node.where, tuple(places))


def _weights(node: Node, names: OptionNames) -> Weights:
    clauses: list[tuple[Clause, Decimal]] = []
    for key, value in entries(node, "weights"):
        clause = Clause(key.raw, parse_statement(key.raw, names, key.inside), (), key.where)
        clauses.append((clause, _weight(value, key.raw)))
    return Weights(tuple(clauses), node.where)


def _weight(node: Node, statement: str) -> Decimal:
    try:
        weight = Decimal(node.raw.replace("_", "")) if node.kind == "number" else None
    except InvalidOperation:  # hexadecimal, infinite, …
        weight = None
    if weight is None or not weight.is_finite():
        raise CaseError(
            f"the weight of {quoted(statement)} is {node.described()}",
            where=node.where,
            rule="a weight is a decimal number",
            hint="for instance 3 or -1.5",
        )
    digits = "".join(map(str, weight.as_tuple().digits)).strip("0")
    lowest = weight.adjusted() - len(digits) + 1
    if weight and not -MOST_DIGITS <= lowest <= weight.adjusted() < MOST_DIGITS:
        raise CaseError(
            f"the weight {quoted(node.raw)} has too many digits",
            where=node.where,
            rule=f"at most {MOST_DIGITS} digits before the point and {MOST_DIGITS} after it",
            hint="use priorities if one statement outweighs all others",
        )
    return weight
