"""The page of ``detente solve``: a sentence, facts, and the table of states."""

from __future__ import annotations

from rich.console import RenderableType
from rich.text import Text

from detente.analysis.stability import ConceptResult
from detente.report.grid import Column, Grid, Piece
from detente.report.opening import opening
from detente.report.page import Fact, facts, letters_line, page, party_styles
from detente.report.selection import Selection
from detente.report.words import abbreviations, joined, plural, spaced

__all__ = ["EQUILIBRIUM", "HERE", "headline", "solve_page"]

EQUILIBRIUM = "●"
HERE = "▸"

_LEAST_STATE = 18
_MOST_NAMED = 4


def lead(chosen: Selection) -> ConceptResult:
    """Return the result that the sentence speaks of: SEQ, as in diagnosis, if it was computed."""
    results = chosen.result.results
    return results["seq"] if "seq" in results else next(iter(results.values()))


def headline(chosen: Selection) -> str:
    """Return the sentence that opens the page."""
    result = chosen.result
    words = chosen.words
    first = lead(chosen)
    mask = first.equilibrium_mask
    same = all((r.equilibrium_mask == mask).all() for r in result)
    several = len(result.results) > 1
    under = "every concept" if same and several else first.concept.abbreviation
    total, count = len(result.cells), int(mask.sum())
    if not count:
        return f"Under {under}, none of the {plural(total, 'state')} would last."
    here = result.status_quo
    states = first.equilibria if count <= 10_000 else ()
    lasts = here is not None and bool(mask[chosen.position(here)])
    some = f"Under {under}, {count:,} of {plural(total, 'state')} would last"
    if lasts and count == 1:
        return f"{some}: the status quo, {words.named(states[0])}."
    among = ""
    if here is not None:
        among = ", the status quo among them" if lasts else ", but not the status quo"
    if count == total or count > 3 * _MOST_NAMED:
        return f"{some}{among}."
    return f"{some}{among}: {words.states(states, _MOST_NAMED)}."


def solve_page(chosen: Selection) -> RenderableType:
    """Return the page for people."""
    table = _summary(chosen) if chosen.summary else _states(chosen)
    if not chosen.summary and not chosen.size:
        table = Text("No state fulfils the filter.")
    top = opening(headline(chosen), chosen.result.case)
    return page(top, facts(_facts(chosen)), table, facts(_legend(chosen)))


def _facts(chosen: Selection) -> list[Fact]:
    result = chosen.result
    counts = [f"{r.concept.abbreviation} {int(r.equilibrium_mask.sum()):,}" for r in result]
    rows: list[Fact] = [("equilibria", f"{', '.join(counts)} of {len(result.cells):,} states")]
    if result.status_quo is not None:
        rows.append(("status quo", _status_quo(chosen, result.status_quo)))
    case = result.case
    size = f"{plural(len(case.parties), 'party', 'parties')}, "
    size += f"{plural(len(case.options), 'option')}, " if case.graph is None else ""
    size += plural(len(result.cells), "state")
    if len(result.cells) < case.cells:
        size += f" of {case.cells:,} combinations"
    rule = "" if result.origin.sequences == "legal" else f"; sanctions: {result.origin.sequences}"
    rows.append(("case", f"{result.origin.case}: {size}{rule}"))
    if chosen.filtered:
        rows.append(("filter", _filter(chosen)))
    return rows


def _status_quo(chosen: Selection, state: str) -> str:
    result, words = chosen.result, chosen.words
    at = chosen.position(state)
    text = words.named(state)
    stays = [r.concept.id for r in result if r.equilibrium_mask[at]]
    if len(stays) == len(result.results):
        under = "every concept" if len(stays) > 1 else abbreviations(stays)
        return f"{text}: everybody would stay under {under}"
    parts = [f"everybody would stay under {abbreviations(stays)}"] if stays else []
    leavers: dict[tuple[str, ...], list[str]] = {}
    for r in result:
        if r.concept.id not in stays:
            who = tuple(party for party, mask in r.masks.items() if not mask[at])
            leavers.setdefault(who, []).append(r.concept.id)
    for who, concepts in leavers.items():
        parts.append(f"{words.parties(who)} would leave under {abbreviations(concepts)}")
    return f"{text}: {'; '.join(parts)}"


def _filter(chosen: Selection) -> str:
    asked = []
    if chosen.where is not None:
        asked.append(f"where {chosen.where}")
    if chosen.equilibria is not None:
        asked.append(f"equilibria under {abbreviations([chosen.equilibria])}")
    return f"{joined(asked)}: {chosen.size:,} of {plural(len(chosen.result.cells), 'state')}"


def _states(chosen: Selection) -> RenderableType:
    result, words = chosen.result, chosen.words
    case, states = result.case, chosen.states
    here = result.status_quo
    names = [words.state(s) for s in states]
    marked = ["bold" if s == here else "" for s in states]
    signs = [f"{HERE} " if s == here else "  " for s in states]
    fixed = [Column("state", names, marked, wraps=True, least=_LEAST_STATE, prefix=signs)]
    if case.graph is None:
        fixed.append(Column("code", states, ["dim"] * len(states)))
    columns = []
    for k, option in enumerate(case.options):
        levels = [int(state[k]) for state in states]
        columns.append(
            Column(
                spaced(option.id),
                [spaced(option.levels[level]) for level in levels],
                ["" if level else "dim" for level in levels],
                group=words.party(option.owner),
            )
        )
    return Grid(fixed, [*columns, *(_verdicts(chosen, r) for r in result)])


def _verdicts(chosen: Selection, result: ConceptResult) -> Column:
    """Return the column of a concept: the letters of the parties that would stay."""
    letters = chosen.words.letters
    colours = party_styles(chosen.result.case.party_ids)
    shown: dict[tuple[bool, ...], list[Piece]] = {}
    rows = list(zip(*(chosen.over(mask).tolist() for mask in result.masks.values()), strict=True))
    for row in set(rows):
        everybody = all(row)
        pieces = [(EQUILIBRIUM if everybody else " ", "bold")]
        for (party, letter), stays in zip(letters.items(), row, strict=True):
            style = f"bold {colours[party]}" if everybody else colours[party]
            pieces.append((letter, style) if stays else ("·", "dim"))
        shown[row] = pieces
    marks = [shown[row] for row in rows]
    head = f" {result.concept.abbreviation}"
    plain = ["".join(text for text, _ in mark) for mark in marks]
    return Column(head, plain, marks=marks, group="stable for")


def _summary(chosen: Selection) -> RenderableType:
    result, words = chosen.result, chosen.words
    fixed = [Column("concept", [r.concept.abbreviation for r in result])]
    counts = [f"{chosen.count(r.equilibrium_mask):,}" for r in result]
    columns = [
        Column(
            words.party(p),
            [f"{chosen.count(r.masks[p]):,}" for r in result],
            right=True,
            group="states stable for",
        )
        for p in result.case.party_ids
    ]
    columns.append(Column("equilibria", counts, ["bold"] * len(counts), right=True))
    return Grid(fixed, columns)


def _legend(chosen: Selection) -> list[Fact]:
    rows: list[Fact] = []
    words = chosen.words
    if not chosen.summary:
        rows.append(("letters", letters_line(words.letters, words.names)))
        marks = f"{EQUILIBRIUM} equilibrium: every party would stay"
        if chosen.result.status_quo is not None:
            marks += f"   {HERE} status quo"
        rows.append(("marks", marks))
    rows += [(r.concept.abbreviation, r.concept.gloss) for r in chosen.result]
    return rows
