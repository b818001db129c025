"""From a type of statement to agreement with a concept, as discourse network analysis codes it.

Source: Leifeld, *Discourse Network Analysis* (2017); the Discourse Network Analyzer codes for each
statement a person, an organization, a concept and whether they agree with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

__all__ = [
    "AGREEMENT",
    "NOBODY",
    "TYPE_OF_AGREEMENT",
    "concept_key",
    "concept_of",
    "has_issue",
    "parties_of",
]

AGREEMENT = {
    "demand": 1,
    "offer": 1,
    "commitment": 1,
    "precondition": 1,
    "endorsement": 1,
    "rejection": 0,
    "accusation": 0,
    "threat": 0,
    "threat-perception": 0,
    "concession": 1,
    "cooperation": 1,
}
"""Type of statement -> 1: the actor is for what the statement is about, 0: against."""

TYPE_OF_AGREEMENT = {1: "endorsement", 0: "rejection"}
"""For a file that holds no types: what agreement and disagreement with a concept are here."""

NOBODY = frozenset(["author", "unnamed"])
"""Actors that are no party."""


def has_issue(fields: Mapping[str, Any]) -> bool:
    """Tell whether a statement says what it is about."""
    return bool((fields.get("issue") or "").strip())


def concept_of(fields: Mapping[str, Any]) -> str:
    """Return the concept of a statement: its issue, or else its own words, on one line."""
    return " ".join((fields["issue"] if has_issue(fields) else fields["text"]).split())


def concept_key(concept: str) -> str:
    """Return a concept as it is compared: without case and without a leading "the"."""
    folded = concept.casefold()
    return folded.removeprefix("the ") or folded


def parties_of(names: list[str]) -> Iterator[str]:
    """Yield the names that are parties, each once."""
    yield from (name for name in dict.fromkeys(names) if name not in NOBODY)
