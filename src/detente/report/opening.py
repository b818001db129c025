"""How the page of a case opens: its sentence, and under it what must be said before all else."""

from __future__ import annotations

from rich.console import Group, RenderableType

from detente.model.case import Case
from detente.report.drafts import compared_notices, notice
from detente.report.page import paragraph, sentence
from detente.report.quoting import NOTHING, Evidence
from detente.report.words import joined

__all__ = ["compared_opening", "opening", "rejected_warning"]

_MOST_IDS = 6
_ALERT = "bold yellow"


def rejected_warning(evidence: Evidence) -> str | None:
    """Return the line about statements that are cited though a review rejected them."""
    ids = evidence.rejected
    if not ids:
        return None
    what = "a statement that was" if len(ids) == 1 else f"{len(ids):,} statements that were"
    return f"Warning: the case cites {what} rejected in review: {joined(ids, most=_MOST_IDS)}."


def opening(text: str, case: Case, evidence: Evidence = NOTHING) -> RenderableType:
    """Return the sentence that opens a page, and under it what warns of the case itself."""
    return _opening(text, [notice(case), rejected_warning(evidence)])


def compared_opening(text: str, a: Case, b: Case) -> RenderableType:
    """Return the opening of a page about two cases, called A and B."""
    return _opening(text, compared_notices(a, b))


def _opening(text: str, lines: list[str | None]) -> RenderableType:
    said = [paragraph(line, style=_ALERT) for line in lines if line is not None]
    return Group(sentence(text), *said) if said else sentence(text)
