"""Positions -> a proposal for a case: parties, options, priorities, open questions."""

from __future__ import annotations

from detente.reading.drafting.draft import draft
from detente.reading.drafting.types import (
    Draft,
    DraftClause,
    DraftLaw,
    DraftOption,
    DraftParty,
    LeftOut,
    Question,
)

__all__ = [
    "Draft",
    "DraftClause",
    "DraftLaw",
    "DraftOption",
    "DraftParty",
    "LeftOut",
    "Question",
    "draft",
]
