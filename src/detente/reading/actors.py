"""Whose position it is: parties behind names, pronouns, offices and speakers."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from detente.reading.candidate import Candidate
from detente.reading.frames import UNNAMED, Frame, Frames, speaker_of
from detente.reading.parties import Cast, Mention
from detente.reading.roles import PAIR_NOUNS
from detente.reading.text import trim
from detente.reading.tokens import Token
from detente.reading.units import Page, Sentence

__all__ = """AUTHOR FIRST Context Range actors_of floating_frame guess_party leading_parties
    own_speaker resolve text_of""".split()

AUTHOR = "author"

Range = tuple[int, int]

_SPACE = re.compile(r"\s+")


@dataclass(slots=True)
class Context:
    """What is needed to resolve the parties of a page."""

    page: Page
    cast: Cast
    frames: Frames
    heard: tuple[Frame, int] | None = None


def text_of(page: Page, tokens: Sequence[Token], part: Range | None) -> str | None:
    """Return a token range as text: trimmed, spaces joined, without a leading "to" or "that"."""
    if part is None or part[1] <= part[0]:
        return None
    first = part[0]
    while first < part[1] - 1 and (
        tokens[first].tag in "TC," or (tokens[first].word == "that" and tokens[first].tag == "S")
    ):
        first += 1
    start, end = trim(page.masked, tokens[first].start, tokens[part[1] - 1].end)
    text = _SPACE.sub(" ", page.masked[start:end]).strip()
    return text or None


_OWN_MODALS = frozenset("""will would 'll wo can could has have had is are was were""".split())


def guess_party(context: Context, sentence: Sentence, candidate: Candidate, frame: Frame) -> None:
    """Guess that an unexplained person speaks for the party whose plans they announce."""
    group = candidate.group
    if group is None or candidate.subject is None or sentence.quote is not None:
        return
    tokens = sentence.tokens
    if candidate.blame_subject or (
        tokens[group.first].word not in _OWN_MODALS and candidate.strength < 3
    ):
        return
    found = [m for m in context.cast.mentions(tokens, *candidate.subject) if m.party]
    if len(found) == 1 and found[0].party and " & " not in found[0].party and not found[0].person:
        frame.party = found[0].party
        context.cast.affiliate(frame.speaker, found[0].party)


def own_speaker(
    context: Context, sentence: Sentence, candidate: Candidate, actors: list[str]
) -> str:
    """Name the speaker of a position that the article reports without quoting."""
    if candidate.subject is None:
        return actors[0] if actors else UNNAMED
    name, party, person = speaker_of(sentence.tokens, *candidate.subject, context.cast)
    if not person and len(actors) == 1 and candidate.subject[1] - candidate.subject[0] <= 2:
        word = sentence.tokens[candidate.subject[0]].word
        if word in (
            "they",
            "it",
            "its",
            "their",
            "he",
            "she",
            "who",
            "his",
            "her",
            "that",
            "which",
        ):
            return actors[0]
    if name == UNNAMED and party is None and actors:
        return actors[0]
    return name


def floating_frame(context: Context, sentence: Sentence) -> Frame | None:
    """A quotation without a cue of its own belongs to whoever spoke last."""
    page = context.page
    if sentence.quote is None:
        return None
    quote = page.quotes[sentence.quote]
    people = list(context.cast.people_recent)
    around = page.sentence_of(quote.start)
    if around is not None and around.span.start < quote.start:
        stop = next((n for n, t in enumerate(around.tokens) if t.start >= quote.start), 0)
        named = context.cast.mentions(around.tokens, 0, stop)
        people.extend(m.person for m in named if m.person)
    if not people:
        return Frame(((quote.start, quote.end),), UNNAMED, None, "direct", False)
    name = people[-1]
    party = context.cast.party_of_person(name)
    return Frame(((quote.start, quote.end),), context.cast.full_name(name), party, "direct", True)


# ------------------------------------------------------------------ who


FIRST = frozenset(["we", "i", "our", "us", "my", "ourselves"])

_THIRD = frozenset("""it they he she its their his her who that which them""".split())


def actors_of(
    context: Context, sentence: Sentence, candidate: Candidate, frame: Frame | None
) -> list[str]:
    """Return the parties whose position a candidate is."""
    if candidate.subject is None:
        if frame is not None and frame.party:
            return [frame.party]
        return []
    return resolve(context, sentence, candidate.subject, frame, candidate)


def leading_parties(
    context: Context, sentence: Sentence, candidate: Candidate, frame: Frame | None
) -> list[str]:
    """Return the parties that a clause whose own words take the position begins with."""
    tag = candidate.tag
    tokens = sentence.tokens
    if (
        candidate.kind == "danger"
        or tag is None
        or tag.cue is None
        or not tag.start < tag.cue[0] < tag.end
    ):
        return []
    start = candidate.start
    cue = next((k for k, t in enumerate(tokens) if t.end > tag.cue[0]), start)
    stop = start
    while stop < cue and tokens[stop].tag not in "VXS,Q" and tokens[stop].tag != "I":
        stop += 1
    if stop == start or tokens[start].tag in "IRSPC" or tokens[start].word in FIRST:
        return []
    return resolve(context, sentence, (start, stop), frame, candidate)


def resolve(
    context: Context,
    sentence: Sentence,
    part: Range,
    frame: Frame | None,
    candidate: Candidate | None = None,
) -> list[str]:
    """Return the parties that a noun phrase or a pronoun means."""
    cast = context.cast
    tokens = sentence.tokens
    words = [t.word for t in tokens[slice(*part)] if t.tag not in '.,"Q']
    if not words:
        return []
    head = words[0]
    joined = set(words)
    if _means_both(words):
        near = [
            m.party
            for m in cast.mentions(tokens, 0, part[0])
            if m.party and " & " not in m.party and m.how != "pair"
        ]
        distinct = list(dict.fromkeys(near))
        return distinct if len(distinct) == 2 else list(cast.two_sides())
    if head in FIRST or (len(words) <= 3 and joined & FIRST):
        return [frame.party] if frame is not None and frame.party else []
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
            inside = _named_before(context, sentence, part[0])
            if (
                frame is not None
                and frame.kind in ("direct", "dialogue")
                and head not in ("who", "which", "that")
            ):
                others = [p for p in reversed(cast.recent) if p != frame.party]
                return others[:1]
            if frame is not None and frame.party and (frame.kind != "direct"):
                return [frame.party]
            if inside:
                return [inside]
            if cast.recent:
                return [cast.recent[-1]]
            return []
    if (
        frame is not None
        and frame.party
        and joined
        & {
            "government",
            "country",
            "group",
            "movement",
            "side",
            "union",
            "party",
            "delegation",
            "army",
            "forces",
            "leadership",
        }
        and head in ("the", "his", "her", "their", "our", "its")
    ):
        return [frame.party]
    if (
        joined
        & {
            "spokesman",
            "spokeswoman",
            "spokesperson",
            "minister",
            "president",
            "leader",
            "leaders",
            "officials",
            "government",
            "delegation",
            "negotiators",
            "negotiator",
            "mediators",
            "envoy",
        }
        and head in ("the", "its", "their", "a", "his", "her")
        and cast.recent
    ):
        return [cast.recent[-1]]
    return []


_BOTH = frozenset(["both", "two", "neither", "either", "none"])


def _means_both(words: Sequence[str]) -> bool:
    """Tell whether a phrase means the two sides: "both governments", "the parties", "the two"."""
    joined = set(words)
    if joined & _BOTH and joined & (PAIR_NOUNS | {"side", "party", "government", "leaders"}):
        return True
    return list(words) in (
        ["both"], ["neither"], ["the", "two"], ["the", "parties"], ["the", "sides"],
        ["the", "delegations"], ["parties"], ["the", "belligerents"],
    )  # fmt: skip


def _heads(tokens: Sequence[Token], mentions: Sequence[Mention], part: Range) -> list[Mention]:
    """Keep the mentions that head the phrase: "the rebels of Zenda" are the rebels."""
    if len(mentions) < 2:
        return list(mentions)
    kept = [mentions[0]]
    for before, here in itertools.pairwise(mentions):
        between = [t.word for t in tokens[before.stop : here.first]]
        if any(w in ("and", "or", ",", "plus", "nor") for w in between) and not any(
            w in ("of", "in", "for", "who", "which", "with", "by", "from", "against", "to", "s")
            for w in between
        ):
            if "," in between and "and" not in [t.word for t in tokens[part[0] : part[1]]]:
                continue
            kept.append(here)
        elif not between and kept[-1] is before and here.party and before.how == "demonym":
            kept[-1] = here
        elif before.party is None and between and between[0] in ("of", "for", ","):
            kept.append(here)
    return kept


def _person_in(context: Context, sentence: Sentence, place: int) -> str | None:
    mentions = context.cast.mentions(sentence.tokens, 0, place)
    people = [m.person for m in mentions if m.person]
    return people[-1] if people else None


def _named_before(context: Context, sentence: Sentence, place: int) -> str | None:
    """Return the party that a pronoun later in the sentence most likely means: its subject."""
    tokens = sentence.tokens
    cast = context.cast
    owners = [
        g.subject
        for g in sentence.groups
        if g.subject and g.subject[1] <= place and not g.inherited
    ]
    for subject in owners:
        found = [m for m in cast.mentions(tokens, *subject) if m.party and " & " not in m.party]
        if found:
            return found[0].party
    earlier = [m for m in cast.mentions(tokens, 0, place) if m.party and " & " not in m.party]
    return earlier[0].party if earlier else None
