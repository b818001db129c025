"""A case file as text: edits that change one thing and keep comments, order, quotes and style.

ruamel.yaml says where every value stands; an edit replaces the characters of that value and
nothing else. Every edit then parses the new text and compares the case with the one that was
meant: an edit that would change anything else (through an anchor, say) is refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from detente.model.case import Case
from detente.model.document import known_name
from detente.model.errors import CaseError, Where, quoted
from detente.model.grammar import OptionNames
from detente.model.ids import CODE
from detente.model.loading import read_case, read_infeasible, read_status_quo
from detente.model.loading_parties import read_moves
from detente.model.parts import Clause, Infeasible, Preferences, Priorities, Ranking, Weights
from detente.model.patching import Patch, Sheet, Slot, Value, patched
from detente.model.patching_lists import Wanted, relist
from detente.model.patching_preferences import (
    Number,
    Stated,
    Writer,
    parsed,
    snippet,
    unplaced,
    words,
)
from detente.model.scalars import flow_list, flow_map, scalar
from detente.model.yamltext import Node, compose

__all__ = ["CaseText"]


@dataclass(frozen=True, slots=True)
class CaseText:
    r"""A case file: its text and the case in it. Edits return a new one.

    Attributes:
        text: the YAML text.
        case: what it says; its states are not checked (:func:`detente.workspace.casefiles.save`
            does).
        source: name of the file, for messages.

    Example:
        >>> before = CaseText.from_text(
        ...     "detente: 1  # format\nparties: {us: {options: {go: {}}}}\n"
        ... )
        >>> print(before.set_status_quo({"go": "yes"}).text, end="")
        detente: 1  # format
        parties: {us: {options: {go: {}}}}
        status_quo: {go: yes}
    """

    text: str
    case: Case
    source: str | None = None
    _root: Node = field(repr=False, compare=False, default=Node("null", "", Where(), Where()))

    @classmethod
    def from_text(cls, text: str, source: str | None = None) -> CaseText:
        """Parse the text of a case file.

        Raises:
            CaseError: if it is not a valid case.
        """
        root = compose(text, source)
        return cls(text, read_case(root, source), source, root)

    def set_title(self, title: str) -> CaseText:
        """Return the file with another title.

        Raises:
            CaseError: if it has control characters.
        """
        sheet = self._sheet()
        style = next((v.style for k, v in self._root.entries if k.raw == "title"), "")
        value = Value(scalar(title, flow=self._root.style == "flow", style=style))
        with unplaced(self.source):
            parsed(scalar(title, style='"'))  # refuses control characters
        patches = sheet.put(sheet.find(), "title", value, after=("detente",))
        return self.edited(patches, replace(self.case, title=title))

    def set_status_quo(self, state: str | Mapping[str, str] | None) -> CaseText:
        """Return the file with another status quo.

        Args:
            state: a code, a label, or option -> level (options not named are at their first
                level); ``None`` for no status quo.

        Raises:
            CaseError: if there is no such state, option or level.
        """
        sheet = self._sheet()
        if state is None:
            return self.edited(
                sheet.drop(sheet.find(), "status_quo"), replace(self.case, status_quo=None)
            )
        if isinstance(state, str):
            code = self.case.state(state)
        else:
            levels = {scalar(k, flow=True): scalar(v, flow=True) for k, v in state.items()}
            with unplaced(self.source):
                code = read_status_quo(parsed(flow_map(levels)), self.case, self._names())
        patches = self._status_quo(code, state if isinstance(state, str) else None)
        return self.edited(patches, replace(self.case, status_quo=code))

    def set_preferences(
        self,
        party: str,
        *,
        priorities: Sequence[Stated] | None = None,
        ranking: Sequence[str | Sequence[str]] | None = None,
        weights: Mapping[str, Number] | None = None,
    ) -> CaseText:
        """Return the file with other preferences of a party; with none, it is indifferent.

        Statements and states that are kept keep their comments and their evidence. A statement
        that takes the place of another one keeps the comments only.

        Args:
            party: id of the party.
            priorities: statements, the most important first, or pairs (statement, evidence ids).
            ranking: states by code or label, best first; a sequence is a tie.
            weights: statement -> number.

        Raises:
            CaseError: if there is no such party, or the preferences are not valid.
        """
        sheet = self._sheet()
        kinds = {"priorities": priorities, "ranking": ranking, "weights": weights}
        given = [kind for kind, items in kinds.items() if items is not None]
        self.case.party(party)
        place = self._place("parties", party)
        if not given:
            return self._with_party(party, sheet.drop(place, "preferences"), preferences=None)
        if len(given) > 1:
            raise CaseError(
                f"the new preferences of {quoted(party)} give {' and '.join(given)}",
                where=Where(self.source),
                rule="exactly one of priorities, ranking or weights",
                hint="keep one",
            )
        slot = None if place.alias else sheet.get(place.node, "preferences")
        old = self.case.party(party).preferences
        writer = Writer(sheet, self.case, self._names(), slot, old)
        new: Preferences
        with unplaced(self.source):
            if priorities is not None:
                new, wanted = writer.priorities(priorities)
            elif ranking is not None:
                new, wanted = writer.ranking(ranking)
            else:
                new, wanted = writer.weights(weights or {})
        return self._with_party(party, writer.patches(place, given[0], wanted), preferences=new)

    def set_moves(
        self, party: str, option: str, moves: str | Sequence[tuple[str, str]]
    ) -> CaseText:
        """Return the file with other moves of an option.

        Args:
            party: id of the party that owns it.
            option: id of the option.
            moves: ``both``, ``forward``, ``back``, or pairs (from, to) of level names.

        Raises:
            CaseError: if there is no such party, option or level.
        """
        sheet = self._sheet()
        owner = self.case.party(party)
        known_name(option, [o.id for o in owner.options], "option", Where(self.source))
        old = next(o for o in owner.options if o.id == option)
        if isinstance(moves, str):
            texts = [scalar(moves, flow=True)]
        else:
            texts = [flow_list(scalar(end, flow=True) for end in arc) for arc in moves]
        flow = texts[0] if isinstance(moves, str) else flow_list(texts)
        with unplaced(self.source):
            kind, arcs = read_moves(parsed(flow), old.levels, old.key)
        place = self._place("parties", party, "options", option)
        slot = None if place.alias else sheet.get(place.node, "moves")
        if kind == old.moves and arcs == old.arcs:
            return self
        if slot is not None and slot.node.items and kind == "arcs":
            patches = relist(sheet, slot, _arcs(slot, texts))
        else:
            patches = sheet.put(place, "moves", Value(flow), after=("levels", "name"))
        new = replace(old, moves=kind, arcs=arcs)
        options = tuple(new if o is old else o for o in owner.options)
        return self._with_party(party, patches, options=options)

    def set_outside(self, party: str, outside: bool) -> CaseText:
        """Return the file with a party outside the table, or at it.

        Raises:
            CaseError: if there is no such party.
        """
        sheet = self._sheet()
        if self.case.party(party).outside == outside:
            return self
        value = Value("true" if outside else "false")
        patches = sheet.put(self._place("parties", party), "outside", value, after=("name",))
        return self._with_party(party, patches, outside=outside)

    def add_infeasible(self, statement: str, evidence: Sequence[str] = ()) -> CaseText:
        """Return the file with one more statement, or pattern of codes, of what cannot happen.

        Raises:
            CaseError: if it is neither a statement nor a pattern.
        """
        sheet = self._sheet()
        flow = snippet(words(statement), evidence)
        with unplaced(self.source):
            (item,) = read_infeasible(parsed(flow_list([flow])), self.case, self._names())
        if _clause(item) in map(_clause, self.case.infeasible):
            return self
        expected = replace(self.case, infeasible=(*self.case.infeasible, item))
        slot = sheet.get(self._root, "infeasible")
        if slot is not None and slot.node.items:
            kept = [Wanted(i) for i in range(len(slot.node.items))]
            return self.edited(relist(sheet, slot, [*kept, Wanted(None, flow)]), expected)
        value = Value(flow_list([flow]), (f"- {flow}",))
        after = ("status_quo", "parties")
        return self.edited(sheet.put(sheet.find(), "infeasible", value, after), expected)

    def remove_infeasible(self, statement: str) -> CaseText:
        """Return the file without an item of 'infeasible'.

        Raises:
            CaseError: if there is no such item.
        """
        sheet = self._sheet()
        texts = [words(item.text) for item in self.case.infeasible]
        wanted = words(statement)
        known_name(wanted, texts, "item of 'infeasible'", Where(self.source))
        index = texts.index(wanted)
        slot = self._place("infeasible")
        kept = [i for i in range(len(texts)) if i != index]
        expected = replace(self.case, infeasible=tuple(self.case.infeasible[i] for i in kept))
        return self.edited(relist(sheet, slot, [Wanted(i) for i in kept]), expected)

    # How edits are made

    @property
    def root(self) -> Node:
        """The nodes of the text, for edits that stand elsewhere."""
        return self._root

    def _sheet(self) -> Sheet:
        return Sheet(self.text, self._root)

    def _names(self) -> OptionNames:
        return OptionNames(self.case.options)

    def _place(self, *keys: str) -> Slot:
        try:
            return self._sheet().find(*keys)
        except KeyError:
            raise self.stuck() from None

    def _status_quo(self, code: str, name: str | None) -> list[Patch]:
        """Write the status quo in the form in which it stands.

        Args:
            code: the state's canonical id.
            name: how the caller called it, if by a name.
        """
        sheet = self._sheet()
        slot = sheet.get(self._root, "status_quo")
        if slot is not None and slot.node.entries and not slot.alias:
            return self._levels(slot, code)
        if slot is None or slot.alias or slot.node.kind in ("mapping", "null"):
            value = Value(self._state(code))
            return sheet.put(sheet.find(), "status_quo", value, after=("parties",))
        old = slot.node
        called = name or (
            self.case.label_of.get(code, code) if old.raw in self.case.labels else code
        )
        if not old.style and CODE.fullmatch(old.raw) and CODE.fullmatch(called):
            return sheet.replace(slot, Value(called))
        return sheet.replace(slot, Value(scalar(called, flow=True, style=old.style)))

    def _levels(self, slot: Slot, code: str) -> list[Patch]:
        """Write the status quo as 'option: level' lines, where there are some."""
        sheet, names = self._sheet(), self._names()
        left = {i: self._level(i, code) for i, digit in enumerate(code) if digit != "0"}
        patches: list[Patch] = []
        for key, value in slot.node.entries:
            index = names.option(key.raw, None, None, 0)
            left.pop(index, None)
            level = self._level(index, code)
            if value.raw != level:
                text = scalar(level, flow=True, style=value.style)
                patches += sheet.replace(sheet.slot(key, value), Value(text))
        for index, level in left.items():
            new = Value(scalar(level, flow=True))
            patches += sheet.insert(slot.node, self._option(index), new)
        return patches

    def _state(self, code: str) -> str:
        """Return a state as YAML: a label, or the level of every option."""
        if self.case.graph is not None:
            return scalar(code, flow=True)
        levels = (scalar(self._level(i, code), flow=True) for i in range(len(code)))
        return flow_map(dict(zip(map(self._option, range(len(code))), levels, strict=True)))

    def _level(self, index: int, code: str) -> str:
        return self.case.options[index].levels[int(code[index])]

    def _option(self, index: int) -> str:
        """Return the shortest name of an option, as YAML."""
        option = self.case.options[index]
        alone = sum(other.id == option.id for other in self.case.options) == 1
        return scalar(option.id if alone else option.key, flow=True)

    def _with_party(self, party: str, patches: list[Patch], **changes: Any) -> CaseText:
        parties = tuple(replace(p, **changes) if p.id == party else p for p in self.case.parties)
        return self.edited(patches, replace(self.case, parties=parties))

    def edited(self, patches: list[Patch], expected: Case) -> CaseText:
        """Apply patches, and make sure that they did what was meant.

        Raises:
            CaseError: if they did not.
        """
        if _substance(expected) == _substance(self.case):
            return self
        try:
            new = CaseText.from_text(patched(self.text, patches), self.source)
        except CaseError as error:
            raise self.stuck() from error
        if _substance(new.case) != _substance(expected):
            raise self.stuck()
        return new

    def stuck(self) -> CaseError:
        """Return the message for a file that is written in a way that no edit fits."""
        return CaseError(
            "this edit does not fit the way in which the file is written",
            where=Where(self.source),
            rule="an edit changes one thing and leaves the rest as it is",
            hint="make it by hand; values shared by '&' and '*' are the usual reason",
        )


def _substance(case: Case) -> object:
    """Return everything that a case says, without the places where it says it."""
    return (
        (case.title, case.about, case.as_of, case.labels, case.graph, case.status_quo),
        [replace(party, preferences=None) for party in case.parties],
        [_wants(party.preferences) for party in case.parties],
        [_clause(item) for item in case.infeasible],
        [(view.viewer, view.seen, _wants(view.preferences)) for view in case.perceptions],
    )


def _clause(item: Infeasible) -> object:
    said = item.statement if isinstance(item, Clause) else item.levels
    return words(item.text), said, item.evidence


def _wants(preferences: Preferences | None) -> object:
    if isinstance(preferences, Priorities):
        return [_clause(clause) for clause in preferences.clauses]
    if isinstance(preferences, Ranking):
        return [frozenset(tier) for tier in preferences.tiers]
    if isinstance(preferences, Weights):
        return [(_clause(clause), weight) for clause, weight in preferences.clauses]
    return None


def _arcs(slot: Slot, texts: Sequence[str]) -> list[Wanted]:
    """Return how a list of arcs changes."""
    old = [flow_list(scalar(end.raw, flow=True) for end in arc) for arc in slot.node.items]
    return [Wanted(old.index(text) if text in old else None, text) for text in texts]
