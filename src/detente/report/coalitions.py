"""The pages of ``solve --coalitions`` and ``why --coalition``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from detente.analysis.coalition.coalitions import CoalitionResult, CoalitionStability
from detente.analysis.coalition.moves import JointImprovement, Step
from detente.report.grid import Column, Grid
from detente.report.opening import opening
from detente.report.page import Fact, facts, letters_line, page, paragraph
from detente.report.quoting import NOTHING, Evidence
from detente.report.solving import EQUILIBRIUM, HERE
from detente.report.sources import Cited, how_to_quote, of_moves, of_preference, sources
from detente.report.words import Words, joined, plural

__all__ = [
    "coalition_document",
    "coalitions_page",
    "headline",
    "improvements_document",
    "improvements_page",
]

_MOST_STATES = 400
_MOST_LEAVING = 4
_VARIANTS = {
    "sequences": "members move one after the other",
    "merged": "each coalition as one player that makes one joint move (the rule of GMCR+)",
}
_GLOSSES = {
    "nash": "stays, because nothing that it can reach together is better for all members",
    "gmr": "stays, because others could take the gain from a member, even at their own cost",
    "smr": "stays, because others could do so and it could not escape together",
    "seq": "stays, because others could do so in their own interest",
}


def coalition_document(result: CoalitionStability) -> dict[str, Any]:
    """Return what ``solve --coalitions --json`` adds under ``coalitions``."""
    document = result.to_dict()
    kept = ("variant", "complete", "concepts")
    return {**{key: document[key] for key in kept}, "sentence": headline(result)}


def headline(result: CoalitionStability) -> str:
    """Return the sentence about coalitions."""
    words = Words(result.case)
    first = _lead(result)
    under, total = first.concept.abbreviation, len(result.cells)
    steady = first.coalition_stable
    every = "every coalition" if result.complete else "every coalition asked for"
    if steady:
        named = f": {words.states(steady, 4)}" if len(steady) <= 12 else ""
        count = f"{len(steady):,} of {plural(total, 'state')}"
        text = f"Under {under}, {every} would stay in {count}{named}"
    else:
        text = f"Under {under}, in none of the {plural(total, 'state')} would {every} stay"
    here = result.case.status_quo
    leaving = first.vulnerable.get(here or "")
    if leaving:
        who = " or ".join(words.parties(group) for group in leaving[:2])
        return f"{text}; no party alone would leave the status quo, but {who} together would."
    return f"{text}."


def _lead(result: CoalitionStability) -> CoalitionResult:
    return result.results.get("seq") or next(iter(result.results.values()))


def coalitions_page(result: CoalitionStability) -> RenderableType:
    """Return the page for people."""
    words = Words(result.case)
    here = result.case.status_quo
    groups = plural(len(result.groups), "coalition")
    rows: list[Fact] = [("coalitions", f"{groups}; {_VARIANTS[result.variant]}")]
    if here is not None:
        rows.append(("status quo", words.named(here)))
    states = result.states[:_MOST_STATES]
    signs = [f"{HERE} " if state == here else "  " for state in states]
    fixed = [Column("state", [words.state(s) for s in states], prefix=signs, wraps=True, least=18)]
    if result.case.graph is None:
        fixed.append(Column("code", states, ["dim"] * len(states)))
    columns = [_verdicts(own, len(states), words) for own in result.results.values()]
    parts: list[RenderableType] = [Grid(fixed, columns)]
    if len(result.states) > _MOST_STATES:
        parts.append(
            paragraph(f"and {len(result.states) - _MOST_STATES:,} more states; --json has all")
        )
    legend: list[Fact] = [("letters", letters_line(words.letters, words.names))]
    marks = f"{EQUILIBRIUM} every coalition would stay; else the smallest that would leave"
    legend.append(("marks", f"{marks}   {HERE} status quo" if here is not None else marks))
    legend += [(r.concept.abbreviation, _GLOSSES[r.concept.id]) for r in result.results.values()]
    top = opening(headline(result), result.case)
    return page(top, facts(rows), Group(*parts), facts(legend))


def _verdicts(result: CoalitionResult, count: int, words: Words) -> Column:
    """Return the column of a concept: which coalitions would leave, the minimal ones."""
    cells = []
    for k in range(count):
        leaving = [group for group, mask in result.masks.items() if not mask[k]]
        minimal = [group for group in leaving if not any(set(own) < set(group) for own in leaving)]
        named = ["".join(words.letters[party] for party in group) for group in minimal]
        if len(named) > _MOST_LEAVING + 1:
            named = [*named[:_MOST_LEAVING], f"+{len(named) - _MOST_LEAVING}"]
        cells.append(" ".join(named) or EQUILIBRIUM)
    styles = ["bold" if cell == EQUILIBRIUM else "" for cell in cells]
    return Column(result.concept.abbreviation, cells, styles, group="would leave")


def improvements_document(
    result: CoalitionStability,
    group: Sequence[str],
    state: str,
    found: Sequence[JointImprovement],
    evidence: Evidence = NOTHING,
) -> dict[str, Any]:
    """Return the JSON document of ``detente why --coalition --json``."""
    case = result.case
    at = result.states.index(case.state(state))
    return {
        **result.origin.to_dict(),
        "state": case.state(state),
        "coalition": list(group),
        "variant": result.variant,
        "stable": {name: bool(own.masks[tuple(group)][at]) for name, own in result.results.items()},
        "improvements": [improvement.to_dict() for improvement in found],
        **evidence.to_dict(),
    }


def improvements_page(
    result: CoalitionStability,
    group: Sequence[str],
    state: str,
    found: Sequence[JointImprovement],
    evidence: Evidence = NOTHING,
) -> RenderableType:
    """Return the page of ``detente why --coalition``."""
    told = _Teller(result, tuple(group), result.case.state(state))
    blocks = [told.improvement(improvement) for improvement in found]
    legend = [(r.concept.abbreviation, _GLOSSES[r.concept.id]) for r in result.results.values()]
    rows: list[Fact] = [("coalition", f"{told.name}; {_VARIANTS[result.variant]}")]
    return page(
        opening(told.headline(found), result.case, evidence),
        facts(rows),
        *blocks,
        facts(legend),
        sources(told.cited(found), evidence),
        how_to_quote(evidence),
    )


class _Teller:
    """Tells why one coalition would stay or leave."""

    def __init__(self, result: CoalitionStability, group: tuple[str, ...], state: str) -> None:
        self.result = result
        self.group = group
        self.state = state
        self.words = Words(result.case)
        self.name = self.words.parties(group)

    def headline(self, found: Sequence[JointImprovement]) -> str:
        at = self.result.states.index(self.state)
        stays = [r for r in self.result.results.values() if r.masks[self.group][at]]
        leaves = [r for r in self.result.results.values() if r not in stays]
        place = self.words.named(self.state)
        together = " together" if len(self.group) > 1 else ""
        if not found:
            why = f"nothing they reach{together} is better for all"
            return f"{self.name} would stay in {place}: {why}."
        staying = joined(r.concept.abbreviation for r in stays)
        leaving = joined(r.concept.abbreviation for r in leaves)
        to = self.words.states([own.state for own in found], 2, "or")
        if not leaves:
            return (
                f"{self.name} would stay in {place} under {staying}: the others can answer every "
                "joint improvement."
            )
        if not stays:
            return f"{self.name} would leave {place}{together} under {leaving}, for {to}."
        return (
            f"{self.name} would stay in {place} under {staying}, but leave it{together} under "
            f"{leaving}, for {to}."
        )

    def cited(self, found: Sequence[JointImprovement]) -> Iterator[Cited]:
        """Yield why each member prefers to move together, and the options that change."""
        case = self.result.case
        for own in found:
            for party in self.group:
                yield from of_preference(case, party, own.state, self.state, self.words)
        yield from of_moves(case, [(self.state, own.state) for own in found], self.words)

    def improvement(self, found: JointImprovement) -> RenderableType:
        """Return the block about one joint improvement."""
        way = self._steps(found.steps, self.state)
        move = Text.assemble("could go to ", (self.words.named(found.state), "bold"))
        merged: dict[str, list[str]] = {}
        for name in found.answers:
            concept = self.result.results[name].concept
            merged.setdefault(self._fate(found, name), []).append(concept.abbreviation)
        rows: list[Fact] = [("how", way)]
        rows += [(", ".join(names), text) for text, names in merged.items()]
        return Group(paragraph(move, hang=2), facts(rows, 2))

    def _fate(self, found: JointImprovement, concept: str) -> str:
        answer = found.answers[concept]
        if self.result.results[concept].concept.sanctions == "none":
            return "leaves: any joint improvement is reason enough"
        if not answer.steps:
            return "leaves: the others cannot take the gain from any member"
        steps = self._steps(answer.steps, found.state)
        end = self.words.named(answer.steps[-1].state)
        spoiled = self.words.parties(answer.spoils)
        text = f"{steps} could lead to {end}, no better for {spoiled} than staying"
        if answer.deters:
            return f"stays: {text}"
        escape = self._steps(answer.escape, answer.steps[-1].state)
        return f"leaves: {text}, but it could escape: {escape}"

    def _steps(self, steps: Sequence[Step], start: str) -> str:
        told, here = [], start
        for step in steps:
            together = " together" if len(step.movers) > 1 else ""
            change = self.words.change(here, step.state)
            told.append(f"{self.words.parties(step.movers)}{together} ({change})")
            here = step.state
        return ", then ".join(told)
