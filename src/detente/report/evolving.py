"""The page of ``detente paths``: where the status quo can go, as trees of shortest sequences."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.text import Text

from detente.analysis.evolution import Evolution, Obstacle, Reach
from detente.concepts.table import choose
from detente.report.opening import opening
from detente.report.page import (
    Branch,
    Fact,
    facts,
    letters_line,
    page,
    paragraph,
    party_styles,
)
from detente.report.solving import EQUILIBRIUM
from detente.report.words import Words, abbreviations, number, plural

__all__ = ["headline", "paths_page"]

_MOST_TARGETS = 60
_KINDS = {"improvements": "improvements", "moves": "moves, improving or not"}


def paths_page(
    result: Evolution, to: str | None = None, concepts: Iterable[str] | None = None
) -> RenderableType:
    """Return the page for people.

    Args:
        result: the result.
        to: the state asked for, if one was.
        concepts: the concepts asked for; ``None``: all that apply.
    """
    told = _Teller(result, to, concepts)
    blocks = [told.block(reach) for reach in (result.by_improvements, result.by_moves)]
    top = opening(told.headline(), result.case)
    return page(top, facts(told.facts()), *blocks, facts(told.legend()))


def headline(result: Evolution, to: str | None = None) -> str:
    """Return the sentence that opens the page."""
    return _Teller(result, to, None).headline()


def _share(count: int, total: int) -> str:
    """Return "all of ", "2 of "; nothing if there is only one."""
    if count == total:
        return "all of " if total > 1 else ""
    return f"{number(count)} of "


class _Teller:
    """Tells one evolution in words."""

    def __init__(self, result: Evolution, to: str | None, concepts: Iterable[str] | None) -> None:
        self.result = result
        self.to = result.case.state(to) if to is not None else None
        self.words = Words(result.case)
        self.among = len(choose(result.case, concepts))

    def _reached(self, reach: Reach) -> list[str]:
        return [s for s in self.result.targets if s not in self.result.obstacles[reach.kind]]

    def headline(self) -> str:
        result, words = self.result, self.words
        start = words.named(result.start)
        if self.to is not None:
            return self._toward(self.to)
        if not result.targets:
            here = ", the status quo," if result.start in result.equilibria else ""
            other = "other " if here else ""
            return f"From {start}{here} there is no {other}state to go to that would last."
        better, any_way = (self._reached(r) for r in (result.by_improvements, result.by_moves))
        total = len(result.targets)
        if total == 1:
            end = f"the one other state that would last, {words.named(result.targets[0])}"
        else:
            end = f"the {total:,} other states that would last"
        if not result.by_improvements.count:
            first = f"From {start} nobody gains by moving"
            if not any_way:
                return f"{first}, and no moves lead to {end}."
            return f"{first}; moves lead to {_share(len(any_way), total)}{end}."
        if total == 1:
            ways = "improvements lead" if better else "moves lead, but not improvements alone,"
            return (
                f"From {start}, {ways} to {end}."
                if any_way
                else f"From {start}, nothing leads to {end}."
            )
        most = "all" if len(any_way) == total else number(len(any_way))
        return (
            f"From {start}, improvements lead to {_share(len(better), total)}{end}, and moves "
            f"to {most} of them."
        )

    def _toward(self, to: str) -> str:
        result, words = self.result, self.words
        start, end = words.named(result.start), words.named(to)
        if to == result.start:
            return f"{words.opening(end)} is the status quo: nothing has to move."
        better, any_way = result.by_improvements.path(to), result.by_moves.path(to)
        if better is not None:
            return f"From {start}, {plural(len(better), 'improvement')} can lead to {end}."
        if any_way is not None:
            idle = [step for step in any_way if not step.improves]
            who = words.parties(dict.fromkeys(step.party for step in idle))
            return (
                f"From {start}, {plural(len(any_way), 'move')} can lead to {end}, but not "
                f"improvements alone: on the shortest way {who} would gain nothing by moving."
            )
        return f"From {start}, no sequence of moves leads to {end}."

    def facts(self) -> list[Fact]:
        """Return what is reached, and whether the status quo would last."""
        result = self.result
        total = len(result.by_moves.arrays.states)
        rows: list[Fact] = []
        stays = result.equilibria.get(result.start, ())
        lasts = f"would last {self.words.under(stays, self.among)}" if stays else "would not last"
        rows.append(("status quo", f"{self.words.named(result.start)}: {lasts}"))
        for reach in (result.by_improvements, result.by_moves):
            text = f"lead to {reach.count:,} of the {plural(total - 1, 'other state')}"
            rows.append((reach.kind, text))
        return rows

    def block(self, reach: Reach) -> RenderableType | None:
        """Return the tree of one kind of sequences, and what they do not reach."""
        if not self.result.targets or self.to == self.result.start:
            return None
        reached = self._reached(reach)
        reached.sort(key=lambda state: len(reach.path(state) or ()))
        parts: list[RenderableType] = [Text(f"By {_KINDS[reach.kind]}", style="bold")]
        if reached:
            parts.append(self._tree(reach, reached[:_MOST_TARGETS]))
        if len(reached) > _MOST_TARGETS:
            hidden = f"{len(reached) - _MOST_TARGETS:,} more are left out here; --json has all"
            parts.append(paragraph(hidden, indent=2, style="dim"))
        parts += self._missed(reach)
        return Group(*parts)

    def _tree(self, reach: Reach, states: list[str]) -> Branch:
        words = self.words
        root = Branch(self._node(self.result.start))
        branches: dict[tuple[tuple[str, str], ...], Branch] = {(): root}
        colours = party_styles(self.result.case.party_ids)
        for state in states:
            taken: tuple[tuple[str, str], ...] = ()
            for step in reach.path(state) or ():
                before, taken = branches[taken], (*taken, (step.party, step.end))
                if taken in branches:
                    continue
                label = Text()
                label.append(words.letters[step.party], style=f"bold {colours[step.party]}")
                label.append(" → ", style="dim")
                label.append_text(self._node(step.end, state))
                if self.result.case.graph is None:
                    label.append(f"   {words.change(step.start, step.end)}", style="dim")
                if not step.improves:
                    label.append(", at no gain", style="dim")
                branches[taken] = before.add(label)
        return root

    def _node(self, state: str, target: str | None = None) -> Text:
        text = Text(self.words.named(state), style="bold" if state == target else "")
        concepts = self.result.equilibria.get(state, ())
        if concepts:
            every = len(concepts) == self.among > 1
            under = "every concept" if every else abbreviations(concepts)
            text.append(f"  {EQUILIBRIUM} {under}", style="not bold green")
        return text

    def _missed(self, reach: Reach) -> list[RenderableType]:
        """Return the targets that are not reached, with the reasons, alike ones together."""
        merged: dict[tuple[Obstacle, ...], list[str]] = {}
        for state, obstacles in self.result.obstacles[reach.kind].items():
            merged.setdefault(obstacles, []).append(state)
        parts: list[RenderableType] = []
        for obstacles, states in merged.items():
            named = self.words.states(states, 3)
            reasons = "; ".join(dict.fromkeys(self._reason(o, reach) for o in obstacles))
            parts.append(paragraph(f"not to {named}: {reasons}", indent=2, hang=2))
        return parts

    def _reason(self, obstacle: Obstacle, reach: Reach) -> str:
        start = self.words.named(self.result.start)
        if obstacle.kind == "no-moves":
            return f"nobody can move from {start}"
        if obstacle.kind == "no-improvements":
            return f"nobody gains by moving from {start}"
        if obstacle.kind == "no-one-gains":
            return "there are ways, but on each somebody would gain nothing by its step"
        if obstacle.kind == "option":
            owned = {option.key: option for option in self.result.case.options}
            option = owned[obstacle.option or ""]
            owner, name = self.words.party(option.owner), self.words.option(option)
            return f"{owner} alone cannot bring '{name}' to that level from where it is"
        if obstacle.kind == "infeasible-between":
            return "every way passes an infeasible state, or somebody would move twice running"
        return "no moves lead there"

    def legend(self) -> list[Fact]:
        """Return what the marks mean."""
        line = letters_line(self.words.letters, self.words.names)
        marks = f"{EQUILIBRIUM} equilibrium: would last, under the concepts named"
        return [("letters", line), ("marks", marks)]
