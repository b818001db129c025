"""The page of ``detente sensitivity``: which stated preferences the headline hangs on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from detente.analysis.sensitivity.rediagnosis import NOT_IN_ZONE, Outcome
from detente.analysis.sensitivity.results import Preference, Sensitivity, Variation
from detente.analysis.sensitivity.variations import Drop, Stated, Swap
from detente.concepts.table import CONCEPTS
from detente.report import diagnosing
from detente.report.flagging import kind_name
from detente.report.grid import Column, Grid
from detente.report.opening import opening
from detente.report.page import Fact, facts, letters_line, page
from detente.report.wishes import Wishes
from detente.report.words import Words, joined, plural

__all__ = ["headline", "sensitivity_document", "sensitivity_facts", "sensitivity_page"]

_MOST_ROWS = 60
_MOST_NAMED = 6
_MOST_TOLD = 12
_LEAST = 18
_HINGE = {True: "▸ ", False: "  ", None: "? "}
_CALLED = {
    "not-a-deadlock": "no deadlock",
    "no-zone": "a deadlock in which nothing suits all at the table",
    "open": "a deadlock with a way out to {}",
    "sequencing-trap": "a sequencing trap on the way to {}",
    "enforcement-problem": "an enforcement problem at {}",
    "double-bind": "a double bind at {}",
}


def sensitivity_document(result: Sensitivity) -> dict[str, Any]:
    """Return the JSON document of ``detente sensitivity --json``, with its words."""
    told = _Teller(result)
    document = result.to_dict()
    for entry, own in zip(document["preferences"], result.preferences, strict=True):
        entry["words"] = told.preference(own.stated)
        if own.dropped is not None:
            entry["dropped"]["words"] = told.whole([own.dropped])
        for row, variation in zip(entry["swaps"], own.swaps, strict=True):
            row["words"] = told.whole([variation])
    return {**document, "sentence": told.headline()}


def sensitivity_page(result: Sensitivity) -> RenderableType:
    """Return the page for people."""
    told = _Teller(result)
    return page(
        opening(told.headline(), result.diagnosis.scenario.case),
        facts(told.facts()),
        told.table(),
        told.hinges(),
        facts(told.legend()) if result.preferences else None,
    )


def headline(result: Sensitivity) -> str:
    """Return the sentence that opens the page."""
    return _Teller(result).headline()


def sensitivity_facts(result: Sensitivity) -> list[Fact]:
    """Return the rows under the sentence: what was tried, and whose preferences it hangs on."""
    return _Teller(result).facts()


class _Teller:
    """Tells one result in words."""

    def __init__(self, result: Sensitivity) -> None:
        self.result, self.base = result, result.diagnosis
        self.case = result.diagnosis.scenario.case
        self.words = Words(self.case)
        self.wishes = Wishes(self.case, self.words)
        self.home = result.diagnosis.status_quo
        self.known = {(own.stated.party, own.stated.number): own for own in result.preferences}

    # The opening.

    def headline(self) -> str:
        result = self.result
        tried = result.searched
        called = _CALLED[self.base.kind]
        if self.base.witness is not None:
            called = called.format(self._deal(self.base.witness))
        if tried.reason == "nothing-stated":
            return f"No party states a preference, so there is nothing to vary: {called}."
        if not result.variations:
            return f"What the headline, {called}, hangs on is not known: no change was tried."
        count, hinges = len(result.preferences), len(result.hinges)
        among = plural(len(result.variations), "change")
        among = among if tried.complete else f"the {among} tried"
        leave = "leaves" if result.unchanged == 1 else "leave"
        left = f"{result.unchanged:,} of {among} {leave}"
        if hinges:
            least = "" if tried.complete else "at least "
            on = f"{least}{hinges:,} of {plural(count, 'stated preference')}"
            return f"The headline, {called}, hangs on {on}; {left} it as it is."
        on = "no single stated preference" + ("" if tried.complete else " among those tried")
        return f"The headline, {called}, hangs on {on}; {left} it as it is."

    def facts(self) -> list[Fact]:
        result = self.result
        rows: list[Fact] = [("now", diagnosing.headline(self.base))]
        rows.append(("tried", self._tried()))
        for k, (party, own) in enumerate(self._by_party().items()):
            named = joined((f"'{self.preference(p.stated)}'" for p in own), most=_MOST_NAMED)
            rows.append(("hangs on" if k == 0 else "", f"{self.words.party(party)}: {named}"))
        concept = CONCEPTS[result.concept]
        rule = result.origin.sequences
        answers = "" if rule == "legal" else f"; answers: {rule}"
        rows.append(("concept", f"{concept.abbreviation} {concept.gloss}{answers}"))
        left = []
        if result.silent:
            left.append(f"{self.words.parties(result.silent)}: no preference is stated")
        if result.not_varied:
            left.append("perceptions: the headline rests on the true preferences")
        rows += [("not varied", "; ".join(left))] if left else []
        return rows

    def _tried(self) -> str:
        result = self.result
        drops = sum(isinstance(variation.change, Drop) for variation in result.variations)
        swaps = len(result.variations) - drops
        told = f"{drops:,} dropped, {swaps:,} swapped"
        if result.variations:
            leave = "leaves" if result.unchanged == 1 else "leave"
            told += f"; {result.unchanged:,} {leave} the headline"
        same = sum(variation.same_order for variation in result.variations)
        if same:
            told += f", {same:,} of them because the order of the states stays the same"
        tried = result.searched
        left = tried.total - tried.tried
        rest = f"all {left:,}" if left == tried.total else f"the other {left:,}"
        if tried.reason == "stopped":
            told += f"; stopped before {rest}"
        elif tried.reason == "limit":
            states = f"{self.base.ripeness.feasible:,} states"
            told += f"; {rest} not tried, as the case has {states}: --budget SECONDS goes on"
        return told

    def _by_party(self) -> dict[str, list[Preference]]:
        found: dict[str, list[Preference]] = {}
        for own in self.result.hinges:
            found.setdefault(own.stated.party, []).append(own)
        return found

    # One preference in words.

    def preference(self, own: Stated) -> str:
        """Return a stated preference in words, where it is simple; else as it was written."""
        if own.tiers is not None:
            better, worse = (self.words.states(tier, most=3) for tier in own.tiers)
            return f"{better} over {worse}"
        assert own.clause is not None
        told = self.wishes.of(own.party, own.text, own.clause.statement) or own.text
        return told if own.weight is None else f"{told} ({own.weight:+f})"

    # One change in words.

    def change(self, variation: Variation) -> str:
        """Return a change as what follows "If the party"."""
        change = variation.change
        named = self.preference(change.of)
        match change:
            case Drop(of=Stated(form="ranking", tiers=(better, worse))):
                either = (
                    f"{self.words.states(better, most=3)} and {self.words.states(worse, most=3)}"
                )
                return f"saw no difference between {either}"
            case Drop(of=Stated(form="weights")):
                return f"gave '{named}' no weight"
            case Drop():
                return f"did not insist on '{named}'"
            case Swap(raises=str(low), above=str(high)):
                return f"would rather have {self.words.named(low)} than {self.words.named(high)}"
            case Swap(other=Stated(form="weights") as other):
                return f"cared about '{self.preference(other)}' as about '{named}', and the reverse"
            case Swap(other=Stated() as other):
                return f"put '{self.preference(other)}' before '{named}'"
        raise AssertionError("a change is a drop or a swap")

    def whole(self, variations: Sequence[Variation]) -> str:
        """Return changes of one party that have the same effect, and the effect, as a sentence."""
        first = variations[0]
        party = self.words.party(first.change.of.party)
        told = ", or ".join(self.change(variation) for variation in variations)
        return f"If {party} {told}, {self.effect(first)}."

    def effect(self, variation: Variation) -> str:
        """Return what a change makes of the headline, as a main clause."""
        if variation.same_order:
            return "it would order the states as before, and nothing would change"
        if variation.unchanged:
            return "the headline would be the same"
        now = variation.outcome
        if not now.deadlock:
            return f"there would be no deadlock: {self._released(now, variation.change.of.party)}"
        told = "" if self.base.deadlock else "there would be a deadlock: "
        if now.witness is None:
            return f"{told}nothing would suit all at the table{self._lost(now, ': ')}"
        way = self._way(now)
        if now.witness == self.base.witness:
            return f"{told}{self._deal(now.witness)} {way}"
        return f"{told}the target would be {self._deal(now.witness)}, which {way}{self._lost(now)}"

    def _released(self, now: Outcome, changed: str) -> str:
        here = self.words.named(self.home)
        if now.breaking_move is None:
            return f"nobody at the table would prefer another state to {here}"
        party, to = now.breaking_move
        who = "it" if party == changed else self.words.party(party)
        return f"{who} would leave {here} for {self.words.named(to)}"

    def _lost(self, now: Outcome, joint: str = "; ") -> str:
        """Return what became of the target of the headline, if it no longer suits all."""
        if self.base.witness is None or now.target_kind != NOT_IN_ZONE:
            return ""
        deal = self._deal(self.base.witness)
        if now.loses:
            return f"{joint}{deal} would leave {self.words.parties(now.loses)} worse off than now"
        return f"{joint}{deal} would leave nobody at the table better off than now"

    def _way(self, now: Outcome) -> str:
        leaving = f"{self.words.parties(now.unstable_for)} would leave it"
        if now.kind == "open":
            return "would hold and could be reached step by step"
        if now.kind == "enforcement-problem":
            return f"could be reached step by step but would not hold: {leaving}"
        if now.kind == "sequencing-trap":
            return "would hold, but no steps lead there that nobody gains by breaking off"
        return f"could neither be reached step by step nor hold: {leaving}"

    def _deal(self, state: str) -> str:
        return self.words.deal(state, self.home)

    # The table, and the hinges one by one.

    def table(self) -> RenderableType | None:
        """Return a row for each stated preference; of very many, for the hinges only."""
        rows = list(self.result.preferences)
        cut = len(rows) > _MOST_ROWS
        shown = [own for own in rows if own.hinge][:_MOST_ROWS] if cut else rows
        left = len(rows) - len(shown)
        note = Text(f"{left:,} more stated preferences; --json has all", style="dim")
        if not shown:
            return note if cut else None
        marks = [_HINGE[own.hinge] for own in shown]
        names = [self.preference(own.stated) for own in shown]
        letters = [self.words.letters[own.stated.party] for own in shown]
        columns = [
            Column("dropped", [self._cell(own.drop, self._dropped(own)) for own in shown]),
            Column("swapped with next", [self._cell(own.swap, own.swaps) for own in shown]),
        ]
        fixed = [Column("preference", names, prefix=marks, wraps=True, least=_LEAST)]
        fixed.append(Column("by", letters))
        grid = Grid(fixed, columns)
        return Group(grid, note) if cut else grid

    def _dropped(self, own: Preference) -> tuple[Variation, ...]:
        return () if own.dropped is None else (own.dropped,)

    def _cell(self, verdict: str, variations: Sequence[Variation]) -> str:
        if verdict == "does-not-apply":
            return "–"
        if verdict == "not-tried":
            return "not all tried" if variations else "not tried"
        if verdict == "unchanged":
            same = all(variation.same_order for variation in variations)
            return "same order" if same else "unchanged"
        changing = [variation for variation in variations if not variation.unchanged]
        told = self._short(changing[0].outcome)
        several = len(variations) > 1
        return f"{len(changing):,} of {len(variations):,}: {told}" if several else told

    def _short(self, now: Outcome) -> str:
        if not now.deadlock:
            return "no deadlock"
        if now.witness in (None, self.base.witness):
            return kind_name(now.kind)
        if now.kind == self.base.kind:
            return f"target {now.witness}"
        return f"{kind_name(now.kind)}, {now.witness}"

    def hinges(self) -> RenderableType | None:
        """Return, for each hinge, what hangs on it; changes with one effect in one sentence."""
        rows: list[Fact] = []
        left = 0
        for own in self.result.preferences:
            groups: dict[Outcome, list[Variation]] = {}
            for variation in own.changing:
                groups.setdefault(variation.outcome, []).append(variation)
            for k, group in enumerate(groups.values()):
                if len(rows) == _MOST_TOLD:
                    left += 1
                    continue
                letter = self.words.letters[own.stated.party]
                told = self.whole(group)
                proof = self._evidence(group)
                rows.append((letter if k == 0 else "", f"{told}{proof}"))
        if not rows:
            return None
        if left:
            rows.append(("", f"and {left:,} more; --json has all"))
        return Group(Text("What hangs on them", style="bold"), facts(rows, 2))

    def _evidence(self, variations: Iterable[Variation]) -> str:
        ids: dict[str, None] = {}
        for variation in variations:
            ids |= dict.fromkeys(variation.change.of.evidence)
            if isinstance(variation.change, Swap) and variation.change.other is not None:
                ids |= dict.fromkeys(variation.change.other.evidence)
        return f"  [{', '.join(ids)}]" if ids else ""

    def legend(self) -> list[Fact]:
        result = self.result
        rows: list[Fact] = [("letters", letters_line(self.words.letters, self.words.names))]
        marks = "▸ the headline changes if it is dropped or swapped with a neighbour"
        if any(own.hinge is None for own in result.preferences):
            marks += "   ? not all tried"
        rows.append(("marks", marks))
        forms = {own.stated.form for own in result.preferences}
        if "priorities" in forms:
            rows.append(("order", "the most important first; 'next' is the one below"))
        if "weights" in forms:
            swap = "swapped, two exchange the size of their weights and keep the signs"
            rows.append(("weights", f"the heaviest first; dropped, the weight is 0; {swap}"))
        if "ranking" in forms:
            swap = "swapped, one state of each rank exchanges ranks with the other"
            rows.append(("ranking", f"dropped, two neighbouring ranks become one; {swap}"))
        if any("–" in self._cells(own) for own in result.preferences):
            rows.append(("–", "nothing there to drop, or nothing below to swap with"))
        return rows

    def _cells(self, own: Preference) -> tuple[str, str]:
        return self._cell(own.drop, self._dropped(own)), self._cell(own.swap, own.swaps)
