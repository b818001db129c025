"""Read a page with a language model: ask for each part, test the answers, join what stands."""

from __future__ import annotations

from collections.abc import Sequence

from detente.reading.model.answers import BadAnswerError, Proposal, entries_of, proposals
from detente.reading.model.asking import Ask, ModelTally
from detente.reading.model.joining import join
from detente.reading.model.names import Names
from detente.reading.model.parts import Part, parts_of
from detente.reading.model.prompt import messages, schema
from detente.reading.parties import Cast
from detente.reading.results import Statement
from detente.reading.units import Page

__all__ = ["read_with_model"]

_MOST_CUTS = 2  # a part whose answer breaks off is asked again in halves, and these once more


def read_with_model(
    page: Page, cast: Cast, statements: Sequence[Statement], ask: Ask
) -> tuple[list[Statement], ModelTally]:
    """Return the statements of all readers, and what became of the model's answers.

    Args:
        page: the document.
        cast: its parties, learned from all of its sentences.
        statements: what rules and tagger have found, without repeats.
        ask: carries a question to the model; what it raises is passed on.
    """
    tally = ModelTally()
    names = Names(page, cast)
    found: list[Proposal] = []
    for part in parts_of(page):
        found += _read_part(part, names, ask, tally, _MOST_CUTS)
    joined = join(page.document, statements, found, tally.rejected)
    tally.confirmed, tally.added = joined.confirmed, joined.added
    return list(joined.statements), tally


def _read_part(part: Part, names: Names, ask: Ask, tally: ModelTally, cuts: int) -> list[Proposal]:
    reply = ask(messages(part), schema())
    halves = part.halves() if not reply.whole and cuts else None
    if halves is not None:
        return [p for half in halves for p in _read_part(half, names, ask, tally, cuts - 1)]
    tally.parts += 1
    if not reply.text.strip():
        tally.unread["no-answer"] += 1
        return []
    try:
        entries = entries_of(reply.text)
    except BadAnswerError:
        tally.unread["not-json" if reply.whole else "cut-off"] += 1
        return []
    tally.proposed += len(entries)
    return proposals(part, entries, names, tally.rejected)
