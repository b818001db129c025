"""The page of ``detente unlock --inverse``: the preferences under which a target would hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from detente.analysis.inverse.conditions import Clause, Condition, PartyCondition
from detente.report.opening import opening
from detente.report.page import Fact, facts, page, paragraph
from detente.report.quoting import NOTHING, Evidence
from detente.report.sources import Cited, how_to_quote, of_moves, of_preference, sources
from detente.report.words import Words, abbreviations

__all__ = ["headline", "inverse_document", "inverse_page"]

_MOST_CLAUSES = 6
_MOST_TERMS = 3


def inverse_document(
    conditions: Sequence[Condition], evidence: Evidence = NOTHING
) -> dict[str, Any]:
    """Return the JSON document of ``detente unlock --inverse --json``."""
    first = conditions[0]
    return {
        **first.origin.to_dict(),
        "status_quo": first.case.status_quo,
        "to": first.target,
        "conditions": {
            condition.concept.id: {
                key: value
                for key, value in condition.to_dict().items()
                if key in ("holds", "credible", "parties")
            }
            for condition in conditions
        },
        "sentence": headline(conditions),
        **evidence.to_dict(),
    }


def headline(conditions: Sequence[Condition]) -> str:
    """Return the sentence that opens the page."""
    first = conditions[0]
    words = Words(first.case)
    goal = words.opening(words.deal(first.target, first.case.status_quo or first.target))
    met = [c.concept.id for c in conditions if not c.unmet]
    unmet = [c.concept.id for c in conditions if c.unmet]
    if not unmet:
        return f"{goal} holds {words.under(met, len(conditions))} with the preferences as they are."
    parties = dict.fromkeys(party for c in conditions for party in c.unmet)
    depends = f"depends on the preferences of {words.parties(parties)}"
    if not met:
        under = words.under(unmet, len(conditions), "or")
        return f"{goal} does not hold {under.replace('every', 'any')}; it {depends}."
    return f"{goal} holds under {abbreviations(met)}; under {abbreviations(unmet)} it {depends}."


def inverse_page(conditions: Sequence[Condition], evidence: Evidence = NOTHING) -> RenderableType:
    """Return the page for people: concepts whose conditions read alike share a section."""
    first = conditions[0]
    words = Words(first.case)
    merged: dict[tuple[tuple[str, str], ...], list[Condition]] = {}
    for condition in conditions:
        merged.setdefault(tuple(_rows(condition, words)), []).append(condition)
    here = first.case.status_quo
    rows: list[Fact] = [("target", words.named(first.target))]
    rows += [] if here is None else [("status quo", words.named(here))]
    sections = [_section(own, rows, words) for rows, own in merged.items()]
    note = None
    credible = [condition.concept.id for condition in conditions if condition.credible]
    if credible:
        note = paragraph(
            f"Under {abbreviations(credible)} the answers listed are those that suit the others as "
            "their preferences are now: each condition is exact while the others keep theirs.",
            style="dim",
        )
    return page(
        opening(headline(conditions), first.case, evidence),
        facts(rows),
        *sections,
        note,
        sources(_cited(conditions, words), evidence),
        how_to_quote(evidence),
    )


def _cited(conditions: Sequence[Condition], words: Words) -> Iterator[Cited]:
    """Yield why parties prefer to leave the target, and the options that lead to it."""
    case, target = conditions[0].case, conditions[0].target
    for condition in conditions:
        for own in condition.parties:
            if own.party in condition.unmet:
                for clause in own.clauses:
                    yield from of_preference(case, own.party, clause.move, target, words)
    if case.status_quo is not None:
        yield from of_moves(case, [(case.status_quo, target)], words)


def _section(
    conditions: list[Condition], rows: tuple[tuple[str, str], ...], words: Words
) -> RenderableType:
    names = abbreviations([c.concept.id for c in conditions])
    target = words.named(conditions[0].target)
    state = "is" if not conditions[0].unmet else "is not"
    title = Text(f"Under {names} ", "bold")
    title.append(f"{target} holds exactly if this is so (it {state})", "not bold")
    return Group(paragraph(title, hang=2), facts(rows, 2))


def _rows(condition: Condition, words: Words) -> list[tuple[str, str]]:
    unmet = condition.unmet
    rows = []
    for own in condition.parties:
        met = "unmet" if own.party in unmet else "met"
        first, *others = _party(own, words)
        rows.append((words.party(own.party), f"{first} ({met})"))
        rows += [("", line) for line in others]
    return rows


def _party(own: PartyCondition, words: Words) -> list[str]:
    """Return the lines about one party."""
    if not own.clauses:
        return ["always: it has no move from there"]
    open_clauses = [clause for clause in own.clauses if not clause.always]
    if not open_clauses:
        return ["always: whatever it prefers, the others can answer every move"]
    plain = [clause.move for clause in open_clauses if not clause.terms]
    lines = []
    if plain:
        lines.append(f"does not prefer {words.states(plain, _MOST_CLAUSES, 'or')}")
    answered = [clause for clause in open_clauses if clause.terms]
    lines += [_clause(clause, words) for clause in answered[:_MOST_CLAUSES]]
    if len(answered) > _MOST_CLAUSES:
        lines.append(f"and {len(answered) - _MOST_CLAUSES:,} more conditions; --json has all")
    return lines


def _clause(clause: Clause, words: Words) -> str:
    move = words.named(clause.move)
    terms = [words.states(term.not_better, 3, "or") for term in clause.terms[:_MOST_TERMS]]
    if len(clause.terms) > _MOST_TERMS:
        terms.append(f"one of {len(clause.terms) - _MOST_TERMS:,} further answers")
    answers = "; or ".join(terms)
    return f"does not prefer {move}; or, as the others can answer, does not prefer {answers}"
