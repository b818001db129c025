"""A clause or noun phrase that takes a position, and how to find its parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.reading.clauses import Group, noun_phrase_end
from detente.reading.tagger.tag import Tag
from detente.reading.tokens import WEEKDAYS, Token

__all__ = """FUTURE Candidate Range after_comma agent_after clause_start clause_subject from_whom
    governing_verb is_subordinate next_group next_is past_adverbs tag_at to_whom word_at""".split()

Range = tuple[int, int]


@dataclass(slots=True)
class Candidate:
    """A clause or noun phrase that takes a position.

    Attributes:
        type: the type that its words suggest.
        start: first token of the clause with its subject.
        cue: first token of the words that take the position.
        content: first token of what is wanted, refused, promised, ...
        subject: whose position it is, ``None`` if the clause does not name them.
        strength: 3 for a verb that takes the position, 2 for a noun, 1 for a clause that only
            does so in somebody's mouth or by a modal.
        kind: ``verb``, ``noun``, ``state`` (be + adjective), ``modal`` or ``wrong``.
        target: token range of the target if the syntax gives it.
        group: its verb group, ``None`` for a noun.
        stop: index after its last token.
        negative: whether its own verb refuses.
        nested: whether it stands inside another candidate on purpose.
        blame_subject: whether the subject is who is blamed, and the speaker who blames.
        tag: what the tagger says of it, if it has seen it.
        found_by: ``rules``, ``tagger``, or ``rules+tagger``.
    """

    type: str
    start: int
    cue: int
    content: int
    subject: Range | None
    strength: int
    kind: str
    target: Range | None = None
    group: Group | None = None
    stop: int = 0
    negative: bool = False
    nested: bool = False
    blame_subject: bool = False
    tag: Tag | None = None
    found_by: str = "rules"


FUTURE = frozenset("""will would 'll shall wo could can may might""".split())


_SUBORDINATE = frozenset(
    """if whether until till unless before after once when how why than""".split()
)


def is_subordinate(tokens: Sequence[Token], group: Group) -> bool:
    """Tell whether a verb stands in a clause that only sets a condition or a time."""
    first = group.first
    if group.subject is not None and not group.inherited and group.subject[0] < first:
        first = group.subject[0]
    j = first - 1
    while j >= 0 and tokens[j].tag in "R":
        j -= 1
    return j >= 0 and tokens[j].tag == "S" and tokens[j].word in _SUBORDINATE


def clause_start(tokens: Sequence[Token], group: Group) -> int:
    """Return where the clause of a verb group begins: its subject, or the verb itself."""
    if group.subject is None or group.inherited:
        first = group.first
        if (
            first
            and tokens[first - 1].tag == "R"
            and tokens[first - 1].word in ("first", "also", "only")
        ):
            first -= 1
        return first
    start = group.subject[0]
    if start > group.first:
        return group.first
    if group.first - group.subject[1] > 3:
        return group.first
    return start


_SPELLS = frozenset("week month year night weekend morning spring summer autumn winter".split())


def past_adverbs(tokens: Sequence[Token], k: int) -> int:
    """Return the first token at or after ``k`` that is no adverb."""
    while k < len(tokens):
        later = tokens[k + 1].word if k + 1 < len(tokens) else ""
        if tokens[k].word in ("last", "this", "next") and later in _SPELLS:
            k += 2  # "agreed last week to lift"
        elif tokens[k].tag == "R":
            k += 1
        elif tokens[k].word == "on" and later in WEEKDAYS:
            k += 2
        else:
            break
    return k


def word_at(tokens: Sequence[Token], k: int) -> str:
    """Return the folded word at ``k``, empty after the end."""
    return tokens[k].word if k < len(tokens) else ""


def tag_at(tokens: Sequence[Token], k: int) -> str:
    """Return the tag at ``k``, a full stop after the end."""
    return tokens[k].tag if k < len(tokens) else "."


def agent_after(tokens: Sequence[Token], k: int) -> Range | None:
    """Return the agent of a passive: "by the rebels"."""
    for n in range(k, min(k + 10, len(tokens))):
        if tokens[n].word == "by" and n + 1 < len(tokens):
            end = noun_phrase_end(tokens, n + 1)
            for m in range(n + 2, end):
                if tokens[m].word in ("of", "for", "to") and tokens[m - 1].tag in "NM":
                    end = m
                    break
            return (n + 1, end) if end > n + 1 else None
        if tokens[n].tag in ".Q;":
            break
    return None


def governing_verb(groups: Sequence[Group], group: Group) -> Group | None:
    """Return the verb group before this one."""
    earlier = [g for g in groups if g.last < group.first]
    return earlier[-1] if earlier else None


def next_group(groups: Sequence[Group], group: Group) -> Group | None:
    """Return the verb group after this one."""
    return next((g for g in groups if g.first > group.last), None)


def next_is(groups: Sequence[Group], group: Group, lemmas: Sequence[str]) -> bool:
    """Tell whether one of the lemmas follows at once: "refused to comment"."""
    following = next_group(groups, group)
    return following is not None and following.lemma in lemmas and following.first - group.last <= 3


def after_comma(tokens: Sequence[Token], group: Group) -> bool:
    """Tell whether a verb group begins after a comma or a conjunction."""
    j = group.first - 1
    return j < 0 or tokens[j].tag in ",C" or tokens[j].word in ("while", "after", "before")


def clause_subject(groups: Sequence[Group], group: Group, k: int) -> Range | None:
    """Return the subject of the clause that a verb governs."""
    for other in groups:
        if (
            other.first > group.last
            and other.finite
            and other.subject
            and other.subject[0] >= k
            and not other.inherited
        ):
            return other.subject
    return None


def from_whom(tokens: Sequence[Token], k: int) -> Range | None:
    """Return who should do it in "demanded an apology from X", "the withdrawal of X's troops"."""
    for n in range(k, min(len(tokens), k + 14)):
        if tokens[n].tag in ".Q;" or (tokens[n].tag in "VX" and n > k):
            return None
        if tokens[n].word in ("from", "by") and n + 1 < len(tokens) and tokens[n + 1].tag in "DMN":
            return n + 1, noun_phrase_end(tokens, n + 1)
    return None


def to_whom(tokens: Sequence[Token], k: int) -> Range | None:
    """Return to whom: "promised Iran that", "offered the rebels a truce", "pledge to X"."""
    if tag_at(tokens, k) in "MD":
        end = k
        while end < len(tokens) and tokens[end].tag in "DMNA'":
            end += 1
        if word_at(tokens, end) == "that" or any(tokens[n].tag == "D" for n in range(k + 1, end)):
            stop = next((n for n in range(k + 1, end) if tokens[n].tag == "D"), end)
            return k, stop
        if tag_at(tokens, k) == "M" and tag_at(tokens, end) == "T":
            return k, end
    for n in range(k, min(len(tokens), k + 12)):
        if tokens[n].tag in ".Q;VX":
            return None
        if tokens[n].tag == "T" and tag_at(tokens, n + 1) in "DM":
            return n + 1, noun_phrase_end(tokens, n + 1)
    return None
