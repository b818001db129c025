"""Which deed a phrase names: one of the known deeds, or one in its own words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from detente.reading.clauses import Group, find_groups
from detente.reading.gazetteer import gazetteer
from detente.reading.positions.lexicon import Known, known_deeds
from detente.reading.positions.mentions import mentions
from detente.reading.text import Span, fold
from detente.reading.tokens import Token, tokenize
from detente.reading.types import positions

__all__ = ["Deed", "deed_of", "is_everything", "is_lasting", "issue_of", "needs_of", "stems_of"]


@dataclass(frozen=True, slots=True)
class Deed:
    """A deed as a phrase names it.

    Attributes:
        id: id of a known deed, or the stems of its own words joined by ``-``.
        name: what it is called.
        known: whether it is a known one.
        done: whether the phrase says that it is done; ``False``: that it is not, or is undone.
        degree: ``full``, ``part`` or ``None``.
        stems: stems of its own words; empty for known deeds.
        about: stems of the issue that the statement names beside its words.
    """

    id: str
    name: str
    known: bool
    done: bool
    degree: str | None
    stems: frozenset[str] = frozenset()
    about: frozenset[str] = frozenset()


_ENDING = re.compile(
    r"\b(?:end|stop|halt|ceas|lift|remov|drop|abandon|cancel|suspend|scrap|eas|cut|lower|reduc"
    r"|eliminat|abolish|revok|freez|withdr|free (?:of|from)|call\w* off|lay\w* down|break\w* off"
    r"|refrain|renounc|give up|gave up|clos|phas)\w*"
)
_BREAKING = re.compile(
    r"\b(?:end|stop|halt|cancel|suspend|scrap|abandon|break off|broke off|breaking off|walk out of"
    r"|leave|quit|delay|block|breach|violat\w*)(?:e?s|e?d|ing)?"
    r"(?: the| its| their| all| any)? *$"
)
_NO_NEGATION = re.compile(
    r"\b(?:no|not) later than\b|\bnot only\b"
    r"|\bwithout (?:an? )?(?:end|delay|conditions?|precondit\w+|exception"
    r"|further \w+|more \w+|reserv\w+|interruption)\b"
)
_NOT = re.compile(r"\b(?:not|never|no|cannot|without|neither|nor|refus\w+|rul\w+ out)\b|n't\b")
_FULL = re.compile(
    r"\b(?:complete(?:ly)?|full(?:y)?|total(?:ly)?|all|entire(?:ly)?|last|every|permanent(?:ly)?"
    r"|comprehensive|unconditional(?:ly)?|final|whole)\b"
)
_PART = re.compile(
    r"\b(?:partial(?:ly)?|some|part of|half|gradual(?:ly)?|limited|reduc\w+|reduction|temporary"
    r"|interim|thin(?:ning)? out|(?:first|initial) (?:tranche|phase|step|batch|group)"
    r"|step towards?)\b"
)
_EVERYTHING = re.compile(
    r"\b(?:(?:any|every)thing (?:else|more)|(?:any|all|every) (?:further|other|more|next) \w+"
    r"|(?:any|further) (?:steps?|moves?|concessions?)|(?:all|any) the (?:rest|others))\b"
)
_LASTING = re.compile(
    r"\b(?:irreversibl[ey]|irrevocabl[ey]|permanent(?:ly)?|for ever|forever|for good"
    r"|cannot be undone|no (?:way|going) back|once and for all|beyond recall)\b"
)
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
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")


def is_everything(phrase: str) -> bool:
    """Tell whether a phrase means whatever else there is: "anything else", "any further step"."""
    return _EVERYTHING.search(fold(phrase)) is not None


def is_lasting(phrase: str) -> bool:
    """Tell whether the words say that a deed cannot be undone."""
    return _LASTING.search(fold(phrase)) is not None


def needs_of(id: str) -> str | None:
    """Return the deed without which a known deed cannot be, if there is one."""
    return next((row.needs for row in known_deeds() if row.id == id), None)


def deed_of(phrase: str, *, negation: bool = True) -> Deed | None:
    """Return the deed that a phrase names.

    Args:
        phrase: words of a text.
        negation: whether "not" turns the deed round; not where it is part of what the statement
            does with the deed ("will not recognise" in a refusal).

    Returns:
        The deed; ``None`` if the words name none.

    >>> deed = deed_of("the last soldier has been airlifted")
    >>> deed.id, deed.done, deed.degree
    ('withdrawal', True, 'full')
    >>> deed_of("the toll was paid").name
    'pay toll'
    """
    view = fold(phrase)
    turned = bool(negation and _NOT.search(_NO_NEGATION.sub(" ", view)))
    found = [named for row in known_deeds() if (named := _named(row, view)) is not None]
    if found:
        first = min(found, key=lambda named: named.start)
        best = next(named for named in found if named.start < first.end)  # the more particular one
        return Deed(best.row.id, best.row.name, True, best.done != turned, _degree(view))
    return _own_words(phrase, view, turned)


def issue_of(name: str) -> Deed | None:
    """Return the deed that the name of an issue means: a known one, or that of the name itself.

    >>> issue_of("river works").name
    'river works'
    """
    deed = deed_of(name)
    if deed is not None and deed.known:
        return replace(deed, done=True)
    stems = stems_of(_WORD.findall(fold(name)))
    if not stems:
        return None
    return Deed("-".join(sorted(stems)), name.strip(), False, True, None, stems)


class _Named(NamedTuple):
    start: int
    end: int
    row: Known
    done: bool


def _named(row: Known, view: str) -> _Named | None:
    """Return where words name a deed, and whether it is done in them, not undone."""
    does = row.does.search(view) if row.does else None
    undoes = row.undoes.search(view) if row.undoes else None
    if does is not None and (undoes is None or does.start() <= undoes.start()):
        return _Named(*does.span(), row, _BREAKING.search(view, 0, does.start()) is None)
    if undoes is not None:
        around = f"{view[: undoes.start()]} {view[undoes.end() :]}"
        return _Named(*undoes.span(), row, _ENDING.search(around) is not None)
    return None


def _degree(view: str) -> str | None:
    if _PART.search(view):
        return "part"
    return "full" if _FULL.search(view) else None


def _own_words(phrase: str, view: str, turned: bool) -> Deed | None:
    tokens = tokenize(phrase, view, Span(0, len(phrase)))
    group, nouns = _core(tokens)
    verb = group.lemma if group is not None and group.lemma not in _GENERIC else None
    parties = mentions(phrase, gazetteer())
    nouns = [n for n in nouns if not any(a <= n.start < b for a, b, _ in parties)]
    stems = stems_of([verb] if verb else []) | stems_of([token.word for token in nouns])
    if not stems or (not nouns and verb is not None and _ENDING.fullmatch(verb)):
        return None
    said = group is not None and group.lemma not in _LIGHT
    words = [group.lemma.replace("_", " ")] if group is not None and said else []
    words += [token.raw for token in nouns]
    return Deed("-".join(sorted(stems)), " ".join(words), False, not turned, _degree(view), stems)


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


def _core(tokens: Sequence[Token]) -> tuple[Group | None, list[Token]]:
    """Return the verb group that carries the deed, and the nouns of its object."""
    takes = positions()
    attitudes = set(takes.verbs) | {"want", "insist", "say", "wish", "seek", "ask", "tell"}
    groups = [g for g in find_groups(tokens) if tokens[g.verb].tag != "X"]
    deeds = [g for g in groups if g.lemma not in attitudes]
    if deeds:
        group = deeds[0]
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
            if token.word in takes.nouns and tokens[k + 1].word in ("for", "of", "to"):
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
