"""Attributions without a verb: "according to X", "X's demand for", "a pledge by X"."""

from __future__ import annotations

from dataclasses import dataclass, field

from detente.reading.clauses import noun_phrase_end, phrase_before
from detente.reading.complements import Range, Segments, segment_of
from detente.reading.tokens import Token
from detente.reading.units import Sentence

__all__ = ["Found", "according_to", "nominal_cues"]


@dataclass(slots=True)
class Found:
    """An attribution being put together."""

    source: Segments
    cue: Segments
    content: list[tuple[int, int]]
    kind: str
    cue_class: str
    lemma: str
    verb: int = -1
    sentence: Sentence | None = field(default=None, repr=False)


# ------------------------------------------------------------------ other cues


def according_to(sentence: Sentence, found: list[Found]) -> None:
    """Find "according to X" before, after or inside what it attributes."""
    tokens = sentence.tokens
    for i in range(len(tokens) - 2):
        if tokens[i].word != "according" or tokens[i + 1].tag != "T":
            continue
        start = i + 2
        stop = noun_phrase_end(tokens, start)
        at_front = all(t.tag in "RC,S" for t in tokens[:i])
        if stop <= start:
            continue
        if at_front:
            while stop < len(tokens) and tokens[stop].word != ",":
                stop += 1
            content = (stop + 1, _trim_stop(tokens))
        else:
            content = (0, i - 1 if tokens[i - 1].word == "," else i)
            after = stop
            if after < len(tokens) and tokens[after].word == "," and len(tokens) - after > 4:
                tail = (after + 1, _trim_stop(tokens))
                if any(tail[0] <= g.verb < tail[1] for g in sentence.groups) and not any(
                    content[0] <= g.verb < content[1] and g.finite for g in sentence.groups
                ):
                    _add_according(sentence, i, start, stop, [content, tail], found)
                    continue
        _add_according(sentence, i, start, stop, [content], found)


def _add_according(
    sentence: Sentence, i: int, start: int, stop: int, ranges: list[Range], found: list[Found]
) -> None:
    tokens = sentence.tokens
    segments = [(tokens[a].start, tokens[b - 1].end) for a, b in ranges if b > a]
    if not segments:
        return
    source = ((tokens[start].start, tokens[min(stop, len(tokens)) - 1].end),)
    cue = ((tokens[i].start, tokens[i + 1].end),)
    found.append(Found(source, cue, segments, "indirect", "report", "according to", i, sentence))


def _trim_stop(tokens: list[Token]) -> int:
    end = len(tokens)
    while end and tokens[end - 1].tag == ".":
        end -= 1
    return end


_NOMINAL = frozenset(
    """claim demand call request appeal promise pledge guarantee vow assurance warning threat
    suggestion assertion allegation accusation announcement statement declaration insistence
    refusal offer proposal commitment admission acknowledgement belief fear hope view opinion
    endorsement rejection criticism condemnation denial complaint argument contention
    conclusion expectation concern suspicion agreement plea decision conviction prediction
    report""".split()
)

_NOMINAL_S = {word + "s": word for word in _NOMINAL} | {
    "prophecies": "prophecy", "pleas": "plea", "criticisms": "criticism",
}  # fmt: skip


def nominal_cues(sentence: Sentence, found: list[Found]) -> None:
    """Nominal cues: "Russia's demand for X", "a guarantee by the group that ..."."""
    tokens = sentence.tokens
    for i, token in enumerate(tokens):
        noun = token.word if token.word in _NOMINAL else _NOMINAL_S.get(token.word, "")
        if not noun or token.tag in "VXG":
            continue
        source: Segments = ()
        j = i - 1
        while j >= 0 and tokens[j].tag in "A#":
            j -= 1
        if j >= 1 and tokens[j].tag == "'":
            owner = phrase_before(tokens, j, max(0, j - 6))
            source = segment_of(tokens, owner)
        elif j >= 0 and tokens[j].word in ("their", "his", "her", "its", "our", "my"):
            source = ((tokens[j].start, tokens[j].end),)
        k = i + 1
        if k < len(tokens) and tokens[k].word in ("by", "from") and k + 1 < len(tokens):
            stop = noun_phrase_end(tokens, k + 1)
            if stop > k + 1:
                source = ((tokens[k + 1].start, tokens[stop - 1].end),)
                k = stop
        if k >= len(tokens):
            continue
        word = tokens[k].word
        if (
            word == "that"
            or (tokens[k].tag == "T" and source)
            or (word in ("for", "of") and source)
        ):
            start = k + 1 if word in ("that", "of") else k
            end = _trim_stop(tokens)
            for place in range(start + 1, end):
                if tokens[place].tag in ",Q" and tokens[place].word != "'":
                    end = place
                    break
            if word in ("for", "of") or tokens[k].tag == "T":
                for group in sentence.groups:
                    if group.finite and start < group.first < end and not group.inherited:
                        end = group.first
                        break
            if end - start >= 2:
                segments = [(tokens[start].start, tokens[end - 1].end)]
                cue = ((token.start, token.end),)
                found.append(Found(source, cue, segments, "indirect", "nominal", noun, i, sentence))
