"""To whom a statement is addressed, or at whom it is directed."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from detente.reading.actors import AUTHOR, Context, resolve, text_of
from detente.reading.candidate import Candidate
from detente.reading.parties import Cast, Mention
from detente.reading.results import Statement
from detente.reading.tokens import Token
from detente.reading.units import Sentence

__all__ = ["targets_of", "with_counterparts"]


_TOWARDS = frozenset(
    [
        "demand",
        "precondition",
        "rejection",
        "offer",
        "concession",
        "accusation",
        "commitment",
        "threat",
    ]
)


def with_counterparts(statements: list[Statement], cast: Cast) -> list[Statement]:
    """Give a statement without a target the other side of its actor, if the text shows one.

    That is the party with which the actor exchanges most positions in the text; else, where the
    text has just two sides, the other one. The sides are the parties that take positions most; a
    third one that takes nearly as many makes it unclear.
    """
    weight: Counter[str] = Counter()
    dealings: dict[str, Counter[str]] = defaultdict(Counter)
    for statement in statements:
        if statement.type not in _TOWARDS:
            continue
        weight.update(a for a in statement.actors if a != AUTHOR)
        weight.update(dict.fromkeys(statement.targets, 0.5))
        for actor in statement.actors:
            for target in statement.targets:
                if actor != AUTHOR and cast.is_party(target):
                    dealings[actor][target] += 1
                    dealings[target][actor] += 1
    ranked = [(n, p) for p, n in weight.most_common() if cast.is_party(p)][:3]
    sides: dict[str, str] = {}
    if len(ranked) > 1 and not (len(ranked) == 3 and ranked[2][0] * 1.3 > ranked[1][0]):
        sides = {ranked[0][1]: ranked[1][1], ranked[1][1]: ranked[0][1]}
    two = [p for p in cast.principals() if cast.is_party(p)]
    main = dict(zip(two, reversed(two), strict=True)) if len(two) == 2 else {}
    result = []
    for statement in statements:
        if not statement.targets and statement.type in _TOWARDS and len(statement.actors) == 1:
            actor = statement.actors[0]
            other = sides.get(actor) or _main_partner(dealings[actor]) or main.get(actor)
            if other:
                statement = replace(statement, targets=(other,))
        if (
            not statement.targets
            and statement.type in ("cooperation", "endorsement")
            and [cast.kinds.get(a) for a in statement.actors] == ["body"]
            and len(main) == 2
        ):
            statement = replace(statement, targets=tuple(main))  # who mediates, or backs a text
        result.append(statement)
    return result


def _main_partner(dealings: Counter[str]) -> str | None:
    ranked = dealings.most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


# ------------------------------------------------------------------ to whom


def targets_of(
    context: Context,
    sentence: Sentence,
    candidate: Candidate,
    kind: str,
    actors: list[str],
    blamed: bool,
) -> list[str]:
    """Return the parties that a statement is directed at."""
    cast = context.cast
    tokens = sentence.tokens
    frame = None
    found: list[str] = []
    part = candidate.subject if blamed and candidate.subject else candidate.target
    if part is not None and part[1] <= len(tokens):
        pronoun = part[1] == part[0] + 1 and tokens[part[0]].word in ("it", "this", "that")
        found = (
            []
            if pronoun
            else [p for p in resolve(context, sentence, part, frame) if p not in actors]
        )
        if not found and kind in (
            "endorsement",
            "rejection",
            "demand",
            "accusation",
            "cooperation",
            "threat",
            "concession",
            "offer",
        ):
            found = [
                p
                for m in cast.mentions(tokens, *part)
                if (p := m.party) and p not in actors and " & " not in p
            ][:2]
    if not found and kind not in ("threat-perception", "cooperation", "concession"):
        inside = [
            m.party
            for m in cast.mentions(tokens, candidate.content, candidate.stop)
            if m.party
            and m.party not in actors
            and m.how not in ("anaphor", "demonym")
            and (kind in ("demand", "accusation") or cast.is_party(m.party))
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
    if (
        kind == "demand"
        and actors == [AUTHOR]
        and part is not None
        and not resolve(context, sentence, part, frame)
    ):
        found = []
    if not found and kind == "threat-perception":
        found = [
            m.party
            for m in cast.mentions(tokens, candidate.start, candidate.stop)
            if m.party and m.party not in actors and " & " not in m.party
        ][-1:]
    if not found and kind == "cooperation" and len(actors) < 2:
        found = [
            m.party
            for m in cast.mentions(tokens, candidate.content, candidate.stop)
            if m.party and m.party not in actors and " & " not in m.party
        ]
    if not found and kind == "rejection" and len(actors) == 2:
        return list(actors)
    if not found and kind == "demand" and actors == [AUTHOR] and part is not None:
        phrase = text_of(context.page, tokens, part)
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
