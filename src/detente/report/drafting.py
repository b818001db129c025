"""The page of ``detente draft``: what was drafted, what to ask, what was left out."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.text import Text

from detente.reading.drafting import Draft
from detente.report.draft_words import DraftWords, unreviewed_sentence
from detente.report.evidence import one_line
from detente.report.page import Fact, facts, page, paragraph, sentence
from detente.report.words import joined, plural

__all__ = ["draft_page"]


def draft_page(draft: Draft, states: int, file: str, mark: str) -> RenderableType:
    """Return the page for people.

    Args:
        draft: the draft.
        states: number of feasible states of the case.
        file: where it was written.
        mark: the words that mark a case as unreviewed.
    """
    words = DraftWords(draft)
    table = [one_line(party.name) for party in draft.parties if not party.outside]
    outside = [one_line(party.name) for party in draft.parties if party.outside]
    clauses = sum(len(party.clauses) for party in draft.parties)
    warning = unreviewed_sentence(draft, mark)
    rows: list[Fact] = [("at the table", joined(table))]
    if outside:
        rows.append(("outside", joined(outside)))
    rows += [
        ("model", f"{plural(len(draft.options), 'option')}, {plural(states, 'state')}, "
                  f"{plural(clauses, 'priority', 'priorities')}"),
        ("statements", f"{len(draft.cited):,} of {len(draft.statements):,} are cited"),
    ]  # fmt: skip
    options: list[Fact] = [
        (option.key, f"{one_line(option.name)}: {', '.join(option.levels)}; now {option.status}")
        for option in draft.options
    ]
    questions: list[Fact] = [
        (f"{k}", words.question(question)) for k, question in enumerate(draft.questions, 1)
    ]
    return page(
        sentence(f"Wrote {file}: a draft to be checked line by line."),
        paragraph(warning, style="bold") if warning else None,
        facts(rows),
        _section("Options", options),
        _section("Open questions", questions),
        _section("Left out of the model", list(words.left_out())),
        _section("Statements that shaped nothing", list(words.unused())),
    )


def _section(title: str, rows: list[Fact]) -> RenderableType | None:
    return Group(Text(title, style="bold"), facts(rows, indent=2)) if rows else None
