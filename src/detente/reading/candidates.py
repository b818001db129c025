"""Candidates for statements: clauses and noun phrases of a sentence that take a position."""

from __future__ import annotations

import re
from collections.abc import Sequence

from detente.reading.candidate import (
    FUTURE,
    Candidate,
    Range,
    clause_start,
    is_subordinate,
    tag_at,
    word_at,
)
from detente.reading.clauses import Group, noun_phrase_end, phrase_before
from detente.reading.states import light_verb, no_sign, seen_as, state
from detente.reading.tokens import Token
from detente.reading.types import HOSTILE, WRONGS, YIELDING, positions
from detente.reading.units import Sentence
from detente.reading.verbs import position_verb

__all__ = ["find_candidates", "modal_clause"]

_MODAL_DEMAND = frozenset(["must", "should", "shall", "ought"])


def find_candidates(sentence: Sentence, spoken: bool) -> list[Candidate]:
    """Find the candidates of a sentence, in order of their cue.

    Args:
        sentence: the sentence.
        spoken: whether the sentence stands inside a quotation or a turn of a dialogue.
    """
    found: list[Candidate] = []
    tokens = sentence.tokens
    taken: set[int] = set()
    for group in sentence.groups:
        if is_subordinate(tokens, group):
            continue
        for maker in (position_verb, state, no_sign, seen_as, light_verb, modal_clause):
            candidate = maker(tokens, group, sentence.groups, spoken)
            if candidate is not None:
                candidate.group = group
                found.append(candidate)
                taken.update(range(group.first, candidate.content))
                break
    found.extend(_nouns(sentence, taken))
    if not found:
        found.extend(_verbless(sentence, spoken))
    for candidate in found:
        candidate.content = min(candidate.content, len(tokens))
        if candidate.target is not None:
            candidate.target = (candidate.target[0], min(candidate.target[1], len(tokens)))
    found.sort(key=lambda c: (c.cue, c.start))
    return found


def _verbless(sentence: Sentence, spoken: bool) -> list[Candidate]:
    """Find orders without a verb: "No deal, no trains"; "First the men, then the border"."""
    tokens = sentence.tokens
    words = [t.word for t in tokens]
    if not spoken or len(words) > 25:
        return []
    first = next((k for k, t in enumerate(tokens) if t.tag not in '".,C'), 0)
    comma = next((k for k in range(first + 1, len(words) - 1) if words[k] in (",", ";", "–")), None)
    if comma is None:
        return []
    no = words[first] == "no" and words[comma + 1] == "no"
    then = words[first] == "first" and "then" in words[comma + 1 : comma + 3]
    if not (no or then):
        return []
    return [
        Candidate("precondition", first, first, first + 1, None, 3, "no-no" if no else "first-then")
    ]


_GATE = re.compile(r"^(?:will|would|'ll|shall|wo|can|could|may|might)$")


def modal_clause(
    tokens: Sequence[Token], group: Group, groups: Sequence[Group], spoken: bool
) -> Candidate | None:
    """Clauses that take a position by their modal, or by what they say of another party."""
    if not group.finite:
        return None
    subject = group.subject
    if subject is not None and subject[0] > group.first:
        pass  # "would the army lift"
    start = clause_start(tokens, group)
    words = {t.word for t in tokens[group.first : group.verb + 1]}
    k = group.last + 1
    none = group.lemma == "be" and word_at(tokens, k) == "no"
    if none and not group.modal and not spoken:
        none = False

    def made(type_: str, mood: str, **more: object) -> Candidate:
        candidate = Candidate(type_, start, group.first, group.verb, subject, 1, mood)
        for key, value in more.items():
            setattr(candidate, key, value)
        return candidate

    if group.modal in _MODAL_DEMAND and not (
        group.modal == "shall" and subject and tokens[subject[0]].word in ("we", "i")
    ):
        return made("demand", "modal", target=subject)
    if (
        group.lemma in ("need", "have")
        and not group.negative
        and not group.passive
        and tag_at(tokens, k) == "T"
        and group.modal in ("", "will", "would")
    ):
        return made("demand", "modal", target=subject, content=k + 1)
    if group.lemma == "need" and tag_at(tokens, k) in "DNM" and not group.negative:
        return made("demand", "need")
    if none:
        return made("rejection", "no", negative=True)
    refusing = group.negative and (
        group.modal in FUTURE or "cannot" in words or group.modal == "cannot" or "ca" in words
    )
    if refusing and (
        group.lemma in YIELDING
        or group.lemma
        in (
            "be",
            "do",
            "take",
            "put",
            "let",
            "come",
            "go",
            "make",
            "start",
            "begin",
            "hold",
            "lay_down",
            "deal",
            "work",
        )
    ):
        if group.lemma == "be":
            return made("rejection", "no", negative=True)
        return made("rejection", "refuse", negative=True)
    if refusing:
        return made("rejection", "wont", negative=True)
    if group.modal in ("will", "would", "'ll", "shall") and not group.negative:
        after = {t.word for t in tokens[group.first : group.first + 12]}
        if after & {"consequences", "price", "regret"} and group.lemma in (
            "face",
            "pay",
            "suffer",
            "be",
            "regret",
            "have",
            "bear",
            "lead",
            "come",
        ):
            return made("threat", "consequence", target=subject)
        if group.lemma in HOSTILE:
            return made("threat", "hostile")
        if group.lemma in WRONGS and not spoken:
            return None
        return made("commitment", "will")
    if group.modal in ("can", "could", "may") and not group.negative:
        return made("precondition", "can")
    if (
        group.lemma in ("depend", "hinge")
        and word_at(tokens, k) in ("on", "upon")
        and not group.negative
    ):
        return made("precondition", "depends")
    if group.lemma in ("make", "be", "remain") and {t.word for t in tokens[k : k + 9]} & {
        "conditional",
        "contingent",
    }:
        return made("precondition", "verb", strength=3, content=k)
    if group.lemma in WRONGS and not group.modal and not group.passive:
        if group.negative and group.lemma not in ("fail",):
            return None
        return made("accusation", "wrong", blame_subject=True)
    return None


def _nouns(sentence: Sentence, taken: set[int]) -> list[Candidate]:
    """Positions in noun phrases: "Russia's endorsement of ...", "a guarantee by the group that"."""
    tokens = sentence.tokens
    nouns = positions().nouns
    found = []
    for i, token in enumerate(tokens):
        kind = nouns.get(token.word)
        if kind is None or token.tag in "VXGQ" or i in taken:
            continue
        owner, start = _owner(tokens, i)
        k = i + 1
        word = word_at(tokens, k)
        if word in ("by", "from") and k + 1 < len(tokens):
            end = noun_phrase_end(tokens, k + 1)
            for m in range(k + 2, end):
                if tokens[m].word in ("to", "for"):
                    end = m
                    break
            owner = (k + 1, end)
            start = i
            while start > 0 and tokens[start - 1].tag in "DA#":
                start -= 1
            k = end
            word = word_at(tokens, k)
        if owner is None:
            continue
        if word not in ("for", "of", "that", "to", "on", "over", "about", "against", "not"):
            continue
        loose = word in ("on", "over", "about") and kind in ("demand", "commitment", "cooperation")
        if loose and token.word not in ("calls", "call", "insistence"):
            continue
        if token.word in ("claim", "claims") and word == "that":
            continue  # an assertion, not a demand
        if token.word in ("charge", "charges", "agreement") and word in ("of", "to", "on"):
            continue
        if token.word == "support" and word not in ("for",):
            continue
        target = (
            (k + 1, noun_phrase_end(tokens, k + 1))
            if word in ("for", "of", "on", "to", "against", "about", "over")
            else None
        )
        found.append(
            Candidate(
                kind, start, i, k + 1, owner, 2, "noun", target=target, negative=kind == "rejection"
            )
        )
    return found


def _owner(tokens: Sequence[Token], i: int) -> tuple[Range | None, int]:
    """Return whose noun it is, and where the noun phrase begins."""
    j = i - 1
    while j >= 0 and (
        tokens[j].tag in "A#"
        or (tokens[j].tag == "N" and j > 0 and tokens[j - 1].tag in "'A")
        or tokens[j].tag == "R"
    ):
        j -= 1
    if j < 0:
        return None, i
    if tokens[j].tag in "'\"" and tokens[j].word in ("'s", "'") and j > 0:
        k = j - 1
        while k >= 0 and (tokens[k].tag in "MNA#" and (j - k) < 6):
            k -= 1
        if k >= 0 and tokens[k].tag == "D":
            return (k, j), k
        return ((k + 1, j), k + 1) if k + 1 < j else (None, i)
    if tokens[j].word in ("their", "its", "his", "her", "our", "my"):
        return (j, j + 1), j
    # "the Taliban claim of": a name used as an adjective
    if tokens[j].tag == "M" and not tokens[j].word.endswith("ly"):
        k = j
        while k > 0 and tokens[k - 1].tag == "M" and j - k < 4:
            k -= 1
        start = k - 1 if k > 0 and tokens[k - 1].tag == "D" else k
        return (k, j + 1), start
    return None, i


def own_phrase(tokens: Sequence[Token], end: int) -> Range | None:
    """Return the noun phrase that ends at ``end`` (for tests and other taggers)."""
    return phrase_before(tokens, end)
