"""Positions -> priorities: a lexicographic order for each party, every line with its evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from detente.reading.drafting.options import Plan
from detente.reading.drafting.types import DraftClause
from detente.reading.positions import Atom, Position

__all__ = ["KINDS", "Preferences", "preferences_of"]

KINDS = ("red-line", "order", "want", "backing", "fear", "refusal", "gain", "cost")
"""Kinds of priorities, the most important first.

A red line comes first. Then the orders that the party states, which are worth more to it than what
it would get by breaking them; then what it wants. A plain refusal comes after that: whether it
would hold in return for what the party wants is not said. Last what is presumed: that it likes what
is promised or conceded to it, and that what it gives only in return it would rather not give.
"""


@dataclass(slots=True)
class _Row:
    kind: str
    issues: tuple[str, ...]
    evidence: dict[str, None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Preferences:
    """What was drawn for one party.

    Attributes:
        clauses: its priorities, in order.
        conflicts: issues that it is told both to want and not to want, with the evidence of the
            side that was left out.
        ties: groups of issues among which the texts give no order.
        gains: issues of others that it is presumed to like.
        costs: issues whose cost is presumed.
        issues: every issue that a clause speaks of.
    """

    clauses: tuple[DraftClause, ...]
    conflicts: tuple[tuple[str, tuple[str, ...]], ...]
    ties: tuple[tuple[str, ...], ...]
    gains: tuple[str, ...]
    costs: tuple[str, ...]
    issues: frozenset[str]


def preferences_of(
    party: str,
    positions: Sequence[Position],
    plans: Mapping[str, Plan],
    names: Mapping[str, str],
) -> Preferences:
    """Return the priorities of a party.

    Args:
        party: its name.
        positions: everybody's positions.
        plans: key to option, for the issues that became options.
        names: key to what statements call the option.
    """
    rows: dict[str, _Row] = {}

    def add(text: str, kind: str, issues: tuple[str, ...], evidence: str) -> None:
        row = rows.setdefault(text, _Row(kind, issues))
        if KINDS.index(kind) < KINDS.index(row.kind):
            row.kind = kind
        row.evidence[evidence] = None

    own = [p for p in positions if p.party == party]
    for position in own:
        for text, kind, issues in _said(position, plans, names):
            add(text, kind, issues, position.evidence.id)
    conflicts = _settle(rows)
    gains = []
    for position in positions:
        for text, issue in _gained(party, position, plans, names):
            stated = text in rows and rows[text].kind != "gain"
            if not stated and _opposite(text) not in rows:
                gains.append(issue)
                add(text, "gain", (issue,), position.evidence.id)
    costs = []
    for position in own:
        for gives in _given_for(position, plans):
            text = plans[gives.issue].text(replace(gives, done=not gives.done), names[gives.issue])
            wanted = plans[gives.issue].text(gives, names[gives.issue])
            if wanted in rows or (text in rows and rows[text].kind != "cost"):
                continue
            add(text, "cost", (gives.issue,), position.evidence.id)
            costs.append(gives.issue)
    ordered = sorted(rows.items(), key=lambda item: (KINDS.index(item[1].kind), -_weight(item[1])))
    return Preferences(
        tuple(DraftClause(text, row.kind, tuple(row.evidence)) for text, row in ordered),
        tuple(conflicts),
        tuple(_ties([row for _, row in ordered])),
        tuple(dict.fromkeys(gains)),
        tuple(dict.fromkeys(costs)),
        frozenset(issue for row in rows.values() for issue in row.issues),
    )


def _gained(
    party: str, position: Position, plans: Mapping[str, Plan], names: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Yield what a party is promised or given by another's statement: statement, issue."""
    gives = position.gives
    if (
        position.party == party
        or party not in position.towards
        or position.kind not in ("commitment", "concession", "offer")
        or gives is None
        or not gives.done
        or gives.issue not in plans
    ):
        return
    plan = plans[gives.issue]
    yield plan.text(gives, names[gives.issue]), gives.issue
    if len(plan.levels) > 2:
        yield names[gives.issue], gives.issue  # a part, or the promise, is better than nothing


def _opposite(text: str) -> str:
    return text.removeprefix("not ") if text.startswith("not ") else f"not {text}"


def _weight(row: _Row) -> int:
    return len(row.evidence)


def _said(
    position: Position, plans: Mapping[str, Plan], names: Mapping[str, str]
) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield what a position says of the preferences of its party: statement, kind, issues."""

    def text(atom: Atom, *, turned: bool = False) -> str:
        shown = replace(atom, done=not atom.done) if turned else atom
        return plans[atom.issue].text(shown, names[atom.issue])

    first = position.only_if
    if first is not None and first.issue in plans:
        for gives in _given_for(position, plans):
            both = (gives.issue, first.issue)
            yield f"{text(gives, turned=True)} if {text(first, turned=True)}", "order", both
        yield text(first), "want", (first.issue,)
    wants = position.wants
    if wants is not None and wants.issue in plans:
        yield text(wants), _kind(position), (wants.issue,)


def _given_for(position: Position, plans: Mapping[str, Plan]) -> Iterator[Atom]:
    """Yield what a party does only if something else comes first."""
    first = position.only_if
    if first is None or first.issue not in plans:
        return
    if position.everything:
        for key, plan in plans.items():
            if plan.issue.owner == position.party and key != first.issue and plan.status == 0:
                yield Atom(key)
        return
    gives = position.gives
    if gives is not None and gives.issue in plans and gives.issue != first.issue:
        yield gives


def _kind(position: Position) -> str:
    if position.firm:
        return "red-line"
    return {"endorsement": "backing", "threat-perception": "fear", "rejection": "refusal"}.get(
        position.kind, "want"
    )


def _settle(rows: dict[str, _Row]) -> list[tuple[str, tuple[str, ...]]]:
    """Where a party wants a thing and does not want it, keep what more statements say."""
    found = []
    for text in list(rows):
        other = _opposite(text)
        if text not in rows or other not in rows:
            continue
        red = rows[other].kind == "red-line" and rows[text].kind != "red-line"
        weak = text if red or _weight(rows[other]) > _weight(rows[text]) else other
        row = rows.pop(weak)
        found.append((row.issues[0], tuple(row.evidence)))
    return found


def _ties(rows: Sequence[_Row]) -> Iterator[tuple[str, ...]]:
    """Yield the groups of wishes that are equally often stated."""
    group: list[_Row] = []
    for row in [*rows, None]:
        same = bool(
            group and row and row.kind == group[0].kind and _weight(row) == _weight(group[0])
        )
        if not same:
            if len(group) > 1 and group[0].kind in ("want", "red-line", "refusal"):
                yield tuple(dict.fromkeys(row.issues[0] for row in group))
            group = []
        if row is not None:
            group.append(row)
