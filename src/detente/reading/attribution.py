"""Who says what: source, cue and content spans of every attribution."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from detente.reading.clauses import Group, phrase_before
from detente.reading.complements import (
    Segments,
    agent_after,
    classes_of,
    content_of,
    segment_of,
    source_end,
)
from detente.reading.nominal import Found, according_to, nominal_cues
from detente.reading.text import Span
from detente.reading.tokens import Token
from detente.reading.units import Page, Sentence

__all__ = ["Attribution", "find_attributions"]


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution.

    Attributes:
        source: segments ``(start, end)`` of who it is attributed to; empty if unnamed.
        cue: segments of the words that attribute.
        content: segments of what is attributed; more than one where "he said" interrupts it.
        kind: ``direct`` (an utterance in quotation marks), ``mixed`` (partly quoted),
            ``indirect``, or ``dialogue`` (a turn in a printed dialogue).
        cue_class: class of the cue in the lexicon, for instance ``report`` or ``stance``.
        lemma: lemma of the cue verb; the words of another cue.
        nested: whether it stands inside the content of another attribution.
    """

    source: Segments
    cue: Segments
    content: Segments
    kind: str
    cue_class: str
    lemma: str
    nested: bool = False


def find_attributions(page: Page) -> list[Attribution]:
    """Find every attribution of a page, of whatever subject, in order of their content.

    Direct, indirect and mixed speech, nominal cues ("a pledge by", "the demand for"), beliefs and
    stances are found by rules over verb groups; see ``data/lexicon.txt`` for the cues.
    """
    found: list[Found] = []
    used: dict[int, set[int]] = {}
    _direct(page, found, used)
    for sentence in page.outer:
        busy = used.get(id(sentence), set())
        _turn(sentence, found)
        _indirect(page, sentence, busy, found)
        according_to(sentence, found)
        nominal_cues(sentence, found)
    for sentence in page.inner:
        _indirect(page, sentence, set(), found, quoted=True)
    return _finish(page, found)


def _is_report(group: Group) -> bool:
    return "report" in classes_of(group.lemma) and not (group.passive and group.lemma != "quote")


# ------------------------------------------------------------------ direct speech


def _direct(page: Page, found: list[Found], used: dict[int, set[int]]) -> None:
    previous: Found | None = None
    previous_paragraph = -9
    for sentence in page.outer:
        tokens = sentence.tokens
        quotes = [i for i, token in enumerate(tokens) if token.tag == "Q"]
        busy = used.setdefault(id(sentence), set())
        current: Found | None = None
        for q in quotes:
            span = (tokens[q].start, tokens[q].end)
            hit = _cue_for(sentence, q, busy)
            if hit is None and current is not None:
                current.content.append(span)
                continue
            if hit is None and q == 0 and len(quotes) == 1 and previous is not None:
                alone = all(t.tag in 'Q.,"' for t in tokens)
                if alone and sentence.paragraph == previous_paragraph:
                    previous.content.append(span)
                    current = previous
                    continue
            if hit is None:
                continue
            group, source = hit
            cue = _cue_span(tokens, group, [])
            current = Found(
                source, cue, [span], "direct", "report", group.lemma, group.verb, sentence
            )
            busy.add(group.verb)
            found.append(current)
        if current is not None:
            previous, previous_paragraph = current, sentence.paragraph
        elif quotes or sentence.paragraph != previous_paragraph:
            previous = None


def _cue_for(sentence: Sentence, q: int, busy: set[int]) -> tuple[Group, Segments] | None:
    """Return the reporting verb of the quotation at token ``q`` and its source."""
    before = _cue_before(sentence, q, busy)
    tokens = sentence.tokens
    tight = before is not None and q > 0 and tokens[q - 1].word in (",", ":", "that")
    if before is not None and tight:
        return before
    after = _cue_after(sentence, q, busy)
    return after or before


def _cue_before(sentence: Sentence, q: int, busy: set[int]) -> tuple[Group, Segments] | None:
    tokens = sentence.tokens
    best: Group | None = None
    for group in sentence.groups:
        if group.last < q and group.verb not in busy and "report" in classes_of(group.lemma):
            best = group
    if best is None or q - best.last > 16:
        return None
    between = tokens[best.last + 1 : q]
    if any(t.tag in "Q." and t.word != ":" for t in between):
        return None
    later = [g for g in sentence.groups if best.last < g.first < q and g.finite]
    if later or best.passive:
        return None
    return best, segment_of(tokens, best.subject)


def _cue_after(sentence: Sentence, q: int, busy: set[int]) -> tuple[Group, Segments] | None:
    tokens = sentence.tokens
    for group in sentence.groups:
        if group.first <= q or group.verb in busy:
            continue
        if group.first - q > 45:
            return None
        between = tokens[q + 1 : group.first]
        if any(t.tag == "Q" or t.word in ";:" for t in between):
            return None
        if not _is_report(group) and group.lemma not in ("be", "go", "put"):
            if any(t.tag in ".S" for t in between[1:]):
                return None
            continue
        if not _is_report(group):
            continue
        inverted = all(t.tag in ",R" for t in between)
        if inverted:
            k = group.last + 1
            if k < len(tokens) and tokens[k].tag in "NMDP#A":
                end = source_end(tokens, k)
                return group, ((tokens[k].start, tokens[end - 1].end),)
            return group, ()
        subject = group.subject
        if subject is None or subject[0] <= q:
            if group.inherited and subject is not None:
                return group, segment_of(tokens, subject)
            subject = phrase_before(tokens, group.first, q + 1)
        if subject is None:
            return None
        return group, segment_of(tokens, subject)
    return None


# ------------------------------------------------------------------ indirect speech


def _indirect(
    page: Page, sentence: Sentence, busy: set[int], found: list[Found], quoted: bool = False
) -> None:
    tokens = sentence.tokens
    for number, group in enumerate(sentence.groups):
        if group.verb in busy:
            continue
        classes = classes_of(group.lemma)
        if (quoted and not classes & {"report"}) or (
            group.lemma in ("think", "believe") and quoted
        ):
            continue
        if not classes or classes == {"other"}:
            continue
        hit = content_of(sentence, number, group, classes)
        if hit is None:
            continue
        content, cue_class, extra = hit
        segments = [(tokens[a].start, tokens[b - 1].end) for a, b in content if b > a]
        if not segments:
            continue
        source = segment_of(tokens, group.subject)
        if group.passive:
            source = agent_after(tokens, group)
        cue = _cue_span(tokens, group, extra)
        kind = "mixed" if any(_has_quote(page, s) for s in segments) else "indirect"
        found.append(
            Found(source, cue, segments, kind, cue_class, group.lemma, group.verb, sentence)
        )


def _has_quote(page: Page, segment: tuple[int, int]) -> bool:
    return '"' in page.view[segment[0] : segment[1]]


def _turn(sentence: Sentence, found: list[Found]) -> None:
    """A turn in a printed dialogue: "MINISTER: We will open the border"."""
    if sentence.turn is None or not sentence.tokens:
        return
    name = sentence.turn
    last = found[-1] if found else None
    span = (sentence.tokens[0].start, sentence.tokens[-1].end)
    if last is not None and last.kind == "dialogue" and last.source == ((name.start, name.end),):
        last.content.append(span)
        return
    source = ((name.start, name.end),)
    colon = ((name.end, name.end + 1),)
    found.append(Found(source, colon, [span], "dialogue", "report", ":", -1, sentence))


def _cue_span(tokens: list[Token], group: Group, extra: Iterable[int]) -> Segments:
    first, last = group.first, group.last
    while first < group.verb and tokens[first].tag in "TP":
        first += 1
    return ((tokens[first].start, tokens[last].end),)


def _finish(page: Page, found: list[Found]) -> list[Attribution]:
    """Trim, order and mark what is nested; drop what a stronger cue already covers."""
    result: list[Attribution] = []
    seen: set[tuple[Segments, Segments]] = set()
    covers: list[Span] = []
    ordered = sorted(found, key=lambda f: (f.content[0][0], -f.content[-1][1], f.cue))
    for item in ordered:
        content = tuple(sorted(item.content))
        if (item.cue, content) in seen:
            continue
        seen.add((item.cue, content))
        whole = Span(content[0][0], content[-1][1])
        cue = Span(*item.cue[0])
        nested = any(c.covers(cue) and c.covers(whole) and c != whole for c in covers[-12:])
        covers.append(whole)
        result.append(
            Attribution(
                item.source, item.cue, content, item.kind, item.cue_class, item.lemma, nested
            )
        )
    return result
