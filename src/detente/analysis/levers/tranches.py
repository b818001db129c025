"""Tranches: an option in smaller steps (Admati and Perry 1991, Lockwood and Thomas 2002).

An option of L levels gets k, such that the old levels stay among them and every old step is
divided into the same number of new ones (k - 1 is a multiple of L - 1). Moves go one new level at
a time, up or down an old step if an old arc passes over it in that direction.

The preferences over the new levels are not in the case. Where a party has ``weights``, a new level
that lies the fraction f of the way from one old level to the next is worth (1 - f) times the one
plus f times the other: linear interpolation. Where a party's preferences do not speak of the
option, it is indifferent as before. Anybody else has to be asked. A new level is feasible where
the two old levels around it are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from detente.analysis.deadlock.wording import involved, text_of
from detente.model.case import Case
from detente.model.errors import CaseError, Where
from detente.model.parts import (
    Clause,
    Infeasible,
    Option,
    Pattern,
    Preferences,
    Priorities,
    Ranking,
    Weights,
)
from detente.model.statement import OPERATORS, And, Atom, If, Iff, Not, Or, Statement

__all__ = ["MOST_LEVELS", "Tranches", "apply_tranches", "choices", "needs_preferences"]

MOST_LEVELS = 10


@dataclass(frozen=True, slots=True)
class Tranches:
    """``tranches``: an option gets this many ordered levels, one step at a time.

    Attributes:
        option: ``party.option``.
        levels: how many.
    """

    option: str
    levels: int

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return {"lever": "tranches", "option": self.option, "levels": self.levels}


def choices(option: Option) -> range:
    """Return the numbers of levels that an option can get."""
    steps = len(option.levels) - 1
    return range(2 * steps + 1, MOST_LEVELS + 1, steps)


def needs_preferences(case: Case, key: str) -> tuple[str, ...]:
    """Return the parties whose preferences over new levels of an option are not known.

    Beliefs about others count for the party that holds them.
    """
    index = _index(case, key)
    unknown = [p.id for p in case.parties if not _known(p.preferences, index)]
    unknown += [p.viewer for p in case.perceptions if not _known(p.preferences, index)]
    return tuple(dict.fromkeys(unknown))


def _index(case: Case, key: str) -> int:
    for k, option in enumerate(case.options):
        if option.key == key:
            return k
    raise CaseError(f"there is no option '{key}'", where=Where(case.source))


def _known(preferences: Preferences | None, index: int) -> bool:
    match preferences:
        case Ranking():
            return False
        case Priorities(clauses):
            return not any(index in involved(clause.statement) for clause in clauses)
    return True


def apply_tranches(case: Case, key: str, levels: int, target: str) -> tuple[Case, str]:
    """Divide an option into tranches.

    Args:
        case: an option-form case.
        key: ``party.option``.
        levels: one of :func:`choices`.
        target: a state, by its code or label.

    Returns:
        The changed case, and the code of the target in it.

    Raises:
        CaseError: if the number of levels does not fit, or preferences are not known.
    """
    index = _index(case, key)
    option = case.options[index]
    unknown = needs_preferences(case, key)
    if unknown:
        raise CaseError(
            f"the preferences of {', '.join(unknown)} over new levels of '{key}' are not known",
            where=Where(case.source),
            rule="tranches need 'weights', which can be interpolated",
            hint="write the levels into the case file and rank the new states",
        )
    if levels not in choices(option):
        raise CaseError(
            f"'{key}' cannot get {levels} levels",
            where=Where(case.source),
            rule=f"it has {len(option.levels)}; each step is divided into equal parts",
            hint=f"possible are {', '.join(map(str, choices(option)))}",
        )
    return _Division(case, index, levels).case(), _Division(case, index, levels).code(
        case.state(target)
    )


class _Division:
    def __init__(self, case: Case, index: int, levels: int) -> None:
        self.old = case
        self.index = index
        self.option = case.options[index]
        self.parts = (levels - 1) // (len(self.option.levels) - 1)
        self.names = tuple(self._names(levels))
        self.new = replace(
            self.option, levels=self.names, arcs=frozenset(self._arcs()), moves="arcs"
        )

    def _names(self, levels: int) -> Iterator[str]:
        """Yield the names: old levels keep theirs, new ones are called ``after-part-of``."""
        for k in range(levels):
            low, part = divmod(k, self.parts)
            name = self.option.levels[low]
            yield name if part == 0 else f"{name}-{part}-of-{self.parts}"

    def _arcs(self) -> Iterator[tuple[int, int]]:
        for k in range(len(self.names) - 1):
            low = k // self.parts
            if any(a <= low < b for a, b in self.option.arcs):
                yield k, k + 1
            if any(b <= low < a for a, b in self.option.arcs):
                yield k + 1, k

    def code(self, code: str) -> str:
        """Return the new code of an old state."""
        digit = str(int(code[self.index]) * self.parts)
        return code[: self.index] + digit + code[self.index + 1 :]

    def case(self) -> Case:
        """Return the changed case."""
        old = self.old
        parties = tuple(
            replace(
                party,
                options=tuple(self.new if o.key == self.option.key else o for o in party.options),
            )
            for party in old.parties
        )
        shell = replace(
            old,
            parties=parties,
            labels={label: self.code(code) for label, code in old.labels.items()},
            status_quo=None if old.status_quo is None else self.code(old.status_quo),
        )
        return replace(
            shell,
            parties=tuple(
                replace(party, preferences=self._preferences(party.preferences, shell))
                for party in parties
            ),
            perceptions=tuple(
                replace(own, preferences=self._weighed(own.preferences, shell))
                for own in old.perceptions
            ),
            infeasible=tuple(new for item in old.infeasible for new in self._excluded(item, shell)),
        )

    def _preferences(self, preferences: Preferences | None, shell: Case) -> Preferences | None:
        return None if preferences is None else self._weighed(preferences, shell)

    def _weighed(self, preferences: Preferences, shell: Case) -> Preferences:
        if not isinstance(preferences, Weights):
            return preferences
        clauses: list[tuple[Clause, Decimal]] = []
        for clause, weight in preferences.clauses:
            if self.index not in involved(clause.statement):
                clauses.append((clause, weight * self.parts))
                continue
            for k in range(len(self.names)):
                low, part = divmod(k, self.parts)
                pieces = [(low, self.parts - part), (low + 1, part)]
                for level, share in pieces:
                    if share:
                        held = self._at(clause.statement, level)
                        if held is not False:
                            here = Atom(self.index, "=", k)
                            both = here if held is True else And((here, held))
                            text = text_of(both, shell)
                            clauses.append((Clause(text, both), weight * share))
        merged: dict[str, tuple[Clause, Decimal]] = {}
        for clause, weight in clauses:
            before = merged[clause.text][1] if clause.text in merged else Decimal(0)
            merged[clause.text] = clause, before + weight
        return Weights(tuple(merged.values()), preferences.where)

    def _excluded(self, item: Infeasible, shell: Case) -> Iterator[Infeasible]:
        if isinstance(item, Pattern):
            level = item.levels[self.index]
            for k in range(len(self.names)):
                low, part = divmod(k, self.parts)
                if level is None or level == low or (part and level == low + 1):
                    new = None if level is None else k
                    levels = (*item.levels[: self.index], new, *item.levels[self.index + 1 :])
                    text = "".join("-" if at is None else str(at) for at in levels)
                    yield replace(item, text=text, levels=levels)
                    if level is None:
                        return
            return
        if self.index not in involved(item.statement):
            yield item
            return
        for k in range(len(self.names)):
            low, part = divmod(k, self.parts)
            around = [
                self._at(item.statement, level) for level in ([low, low + 1] if part else [low])
            ]
            held = [own for own in around if own is not False]
            if held:
                here: Statement = Atom(self.index, "=", k)
                if not any(own is True for own in held):
                    real = tuple(own for own in held if isinstance(own, Statement))
                    here = And((here, real[0] if len(real) == 1 else Or(real)))
                yield replace(item, text=text_of(here, shell), statement=here)

    def _at(self, statement: Statement, level: int) -> Statement | bool:
        """Return the statement with the option at an old level, simplified."""
        match statement:
            case Atom(option, op, bound):
                return OPERATORS[op](level, bound) if option == self.index else statement
            case Not(part):
                own = self._at(part, level)
                return not own if isinstance(own, bool) else Not(own)
            case And(parts) | Or(parts):
                absorbing = isinstance(statement, Or)
                left = []
                for part in parts:
                    own = self._at(part, level)
                    if own is absorbing:
                        return absorbing
                    if not isinstance(own, bool):
                        left.append(own)
                if not left:
                    return not absorbing
                return left[0] if len(left) == 1 else type(statement)(tuple(left))
            case If(left_, right):
                return self._at(Or((left_, Not(right))), level)
            case Iff(left_, right):
                a, b = self._at(left_, level), self._at(right, level)
                if isinstance(a, bool):
                    return _equal(b, a)
                return _equal(a, b) if isinstance(b, bool) else Iff(a, b)
        raise TypeError(f"{type(statement).__name__} is not a statement")


def _equal(statement: Statement | bool, value: bool) -> Statement | bool:
    if isinstance(statement, bool):
        return statement == value
    return statement if value else Not(statement)
