"""A case as data for those who edit it: every element with its words and its evidence."""

from __future__ import annotations

from typing import Any

from detente.model.case import Case
from detente.model.parts import (
    Clause,
    Infeasible,
    Option,
    Party,
    Preferences,
    Priorities,
    Ranking,
    Weights,
)
from detente.report.wishes import Wishes
from detente.report.words import Words

__all__ = ["clause_row", "clause_words", "model_document"]


def model_document(case: Case, feasible: int) -> dict[str, Any]:
    """Return everything that a case says.

    Args:
        case: the case.
        feasible: number of its feasible states.
    """
    words = Words(case)
    wishes = Wishes(case, words)
    return {
        "title": case.title,
        "about": case.about,
        "as_of": case.as_of,
        "form": case.form,
        "states": feasible,
        "fingerprint": case.fingerprint,
        "status_quo": None if case.status_quo is None else _state(case, case.status_quo, words),
        "parties": [_party(case, party, k, wishes) for k, party in enumerate(case.parties)],
        "infeasible": [_infeasible(item, words) for item in case.infeasible],
        "labels": dict(case.labels),
        "perceptions": [
            {
                "viewer": view.viewer,
                "seen": view.seen,
                "preferences": _preferences(view.preferences, None, wishes),
            }
            for view in case.perceptions
        ],
    }


def _state(case: Case, state: str, words: Words) -> dict[str, Any]:
    return {
        "state": state,
        "label": case.label_of.get(state),
        "words": words.state(state),
        "levels": case.describe(state),
    }


def _party(case: Case, party: Party, number: int, wishes: Wishes) -> dict[str, Any]:
    words = wishes.words
    return {
        "id": party.id,
        "name": party.name,
        "letter": words.letters[party.id],
        "number": number,
        "outside": party.outside,
        "constituent_of": party.constituent_of,
        "evidence": list(party.evidence),
        "options": [_option(case, option, words) for option in party.options],
        "preferences": _preferences(party.preferences, party.id, wishes),
    }


def _option(case: Case, option: Option, words: Words) -> dict[str, Any]:
    named = option.levels
    return {
        "id": option.id,
        "key": option.key,
        "name": option.name,
        "levels": [{"id": level, "words": words.level(option, k)} for k, level in enumerate(named)],
        "digit": next(k for k, one in enumerate(case.options) if one is option),
        "moves": option.moves,
        "arcs": [[named[start], named[end]] for start, end in sorted(option.arcs)],
        "issue": option.issue,
        "evidence": list(option.evidence),
    }


def _preferences(
    preferences: Preferences | None, party: str | None, wishes: Wishes
) -> dict[str, Any] | None:
    if isinstance(preferences, Priorities):
        clauses = [clause_row(clause, party, wishes) for clause in preferences.clauses]
        return {"kind": "priorities", "clauses": clauses}
    if isinstance(preferences, Ranking):
        return {"kind": "ranking", "tiers": [list(tier) for tier in preferences.tiers]}
    if isinstance(preferences, Weights):
        weights = [
            {**clause_row(clause, party, wishes), "weight": float(weight)}
            for clause, weight in preferences.clauses
        ]
        return {"kind": "weights", "weights": weights}
    return None


def clause_row(clause: Clause, party: str | None, wishes: Wishes) -> dict[str, Any]:
    """Return a statement of a case: as written, in words, with its evidence."""
    return {
        "statement": clause.text,
        "words": clause_words(clause, party, wishes),
        "evidence": list(clause.evidence),
    }


def clause_words(clause: Clause, party: str | None, wishes: Wishes) -> str:
    """Return a stated preference in words, as simple as they can be."""
    told = wishes.of(party, clause.text, clause.statement)
    return told or wishes.words.claim(clause.statement)


def _infeasible(item: Infeasible, words: Words) -> dict[str, Any]:
    said = words.claim(item.statement) if isinstance(item, Clause) else f"states like {item.text}"
    return {"statement": item.text, "words": said, "evidence": list(item.evidence)}
