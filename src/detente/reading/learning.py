"""Learn from a document who is who: acronyms, demonyms, persons and their offices."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from detente.reading.memory import Memory, Mention
from detente.reading.roles import (
    GROUP_NOUNS,
    HONORIFICS,
    OFFICES,
    ORG_WORDS,
)
from detente.reading.text import fold
from detente.reading.tokens import Token

__all__ = ["Learner"]

_DEMONYM_ENDS = (
    "ian",
    "ians",
    "an",
    "ans",
    "ese",
    "ish",
    "ite",
    "ites",
    "i",
    "is",
    "ic",
    "ard",
    "ards",
    "ch",
)


_PEOPLE_ENDS = ("ian", "ians", "ese", "ish", "ites", "ans")


_RULERS = frozenset(
    ["president", "prime", "premier", "chancellor", "king", "queen", "emir", "sultan"]
)


_RUN = re.compile(r"^[A-ZÀ-Þ]")


def _name_runs(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    runs = []
    i = 0
    while i < len(tokens):
        if (_RUN.match(tokens[i].raw) and tokens[i].tag in "MNA") or (
            tokens[i].raw[:1].isupper() and tokens[i].word in OFFICES
        ):
            j = i
            while j < len(tokens) and (
                (_RUN.match(tokens[j].raw) and tokens[j].tag not in ".,QDPCSX")
                or (
                    tokens[j].word in ("bin", "al", "de", "el", "van", "von", "da", "dos", "-")
                    and j + 1 < len(tokens)
                    and _RUN.match(tokens[j + 1].raw)
                )
            ):
                j += 1
            runs.append((i, j))
            i = max(j, i + 1)
        else:
            i += 1
    return runs


_LEADS = frozenset("lead head represent chair command speak".split())


@dataclass(slots=True)
class Learner(Memory, ABC):
    """Memory that can read a document once, for its names."""

    @abstractmethod
    def mentions(self, tokens: Sequence[Token], start: int, stop: int) -> list[Mention]:
        """Return the parties and persons named in a range of tokens, in order."""

    def learn(self, sentences: Sequence[Sequence[Token]]) -> None:
        """Read every sentence once: learn who is who, and count the parties."""
        for tokens in sentences:
            self.capitals.update(t.word for t in tokens[1:] if t.raw[:1].isupper())
            self.common.update(t.word for t in tokens if t.raw[:1].islower())
            self._learn_acronyms(tokens)
            self._learn_named(tokens)
        self._learn_demonyms(sentences)
        for tokens in sentences:
            self._learn_short_names(tokens)
        for tokens in sentences:
            self._learn_people(tokens)
        self._count(sentences)
        if self._learn_parts():
            self.counts.clear()
            self._count(sentences)

    def _count(self, sentences: Sequence[Sequence[Token]]) -> None:
        for tokens in sentences:
            for mention in self.mentions(tokens, 0, len(tokens)):
                if mention.party and mention.how != "pronoun":
                    self.counts[mention.party] += 1

    def _learn_parts(self) -> bool:
        """Learn that "the Alliance" or "Cockpit" is the one party with that word in its name."""
        owners: dict[str, set[str]] = defaultdict(set)
        for party in self.counts:
            for word in fold(party).replace("'s", "").split():
                owners[word].add(party)
        learned = False
        for part in list(self.counts):
            words = fold(part).replace("'s", "").split()
            if not part[:1].isupper() or self.gazetteer.find(part) or part in self.people:
                continue
            wholes = set.intersection(*(owners[w] for w in words)) - {part}
            if len(wholes) > 1:
                wholes = {w for w in wholes if self.kinds.get(w) == "body"}
            whole = next(iter(wholes)) if len(wholes) == 1 else ""
            if not whole[:1].isupper():
                continue
            place = len(words) == 1 and fold(whole).startswith(words[0])  # "Zenda Workers"
            if words[0] in ORG_WORDS or not place:
                self._learn_alias(fold(part), whole, "name")
                learned = True
        return learned

    def _learn_named(self, tokens: Sequence[Token]) -> None:
        """Note the entries that are called by a name that no other entry has."""
        words, raw = [t.word for t in tokens], [t.raw for t in tokens]
        for i in range(len(tokens)):
            hit = self.gazetteer.look_up(words[i : i + 9], raw[i : i + 9])
            if hit is not None and not self.gazetteer.others(words[i : i + hit[2]]):
                self.named.add(hit[0].name)

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
            while (
                start > 0
                and i - start < 12
                and (
                    tokens[start - 1].raw[:1].isupper()
                    or tokens[start - 1].word in ("of", "the", "for", "and", "-", "in")
                )
            ):
                start -= 1
                taken += tokens[start].raw[:1].isupper()
            while start < i - 1 and (
                tokens[start].word[0] != letters[0] or tokens[start].word == "the"
            ):
                start += 1
            if start < i - 1:
                hit = self._known(tokens, start, i - 1)
                name = (
                    hit[0]
                    if hit and hit[2] >= i - 1 - start
                    else " ".join(t.raw for t in tokens[start : i - 1])
                    .replace(" 's", "'s")
                    .replace(" - ", "-")
                )
                self._learn_alias(letters, name, "name")
                self._learn_alias(fold(name), name, "name")
                self.kinds.setdefault(name, "movement")

    def _learn_short_names(self, tokens: Sequence[Token]) -> None:
        """Learn that "the League" is the Northern League."""
        for i, j in _name_runs(tokens):
            last = tokens[j - 1].word
            if j - i < 2 or last not in ORG_WORDS or last in ("government", "ministry", "army"):
                continue
            if j - i > 5 or self._known(tokens, i, j) is not None or tokens[i].word in OFFICES:
                continue
            name = " ".join(t.raw for t in tokens[i:j])
            self._learn_alias(last, name, "name")
            self._learn_alias(fold(name), name, "name")
            self.kinds.setdefault(name, "movement")

    def _learn_demonyms(self, sentences: Sequence[Sequence[Token]]) -> None:
        """Learn that "Ruritanian" belongs to "Ruritania", for names the gazetteer lacks."""
        names: dict[str, str] = {}
        for tokens in sentences:
            for i, token in enumerate(tokens):
                if (
                    token.tag == "M"
                    and len(token.raw) >= 4
                    and self._known(tokens, i, i + 1) is None
                ):
                    names.setdefault(token.word, token.raw)
        for word in names:
            if not word.endswith(_DEMONYM_ENDS):
                continue
            stem = word[: max(4, len(word) - 3)]
            for other, raw in names.items():
                if (
                    other != word
                    and other.startswith(stem)
                    and not other.endswith(_PEOPLE_ENDS)
                    and len(other) <= len(word) + 2
                ):
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
            if hit is None and k and k < len(words) - 1 and fold(words[0]) not in HONORIFICS:
                rest = k
                while rest < len(words) and fold(words[rest]) in OFFICES | HONORIFICS:
                    rest += 1
                if rest < len(words):
                    owner = " ".join(words[:k]).removesuffix(" 's")
                    if fold(owner) in GROUP_NOUNS | {"rebel", "union", "guerrilla", "separatist"}:
                        owner = {
                            "rebel": "rebels",
                            "guerrilla": "guerrillas",
                            "separatist": "separatists",
                        }.get(fold(owner), fold(owner))
                        self.kinds.setdefault(owner, "movement")
                    self.kinds.setdefault(owner, "state")
                    self._person(" ".join(words[rest:]), owner)
                    continue
            titled = office > 0 or (
                before is not None and (before.word in HONORIFICS or before.word in OFFICES)
            )
            person = words[office:]
            if not person or (
                hit is not None and hit[1] != "leader" and hit[2] >= len(words) - office
            ):
                continue
            if any(fold(w) in ORG_WORDS for w in person) and not titled:
                continue
            party = self._affiliation(tokens, i, j)
            if party:
                self._office(tokens, max(0, i - 3), min(len(tokens), j + 5), party)
            if (
                titled
                and not party
                and person
                and {fold(w) for w in words[:office]} & _RULERS
                | ({before.word} & _RULERS if before else set())
            ):
                self.rulers.add(fold(person[-1]))
            if party or titled or (len(person) in (2, 3) and self._acts_as_person(tokens, j)):
                self._person(" ".join(person), party)

    def _acts_as_person(self, tokens: Sequence[Token], j: int) -> bool:
        """Tell whether an apposition with an office follows, or a verb of speech."""
        if j + 1 < len(tokens) and tokens[j].word == ",":
            after = tokens[j + 1 : j + 8]
            leads = len(after) > 1 and after[0].word == "who" and after[1].lemma in _LEADS
            return leads or any(t.word in OFFICES for t in after)
        return j < len(tokens) and tokens[j].lemma in ("say", "tell", "add", "warn", "write")

    def _affiliation(self, tokens: Sequence[Token], i: int, j: int) -> str | None:
        """Return the party named in "X, the envoy of PARTY" or "PARTY spokesman X"."""
        if j + 1 < len(tokens) and tokens[j].word == ",":
            stop = j + 1
            office = False
            while (
                stop < len(tokens)
                and stop < j + 16
                and tokens[stop].word not in (",", ".", ";")
                and tokens[stop].tag not in "VXQ"
            ):
                office = office or tokens[stop].word in OFFICES
                stop += 1
            if stop + 1 < len(tokens) and tokens[stop].lemma in _LEADS:
                office, stop = True, min(len(tokens), stop + 8)
            if office:
                found = [m for m in self.mentions(tokens, j + 1, stop) if m.party]
                if found:
                    return found[0].party
        k = i - 1
        office = False
        if (
            k >= 1
            and tokens[k].word == ","
            and any(t.word in OFFICES for t in tokens[max(0, k - 4) : k])
        ):
            k -= 1  # "Vorland's chief negotiator, Pavel Orsic"
        while k >= 0 and (
            tokens[k].word in OFFICES
            or tokens[k].word in ("chief", "senior", "top", "lead")
            or tokens[k].word in HONORIFICS
            or tokens[k].tag == "A"
        ):
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
