"""The page of ``detente unlock``: what would open the target, best first, as numbered cards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from detente.analysis.deadlock.verdicts import KINDS
from detente.analysis.levers.examine import NOT_IN_ZONE
from detente.analysis.levers.offers import LeverSet
from detente.analysis.levers.unlocking import Unlocking
from detente.concepts.table import CONCEPTS
from detente.report import diagnosing
from detente.report.flagging import KIND_GLOSSES, kind_name
from detente.report.levers import beliefs, change_words, exposures, set_words
from detente.report.opening import opening
from detente.report.page import Fact, facts, page, paragraph, plain_facts
from detente.report.quoting import NOTHING, Evidence, quoted_edges
from detente.report.sources import (
    Cited,
    how_to_quote,
    of_options,
    of_preference,
    quoted_rows,
    sources,
)
from detente.report.words import Words, abbreviations, capital, joined, number, plural, spaced

__all__ = [
    "EFFECTS",
    "applied_page",
    "headline",
    "search_facts",
    "unlock_document",
    "unlock_page",
    "words_of",
]

_MOST_CARDS = 12
_MOST_OTHERS = 24
_ORDER = [*KINDS, NOT_IN_ZONE]
EFFECTS = {
    "path-lost": "no stop-proof steps would be left",
    "stability-lost": "it would no longer hold",
    "zone-lost": "it would no longer suit all at the table",
}
"""What a change worsens, taken alone -> the same as a clause."""

_SIZES = {1: "single changes", 2: "pairs", 3: "sets of three", 4: "sets of four"}


def unlock_document(result: Unlocking, evidence: Evidence = NOTHING) -> dict[str, Any]:
    """Return the JSON document of ``detente unlock --json``, each set with its words."""
    document = result.to_dict()
    words = Words(result.diagnosis.scenario.case)
    told = _Teller(result, evidence)
    for k, (entry, found) in enumerate(zip(document["levers"], result.levers, strict=True)):
        entry["rows"] = plain_facts(told.rows(found))
        entry["number"] = k + 1
        entry["words"] = set_words(found, words)
        entry["against"] = quoted_edges(entry["against"], evidence)
    return {**document, "sentence": headline(result), **evidence.to_dict()}


def words_of(result: Unlocking, number: int) -> str:
    """Return one set of changes in words, by its number; empty if there is none."""
    if not 1 <= number <= len(result.levers):
        return ""
    return set_words(result.levers[number - 1], Words(result.diagnosis.scenario.case))


def applied_page(
    result: Unlocking, applied: Mapping[str, Any], evidence: Evidence = NOTHING
) -> RenderableType:
    """Return what ``--apply`` wrote.

    Args:
        result: what was found.
        applied: ``file``, ``words`` and ``not_written``.
        evidence: the sentences behind the case, where they are at hand.
    """
    wrote = f"Wrote {applied['file']}, in which {applied['words']}."
    notes = [
        paragraph(f"Not written, because a case file has no place for it: {left}.")
        for left in applied["not_written"]
    ]
    return page(opening(wrote, result.diagnosis.scenario.case, evidence), *notes)


def unlock_page(result: Unlocking, evidence: Evidence = NOTHING) -> RenderableType:
    """Return the page for people.

    Args:
        result: what was found.
        evidence: the sentences behind the case, where they are at hand.
    """
    told = _Teller(result, evidence)
    return page(
        opening(told.headline(), result.diagnosis.scenario.case, evidence),
        facts(told.facts()),
        *(told.card(k, found) for k, found in told.cards()),
        told.others(),
        told.hint(),
        sources(told.cited(), evidence),
        how_to_quote(evidence),
    )


def headline(result: Unlocking) -> str:
    """Return the sentence that opens the page."""
    return _Teller(result).headline()


def search_facts(result: Unlocking) -> list[Fact]:
    """Return the rows under the sentence: what the target is now, and what was searched."""
    return _Teller(result).facts()


class _Teller:
    """Tells one search in words."""

    def __init__(self, result: Unlocking, evidence: Evidence = NOTHING) -> None:
        self.result = result
        self.evidence = evidence
        self.words = Words(result.diagnosis.scenario.case)
        self.home = result.diagnosis.status_quo

    def headline(self) -> str:
        result, words = self.result, self.words
        if result.to is None:
            return f"There is no target to open. {diagnosing.headline(result.diagnosis)}"
        goal = words.opening(words.deal(result.to, self.home))
        opening = result.opening
        if result.searched.reason == "open":
            return f"{goal} needs no lever: it opens if the steps are agreed as a schedule."
        kind = kind_name(result.kind)
        lead = f"{goal} is {'an' if kind[0] in 'aeiou' else 'a'} {kind}"
        if not opening:
            stopped = (
                "" if result.searched.complete else " among those tried before the search ended"
            )
            return f"{lead}, and nothing{stopped} would open it{self._covered()}."
        first = set_words(opening[0], words)
        if len(opening) == 1:
            return f"{lead}; it opens if {first}."
        return f"{lead}; it opens in {number(len(opening))} ways, first of all if {first}."

    def _covered(self) -> str:
        sizes = self.result.searched.sizes
        if not sizes:
            return ""
        return (
            ", neither a single change"
            + (" nor a pair" if 2 in sizes else "")
            + (f" nor a set of up to {max(sizes)}" if max(sizes) > 2 else "")
        )

    def facts(self) -> list[Fact]:
        result, words = self.result, self.words
        rows: list[Fact] = []
        if result.to is None:
            return rows
        rows.append(("now", f"{kind_name(result.kind)}: {KIND_GLOSSES[result.kind]}"))
        rows.append(("status quo", words.named(self.home)))
        rows.append(
            ("concept", f"{CONCEPTS[result.concept].abbreviation} {CONCEPTS[result.concept].gloss}")
        )
        rows.append(("searched", self._searched()))
        unasked = result.searched.needs_preferences if result.searched.reason != "open" else ()
        if unasked:
            keys = {own.key: spaced(own.id) for own in words.case.options}
            named = joined(f"'{keys[option]}'" for option in unasked)
            why = "the parties must first be asked about the levels in between"
            rows.append(("not searched", f"tranches of {named}: {why}"))
        return rows

    def _searched(self) -> str:
        searched = self.result.searched
        sizes = [_SIZES.get(size, f"sets of {size}") for size in searched.sizes]
        partly = [name for name, how in searched.levers.items() if how in ("singles", "partly")]
        covered = " and ".join(sizes) or "not everything"
        if sizes and not partly:
            covered += ", completely"
        if searched.reason == "open":
            covered = "nothing: no lever is needed"
        why = {
            "stopped": "; stopped before the end",
            "found": "; larger sets were not tried (--size)",
        }.get(searched.reason, "")
        some = f"; not in all combinations: {', '.join(map(spaced, partly))}" if partly else ""
        return f"{covered}{why}{some}; {plural(searched.tried, 'changed model')} solved"

    def cards(self) -> list[tuple[int, LeverSet]]:
        """Return the opening sets with their numbers."""
        opening = [(k, found) for k, found in enumerate(self.result.levers, 1) if found.opens]
        return opening[:_MOST_CARDS]

    def card(self, k: int, found: LeverSet) -> RenderableType:
        """Return one opening set."""
        title = Text.assemble((f"{k}  ", "bold"), (capital(set_words(found, self.words)), "bold"))
        return Group(paragraph(title, hang=3), facts(self.rows(found), indent=3))

    def rows(self, found: LeverSet) -> Iterable[Fact]:
        words = Words(found.case)
        if found.path is not None:
            yield "steps", diagnosing.schedule(found.path, words)
        stable = found.stable_under
        if stable:
            holds = f"under {abbreviations(stable)}"
            if "nash" in stable:
                holds += ": nobody could gain by leaving"
            yield "holds", holds
        exposed = list(exposures(found, words, found.case.status_quo or self.home))
        if exposed:
            yield "exposed", "; ".join(exposed)
        yield from (
            ("believe" if k == 0 else "", text) for k, text in enumerate(beliefs(found, words))
        )
        yield from self._costs(found)

    def _costs(self, found: LeverSet) -> Iterable[Fact]:
        for harm in found.harms:
            change = change_words(found.changes[harm.change], self.words)
            effect = EFFECTS[harm.effect]
            yield "harm", f"alone, if {change}, {effect}"
        if found.cures:
            yield "cures", ", ".join(map(spaced, found.cures))
        if found.gains_flags:
            yield "new flags", ", ".join(map(spaced, found.gains_flags))
        for edge in found.against:
            by = "the model" if edge["party"] is None else self.words.party(edge["party"])
            yield "against", f"{by}: {edge['text']}"
            yield from quoted_rows(edge["evidence"], self.evidence)

    def cited(self) -> Iterator[Cited]:
        """Yield the options and the preferences that the opening sets change."""
        case = self.words.case
        for _, found in self.cards():
            changes = [change.to_dict() for change in found.changes]
            divided = any(change["lever"] == "tranches" for change in changes)
            for change in changes:
                if "option" in change:
                    yield from of_options(case, [change["option"]], self.words)
                elif change["lever"] == "preference" and not divided:  # codes are the case's own
                    states = change["raise"], change["above"]
                    yield from of_preference(case, change["party"], *states, self.words)

    def others(self) -> RenderableType | None:
        """Return the sets that do not open the target, in short."""
        left = [found for found in self.result.levers if not found.opens]
        if not left:
            return None
        ordered = sorted(left, key=lambda found: _ORDER.index(found.kind))
        rows: list[Fact] = []
        for k, found in enumerate(ordered[:_MOST_OTHERS]):
            new = k == 0 or ordered[k - 1].kind != found.kind
            rows.append((kind_name(found.kind) if new else "", self._short(found)))
        if len(left) > _MOST_OTHERS:
            rows.append(("", f"and {len(left) - _MOST_OTHERS:,} more; --json has all"))
        return Group(Text("Not enough, taken alone: what each makes of it", "bold"), facts(rows, 2))

    def _short(self, found: LeverSet) -> str:
        """Return a set that does not open the target, with what else it does."""
        notes = [EFFECTS[harm.effect] for harm in found.harms]
        notes += [f"cures {joined(map(spaced, found.cures))}"] if found.cures else []
        against = [edge["party"] for edge in found.against if edge["party"] is not None]
        if against:
            notes.append(f"against the demands of {self.words.parties(dict.fromkeys(against))}")
        told = capital(set_words(found, self.words))
        return f"{told}: {'; '.join(notes)}" if notes else told

    def hint(self) -> RenderableType | None:
        """Return how to write a changed case."""
        opening = self.result.opening
        if len(opening) > _MOST_CARDS:
            more = f"{len(opening) - _MOST_CARDS:,} more ways are left out here; --json has all. "
        else:
            more = ""
        if not opening or self.result.searched.reason == "open":
            return paragraph(more, style="dim") if more else None
        k = self.result.levers.index(opening[0]) + 1
        return paragraph(
            f"{more}'--apply {k} -o FILE' writes the case as changed by {k}.", style="dim"
        )
