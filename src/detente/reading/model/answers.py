"""From the model's answer to proposals: each quote, order and name is looked up in the text."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from detente.reading.actors import AUTHOR
from detente.reading.frames import UNNAMED
from detente.reading.model.names import Names, find
from detente.reading.model.parts import Part
from detente.reading.model.prompt import ATTRIBUTIONS
from detente.reading.quotes import quoted_share
from detente.reading.text import Span, trim
from detente.reading.types import TYPES
from detente.reading.units import Sentence

__all__ = ["REASONS", "BadAnswerError", "Proposal", "entries_of", "proposals"]

REASONS = (
    "wrong-form",
    "quote-not-in-text",
    "quote-in-two-sentences",
    "quote-ambiguous",
    "quote-too-short",
    "order-not-in-text",
    "name-not-in-text",
    "given-twice",
    "overlaps",
)
"""Why an entry of an answer is rejected, in the order in which it is looked at."""

_TYPES = frozenset(kind.name for kind in TYPES)
_FEWEST_WORDS = 2
_DIRECT, _INDIRECT = "direct", "indirect"


class BadAnswerError(ValueError):
    """The answer as a whole cannot be used."""


class _RejectedError(ValueError):
    """An entry is rejected; the text is one of :data:`REASONS`."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """An entry that has stood every test. The fields are those of :class:`.Statement`."""

    start: int
    end: int
    type: str
    speaker: str
    actors: tuple[str, ...]
    targets: tuple[str, ...]
    before: str | None
    after: str | None
    attribution: str
    quoted: bool
    sentence: tuple[int, int]


def entries_of(answer: str) -> list[Any]:
    """Return the entries of an answer, none of them looked at yet.

    Raises:
        BadAnswerError: it is not the JSON object that was asked for.
    """
    try:
        document = json.loads(answer)
    except (ValueError, RecursionError):
        raise BadAnswerError("the answer is no JSON") from None
    entries = document.get("statements") if isinstance(document, dict) else None
    if not isinstance(entries, list):
        raise BadAnswerError("the answer has no list of statements")
    return entries


def proposals(
    part: Part, entries: Sequence[Any], names: Names, rejected: Counter[str]
) -> list[Proposal]:
    """Return the entries that the text bears out.

    Args:
        part: what was sent.
        entries: the entries of the answer.
        names: the names of the document.
        rejected: counts the others by their reason.
    """
    found: list[Proposal] = []
    for entry in entries:
        try:
            found.append(_proposal(part, _Entry(entry), names))
        except _RejectedError as error:
            rejected[str(error)] += 1
    return found


class _Entry:
    """An entry whose fields are given in the form that was asked for, or not at all."""

    def __init__(self, given: Any) -> None:
        if not isinstance(given, dict):
            raise _RejectedError("wrong-form")
        self._given = given

    def text(self, key: str) -> str:
        value = self._given.get(key)
        if not isinstance(value, str):
            raise _RejectedError("wrong-form")
        return value

    def text_or_none(self, key: str) -> str | None:
        value = self._given.get(key)
        return None if value is None or value == "" else self.text(key)

    def names(self, key: str) -> list[str]:
        value = self._given.get(key)
        if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
            raise _RejectedError("wrong-form")
        return value

    def number(self, key: str) -> int:
        value = self._given.get(key)
        if not isinstance(value, int) or isinstance(value, bool):
            raise _RejectedError("wrong-form")
        return value

    def one_of(self, key: str, valid: Sequence[str] | frozenset[str]) -> str:
        value = self.text(key)
        if value not in valid:
            raise _RejectedError("wrong-form")
        return value


def _proposal(part: Part, entry: _Entry, names: Names) -> Proposal:
    kind = entry.one_of("type", _TYPES)
    claimed = entry.one_of("attribution", tuple(ATTRIBUTIONS))
    quote, number = entry.text("quote"), entry.number("sentence")
    given = entry.text("speaker"), entry.names("actors"), entry.names("targets")
    first, then = entry.text_or_none("before"), entry.text_or_none("after")
    span, place = _located(part, quote, number)
    before, after = _order(part, place, first, then)
    speaker = names.speaker(given[0])
    if speaker is None:
        raise _RejectedError("name-not-in-text")
    actors = _parties(given[1], names, author=True)
    targets = _parties(given[2], names, author=False)
    quoted = quoted_share(span, part.page.quotes) >= 0.5
    attribution = claimed
    if quoted or part.sentences[place].turn is not None:
        attribution = _DIRECT  # a fact of the text: the model is not asked
    elif claimed == _DIRECT:
        attribution = _INDIRECT
    if attribution == _INDIRECT and speaker == AUTHOR:
        attribution = AUTHOR
    return Proposal(
        span.start,
        span.end,
        kind,
        AUTHOR if attribution == AUTHOR else speaker,
        actors,
        targets,
        before,
        after,
        attribution,
        quoted,
        _sentence(part, span, part.sentences[place]),
    )


def _located(part: Part, quote: str, number: int) -> tuple[Span, int]:
    """Return where a quote stands, and the index of its sentence."""
    text = part.page.masked
    lo, hi = trim(quote, 0, len(quote))
    words = quote[lo:hi]
    if len(words.split()) < _FEWEST_WORDS:
        raise _RejectedError("quote-too-short")
    spans = [sentence.span for sentence in part.sentences]
    everywhere = find(words, text, spans[0].start, spans[-1].end)
    if not everywhere:
        raise _RejectedError("quote-not-in-text")
    inside = [
        (k, start, end)
        for start, end in everywhere
        for k, span in enumerate(spans)
        if span.start <= start and end <= span.end
    ]
    if not inside:
        raise _RejectedError("quote-in-two-sentences")
    if len({k for k, _, _ in inside}) > 1:
        inside = [item for item in inside if item[0] == number - 1]
        if not inside:
            raise _RejectedError("quote-ambiguous")
    place, start, end = inside[0]
    return Span(*trim(part.page.document.text, start, end)), place


def _sentence(part: Part, span: Span, around: Sentence) -> tuple[int, int]:
    """Return the sentence of a span: one inside a quoted utterance, or the one around it.

    An utterance of several sentences stands in one sentence of the article, but a statement
    stands in one of the utterance's.
    """
    touched = [s.span for s in part.page.inner if s.tokens and s.span.overlap(span)]
    if len(touched) > 1:
        raise _RejectedError("quote-in-two-sentences")
    if touched and touched[0].covers(span):
        return touched[0].start, touched[0].end
    return around.span.start, around.span.end


def _order(
    part: Part, place: int, first: str | None, then: str | None
) -> tuple[str | None, str | None]:
    """Return the order, both or neither, in words of the sentence or of the one before it."""
    if first is None and then is None:
        return None, None
    if first is None or then is None:
        raise _RejectedError("order-not-in-text")
    sentences = part.sentences
    start, end = sentences[max(place - 1, 0)].span.start, sentences[place].span.end
    words = []
    for given in (first, then):
        lo, hi = trim(given, 0, len(given))
        if not find(given[lo:hi], part.page.masked, start, end):
            raise _RejectedError("order-not-in-text")
        words.append(" ".join(given[lo:hi].split()))
    if words[0] == words[1]:
        raise _RejectedError("order-not-in-text")
    return words[0], words[1]


def _parties(given: Sequence[str], names: Names, *, author: bool) -> tuple[str, ...]:
    found = []
    for name in given:
        if name == UNNAMED:
            continue  # "unknown" is an empty list
        party = AUTHOR if author and name == AUTHOR else names.party(name)
        if party is None:
            raise _RejectedError("name-not-in-text")
        found.append(party)
    return tuple(dict.fromkeys(found))
