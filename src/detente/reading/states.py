"""Positions in other words than a verb: be adamant, pose a threat, make an offer."""

from __future__ import annotations

from collections.abc import Sequence

from detente.reading.candidate import (
    Candidate,
    Range,
    after_comma,
    clause_start,
    clause_subject,
    past_adverbs,
)
from detente.reading.clauses import Group, noun_phrase_end
from detente.reading.tokens import Token
from detente.reading.types import positions

__all__ = ["light_verb", "no_sign", "seen_as", "state"]


_LIGHT = frozenset(
    """make give put set issue voice express hold take offer present reach lay win throw raise
    announce submit table pose open begin start launch resume conduct have impose lend repeat
    renew declare put_forward level deliver come""".split()
)

_READY = frozenset(["ready", "willing", "prepared", "open"])

_STUBBORN = frozenset(
    ["adamant", "insistent", "firm", "unequivocal", "clear", "categorical", "determined"]
)

_AFRAID = frozenset(
    ["afraid", "concerned", "worried", "alarmed", "fearful", "anxious", "wary", "nervous"]
)

_UNWILLING = frozenset(["unwilling", "reluctant", "opposed", "against", "unprepared", "hostile"])

_DANGER = frozenset(["threat", "danger", "menace", "risk", "target"])

_BLAMED = frozenset(
    ["responsible", "guilty", "obstacle", "culpable", "aggressor", "aggressors", "obstacles"]
)


def state(
    tokens: Sequence[Token], group: Group, groups: Sequence[Group], spoken: bool
) -> Candidate | None:
    """Be + adjective or noun: adamant that, ready to, opposed to, concerned that, a threat to."""
    lemma = group.lemma
    if group.passive and lemma in (
        "oppose",
        "prepare",
        "concern",
        "worry",
        "alarm",
        "determine",
        "commit",
    ):
        lemma = "be"
        k = group.verb
    elif lemma not in (
        "be",
        "remain",
        "stand",
        "become",
        "seem",
        "appear",
        "pose",
        "represent",
        "constitute",
        "feel",
        "present",
        "declare",
    ):
        return None
    else:
        k = past_adverbs(tokens, group.last + 1)
    end = min(len(tokens), k + 6)
    words = [t.word for t in tokens[k:end]]
    if not words or group.subject is None:
        return None
    start = clause_start(tokens, group)

    def made(type_: str, content: int, **more: object) -> Candidate:
        candidate = Candidate(type_, start, group.first, content, group.subject, 3, "state")
        for key, value in more.items():
            setattr(candidate, key, value)
        return candidate

    first = words[0]
    second = words[1] if len(words) > 1 else ""
    if lemma in ("be", "remain", "stand", "seem", "appear", "feel", "declare"):
        if (
            first in _STUBBORN
            and second in ("that", "in", "about", "on")
            and not group.negative
            and (first != "clear" or second == "that")
            and tokens[group.subject[0]].word not in ("it", "this")
        ):
            return made("demand", k + 2, target=clause_subject(groups, group, k + 1))
        if first in _READY and tokens[min(k + 1, len(tokens) - 1)].tag in "TI":
            if group.negative or "no" in {t.word for t in tokens[k - 1 : k]}:
                return made("rejection", k + 2, negative=True)
            if second in ("to", "for") and group.modal not in ("must", "should"):
                return made("offer", k + 2)
        if first == "committed" and second == "to" and not group.negative:
            return made("commitment", k + 2)
        if first in _UNWILLING and second in ("to", "any", "the", "a"):
            return made("rejection", k + 1, negative=True)
        if first in _AFRAID and second in ("that", "about", "of", "by", "over", "at"):
            if group.negative:
                return None
            return made(
                "threat-perception",
                k + 2,
                target=clause_subject(groups, group, k + 1)
                or (k + 2, noun_phrase_end(tokens, k + 2)),
            )
        if first in ("determined",) and second in ("to", "not") and not group.negative:
            return made("rejection" if second == "not" else "commitment", k + 1)
        if first == "in" and second in ("favour", "favor") and not group.negative:
            return made("endorsement", k + 3)
        if first == "to" and second == "blame":
            return made("accusation", k + 2, kind="wrong", blame_subject=True)
        if first == "demanding":
            return None
    window = set(words[:6])
    named = {t.word for t in tokens[slice(*group.subject)]}
    if (
        lemma in ("be", "remain")
        and not group.negative
        and named & {"obstacle", "culprit", "problem", "hurdle", "impediment"}
        and first in ("the", "that")
    ) or (lemma == "be" and named & {"obstacle", "culprit", "impediment"} and tokens[k].tag in "M"):
        return made("accusation", k, kind="obstacle", subject=None, target=None)
    if (
        lemma in ("be", "remain", "become", "pose", "represent", "constitute", "present")
        and not group.negative
        and group.modal in ("", "will", "would", "could", "may", "might", "can")
    ):
        noun = next(
            (n for n, w in enumerate(words) if w in _DANGER and tokens[k + n].tag in "NV"), None
        )
        if (
            noun is not None
            and first in ("a", "an", "the", "our", "its", "their", "his", "one")
            and (words[noun] != "target" or "soft" in window or "easy" in window)
            and (words[noun] != "risk" or lemma == "pose")
        ):
            if words[noun] == "target":
                return made("threat-perception", k + noun + 1, kind="state")
            place = k + noun + 1
            if tokens[group.subject[0]].word in ("which", "that") or tokens[
                group.first - 1
            ].word in ("which", "that"):
                start = k
            return made(
                "threat-perception",
                place,
                kind="danger",
                target=group.subject,
                subject=_endangered(tokens, place),
            )
        if (
            lemma in ("be", "remain")
            and window & _BLAMED
            and (
                first
                in ("the", "a", "an", "responsible", "guilty", "fully", "solely", "largely", "main")
            )
        ):
            if "responsible" in window and "for" not in window:
                return None
            return made("accusation", k + 1, kind="wrong", blame_subject=True)
    return None


def seen_as(
    tokens: Sequence[Token], group: Group, groups: Sequence[Group], spoken: bool
) -> Candidate | None:
    """Find "They see Russia as a threat", "regards the dam as a danger"."""
    if (
        group.lemma not in ("see", "view", "regard", "consider", "perceive", "treat", "describe")
        or group.subject is None
        or group.negative
    ):
        return None
    k = past_adverbs(tokens, group.last + 1)
    end = noun_phrase_end(tokens, k)
    for n in range(end, min(len(tokens), end + 2)):
        if tokens[n].word == "as" and {t.word for t in tokens[n + 1 : n + 5]} & _DANGER - {
            "target"
        }:
            return Candidate(
                "threat-perception",
                clause_start(tokens, group),
                group.first,
                n,
                group.subject,
                3,
                "verb",
                target=(k, end),
            )
    if group.lemma == "consider" and {t.word for t in tokens[end - 3 : end]} & _DANGER - {"target"}:
        return Candidate(
            "threat-perception",
            clause_start(tokens, group),
            group.first,
            end,
            group.subject,
            3,
            "verb",
            target=(k, end),
        )
    return None


def no_sign(
    tokens: Sequence[Token], group: Group, groups: Sequence[Group], spoken: bool
) -> Candidate | None:
    """Find "Neither side shows any sign of backing down", "showed no willingness to yield"."""
    if (
        group.lemma not in ("show", "give", "see", "have", "express", "display")
        or group.subject is None
    ):
        return None
    window = [t.word for t in tokens[group.last + 1 : group.last + 6]]
    if not set(window) & {
        "sign",
        "signs",
        "indication",
        "willingness",
        "intention",
        "readiness",
        "inclination",
        "interest",
        "desire",
        "appetite",
    }:
        return None
    if not (group.negative or set(window) & {"no", "little"}):
        return None
    return Candidate(
        "rejection",
        clause_start(tokens, group),
        group.first,
        group.last + 1,
        group.subject,
        3,
        "sign",
        negative=True,
    )


def _endangered(tokens: Sequence[Token], k: int) -> Range | None:
    """Return who is endangered: "a threat to X", "a danger for X", "faced by X"."""
    for n in range(k, min(len(tokens), k + 6)):
        if tokens[n].word in ("to", "for", "by") and n + 1 < len(tokens):
            end = noun_phrase_end(tokens, n + 1)
            return (n + 1, end) if end > n + 1 else None
    return None


def light_verb(
    tokens: Sequence[Token], group: Group, groups: Sequence[Group], spoken: bool
) -> Candidate | None:
    """Light verb + noun: "made an offer", "voiced support for", "held talks with"."""
    lemma = group.lemma.split("_")[0]
    if lemma not in _LIGHT or (
        not group.finite and not (group.form == "ing" and after_comma(tokens, group))
    ):
        return None
    light = positions().light
    k = group.last + 1
    if group.passive:
        if group.subject is None:
            return None
        nouns = [n for n in range(*group.subject) if tokens[n].word in light]
        if not nouns or light[tokens[nouns[-1]].word] != "cooperation":
            return None
        return Candidate(
            "cooperation", clause_start(tokens, group), group.first, k, group.subject, 3, "light"
        )
    end = noun_phrase_end(tokens, k)
    for n in range(k, min(end, k + 8)):
        word = tokens[n].word
        if tokens[n].tag in "I" and word not in ("of", "in") and n > k + 1:
            break
        kind = light.get(word)
        if kind is None or tokens[n].tag not in "NV":
            continue
        if kind == "cooperation" and lemma not in (
            "hold",
            "open",
            "begin",
            "start",
            "resume",
            "have",
            "conduct",
            "launch",
            "take",
            "reach",
        ):
            continue
        if word in ("plan", "ground", "weight", "compromise") and (lemma, word) not in (
            ("put", "plan"),
            ("present", "plan"),
            ("table", "plan"),
            ("give", "ground"),
            ("throw", "weight"),
            ("offer", "compromise"),
            ("propose", "compromise"),
        ):
            continue
        if kind in ("threat", "threat-perception") and lemma in (
            "take",
            "have",
            "pose",
            "begin",
            "present",
            "hold",
        ):
            continue
        if kind == "accusation" and lemma in ("take",) and word == "blame":
            continue
        negative = group.negative or any(t.word == "no" for t in tokens[k:n])
        if negative:
            if kind in ("concession", "cooperation") and group.modal:
                kind = "rejection"
            elif kind == "concession":
                return None
            else:
                return None
        if group.modal in ("must", "should"):
            return None
        target = None
        if n + 1 < len(tokens) and tokens[n + 1].word in (
            "to",
            "for",
            "with",
            "against",
            "on",
            "from",
            "of",
        ):
            target = (n + 2, noun_phrase_end(tokens, n + 2))
        return Candidate(
            kind,
            clause_start(tokens, group),
            group.first,
            n + 1,
            group.subject,
            3,
            "light",
            target=target,
            negative=negative,
        )
    return None
