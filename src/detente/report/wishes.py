"""What a party states, in words: "no withdrawal before a ceasefire" where it sets an order."""

from __future__ import annotations

from functools import cached_property

from detente.analysis.deadlock.precedence import edges_of
from detente.analysis.deadlock.wording import involved, text_of
from detente.model.case import Case
from detente.model.statement import Statement
from detente.report.words import Words

__all__ = ["Wishes"]


class Wishes:
    """How the stated preferences of one case are spoken of.

    Args:
        case: the case.
        words: how the rest of it is spoken of.
    """

    def __init__(self, case: Case, words: Words | None = None) -> None:
        self.case = case
        self.words = words or Words(case)

    @cached_property
    def _orders(self) -> dict[tuple[str | None, str], list[tuple[Statement, Statement]]]:
        found: dict[tuple[str | None, str], list[tuple[Statement, Statement]]] = {}
        for edge in edges_of(self.case):
            found.setdefault((edge.party, edge.text), []).append((edge.before, edge.after))
        return found

    def simple(self, statement: Statement) -> str | None:
        """Return what is said of a single option in words; ``None`` if that is not simple."""
        told = self.words.claim(statement)
        simple = len(involved(statement)) == 1 and told != text_of(statement, self.case)
        return told if simple else None

    def of(self, party: str | None, text: str, statement: Statement) -> str | None:
        """Return a stated preference in words; ``None`` where they would be no simpler.

        Args:
            party: whose it is.
            text: as it was written.
            statement: what it says.
        """
        orders = self._orders.get((party, text), [])
        if len(orders) != 1:
            return self.simple(statement)
        before, after = map(self.simple, orders[0])
        denied = after is None or after.startswith(("no ", "not "))
        return None if denied or before is None else f"no {after} before {before}"
