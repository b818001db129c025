"""Who is at the table: the parties that want things of one another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from detente.reading.positions import Position, Positions

__all__ = ["at_the_table"]

_AWAY = frozenset(["endorsement", "threat-perception"])


def at_the_table(positions: Positions) -> tuple[str, ...]:
    """Return the names of the parties at the table, the most spoken to first.

    Two parties negotiate if each wants something of the other, makes it wait for the other, or
    gives it something. The table is the group of parties so joined whose positions towards one
    another are the most; without such a pair, the two parties of the strongest one-sided claim.
    Who only backs another's demand, or fears somebody, is outside.
    """
    weight: Counter[tuple[str, str]] = Counter()
    for position in positions.positions:
        for other in _towards(position, positions):
            weight[position.party, other] += 1
    pairs = {(a, b) for a, b in weight if (b, a) in weight}
    if not weight:
        return ()
    if not pairs:
        strongest = max(weight.items(), key=lambda item: (item[1], item[0]))
        return strongest[0]
    best = max(
        _groups(pairs),
        key=lambda group: (
            sum(n for (a, b), n in weight.items() if {a, b} <= group),
            sorted(group),
        ),
    )
    spoken: Counter[str] = Counter()
    for (a, b), n in weight.items():
        if a in best and b in best:
            spoken[a] += n
            spoken[b] += n
    return tuple(sorted(best, key=lambda name: (-spoken[name], name)))


def _towards(position: Position, positions: Positions) -> set[str]:
    if position.kind in _AWAY:
        return set()
    owners = {positions.issues[atom.issue].owner for atom in position.atoms}
    return owners - {position.party}


def _groups(pairs: Iterable[tuple[str, str]]) -> list[frozenset[str]]:
    groups: list[frozenset[str]] = []
    for a, b in sorted(pairs):
        touching = [group for group in groups if group & {a, b}]
        groups = [group for group in groups if group not in touching]
        groups.append(frozenset({a, b}).union(*touching))
    return groups
