"""Who is meant: from words of the text to parties, with names and aliases learned on the way."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from detente.reading.learning import Learner
from detente.reading.memory import SINGLE_OFFICES, Mention
from detente.reading.roles import (
    BODY_WORDS,
    COUNTRY_NOUNS,
    GROUP_NOUNS,
    HONORIFICS,
    KIND_OF_NOUN,
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


def _past_organs(tokens: Sequence[Token], k: int, stop: int) -> int:
    """Skip the nouns that still mean the party just named: "Taliban delegation"."""
    j = k
    if j < stop and tokens[j].tag == "'":
        j += 1
    while j < stop and (
        tokens[j].tag == "A" or tokens[j].word in ORGANS or tokens[j].word in OFFICES
    ):
        j += 1
        if tokens[j - 1].word in ORGANS or tokens[j - 1].word in OFFICES:
            k = j
    return k


_ACTING_FOR = frozenset(
    """delegation negotiators side leadership team officials envoys commanders spokesmen ministry
    cabinet presidency authorities""".split()
)


_NAMING = GROUP_NOUNS | PAIR_NOUNS | SINGLE_OFFICES | _ACTING_FOR | COUNTRY_NOUNS | MOVEMENT_NOUNS


_CALENDAR = frozenset(
    """january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday ramadan christmas easter eid""".split()
)


_NOT_NAME = frozenset("""last next first new same other such main several both most many""".split())


_LOOSE_GROUPS = frozenset(
    """group movement organization organisation faction insurgency front party militia
    outfit""".split()
)
_NUMBER = re.compile(
    r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty)(?:-\w+)?$"
)
_COMMON_ENDS = ("s", "tion", "ment", "ness", "ing", "ity", "ance", "ers")


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
        return before in (
            "travel",
            "fly",
            "return",
            "arrive",
            "come",
            "go",
            "move",
            "drive",
            "visit",
            "trip",
            "talks",
            "road",
            "flight",
        )
    if (
        word == ","
        and how in ("name", "unknown")
        and j >= 1
        and tokens[j - 1].tag == "M"
        and j >= 2
        and tokens[j - 2].word in PLACE_PREPOSITIONS
    ):
        return True
    return word == "capital" and how == "capital"


@dataclass(slots=True)
class Cast(Learner):
    """The parties and persons of one document; see :class:`.Memory` for what it keeps."""

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
                i == 0
                and token.word in GROUP_NOUNS
                and (i + 1 >= len(tokens) or not tokens[i + 1].raw[:1].isupper())
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
            if known is not None and not self._longer(tokens, i + known[2], stop, known[0]):
                mention = self._gazetted(tokens, i, stop, known)
                if mention is not None and not _is_place(tokens, i, known[1]):
                    found.append(mention)
                    i = _past_organs(tokens, mention.stop, stop)
                else:
                    i += known[2]
                continue
            i = self._unknown(tokens, i, start, stop, found)
        return found

    def _longer(self, tokens: Sequence[Token], j: int, stop: int, party: str) -> bool:
        """Tell whether the name of a state only begins that of a body in it."""
        first = j
        while j < stop and tokens[j].raw[:1].isupper() and tokens[j].tag not in ".,QDPX":
            j += 1
        return (
            j - first > 1
            and tokens[j - 1].word in BODY_WORDS
            and self.kinds.get(party) == "state"
            and self._known(tokens, first, stop) is None
        )

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
            if (
                j < stop
                and tokens[j].tag == "M"
                and self._known(tokens, j, stop) is None
                and size == 1
            ):
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
            if (
                people is not None
                and (organ is None or people <= organ)
                and run[people] not in ("leaders",)
            ):
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
        while (
            k < stop
            and (tokens[k].word in OFFICES or tokens[k].word in HONORIFICS or tokens[k].tag == "A")
            and k < j + 8
        ):
            office = office or tokens[k].word in OFFICES
            k += 1
        if not office:
            return None
        end = k
        while (
            end < stop
            and (
                tokens[end].tag == "M"
                or (tokens[end].raw[:1].isupper() and tokens[end].tag not in ".,DPIXC")
            )
            and end < k + 5
        ):
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
            (tokens[j].raw[:1].isupper() and tokens[j].tag not in ".,Q")
            or (
                tokens[j].tag == "'"
                and tokens[j].word == "'"
                and j > i
                and j + 1 < stop
                and tokens[j + 1].raw[:1].isupper()
                and tokens[j + 1].word in ORG_WORDS
            )
            or (
                tokens[j].word in ("of", "de", "al", "el", "bin", "van", "von", "for", "and")
                and j + 1 < stop
                and tokens[j + 1].raw[:1].isupper()
                and j > i
                and tokens[j].word != "and"
                and (tokens[j].word not in ("of", "for") or tokens[j - 1].word in ORG_WORDS)
            )
        ):
            if (
                j > i
                and self._known(tokens, j, stop) is not None
                and tokens[j - 1].word not in ("of", "for")
            ):
                break
            j += 1
        if j == i:
            return i + 1
        run = list(tokens[i:j])
        while run and (
            run[0].tag in "DPISCRXT" or (run[0].tag in "VGA" and len(run) == 1 and i == start)
        ):
            run.pop(0)
            i += 1
        if not run:
            return max(j, i)
        if run[-1].tag in "VX" and len(run) > 1:
            run.pop()
        if all(
            fold(t.raw) in OFFICES or fold(t.raw) in HONORIFICS or t.word in _CALENDAR for t in run
        ):
            return max(j, i + len(run))
        if len(run) == 1 and i == 0 and self._plain_word(tokens, run[0]):
            return i + 1
        if all(t.word in PAIR_NOUNS for t in run):
            pair = self.two_sides()
            if pair and run[0].word != "states":
                found.append(Mention(i, i + len(run), " & ".join(pair), None, "pair"))
            return max(j, i + len(run))
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

    def _plain_word(self, tokens: Sequence[Token], word: Token) -> bool:
        """Tell whether the first word of a sentence is a word like others, not a name."""
        if word.word in self.capitals:
            return False
        if word.word in self.common or word.word.endswith(_COMMON_ENDS):
            return True
        after = tokens[1] if len(tokens) > 1 else None
        return _NUMBER.match(word.word) is not None or (after is not None and after.tag in "NRGSP.")

    def _noun(self, tokens: Sequence[Token], i: int, start: int, stop: int) -> Mention | None:
        """Handle a common noun that names a party by itself: "the rebels", "both sides"."""
        word = tokens[i].word
        if word not in _NAMING:
            return None
        following = tokens[i + 1] if i + 1 < len(tokens) else None
        before = tokens[i - 1] if i else None
        if (
            following is not None
            and following.tag == "N"
            and following.word in (GROUP_NOUNS | OFFICES)
            and word in GROUP_NOUNS
            and word not in PAIR_NOUNS
        ):
            return None if following.word in GROUP_NOUNS else self._group(tokens, i, start)
        if word in PAIR_NOUNS and before is not None:
            back = [t.word for t in tokens[max(0, i - 3) : i]]
            if {"both", "two", "neither", "either", "opposing", "warring", "rival", "none"} & set(
                back
            ):
                pair = self.two_sides()
                if pair:
                    return Mention(i, i + 1, " & ".join(pair), None, "pair")
                return None
            return None
        if word in _LOOSE_GROUPS or (
            word == "groups" and before is not None and before.word == "the"
        ):
            if following is not None and following.word == "of":
                return None
            determined = any(
                t.word
                in (
                    "the",
                    "this",
                    "that",
                    "its",
                    "their",
                    "insurgent",
                    "rebel",
                    "armed",
                    "militant",
                )
                for t in tokens[max(0, i - 3) : i]
            )
            party = self._latest("movement") or self._latest("union")
            if party and determined and (before is None or before.tag in "DA"):
                return Mention(i, i + 1, party, None, "anaphor")
            return None
        if (
            word in ("country", "nation", "state", "kingdom")
            and before is not None
            and before.word in ("the", "his", "her", "their", "our", "my")
        ):
            party = self._latest("state")
            return Mention(i, i + 1, party, None, "anaphor") if party else None
        if word in SINGLE_OFFICES and before is not None and before.word == "the":
            party = self.offices.get(word)
            return Mention(i, i + 1, party, None, "anaphor") if party else None
        if (
            word in _ACTING_FOR
            and before is not None
            and before.word in ("the", "its", "their", "his", "her", "our")
            and not (following is not None and following.word in ("of", "from"))
        ):
            if self.recent:
                return Mention(i, i + 1, self.recent[-1], None, "anaphor")
            return None
        if word in GROUP_NOUNS and word not in (
            "party",
            "leaders",
            "league",
            "region",
            "province",
            "territory",
            "bank",
            "board",
            "club",
        ):
            return self._group(tokens, i, start)
        return None

    def _group(self, tokens: Sequence[Token], i: int, start: int) -> Mention | None:
        """Name a group by its noun phrase: "striking dock workers" -> "dock workers"."""
        word = tokens[i].word
        a = i
        while a > start and tokens[a - 1].tag in "NA" and tokens[a - 1].word not in _NOT_NAME:
            a -= 1
        before = tokens[a - 1] if a > 0 else None
        if (
            before is not None
            and before.word in ("a", "an", "any", "no", "every", "each")
            and word
            in COUNTRY_NOUNS
            | {
                "council",
                "coalition",
                "commission",
                "secretariat",
                "federation",
                "league",
                "alliance",
                "union",
                "party",
                "region",
                "board",
            }
        ):
            return None
        possessed = before is not None and (
            before.tag == "'" or (before.raw[:1].isupper() and before.tag == "M")
        )
        if possessed and word in COUNTRY_NOUNS:
            return None
        if word in COUNTRY_NOUNS and not possessed and (before is None or before.tag in "DI,.CS"):
            party = self._government()
            if (
                party
                and before is not None
                and before.word in ("the", "his", "her", "their", "our", "its")
            ):
                return Mention(a, i + 1, party, None, "anaphor")
        if word in MOVEMENT_NOUNS and word not in ("union",):
            party = self._latest("movement")
            if (
                party
                and before is not None
                and before.word == "the"
                and a == i
                and self.kinds.get(party) == "movement"
            ):
                return Mention(a, i + 1, party, None, "anaphor")
        end = i + 1
        if (
            end + 1 < len(tokens)
            and tokens[end].raw in ("'", "’", "'s", "’s")
            and tokens[end + 1].word in GROUP_NOUNS
            and tokens[end + 1].word not in COUNTRY_NOUNS | _ACTING_FOR
        ):
            end += 2
            word = tokens[end - 1].word
            name = " ".join(t.raw for t in tokens[a:end]).replace(" '", "'").replace(" ’", "’")
            self.kinds.setdefault(name, "union")
            return Mention(a, end, name, None, "noun")
        name = " ".join(t.raw for t in tokens[a : i + 1])
        if a == i and before is not None and before.word == "the":
            only = self.only(KIND_OF_NOUN.get(word, ""))
            if only is not None:
                return Mention(a, i + 1, only, None, "anaphor")
        full = self.learned.get(word)
        if full is not None and a == i and before is not None and before.word == "the":
            return Mention(a, i + 1, full[0], None, "anaphor")
        if a == 0:
            name = name[:1].lower() + name[1:]
        self.kinds.setdefault(
            name,
            "movement"
            if word in MOVEMENT_NOUNS
            else "union"
            if word in ("union", "unions", "workers")
            else "group",
        )
        return Mention(a, i + 1, name, None, "noun")
