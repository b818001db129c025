"""A party's order of states, as data: tiers in words, and what decides between two of them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from detente.analysis.ladder import Ladder
from detente.model.case import Case
from detente.model.parts import Priorities
from detente.report.modelling import clause_row
from detente.report.wishes import Wishes
from detente.report.words import Words

__all__ = ["MOST_RUNGS", "ladder_document"]

MOST_RUNGS = 1_024
"""Of a longer ladder the upper rungs are given, and how many there are."""


def ladder_document(
    case: Case,
    found: Ladder,
    targets: Collection[str] = (),
    most: int = MOST_RUNGS,
    words: Words | None = None,
) -> dict[str, Any]:
    """Return a ladder, best first.

    Args:
        case: the case.
        found: the order.
        targets: states to mark as targets.
        most: most rungs to give; the one of the status quo is given all the same.
        words: how the case is spoken of, if it is known already.
    """
    words = words or Words(case)
    wishes = Wishes(case, words)
    home = case.status_quo
    preferences = case.party(found.party).preferences
    clauses = preferences.clauses if isinstance(preferences, Priorities) else ()
    rows = [clause_row(clause, found.party, wishes) for clause in clauses]
    rungs = []
    for place, rung in enumerate(found.rungs):
        if place >= most and home not in rung.states:
            continue
        deciding = None
        if rung.decided is not None:
            deciding = {
                "index": rung.decided,
                **rows[rung.decided],
            }
        rungs.append(
            {
                "place": place,
                "states": [
                    {
                        "state": state,
                        "words": words.state(state),
                        "status_quo": state == home,
                        "target": state in targets,
                    }
                    for state in rung.states
                ],
                "deciding": deciding,
            }
        )
    return {
        "party": found.party,
        "name": words.party(found.party),
        "kind": _kind(case, found.party),
        "total": len(found.rungs),
        "rungs": rungs,
        "status_quo": None if home is None else found.place(home),
    }


def _kind(case: Case, party: str) -> str | None:
    preferences = case.party(party).preferences
    return None if preferences is None else type(preferences).__name__.lower()
