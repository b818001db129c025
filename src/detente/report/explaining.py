"""The page of ``detente why``: each improvement, how it is answered, and what that leads to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from detente.analysis.explanation import Answer, Explanation, Improvement, Step, Why
from detente.concepts.table import CONCEPTS
from detente.report.opening import opening
from detente.report.page import Fact, facts, page, paragraph
from detente.report.quoting import NOTHING, Evidence
from detente.report.sources import Cited, how_to_quote, of_moves, of_preference, sources
from detente.report.words import Words, abbreviations, joined

__all__ = ["headline", "why_page", "why_words"]

_MOST_LISTED = 6
_MOST_IN_SENTENCE = 2


def why_page(result: Why, evidence: Evidence = NOTHING) -> RenderableType:
    """Return the page for people."""
    told = _Teller(result)
    blocks = [told.party(party) for party in told.parties]
    legend: list[Fact] = [(CONCEPTS[c].abbreviation, CONCEPTS[c].gloss) for c in told.concepts]
    return page(
        opening(told.headline(), result.case, evidence),
        *blocks,
        facts(legend),
        sources(told.cited(), evidence),
        how_to_quote(evidence),
    )


def why_words(result: Why) -> dict[str, Any]:
    """Return what the page says, as data: the sentence, and a block for each party."""
    told = _Teller(result)
    return {
        "sentence": told.headline(),
        "state_words": told.words.state(result.state),
        "told": [told.block(party) for party in told.parties],
    }


def headline(result: Why) -> str:
    """Return the sentence that opens the page."""
    return _Teller(result).headline()


@dataclass(frozen=True)
class _Fate:
    """What becomes of an improvement, and under which concepts."""

    concepts: tuple[str, ...]
    improvement: Improvement


class _Teller:
    """Tells one explanation in words."""

    def __init__(self, result: Why) -> None:
        self.result = result
        self.words = Words(result.case)
        self.parties = list(dict.fromkeys(e.party for e in result.explanations))
        self.concepts = list(dict.fromkeys(e.concept for e in result.explanations))

    def _under(self, concepts: list[str], last: str = "and") -> str:
        return self.words.under(concepts, len(self.concepts), last)

    def _stays(self, party: str) -> list[str]:
        return [c for c in self.concepts if self.result.of(c, party).stable]

    def _leaves(self, party: str) -> list[str]:
        return [c for c in self.concepts if not self.result.of(c, party).stable]

    def _exits(self, party: str) -> list[str]:
        """Return where a party would leave for, under some concept."""
        found = (
            improvement.to
            for concept in self._leaves(party)
            for improvement in self.result.of(concept, party).improvements
            if not improvement.deterred
        )
        return list(dict.fromkeys(found))

    def headline(self) -> str:
        if len(self.parties) == 1:
            return self._about_one(self.parties[0])
        place = self.words.opening(self.words.named(self.result.state))
        leavers = [p for p in self.parties if self._leaves(p)]
        lost = [c for c in self.concepts if any(not self.result.of(c, p).stable for p in leavers)]
        lasting = [c for c in self.concepts if c not in lost]
        if not lost:
            return f"{place} would last {self._under(lasting)}: {self._reason()}."
        always = all(len(self._leaves(p)) == len(lost) for p in leavers)
        goes = f"{self.words.parties(leavers, 'and' if always else 'or')} would leave"
        exits = self._exits(leavers[0])
        if len(leavers) == 1 and len(exits) <= _MOST_IN_SENTENCE:
            goes += f" for {self.words.states(exits, last='or')}"
        if not lasting:
            every = "under any concept" if len(lost) > 1 else self._under(lost)
            return f"{place} would not last {every}: {goes}."
        but = f"but not under {abbreviations(lost, 'or')}"
        return f"{place} would last {self._under(lasting)}, {but}: {goes}."

    def _reason(self) -> str:
        moving = dict.fromkeys(e.party for e in self.result.explanations if e.improvements)
        if not moving:
            return "no party has a move that it prefers"
        verb = "is" if len(moving) == 1 else "are"
        return f"{self.words.parties(moving)} could improve but {verb} deterred"

    def _about_one(self, party: str) -> str:
        name, place = self.words.party(party), self.words.named(self.result.state)
        stays, leaves = self._stays(party), self._leaves(party)
        sample = self.result.of(self.concepts[0], party)
        if not sample.improvements:
            no_move = "it has no move from there"
            reason = (
                "no move from there is an improvement for it" if sample.other_moves else no_move
            )
            return f"{name} would stay in {place} {self._under(stays)}, because {reason}."
        if not leaves:
            deterred = "the others can answer every improvement"
            return f"{name} would stay in {place} {self._under(stays)}, because {deterred}."
        to = self.words.states(self._exits(party), _MOST_IN_SENTENCE, "or")
        if not stays:
            return f"{name} would leave {place} {self._under(leaves)}, for {to}."
        return (
            f"{name} would stay in {place} {self._under(stays)}, but leave it "
            f"{self._under(leaves)}, for {to}."
        )

    def cited(self) -> Iterator[Cited]:
        """Yield why each party prefers to move, and the options that moves and answers change."""
        case, here = self.result.case, self.result.state
        moves: list[tuple[str, str]] = []
        for explanation in self.result.explanations:
            for improvement in explanation.improvements:
                yield from of_preference(case, explanation.party, improvement.to, here, self.words)
                moves.append((here, improvement.to))
                answer = improvement.answer or improvement.dismissed
                moves += [(step.start, step.end) for step in answer.steps] if answer else []
        yield from of_moves(case, dict.fromkeys(moves), self.words)

    def _verdict(self, party: str) -> str:
        stays, leaves = self._stays(party), self._leaves(party)
        verdict = [f"would stay {self._under(stays)}"] if stays else []
        verdict += [f"would leave {self._under(leaves)}"] if leaves else []
        return "; ".join(verdict)

    def block(self, party: str) -> dict[str, Any]:
        """Return what is said about one party, as data."""
        own = [e for e in self.result.explanations if e.party == party]
        graph = self.result.case.graph is not None
        return {
            "party": party,
            "name": self.words.party(party),
            "verdict": self._verdict(party),
            "improvements": [
                {
                    "to": improvement.to,
                    "words": self.words.state(improvement.to),
                    "change": "" if graph else self.words.change(self.result.state, improvement.to),
                    "fates": [
                        {"concepts": list(fate.concepts), "words": self._told(fate, party)}
                        for fate in _fates(own, k)
                    ],
                }
                for k, improvement in enumerate(own[0].improvements)
            ],
            "others": self._others(own[0]),
        }

    def party(self, party: str) -> RenderableType:
        """Return the block about one party."""
        own = [e for e in self.result.explanations if e.party == party]
        head = Text.assemble((self.words.party(party), "bold"), f"  {self._verdict(party)}")
        parts: list[RenderableType] = [paragraph(head, hang=2)]
        for k, improvement in enumerate(own[0].improvements):
            move = Text(f"{'or' if k else 'could improve'} by moving to ")
            move.append(self.words.named(improvement.to), style="bold")
            if self.result.case.graph is None:
                move.append(f"   {self.words.change(self.result.state, improvement.to)}", "dim")
            parts.append(paragraph(move, indent=2, hang=2))
            rows: list[Fact] = [
                (
                    ", ".join(CONCEPTS[c].abbreviation for c in fate.concepts),
                    self._told(fate, party),
                )
                for fate in _fates(own, k)
            ]
            parts.append(facts(rows, indent=4))
        parts.append(paragraph(self._others(own[0]), indent=2, hang=2, style="dim"))
        return Group(*parts)

    def _others(self, explanation: Explanation) -> str:
        moves, other = explanation.other_moves, bool(explanation.improvements)
        if not moves:
            return "no other move from here" if other else "no move from here"
        named = self.words.states(moves, _MOST_LISTED)
        kind = "other" if other else "only"
        if len(moves) == 1:
            return f"its {kind} move, to {named}, is no improvement"
        return f"its {'other ' if other else ''}moves, to {named}, are no improvement"

    def _told(self, fate: _Fate, party: str) -> str:
        concept, improvement = CONCEPTS[fate.concepts[0]], fate.improvement
        if improvement.deterred and improvement.answer is not None:
            return self._deterred(improvement.answer, fate, party)
        if concept.sanctions == "none":
            return "leaves: any improvement is reason enough"
        answer = improvement.dismissed
        if answer is None:
            if concept.sanctions == "simultaneous":
                return "leaves: no improvement of others at the same time undoes the gain"
            return "leaves: nobody can answer this improvement"
        lead = (
            f"leaves: {self._steps(answer.steps)} could lead to {self.words.named(answer.sanction)}"
        )
        if improvement.dismissed_because == "escaped" and answer.escape is not None:
            change = self.words.change(answer.sanction, answer.escape)
            return (
                f"{lead}, but it would go on to {self.words.named(answer.escape)} ({change}), "
                "better than staying"
            )
        idle = self.words.parties(dict.fromkeys(s.party for s in answer.steps if not s.improves))
        return f"{lead}, no better than staying, but {idle} would gain nothing by it: not credible"

    def _deterred(self, answer: Answer, fate: _Fate, party: str) -> str:
        end = self.words.named(answer.sanction)
        steps = self._steps(answer.steps, costs=True)
        if CONCEPTS[fate.concepts[0]].sanctions == "simultaneous":
            return f"stays: with {steps} at the same time, it ends in {end}, no better than staying"
        worse = "no better than staying"
        if answer.sanction == self.result.state:
            worse = "where it began"
        text = f"stays: {steps} could lead to {end}, {worse}"
        escaping = [c for c in fate.concepts if CONCEPTS[c].escapes]
        if not escaping:
            return text
        asked = f" ({abbreviations(escaping)})" if len(escaping) < len(fate.concepts) else ""
        moves = self.words.states(answer.counter_moves, _MOST_IN_SENTENCE)
        if not answer.counter_moves:
            return f"{text}; nor could it escape{asked}: it has no move from there"
        if len(answer.counter_moves) == 1:
            last = f"its only move from there, to {moves}, is no better"
        else:
            last = f"its moves from there, to {moves}, are no better"
        return f"{text}; nor could it escape{asked}: {last}"

    def _steps(self, steps: tuple[Step, ...], *, costs: bool = False) -> str:
        """Return moves in words: "Taliban (ceasefire: full → none), then …"."""
        told = []
        for step in steps:
            cost = ", at no gain to itself" if costs and not step.improves else ""
            change = self.words.change(step.start, step.end)
            told.append(f"{self.words.party(step.party)} ({change}{cost})")
        together = len(steps) > 1 and len({step.start for step in steps}) == 1
        return joined(told) if together else ", then ".join(told)


def _fates(own: list[Explanation], k: int) -> list[_Fate]:
    """Return what becomes of improvement ``k``, concepts that agree merged.

    Counter-moves are left out of the comparison: GMR and SMR agree if the answer is the same.
    """
    merged: dict[object, _Fate] = {}
    for explanation in own:
        concept, improvement = CONCEPTS[explanation.concept], explanation.improvements[k]
        kind = concept.sanctions if concept.sanctions in ("none", "simultaneous") else ""
        if improvement.answer is not None:
            key: object = (kind, improvement.answer.steps, improvement.deterred)
        else:
            key = (kind, improvement)
        if key in merged:
            known = merged[key]
            merged[key] = replace(known, concepts=(*known.concepts, concept.id))
        else:
            merged[key] = _Fate((concept.id,), improvement)
    return list(merged.values())
