"""Who is meant: from words of the text to parties, with names and aliases learned on the way."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from detente.reading.gazetteer import Gazetteer
from detente.reading.roles import (
    COUNTRY_NOUNS,
    GROUP_NOUNS,
    HONORIFICS,
    MOVEMENT_NOUNS,
    OFFICES,
    ORG_WORDS,
    ORGANS,
    PAIR_NOUNS,
    PEOPLES,
    PLACE_PREPOSITIONS,
)
from detente.reading.text import fold
from detente.reading.tokens import Token

__all__ = ["Cast", "Mention"]


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


@dataclass(slots=True)
class Cast:
    """The parties and persons of one document, as far as it has been read.

    Attributes:
        gazetteer: the names known beforehand.
        kinds: party to its kind.
        people: folded family name or full name to ``(party or None, longest name)``.
        learned: folded alias to party, for instance an acronym given in parentheses.
        counts: how often each party was named.
        recent: parties in the order of their last mention as a subject, latest last.
        people_recent: names of persons, latest last.
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
    rulers: set[str] = field(default_factory=set)
    offices: dict[str, str | None] = field(default_factory=dict)
    people_recent: list[str] = field(default_factory=list)
    pair: tuple[str, ...] = ()

    # -------------------------------------------------------------- reading a document

    def learn(self, sentences: Sequence[Sequence[Token]]) -> None:
        """Read every sentence once: learn who is who, and count the parties."""
        for tokens in sentences:
            self.capitals.update(t.word for t in tokens[1:] if t.raw[:1].isupper())
            self._learn_acronyms(tokens)
        self._learn_demonyms(sentences)
        for tokens in sentences:
            self._learn_people(tokens)
        for tokens in sentences:
            for mention in self.mentions(tokens, 0, len(tokens)):
                if mention.party and mention.how != "pronoun":
                    self.counts[mention.party] += 1

    def _learn_acronyms(self, tokens: Sequence[Token]) -> None:
        for i in range(2, len(tokens) - 1):
            if tokens[i - 1].word != "(" or tokens[i + 1].word != ")":
                continue
            acronym = tokens[i].raw
            if not (acronym.isupper() and 2 <= len(acronym.replace(".", "")) <= 8):
                continue
            letters = acronym.replace(".", "").lower()
            start = i - 1
            taken = 0
            while start > 0 and i - start < 12 and (tokens[start - 1].raw[:1].isupper() or tokens[start - 1].word in ("of", "the", "for", "and", "-", "in")):
                start -= 1
                taken += tokens[start].raw[:1].isupper()
            while start < i - 1 and (tokens[start].word[0] != letters[0] or tokens[start].word == "the"):
                start += 1
            if start < i - 1:
                hit = self._known(tokens, start, i - 1)
                name = hit[0] if hit and hit[2] >= i - 1 - start else " ".join(
                    t.raw for t in tokens[start : i - 1]
                ).replace(" 's", "'s").replace(" - ", "-")
                self._learn_alias(letters, name, "name")
                self._learn_alias(fold(name), name, "name")
                self.kinds.setdefault(name, "movement")

    def _learn_alias(self, alias: str, party: str, how: str) -> None:
        self.learned[alias] = (party, how)
        words = alias.split()
        if words:
            self.learned_reach[words[0]] = max(self.learned_reach.get(words[0], 0), len(words))

    def _learn_demonyms(self, sentences: Sequence[Sequence[Token]]) -> None:
        """Learn that "Ruritanian" belongs to "Ruritania", for names the gazetteer lacks."""
        names: dict[str, str] = {}
        for tokens in sentences:
            for i, token in enumerate(tokens):
                if token.tag == "M" and len(token.raw) >= 4 and self._known(tokens, i, i + 1) is None:
                    names.setdefault(token.word, token.raw)
        for word in names:
            if not word.endswith(_DEMONYM_ENDS):
                continue
            stem = word[: max(4, len(word) - 3)]
            for other, raw in names.items():
                if other != word and other.startswith(stem) and not other.endswith(_PEOPLE_ENDS) and len(other) <= len(word) + 2:
                    self._learn_alias(word, raw, "demonym")
                    self.kinds.setdefault(raw, "state")
                    break
                if other + "n" == word or other + "s" == word:
                    self._learn_alias(word, raw, "demonym")
                    break

    def _learn_people(self, tokens: Sequence[Token]) -> None:
        """Learn "Serbian President Aleksandar Vucic", "Jo Roe, the rebels' envoy", and so on."""
        for i, j in _name_runs(tokens):
            words = [t.raw for t in tokens[i:j]]
            office = 0
            while office < len(words) and (
                fold(words[office]) in OFFICES or fold(words[office]) in HONORIFICS
            ):
                office += 1
            before = tokens[i - 1] if i else None
            # demonym or name first, then office, then the person
            hit = self._known(tokens, i, j)
            if hit is not None and hit[2] < len(words) and hit[1] != "leader":
                k = hit[2]
                while k < len(words) and fold(words[k]) in OFFICES | {"'s"} | HONORIFICS:
                    k += 1
                if k > hit[2] and k < len(words):
                    self._office(tokens, i, j, hit[0])
                    self._person(" ".join(words[k:]), hit[0])
                    continue
                if k == hit[2] and k < len(words) and fold(words[k]) not in ORG_WORDS:
                    continue
            k = next((n for n, w in enumerate(words) if fold(w) in OFFICES), 0)
            if hit is None and k and k < len(words) - 1 and not fold(words[0]) in HONORIFICS:
                rest = k
                while rest < len(words) and fold(words[rest]) in OFFICES | HONORIFICS:
                    rest += 1
                if rest < len(words):
                    owner = " ".join(words[:k]).removesuffix(" 's")
                    if fold(owner) in GROUP_NOUNS | {"rebel", "union", "guerrilla", "separatist"}:
                        owner = {"rebel": "rebels", "guerrilla": "guerrillas", "separatist": "separatists"}.get(fold(owner), fold(owner))
                        self.kinds.setdefault(owner, "movement")
                    self.kinds.setdefault(owner, "state")
                    self._person(" ".join(words[rest:]), owner)
                    continue
            titled = office > 0 or (before is not None and (before.word in HONORIFICS or before.word in OFFICES))
            person = words[office:]
            if not person or (hit is not None and hit[1] != "leader" and hit[2] >= len(words) - office):
                continue
            if any(fold(w) in ORG_WORDS for w in person) and not titled:
                continue
            party = self._affiliation(tokens, i, j)
            if party:
                self._office(tokens, max(0, i - 3), min(len(tokens), j + 5), party)
            if titled and not party and person and {fold(w) for w in words[:office]} & _RULERS | ({before.word} & _RULERS if before else set()):
                self.rulers.add(fold(person[-1]))
            if party or titled or (len(person) in (2, 3) and self._acts_as_person(tokens, j)):
                self._person(" ".join(person), party)

    def _acts_as_person(self, tokens: Sequence[Token], j: int) -> bool:
        """Tell whether an apposition with an office follows, or a verb of speech."""
        if j + 1 < len(tokens) and tokens[j].word == ",":
            return any(t.word in OFFICES for t in tokens[j + 1 : j + 8])
        return j < len(tokens) and tokens[j].lemma in ("say", "tell", "add", "warn", "write")

    def _affiliation(self, tokens: Sequence[Token], i: int, j: int) -> str | None:
        """Return the party named in "X, the envoy of PARTY" or "PARTY spokesman X"."""
        if j + 1 < len(tokens) and tokens[j].word == ",":
            stop = j + 1
            office = False
            while stop < len(tokens) and stop < j + 16 and tokens[stop].word not in (",", ".", ";") and tokens[stop].tag not in "VXQ":
                office = office or tokens[stop].word in OFFICES
                stop += 1
            if office:
                found = [m for m in self.mentions(tokens, j + 1, stop) if m.party]
                if found:
                    return found[0].party
        k = i - 1
        office = False
        if k >= 1 and tokens[k].word == "," and any(t.word in OFFICES for t in tokens[max(0, k - 4) : k]):
            k -= 1  # "Vorland's chief negotiator, Pavel Orsic"
        while k >= 0 and (tokens[k].word in OFFICES or tokens[k].word in ("chief", "senior", "top", "lead") or tokens[k].word in HONORIFICS or tokens[k].tag == "A"):
            office = office or tokens[k].word in OFFICES
            k -= 1
        if office and k >= 0:
            if tokens[k].tag == "'":
                k -= 1
            start = max(0, k - 3)
            found = [m for m in self.mentions(tokens, start, k + 1) if m.party and m.stop == k + 1]
            if found:
                return found[-1].party
        if j + 1 < len(tokens) and tokens[j].word == "of":
            found = [m for m in self.mentions(tokens, j + 1, min(len(tokens), j + 6)) if m.party]
            if found and found[0].first <= j + 2:
                return found[0].party
        return None

    def _office(self, tokens: Sequence[Token], start: int, stop: int, party: str) -> None:
        """Learn that "the envoy" is the United Nations', unless two parties have one."""
        for token in tokens[start:stop]:
            if token.word in _SINGLE_OFFICES:
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

    # -------------------------------------------------------------- names in a range

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
        self.kinds.setdefault(hit[0].name, hit[0].kind)
        return hit[0].name, hit[1], hit[2]

    def mentions(self, tokens: Sequence[Token], start: int, stop: int) -> list[Mention]:
        """Return the parties and persons named in a range of tokens, in order.

        A name in a place phrase ("in Doha") is none; a demonym before somebody else's noun
        ("Afghan refugees") names them, not the state.
        """
        found: list[Mention] = []
        i = start
        while i < stop:
            token = tokens[i]
            if token.tag == "Q":
                i += 1
                continue
            first = token.raw[0]
            if first.islower() and token.word not in _NAMING and token.word[:3] != "al-":
                i += 1
                continue
            plain = (
                i == 0 and token.word in GROUP_NOUNS and (i + 1 >= len(tokens) or not tokens[i + 1].raw[:1].isupper())
            )
            if plain or not (first.isupper() or token.word.startswith("al-")):
                noun = self._noun(tokens, i, start, stop)
                if noun is not None:
                    found.append(noun)
                    i = noun.stop
                else:
                    i += 1
                continue
            known = self._known(tokens, i, stop)
            if known is not None:
                mention = self._gazetted(tokens, i, stop, known)
                if mention is not None and not _is_place(tokens, i, known[1]):
                    found.append(mention)
                    i = _past_organs(tokens, mention.stop, stop)
                else:
                    i += known[2]
                continue
            i = self._unknown(tokens, i, start, stop, found)
        return found

    def _gazetted(
        self, tokens: Sequence[Token], i: int, stop: int, known: tuple[str, str, int]
    ) -> Mention | None:
        party, how, size = known
        j = i + size
        if how == "leader":
            name = " ".join(t.raw for t in tokens[i:j])
            doc = self.people.get(fold(name))
            if doc and doc[0] and doc[0] != party:
                party = doc[0]
            if j < stop and tokens[j].tag == "M" and self._known(tokens, j, stop) is None and size == 1:
                return None  # another person of that name
            return Mention(i, j, party, name, "leader")
        k = j
        if how == "demonym":
            # "Afghan Taliban": the party that follows counts
            if k < stop and tokens[k].raw[:1].isupper():
                following = self._known(tokens, k, stop)
                if following is not None and following[1] in ("name", "leader"):
                    return None
            while k < stop and (tokens[k].tag == "A" or tokens[k].word in OFFICES) and k < j + 4:
                k += 1
            run = [t.word for t in tokens[j : min(stop, k + 2)]]
            people = next((n for n, w in enumerate(run) if w in PEOPLES), None)
            organ = next((n for n, w in enumerate(run) if w in OFFICES or w in ORGANS), None)
            if people is not None and (organ is None or people <= organ) and run[people] not in ("leaders",):
                end = j + people + 1
                name = " ".join(t.raw for t in tokens[i:end])
                self.kinds.setdefault(name, "group")
                return Mention(i, end, name, None, "noun")
        person = self._person_after(tokens, j, stop)
        if person is not None:
            return Mention(i, person[0], party, person[1], "person")
        return Mention(i, j, party, None, how)

    def _person_after(self, tokens: Sequence[Token], j: int, stop: int) -> tuple[int, str] | None:
        """Return end and name of the person in "(Serbian) President Aleksandar Vucic"."""
        k = j
        if k < stop and tokens[k].tag == "'":
            k += 1
        office = False
        while k < stop and (tokens[k].word in OFFICES or tokens[k].word in HONORIFICS or tokens[k].tag == "A") and k < j + 8:
            office = office or tokens[k].word in OFFICES
            k += 1
        if not office:
            return None
        end = k
        while end < stop and (tokens[end].tag == "M" or tokens[end].raw[:1].isupper() and tokens[end].tag not in ".,DPIXC") and end < k + 5:
            end += 1
        if end > k and self.people.get(fold(" ".join(t.raw for t in tokens[k:end]))) is not None:
            return end, " ".join(t.raw for t in tokens[k:end])
        if end > k:
            return end, " ".join(t.raw for t in tokens[k:end])
        return None

    def _unknown(
        self, tokens: Sequence[Token], i: int, start: int, stop: int, found: list[Mention]
    ) -> int:
        """Handle a capitalised run that the gazetteer does not know; return the next index."""
        j = i
        while j < stop and (
            tokens[j].raw[:1].isupper() and tokens[j].tag not in ".,Q"
            or (tokens[j].tag == "'" and tokens[j].word == "'" and j > i and j + 1 < stop and tokens[j + 1].raw[:1].isupper() and tokens[j + 1].word in ORG_WORDS)
            or (tokens[j].word in ("of", "de", "al", "el", "bin", "van", "von", "for", "and") and j + 1 < stop and tokens[j + 1].raw[:1].isupper() and j > i and tokens[j].word != "and" and (tokens[j].word not in ("of", "for") or tokens[j - 1].word in ORG_WORDS))
        ):
            if j > i and self._known(tokens, j, stop) is not None and tokens[j - 1].word not in ("of", "for"):
                break
            j += 1
        if j == i:
            return i + 1
        run = list(tokens[i:j])
        while run and (run[0].tag in "DPISCRXT" or (run[0].tag in "VGA" and len(run) == 1 and i == start)):
            run.pop(0)
            i += 1
        if not run:
            return max(j, i)
        if run[-1].tag in "VX" and len(run) > 1:
            run.pop()
        if all(fold(t.raw) in OFFICES or fold(t.raw) in HONORIFICS or t.word in _CALENDAR for t in run):
            return max(j, i + len(run))
        if i == 0 and len(run) == 1 and run[0].word.endswith(_COMMON_ENDS) and run[0].word not in self.capitals:
            return i + 1
        if all(t.word in OFFICES or t.word in ORGANS for t in run):
            party = self._government()
            if party:
                found.append(Mention(i, i + len(run), party, None, "anaphor"))
            return max(j, i + len(run))
        lead = 0
        while lead < len(run) and (run[lead].word in OFFICES or run[lead].word in HONORIFICS):
            lead += 1
        words = run[lead:] or run
        name = " ".join(t.raw for t in words)
        known = self.people.get(fold(name)) or self.people.get(fold(words[-1].raw))
        org = any(t.word in ORG_WORDS for t in run)
        if known is not None and not org:
            found.append(Mention(i, i + len(run), known[0], known[1], "person"))
        elif lead and not org:
            found.append(Mention(i, i + len(run), None, name, "person"))
        elif not _is_place(tokens, i, "unknown") and words[0].word not in _CALENDAR:
            name = name.replace(" 's", "'s").replace(" '", "'").replace(" ’", "’")
            self.kinds.setdefault(name, "movement" if org else "state")
            found.append(Mention(i, i + len(run), name, None, "name"))
            return _past_organs(tokens, max(j, i + len(run)), stop)
        return max(j, i + len(run))

    def _noun(
        self, tokens: Sequence[Token], i: int, start: int, stop: int
    ) -> Mention | None:
        """Handle a common noun that names a party by itself: "the rebels", "both sides"."""
        word = tokens[i].word
        if word not in _NAMING:
            return None
        following = tokens[i + 1] if i + 1 < len(tokens) else None
        before = tokens[i - 1] if i else None
        if following is not None and following.tag == "N" and following.word in (GROUP_NOUNS | OFFICES) and word in GROUP_NOUNS and word not in PAIR_NOUNS:
            return None if following.word in GROUP_NOUNS else self._group(tokens, i, start)
        if word in PAIR_NOUNS and before is not None:
            back = [t.word for t in tokens[max(0, i - 3) : i]]
            if {"both", "two", "neither", "either", "opposing", "warring", "rival", "none"} & set(back):
                pair = self.two_sides()
                if pair:
                    return Mention(i, i + 1, " & ".join(pair), None, "pair")
                return None
            return None
        if word in ("group", "movement", "organization", "organisation", "faction", "insurgency", "front", "party", "militia", "outfit") or (word == "groups" and before is not None and before.word == "the"):
            if following is not None and following.word == "of":
                return None
            determined = any(t.word in ("the", "this", "that", "its", "their", "insurgent", "rebel", "armed", "militant") for t in tokens[max(0, i - 3) : i])
            party = self._latest("movement") or self._latest("union")
            if party and determined and (before is None or before.tag in "DA"):
                return Mention(i, i + 1, party, None, "anaphor")
            return None
        if word in ("country", "nation", "state", "kingdom") and before is not None and before.word in ("the", "his", "her", "their", "our", "my"):
            party = self._latest("state")
            return Mention(i, i + 1, party, None, "anaphor") if party else None
        if word in _SINGLE_OFFICES and before is not None and before.word == "the":
            party = self.offices.get(word)
            return Mention(i, i + 1, party, None, "anaphor") if party else None
        if word in _ACTING_FOR and before is not None and before.word in ("the", "its", "their", "his", "her", "our") and not (following is not None and following.word in ("of", "from")):
            if self.recent:
                return Mention(i, i + 1, self.recent[-1], None, "anaphor")
            return None
        if word in GROUP_NOUNS and word not in ("party", "leaders", "league", "region", "province", "territory", "bank", "board", "club"):
            return self._group(tokens, i, start)
        return None

    def _group(self, tokens: Sequence[Token], i: int, start: int) -> Mention | None:
        """Name a group by its noun phrase: "striking dock workers" -> "dock workers"."""
        word = tokens[i].word
        a = i
        while a > start and tokens[a - 1].tag in "NA" and tokens[a - 1].word not in _NOT_NAME:
            a -= 1
        before = tokens[a - 1] if a > 0 else None
        if before is not None and before.word in ("a", "an", "any", "no", "every", "each") and word in COUNTRY_NOUNS | {"council", "coalition", "commission", "secretariat", "federation", "league", "alliance", "union", "party", "region", "board"}:
            return None
        possessed = before is not None and (before.tag == "'" or before.raw[:1].isupper() and before.tag == "M")
        if possessed and word in COUNTRY_NOUNS:
            return None
        if word in COUNTRY_NOUNS and not possessed and (before is None or before.tag in "DI,.CS" ):
            party = self._government()
            if party and before is not None and before.word in ("the", "his", "her", "their", "our", "its"):
                return Mention(a, i + 1, party, None, "anaphor")
        if word in MOVEMENT_NOUNS and word not in ("union",):
            party = self._latest("movement")
            if party and before is not None and before.word == "the" and a == i and self.kinds.get(party) == "movement":
                return Mention(a, i + 1, party, None, "anaphor")
        end = i + 1
        if end + 1 < len(tokens) and tokens[end].raw in ("'", "’", "'s", "’s") and tokens[end + 1].word in GROUP_NOUNS and tokens[end + 1].word not in COUNTRY_NOUNS:
            end += 2
            word = tokens[end - 1].word
            name = " ".join(t.raw for t in tokens[a : end]).replace(" '", "'").replace(" ’", "’")
            self.kinds.setdefault(name, "union")
            return Mention(a, end, name, None, "noun")
        name = " ".join(t.raw for t in tokens[a : i + 1])
        if a == 0:
            name = name[:1].lower() + name[1:]
        self.kinds.setdefault(name, "movement" if word in MOVEMENT_NOUNS else "union" if word in ("union", "unions", "workers") else "group")
        return Mention(a, i + 1, name, None, "noun")

    # -------------------------------------------------------------- memory

    def note(self, mentions: Sequence[Mention]) -> None:
        """Remember the subject of a sentence for the pronouns that follow."""
        named: list[str] = []
        for mention in mentions:
            if mention.person:
                if mention.person in self.people_recent:
                    self.people_recent.remove(mention.person)
                self.people_recent.append(mention.person)
            if mention.party and " & " not in mention.party:
                if mention.party in self.recent:
                    self.recent.remove(mention.party)
                self.recent.append(mention.party)
                if mention.party not in named and self.kinds.get(mention.party) != "body":
                    named.append(mention.party)
        if len(named) == 2:
            self.pair = (named[0], named[1])

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
        states = [p for p, _ in self.counts.most_common() if self.kinds.get(p) in ("state", "government")]
        for party in reversed(self.recent[-3:]):
            if self.kinds.get(party) in ("state", "government") and self.counts[party] > 1:
                return party
        if len(states) == 1 or (states and self.counts[states[0]] >= 3):
            return states[0]
        return None

    def principals(self) -> tuple[str, ...]:
        """Return the two parties that the document names most, bodies left out."""
        ranked = [
            p for p, n in self.counts.most_common() if self.kinds.get(p) != "body" and n > 1
        ]
        return tuple(ranked[:2])

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


def _past_organs(tokens: Sequence[Token], k: int, stop: int) -> int:
    """Skip the nouns that still mean the party just named: "Taliban delegation"."""
    j = k
    if j < stop and tokens[j].tag == "'":
        j += 1
    while j < stop and (tokens[j].tag == "A" or tokens[j].word in ORGANS or tokens[j].word in OFFICES):
        j += 1
        if tokens[j - 1].word in ORGANS or tokens[j - 1].word in OFFICES:
            k = j
    return k


_RULERS = frozenset("president prime premier chancellor king queen emir sultan".split())
_SINGLE_OFFICES = frozenset(
    """envoy mediator negotiator spokesman spokeswoman spokesperson minister president premier
    chancellor king ambassador general commander commissioner""".split()
)
_ACTING_FOR = frozenset(
    """delegation negotiators side leadership team officials envoys commanders spokesmen ministry
    cabinet presidency authorities""".split()
)
_NAMING = (
    GROUP_NOUNS | PAIR_NOUNS | _SINGLE_OFFICES | _ACTING_FOR | COUNTRY_NOUNS | MOVEMENT_NOUNS
)
_CALENDAR = frozenset(
    """january february march april may june july august september october november december monday
    tuesday wednesday thursday friday saturday sunday ramadan christmas easter eid""".split()
)
_NOT_NAME = frozenset("last next first new same other such main several both most many".split())
_DEMONYM_ENDS = ("ian", "ians", "an", "ans", "ese", "ish", "ite", "ites", "i", "is", "ic", "ard", "ards", "ch")
_PEOPLE_ENDS = ("ian", "ians", "ese", "ish", "ites", "ans")
_COMMON_ENDS = ("s", "tion", "ment", "ness", "ing", "ity", "ance", "ers")
_RUN = re.compile(r"^[A-ZÀ-Þ]")


def _name_runs(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    runs = []
    i = 0
    while i < len(tokens):
        if _RUN.match(tokens[i].raw) and tokens[i].tag in "MNA" or (tokens[i].raw[:1].isupper() and tokens[i].word in OFFICES):
            j = i
            while j < len(tokens) and (
                (_RUN.match(tokens[j].raw) and tokens[j].tag not in ".,QDPCSX")
                or (tokens[j].word in ("bin", "al", "de", "el", "van", "von", "da", "dos", "-") and j + 1 < len(tokens) and _RUN.match(tokens[j + 1].raw))
            ):
                j += 1
            runs.append((i, j))
            i = max(j, i + 1)
        else:
            i += 1
    return runs


def _is_place(tokens: Sequence[Token], i: int, how: str) -> bool:
    """Tell whether the name at token ``i`` is only a place: "talks in Doha", "from Geneva"."""
    if how in ("leader",):
        return False
    j = i - 1
    while j >= 0 and tokens[j].tag in "DA":
        j -= 1
    if j < 0:
        return False
    word = tokens[j].word
    if word in PLACE_PREPOSITIONS:
        return not (i + 1 < len(tokens) and tokens[i + 1].tag == "'")
    if word in ("from", "to", "into") and how in ("capital", "unknown"):
        before = tokens[j - 1].lemma if j else ""
        return before in ("travel", "fly", "return", "arrive", "come", "go", "move", "drive", "visit", "trip", "talks", "road", "flight")
    if word == "," and how in ("name", "unknown") and j >= 1 and tokens[j - 1].tag == "M" and j >= 2 and tokens[j - 2].word in PLACE_PREPOSITIONS:
        return True
    return word == "capital" and how == "capital"
