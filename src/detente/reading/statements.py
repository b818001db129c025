"""From candidates to statements: who, to whom, in what order, with exact spans."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from detente.reading.attribution import Attribution
from detente.reading.candidates import Candidate, find_candidates
from detente.reading.frames import UNNAMED, Frame, Frames, speaker_of
from detente.reading.parties import Cast, Mention
from detente.reading.precedence import Order, find_order, opens_with_sequel
from detente.reading.quotes import quoted_share
from detente.reading.results import Statement
from detente.reading.selection import select
from detente.reading.text import Span, trim
from detente.reading.tokens import Token
from detente.reading.types import HOSTILE
from detente.reading.units import Page, Sentence

__all__ = ["find_statements"]

AUTHOR = "author"
Range = tuple[int, int]

_REPORTED = frozenset(
    "demand offer commitment precondition endorsement rejection accusation threat".split()
)
_SPACE = re.compile(r"\s+")
_INTRO_SUBORDINATE = frozenset("if unless until once before after when in as should".split())


@dataclass(slots=True)
class _Context:
    page: Page
    cast: Cast
    frames: Frames
    heard: tuple[Frame, int] | None = None


def find_statements(
    page: Page, attributions: Sequence[Attribution], cast: Cast
) -> list[Statement]:
    """Find the statements of a page, without repeats, in order of their spans."""
    frames = Frames(page, attributions, cast)
    sentences = [s for s in (*page.outer, *page.inner) if not s.heading and s.tokens]
    sentences.sort(key=lambda s: (s.span.start, s.quote is not None))
    cast.learn([s.tokens for s in sorted((*page.outer, *page.inner), key=lambda s: s.span.start)])
    made: list[Statement] = []
    context = _Context(page, cast, frames)
    last: Sentence | None = None
    for sentence in sentences:
        spoken = sentence.quote is not None or sentence.turn is not None
        found = find_candidates(sentence, spoken)
        kept = select(sentence, found, spoken)
        fresh = [s for c in kept if (s := _statement(context, sentence, c, kept, last)) is not None]
        made.extend(fresh)
        if sentence.quote is None:
            cast.note(_subjects(cast, sentence))
        last = sentence
    return _numbered(with_counterparts(made))


_TOWARDS = frozenset(
    "demand precondition rejection offer concession accusation commitment threat".split()
)


def with_counterparts(statements: list[Statement]) -> list[Statement]:
    """Give a statement without a target the other side, where the text has just two sides.

    The sides are the parties that take positions most; a third one that takes nearly as many
    makes it unclear, and then nothing is added.
    """
    weight: Counter[str] = Counter()
    for statement in statements:
        if statement.type in _TOWARDS:
            weight.update(a for a in statement.actors if a != AUTHOR)
            weight.update({t: 0.5 for t in statement.targets})  # type: ignore[arg-type]
    ranked = [(n, p) for p, n in weight.most_common(3)]
    if len(ranked) < 2 or (len(ranked) == 3 and ranked[2][0] * 1.5 > ranked[1][0]):
        return statements
    sides = {ranked[0][1]: ranked[1][1], ranked[1][1]: ranked[0][1]}
    result = []
    for statement in statements:
        if not statement.targets and statement.type in _TOWARDS and len(statement.actors) == 1:
            other = sides.get(statement.actors[0])
            if other:
                statement = replace(statement, targets=(other,))
        result.append(statement)
    return result


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


def _text_of(page: Page, tokens: Sequence[Token], part: Range | None) -> str | None:
    if part is None or part[1] <= part[0]:
        return None
    first = part[0]
    while first < part[1] - 1 and (tokens[first].tag in "TC," or tokens[first].word == "that" and tokens[first].tag == "S"):
        first += 1
    start, end = trim(page.masked, tokens[first].start, tokens[part[1] - 1].end)
    text = _SPACE.sub(" ", page.masked[start:end]).strip()
    return text or None


# ------------------------------------------------------------------ one statement


def _statement(
    context: _Context,
    sentence: Sentence,
    candidate: Candidate,
    kept: Sequence[Candidate],
    last: Sentence | None,
) -> Statement | None:
    page, cast = context.page, context.cast
    tokens = sentence.tokens
    stop = candidate.stop
    place = tokens[candidate.start].start
    frame = context.frames.at(tokens[candidate.cue].start, tokens[max(candidate.cue, stop - 1)].end)
    if frame is None and sentence.quote is not None:
        frame = _floating(context, sentence)
    if frame is None and candidate.group is not None and candidate.group.modal == "would":
        remembered = context.heard  # free indirect speech: "In return, X would have to ..."
        if remembered is not None and remembered[1] == sentence.paragraph and candidate.strength == 1:
            frame = remembered[0]
    if frame is not None and sentence.quote is None and frame.kind in ("indirect", "mixed"):
        context.heard = (frame, sentence.paragraph)
    if frame is not None and frame.party is None and frame.person:
        _guess_party(context, sentence, candidate, frame)
    spoken = sentence.quote is not None or sentence.turn is not None
    actors = _actors(context, sentence, candidate, frame)
    own = actors == [] or frame is None or frame.party is None or frame.party in actors
    order = find_order(
        tokens,
        candidate.start,
        stop,
        sentence.groups,
        negative=candidate.negative,
        earlier=_earlier(kept, candidate),
        content=candidate.content if candidate.kind in ("verb", "state", "light", "noun") else candidate.start,
    )
    kind = candidate.type
    blamed = False
    if candidate.strength == 1:
        judged = _judge(context, sentence, candidate, frame, actors, own, order)
        if judged is None:
            return None
        kind, actors, blamed = judged
    elif candidate.blame_subject:
        if frame is None and not spoken:
            actors = [AUTHOR]
        elif frame is not None:
            actors = [frame.party] if frame.party else []
        blamed = True
    if candidate.kind == "danger" and not actors and candidate.subject is not None:
        phrase = _text_of(page, tokens, candidate.subject)
        if phrase:
            actors = [re.sub(r"^(?:the|a|an) ", "", phrase, flags=re.IGNORECASE)]
    if candidate.kind == "danger" and not actors and candidate.subject is None:
        actors = [frame.party] if frame is not None and frame.party else []
    kind = _with_order(kind, candidate, order, frame)
    sequel = opens_with_sequel(tokens)
    if order is None and sequel and last is not None and candidate.start <= sequel + 2 and kind in ("demand", "commitment", "offer", "rejection", "precondition") and candidate.kind in ("modal", "will", "verb", "refuse", "can"):
        before = _sequel_before(page, last)
        if before is not None:
            return _built(context, sentence, candidate, "precondition" , actors, frame, before, _text_of(page, tokens, (sequel, stop)), kept, blamed)
    if not _relevant(context, sentence, candidate, kind, actors, frame):
        return None
    before = after = None
    if candidate.kind == "example":
        item = _order_of(candidate, kept)
        order = find_order(tokens, item.start, item.stop, sentence.groups, content=item.content)
        if order is not None:
            order = Order((candidate.content, stop), order.after, order.connector, order.strict)
    if kind in ("concession", "endorsement", "accusation", "threat-perception", "cooperation"):
        order = None
    if order is not None and order.after is not None:
        before = _text_of(page, tokens, order.before)
        after = _text_of(page, tokens, order.after)
        if before is None or after is None:
            before = after = None
    del place
    return _built(context, sentence, candidate, kind, actors, frame, before, after, kept, blamed)


def _sequel_before(page: Page, last: Sentence) -> str | None:
    tokens = last.tokens
    start = 0
    for group in last.groups:
        if group.lemma in ("say", "tell", "add", "want", "demand", "insist") and group.last + 1 < len(tokens):
            start = group.last + 1
            if tokens[start].word == "that":
                start += 1
            break
    return _text_of(page, tokens, (start, len(tokens)))


def _order_of(candidate: Candidate, kept: Sequence[Candidate]) -> Candidate:
    """Return whose range states the order: an example shares that of the last item."""
    if candidate.kind == "example":
        return next((c for c in kept if c.kind == "item" and c.cue > candidate.cue), candidate)
    return candidate


def _earlier(kept: Sequence[Candidate], candidate: Candidate) -> Range | None:
    previous = [c for c in kept if c.stop <= candidate.start + 1 and c is not candidate and c.strength == 3]
    if not previous:
        return None
    other = previous[-1]
    first = other.content
    return (first, other.stop) if first < other.stop else None


_OWN_MODALS = frozenset("will would 'll wo can could has have had is are was were".split())


def _guess_party(
    context: _Context, sentence: Sentence, candidate: Candidate, frame: Frame
) -> None:
    """Guess that an unexplained person speaks for the party whose plans they announce."""
    group = candidate.group
    if group is None or candidate.subject is None or sentence.quote is not None:
        return
    tokens = sentence.tokens
    if candidate.blame_subject or tokens[group.first].word not in _OWN_MODALS and candidate.strength < 3:
        return
    found = [m for m in context.cast.mentions(tokens, *candidate.subject) if m.party]
    if len(found) == 1 and found[0].party and " & " not in found[0].party and not found[0].person:
        frame.party = found[0].party
        context.cast.affiliate(frame.speaker, found[0].party)


def _with_order(kind: str, candidate: Candidate, order: Order | None, frame: Frame | None) -> str:
    """Turn a position that makes one thing wait for another into a precondition."""
    if candidate.kind == "example":
        return "precondition"
    if order is None:
        return kind
    if kind == "demand":
        return "precondition"
    if kind == "rejection" and order.strict:
        return "precondition"
    if kind in ("commitment", "offer") and (order.strict or candidate.strength == 1):
        return "precondition"
    if kind == "threat" and order.connector in ("until", "only", "after", "once") and candidate.strength == 1:
        return "precondition" if order.strict else kind
    return kind


def _built(
    context: _Context,
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
    page, cast = context.page, context.cast
    tokens = sentence.tokens
    start, end = trim(
        page.document.text, tokens[candidate.start].start, tokens[candidate.stop - 1].end
    )
    if end - start < 3:
        return None
    quoted = quoted_share(Span(start, end), page.quotes) >= 0.5
    dialogue = frame is not None and frame.kind == "dialogue"
    if quoted or dialogue:
        attribution = "direct"
    elif frame is not None or _reports(kind, candidate, actors):
        attribution = "indirect"
    else:
        attribution = AUTHOR
    if frame is not None:
        speaker = frame.speaker
    elif attribution == AUTHOR:
        speaker = AUTHOR
    else:
        speaker = _own_speaker(context, sentence, candidate, actors)
    targets = _targets(context, sentence, candidate, kind, actors, blamed)
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
    )


def _confidence(candidate: Candidate, actors: list[str], frame: Frame | None) -> float:
    base = {3: 0.8, 2: 0.7, 1: 0.55}[candidate.strength]
    if not actors:
        base -= 0.25
    if frame is not None and frame.speaker == UNNAMED:
        base -= 0.05
    return round(base, 2)


def _reports(kind: str, candidate: Candidate, actors: list[str]) -> bool:
    """Tell whether an unframed clause reports somebody's position rather than an act."""
    if actors == [AUTHOR]:
        return False
    if candidate.strength == 1:
        return False
    if kind in _REPORTED:
        return not (candidate.kind == "wrong" or candidate.kind == "sign")
    if kind == "threat-perception":
        return candidate.kind not in ("danger", "state") or candidate.kind == "state" and candidate.group is not None and candidate.target is not None and candidate.strength == 3
    if kind == "cooperation":
        return candidate.group is not None and candidate.group.lemma in ("want", "seek", "hope", "agree")
    return False


def _own_speaker(
    context: _Context, sentence: Sentence, candidate: Candidate, actors: list[str]
) -> str:
    if candidate.subject is None:
        return actors[0] if actors else UNNAMED
    name, party, person = speaker_of(sentence.tokens, *candidate.subject, context.cast)
    if not person and len(actors) == 1 and candidate.subject[1] - candidate.subject[0] <= 2:
        word = sentence.tokens[candidate.subject[0]].word
        if word in ("they", "it", "its", "their", "he", "she", "who", "his", "her", "that", "which"):
            return actors[0]
    if name == UNNAMED and party is None and actors:
        return actors[0]
    return name


def _floating(context: _Context, sentence: Sentence) -> Frame | None:
    """A quotation without a cue of its own belongs to whoever spoke last."""
    page = context.page
    if sentence.quote is None:
        return None
    quote = page.quotes[sentence.quote]
    people = context.cast.people_recent
    if not people:
        return Frame(((quote.start, quote.end),), UNNAMED, None, "direct", False)
    name = people[-1]
    party = context.cast.party_of_person(name)
    return Frame(((quote.start, quote.end),), context.cast.full_name(name), party, "direct", True)


# ------------------------------------------------------------------ who


_FIRST = frozenset("we i our us my ourselves".split())
_THIRD = frozenset("it they he she its their his her who that which them".split())


def _actors(
    context: _Context, sentence: Sentence, candidate: Candidate, frame: Frame | None
) -> list[str]:
    """Return the parties whose position a candidate is."""
    cast = context.cast
    if candidate.subject is None:
        if frame is not None and frame.party:
            return [frame.party]
        return []
    return _resolve(context, sentence, candidate.subject, frame, candidate)


def _resolve(
    context: _Context,
    sentence: Sentence,
    part: Range,
    frame: Frame | None,
    candidate: Candidate | None = None,
) -> list[str]:
    cast = context.cast
    tokens = sentence.tokens
    words = [t.word for t in tokens[slice(*part)] if t.tag not in ".,\"Q"]
    if not words:
        return []
    head = words[0]
    joined = set(words)
    if joined & {"side", "sides", "party", "parties", "government", "delegation", "countries", "governments", "rivals", "neighbours", "leaders", "men"} and joined & {"both", "two", "neither", "either", "none"} or words in (["both"], ["neither"], ["the", "two"]):
        near = [
            m.party
            for m in cast.mentions(tokens, 0, part[0])
            if m.party and " & " not in m.party and m.how != "pair"
        ]
        distinct = list(dict.fromkeys(near))
        return distinct if len(distinct) == 2 else list(cast.two_sides())
    mentions = [m for m in cast.mentions(tokens, *part) if m.party or m.person]
    parties: list[str] = []
    for mention in _heads(tokens, mentions, part):
        party = mention.party
        if party is None and mention.person:
            party = cast.party_of_person(mention.person)
        if party is None:
            continue
        if " & " in party:
            parties.extend(party.split(" & "))
        elif party not in parties:
            parties.append(party)
    if parties:
        return parties
    if mentions and mentions[0].person:
        return []
    if head in _FIRST or (len(words) <= 3 and joined & _FIRST):
        return [frame.party] if frame is not None and frame.party else []
    if len(words) <= 2 or head in ("its", "their", "his", "her"):
        if head in ("he", "she", "his", "her"):
            if frame is not None and frame.party:
                return [frame.party]
            person = _person_in(context, sentence, part[0])
            if person:
                party = cast.party_of_person(person)
                return [party] if party else []
            if cast.people_recent:
                party = cast.party_of_person(cast.people_recent[-1])
                return [party] if party else []
            return []
        if head in ("it", "they", "its", "their", "who", "which", "that"):
            inside = _named_before(context, sentence, part[0], plural=head in ("they", "their"))
            if frame is not None and frame.kind in ("direct", "dialogue") and head not in ("who", "which", "that"):
                others = [p for p in reversed(cast.recent) if p != frame.party]
                return others[:1]
            if frame is not None and frame.party and (frame.kind != "direct"):
                return [frame.party]
            if inside:
                return [inside]
            if cast.recent:
                return [cast.recent[-1]]
            return []
    if frame is not None and frame.party and joined & {"government", "country", "group", "movement", "side", "union", "party", "delegation", "army", "forces", "leadership"} and head in ("the", "his", "her", "their", "our", "its"):
        return [frame.party]
    if joined & {"spokesman", "spokeswoman", "spokesperson", "minister", "president", "leader", "leaders", "officials", "government", "delegation", "negotiators", "negotiator", "mediators", "envoy"} and head in ("the", "its", "their", "a", "his", "her"):
        if cast.recent:
            return [cast.recent[-1]]
    return []


def _heads(tokens: Sequence[Token], mentions: Sequence[Mention], part: Range) -> list[Mention]:
    """Keep the mentions that head the phrase: "the rebels of Zenda" are the rebels."""
    if len(mentions) < 2:
        return list(mentions)
    kept = [mentions[0]]
    for before, here in zip(mentions, mentions[1:], strict=False):
        between = [t.word for t in tokens[before.stop : here.first]]
        if any(w in ("and", "or", ",", "plus", "nor") for w in between) and not any(
            w in ("of", "in", "for", "who", "which", "with", "by", "from", "against", "to", "s") for w in between
        ):
            if "," in between and "and" not in [t.word for t in tokens[part[0] : part[1]]]:
                continue
            kept.append(here)
        elif not between and kept[-1] is before and here.party and before.how == "demonym":
            kept[-1] = here
        elif before.party is None and between and between[0] in ("of", "for", ","):
            kept.append(here)
    return kept


def _person_in(context: _Context, sentence: Sentence, place: int) -> str | None:
    mentions = context.cast.mentions(sentence.tokens, 0, place)
    people = [m.person for m in mentions if m.person]
    return people[-1] if people else None


def _named_before(
    context: _Context, sentence: Sentence, place: int, plural: bool
) -> str | None:
    """Return the party that a pronoun later in the sentence most likely means: its subject."""
    tokens = sentence.tokens
    cast = context.cast
    owners = [g.subject for g in sentence.groups if g.subject and g.subject[1] <= place and not g.inherited]
    for subject in owners:
        found = [m for m in cast.mentions(tokens, *subject) if m.party and " & " not in m.party]
        if found:
            return found[0].party
    earlier = [m for m in cast.mentions(tokens, 0, place) if m.party and " & " not in m.party]
    del plural
    return earlier[0].party if earlier else None


def _judge(
    context: _Context,
    sentence: Sentence,
    candidate: Candidate,
    frame: Frame | None,
    actors: list[str],
    own: bool,
    order: Order | None,
) -> tuple[str, list[str], bool] | None:
    """Decide what a clause without a verb of position says: type, actors, whether it blames."""
    tokens = sentence.tokens
    group = candidate.group
    assert group is not None
    speaker = [frame.party] if frame is not None and frame.party else []
    words = [t.word for t in tokens[slice(*candidate.subject)]] if candidate.subject else []
    first_person = bool(words) and words[0] in _FIRST
    mine = first_person or (frame is not None and (bool(words) and words[0] in ("it", "they", "he", "she") and frame.kind != "direct" or bool(speaker) and actors == speaker))
    mood = candidate.kind
    spoken = frame is not None
    if mood == "modal":
        if not spoken:
            named = any(m.party for m in context.cast.mentions(tokens, 0, len(tokens)))
            if not (actors or named) or not words or words[0] in ("it", "there", "i", "you", "this", "that", "readers"):
                return None
            return "demand", [AUTHOR], False
        if mine and not group.passive and group.lemma not in ("have", "get", "receive"):
            if order is not None:
                return "precondition", speaker, False
            return None
        return "demand", speaker, False
    if mood == "need":
        return ("demand", speaker or actors, False) if spoken and mine else None
    if mood in ("refuse", "no", "wont"):
        if not spoken and order is None and not actors:
            return None
        if order is not None and order.strict:
            return "precondition", (speaker or actors), False
        if mood == "refuse" and (mine or group.passive or (spoken and not actors)):
            return "rejection", speaker or actors, False
        if mood == "no" and spoken and (tokens[group.first - 1].word == "there" or group.passive):
            return "rejection", speaker, False
        if mood == "wont" and mine:
            return ("commitment" if group.lemma in HOSTILE | {"use", "target", "harbour", "harbor", "interfere"} else "rejection"), speaker, False
        if mood == "refuse" and actors and not spoken:
            return "rejection", actors, False
        return None
    if mood == "depends":
        return ("precondition", speaker or actors, False) if order is not None and (spoken or actors) else None
    if mood == "can":
        if order is None and not opens_with_sequel(tokens):
            return None
        return "precondition", speaker if spoken else actors, False
    if mood == "hostile":
        conditional = _has_condition(tokens, candidate)
        if order is not None and (order.strict or order.connector in ("once", "after", "before")):
            return "precondition", (speaker if mine else actors or speaker), False
        if mine and group.lemma in ("end", "stop", "halt", "suspend", "withdraw", "leave", "close", "freeze", "pull_out", "resume", "terminate") and not conditional:
            return "commitment", speaker, False
        if mine or (actors and conditional):
            return "threat", (speaker if mine else actors), False
        return None
    if mood == "consequence":
        return ("threat", speaker or actors, False) if spoken else None
    if mood == "will":
        if order is not None and (spoken or actors):
            return "precondition", (speaker if spoken and mine or spoken and not actors else actors or speaker), False
        if not mine:
            return None
        if group.lemma in ("be", "have", "know", "see", "become", "remain", "take_place", "continue", "think") :
            return None
        if _has_condition(tokens, candidate) or _exchange(tokens, candidate):
            return "offer", speaker, False
        return "commitment", speaker, False
    if mood == "wrong":
        if not spoken or mine or first_person or not actors:
            return None
        if actors == speaker:
            return None
        return "accusation", speaker, True
    return None


def _has_condition(tokens: Sequence[Token], candidate: Candidate) -> bool:
    return any(t.word in ("if", "unless", "should", "provided") for t in tokens[candidate.start : candidate.stop])


def _exchange(tokens: Sequence[Token], candidate: Candidate) -> bool:
    words = [t.word for t in tokens[candidate.start : candidate.stop]]
    text = " ".join(words)
    return "in return" in text or "in exchange" in text


# ------------------------------------------------------------------ to whom


def _targets(
    context: _Context,
    sentence: Sentence,
    candidate: Candidate,
    kind: str,
    actors: list[str],
    blamed: bool,
) -> list[str]:
    cast = context.cast
    tokens = sentence.tokens
    frame = None
    found: list[str] = []
    part = candidate.subject if blamed and candidate.subject else candidate.target
    if part is not None and part[1] <= len(tokens):
        pronoun = part[1] == part[0] + 1 and tokens[part[0]].word in ("it", "this", "that")
        found = [] if pronoun else [p for p in _resolve(context, sentence, part, frame) if p not in actors]
        if not found and kind in ("endorsement", "rejection", "demand", "accusation", "cooperation", "threat", "concession", "offer"):
            found = [
                p
                for m in cast.mentions(tokens, *part)
                if (p := m.party) and p not in actors and " & " not in p
            ][:2]
    if not found and kind not in ("threat-perception", "cooperation"):
        inside = [
            m.party
            for m in cast.mentions(tokens, candidate.content, candidate.stop)
            if m.party and m.party not in actors and m.how not in ("anaphor", "demonym")
            and not (m.first and tokens[m.first - 1].word == "of")
            and not (m.how == "noun" and kind in ("commitment", "offer", "concession"))
            and not _modifier(tokens, m)
        ]
        aimed = [
            m.party
            for m in cast.mentions(tokens, candidate.content, candidate.stop)
            if m.party and m.party not in actors and _aimed_at(tokens, m)
        ]
        inside = aimed or inside
        expanded: list[str] = []
        for party in inside:
            expanded.extend(p for p in (party or "").split(" & ") if p and p not in actors)
        found = list(dict.fromkeys(expanded))[:1]
    if kind == "demand" and actors == [AUTHOR] and part is not None and not _resolve(context, sentence, part, frame):
        found = []
    if not found and kind == "threat-perception":
        found = [
            m.party
            for m in cast.mentions(tokens, candidate.start, candidate.stop)
            if m.party and m.party not in actors and " & " not in m.party
        ][-1:]  # type: ignore[misc]
    if not found and kind == "cooperation" and len(actors) < 2:
        found = [
            m.party
            for m in cast.mentions(tokens, candidate.content, candidate.stop)
            if m.party and m.party not in actors and " & " not in m.party
        ]  # type: ignore[misc]
    if not found and kind == "rejection" and len(actors) == 2:
        return list(actors)
    if not found and kind == "demand" and actors == [AUTHOR] and part is not None:
        phrase = _text_of(context.page, tokens, part)
        if phrase and len(phrase) < 60:
            found = [re.sub(r"^(?:the|a|an) ", "", phrase, flags=re.IGNORECASE)]
    return [p for p in found if p]


def _aimed_at(tokens: Sequence[Token], mention: Mention) -> bool:
    k = mention.first - 1
    while k >= 0 and tokens[k].tag in "DA":
        k -= 1
    return k >= 0 and tokens[k].word in ("against", "towards", "toward")


def _modifier(tokens: Sequence[Token], mention: Mention) -> bool:
    """Tell whether a name only describes a noun: "Geneva convention"."""
    k = mention.stop
    return k < len(tokens) and tokens[k].tag in "NG" and mention.how in ("name", "capital")


# ------------------------------------------------------------------ what else


def _condition(
    page: Page, tokens: Sequence[Token], candidate: Candidate
) -> tuple[str | None, str]:
    for k in range(candidate.start, candidate.stop):
        if tokens[k].word in ("if", "unless") and tokens[k].tag == "S":
            end = k + 1
            while end < candidate.stop and tokens[end].word not in (",", ";"):
                end += 1
            return _text_of(page, tokens, (k, end)), "conditional"
    words = {t.word for t in tokens[candidate.start : candidate.stop]}
    if words & {"reportedly", "allegedly", "apparently", "possibly", "perhaps", "might", "may"}:
        return None, "hedged"
    return None, "asserted"


_ISSUE_STOP = frozenset("the a an its their his her our any all this that these those".split())


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
            return _text_of(page, tokens, (start, end))
        k += 1
    return None


def _relevant(
    context: _Context, sentence: Sentence, candidate: Candidate, kind: str, actors: list[str], frame: Frame | None
) -> bool:
    """Leave out what nobody in the negotiation says."""
    if kind == "threat-perception" and candidate.kind in ("danger", "state"):
        return True
    if candidate.kind in ("modal",) and actors == [AUTHOR]:
        return True
    if actors:
        return True
    if frame is not None:
        return frame.kind in ("direct", "dialogue") or frame.speaker != UNNAMED or candidate.strength >= 2
    if candidate.subject is not None and candidate.strength == 3 and kind != "cooperation":
        people = context.cast.mentions(sentence.tokens, *candidate.subject)
        return any(m.person for m in people)
    return candidate.subject is None and candidate.strength == 3 and kind in ("accusation",)
