"""What can be asked of a diagnosis, with one clear message where something cannot."""

from __future__ import annotations

import numpy as np

from detente.engine.compile import compile_case
from detente.engine.states import cell_of
from detente.model.case import Case
from detente.model.errors import CaseError, Where

__all__ = ["check_diagnosable", "wanted_target"]


def check_diagnosable(case: Case) -> str:
    """Return the status quo.

    Raises:
        CaseError: if there is none, or every party is outside.
    """
    if case.status_quo is None:
        raise CaseError(
            "the case has no status quo",
            where=Where(case.source),
            rule="a deadlock is a property of the state in which the parties are now",
            hint="add 'status_quo:' to the case file",
        )
    if all(party.outside for party in case.parties):
        raise CaseError(
            "every party is outside",
            where=case.places.get("parties", Where(case.source)),
            rule="a negotiation has at least one party at the table",
            hint="remove 'outside: true' from those that negotiate",
        )
    return case.status_quo


def wanted_target(case: Case, to: str) -> str:
    """Return the canonical id of a target in the zone of agreement.

    Raises:
        CaseError: if it is infeasible, the status quo, or outside the zone; the message says who
            would be worse off.
    """
    start = check_diagnosable(case)
    state = case.state(to)
    arrays = compile_case(case)
    index = int(arrays.position[cell_of(case, state)])
    where = Where(case.source)
    named = state if state == to else f"{to} ({state})"
    if index < 0:
        raise CaseError(
            f"the target {named} is infeasible",
            where=where,
            rule="a target is a feasible state",
            hint="choose another state, or correct 'infeasible'",
        )
    if state == start:
        raise CaseError(
            f"the target {named} is the status quo",
            where=where,
            rule="a target is another state than the status quo",
            hint="choose the state that an agreement should reach",
        )
    home = int(arrays.position[cell_of(case, start)])
    worse: list[str] = []
    better: list[str] = []
    for k, party in enumerate(case.parties):
        own = arrays.state_payoffs(k)
        if not party.outside:
            gain = np.sign(int(own[index]) - int(own[home]))
            if gain < 0:
                worse.append(party.name)
            elif gain > 0:
                better.append(party.name)
    if worse or not better:
        why = (
            f"worse off there than at the status quo {start}: {', '.join(worse)}"
            if worse
            else f"nobody at the table prefers it to the status quo {start}"
        )
        raise CaseError(
            f"the target {named} is outside the zone of agreement; {why}",
            where=where,
            rule="no party at the table may lose by a target, and one must gain",
            hint="'detente diagnose' lists the zone",
        )
    return state
