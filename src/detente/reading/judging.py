"""What a clause says in the mouth of its speaker: type, actors, and whether it counts."""

from __future__ import annotations

from collections.abc import Sequence

from detente.reading.actors import AUTHOR, FIRST, Context
from detente.reading.candidate import Candidate
from detente.reading.frames import UNNAMED, Frame
from detente.reading.precedence import Order, opens_with_sequel
from detente.reading.tokens import Token
from detente.reading.types import HOSTILE
from detente.reading.units import Sentence

__all__ = ["is_relevant", "judge", "with_order"]


def with_order(kind: str, candidate: Candidate, order: Order | None, frame: Frame | None) -> str:
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
    if (
        kind == "threat"
        and order.connector in ("until", "only", "after", "once")
        and candidate.strength == 1
    ):
        return "precondition" if order.strict else kind
    return kind


def judge(
    context: Context,
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
    first_person = bool(words) and words[0] in FIRST
    mine = first_person or (
        frame is not None
        and (
            (bool(words) and words[0] in ("it", "they", "he", "she") and frame.kind != "direct")
            or (bool(speaker) and actors == speaker)
        )
    )
    mood = candidate.kind
    spoken = frame is not None
    if mood == "modal":
        if not spoken:
            named = any(m.party for m in context.cast.mentions(tokens, 0, len(tokens)))
            if (
                not (actors or named)
                or not words
                or words[0] in ("it", "there", "i", "you", "this", "that", "readers")
            ):
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
            return (
                (
                    "commitment"
                    if group.lemma in HOSTILE | {"use", "target", "harbour", "harbor", "interfere"}
                    else "rejection"
                ),
                speaker,
                False,
            )
        if mood == "refuse" and actors and not spoken:
            return "rejection", actors, False
        return None
    if mood == "depends":
        return (
            ("precondition", speaker or actors, False)
            if order is not None and (spoken or actors)
            else None
        )
    if mood == "can":
        if order is None and not opens_with_sequel(tokens):
            return None
        return "precondition", speaker if spoken else actors, False
    if mood == "hostile":
        conditional = _has_condition(tokens, candidate)
        if order is not None and (order.strict or order.connector in ("once", "after", "before")):
            return "precondition", (speaker if mine else actors or speaker), False
        if (
            mine
            and group.lemma
            in (
                "end",
                "stop",
                "halt",
                "suspend",
                "withdraw",
                "leave",
                "close",
                "freeze",
                "pull_out",
                "resume",
                "terminate",
            )
            and not conditional
        ):
            return "commitment", speaker, False
        if mine or (actors and conditional):
            return "threat", (speaker if mine else actors), False
        return None
    if mood == "consequence":
        return ("threat", speaker or actors, False) if spoken else None
    if mood == "will":
        if order is not None and (spoken or actors):
            return (
                "precondition",
                (speaker if (spoken and mine) or (spoken and not actors) else actors or speaker),
                False,
            )
        if not mine and not (spoken and not speaker and actors):
            return None
        speaker = speaker or actors
        if group.lemma in (
            "be",
            "have",
            "know",
            "see",
            "become",
            "remain",
            "take_place",
            "continue",
            "think",
        ):
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
    return any(
        t.word in ("if", "unless", "should", "provided")
        for t in tokens[candidate.start : candidate.stop]
    )


def _exchange(tokens: Sequence[Token], candidate: Candidate) -> bool:
    words = [t.word for t in tokens[candidate.start : candidate.stop]]
    text = " ".join(words)
    return "in return" in text or "in exchange" in text


def is_relevant(
    context: Context,
    sentence: Sentence,
    candidate: Candidate,
    kind: str,
    actors: list[str],
    frame: Frame | None,
) -> bool:
    """Leave out what nobody in the negotiation says."""
    if kind == "threat-perception" and candidate.kind in ("danger", "state"):
        return True
    if candidate.kind in ("modal",) and actors == [AUTHOR]:
        return True
    if actors:
        return True
    if frame is not None:
        return (
            frame.kind in ("direct", "dialogue")
            or frame.speaker != UNNAMED
            or candidate.strength >= 2
        )
    if candidate.subject is not None and candidate.strength == 3 and kind != "cooperation":
        people = context.cast.mentions(sentence.tokens, *candidate.subject)
        return any(m.person for m in people)
    return candidate.subject is None and candidate.strength == 3 and kind in ("accusation",)
