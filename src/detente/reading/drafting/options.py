"""Issues -> options: which become one, with which levels, and what they are called."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from detente.model.ids import KEYWORDS
from detente.reading.drafting.types import LeftOut
from detente.reading.positions import Atom, Issue, Position, Positions

__all__ = ["Plan", "choose", "plan_of", "slug"]

_WEIGHT = {"demand": 2, "offer": 2, "precondition": 4}
_FIRM = 2
_LONGEST = 30


@dataclass(frozen=True, slots=True)
class Plan:
    """An option before it has ids.

    Attributes:
        issue: the issue.
        levels: its levels.
        status: index of its level now.
        forward: whether the texts say that it cannot be taken back.
        evidence: ids of the statements that speak of it.
        guessed: those of them that do not say who would do it.
    """

    issue: Issue
    levels: tuple[str, ...]
    status: int
    forward: bool
    evidence: tuple[str, ...]
    guessed: tuple[str, ...]

    def text(self, atom: Atom, name: str) -> str:
        """Return an atom in the language of the case file, the option being called ``name``."""
        if len(self.levels) == 2 or (atom.degree == "part" and self.levels[1] == "partial"):
            base = name
        else:
            base = f"{name} = {self.levels[-1]}"
        return base if atom.done else f"not {base}"


def choose(
    positions: Positions, table: Collection[str], most: int
) -> tuple[tuple[Issue, ...], tuple[LeftOut, ...]]:
    """Return the issues that become options, in order of appearance, and those that do not.

    Kept are deeds of parties at the table, and those of others on which somebody at the table has
    a position, or for which they are feared. Of more than ``most``, the ones most spoken of are:
    what an order is about counts four, demands and offers two, red lines two more, the rest one.
    """
    weight: Counter[str] = Counter()
    wanted: set[str] = set()
    spoken: dict[str, dict[str, None]] = defaultdict(dict)
    for position in positions.positions:
        feared = position.kind == "threat-perception"
        for atom in position.atoms:
            spoken[atom.issue][position.evidence.id] = None
            weight[atom.issue] += _WEIGHT.get(position.kind, 1) + _FIRM * position.firm
            if position.party in table or feared:
                wanted.add(atom.issue)
    near = [
        issue for issue in positions.issues.values() if issue.owner in table or issue.key in wanted
    ]
    close = {issue.key for issue in near}
    best = {issue.key for issue in sorted(near, key=lambda issue: -weight[issue.key])[:most]}
    out = [
        LeftOut(
            issue.name,
            issue.owner,
            "limit" if issue.key in close else "away",
            tuple(spoken[issue.key]),
        )
        for issue in positions.issues.values()
        if issue.key not in best
    ]
    return tuple(issue for issue in near if issue.key in best), tuple(out)


def plan_of(issue: Issue, positions: Sequence[Position], lasting: bool) -> Plan:
    """Return an issue as an option.

    Levels are ``none``, ``partial``, ``full`` if the texts speak of a part and of more; ``none``,
    ``promised``, ``done`` if its owner has promised it without a condition; ``none``, ``full`` if
    they speak of all of it; else ``no``, ``yes``. What its owner has conceded is done now, as far
    as it was conceded; what it has promised is at ``promised``, everything else at its first level.
    """
    about = [(p, a) for p in positions for a in p.atoms if a.issue == issue.key]
    own = [p for p, a in about if p.party == issue.owner and p.gives == a]
    degrees = {a.degree for _, a in about}
    held = any(p.only_if is not None for p in own)
    conceded = {p.gives.degree for p in own if p.kind == "concession" and p.gives and p.gives.done}
    promised = any(p.kind == "commitment" and p.gives and p.gives.done for p in own)
    levels: tuple[str, ...]
    status = 0
    if "part" in degrees and len(degrees) > 1:
        levels = ("none", "partial", "full")
    elif promised and not held and not conceded:
        levels, status = ("none", "promised", "done"), 1
    else:
        levels = ("none", "full") if "full" in degrees else ("no", "yes")
    if "part" in conceded and levels[1] == "partial":
        status = 1 if conceded == {"part"} else 2
    elif conceded and not held:
        status = len(levels) - 1
    return Plan(
        issue,
        levels,
        status,
        lasting or any(p.lasting for p in own),
        tuple(dict.fromkeys(p.evidence.id for p, _ in about)),
        tuple(dict.fromkeys(p.evidence.id for p, a in about if a.guess)),
    )


def slug(name: str, taken: Collection[str]) -> str:
    """Return an id for a name: a letter, then letters, digits and ``_``; none that is taken.

    >>> slug("São Tomé & Príncipe", {"sao_tome_principe"})
    'sao_tome_principe_2'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").lower()
    words = "".join(c if c.isalnum() else " " for c in plain).split()
    base = words.pop(0) if words else ""
    for word in words:
        if len(base) + len(word) >= _LONGEST:
            break
        base += f"_{word}"
    base = base[:_LONGEST].strip("_")
    if not base[:1].isalpha() or base in KEYWORDS:
        base = f"x_{base}".rstrip("_")
    found, number = base, 1
    while found in taken:
        number += 1
        found = f"{base}_{number}"
    return found
