"""A case: the whole model of one negotiation, frozen and validated, without arrays."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from math import prod

from detente.model.errors import CaseError, Where, counted, listed, nearest, quoted
from detente.model.ids import CODE
from detente.model.parts import (
    Clause,
    Infeasible,
    Option,
    Party,
    Perception,
    Preferences,
    Priorities,
    Ranking,
    Weights,
)

__all__ = ["FORMAT", "UNREVIEWED", "Case", "GraphForm"]

FORMAT = 1
"""The version of the case-file format that this package writes."""

UNREVIEWED = "UNREVIEWED DRAFT"
"""The words in ``about`` that mark a case drafted from statements that nobody has judged."""

_MARK = {"code": "digit", "pattern": "mark"}


@dataclass(frozen=True, slots=True)
class GraphForm:
    """States and moves given one by one, for models that are not products of options.

    Attributes:
        states: labels, in declared order.
        moves: party id -> the pairs of labels (from, to) that it can move along.
    """

    states: tuple[str, ...]
    moves: dict[str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True)
class Case:
    """The model of a negotiation.

    Attributes:
        parties: in declared order; their options, in order, give the digits of a state's code.
        title, about, as_of: for people.
        infeasible: what makes a state impossible (option form only).
        labels: names of states of an option-form model: label -> code.
        graph: states and moves of a graph-form model, else ``None``.
        status_quo: the state now: a code (option form) or a label (graph form).
        perceptions: how parties see each other's preferences.
        source: name of the file it came from.
        places: where things stand in the file, for messages about states.
    """

    parties: tuple[Party, ...]
    title: str = ""
    about: str = ""
    as_of: str = ""
    infeasible: tuple[Infeasible, ...] = ()
    labels: dict[str, str] = field(default_factory=dict)
    graph: GraphForm | None = None
    status_quo: str | None = None
    perceptions: tuple[Perception, ...] = ()
    source: str | None = None
    places: dict[str, Where] = field(default_factory=dict, compare=False)

    @property
    def form(self) -> str:
        """``"option"`` or ``"graph"``."""
        return "option" if self.graph is None else "graph"

    @property
    def unreviewed(self) -> bool:
        """True if ``about`` has the words :data:`UNREVIEWED`, with whatever blanks between them."""
        return UNREVIEWED in " ".join(self.about.split())

    @cached_property
    def evidence(self) -> tuple[str, ...]:
        """Ids of the statements behind its elements, each once, in the order of the file."""
        return tuple(dict.fromkeys(_evidence(self)))

    @cached_property
    def options(self) -> tuple[Option, ...]:
        """Every option, in the order of the digits of a code."""
        return tuple(option for party in self.parties for option in party.options)

    @cached_property
    def party_ids(self) -> tuple[str, ...]:
        """The parties' ids, in declared order."""
        return tuple(party.id for party in self.parties)

    @property
    def cells(self) -> int:
        """Number of combinations of levels, feasible or not; in graph form, of states."""
        if self.graph is not None:
            return len(self.graph.states)
        return prod(len(option.levels) for option in self.options)

    @cached_property
    def label_of(self) -> dict[str, str]:
        """Code -> label, for the states that have names."""
        return {code: label for label, code in self.labels.items()}

    @cached_property
    def cell_of_label(self) -> dict[str, int]:
        """Graph form: label -> its place in the list of states."""
        labels = self.graph.states if self.graph is not None else ()
        return {label: cell for cell, label in enumerate(labels)}

    def party(self, name: str) -> Party:
        """Return the party with this id.

        Raises:
            CaseError: if there is none.
        """
        for party in self.parties:
            if party.id == name:
                return party
        close = nearest(name, self.party_ids)
        raise CaseError(
            f"there is no party {quoted(name)}",
            where=Where(self.source),
            rule=f"the parties are {listed(self.party_ids)}",
            hint=f"did you mean '{close}'?" if close else "use one of these ids",
        )

    def state(self, name: str, where: Where | None = None) -> str:
        """Return the canonical id (code or label) of the state called ``name``.

        Args:
            name: a code, or a label.
            where: the place to name in an error.

        Raises:
            CaseError: if there is no such state. Feasibility is not checked here.
        """
        place = where or Where(self.source)
        if self.graph is not None:
            if name in self.cell_of_label:
                return name
            close = nearest(name, self.graph.states)
            raise CaseError(
                f"there is no state {quoted(name)}",
                where=place,
                rule="a graph-form model names its states under 'states:'",
                hint=f"did you mean '{close}'?" if close else "use one of the labels",
            )
        if name in self.labels:
            return self.labels[name]
        if not CODE.fullmatch(name):
            close = nearest(name, self.labels)
            raise CaseError(
                f"there is no state {quoted(name)}",
                where=place,
                rule="a state is a code (one digit for each option) or a label under 'states:'",
                hint=f"did you mean '{close}'?" if close else self._code_hint(),
            )
        self.check_code(name, place)
        return name

    def _code_hint(self) -> str:
        example = "0" * len(self.options)
        return f"codes have {len(self.options)} digits here, for instance {quoted(example)}"

    def check_code(self, code: str, place: Where, what: str = "code") -> None:
        """Refuse a code, or a pattern of codes, that does not fit the options.

        Raises:
            CaseError: if it has not one mark for each option, or a digit is no level.
        """
        if len(code) != len(self.options):
            raise CaseError(
                f"the {what} {quoted(code)} has {counted(len(code), _MARK[what])}",
                where=place,
                rule=f"a {what} has one {_MARK[what]} for each option: "
                f"{len(self.options)} in this case",
                hint=f"the options are, in order: {listed(o.key for o in self.options)}",
            )
        for digit, option in zip(code, self.options, strict=True):
            if digit != "-" and int(digit) >= len(option.levels):
                raise CaseError(
                    f"the {what} {quoted(code)} gives '{option.key}' the level {digit}",
                    where=place,
                    rule=f"its levels are 0 to {len(option.levels) - 1}: "
                    + ", ".join(option.levels),
                    hint="correct that digit",
                )

    def levels(self, code: str) -> tuple[int, ...]:
        """Return the level's index of every option in a state given by its code."""
        return tuple(int(digit) for digit in code)

    def describe(self, state: str) -> dict[str, str]:
        """Return ``party.option`` -> level id for a state (empty in graph form)."""
        if self.graph is not None:
            return {}
        return {
            option.key: option.levels[level]
            for option, level in zip(self.options, self.levels(state), strict=True)
        }

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over everything that a result depends on: not names, comments or evidence."""
        parties = [
            (
                party.id,
                party.outside,
                party.constituent_of,
                [(o.id, o.levels, sorted(o.arcs), o.issue) for o in party.options],
                _substance(party.preferences),
            )
            for party in self.parties
        ]
        graph = self.graph and (self.graph.states, sorted(self.graph.moves.items()))
        infeasible = [i.statement if isinstance(i, Clause) else i.levels for i in self.infeasible]
        seen = [(p.viewer, p.seen, _substance(p.preferences)) for p in self.perceptions]
        whole = repr((FORMAT, parties, graph, infeasible, self.status_quo, seen))
        return hashlib.sha256(whole.encode("utf-8")).hexdigest()


def _evidence(case: Case) -> Iterator[str]:
    for party in case.parties:
        yield from party.evidence
        for option in party.options:
            yield from option.evidence
        yield from _behind(party.preferences)
    for item in case.infeasible:
        yield from item.evidence
    for perception in case.perceptions:
        yield from _behind(perception.preferences)


def _behind(preferences: Preferences | None) -> Iterator[str]:
    if isinstance(preferences, Priorities):
        for clause in preferences.clauses:
            yield from clause.evidence
    elif isinstance(preferences, Weights):
        for clause, _ in preferences.clauses:
            yield from clause.evidence


def _substance(preferences: Preferences | None) -> object:
    if isinstance(preferences, Priorities):
        return ("priorities", [clause.statement for clause in preferences.clauses])
    if isinstance(preferences, Ranking):
        return ("ranking", [sorted(tier) for tier in preferences.tiers])
    if isinstance(preferences, Weights):
        return ("weights", [(c.statement, w.normalize()) for c, w in preferences.clauses])
    return None
