"""Levers in words: what changes, who acts, what must still be believed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from detente.analysis.levers.changes import (
    Change,
    Contain,
    Exchange,
    Guarantor,
    Include,
    Inform,
    Order,
    SnapBack,
    Swap,
    Tranches,
)
from detente.analysis.levers.offers import LeverSet
from detente.report.words import Words, spaced

__all__ = ["beliefs", "change_words", "exposures", "set_words"]


def set_words(found: LeverSet, words: Words) -> str:
    """Return a set of changes as one clause: "a guarantor …, and Taliban come to prefer …"."""
    told = [change_words(change, words) for change in found.changes]
    return told[0] if len(told) == 1 else f"{', '.join(told[:-1])}, and {told[-1]}"


def change_words(change: Change, words: Words) -> str:
    """Return one change as a clause that can follow "if"."""
    match change:
        case Exchange(parties):
            return f"{words.parties(parties)} make their moves at once, in one exchange"
        case Guarantor(party, key):
            return f"a guarantor keeps {words.party(party)} from taking {_option(key, words)} back"
        case SnapBack(party, key):
            return f"{words.party(party)} can take {_option(key, words)} back"
        case Tranches(key, levels):
            return f"{_option(key, words)} comes in {levels - 1} tranches, one at a time"
        case Swap(party, raised, above):
            better, worse = words.named(raised), words.named(above)
            return f"{words.party(party)} would rather have {better} than {worse}"
        case Contain(party):
            return f"{words.party(party)} is kept from acting"
        case Include(party):
            return f"{words.party(party)} comes to the table"
        case Inform(party, about):
            return f"{words.party(party)} learns what {words.party(about)} really prefers"
        case Order():
            return "the steps are agreed as a schedule"


def _option(key: str, words: Words) -> str:
    option = next(own for own in words.case.options if own.key == key)
    return f"'{spaced(option.id)}'"


def exposures(found: LeverSet, words: Words, home: str) -> Iterable[str]:
    """Yield who would be worse off than now if somebody stopped half-way.

    Args:
        found: the set of changes.
        words: how the changed case is spoken of.
        home: the status quo in the changed case.
    """
    for own in found.exposed:
        if not own.exposed:
            continue
        hurt = words.parties(party for party, _ in own.exposed)
        stops = words.parties(own.stops)
        yield f"{hurt}, if {stops} stopped at {words.deal(own.at, home)}"


def beliefs(found: LeverSet, words: Words) -> Iterable[str]:
    """Yield what must still be believed."""
    answers: dict[str, list[Mapping[str, Any]]] = {}
    for own in found.residual:
        kind = own["belief"]
        if kind == "answer":
            answers.setdefault(own["party"], []).append(own)
        elif kind in _BELIEFS:
            yield _BELIEFS[kind](own, words)
    for party, threats in answers.items():
        yield _answered(party, threats, words)


def _answered(party: str, threats: list[Mapping[str, Any]], words: Words) -> str:
    name = words.party(party)
    if len(threats) > 1:
        return f"the others would answer each of {len(threats):,} moves that tempt {name} away"
    (own,) = threats
    after = f", leading to {words.named(own['answer'])}" if own["answer"] else ""
    return f"the others would answer if {name} went to {words.named(own['to'])}{after}"


def _last_step(own: Mapping[str, Any], words: Words) -> str:
    stops = words.parties(own["stops"])
    text = f"{stops} takes the last step, from {words.named(own['at'])}"
    hurt = [exposed["party"] for exposed in own["exposed"]]
    return f"{text}; if not, {words.parties(hurt)} is worse off than now" if hurt else text


_BELIEFS = {
    "simultaneity": lambda own, words: (
        f"the moves of {words.parties(own['parties'])} really happen at once"
    ),
    "guarantee": lambda own, words: (
        f"the guarantor can and will hold {words.party(own['party'])} to "
        f"{_option(own['option'], words)}"
    ),
    "return": lambda own, words: (
        f"{words.party(own['party'])} really can and would take "
        f"{_option(own['option'], words)} back"
    ),
    "containment": lambda own, words: f"{words.party(own['party'])} really is kept from acting",
    "preference": lambda own, words: (
        f"{words.party(own['party'])} really prefers {words.named(own['raise'])} to "
        f"{words.named(own['above'])}"
    ),
    "information": lambda own, words: (
        f"{words.party(own['party'])} believes what it learns about {words.party(own['about'])}"
    ),
    "interpolation": lambda own, words: (
        f"the new levels of {_option(own['option'], words)} are worth what lies evenly between"
    ),
    "last-step": _last_step,
}
