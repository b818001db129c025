"""The deed of a phrase in its context: what "that" and "the obstacle" stand for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from detente.reading.gazetteer import Gazetteer
from detente.reading.positions.deeds import Deed, deed_of, issue_of
from detente.reading.positions.types import Evidence
from detente.reading.text import fold

__all__ = ["Phrases", "is_firm", "is_unless"]

_IS = re.compile(r"the (\w+)\b.{0,40}? (?:is|was|remains) ((?:the|a|an|its|their) .+)", re.S)
_POINTS = re.compile(
    r"(?:that|this|it|these|those)(?: (?:should|must|has to|have to|will|would|cannot|can|may)\b"
    r".*)?$"
)
_ENDS = re.compile(r"\b(?:end|stop|cease|finish|be over|not (?:continue|happen|go on))")
_FIRM = re.compile(
    r"\bred[- ]lines?\b|\bnever\b|\bnon-?negotiable\b|\bnot negotiable\b|\bcategorical(?:ly)?\b"
    r"|\bunder no circumstances?\b|\bat no price\b|\bnot an? (?:inch|centimet(?:er|re))\b"
    r"|\bout of the question\b|\buntouchable\b|\btaboo\b|\bnot up for (?:discussion|debate|sale)\b"
    r"|\bno (?:compromise|discussion)\b|\bin no (?:case|event)\b"
)
_UNLESS = re.compile(r"\bunless\b|\bif\b.{0,60}\b(?:not|n't|fails?|refuses?|no)\b")
_FEW = 6
_BACK = 4  # statements that one looks back through
_NEAR = 600  # code points between a pronoun and what it points to


def is_firm(text: str) -> bool:
    """Tell whether words draw a red line."""
    return _FIRM.search(fold(text)) is not None


def is_unless(condition: str) -> bool:
    """Tell whether a condition is that something is not done."""
    return _UNLESS.search(fold(condition)) is not None


class Phrases:
    """The phrases of a set of statements, in the order of their texts.

    Args:
        statements: the statements.
        book: the parties, whose names are no part of a deed.
    """

    def __init__(self, statements: Sequence[Evidence], book: Gazetteer) -> None:
        self._book = book
        self._before: dict[str, Evidence] = {}
        last: dict[tuple[str, tuple[str, ...]], Evidence] = {}
        self._means: dict[tuple[str, str], str] = {}
        for evidence in statements:
            key = (evidence.doc, evidence.actors)
            if key in last:
                self._before[evidence.id] = last[key]
            last[key] = evidence
            said = _IS.match(fold(evidence.text))
            if said is not None:
                place = said.span(2)
                self._means[evidence.doc, said.group(1)] = evidence.text[place[0] : place[1]]

    def deed(
        self, evidence: Evidence, phrase: str, *, negation: bool = True, main: bool = True
    ) -> Deed | None:
        """Return the deed that a phrase of a statement names.

        The issue decides where a reviewer has set it, and where it names a known deed and the
        phrase does not.

        Args:
            evidence: the statement.
            phrase: its words, or a part of them.
            negation: see :func:`deed_of`.
            main: whether the phrase is what the statement is about, not its condition.
        """
        deed = self._in_context(evidence, phrase, negation)
        issue = evidence.fields.get("issue")
        whole = main and evidence.fields.get("before") is None
        if not issue or not whole or (deed and deed.known and "issue" not in evidence.edited):
            return deed
        named = issue_of(issue)
        if named is None:
            return deed
        if not named.known and "issue" not in evidence.edited:
            return replace(deed, about=named.stems) if deed is not None else None
        done = deed.done if deed is not None else True
        degree = deed.degree if deed is not None else None
        return replace(named, done=done, degree=degree or named.degree)

    def _in_context(
        self, evidence: Evidence, phrase: str, negation: bool, back: int = _BACK
    ) -> Deed | None:
        view = fold(phrase).strip()
        before = self._before.get(evidence.id)
        if (
            _POINTS.match(view)
            and len(view.split()) <= _FEW
            and before is not None
            and back
            and evidence.fields["start"] - before.fields["end"] < _NEAR
        ):
            deed = self._in_context(before, before.text, True, back - 1)
            if deed is not None:
                done = deed.done != (_ENDS.search(view) is not None)
                return replace(deed, done=done)
        for word in re.findall(r"\bthe (\w+)", view):
            meant = self._means.get((evidence.doc, word))
            if meant is not None and fold(meant) not in view:
                phrase = re.sub(rf"(?i)\bthe {word}\b", meant, phrase, count=1)
        return deed_of(phrase, negation=negation, book=self._book)
