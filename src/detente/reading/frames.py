"""Who is speaking at a place in the text: the reporting frame around a clause."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from detente.reading.attribution import Attribution
from detente.reading.gazetteer import Gazetteer
from detente.reading.parties import Cast, Mention
from detente.reading.text import Span, fold
from detente.reading.tokens import Token, tokenize
from detente.reading.units import Page

__all__ = ["REPORT_ONLY", "UNNAMED", "Frame", "Frames"]

UNNAMED = "unnamed"

REPORT_ONLY = frozenset(
    """say tell add state announce declare argue note reiterate stress emphasize emphasise
    explain report write tweet remark observe comment reply respond answer continue recall
    assert maintain repeat conclude testify affirm reaffirm underline underscore clarify
    make_clear point_out contend post inform remind notify : confirm disclose reveal claim
    proclaim think believe suggest indicate hint signal acknowledge admit concede know recount
    elaborate spell_out estimate predict forecast decide""".split()
) | {"according to"}
"""Cues that only report: what they report is the statement."""

_BUCKET = 1000  # code points: frames are looked up by the stretch of text they touch
_FACELESS = frozenset(
    """official officials source sources diplomat diplomats analyst analysts observer observers
    expert experts person people critics critic insiders insider aide aides someone others
    some many one witnesses witness participants reports rumours rumors it they observers
    commentators commentator""".split()
)


@dataclass(slots=True)
class Frame:
    """A stretch of text that reports somebody's words.

    Attributes:
        segments: the content's ranges.
        speaker: who is named as the source.
        party: the party that the speaker stands for, ``None`` if unknown.
        kind: ``direct``, ``mixed``, ``indirect`` or ``dialogue``.
        person: whether the speaker is a person.
    """

    segments: tuple[tuple[int, int], ...]
    speaker: str
    party: str | None
    kind: str
    person: bool

    @property
    def size(self) -> int:
        """Return how many code points the content spans."""
        return self.segments[-1][1] - self.segments[0][0]


class Frames:
    """Looks up the frame of a place.

    Args:
        page: the document.
        attributions: its attributions.
        cast: its parties; sources are resolved in reading order.
    """

    def __init__(self, page: Page, attributions: Sequence[Attribution], cast: Cast) -> None:
        self.page = page
        self.cast = cast
        self._pending = [
            a
            for a in attributions
            if a.cue_class in ("report", "belief", "evidence")
            and (a.lemma in REPORT_ONLY or a.kind == "direct" or a.cue[0][0] > a.content[0][0])
        ]
        self._pending.sort(key=lambda a: a.content[0])
        self._known: dict[int, Frame] = {}
        self._near: dict[int, list[int]] = defaultdict(list)
        for number, item in enumerate(self._pending):
            lo, hi = item.content[0][0] // _BUCKET, item.content[-1][1] // _BUCKET
            for bucket in range(lo, min(hi, lo + 40) + 1):
                self._near[bucket].append(number)

    def at(self, start: int, end: int) -> Frame | None:
        """Return the innermost frame whose content holds the range's beginning."""
        best: Frame | None = None
        for number in self._near.get(start // _BUCKET, ()):
            item = self._pending[number]
            if item.content[0][0] > end:
                continue
            if any(a <= start and end <= b + 2 for a, b in item.content) or (
                item.content[0][0] <= start < item.content[-1][1]
                and any(a <= start < b for a, b in item.content)
            ):
                frame = self._frame(number, item)
                if (
                    best is None
                    or frame.size < best.size
                    or (frame.size == best.size and not best.speaker)
                ):
                    best = frame
        return best

    def _frame(self, number: int, item: Attribution) -> Frame:
        frame = self._known.get(number)
        if frame is None:
            speaker, party, person = self._source(item)
            frame = Frame(item.content, speaker, party, item.kind, person)
            self._known[number] = frame
        return frame

    def _source(self, item: Attribution) -> tuple[str, str | None, bool]:
        if not item.source:
            return UNNAMED, None, False
        span = Span(item.source[0][0], item.source[-1][1])
        tokens = tokenize(self.page.masked, self.page.view, span)
        if tokens and tokens[0].word in ("its", "their", "his", "her") and len(tokens) > 1:
            inside = self._first_party(item)
            if inside is not None and not any(
                m.person for m in self.cast.mentions(tokens, 0, len(tokens))
            ):
                return _phrase_text(tokens, 1, len(tokens)), inside, True
        return speaker_of(tokens, 0, len(tokens), self.cast, label=item.kind == "dialogue")

    def _first_party(self, item: Attribution) -> str | None:
        """Return the party that the content names first, for "..., its minister said"."""
        span = Span(item.content[0][0], item.content[0][1])
        if item.source and item.source[0][0] < span.start:
            return None
        tokens = tokenize(self.page.masked, self.page.view, span)
        for mention in self.cast.mentions(tokens, 0, len(tokens)):
            if mention.party and " & " not in mention.party:
                return mention.party
        return None


def speaker_of(
    tokens: Sequence[Token], start: int, stop: int, cast: Cast, label: bool = False
) -> tuple[str, str | None, bool]:
    """Name the speaker that a noun phrase means: name, party, whether a person."""
    phrase = tokens[start:stop]
    words = [t.word for t in phrase if t.tag not in '.,"Q']
    if not words:
        return UNNAMED, None, False
    pronoun = words[-1] if len(words) == 1 else ""
    if pronoun in ("he", "she", "who"):
        if cast.people_recent:
            name = cast.people_recent[-1]
            return cast.full_name(name), cast.party_of_person(name), True
        return UNNAMED, None, True
    if pronoun in ("they", "it", "we", "i"):
        party = cast.recent[-1] if cast.recent else None
        if pronoun in ("we", "i") and cast.people_recent:
            name = cast.people_recent[-1]
            return cast.full_name(name), cast.party_of_person(name), True
        return (party or UNNAMED), party, False
    mentions = cast.mentions(tokens, start, stop)
    people = [m for m in mentions if m.person]
    if people:
        first = people[0]
        name = cast.full_name(first.person or "")
        party = first.party or cast.party_of_person(name)
        if party is None:
            others = [m.party for m in mentions if m.party]
            party = others[0] if others else None
        return name, party, True
    if label:
        return _label_speaker(tokens, start, stop, cast, mentions)
    text = _phrase_text(tokens, start, stop)
    if mentions:
        party = next((m.party for m in mentions if m.party), None)
        if party is not None:
            return text, party, False
    if any(w in _FACELESS for w in words):
        return UNNAMED, None, False
    office = next(
        (
            w
            for w in words
            if w
            in (
                "president",
                "premier",
                "minister",
                "spokesman",
                "spokeswoman",
                "envoy",
                "chancellor",
                "mediator",
                "negotiator",
                "general",
                "leader",
                "king",
                "ambassador",
            )
        ),
        None,
    )
    if office:
        for name in reversed(cast.people_recent):
            party = cast.party_of_person(name)
            if party:
                return text, party, True
        return text, (cast.recent[-1] if cast.recent else None), True
    return text, None, False


def _label_speaker(
    tokens: Sequence[Token], start: int, stop: int, cast: Cast, mentions: Sequence[Mention]
) -> tuple[str, str | None, bool]:
    text = _phrase_text(tokens, start, stop)
    party = next((m.party for m in mentions if m.party and fold(m.party) != fold(text)), None)
    shouted = text.title() if text.isupper() and len(text) > 4 else text
    known = cast.people.get(fold(shouted.split()[-1])) if shouted.split() else None
    if known:
        return known[1], known[0], True
    if party is None:
        party = _party_from_label(shouted, cast.gazetteer)
    return shouted, party, True


def _party_from_label(text: str, names: Gazetteer) -> str | None:
    entry = names.find(text)
    return entry.name if entry else None


def _phrase_text(tokens: Sequence[Token], start: int, stop: int) -> str:
    """Return a noun phrase as the text has it, without its article and apposition."""
    k = start
    while (k < stop and tokens[k].word in ("the", "a", "an", "that")) or (
        k < stop and tokens[k].tag in ".,C"
    ):
        k += 1
    end = k
    while end < stop and tokens[end].word not in (",", "(", "who", "which"):
        end += 1
    pieces: list[str] = []
    previous = None
    for token in tokens[k:end]:
        if previous is not None and token.start > previous.end:
            pieces.append(" ")
        pieces.append(token.raw)
        previous = token
    return "".join(pieces).strip() or UNNAMED
