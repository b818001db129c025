"""The sentences behind the elements of a case, as the pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from rich.console import Group, RenderableType
from rich.text import Text

from detente.analysis.deciding import deciding_clause
from detente.model.case import Case
from detente.report.evidence import one_line, state_mark
from detente.report.page import Fact, paragraph
from detente.report.quoting import Evidence, Quotation
from detente.report.words import Words, joined, plural, spaced

__all__ = [
    "Cited",
    "evidence_row",
    "how_to_quote",
    "of_moves",
    "of_options",
    "of_preference",
    "quotation",
    "quoted_rows",
    "sources",
]

Cited: TypeAlias = "tuple[str, tuple[str, ...]]"
"""An element of the case in words, and the ids of the statements behind it."""

_MOST_QUOTES = 3
_MOST_ELEMENTS = 12
_MOST_IDS = 6
_ORDER = ("accepted", "edited", "proposed", "rejected")
_STATES = {"proposed": "not reviewed"}


def quotation(own: Quotation) -> Text:
    """Return "“the words”  news.txt, 2019-05-28  · not reviewed"."""
    text = Text(f"“{one_line(own.quote)}”")
    day = f", {own.date}" if own.date is not None else ""
    text.append(f"  {one_line(own.doc)}{day}  ", style="dim")
    text.append_text(state_mark(own.state))
    text.append(f" {_STATES.get(own.state, own.state)}", style="dim")
    return text


def _quoted(ids: Iterable[str], evidence: Evidence) -> list[Text]:
    """Return the quotations for some ids, and how many are left out."""
    found = evidence.of(ids)
    kept = found if len(found) <= _MOST_QUOTES + 1 else found[:_MOST_QUOTES]
    lines = [quotation(own) for own in kept]
    if len(kept) < len(found):
        more = f"and {len(found) - len(kept):,} more; --json has all"
        lines.append(Text(more, style="dim"))
    return lines


def quoted_rows(ids: Iterable[str], evidence: Evidence) -> list[Fact]:
    """Return rows that show quotations under the row of an element."""
    return [("", line) for line in _quoted(ids, evidence)]


def of_options(case: Case, keys: Iterable[str], words: Words) -> Iterator[Cited]:
    """Yield the evidence of options, each named ``party.option``."""
    by_key = {option.key: option for option in case.options}
    for key in keys:
        option = by_key[key]
        yield f"{words.party(option.owner)}, option '{spaced(option.id)}'", option.evidence


def of_moves(case: Case, moves: Iterable[tuple[str, str]], words: Words) -> Iterator[Cited]:
    """Yield the evidence of the options that change in moves from state to state."""
    if case.graph is not None:
        return
    for start, end in moves:
        changed = zip(case.options, start, end, strict=True)
        yield from of_options(case, (own.key for own, a, b in changed if a != b), words)


def of_preference(case: Case, party: str, one: str, other: str, words: Words) -> Iterator[Cited]:
    """Yield the evidence of the priority by which a party tells two states apart."""
    clause = deciding_clause(case, party, one, other)
    if clause is not None:
        written = " ".join(clause.text.split())
        yield f"{words.party(party)}, priority '{written}'", clause.evidence


def sources(cited: Iterable[Cited], evidence: Evidence) -> RenderableType | None:
    """Return the section that quotes what stands behind some elements of the case.

    Args:
        cited: the elements; those of which nothing was found are left out.
        evidence: what was found.
    """
    elements: dict[str, dict[str, None]] = {}
    for name, ids in cited:
        if evidence.of(ids):
            elements.setdefault(name, {}).update(dict.fromkeys(ids))
    if not elements:
        return None
    parts: list[RenderableType] = [Text("Sources", style="bold")]
    for name in list(elements)[:_MOST_ELEMENTS]:
        parts.append(paragraph(one_line(name), indent=2, hang=2))
        lines = _quoted(elements[name], evidence)
        parts += [paragraph(line, indent=4, hang=2) for line in lines]
    if len(elements) > _MOST_ELEMENTS:
        more = f"and the sources of {len(elements) - _MOST_ELEMENTS:,} more; --json has all"
        parts.append(paragraph(more, indent=2, style="dim"))
    return Group(*parts)


def evidence_row(evidence: Evidence) -> str | None:
    """Return what ``check`` says of the evidence; ``None`` if no workspace is at hand."""
    if evidence.workspace is None:
        return None
    if not evidence.cited:
        return "no statement is cited"
    text = f"{plural(len(evidence.cited), 'statement')} cited, "
    states = [own.state for own in evidence.found.values()]
    counts = _counts(states)
    text += f"{len(states):,} found in {evidence.workspace}{f': {counts}' if counts else ''}"
    missing = evidence.missing
    if missing:
        text += f"; {len(missing):,} not found: {joined(missing, most=_MOST_IDS)}"
    return text


def _counts(states: Sequence[str]) -> str:
    return ", ".join(f"{states.count(state):,} {state}" for state in _ORDER if state in states)


def how_to_quote(evidence: Evidence) -> RenderableType | None:
    """Return how to get quotations from a workspace that an older version wrote."""
    if evidence.outdated is None:
        return None
    return paragraph(
        f"No quotations: an older version of Détente wrote {evidence.outdated}. 'detente "
        f"statements -w {evidence.outdated}' brings it up to date.",
        style="dim",
    )
