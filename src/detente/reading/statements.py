"""From candidates to statements: who, to whom, in what order, with exact spans."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from detente.reading.actors import (
    AUTHOR,
    Context,
    Range,
    actors_of,
    floating_frame,
    guess_party,
    leading_parties,
    own_speaker,
    text_of,
)
from detente.reading.attribution import Attribution
from detente.reading.candidate import Candidate
from detente.reading.candidates import find_candidates
from detente.reading.frames import UNNAMED, Frame, Frames
from detente.reading.judging import is_relevant, judge, with_order
from detente.reading.parties import Cast, Mention
from detente.reading.precedence import Order, find_order, opens_with_sequel
from detente.reading.quotes import quoted_share
from detente.reading.results import Statement
from detente.reading.selection import select
from detente.reading.tagged import Tags, holder, merge, stated_order, type_of
from detente.reading.tagger.tag import Tag
from detente.reading.targets import targets_of, with_counterparts
from detente.reading.text import Span, trim
from detente.reading.tokens import Token
from detente.reading.units import Page, Sentence

__all__ = ["find_statements"]

_REPORTED = frozenset(
    [
        "demand",
        "offer",
        "commitment",
        "precondition",
        "endorsement",
        "rejection",
        "accusation",
        "threat",
    ]
)

_INTRO_SUBORDINATE = frozenset("""if unless until once before after when in as should""".split())


def find_statements(
    page: Page, attributions: Sequence[Attribution], cast: Cast, tags: Sequence[Tag] | None = None
) -> list[Statement]:
    """Find the statements of a page, without repeats, in order of their spans.

    Args:
        page: the document.
        attributions: its attributions.
        cast: its parties.
        tags: what the tagger sees; ``None`` if there is no tagger, and the rules read alone.
    """
    placed = Tags(page, tags) if tags is not None else None
    frames = Frames(page, attributions, cast)
    sentences = [s for s in (*page.outer, *page.inner) if not s.heading and s.tokens]
    sentences.sort(key=lambda s: (s.span.start, s.quote is not None))
    cast.learn([s.tokens for s in sentences])
    made: list[Statement] = []
    context = Context(page, cast, frames)
    last: Sentence | None = None
    for sentence in sentences:
        spoken = sentence.quote is not None or sentence.turn is not None
        found = find_candidates(sentence, spoken)
        kept = select(sentence, found, spoken)
        if placed is not None:
            kept = merge(sentence, found, kept, placed.of(sentence))
        fresh = [s for c in kept if (s := _statement(context, sentence, c, kept, last)) is not None]
        made.extend(fresh)
        if sentence.quote is None:
            cast.note(_subjects(cast, sentence))
        last = sentence
    return _numbered(with_counterparts(made, cast))


def _subjects(cast: Cast, sentence: Sentence) -> list[Mention]:
    """Return the mentions of a sentence, those in subject position last."""
    everything = cast.mentions(sentence.tokens, 0, len(sentence.tokens))
    subjects = [g.subject for g in sentence.groups if g.subject and not g.inherited]
    main = subjects[0] if subjects else None
    first = [m for m in everything if main and main[0] <= m.first < main[1]]
    rest = [m for m in everything if m not in first]
    people = [m for m in rest if m.person]
    others = [m for m in rest if not m.person]
    return [*others, *people, *first] if first else [*others, *people]


def _numbered(statements: list[Statement]) -> list[Statement]:
    ordered = sorted(statements, key=lambda s: (s.start, -s.end, s.type))
    result: list[Statement] = []
    seen: set[tuple[int, int]] = set()
    for statement in ordered:
        key = (statement.start, statement.end)
        if key in seen:
            continue
        seen.add(key)
        parent = None
        if statement.nested_in is not None:
            for other in reversed(result[-40:]):
                if other.start <= statement.start and statement.end <= other.end:
                    parent = other.id
                    break
        result.append(replace(statement, id=f"s{len(result) + 1}", nested_in=parent))
    return result


# ------------------------------------------------------------------ one statement


def _statement(
    context: Context,
    sentence: Sentence,
    candidate: Candidate,
    kept: Sequence[Candidate],
    last: Sentence | None,
) -> Statement | None:
    page, _cast = context.page, context.cast
    tokens = sentence.tokens
    stop = candidate.stop
    frame = context.frames.at(tokens[candidate.cue].start, tokens[max(candidate.cue, stop - 1)].end)
    if frame is None and sentence.quote is not None:
        frame = floating_frame(context, sentence)
    if frame is None and candidate.group is not None and candidate.group.modal == "would":
        remembered = context.heard  # free indirect speech: "In return, X would have to ..."
        if (
            remembered is not None
            and remembered[1] == sentence.paragraph
            and candidate.strength == 1
        ):
            frame = remembered[0]
    if frame is not None and sentence.quote is None and frame.kind in ("indirect", "mixed"):
        context.heard = (frame, sentence.paragraph)
    if frame is not None and frame.party is None and frame.person:
        guess_party(context, sentence, candidate, frame)
    spoken = sentence.quote is not None or sentence.turn is not None
    actors = actors_of(context, sentence, candidate, frame)
    own = actors == [] or frame is None or frame.party is None or frame.party in actors
    order = find_order(
        tokens,
        candidate.start,
        stop,
        sentence.groups,
        negative=candidate.negative,
        earlier=_earlier(kept, candidate),
        content=candidate.content
        if candidate.kind in ("verb", "state", "light", "noun")
        and (candidate.kind, candidate.type) != ("light", "precondition")
        else candidate.start,
    )
    kind = candidate.type
    blamed = False
    judged = None
    if candidate.strength == 1 and candidate.kind != "tagged":
        judged = judge(context, sentence, candidate, frame, actors, own, order)
        if judged is None and candidate.tag is None:
            return None
    elif candidate.blame_subject:
        if frame is None and not spoken:
            actors = [AUTHOR]
        elif frame is not None:
            actors = [frame.party] if frame.party else []
        blamed = True
    if judged is not None:
        kind, actors, blamed = judged
    elif candidate.strength == 1:
        actors, blamed = holder(sentence, candidate, frame, actors)
    if candidate.tag is not None and not blamed and actors != [AUTHOR]:
        actors = leading_parties(context, sentence, candidate, frame) or actors
    if candidate.kind == "danger" and not actors and candidate.subject is not None:
        phrase = text_of(page, tokens, candidate.subject)
        if phrase:
            actors = [re.sub(r"^(?:the|a|an) ", "", phrase, flags=re.IGNORECASE)]
    if candidate.kind == "danger" and not actors and candidate.subject is None:
        actors = [frame.party] if frame is not None and frame.party else []
    kind = with_order(kind, candidate, order, frame)
    if candidate.tag is not None:
        kind = type_of(candidate, kind, order)
        if actors == [AUTHOR] and kind in ("commitment", "offer", "concession", "cooperation"):
            actors = actors_of(context, sentence, candidate, frame)
    sequel = opens_with_sequel(tokens)
    if (
        order is None
        and sequel
        and last is not None
        and candidate.start <= sequel + 2
        and kind in ("demand", "commitment", "offer", "rejection", "precondition")
        and candidate.kind in ("modal", "will", "verb", "refuse", "can")
    ):
        before = _sequel_before(page, last)
        if before is not None:
            return _built(
                context,
                sentence,
                candidate,
                "precondition",
                actors,
                frame,
                before,
                text_of(page, tokens, (sequel, stop)),
                kept,
                blamed,
            )
    if candidate.tag is None and not is_relevant(context, sentence, candidate, kind, actors, frame):
        return None
    before = after = None
    if candidate.kind == "example":
        item = _order_of(candidate, kept)
        order = find_order(tokens, item.start, item.stop, sentence.groups, content=item.content)
        if order is not None:
            order = Order((candidate.content, stop), order.after, order.connector, order.strict)
    if kind in ("concession", "endorsement", "accusation", "threat-perception", "cooperation"):
        order = None
    elif order is None and candidate.tag is not None and kind == "precondition":
        before, after = stated_order(page, sentence, candidate.tag)
    if order is not None and order.after is not None:
        before = text_of(page, tokens, order.before)
        after = text_of(page, tokens, order.after)
        if before is None or after is None:
            before = after = None
    return _built(context, sentence, candidate, kind, actors, frame, before, after, kept, blamed)


def _sequel_before(page: Page, last: Sentence) -> str | None:
    tokens = last.tokens
    start = 0
    for group in last.groups:
        if group.lemma in (
            "say",
            "tell",
            "add",
            "want",
            "demand",
            "insist",
        ) and group.last + 1 < len(tokens):
            start = group.last + 1
            if tokens[start].word == "that":
                start += 1
            break
    return text_of(page, tokens, (start, len(tokens)))


def _order_of(candidate: Candidate, kept: Sequence[Candidate]) -> Candidate:
    """Return whose range states the order: an example shares that of the last item."""
    if candidate.kind == "example":
        return next((c for c in kept if c.kind == "item" and c.cue > candidate.cue), candidate)
    return candidate


def _earlier(kept: Sequence[Candidate], candidate: Candidate) -> Range | None:
    previous = [
        c for c in kept if c.stop <= candidate.start + 1 and c is not candidate and c.strength == 3
    ]
    if not previous:
        return None
    other = previous[-1]
    first = other.content
    return (first, other.stop) if first < other.stop else None


def _built(
    context: Context,
    sentence: Sentence,
    candidate: Candidate,
    kind: str,
    actors: list[str],
    frame: Frame | None,
    before: str | None,
    after: str | None,
    kept: Sequence[Candidate],
    blamed: bool,
) -> Statement | None:
    page, _cast = context.page, context.cast
    tokens = sentence.tokens
    start, end = trim(page.document.text, *_edges(tokens, candidate))
    if end - start < 3:
        return None
    quoted = quoted_share(Span(start, end), page.quotes) >= 0.5
    dialogue = frame is not None and frame.kind == "dialogue"
    if quoted or dialogue:
        attribution = "direct"
    elif candidate.tag is not None:
        told = frame is not None and (frame.kind != "direct" or sentence.quote is not None)
        attribution = AUTHOR if candidate.tag.attribution == AUTHOR and not told else "indirect"
    elif frame is not None or _reports(kind, candidate, actors):
        attribution = "indirect"
    else:
        attribution = AUTHOR
    if attribution == AUTHOR:
        speaker = AUTHOR
    elif frame is not None:
        speaker = frame.speaker
    else:
        speaker = own_speaker(context, sentence, candidate, actors)
    if speaker == AUTHOR and attribution == "indirect":
        attribution = AUTHOR
    targets = targets_of(context, sentence, candidate, kind, actors, blamed)
    condition, modality = _condition(page, tokens, candidate)
    cue_end = tokens[max(candidate.cue, min(candidate.content, candidate.stop) - 1)].end
    return Statement(
        id="",
        doc=page.document.name,
        start=start,
        end=end,
        text=page.document.text[start:end],
        type=kind,
        speaker=speaker,
        actors=tuple(dict.fromkeys(actors)),
        targets=tuple(dict.fromkeys(targets)),
        before=before,
        after=after,
        attribution=attribution,
        quoted=quoted,
        nested_in="" if candidate.nested else None,
        cue=(tokens[candidate.cue].start, cue_end) if candidate.strength > 1 else None,
        modality=modality,
        condition=condition,
        issue=_issue(page, tokens, candidate),
        confidence=_confidence(candidate, actors, frame),
        sentence=(sentence.span.start, sentence.span.end),
        extractor=candidate.found_by,
    )


def _edges(tokens: Sequence[Token], candidate: Candidate) -> Range:
    """Return where the span begins and ends in the document."""
    if candidate.tag is None:
        return tokens[candidate.start].start, tokens[candidate.stop - 1].end
    start, end = candidate.tag.start, candidate.tag.end
    for token in tokens:  # a tag is made of word pieces: take the whole words
        if token.tag == "Q":
            continue
        if token.start < start < token.end:
            start = token.start
        if token.start < end < token.end:
            end = token.end
    return start, end


def _confidence(candidate: Candidate, actors: list[str], frame: Frame | None) -> float:
    base = {3: 0.8, 2: 0.7, 1: 0.55}[candidate.strength]
    if candidate.found_by == "tagger" and candidate.tag is not None:
        base = candidate.tag.confidence
    elif candidate.tag is not None:  # two readers that err differently agree
        base = 1 - (1 - base) * (1 - candidate.tag.confidence)
    if not actors:
        base -= 0.25
    if frame is not None and frame.speaker == UNNAMED:
        base -= 0.05
    return round(max(base, 0.05), 2)


def _reports(kind: str, candidate: Candidate, actors: list[str]) -> bool:
    """Tell whether an unframed clause reports somebody's position rather than an act."""
    if actors == [AUTHOR]:
        return False
    if candidate.strength == 1:
        return False
    if kind in _REPORTED:
        return not (candidate.kind == "wrong" or candidate.kind == "sign")
    if kind == "threat-perception":
        return candidate.kind not in ("danger", "state") or (
            candidate.kind == "state"
            and candidate.group is not None
            and candidate.target is not None
            and candidate.strength == 3
        )
    if kind == "cooperation":
        return candidate.group is not None and candidate.group.lemma in (
            "want",
            "seek",
            "hope",
            "agree",
        )
    return False


# ------------------------------------------------------------------ what else


def _condition(page: Page, tokens: Sequence[Token], candidate: Candidate) -> tuple[str | None, str]:
    for k in range(candidate.start, candidate.stop):
        if tokens[k].word in ("if", "unless") and tokens[k].tag == "S":
            end = k + 1
            while end < candidate.stop and tokens[end].word not in (",", ";"):
                end += 1
            return text_of(page, tokens, (k, end)), "conditional"
    words = {t.word for t in tokens[candidate.start : candidate.stop]}
    if words & {"reportedly", "allegedly", "apparently", "possibly", "perhaps", "might", "may"}:
        return None, "hedged"
    return None, "asserted"


_ISSUE_STOP = frozenset("""the a an its their his her our any all this that these those""".split())


def _issue(page: Page, tokens: Sequence[Token], candidate: Candidate) -> str | None:
    """Name the issue: the first common noun phrase of what is wanted."""
    k = candidate.content
    while k < candidate.stop:
        if tokens[k].tag == "N":
            start = k
            while start > candidate.content and tokens[start - 1].tag in "AN":
                start -= 1
            end = k + 1
            while end < candidate.stop and tokens[end].tag == "N":
                end += 1
            return text_of(page, tokens, (start, end))
        k += 1
    return None
