"""One sentence as a PLOVER event: who did what to whom. For measuring the reader only.

Source: Open Event Data Alliance, *PLOVER* (2016), the successor of CAMEO.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from detente.reading.clauses import Group, find_groups, noun_phrase_end
from detente.reading.lexicon import data_text
from detente.reading.text import Span, fold
from detente.reading.tokens import Token, tokenize
from detente.reading.units import Sentence

__all__ = ["Event", "event_of"]


@dataclass(frozen=True, slots=True)
class Event:
    """What a sentence tells first of all.

    Attributes:
        code: PLOVER class, for instance ``DEMAND``.
        sources: noun phrases of who acts.
        targets: noun phrases of whom it is done to.
    """

    code: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    found = []
    for line in data_text("events.txt").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        head, _, body = line.partition(": ")
        found.append((head.split()[0], re.compile(r"\b(?:" + body.strip() + ")")))
    return tuple(found)


_HARM = frozenset(["ASSAULT", "COERCE", "SANCTION", "MOBILIZE", "PROTEST"])
_KIND = frozenset(["AID", "COOPERATE", "CONSULT", "SUPPORT", "CONCEDE", "RETREAT"])
_FUTURE = frozenset(["will", "would", "'ll", "shall", "might", "may", "could", "can"])
_SAY = frozenset(
    """say tell announce report add state declare disclose confirm reveal note write explain
    claim indicate acknowledge believe think""".split()
)


def event_of(text: str) -> Event:
    """Return the event of a sentence.

    >>> event_of("Ruritania rejected a call by Strelsau for new talks.").code
    'REJECT'
    """
    view = fold(text)
    tokens = tokenize(text, view, Span(0, len(text)))
    sentence = Sentence(Span(0, len(text)), tokens, find_groups(tokens), 0)
    group, code = _main(sentence, view)
    if group is None:
        best = _first_anywhere(view)
        return Event(best or "AGREE", tuple(_names(tokens, 0, len(tokens))[:1]), ())
    wants = _who_wants(sentence, group) if code == "DEMAND" else None
    if wants is not None:
        return Event(code, tuple(_phrases(tokens, wants)), tuple(_phrases(tokens, group.subject)))
    main = _clause_of(sentence, group) if _is_reduced(group) else None
    if main is not None:  # "a letter handed over to ...": the sentence is not about the letter
        return Event(code, tuple(_phrases(tokens, main.subject)), _actors(sentence, group, code)[1])
    sources, targets = _actors(sentence, group, code)
    sources = _named(sentence, group, sources)
    return Event(code, sources, targets)


def _who_wants(sentence: Sentence, group: Group) -> tuple[int, int] | None:
    """Return who says that another must do something: "X said Y must leave" is X's demand."""
    if group.modal not in ("must", "should", "ought") or group.subject is None:
        return None
    before = [
        g
        for g in sentence.groups
        if g.finite and g.subject is not None and g.last < group.subject[0]
    ]
    return before[-1].subject if before and before[-1].lemma in _SAY | _REPEAT else None


_REPEAT = frozenset(["reiterate", "conclude", "insist", "repeat", "argue", "stress", "warn"])


def _is_reduced(group: Group) -> bool:
    """Tell whether a participle only describes a noun: "a letter handed over to ..."."""
    return group.passive and not group.finite and group.first == group.verb


def _clause_of(sentence: Sentence, group: Group) -> Group | None:
    """Return the first clause with a subject of its own that a reduced participle is no part of."""
    if any(t.word == "by" for t in sentence.tokens[group.last + 1 : group.last + 4]):
        return None
    return next(
        (g for g in sentence.groups if g.finite and g.subject is not None and not g.inherited),
        None,
    )


_PRONOUNS = frozenset("""they it he she we i who which that its their his""".split())
_VAGUE = frozenset(["officials", "leaders", "spokesman", "government", "authorities", "forces"])


def _named(sentence: Sentence, group: Group, sources: tuple[str, ...]) -> tuple[str, ...]:
    """Replace a pronoun, or nothing, by the subject that the sentence names first."""
    if sources and not (len(sources) == 1 and fold(sources[0]) in _PRONOUNS | _VAGUE):
        return sources
    tokens = sentence.tokens
    if group.passive and not sources and tokens[group.verb].word not in _STATES:
        return ()
    for other in sentence.groups:
        if other.subject is None or other.first > group.first:
            continue
        found = _phrases(tokens, other.subject)
        if found and fold(found[0]) not in _PRONOUNS:
            return tuple(found)
    names = _names(tokens, 0, len(tokens))
    return tuple(names[:1]) if names else sources


def _first_anywhere(view: str) -> str | None:
    hits = [(m.start(), code) for code, rx in _patterns() if (m := rx.search(view))]
    return min(hits)[1] if hits else None


def _main(sentence: Sentence, view: str) -> tuple[Group | None, str]:
    """Return the verb group that carries the event, and its class."""
    tokens = sentence.tokens
    best: Group | None = None
    for group in sentence.groups:
        if best is None:
            best = group if group.finite else None
        if tokens[group.verb].tag == "X" and group.lemma != "be":
            continue
        trailing = group.lemma in _SAY and group.finite
        if trailing:
            continue
        if not group.finite and (not group.passive or _is_reduced(group)):
            continue
        code = _class_of(sentence, group, view)
        if code is not None:
            return group, code
    for group in sentence.groups:
        if group.lemma in _SAY:
            continue
        code = _class_of(sentence, group, view)
        if code is not None:
            return group, code
    return best, _first_anywhere(view) or "AGREE"


def _class_of(sentence: Sentence, group: Group, view: str) -> str | None:
    tokens = sentence.tokens
    start = tokens[group.first].start
    verb = tokens[group.verb].start
    code = _plain(view, verb)
    if code is None:
        code = _by_object(sentence, group, view)
    if code is None:
        return None
    future = group.modal in _FUTURE or view[start:verb].endswith(("plans to ", "going to "))
    if group.negative and code in _KIND | {"AGREE"}:
        return "REJECT"
    if group.modal in ("must", "should", "ought"):
        return "DEMAND"
    if future and code in _HARM:
        return "THREATEN"
    if future and code in _KIND:
        return "AGREE"
    if code == "AGREE":
        following = view[verb : verb + 60]
        nxt = next(
            (g for g in sentence.groups if g.first > group.last and g.first <= group.last + 3), None
        )
        if nxt is not None and nxt.modal == "to":
            inner = _plain(view, tokens[nxt.verb].start)
            if inner in _HARM and not following.startswith(("agree", "accept")):
                return "THREATEN"
    return code


def _plain(view: str, place: int) -> str | None:
    hits = []
    for code, pattern in _patterns():
        match = pattern.match(view, place)
        if match:
            hits.append((-(match.end() - match.start()), code))
    return min(hits)[1] if hits else None


_LIGHT = frozenset(
    """make give hold launch stage open begin start issue take sign impose carry_out carry
    conduct reach have put express declare order announce send set file mount wage come call
    end set_up form join go enter continue be lead face see""".split()
)


def _by_object(sentence: Sentence, group: Group, view: str) -> str | None:
    """Classify a light verb by what follows it: "held talks", "imposed a curfew"."""
    if group.lemma not in _LIGHT:
        return None
    tokens = sentence.tokens
    end = min(len(tokens), group.last + 12)
    for k in range(group.last + 1, end):
        if tokens[k].tag in ".Q":
            return None
        if tokens[k].tag not in "NVAG":
            continue
        code = _plain(view, tokens[k].start)
        if code is not None:
            return code
    return None


# ------------------------------------------------------------------ actors


def _text(tokens: Sequence[Token], start: int, stop: int) -> str:
    while start < stop and tokens[start].tag in "DRC,I":
        start += 1
    while stop > start and tokens[stop - 1].tag in ",.CRI":
        stop -= 1
    return " ".join(t.raw for t in tokens[start:stop])


def _names(tokens: Sequence[Token], start: int, stop: int) -> list[str]:
    """Return the runs of capitals in a range."""
    runs: list[str] = []
    k = start
    while k < stop:
        if (
            tokens[k].raw[:1].isupper()
            and tokens[k].tag in "MNA"
            and tokens[k].word not in _CALENDAR
        ):
            j = k
            while j < stop and (tokens[j].raw[:1].isupper() and tokens[j].tag in "MNA"):
                j += 1
            runs.append(" ".join(t.raw for t in tokens[k:j]))
            k = j
        else:
            k += 1
    return runs


_CALENDAR = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december""".split()
)
_AIMS = frozenset(
    """against with to from on toward towards by at for of into upon in over""".split()
)


_STATES = frozenset("prepared opposed committed engaged determined concerned interested".split())
"""Participles that tell how the subject is disposed, not what is done to it."""


def _actors(sentence: Sentence, group: Group, code: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    tokens = sentence.tokens
    subject = _phrases(tokens, group.subject)
    k = group.last + 1
    agent = None
    if group.passive:
        place = next(
            (n for n in range(k, min(len(tokens), k + 15)) if tokens[n].word == "by"), None
        )
        if place is not None:
            end = noun_phrase_end(tokens, place + 1)
            agent = _phrases(tokens, (place + 1, end))
    if group.passive and tokens[group.verb].word not in _STATES:
        return tuple(agent or ()), tuple(subject)
    return tuple(subject), tuple(_object(tokens, k, subject))


def _phrases(tokens: Sequence[Token], part: tuple[int, int] | None) -> list[str]:
    """Return the noun phrases of a range: two names joined by "and" are two."""
    if part is None:
        return []
    a, b = part
    for n in range(a + 1, b):
        if tokens[n].word in (",", "who", "which", "("):
            b = n
            break
    joins = [n for n in range(a + 1, b - 1) if tokens[n].word == "and"]
    if len(joins) == 1 and tokens[joins[0] - 1].tag in "MN" and tokens[joins[0] + 1].tag in "MDNA":
        left = _text(tokens, a, joins[0])
        right = _text(tokens, joins[0] + 1, b)
        return [x for x in (left, right) if x]
    whole = _text(tokens, a, b)
    return [whole] if whole else []


def _object(tokens: Sequence[Token], k: int, subject: list[str]) -> list[str]:
    """Return the likeliest target after a verb: the first name, else the object."""
    stop = next((n for n in range(k, len(tokens)) if tokens[n].tag in ".Q"), len(tokens))
    for n in range(k, stop):  # a trailing "..., officials said" holds no target
        if tokens[n].lemma in _SAY and tokens[n].tag == "V":
            comma = next((m for m in range(n, k, -1) if tokens[m].word == ","), None)
            if comma is not None:
                stop = comma
            break
    own = {w for name in subject for w in fold(name).split()}
    names = [x for x in _names(tokens, k, stop) if not set(fold(x).split()) & own]
    if names:
        return names[:1]
    end = min(stop, noun_phrase_end(tokens, k))
    text = _text(tokens, k, end)
    return [text] if text and any(t.tag in "NM" for t in tokens[k:end]) else []
