"""Which statement decides that a party prefers one state to another."""

from __future__ import annotations

from detente.model.case import Case
from detente.model.parts import Clause, Priorities

__all__ = ["deciding_clause"]


def deciding_clause(case: Case, party: str, one: str, other: str) -> Clause | None:
    """Return the first priority of a party that tells two states apart.

    Priorities are lexicographic: a later one only decides between states that all earlier ones
    leave level, so this clause alone makes one of the two the better one.

    Args:
        case: the case.
        party: id of the party.
        one: a state, as canonical id.
        other: another one.

    Returns:
        ``None`` if no priority tells them apart, or the party's preferences are no priorities.
    """
    preferences = case.party(party).preferences
    if case.graph is not None or not isinstance(preferences, Priorities):
        return None
    a, b = case.levels(one), case.levels(other)
    for clause in preferences.clauses:
        if clause.statement.holds(a) != clause.statement.holds(b):
            return clause
    return None
