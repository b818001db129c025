"""Names and phrases for people: parties, states, moves and concepts of one case, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from string import ascii_lowercase, ascii_uppercase

from detente.analysis.deadlock.wording import involved, text_of
from detente.concepts.table import CONCEPTS
from detente.model.case import Case
from detente.model.parts import Option
from detente.model.statement import Statement

__all__ = ["Words", "abbreviations", "capital", "joined", "number", "plural", "spaced"]

_ABSENT = {"no": "not", "none": "no"}
"""First levels that say "nothing", and the word that denies the option."""

# fmt: off
_MEASURES = frozenset({
    "all", "big", "broad", "complete", "conditional", "final", "formal", "full", "further",
    "gradual", "half", "heavy", "high", "immediate", "informal", "interim", "large", "light",
    "limited", "little", "local", "low", "major", "many", "mass", "medium", "minimal", "minor",
    "moderate", "more", "mutual", "national", "nominal", "open", "partial", "permanent", "phased",
    "private", "public", "quick", "quiet", "rapid", "reduced", "regional", "secret", "short",
    "small", "some", "staged", "strong", "symbolic", "temporary", "token", "total", "unconditional",
    "unilateral", "unlimited", "verified", "weak",
})
# fmt: on
"""Levels that can stand before an option: "partial withdrawal". Others follow it: "aid: cut"."""

_MOST_ITEMS = 4
"""Most levels that are named of one state; its code says the rest."""

_ALL_NAMED = 3
"""Up to this many options, the state in which all are at their first level is spelt out."""


def spaced(name: str) -> str:
    """Return an id as words: hyphens and underscores become spaces."""
    return name.replace("-", " ").replace("_", " ")


def capital(text: str) -> str:
    """Return ``text`` with its first letter in capitals and the rest untouched."""
    return text[:1].upper() + text[1:]


def joined(items: Iterable[str], last: str = "and", most: int | None = None) -> str:
    """Return "a, b and c"; with ``most``, "a, b and 7 more".

    Args:
        items: the words.
        last: the word before the last item.
        most: name at most so many items (one more if only one would be left out).
    """
    words = list(items)
    if most is not None and len(words) > most + 1:
        words = [*words[:most], f"{len(words) - most:,} more"]
        last = "and"
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def plural(count: int, word: str, several: str | None = None) -> str:
    """Return "1 state" or "12 states"."""
    return f"{count:,} {word if count == 1 else several or word + 's'}"


def number(count: int) -> str:
    """Return a small number in words and a large one in digits."""
    small = [
        "none",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
    ]
    return small[count] if count < len(small) else f"{count:,}"


def abbreviations(concepts: Iterable[str], last: str = "and") -> str:
    """Return the abbreviations of concepts, joined: "Nash, GMR and SEQ"."""
    return joined((CONCEPTS[c].abbreviation for c in concepts), last)


class Words:
    """How one case is spoken of.

    Args:
        case: the case.
    """

    def __init__(self, case: Case) -> None:
        self.case = case

    @cached_property
    def names(self) -> dict[str, str]:
        """Party id -> name."""
        return {party.id: party.name for party in self.case.parties}

    @cached_property
    def letters(self) -> dict[str, str]:
        """Party id -> its mark in tables: the first letter of the id that is still free."""
        marks: dict[str, str] = {}
        for party in self.case.party_ids:
            wanted = [c.upper() for c in party if c.isalpha() and len(c.upper()) == 1]
            spare = [*wanted, *ascii_uppercase, *ascii_lowercase]
            taken = set(marks.values())
            marks[party] = next((c for c in spare if c not in taken), str(len(marks) + 1))
        return marks

    def party(self, party: str) -> str:
        """Return a party's name."""
        return self.names[party]

    def parties(self, parties: Iterable[str], last: str = "and") -> str:
        """Return the names of parties, joined."""
        return joined((self.party(party) for party in parties), last)

    @cached_property
    def _shared(self) -> frozenset[str]:
        """Ids that options of several parties have."""
        ids = [option.id for option in self.case.options]
        return frozenset(name for name in ids if ids.count(name) > 1)

    def option(self, option: Option) -> str:
        """Return an option in words; with its owner where the name alone is ambiguous."""
        name = spaced(option.id)
        return f"{self.party(option.owner)}: {name}" if option.id in self._shared else name

    def level(self, option: Option, level: int) -> str:
        """Return "full withdrawal", "no withdrawal", "withdrawal" or "aid: cut"."""
        name, word = self.option(option), option.levels[level]
        own = spaced(option.id)
        before = name.removesuffix(own)
        if level == 0 and word in _ABSENT:
            return f"{before}{_ABSENT[word]} {own}"
        if option.levels == ("no", "yes"):
            return name
        if word in _MEASURES:
            return f"{before}{word} {own}"
        return f"{name}: {spaced(word)}"

    @cached_property
    def _known(self) -> dict[str, str]:
        return {}

    def state(self, state: str) -> str:
        """Return a state in words: its label, or the levels that differ from the first ones.

        In graph form the label stays as it is.
        """
        if self.case.graph is not None:
            return state
        if state not in self._known:
            label = self.case.label_of.get(state)
            self._known[state] = spaced(label) if label else self._levels(state)
        return self._known[state]

    def _levels(self, code: str) -> str:
        pairs = list(zip(self.case.options, self.case.levels(code), strict=True))
        taken = [(option, level) for option, level in pairs if level]
        if taken or len(pairs) <= _ALL_NAMED:
            return self._items(taken or pairs)
        if all(option.levels[0] in _ABSENT for option in self.case.options):
            return "no option taken"
        return "every option at its first level"

    def _items(self, pairs: Sequence[tuple[Option, int]]) -> str:
        cut = len(pairs) > _MOST_ITEMS + 1
        named = [
            self.level(option, level) for option, level in (pairs[:_MOST_ITEMS] if cut else pairs)
        ]
        if cut:
            named[-1] += f" and {len(pairs) - _MOST_ITEMS} more"
        return ", ".join(named)

    def deal(self, state: str, home: str) -> str:
        """Return a state as an agreement: its label, or what it changes; with its code.

        Args:
            state: code or label of the state.
            home: the state from which it is seen: only levels that differ from it are named.
        """
        if self.case.graph is not None or state in self.case.label_of or state == home:
            return self.named(state)
        levels = zip(
            self.case.options, self.case.levels(state), self.case.levels(home), strict=True
        )
        changed = [(option, level) for option, level, now in levels if level != now]
        return f"{self._items(changed)} ({state})"

    def claim(self, statement: Statement) -> str:
        """Return a statement in words where it is simple, else in the statement language."""
        spoken = involved(statement)
        if len(spoken) == 1:
            option = self.case.options[spoken[0]]
            levels = [0] * (spoken[0] + 1)
            true = []
            for level in range(len(option.levels)):
                levels[-1] = level
                if statement.holds(levels):
                    true.append(level)
            if len(true) == 1:
                return self.level(option, true[0])
            if true == list(range(1, len(option.levels))):
                return self.option(option)
        return text_of(statement, self.case)

    def named(self, state: str) -> str:
        """Return a state in words with its code: "full exchange (11)"."""
        words = self.state(state)
        return words if self.case.graph is not None else f"{words} ({state})"

    def opening(self, text: str) -> str:
        """Return words about a state for the start of a sentence; labels of graph form stay."""
        return text if self.case.graph is not None else capital(text)

    def states(self, states: Sequence[str], most: int | None = None, last: str = "and") -> str:
        """Return states in words with their codes, joined; by semicolons if one has a comma."""
        count = len(states)
        cut = most is not None and count > most + 1
        shown = [self.named(state) for state in (states[:most] if cut else states)]
        if cut:
            shown.append(f"{count - len(shown):,} more")
            last = "and"
        if len(shown) > 1 and any("," in name for name in shown[:-1] if name):
            comma = "; "
            return f"{comma.join(shown[:-1])} {last} {shown[-1]}"
        return joined(shown, last)

    def change(self, start: str, end: str) -> str:
        """Return what one party's move changes: "withdrawal: none → full"."""
        if self.case.graph is not None:
            return f"{start} → {end}"
        levels = zip(self.case.options, self.case.levels(start), self.case.levels(end), strict=True)
        return ", ".join(
            f"{spaced(option.id)}: {spaced(option.levels[a])} → {spaced(option.levels[b])}"
            for option, a, b in levels
            if a != b
        )

    def under(self, concepts: Sequence[str], among: int, last: str = "and") -> str:
        """Return "under Nash and SEQ", or "under every concept" if they are all of several."""
        if len(concepts) == among > 1:
            return "under every concept"
        return f"under {abbreviations(concepts, last)}"
