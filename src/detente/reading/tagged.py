"""Candidates from the tagger: its spans and types, with what the rules see of the same clause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from detente.reading.actors import AUTHOR, FIRST
from detente.reading.candidate import Candidate
from detente.reading.clauses import Group
from detente.reading.frames import Frame
from detente.reading.orders import Order, is_time
from detente.reading.tagger.tag import Tag
from detente.reading.text import Span
from detente.reading.units import Page, Sentence

__all__ = ["Tags", "holder", "merge", "stated_order", "type_of"]

_AGREE = 0.5


class Tags:
    """The tags of a page, by the sentence in which each stands.

    A tag that lies for the most part in a quoted utterance belongs to the sentence in it.
    """

    def __init__(self, page: Page, tags: Sequence[Tag]) -> None:
        self._by_place: dict[tuple[int, int], list[Tag]] = {}
        inner = [s for s in page.inner if s.tokens]
        outer = [s for s in page.outer if not s.heading and s.tokens]
        at_inner = at_outer = 0
        for tag in tags:  # in order of their starts, as the sentences are
            while at_outer < len(outer) and outer[at_outer].span.end <= tag.start:
                at_outer += 1
            while at_inner < len(inner) and inner[at_inner].span.end <= tag.start:
                at_inner += 1
            span = Span(tag.start, tag.end)
            near = [*inner[at_inner : at_inner + 3], *outer[at_outer : at_outer + 2]]
            best = max(
                near, key=lambda s: (s.span.overlap(span), s.quote is not None), default=None
            )
            if best is not None and best.span.overlap(span):
                self._by_place.setdefault(_place(best), []).append(tag)

    def of(self, sentence: Sentence) -> list[Tag]:
        """Return the tags of a sentence, in order."""
        return self._by_place.get(_place(sentence), [])


def _place(sentence: Sentence) -> tuple[int, int]:
    return sentence.span.start, -1 if sentence.quote is None else sentence.quote


def merge(
    sentence: Sentence, found: Sequence[Candidate], kept: Sequence[Candidate], tags: Sequence[Tag]
) -> list[Candidate]:
    """Return the candidates of a sentence when both the rules and the tagger have read it.

    Args:
        sentence: the sentence.
        found: every candidate of the rules.
        kept: those that the rules would let stand, with their ends.
        tags: the tagger's statements in this sentence.

    Returns:
        One candidate for each tag, and those of the rules that the tagger does not contradict.
    """
    made: list[Candidate] = []
    used: set[int] = set()
    for tag in tags:
        first, stop = _tokens(sentence, tag)
        if stop <= first:
            continue
        parts = _parts(kept, used, first, stop)
        if parts and not any(t is not tag and _within(t, tag) for t in tags):
            used.update(parts)
            made.extend(replace(kept[n], found_by="rules+tagger") for n in parts)
            continue
        shares = [
            (_share((c.start, c.stop), (first, stop)), n)
            for n, c in enumerate(kept)
            if n not in used
        ]
        share, number = max(shares, default=(0.0, -1))
        if share >= _AGREE:
            used.add(number)
            made.append(replace(kept[number], tag=tag, found_by="rules+tagger"))
            continue
        if tag.confidence < _SURE:
            continue
        made.append(replace(_from_tag(sentence, found, tag, first, stop), found_by="tagger"))
    made.extend(
        candidate
        for n, candidate in enumerate(kept)
        if n not in used and _stands(candidate, made, kept, used)
    )
    return sorted(made, key=lambda c: (c.cue, c.start))


_SURE = 0.5
_OWN_WORDS = 3


def _parts(kept: Sequence[Candidate], used: set[int], first: int, stop: int) -> list[int]:
    """Return the rules' statements that one tag has run together: "demands A but refuses B"."""
    inside = [
        n
        for n, c in enumerate(kept)
        if n not in used and not c.nested and first <= c.start and c.stop <= stop
    ]
    if not any(kept[n].strength == _OWN_WORDS for n in inside):
        return []
    covered = sum(kept[n].stop - kept[n].start for n in inside)
    return inside if len(inside) > 1 and covered >= 0.8 * (stop - first) else []


def _within(inner: Tag, outer: Tag) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _stands(
    candidate: Candidate, made: Sequence[Candidate], kept: Sequence[Candidate], used: set[int]
) -> bool:
    """Tell whether a statement that only the rules see is one: its own words take the position.

    A nested one stands with the statement that holds it.
    """
    if candidate.nested:
        return any(kept[n].start <= candidate.start < kept[n].stop for n in used)
    apart = all(_share((candidate.start, candidate.stop), (c.start, c.stop)) == 0 for c in made)
    return apart and candidate.strength == _OWN_WORDS


def _tokens(sentence: Sentence, tag: Tag) -> tuple[int, int]:
    """Return the tag's range of tokens; a quotation counts if it covers half of it."""
    inside = [
        k
        for k, t in enumerate(sentence.tokens)
        if min(t.end, tag.end) - max(t.start, tag.start) > 0.5 * (t.end - t.start)
    ]
    return (inside[0], inside[-1] + 1) if inside else (0, 0)


def _share(a: tuple[int, int], b: tuple[int, int]) -> float:
    both = min(a[1], b[1]) - max(a[0], b[0])
    return both / (max(a[1], b[1]) - min(a[0], b[0])) if both > 0 else 0.0


def _from_tag(
    sentence: Sentence, found: Sequence[Candidate], tag: Tag, first: int, stop: int
) -> Candidate:
    """Make a candidate of a tag, from the rules' nearest one if there is one in its range."""
    inside = [c for c in found if first <= c.cue < stop and (c.kind == "noun") == tag.nested]
    inside = inside or [c for c in found if first <= c.cue < stop]
    if inside:
        best = min(inside, key=lambda c: (abs(c.start - first), -c.strength))
        return replace(
            best,
            start=first,
            stop=stop,
            content=min(max(best.content, first), stop),
            tag=tag,
            nested=tag.nested,
        )
    groups = [g for g in sentence.groups if first <= g.verb < stop]
    group = _main(groups, first)
    cue = first
    if tag.cue is not None and tag.has_own_cue:
        cue = next((k for k in range(first, stop) if sentence.tokens[k].end > tag.cue[0]), first)
    content = cue + 1 if group is None else group.last + 1
    return Candidate(
        tag.type,
        first,
        cue,
        min(content, stop),
        group.subject if group is not None else None,
        1,
        "tagged",
        group=group,
        stop=stop,
        negative=group is not None and group.negative,
        nested=tag.nested,
        tag=tag,
    )


def _main(groups: Sequence[Group], first: int) -> Group | None:
    """Return the verb of the main clause: the first finite one with a subject of its own."""
    own = [g for g in groups if g.finite and g.subject is not None and g.subject[0] >= first]
    return next(iter(own or groups), None)


def holder(
    sentence: Sentence, candidate: Candidate, frame: Frame | None, subject: list[str]
) -> tuple[list[str], bool]:
    """Return whose position a tagged clause is, and whether its subject is who is blamed.

    A clause whose own words take the position is its subject's; one that is only reported is the
    speaker's; a demand or a charge that nobody reports is the author's.
    """
    tag = candidate.tag
    assert tag is not None
    speaker = [frame.party] if frame is not None and frame.party else []
    blames = tag.type == "accusation"
    words = {t.word for t in sentence.tokens[slice(*(candidate.subject or (0, 0)))]}
    if tag.attribution == AUTHOR and frame is None:
        if tag.type in ("demand", "accusation") or (
            tag.type in ("precondition", "endorsement") and _judges(sentence, candidate)
        ):
            return [AUTHOR], tag.type in ("demand", "accusation")
        return subject, False
    if tag.has_own_cue and subject and not words & FIRST:
        return subject, False
    if frame is not None:
        return speaker or ([] if frame.person else subject), blames or tag.type == "demand"
    return subject, False


_JUDGING = frozenset("must should ought let i right wrong".split())


def _judges(sentence: Sentence, candidate: Candidate) -> bool:
    """Tell whether a clause lays down what ought to be, or says who is right."""
    words = {t.word for t in sentence.tokens[candidate.start : candidate.stop]}
    return bool(words & _JUDGING)


def type_of(candidate: Candidate, by_rules: str, order: Order | None) -> str:
    """Return the type: the tagger's, unless the rules know better.

    They do where the words state an order that makes something wait, and where the tagger takes a
    date for an order.
    """
    tag = candidate.tag
    assert tag is not None
    both = candidate.found_by == "rules+tagger"
    if by_rules == "precondition" and order is not None and order.strict:
        likely = dict(tag.types).get("precondition", 0.0)
        return "precondition" if both or likely >= _LIKELY else tag.type
    if tag.type == "precondition" and both and candidate.strength == _OWN_WORDS and order is None:
        return by_rules if tag.before is None or tag.after is None else tag.type
    return tag.type


_LIKELY = 0.1


def stated_order(page: Page, sentence: Sentence, tag: Tag) -> tuple[str | None, str | None]:
    """Return the order as the tagger sees it, in words of the text; both or neither."""
    if tag.before is None or tag.after is None:
        return None, None
    for part in (tag.before, tag.after):
        first = next((k for k, t in enumerate(sentence.tokens) if t.end > part[0]), 0)
        ends = (k for k, t in enumerate(sentence.tokens) if t.start >= part[1])
        stop = next(ends, len(sentence.tokens))
        if is_time(sentence.tokens, first, stop):
            return None, None
    before, after = (
        " ".join(page.masked[start:end].split()) for start, end in (tag.before, tag.after)
    )
    return before, after
