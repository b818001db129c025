"""Patches of a case file: what to write where, so that it says what a changed scenario says."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from detente.analysis.deadlock.scenario import JointMove, Scenario
from detente.model.case import Case
from detente.model.parts import Clause, Infeasible, Option, Preferences, Priorities, Ranking

__all__ = ["Edit", "apply_edits", "edit_in_place", "joint_moves_in", "patch_of"]


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit of a case file.

    Attributes:
        path: the keys that lead to the place, from the top of the file.
        value: what stands there afterwards, in the terms of the file.
        remove: True if the key goes; ``value`` is then ``None``.
    """

    path: tuple[str, ...]
    value: Any = None
    remove: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        if self.remove:
            return {"path": list(self.path), "remove": True}
        return {"path": list(self.path), "value": copy.deepcopy(self.value)}


def patch_of(before: Scenario, after: Scenario) -> tuple[Edit, ...]:
    """Return the edits that turn the file of one scenario into that of the other.

    Joint moves have no place in format 1: they are listed under ``joint_moves``, which a reader
    that does not know it must refuse (see :func:`joint_moves_in`).
    """
    return tuple(_edits(before, after))


def _edits(before: Scenario, after: Scenario) -> Iterator[Edit]:
    old, new = before.case, after.case
    for was, party in zip(old.parties, new.parties, strict=True):
        place = ("parties", party.id)
        if was.outside != party.outside:
            yield Edit((*place, "outside"), party.outside)
        for option_was, option in zip(was.options, party.options, strict=True):
            here = (*place, "options", option.id)
            if option_was.levels != option.levels:
                yield Edit((*here, "levels"), list(option.levels))
            if (option_was.levels, option_was.arcs) != (option.levels, option.arcs):
                yield Edit((*here, "moves"), _moves(option))
        if was.preferences != party.preferences and party.preferences is not None:
            yield Edit((*place, "preferences"), _preferences(party.preferences))
    if old.infeasible != new.infeasible:
        yield Edit(("infeasible",), [_excluded(item) for item in new.infeasible])
    if old.status_quo != new.status_quo and new.status_quo is not None:
        yield Edit(("status_quo",), new.describe(new.status_quo) or new.status_quo)
    if old.labels != new.labels:
        yield Edit(("states",), {label: new.describe(code) for label, code in new.labels.items()})
    yield from _perceptions(old, new)
    yield from _graph(old, new)
    if before.joint_moves != after.joint_moves:
        yield Edit(("joint_moves",), [move.to_dict() for move in after.joint_moves])


def _perceptions(old: Case, new: Case) -> Iterator[Edit]:
    kept = {(p.viewer, p.seen): p.preferences for p in new.perceptions}
    if old.perceptions and not kept:
        yield Edit(("perceptions",), remove=True)
        return
    for belief in old.perceptions:
        place = ("perceptions", belief.viewer, belief.seen)
        if (belief.viewer, belief.seen) not in kept:
            yield Edit(place, remove=True)
        elif kept[belief.viewer, belief.seen] != belief.preferences:
            yield Edit(place, _preferences(kept[belief.viewer, belief.seen]))


def _graph(old: Case, new: Case) -> Iterator[Edit]:
    if old.graph is None or new.graph is None:
        return
    for party in new.party_ids:
        was, arcs = old.graph.moves.get(party, ()), new.graph.moves.get(party, ())
        if was and not arcs:
            yield Edit(("moves", party), remove=True)
        elif was != arcs:
            starts = dict.fromkeys(start for start, _ in arcs)
            value = {s: [end for start, end in arcs if start == s] for s in starts}
            yield Edit(("moves", party), value)


def _moves(option: Option) -> Any:
    if option.moves != "arcs":
        return option.moves
    return [[option.levels[a], option.levels[b]] for a, b in sorted(option.arcs)]


def _clause(clause: Clause) -> Any:
    if clause.evidence:
        return {"statement": clause.text, "evidence": list(clause.evidence)}
    return clause.text


def _excluded(item: Infeasible) -> Any:
    if isinstance(item, Clause):
        return _clause(item)
    if item.evidence:
        return {"statement": item.text, "evidence": list(item.evidence)}
    return item.text


def _preferences(preferences: Preferences) -> Any:
    if isinstance(preferences, Priorities):
        return {"priorities": [_clause(clause) for clause in preferences.clauses]}
    if isinstance(preferences, Ranking):
        tiers = [tier[0] if len(tier) == 1 else list(tier) for tier in preferences.tiers]
        return {"ranking": tiers}
    return {"weights": {clause.text: _number(w) for clause, w in preferences.clauses}}


def _number(weight: Decimal) -> int | float:
    return int(weight) if weight == weight.to_integral_value() else float(weight)


def apply_edits(document: dict[str, Any], edits: Iterable[Edit]) -> dict[str, Any]:
    """Return a case-file document, as plain data, with edits applied.

    Args:
        document: what the YAML of a case file holds; it is not changed.
        edits: in order. Mappings on the way that are missing or empty are made.
    """
    changed = copy.deepcopy(document)
    edit_in_place(changed, edits)
    return changed


def edit_in_place(document: dict[str, Any], edits: Iterable[Edit]) -> None:
    """Apply edits to a document itself; see :func:`apply_edits`."""
    for edit in edits:
        *way, last = edit.path
        place = document
        for key in way:
            if place.get(key) is None:
                place[key] = {}
            place = place[key]
        if edit.remove:
            place.pop(last, None)
        else:
            place[last] = copy.deepcopy(edit.value)


def joint_moves_in(edits: Iterable[Edit]) -> tuple[JointMove, ...]:
    """Return the joint moves that edits list."""
    return tuple(
        JointMove(move["to"], tuple(move["parties"]))
        for edit in edits
        if edit.path == ("joint_moves",)
        for move in edit.value
    )
