"""From a position to stances: where it puts the party on each deed that it speaks of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from detente.reading.positions import Atom, Position
from detente.reading.timeline.types import Condition, Entry, Stance

__all__ = ["stances"]

_IMPLIED = ("threat", "threat-perception")
_GIVEN: dict[str, Stance] = {"commitment": "promised", "concession": "done"}


def stances(positions: Iterable[Position], undated: Collection[str]) -> list[Entry]:
    """Return the stances that positions take, each once.

    What a party wants is ``for`` or ``against``; so is what it names as a condition. What it gives
    is ``conditional`` if something must come first; without that, an offer is ``for``, a commitment
    ``promised``, a concession ``done``, a threat ``threatened``; and to give that a deed is left
    undone is ``against``. Several conditions of one statement make one entry.

    Args:
        positions: the positions, in any order.
        undated: ids of the statements whose date is only the day on which they were read.
    """
    merged: dict[tuple[object, ...], Entry] = {}
    for position in positions:
        for entry in _entries(position, position.evidence.id not in undated):
            key = (entry.statement, entry.issue, entry.party, entry.stance, entry.undone)
            known = merged.get((*key, entry.degree))
            if known is not None:
                conditions = {*known.conditions, *entry.conditions}
                entry = replace(
                    known,
                    conditions=tuple(sorted(conditions, key=lambda c: (c.issue, c.done))),
                    required=known.required and entry.required,
                    firm=known.firm or entry.firm,
                    guess=known.guess and entry.guess,
                    implied=known.implied and entry.implied,
                )
            merged[(*key, entry.degree)] = entry
    return list(merged.values())


def _entries(position: Position, dated: bool) -> Iterator[Entry]:
    if position.wants is not None:
        entry = _entry(position, position.wants, _side(position.wants), dated)
        yield replace(entry, implied=position.kind in _IMPLIED)
    given = position.gives
    if given is not None and position.only_if is not None:
        conditions = (Condition(position.only_if.issue, position.only_if.done),)
        yield _entry(position, given, "conditional", dated, conditions)
    elif given is not None and position.kind == "threat":
        yield _entry(position, given, "threatened", dated)
    elif given is not None:
        stance = _GIVEN.get(position.kind, "for") if given.done else "against"
        yield _entry(position, given, stance, dated)
    if position.only_if is not None:
        side = _side(position.only_if)
        yield replace(_entry(position, position.only_if, side, dated), required=True)


def _side(atom: Atom) -> Stance:
    return "for" if atom.done else "against"


def _entry(
    position: Position,
    atom: Atom,
    stance: Stance,
    dated: bool,
    conditions: tuple[Condition, ...] = (),
) -> Entry:
    evidence = position.evidence
    return Entry(
        issue=atom.issue,
        party=position.party,
        stance=stance,
        conditions=conditions,
        undone=stance in ("conditional", "threatened") and not atom.done,
        degree=atom.degree,
        required=False,
        firm=position.firm,
        guess=atom.guess,
        implied=False,
        kind=position.kind,
        speaker=str(evidence.fields["speaker"]),
        statement=evidence.id,
        doc=evidence.doc,
        start=int(evidence.fields["start"]),
        date=evidence.date,
        dated=dated,
        state=evidence.state,
        quote=evidence.text,
    )
