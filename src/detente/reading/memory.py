"""What is known of a document's parties and persons, as far as it has been read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from detente.reading.gazetteer import Gazetteer
from detente.reading.text import fold
from detente.reading.tokens import Token

__all__ = ["SINGLE_OFFICES", "Memory", "Mention"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A party or person named in a range of tokens.

    Attributes:
        first: index of the first token.
        stop: index after the last token.
        party: the party; ``None`` for a person whose party is unknown.
        person: the person's name as the text gives it, ``None`` for a party itself.
        how: ``name``, ``demonym``, ``capital``, ``leader``, ``person``, ``noun``, ``pronoun``.
    """

    first: int
    stop: int
    party: str | None
    person: str | None
    how: str


SINGLE_OFFICES = frozenset(
    """envoy mediator negotiator spokesman spokeswoman spokesperson minister president premier
    chancellor king ambassador general commander commissioner""".split()
)


@dataclass(slots=True)
class Memory:
    """The parties and persons of one document, as far as it has been read.

    Attributes:
        gazetteer: the names known beforehand.
        kinds: party to its kind.
        people: folded family name or full name to ``(party or None, longest name)``.
        learned: folded alias to party, for instance an acronym given in parentheses.
        counts: how often each party was named.
        recent: parties in the order of their last mention as a subject, latest last.
        people_recent: names of persons, latest last.
        capitals: words that the document writes with a capital inside a sentence.
        common: words that it writes without.
        named: entries of the gazetteer that the document calls by a name of their own.
        pair: the last two parties named as the two sides.
    """

    gazetteer: Gazetteer
    kinds: dict[str, str] = field(default_factory=dict)
    people: dict[str, tuple[str | None, str]] = field(default_factory=dict)
    learned: dict[str, tuple[str, str]] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    recent: list[str] = field(default_factory=list)
    learned_reach: dict[str, int] = field(default_factory=dict)
    capitals: set[str] = field(default_factory=set)
    common: set[str] = field(default_factory=set)
    named: set[str] = field(default_factory=set)
    rulers: set[str] = field(default_factory=set)
    offices: dict[str, str | None] = field(default_factory=dict)
    people_recent: list[str] = field(default_factory=list)
    pair: tuple[str, ...] = ()

    def _known(self, tokens: Sequence[Token], i: int, stop: int) -> tuple[str, str, int] | None:
        """Return party, kind of name and number of tokens of a known name at token ``i``."""
        part = tokens[i : min(stop, i + 9)]
        words = [t.word for t in part]
        raw = [t.raw for t in part]
        hit = self.gazetteer.look_up(words, raw)
        reach = min(self.learned_reach.get(words[0], 0), len(words)) if words else 0
        for size in range(reach, 0, -1):
            key = " ".join(words[:size])
            if key in self.learned and raw[0][0].isupper() and (hit is None or size >= hit[2]):
                return (*self.learned[key], size)
        if hit is None:
            return None
        others = self.gazetteer.others(words[: hit[2]])
        if others and hit[0].name not in self.named:
            # "Moscow", where the Soviet Union is named and Russia is not
            entry, how = next((o for o in others if o[0].name in self.named), hit[:2])
            hit = (entry, how, hit[2])
        self.kinds.setdefault(hit[0].name, hit[0].kind)
        return hit[0].name, hit[1], hit[2]

    def _learn_alias(self, alias: str, party: str, how: str) -> None:
        self.learned[alias] = (party, how)
        words = alias.split()
        if words:
            self.learned_reach[words[0]] = max(self.learned_reach.get(words[0], 0), len(words))

    def _office(self, tokens: Sequence[Token], start: int, stop: int, party: str) -> None:
        """Learn that "the envoy" is the United Nations', unless two parties have one."""
        for token in tokens[start:stop]:
            if token.word in SINGLE_OFFICES:
                old = self.offices.get(token.word, party)
                self.offices[token.word] = party if old == party else None

    def _person(self, name: str, party: str | None) -> None:
        name = name.strip()
        if not name or len(name) < 2:
            return
        keys = {fold(name), fold(name.split()[-1])}
        for key in keys:
            old_party, old_name = self.people.get(key, (None, ""))
            longest = name if len(name) > len(old_name) else old_name
            self.people[key] = (party or old_party, longest)

    def note(self, mentions: Sequence[Mention]) -> None:
        """Remember the subject of a sentence for the pronouns that follow."""
        named: list[str] = []
        for mention in mentions:
            if mention.person:
                if mention.person in self.people_recent:
                    self.people_recent.remove(mention.person)
                self.people_recent.append(mention.person)
            if mention.party and " & " not in mention.party:
                if self.recent and mention.how == "name" and self._in_passing(mention.party):
                    continue
                if mention.party in self.recent:
                    self.recent.remove(mention.party)
                self.recent.append(mention.party)
                if mention.party not in named and self.kinds.get(mention.party) != "body":
                    named.append(mention.party)
        if len(named) == 2:
            self.pair = (named[0], named[1])

    def _in_passing(self, party: str) -> bool:
        """Tell whether a name that no list knows stands only once in the document."""
        return self.counts[party] < 2 and self.gazetteer.find(party) is None

    def _latest(self, kind: str, main: bool = False) -> str | None:
        for party in reversed(self.recent):
            found = self.kinds.get(party)
            if found == kind or (kind == "state" and found == "government"):
                return party
        if main or kind == "movement":
            for party, _ in self.counts.most_common():
                if self.kinds.get(party) == kind:
                    return party
        return None

    def _government(self) -> str | None:
        """Return whose government "the government" is, if one state stands out."""
        states = [
            p for p, _ in self.counts.most_common() if self.kinds.get(p) in ("state", "government")
        ]
        for party in reversed(self.recent[-3:]):
            if self.kinds.get(party) in ("state", "government") and self.counts[party] > 1:
                return party
        if len(states) == 1 or (states and self.counts[states[0]] >= 3):
            return states[0]
        return None

    def is_party(self, name: str) -> bool:
        """Tell whether a name is that of a known party, or of one that the text names often."""
        return self.gazetteer.find(name) is not None or self.counts[name] > 2

    def only(self, kind: str) -> str | None:
        """Return the one named party of a kind that stands out in the document."""
        ranked = [
            (n, p)
            for p, n in self.counts.most_common()
            if self.kinds.get(p) == kind and p[:1].isupper() and self.gazetteer.find(p)
        ]
        if not ranked or (len(ranked) > 1 and ranked[1][0] * 2 > ranked[0][0]):
            return None
        return ranked[0][1]

    def principals(self) -> tuple[str, ...]:
        """Return the two parties that the document names most, bodies left out."""
        named = [p for p, n in self.counts.most_common() if self.kinds.get(p) != "body" and n > 1]
        known = [p for p in named if self.is_party(p)]
        return tuple((known if len(known) > 1 else named)[:2])

    def two_sides(self) -> tuple[str, ...]:
        """Return the parties that "both sides" means: the last pair, else the principals."""
        if self.pair:
            return self.pair
        two = self.principals()
        return two if len(two) == 2 else ()

    def counterpart(self, parties: Sequence[str]) -> str | None:
        """Return the other side of a negotiation between two, if it is clear who that is."""
        two = self.principals()
        if len(two) == 2 and len(parties) == 1 and parties[0] in two:
            return two[1] if parties[0] == two[0] else two[0]
        return None

    def party_of_person(self, name: str) -> str | None:
        """Return the party that a person speaks for."""
        known = self.people.get(fold(name)) or self.people.get(fold(name.split()[-1]))
        if known and known[0]:
            return known[0]
        if fold(name.split()[-1]) in self.rulers:
            return self._government() or "government"
        entry = self.gazetteer.find(name) or self.gazetteer.find(name.split()[-1])
        return entry.name if entry else None

    def affiliate(self, name: str, party: str) -> None:
        """Learn which party a person speaks for."""
        self._person(name, party)

    def full_name(self, name: str) -> str:
        """Return the longest form of a person's name in the document."""
        known = self.people.get(fold(name)) or self.people.get(fold(name.split()[-1]))
        return known[1] if known and fold(name.split()[-1]) in fold(known[1]) else name
