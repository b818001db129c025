"""The page of ``detente diagnose``: the kind of deadlock, the facts that decide it, the targets."""

from __future__ import annotations

from typing import Any

from rich.console import RenderableType
from rich.text import Text

from detente.analysis.deadlock.precedence import Edge
from detente.analysis.deadlock.verdicts import TARGET_KINDS, Diagnosis, Path, Target
from detente.concepts.table import CONCEPTS
from detente.engine.compile import compile_case
from detente.engine.states import cell_of
from detente.report.flagging import (
    FLAG_MARKS,
    KIND_GLOSSES,
    blocking,
    case_flags,
    kind_name,
    target_flags,
)
from detente.report.grid import Column, Grid
from detente.report.opening import opening
from detente.report.page import Fact, facts, letters_line, page, plain_facts
from detente.report.quoting import NOTHING, Evidence, quoted_edges
from detente.report.sources import how_to_quote, quoted_rows
from detente.report.words import Words, abbreviations, plural, spaced

__all__ = [
    "diagnose_document",
    "diagnose_page",
    "diagnose_words",
    "diagnosis_facts",
    "gains",
    "headline",
    "schedule",
]

_MOST_TARGETS = 24
_MOST_NAMED = 3
_MOST_CYCLES = 3
_LEAST_STATE = 18
_FOCUS = {True: "▸", False: " "}
_EFFICIENT = {True: "*", False: " "}


def diagnose_document(result: Diagnosis, evidence: Evidence = NOTHING) -> dict[str, Any]:
    """Return the JSON document of ``detente diagnose --json``, with the sentence and quotations."""
    document = result.to_dict()
    cycles = [quoted_edges(cycle, evidence) for cycle in document["precedence"]]
    more = {"precedence": cycles, "sentence": headline(result)}
    return {**document, **more, **evidence.to_dict()}


def diagnose_page(result: Diagnosis, evidence: Evidence = NOTHING) -> RenderableType:
    """Return the page for people.

    Args:
        result: the diagnosis.
        evidence: the sentences behind the case, where they are at hand.
    """
    told = _Teller(result)
    return page(
        opening(told.headline(), result.scenario.case, evidence),
        facts(told.facts()),
        told.targets(),
        _section("Flags", [*told.flags(), *case_flags(result.witnesses, told.words)]),
        _section("Demands that go round in a circle", told.precedence(evidence)),
        facts(told.legend()),
        how_to_quote(evidence),
    )


def diagnose_words(result: Diagnosis) -> dict[str, Any]:
    """Return what the page says, as data: facts, flags and circles, each a name and words."""
    told = _Teller(result)
    flags = [*told.flags(), *case_flags(result.witnesses, told.words)]
    return {
        "facts": plain_facts(told.facts()),
        "flag_words": plain_facts(flags),
        "circles": plain_facts(told.precedence(NOTHING)),
    }


def headline(result: Diagnosis) -> str:
    """Return the sentence that opens the page."""
    return _Teller(result).headline()


def diagnosis_facts(result: Diagnosis) -> list[Fact]:
    """Return the rows under the sentence: kind, way, hold, zone, ripeness, concept."""
    return _Teller(result).facts()


def _section(title: str, rows: list[Fact]) -> RenderableType | None:
    if not rows:
        return None
    return page_lines(Text(title, style="bold"), facts(rows, indent=2))


def page_lines(*parts: RenderableType) -> RenderableType:
    """Return parts without blank lines between them."""
    from rich.console import Group

    return Group(*parts)


def gains(result: Diagnosis, target: str, words: Words) -> str:
    """Return whom a target would leave better off, in words."""
    case = result.scenario.case
    arrays = compile_case(case)
    now, then = cell_of(case, result.status_quo), cell_of(case, target)
    table = [party for party in case.parties if not party.outside]
    better = [
        party.id
        for party in table
        if arrays.payoffs[case.party_ids.index(party.id)][then]
        > arrays.payoffs[case.party_ids.index(party.id)][now]
    ]
    if len(better) == len(table):
        whom = "both sides" if len(table) == 2 else "everybody at the table"
        return f"would leave {whom if len(table) > 1 else words.parties(better)} better off"
    return f"would leave {words.parties(better)} better off and nobody at the table worse off"


def schedule(path: Path, words: Words) -> str:
    """Return a path in words: "Taliban (ceasefire: none → full), then …"."""
    told = []
    for movers, start, end in zip(path.movers, path.states, path.states[1:], strict=False):
        together = "" if len(movers) == 1 else " together"
        told.append(f"{words.parties(movers)}{together} ({words.change(start, end)})")
    return ", then ".join(told)


class _Teller:
    """Tells one diagnosis in words."""

    def __init__(self, result: Diagnosis) -> None:
        self.result = result
        self.words = Words(result.scenario.case)
        self.under = CONCEPTS[result.concept].abbreviation

    def _deal(self, state: str) -> str:
        return self.words.deal(state, self.result.status_quo)

    def headline(self) -> str:
        result, words = self.result, self.words
        here = words.named(result.status_quo)
        if not result.deadlock:
            if result.breaking_move is not None:
                party, to = result.breaking_move
                move = f"{words.party(party)} would leave {here} for {words.named(to)}"
                return f"No deadlock: {move} under {self.under}."
            return f"No deadlock: nobody at the table prefers another state to {here}."
        focus = result.focus
        if focus is None:
            blocked = blocking(result.minimal_subsets, words)
            return (
                "Deadlock: every other state would leave somebody at the table worse off, or "
                f"nobody better off; {blocked}."
            )
        good = f"{self._deal(focus.state)} {gains(result, focus.state, words)}"
        leaving = f"{words.parties(focus.unstable_for)} would leave it"
        if focus.kind == "open":
            way = "would hold once reached, and steps lead there that nobody gains by breaking off"
            return f"Deadlock with a way out: {good}, {way}."
        if focus.kind == "enforcement-problem":
            way = "can be reached step by step, but it would not hold"
            return f"Deadlock: {good} and {way}: {leaving}."
        if focus.kind == "sequencing-trap":
            return f"Deadlock: {good} and would hold once reached, but {self._break(focus)}."
        return f"Deadlock: {good}, but {self._break(focus)}; nor would it hold: {leaving}."

    def _break(self, target: Target) -> str:
        broken = target.broken
        if broken is None:
            return "no steps lead there that nobody gains by breaking off"
        if broken.party is None or broken.to is None:
            return "no sequence of moves leads there"
        party, at = self.words.party(broken.party), self.words.named(broken.at)
        if broken.at == self.result.status_quo:
            return f"nobody can go first: {party} would not gain by it"
        return f"nobody can safely go first: at {at}, {party} would rather stop"

    def facts(self) -> list[Fact]:
        result, words = self.result, self.words
        rows: list[Fact] = []
        focus = result.focus
        if result.deadlock:
            kind = focus.kind if focus else result.kind
            rows.append(("kind", f"{kind_name(kind)}: {KIND_GLOSSES[kind]}"))
        if focus is not None:
            rows.append(("way", self._way(focus)))
            rows.append(("hold", self._holds(focus)))
        ripe = result.ripeness
        if result.zone:
            rows.append(("zone", self._zone(result.zone, ripe.feasible)))
        rows.append(("ripeness", self._ripeness()))
        rule = result.origin.sequences
        answers = "" if rule == "legal" else f"; answers: {rule}"
        rows.append(("concept", f"{self.under} {CONCEPTS[result.concept].gloss}{answers}"))
        rows += [
            ("joint move", f"{words.parties(move.parties)} to {self._deal(move.to)}")
            for move in result.scenario.joint_moves
        ]
        return rows

    def _zone(self, zone: tuple[str, ...], feasible: int) -> str:
        first = self.result.focus
        states = [first.state] if first else []
        states += [state for state in zone if state not in states]
        named = [self._deal(state) for state in states[:_MOST_NAMED]]
        named += [f"{len(states) - _MOST_NAMED:,} more"] if len(states) > _MOST_NAMED else []
        some = "; ".join(named)
        return f"{len(zone):,} of {plural(feasible, 'state')} would suit all at the table: {some}"

    def _way(self, target: Target) -> str:
        if target.path is not None:
            return schedule(target.path, self.words)
        broken = target.broken
        if broken is None:
            return "no stop-proof steps lead there"
        if broken.party is None or broken.to is None:
            return "no sequence of moves leads there"
        party = self.words.party(broken.party)
        taken = f"{schedule(broken.path, self.words)}; there " if broken.path.movers else ""
        stops = f"{party} would rather stop than go on to {self.words.named(broken.to)}"
        if broken.tempted_by is not None and broken.tempted_by != broken.at:
            stops += f", as play could then rest at {self.words.named(broken.tempted_by)}"
        return f"breaks: {taken}{stops}"

    def _holds(self, target: Target) -> str:
        stable = target.stable_under
        held = f"under {abbreviations(stable)}" if stable else "under none of the concepts"
        if target.unstable_for:
            leaving = self.words.parties(target.unstable_for)
            return f"{held}; {leaving} would leave it under {self.under}"
        if "nash" in self.result.concepts and "nash" not in stable:
            return f"{held}; not under Nash: it rests on answers to deviations"
        return held

    def _ripeness(self) -> str:
        ripe = self.result.ripeness
        stale = "nobody" if ripe.stalemate else "somebody"
        shares = ", ".join(
            f"{self.words.party(party)} {count / ripe.feasible:.0%}"
            for party, count in ripe.hurting.items()
        )
        out = "a way out exists" if ripe.way_out else "no way out"
        return f"{stale} at the table can improve alone; {out}; states preferred to now: {shares}"

    def targets(self) -> RenderableType | None:
        """Return the table of targets, the best first."""
        result, words = self.result, self.words
        if not result.targets:
            return None
        ordered = sorted(
            result.targets,
            key=lambda t: (t is not result.focus, not t.efficient, TARGET_KINDS.index(t.kind)),
        )
        shown = ordered[:_MOST_TARGETS]
        states = [t.state for t in shown]
        signs = [_FOCUS[t is result.focus] + _EFFICIENT[t.efficient] + " " for t in shown]
        names = [words.deal(s, result.status_quo).removesuffix(f" ({s})") for s in states]
        fixed = [Column("target", names, prefix=signs, wraps=True, least=_LEAST_STATE)]
        if words.case.graph is None:
            fixed.append(Column("code", states, ["dim"] * len(states)))
        letters = words.letters
        columns = [
            Column("kind", [kind_name(t.kind) for t in shown]),
            Column("left by", ["".join(letters[p] for p in t.unstable_for) or "–" for t in shown]),
            Column("steps", [self._letters(t) for t in shown]),
            Column("flags", [" ".join(FLAG_MARKS[flag] for flag in t.flags) or "–" for t in shown]),
        ]
        table = Grid(fixed, [c for c in columns if set(c.cells) != {"–"}])
        if len(ordered) > len(shown):
            more = f"{len(ordered) - len(shown):,} more targets; --json has all"
            return page_lines(table, Text(more, style="dim"))
        return table

    def _letters(self, target: Target) -> str:
        if target.path is None:
            return "–"
        letters = self.words.letters
        return " ".join("+".join(letters[p] for p in movers) for movers in target.path.movers)

    def flags(self) -> list[Fact]:
        focus = self.result.focus
        return [] if focus is None else list(target_flags(focus, self.words))

    def precedence(self, evidence: Evidence) -> list[Fact]:
        """Return the cycles of "must come before", quotations under the demands."""
        rows: list[Fact] = []
        cycles = self.result.precedence
        for k, cycle in enumerate(cycles[:_MOST_CYCLES]):
            if k:
                rows.append(("and", ""))
            for edge in cycle:
                rows.append((self._speaker(edge), self._demand(edge)))
                rows += quoted_rows(edge.evidence, evidence)
        if len(cycles) > _MOST_CYCLES:
            rows.append(("", f"and {len(cycles) - _MOST_CYCLES:,} more circles; --json has all"))
        return rows

    def _speaker(self, edge: Edge) -> str:
        return "the model" if edge.party is None else self.words.party(edge.party)

    def _demand(self, edge: Edge) -> str:
        evidence = f"  [{edge.statement}]" if edge.statement else ""
        return f"{self.words.claim(edge.before)} before {self.words.claim(edge.after)}{evidence}"

    def legend(self) -> list[Fact]:
        rows: list[Fact] = []
        if self.result.targets:
            rows.append(("letters", letters_line(self.words.letters, self.words.names)))
            raised = dict.fromkeys(flag for t in self.result.targets for flag in t.flags)
            flags = [f"{FLAG_MARKS[flag]} {spaced(flag)}" for flag in FLAG_MARKS if flag in raised]
            rows += [("flags", ", ".join(flags))] if flags else []
            rows.append(("steps", "who moves on a stop-proof way: nobody gains by stopping on it"))
            marks = "▸ the target spoken of above   * no other is better for some, worse for none"
            rows.append(("marks", marks))
        if self.result.not_applicable:
            names = ", ".join(map(spaced, self.result.not_applicable))
            rows.append(("not asked", f"{names}: the case does not say what they need"))
        return rows
