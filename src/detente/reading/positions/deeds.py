"""Which deed a phrase names: one of the known deeds, or one in its own words."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import NamedTuple

from detente.reading.gazetteer import Gazetteer, gazetteer
from detente.reading.positions.lexicon import Known, known_deeds
from detente.reading.positions.ownwords import ENDING, own_words, stems_of
from detente.reading.text import fold

__all__ = ["Deed", "deed_of", "is_everything", "is_lasting", "issue_of", "needs_of"]


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


_BREAKING = re.compile(
    r"\b(?:end|stop|halt|cancel|suspend|scrap|abandon|break|broke|broken|break off|broke off"
    r"|breaking off|walk out of|leave|quit|delay|postpon|boycott|expel|block|breach|violat\w*)"
    r"(?:l?ed|e?s|e?d|e|ing)?(?: the| its| their| all| any)?(?: [\w-]+)? *$"
)
_ASIDE = re.compile(r"\b(?:during|amid|despite|throughout)\b[^,;.]{0,40}")
_NO_NEGATION = re.compile(
    r"\b(?:no|not) later than\b|\bnot only\b"
    r"|\bwithout (?:an? )?(?:end|delay|conditions?|precondit\w+|exception"
    r"|further \w+|more \w+|reserv\w+|interruption)\b"
)
_NOT = re.compile(r"\b(?:not|never|no|cannot|without|neither|nor|refus\w+|rul\w+ out)\b|n't\b")
_FULL = re.compile(
    r"\b(?:complete(?:ly)?|full(?:y)?|total(?:ly)?|all|entire(?:ly)?|last|every|remaining|permanent(?:ly)?"
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


def deed_of(phrase: str, *, negation: bool = True, book: Gazetteer | None = None) -> Deed | None:
    """Return the deed that a phrase names.

    Args:
        phrase: words of a text.
        negation: whether "not" turns the deed round; not where it is part of what the statement
            does with the deed ("will not recognise" in a refusal).
        book: the parties: their names are no part of a deed.

    Returns:
        The deed; ``None`` if the words name none.

    >>> deed = deed_of("the last soldier has been airlifted")
    >>> deed.id, deed.done, deed.degree
    ('withdrawal', True, 'full')
    >>> deed_of("the toll was paid").name
    'pay toll'
    """
    view = _ASIDE.sub(lambda aside: " " * len(aside.group()), fold(phrase))
    turned = bool(negation and _NOT.search(_NO_NEGATION.sub(" ", view)))
    found = [named for row in known_deeds() if (named := _named(row, view)) is not None]
    if found:
        first = min(found, key=lambda named: named.start)
        best = next(named for named in found if named.start < first.end)  # the more particular one
        return Deed(best.row.id, best.row.name, True, best.done != turned, _degree(view))
    own = own_words(phrase, view, book or gazetteer())
    if own is None:
        return None
    return Deed(own.id, own.name, False, own.done != turned, _degree(view), own.stems)


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
    if does is not None and (undoes is None or _leads(does, undoes)):
        return _Named(*does.span(), row, _BREAKING.search(view, 0, does.start()) is None)
    if undoes is not None:
        around = f"{view[: undoes.start()]} {view[undoes.end() :]}"
        return _Named(*undoes.span(), row, ENDING.search(around) is not None)
    return None


def _leads(one: re.Match[str], other: re.Match[str]) -> bool:
    """Tell whether a match stands first; of two that begin together, whether it says more."""
    return (one.start(), -one.end()) <= (other.start(), -other.end())


def _degree(view: str) -> str | None:
    if _PART.search(view):
        return "part"
    return "full" if _FULL.search(view) else None
