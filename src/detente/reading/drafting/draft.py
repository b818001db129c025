"""Positions -> a draft: the parts put together."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from detente.reading.drafting.options import Plan, choose, plan_of, slug
from detente.reading.drafting.preferences import Preferences, preferences_of
from detente.reading.drafting.table import at_the_table
from detente.reading.drafting.types import Draft, DraftLaw, DraftOption, DraftParty, Question
from detente.reading.positions import Evidence, Position, Positions
from detente.reading.positions.deeds import needs_of

__all__ = ["MOST_OPTIONS", "draft"]

MOST_OPTIONS = 10
"""Options of a draft unless asked otherwise: some thousand states, which a person can look over."""


def draft(
    positions: Positions,
    statements: Sequence[Evidence],
    *,
    table: Sequence[str] = (),
    most: int = MOST_OPTIONS,
    lasting: Collection[str] = (),
) -> Draft:
    """Return a proposal for a case.

    Args:
        positions: what the statements say.
        statements: the statements, in order of the texts.
        table: names of the parties at the table; without it, see :func:`at_the_table`.
        most: most options; what is left out is listed.
        lasting: ids of options, ``option`` or ``party.option``, that cannot be taken back.

    Returns:
        The draft. It has no parties if the statements have no position on anybody's deed.
    """
    seated = tuple(table) or at_the_table(positions)
    issues, left_out = choose(positions, seated, most)
    members = _members(positions, seated, table, {issue.key for issue in issues})
    ids: dict[str, str] = {}
    for name in members:
        ids[name] = slug(name, set(ids.values()))
    option_ids: dict[str, str] = {}
    plans: dict[str, Plan] = {}
    for name in members:
        taken: set[str] = set()
        for issue in issues:
            if issue.owner != name:
                continue
            option = slug(issue.deed if issue.known else issue.name, taken)
            taken.add(option)
            option_ids[issue.key] = option
            asked = option in lasting or f"{ids[name]}.{option}" in lasting
            plans[issue.key] = plan_of(issue, positions.positions, asked)
    names = {key: _called(key, option_ids, ids, plans) for key in plans}
    wishes = {name: preferences_of(name, positions.positions, plans, names) for name in members}
    about = [p for p in positions.positions if any(a.issue in plans for a in p.atoms)]
    parties = tuple(
        DraftParty(
            ids[name],
            name,
            name not in seated,
            tuple(
                DraftOption(
                    option_ids[key],
                    ids[name],
                    names[key],
                    _capital(plan.issue.name),
                    plan.levels,
                    plan.levels[plan.status],
                    plan.forward,
                    plan.evidence,
                    plan.issue.phrases,
                )
                for key, plan in plans.items()
                if plan.issue.owner == name
            ),
            wishes[name].clauses,
            _evidence(name, about, plans),
        )
        for name in members
    )
    keys = {key: f"{ids[plan.issue.owner]}.{option_ids[key]}" for key, plan in plans.items()}
    return Draft(
        parties,
        tuple(_laws(plans, names)),
        tuple(_questions(positions, seated, ids, plans, keys, wishes)),
        left_out,
        positions.unused,
        {evidence.id: evidence for evidence in statements},
    )


def _evidence(name: str, about: Sequence[Position], plans: Mapping[str, Plan]) -> tuple[str, ...]:
    """Return the statements in which a party takes a position; without any, those on its deeds."""
    own = dict.fromkeys(p.evidence.id for p in about if p.party == name)
    owned = [plan for plan in plans.values() if plan.issue.owner == name]
    return tuple(own or dict.fromkeys(id for plan in owned for id in plan.evidence))


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def _members(
    positions: Positions, seated: Sequence[str], asked: Collection[str], kept: Collection[str]
) -> list[str]:
    """Return the parties of the case: those at the table, then others that own or want a thing."""
    involved: dict[str, None] = {}
    for position in positions.positions:
        for atom in position.atoms:
            if atom.issue in kept:
                if position.wants is not None or position.only_if is not None:
                    involved[position.party] = None
                involved[positions.issues[atom.issue].owner] = None
    first = [name for name in seated if name in involved or name in asked]
    return [*first, *(name for name in involved if name not in first)]


def _called(
    key: str, option_ids: Mapping[str, str], ids: Mapping[str, str], plans: Mapping[str, Plan]
) -> str:
    """Return how statements call an option: by its id alone where only one has it."""
    option = option_ids[key]
    if sum(other == option for other in option_ids.values()) == 1:
        return option
    return f"{ids[plans[key].issue.owner]}.{option}"


def _laws(plans: Mapping[str, Plan], names: Mapping[str, str]) -> Iterator[DraftLaw]:
    """Yield the constraints: what cannot be without another deed."""
    for key, plan in plans.items():
        needed = needs_of(plan.issue.deed) if plan.issue.known else None
        others = [k for k, other in plans.items() if needed and other.issue.deed == needed]
        same = [k for k in others if plans[k].issue.owner == plan.issue.owner]
        for other in same or others[:1]:
            if plan.status > 0 and plans[other].status == 0:
                continue  # it is so already: the status quo must be possible
            evidence = dict.fromkeys((*plan.evidence, *plans[other].evidence))
            yield DraftLaw(f"{names[key]} and not {names[other]}", tuple(evidence))


def _questions(
    positions: Positions,
    table: Sequence[str],
    ids: Mapping[str, str],
    plans: Mapping[str, Plan],
    keys: Mapping[str, str],
    wishes: Mapping[str, Preferences],
) -> Iterator[Question]:
    """Yield what the texts do not say."""
    for name, wish in wishes.items():
        party = ids[name]
        silent = [key for key in plans if key not in wish.issues]
        if not wish.clauses:
            yield Question("unstated", party, ())
        elif name in table and silent:
            yield Question("unstated", party, tuple(keys[key] for key in silent))
        for group in wish.ties:
            if len(group) > 1:
                yield Question("order", party, tuple(keys[key] for key in group))
        for key, evidence in wish.conflicts:
            yield Question("conflict", party, (keys[key],), evidence)
        if wish.gains:
            yield Question("gain", party, tuple(keys[key] for key in wish.gains))
        if wish.costs:
            yield Question("cost", party, tuple(keys[key] for key in wish.costs))
    for position in positions.positions:
        fields = position.evidence.fields
        lost = position.gives is None and not position.everything
        first = position.only_if
        if fields.get("after") and lost and first is not None and first.issue in plans:
            party = ids[position.party]
            yield Question("order-lost", party, (keys[first.issue],), (position.evidence.id,))
    for key, plan in plans.items():
        if plan.guessed:
            yield Question("owner", ids[plan.issue.owner], (keys[key],), plan.guessed)
        threats = [
            p.evidence.id
            for p in positions.positions
            if p.kind == "threat" and p.gives is not None and p.gives.issue == key
        ]
        if threats:
            yield Question("threat", ids[plan.issue.owner], (keys[key],), tuple(threats))
        if "promised" in plan.levels:
            yield Question("promise", ids[plan.issue.owner], (keys[key],), plan.evidence)
    both = tuple(keys[key] for key, plan in plans.items() if not plan.forward)
    if both:
        yield Question("reversible", None, both)
