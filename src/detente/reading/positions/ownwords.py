"""A deed in its own words: a verb and its object, for all that is no known deed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from detente.reading.clauses import Group, find_groups
from detente.reading.gazetteer import Gazetteer
from detente.reading.positions.mentions import mentions
from detente.reading.text import Span
from detente.reading.tokens import Token, tokenize
from detente.reading.types import positions

__all__ = ["END", "ENDING", "OwnWords", "own_words", "stems_of"]


@dataclass(frozen=True, slots=True)
class OwnWords:
    """A deed in its own words.

    Attributes:
        name: what it is called.
        done: whether the words say that it is done; ``False`` where they say that a thing is kept
            which others would have ended: "keep the veto" is not to end it.
        stems: stems of the words; with ``!end`` if the deed is to end a thing.
    """

    name: str
    done: bool
    stems: frozenset[str]

    @property
    def id(self) -> str:
        """The stems, joined."""
        return "-".join(sorted(self.stems))


ENDING = re.compile(
    r"\b(?:end|stop|halt|ceas|lift|remov|drop|abandon|cancel|suspend|scrap|eas|cut|lower|reduc"
    r"|eliminat|abolish|revok|freez|withdr|free (?:of|from)|call\w* off|lay\w* down|break\w* off"
    r"|refrain|renounc|give up|gave up|clos|phas|waiv|repeal|rescind|dissolv"
    r"|dismantl|finish|terminat|resolv)\w*|\b(?:is|are|was|were|be|been) over\b"
)
_ENDS = frozenset(
    """end stop halt cease lift remove drop abandon cancel suspend scrap ease eliminate abolish
    revoke waive repeal rescind terminate give_up call_off break_off renounce""".split()
)
_KEEPS = frozenset(
    """keep maintain impose reimpose resume extend prolong retain uphold renew preserve continue
    hold_on insist""".split()
)
END = "!end"
"""Among the stems of a deed: it is to end the thing that the other stems name."""
_GENERIC = frozenset(
    """be have do get let allow take make give go come happen exist start begin set set_up
    establish create move continue seem appear become bring keep try work remain show see think
    feel believe accept agree support back back_down back_out endorse consider discuss carry follow
    use need mean help put want yield bow budge compromise honour honor respect""".split()
)
_LIGHT = frozenset("be have do get let allow exist happen seem appear show see think".split())
_EMPTY = frozenset(
    """step move concession position demand condition proposal offer plan thing way side sides
    party obligation time day week month year delay sign result country government people part
    number point issue question matter end start first everything anything something precondition
    backing kind sort that it this which who what they them he she we us you i one other
    both""".split()
)
_PLACES = frozenset(["in", "at", "by", "during", "after", "since", "near", "within", "over"])
_SUFFIX = re.compile(
    r"(?:ification|isation|ization|itment|ature|ations?|ition|ments?|ances?|ences?|als?|ures?|ings?"
    r"|ions?|ities|ity|ers?|ors?|ages?|ied|ies|ed|es|s|e|y)$"
)


def own_words(phrase: str, view: str, book: Gazetteer) -> OwnWords | None:
    """Return the deed that a phrase names in its own words.

    Args:
        phrase: the words.
        view: the same, folded; asides may be blanked.
        book: the parties, whose names are no part of a deed.
    """
    tokens = tokenize(phrase, view, Span(0, len(phrase)))
    group, nouns = _core(tokens)
    parties = mentions(phrase, book)
    nouns = [n for n in nouns if not any(a <= n.start < b for a, b, _ in parties)]
    verb = group.lemma if group is not None else ""
    objects = stems_of([token.word for token in nouns])
    called = [token.raw for token in nouns]
    stopped = group is not None and _stopped(tokens, group)
    said = verb.replace("_", " ")
    if stopped or verb in _ENDS or verb in _KEEPS:
        if not objects:
            return None
        lead = f"stop {said}" if stopped else said if verb in _ENDS else "end"
        own = stems_of([verb]) if stopped else frozenset[str]()
        return OwnWords(" ".join([lead, *called]), verb not in _KEEPS, objects | own | {END})
    stems = objects | stems_of([verb])
    if not stems or (not objects and ENDING.fullmatch(verb)):
        return None
    words = [said] if verb and verb not in _LIGHT else []
    return OwnWords(" ".join([*words, *called]), True, stems)


def _stopped(tokens: Sequence[Token], group: Group) -> bool:
    """Tell whether a verb is what another one stops: "stop deploying"."""
    before = tokens[group.first - 1] if group.first else None
    return group.form == "ing" and before is not None and before.lemma in _ENDS


def stems_of(words: Sequence[str]) -> frozenset[str]:
    """Return the stems of the words that mean something.

    >>> stems_of(["payment", "paying", "the", "step"]) == stems_of(["pay"])
    True
    """
    return frozenset(_stem(word) for word in words if _means(word))


def _means(word: str) -> bool:
    forms = {word, word.removesuffix("s")}
    return len(word) > 2 and forms.isdisjoint(_GENERIC) and forms.isdisjoint(_EMPTY)


def _stem(word: str) -> str:
    bare = word.split("_")[0]
    cut = _SUFFIX.sub("", bare)
    return cut if len(cut) >= 3 else bare


@lru_cache(maxsize=1)
def _attitudes() -> frozenset[str]:
    """Return the verbs that take a position on a deed and are none themselves."""
    taking = {
        v for v, kind in positions().verbs.items() if kind not in ("concession", "cooperation")
    }
    also = {"want", "insist", "say", "wish", "seek", "ask", "tell"}
    return frozenset((taking | also) - _ENDS - _KEEPS)


def _core(tokens: Sequence[Token]) -> tuple[Group | None, list[Token]]:
    """Return the verb group that carries the deed, and the nouns of its object."""
    attitudes = _attitudes()
    groups = [g for g in find_groups(tokens) if tokens[g.verb].tag != "X"]
    deeds = [g for g in groups if g.lemma not in attitudes]
    if deeds:
        group = deeds[0]
        if len(deeds) > 1 and group.lemma in _ENDS and deeds[1].form == "ing":
            group = deeds[1]  # "stop deploying missiles"
        nouns = _object(tokens, group)
        if not nouns and group.subject is not None and (group.passive or group.lemma in _GENERIC):
            nouns = _nouns(tokens, *group.subject)
        if not nouns and group.lemma in _GENERIC:
            nouns = _nouns(tokens, 0, group.first)
        return group, nouns
    start = 0
    if groups:
        start = groups[-1].last + 1
    else:
        for k, token in enumerate(tokens[:-1]):
            if token.word in positions().nouns and tokens[k + 1].word in ("for", "of", "to"):
                start = k + 2
    return None, _nouns(tokens, start, len(tokens))


def _object(tokens: Sequence[Token], group: Group) -> list[Token]:
    if group.passive and group.subject is not None:
        return _nouns(tokens, *group.subject)
    return _nouns(tokens, group.last + 1, len(tokens))


def _nouns(tokens: Sequence[Token], start: int, stop: int) -> list[Token]:
    """Return the nouns of the first noun phrase in a range, without what hangs on it but "of"."""
    found: list[Token] = []
    place = False
    for k in range(start, stop):
        token = tokens[k]
        if place and token.tag in "NMDA#'":
            continue
        place = token.tag == "I" and token.word in _PLACES and not found
        if token.tag in "NM" and _means(token.word):
            found.append(token)
        elif token.tag in "NMDA#R'" or (token.word == "of" and len(found) < 3):
            continue
        elif found:
            break
        elif token.tag in "PTIX":
            continue
        else:
            break
    return found[:3]
