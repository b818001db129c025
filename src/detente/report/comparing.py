"""The page of ``detente compare``: what changed in the model, the equilibria, the diagnosis."""

from __future__ import annotations

from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from detente.analysis.comparison import Comparison, DiagnosisSide
from detente.analysis.comparison_model import ModelChange
from detente.concepts.table import CONCEPTS
from detente.report.flagging import kind_name
from detente.report.opening import compared_opening
from detente.report.page import Fact, facts, page, plain_facts
from detente.report.words import Words, abbreviations, joined, number, plural, spaced

__all__ = ["compare_document", "compare_page", "compare_words", "headline"]

_MOST_NAMED = 6


def compare_document(result: Comparison) -> dict[str, Any]:
    """Return the JSON document of ``detente compare --json``, with the sentence."""
    return {**result.to_dict(), "sentence": headline(result)}


def compare_page(result: Comparison) -> RenderableType:
    """Return the page for people."""
    told = _Teller(result)
    return page(
        compared_opening(told.headline(), result.a, result.b),
        facts(told.facts()),
        _section("Model", told.model()),
        _section("Equilibria", told.equilibria()),
        _section("Diagnosis", told.diagnosis()),
    )


def compare_words(result: Comparison) -> dict[str, Any]:
    """Return what the page says, as data: its facts and sections."""
    told = _Teller(result)
    return {
        "facts": plain_facts(told.facts()),
        "model_words": plain_facts(told.model()),
        "equilibria_words": plain_facts(told.equilibria()),
        "diagnosis_words": plain_facts(told.diagnosis()),
    }


def headline(result: Comparison) -> str:
    """Return the sentence that opens the page."""
    return _Teller(result).headline()


def _section(title: str, rows: list[Fact]) -> RenderableType | None:
    return Group(Text(title, style="bold"), facts(rows, 2)) if rows else None


class _Teller:
    """Tells one comparison in words."""

    def __init__(self, result: Comparison) -> None:
        self.result = result
        self.one = Words(result.a)
        self.two = Words(result.b)

    def headline(self) -> str:
        result = self.result
        if result.same_model:
            return "A and B are the same model."
        count = len(result.changes)
        model = f"{number(count).capitalize()} {'thing' if count == 1 else 'things'} in the model"
        model += f" {'differs' if count == 1 else 'differ'}"
        changed = [name for name, own in result.equilibria.items() if own.changed]
        if changed:
            equal = f"the equilibria differ under {abbreviations(changed)}"
        else:
            equal = "the equilibria stay the same"
        found = result.diagnosis
        if found.a is None or found.b is None:
            return f"{model}; {equal}."
        if found.a.kind != found.b.kind:
            kinds = f"from '{kind_name(found.a.kind)}' to '{kind_name(found.b.kind)}'"
            return f"{model}; {equal}, and the diagnosis goes {kinds}."
        also = "and" if changed else "and so does"
        kind = f"'{kind_name(found.a.kind)}'"
        stays = f"the diagnosis stays {kind}" if changed else f"the diagnosis, {kind}"
        return f"{model}; {equal}, {also} {stays}."

    def facts(self) -> list[Fact]:
        result = self.result
        names = [case.title or case.source or "untitled" for case in (result.a, result.b)]
        files = [f" ({case.source})" if case.source else "" for case in (result.a, result.b)]
        rows: list[Fact] = [("A", names[0] + files[0]), ("B", names[1] + files[1])]
        match = result.states
        text = f"{len(match.pairs):,} correspond"
        for letter, only in (("A", match.only_a), ("B", match.only_b)):
            text += f", {len(only):,} only in {letter}" if only else ""
        rows.append(("states", text))
        return rows

    def model(self) -> list[Fact]:
        """Return what differs in the model."""
        return [(self._about(change), self._change(change)) for change in self.result.changes]

    def _about(self, change: ModelChange) -> str:
        if change.element in ("party", "preferences"):
            return self._party(change.id)
        if change.element == "option":
            return change.id
        if change.element == "perception":
            viewer, seen = change.id.split("->")
            return f"{self._party(viewer)} on {self._party(seen)}"
        return spaced(change.element)

    def _party(self, party: str) -> str:
        return self.one.names.get(party) or self.two.names.get(party) or party

    def _change(self, change: ModelChange) -> str:
        aspect, before, after = change.aspect, change.before, change.after
        if aspect in ("added", "removed"):
            kind = "" if change.element == "party" else f"{change.element} "
            return f"{kind}only in {'B' if aspect == 'added' else 'A'}"
        if aspect == "outside":
            return "not at the table in B" if after else "at the table in B"
        if aspect == "levels":
            return f"levels {' < '.join(before)}; in B {' < '.join(after)}"
        if aspect in ("arcs", "moves"):
            return self._arcs(before, after)
        if aspect == "feasible":
            parts = [f"{plural(len(before), 'state')} possible in A only"] if before else []
            parts += [f"{plural(len(after), 'state')} possible in B only"] if after else []
            return "; ".join(parts)
        if aspect == "order":
            return self._order(before, after)
        if aspect == "state":
            here = "none" if before is None else self.one.named(before)
            return f"{here}; in B {'none' if after is None else self.two.named(after)}"
        return f"{spaced(aspect)} {before or 'none'}; in B {after or 'none'}"

    def _arcs(self, before: list[list[str]], after: list[list[str]]) -> str:
        parts = []
        for letter, arcs in (("A", before), ("B", after)):
            if arcs:
                named = joined(f"{spaced(a)} → {spaced(b)}" for a, b in arcs)
                parts.append(f"in {letter} only: {named}")
        return "; ".join(parts)

    def _order(self, before: list[list[str]], after: list[list[str]]) -> str:
        """Return two orders of the states that both have, best first."""
        if sum(map(len, before)) > 2 * _MOST_NAMED:
            return f"orders the {sum(map(len, before)):,} common states differently"
        orders = [" > ".join(" ~ ".join(tier) for tier in order) for order in (before, after)]
        return f"{orders[0]}; in B {orders[1]}"

    def equilibria(self) -> list[Fact]:
        """Return how the equilibria differ, a row for each concept."""
        merged: dict[str, list[str]] = {}
        for name, own in self.result.equilibria.items():
            parts = [f"{len(own.kept):,} in both"]
            for told, states, words in (
                ("only in A", own.lost, self.one),
                ("only in B", own.gained, self.two),
                ("in A, no state of B", own.only_a, self.one),
                ("in B, no state of A", own.only_b, self.two),
            ):
                if states:
                    parts.append(f"{told}: {words.states(states, _MOST_NAMED)}")
            merged.setdefault("; ".join(parts), []).append(CONCEPTS[name].abbreviation)
        return [(", ".join(names), text) for text, names in merged.items()]

    def diagnosis(self) -> list[Fact]:
        """Return both diagnoses, and where they differ."""
        found = self.result.diagnosis
        rows: list[Fact] = [
            ("A", self._side(found.a, found.why_a, self.one)),
            ("B", self._side(found.b, found.why_b, self.two)),
        ]
        for title, states, words in (
            ("zone, A only", found.zone_lost, self.one),
            ("zone, B only", found.zone_gained, self.two),
        ):
            if states:
                rows.append((title, words.states(states, _MOST_NAMED)))
        for state, _, before, after in found.kinds[:_MOST_NAMED]:
            rows.append((self.one.named(state), f"{kind_name(before)}; in B {kind_name(after)}"))
        if len(found.kinds) > _MOST_NAMED:
            rows.append(("", f"and {len(found.kinds) - _MOST_NAMED:,} more targets change kind"))
        return rows

    def _side(self, side: DiagnosisSide | None, why: str | None, words: Words) -> str:
        if side is None:
            return f"not diagnosed: {why}"
        text = kind_name(side.kind)
        if side.witness is not None:
            text += f", at {words.named(side.witness)}"
        if side.flags:
            text += f"; flags: {', '.join(map(spaced, side.flags))}"
        return text
