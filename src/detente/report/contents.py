"""What a case contains: the page and the JSON of ``detente check``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rich.console import RenderableType

from detente.model.case import FORMAT, Case
from detente.model.parts import Option, Party, Preferences, Priorities, Ranking, Weights
from detente.report.opening import opening
from detente.report.page import Fact, facts, page
from detente.report.quoting import NOTHING, Evidence
from detente.report.sources import evidence_row, how_to_quote
from detente.report.words import Words, plural, spaced
from detente.version import __version__

__all__ = ["check_page", "contents", "headline"]


def contents(case: Case, feasible: int, evidence: Evidence = NOTHING) -> dict[str, Any]:
    """Return the JSON document of ``detente check --json``.

    Args:
        case: a valid case.
        feasible: number of its feasible states.
        evidence: what it cites, and what of it was found.
    """
    return {
        "valid": True,
        "case": case.title or case.source or "untitled",
        "format": FORMAT,
        "unreviewed": case.unreviewed,
        "file": case.source,
        "form": case.form,
        "as_of": case.as_of or None,
        "parties": [
            {
                "id": party.id,
                "name": party.name,
                "outside": party.outside,
                "constituent_of": party.constituent_of,
                "options": [
                    {
                        "id": option.key,
                        "name": option.name,
                        "levels": list(option.levels),
                        "moves": option.moves,
                        "issue": option.issue,
                    }
                    for option in party.options
                ],
                "preferences": _kind(party.preferences),
                "preference_items": _items(party.preferences),
            }
            for party in case.parties
        ],
        "combinations": case.cells,
        "states": feasible,
        "infeasible_items": len(case.infeasible),
        "status_quo": case.status_quo,
        "labels": dict(case.labels),
        "perceptions": [{"viewer": p.viewer, "seen": p.seen} for p in case.perceptions],
        "fingerprint": case.fingerprint,
        "version": __version__,
        **evidence.to_dict(),
    }


def _kind(preferences: Preferences | None) -> str | None:
    if preferences is None:
        return None
    return type(preferences).__name__.lower()


def _items(preferences: Preferences | None) -> int:
    if preferences is None:
        return 0
    return len(preferences.tiers if isinstance(preferences, Ranking) else preferences.clauses)


def headline(case: Case, feasible: int) -> str:
    """Return the sentence that opens the page."""
    parts = [plural(len(case.parties), "party", "parties")]
    if case.graph is None:
        parts.append(plural(len(case.options), "option"))
    states = plural(feasible, "state" if case.graph is not None else "feasible state")
    return f"A valid case: {', '.join(parts)} and {states}."


def check_page(case: Case, feasible: int, evidence: Evidence = NOTHING) -> RenderableType:
    """Return the page for people: a line for each thing that the case contains."""
    words = Words(case)
    rows: list[Fact] = [("title", case.title or "none")]
    if case.as_of:
        rows.append(("as of", case.as_of))
    rows += _keyed("parties", (_party(party, words) for party in case.parties))
    rows += _keyed("options", (_option(option) for option in case.options))
    if case.graph is not None:
        rows += _keyed("moves", _moves(case, words))
    rows.append(("states", _states(case, feasible)))
    if case.labels:
        rows.append(("named", words.states([*case.labels.values()], 6)))
    here = "none: 'paths' cannot be asked" if case.status_quo is None else None
    rows.append(("status quo", here or words.named(case.status_quo or "")))
    seen = (f"{words.party(p.viewer)} sees {words.party(p.seen)}" for p in case.perceptions)
    rows += _keyed("perceptions", seen)
    behind = evidence_row(evidence)
    rows += [] if behind is None else [("evidence", behind)]
    top = opening(headline(case, feasible), case, evidence)
    return page(top, facts(rows), how_to_quote(evidence))


def _keyed(key: str, lines: Iterable[str]) -> list[Fact]:
    return [("" if k else key, line) for k, line in enumerate(lines)]


def _party(party: Party, words: Words) -> str:
    name = f"{party.name} ({party.id})" if party.name != party.id else party.id
    parts = [f"{words.letters[party.id]} {name}: {_preferences(party.preferences)}"]
    if party.outside:
        parts.append("not at the table")
    if party.constituent_of:
        parts.append(f"ratifies for {words.party(party.constituent_of)}")
    return ", ".join(parts)


def _preferences(preferences: Preferences | None) -> str:
    if preferences is None:
        return "indifferent between all states"
    if isinstance(preferences, Priorities):
        return f"priorities, {plural(len(preferences.clauses), 'statement')}"
    if isinstance(preferences, Weights):
        return f"weights on {plural(len(preferences.clauses), 'statement')}"
    states = sum(len(tier) for tier in preferences.tiers)
    ties = "" if states == len(preferences.tiers) else f" in {len(preferences.tiers):,} ranks"
    return f"ranking of {plural(states, 'state')}{ties}"


_MOVES = {
    "both": "can go both ways",
    "forward": "can only go up the levels",
    "back": "can only go down the levels",
    "arcs": "moves along given arcs",
}


def _option(option: Option) -> str:
    levels = " < ".join(spaced(level) for level in option.levels)
    return f"{option.key}: {levels}; {_MOVES[option.moves]}"


def _moves(case: Case, words: Words) -> Iterable[str]:
    assert case.graph is not None
    for party in case.parties:
        yield f"{words.party(party.id)}: {plural(len(case.graph.moves.get(party.id, ())), 'move')}"


def _states(case: Case, feasible: int) -> str:
    if case.graph is not None:
        return f"{feasible:,}, with moves given one by one"
    if feasible == case.cells:
        return f"{feasible:,}, every combination of levels is feasible"
    rules = f"{plural(len(case.infeasible), 'rule')} under 'infeasible'"
    return f"{feasible:,} feasible of {case.cells:,} combinations of levels ({rules})"
