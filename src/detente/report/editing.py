"""What an edit of a case changed, in sentences: the edit itself, and what moved past what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.analysis.swapping import Swap
from detente.engine.compile import compile_case
from detente.engine.states import codes_of
from detente.model.case import Case
from detente.model.grammar import OptionNames, parse_statement
from detente.model.parts import Clause, Priorities
from detente.report.modelling import clause_words
from detente.report.wishes import Wishes
from detente.report.words import Words, plural

__all__ = ["edit_words", "swap_words"]

_MOST_PAIRS = 2
_COMPARED = 2_048
"""Up to this many states, every pair is compared."""


def edit_words(
    before: Case,
    after: Case,
    edit: Mapping[str, Any],
    words: tuple[Words, Words] | None = None,
) -> list[str]:
    """Return what changed, the edit first.

    Args:
        before: the case before the edit.
        after: the case after it.
        edit: the edit, as the workbench sends it.
        words: how the two are spoken of, if that is known already.
    """
    told = _Teller(before, after, edit, words or (Words(before), Words(after)))
    return [told.first(), *told.structure(), *told.moved()]


def swap_words(case: Case, party: str, found: Swap) -> str:
    """Return which priority would swap two states, and what else it would move."""
    words = Words(case)
    statement = words.claim(parse_statement(found.statement, OptionNames(case.options)))
    preferences = case.party(party).preferences
    assert isinstance(preferences, Priorities)
    above = clause_words(preferences.clauses[found.index], party, Wishes(case, words))
    said = f"Add “{statement}” above “{above}” to the priorities of {words.party(party)}."
    if found.moved == 1:
        return f"{said} Nothing else moves."
    return f"{said} {plural(found.moved - 1, 'other pair')} of states would change places too."


class _Teller:
    def __init__(
        self, before: Case, after: Case, edit: Mapping[str, Any], words: tuple[Words, Words]
    ) -> None:
        self.before, self.after, self.edit = before, after, edit
        self.old, self.new = words

    def first(self) -> str:
        """Return the sentence about the edit."""
        kind = self.edit["kind"]
        told = getattr(self, f"_{kind}", None)
        assert told is not None, kind
        return str(told())

    # The edits

    def _title(self) -> str:
        return f"Named the case “{self.after.title}”."

    def _status_quo(self) -> str:
        if self.after.status_quo is None:
            return "The case has no status quo any more."
        return f"The status quo is now {self.new.named(self.after.status_quo)}."

    def _owner(self) -> str:
        return self.new.party(self.edit["party"])

    def _said(self, case: Case, index: int) -> str:
        preferences = case.party(self.edit["party"]).preferences
        assert isinstance(preferences, Priorities)
        wishes = Wishes(case, self.old if case is self.before else self.new)
        return f"“{clause_words(preferences.clauses[index], self.edit['party'], wishes)}”"

    def _priorities(self) -> str:
        count = len(self.edit["clauses"])
        return f"{self._owner()} now has {plural(count, 'priority', 'priorities')}."

    def _move_clause(self) -> str:
        start, end = self.edit["from"], self.edit["to"]
        clause = self._said(self.after, end)
        if start == end:
            return f"{self._owner()}: {clause} stays where it is."
        beside = end + 1 if end < start else end - 1
        where = "above" if end < start else "below"
        return f"{self._owner()}: {clause} moved {where} {self._said(self.after, beside)}."

    def _drop_clause(self) -> str:
        clause = self._said(self.before, self.edit["index"])
        return f"{self._owner()}: dropped {clause} from the priorities."

    def _added(self, index: int) -> str:
        last = index + 1
        preferences = self.after.party(self.edit["party"]).preferences
        assert isinstance(preferences, Priorities)
        where = "at the end"
        if last < len(preferences.clauses):
            where = f"above {self._said(self.after, last)}"
        return f"{self._owner()}: added {self._said(self.after, index)} {where}."

    def _add_clause(self) -> str:
        return self._added(self.edit["index"])

    def _swap_states(self) -> str:
        if "index" in self.edit:
            return self._added(self.edit["index"])
        upper, lower = (self.new.named(self.edit[end]) for end in ("upper", "lower"))
        return f"{self._owner()}: {lower} and {upper} changed places."

    def _ranking(self) -> str:
        return f"{self._owner()} has a new ranking of {plural(len(self.edit['tiers']), 'tier')}."

    def _weights(self) -> str:
        return f"{self._owner()} has {plural(len(self.edit['weights']), 'weight')}."

    def _party(self) -> str:
        old, new = self.before.party(self.edit["id"]), self.after.party(self.edit["id"])
        said = []
        if old.name != new.name:
            said.append(f"{old.name} is now called {new.name}")
        if old.outside != new.outside:
            said.append(f"{new.name} is {'outside' if new.outside else 'at'} the table now")
        return f"{'; '.join(said)}." if said else f"{new.name} stays as it was."

    def _add_party(self) -> str:
        return f"Added the party {self.new.party(self.edit['id'])}; it wants nothing yet."

    def _remove_party(self) -> str:
        return f"Removed the party {self.old.party(self.edit['id'])}."

    def _option(self) -> str:
        key = self.edit["key"]
        old = next(o for o in self.before.options if o.key == key)
        new = next(o for o in self.after.options if o.key == key)
        said = []
        if old.name != new.name:
            said.append(f"“{old.name}” is now called “{new.name}”")
        if old.levels != new.levels:
            said.append(f"“{new.name}” has the levels {', '.join(new.levels)}")
        if old.arcs != new.arcs:
            said.append(f"“{new.name}” {_moves(new.moves)}")
        return f"{'; '.join(said)}." if said else f"“{new.name}” stays as it was."

    def _add_option(self) -> str:
        party, id = self.edit["party"], self.edit["id"]
        new = next(o for o in self.after.options if o.key == f"{party}.{id}")
        return f"{self.new.party(party)} has a new option, “{new.name}”: {', '.join(new.levels)}."

    def _remove_option(self) -> str:
        old = next(o for o in self.before.options if o.key == self.edit["key"])
        return f"Removed the option “{old.name}” of {self.old.party(old.owner)}."

    def _infeasible(self) -> str:
        old = {item.text for item in self.before.infeasible}
        new = {item.text for item in self.after.infeasible}
        said = [f"“{self._item(self.after, text)}” cannot happen" for text in sorted(new - old)]
        said += [f"“{self._item(self.before, text)}” can happen" for text in sorted(old - new)]
        return f"Now {'; '.join(said)}." if said else "What cannot happen stays the same."

    def _item(self, case: Case, text: str) -> str:
        item = next(one for one in case.infeasible if one.text == text)
        return Words(case).claim(item.statement) if isinstance(item, Clause) else item.text

    def _text(self) -> str:
        return "Changed the text of the case file."

    # What follows

    def structure(self) -> list[str]:
        """Return how many states there are, if that changed."""
        counts = [len(compile_case(case).states) for case in (self.before, self.after)]
        if counts[0] == counts[1]:
            return []
        return [f"There are now {plural(counts[1], 'state')}, where there were {counts[0]:,}."]

    def moved(self) -> list[str]:
        """Return, for each party whose order of states changed, what moved past what."""
        old, new = compile_case(self.before), compile_case(self.after)
        codes = codes_of(self.after, new.states)
        if self.before.options != self.after.options and [
            (o.key, o.levels) for o in self.before.options
        ] != [(o.key, o.levels) for o in self.after.options]:
            return []
        if codes != codes_of(self.before, old.states):
            return []
        said: list[str] = []
        for k, party in enumerate(self.after.parties):
            if party.id not in self.before.party_ids:
                continue
            was = old.state_payoffs(self.before.party_ids.index(party.id))
            now = new.state_payoffs(k)
            if not np.array_equal(was, now):
                said += self._past(party.id, codes, was, now)
        if not said and self.edit["kind"] in _ABOUT_ORDER:
            return ["The order of states stays the same."]
        return said

    def _past(
        self,
        party: str,
        codes: tuple[str, ...],
        was: NDArray[np.int32],
        now: NDArray[np.int32],
    ) -> list[str]:
        name = self.new.party(party)
        if len(codes) > _COMPARED:
            count = int(np.count_nonzero(was != now))
            return [f"{name}: {plural(count, 'state')} of {len(codes):,} have another rank."]
        before = np.sign(was[:, None].astype(np.int64) - was[None, :])
        after = np.sign(now[:, None].astype(np.int64) - now[None, :])
        upper = np.triu(before != after, 1)
        a, b = np.nonzero(upper)
        # Near each other, and near the top: what a reader looks at first.
        distance = np.abs(now[a].astype(np.int64) - now[b])
        first = np.lexsort((-np.maximum(now[a], now[b]), distance, after[a, b] == 0))
        said = []
        for spot in first[:_MOST_PAIRS]:
            one, other = int(a[spot]), int(b[spot])
            if now[one] < now[other]:
                one, other = other, one
            said.append(self._pair(name, codes[one], codes[other], bool(now[one] == now[other])))
        more = len(a) - len(said)
        if more > 0:
            pairs = plural(more, "more pair")
            said[-1] = said[-1].removesuffix(".") + f", and {pairs} of states changed."
        return [*said, *self._home(name, was, now, codes)]

    def _pair(self, name: str, one: str, other: str, level: bool) -> str:
        best, rest = self.new.named(one), self.new.named(other)
        if level:
            return f"{name} now finds {best} and {rest} equally good."
        return f"{name} now prefers {best} to {rest}."

    def _home(
        self,
        name: str,
        was: NDArray[np.int32],
        now: NDArray[np.int32],
        codes: tuple[str, ...],
    ) -> list[str]:
        """Return how many states are better than the status quo, if that changed."""
        home = self.after.status_quo
        if home is None or home not in codes:
            return []
        at = codes.index(home)
        better = [int(np.count_nonzero(own > own[at])) for own in (was, now)]
        if better[0] == better[1]:
            return []
        return [
            f"{name} would now prefer {plural(better[1], 'state')} to the status quo, "
            f"where it was {better[0]:,}."
        ]


_ABOUT_ORDER = frozenset(
    ["priorities", "move_clause", "drop_clause", "add_clause", "swap_states", "ranking", "weights"]
)


def _moves(kind: str) -> str:
    return {
        "both": "can be changed to any level",
        "forward": "can be raised and not taken back",
        "back": "can be lowered and not raised",
    }.get(kind, "can be changed along certain steps only")
