"""The table of solution concepts: everything that lists concepts reads it."""

from __future__ import annotations

from collections.abc import Iterable

from detente.concepts.concept import Concept
from detente.concepts.gmr import GMR
from detente.concepts.nash import NASH
from detente.concepts.seq import SEQ
from detente.concepts.sim import SIM
from detente.concepts.smr import SMR
from detente.concepts.sseq import SSEQ
from detente.model.case import Case
from detente.model.errors import CaseError, nearest

__all__ = ["CONCEPTS", "SIM_DEFAULT_STATES", "choose"]

CONCEPTS: dict[str, Concept] = {c.id: c for c in (NASH, GMR, SMR, SEQ, SSEQ, SIM)}

SIM_DEFAULT_STATES = 10_000
"""Above this many combinations of levels SIM is computed only when it is named."""


def choose(case: Case, names: Iterable[str] | None) -> tuple[Concept, ...]:
    """Return the concepts to compute for a case, in the order of the table.

    Args:
        case: the case.
        names: concept ids; ``None`` for all that are defined for the case's form (without SIM
            above 10,000 combinations of levels).

    Raises:
        CaseError: for an unknown id, or one that is not defined for the case's form.
    """
    if names is None:
        defined = [c for c in CONCEPTS.values() if case.form in c.forms]
        return tuple(c for c in defined if c is not SIM or case.cells <= SIM_DEFAULT_STATES)
    wanted = {name.strip().lower() for name in names}
    for name in sorted(wanted - set(CONCEPTS)):
        close = nearest(name, CONCEPTS)
        raise CaseError(
            f"there is no solution concept '{name}'",
            rule=f"the concepts are {', '.join(CONCEPTS)}",
            hint=f"did you mean '{close}'?" if close else "use one or more of these ids",
        )
    for name in sorted(wanted):
        if case.form not in CONCEPTS[name].forms:
            raise CaseError(
                f"{CONCEPTS[name].abbreviation} is not defined in {case.form} form",
                rule="it combines the parties' own options",
                hint="leave it out, or describe the case by options",
            )
    return tuple(c for c in CONCEPTS.values() if c.id in wanted)
