"""What differs between the models of two cases, and which of their states correspond."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from detente.analysis.inverse.preference_changes import Tiers, induced_ranking
from detente.model.case import Case
from detente.model.parts import Option, Party

__all__ = ["ModelChange", "StateMatch", "model_changes"]


@dataclass(frozen=True, slots=True)
class StateMatch:
    """Which feasible states correspond.

    Attributes:
        pairs: state of A -> the corresponding state of B.
        back: state of B -> the corresponding state of A.
        only_a, only_b: the feasible states without counterpart.
    """

    pairs: Mapping[str, str]
    back: Mapping[str, str]
    only_a: tuple[str, ...]
    only_b: tuple[str, ...]

    @staticmethod
    def of(a: Case, b: Case, states_a: Sequence[str], states_b: Sequence[str]) -> StateMatch:
        """Match the feasible states of two cases."""
        there = {key: state for state, key in zip(states_b, _keys(b, a, states_b), strict=True)}
        pairs = {
            state: there[key]
            for state, key in zip(states_a, _keys(a, b, states_a), strict=True)
            if key is not None and key in there
        }
        back = {t: s for s, t in pairs.items()}
        return StateMatch(
            pairs,
            back,
            tuple(s for s in states_a if s not in pairs),
            tuple(t for t in states_b if t not in back),
        )

    def to_dict(self) -> dict[str, Any]:
        """Return plain data: how many correspond, and the names of those that do not."""
        return {
            "common": len(self.pairs),
            "renamed": sum(s != t for s, t in self.pairs.items()),
            "only_a": list(self.only_a),
            "only_b": list(self.only_b),
        }


def _keys(case: Case, other: Case, states: Iterable[str]) -> Iterator[object]:
    """Yield what must agree in corresponding states, ``None`` where there can be none."""
    if case.graph is not None or other.graph is not None:
        yield from (case.label_of.get(s, s) if case.graph is None else s for s in states)
        return
    shared = {option.key for option in other.options}
    digits = {option.key: k for k, option in enumerate(case.options)}
    names = sorted(key for key in digits if key in shared)
    alone = [k for key, k in digits.items() if key not in shared]
    levels = {key: case.options[digits[key]].levels for key in names}
    for state in states:
        if any(state[k] != "0" for k in alone):
            yield None
        else:
            yield tuple(levels[key][int(state[digits[key]])] for key in names)


@dataclass(frozen=True, slots=True)
class ModelChange:
    """One difference.

    Attributes:
        element: ``party``, ``option``, ``states``, ``status_quo``, ``preferences`` or
            ``perception``.
        id: of the party, ``party.option``, or ``viewer->seen``; empty for the case itself.
        aspect: ``added``, ``removed``, or what changed: ``outside``, ``constituent_of``,
            ``levels``, ``arcs``, ``issue``, ``moves``, ``form``, ``feasible``, ``order`` or
            ``state``.
        before, after: plain data; ``None`` where there is nothing. For an order: the tiers over
            the states that both cases have, each side in its own names. For ``arcs`` and ``moves``:
            what only A has, and only B. For ``feasible``: the states possible in A only, and in
            B only, though both cases have their options and levels.
    """

    element: str
    id: str
    aspect: str
    before: Any = None
    after: Any = None

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return {
            "element": self.element,
            "id": self.id,
            "aspect": self.aspect,
            "before": self.before,
            "after": self.after,
        }


def model_changes(a: Case, b: Case, match: StateMatch) -> tuple[ModelChange, ...]:
    """Return every difference between two models that a result can depend on."""
    return tuple(_Models(a, b, match).changes())


class _Models:
    def __init__(self, a: Case, b: Case, match: StateMatch) -> None:
        self.a, self.b, self.match = a, b, match

    def changes(self) -> Iterator[ModelChange]:
        one = {party.id: party for party in self.a.parties}
        two = {party.id: party for party in self.b.parties}
        yield from _presence("party", one, two)
        for name in one:
            if name in two:
                yield from self._party(one[name], two[name])
        if self.a.form != self.b.form:
            yield ModelChange("states", "", "form", self.a.form, self.b.form)
        yield from self._feasible()
        old, new = self.a.status_quo, self.b.status_quo
        if (old is None) != (new is None) or (old is not None and self.match.pairs.get(old) != new):
            yield ModelChange("status_quo", "", "state", old, new)
        for name in one:
            if name in two:
                yield from self._order("preferences", name, self.a, self.b, name)
        yield from self._perceptions()

    def _party(self, one: Party, two: Party) -> Iterator[ModelChange]:
        for aspect in ("outside", "constituent_of"):
            before, after = getattr(one, aspect), getattr(two, aspect)
            if before != after:
                yield ModelChange("party", one.id, aspect, before, after)
        own = {option.key: option for option in one.options}
        other = {option.key: option for option in two.options}
        yield from _presence("option", own, other)
        for key in own:
            if key in other:
                yield from _option(own[key], other[key])
        if self.a.graph is not None and self.b.graph is not None:
            arcs = [
                set(case.graph.moves.get(one.id, ())) for case in (self.a, self.b) if case.graph
            ]
            yield from _arcs("party", one.id, "moves", *arcs)

    def _feasible(self) -> Iterator[ModelChange]:
        """States possible in one case and excluded in the other, though both can name them."""
        if self.a.graph is not None or self.b.graph is not None:
            before, after = self.match.only_a, self.match.only_b
        else:
            before = tuple(s for s in self.match.only_a if _nameable(self.a, self.b, s))
            after = tuple(t for t in self.match.only_b if _nameable(self.b, self.a, t))
        if before or after:
            yield ModelChange("states", "", "feasible", list(before), list(after))

    def _order(
        self, element: str, id: str, one: Case, two: Case, party: str
    ) -> Iterator[ModelChange]:
        pairs = self.match.pairs
        before = _over(induced_ranking(one, party), pairs)
        after = _over(induced_ranking(two, party), self.match.back)
        renamed = [{pairs[state] for state in tier} for tier in before]
        if renamed != [set(tier) for tier in after]:
            yield ModelChange(
                element, id, "order", [list(t) for t in before], [list(t) for t in after]
            )

    def _perceptions(self) -> Iterator[ModelChange]:
        one = {f"{p.viewer}->{p.seen}": p for p in self.a.perceptions}
        two = {f"{p.viewer}->{p.seen}": p for p in self.b.perceptions}
        yield from _presence("perception", one, two)
        for name, seen in one.items():
            if name in two and {seen.seen} <= {*self.a.party_ids} & {*self.b.party_ids}:
                cases = [
                    _believed(case, p.seen, p) for case, p in ((self.a, seen), (self.b, two[name]))
                ]
                yield from self._order("perception", name, cases[0], cases[1], seen.seen)


def _believed(case: Case, party: str, perception: Any) -> Case:
    seen = replace(case.party(party), preferences=perception.preferences)
    return replace(case, parties=tuple(seen if p.id == party else p for p in case.parties))


def _presence(
    element: str, one: Mapping[str, object], two: Mapping[str, object]
) -> Iterator[ModelChange]:
    for name in one:
        if name not in two:
            yield ModelChange(element, name, "removed", before=name)
    for name in two:
        if name not in one:
            yield ModelChange(element, name, "added", after=name)


def _option(one: Option, two: Option) -> Iterator[ModelChange]:
    if one.levels != two.levels:
        yield ModelChange("option", one.key, "levels", list(one.levels), list(two.levels))
    arcs = [
        {(option.levels[start], option.levels[end]) for start, end in option.arcs}
        for option in (one, two)
    ]
    yield from _arcs("option", one.key, "arcs", *arcs)
    if one.issue != two.issue:
        yield ModelChange("option", one.key, "issue", one.issue, two.issue)


def _arcs(
    element: str, id: str, aspect: str, one: set[tuple[str, str]], two: set[tuple[str, str]]
) -> Iterator[ModelChange]:
    """Yield the arcs that only one side has."""
    if one != two:
        gone, new = sorted(one - two), sorted(two - one)
        yield ModelChange(element, id, aspect, [list(p) for p in gone], [list(p) for p in new])


def _nameable(case: Case, other: Case, state: str) -> bool:
    """Tell whether the other case could have this state: the same options and levels."""
    levels = {option.key: option.levels for option in other.options}
    for option, digit in zip(case.options, state, strict=True):
        if option.key not in levels:
            if digit != "0":
                return False
        elif option.levels[int(digit)] not in levels[option.key]:
            return False
    return True


def _over(tiers: Tiers, kept: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Restrict a ranking to some of the states."""
    short = (tuple(state for state in tier if state in kept) for tier in tiers)
    return [tier for tier in short if tier]
