"""Diagnosis: is the status quo a deadlock, of which kind, and what shows it?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from detente.analysis.deadlock.array_facts import ArrayFacts
from detente.analysis.deadlock.facts import CaseFlags, Facts, Source, TargetFacts, headline
from detente.analysis.deadlock.literal_diagnosis import LiteralFacts
from detente.analysis.deadlock.perceptions import Misperception, misperception
from detente.analysis.deadlock.precedence import Edge, precedence_cycles
from detente.analysis.deadlock.scenario import Scenario
from detente.analysis.deadlock.verdicts import Diagnosis, Target
from detente.analysis.deadlock.wanted import check_diagnosable, wanted_target
from detente.analysis.results import Origin
from detente.analysis.stability import Algorithm, check_sequences
from detente.concepts.concept import Concept
from detente.concepts.table import choose
from detente.model.case import Case

__all__ = ["diagnose"]


def diagnose(
    case: Case | Scenario,
    *,
    concept: str = "seq",
    sequences: str = "legal",
    to: str | None = None,
    edges: Iterable[Edge] = (),
    algorithm: Algorithm = "auto",
) -> Diagnosis:
    """Say whether the status quo is a deadlock, and of which kind.

    The status quo s0 is a *deadlock* if it is stable for every party under the concept and some
    party at the table strictly prefers another feasible state. The *zone of agreement* Z holds
    the feasible states that nobody at the table likes less than s0 and somebody likes more. Each
    target in Z has a kind: it is an equilibrium or not, and a stop-proof path leads to it or not.
    The headline is the best kind among the targets that are Pareto-efficient within Z (without
    those flagged ``excluded-veto`` unless no others remain); ties are broken by the shortest path,
    then by state order.

    Commitment: Fearon (1995), Powell (2006), Walter (2002). Ripeness: Zartman (2000). Spoilers:
    Stedman (1997). Veto players: Cunningham (2011). Ratification: Putnam (1988). Steps: Admati
    and Perry (1991), Lockwood and Thomas (2002).

    Args:
        case: the case, or a scenario with joint moves.
        concept: id of a solution concept.
        sequences: rule for sequences of sanctioning moves.
        to: a state of the zone to look into, whether or not it is the headline.
        edges: more precedence edges, for instance from statements that were read.
        algorithm: ``array`` (also ``auto``) or ``literal``; both are exact and agree.

    Raises:
        CaseError: if there is no status quo, nobody is at the table, or ``to`` is infeasible, the
            status quo, or outside the zone.

    Example:
        >>> import detente
        >>> case = detente.load("cases/us-taliban-2019/two-step.yaml")
        >>> found = detente.diagnose(case)
        >>> found.kind, found.witness
        ('enforcement-problem', '11')
    """
    scenario = Scenario.of(case)
    case = scenario.case
    rule = check_sequences(sequences)
    (chosen,) = choose(case, [concept])
    check_diagnosable(case)
    target = None if to is None else wanted_target(case, to)
    used = "literal" if algorithm == "literal" else "array"
    source: Source = (LiteralFacts if used == "literal" else ArrayFacts)(scenario, chosen, rule)
    facts = source.facts(target)
    seen = misperception(case, source, facts.kind, {own.state: own.kind for own in facts.targets})
    return _assembled(
        scenario,
        Origin.of(case, rule, used),
        chosen,
        facts,
        source.case_flags(),
        seen,
        target,
        precedence_cycles(case, edges),
    )


def _assembled(
    scenario: Scenario,
    origin: Origin,
    concept: Concept,
    facts: Facts,
    of_case: CaseFlags,
    seen: Misperception | None,
    to: str | None,
    precedence: tuple[tuple[Edge, ...], ...],
) -> Diagnosis:
    witnesses: dict[str, Any] = {}
    if seen is not None and seen.kind != facts.kind:
        witnesses["misperception"] = seen.to_dict()
    if of_case.ratification_gap is not None:
        witnesses["ratification-gap"] = of_case.ratification_gap
    if of_case.linkage is not None:
        witnesses["linkage"] = of_case.linkage
    kind = facts.kind
    best = headline(facts.targets) if facts.deadlock else None
    reason = None
    if not facts.deadlock:
        reason = "content" if facts.breaking_move is None else "unstable"
    return Diagnosis(
        scenario=scenario,
        origin=origin,
        concept=concept.id,
        deadlock=facts.deadlock,
        kind=kind,
        reason=reason,
        witness=best.state if best else None,
        breaking_move=facts.breaking_move,
        zone=facts.zone,
        minimal_subsets=facts.minimal_subsets if kind == "no-zone" else (),
        ripeness=facts.ripeness,
        targets=tuple(_target(own) for own in facts.targets),
        flags=tuple(witnesses),
        witnesses=witnesses,
        precedence=precedence,
        not_applicable=_not_applicable(scenario.case),
        concepts=facts.concepts,
        to=to,
    )


def _target(facts: TargetFacts) -> Target:
    return Target(
        state=facts.state,
        kind=facts.kind,
        flags=tuple(facts.witnesses),
        witnesses=facts.witnesses,
        path=facts.path,
        broken=facts.broken,
        efficient=facts.efficient,
        unstable_for=facts.unstable_for,
        stable_under=facts.stable_under,
        detailed=facts.detailed,
    )


def _not_applicable(case: Case) -> tuple[str, ...]:
    """Return the flags that do not apply: not "none found", but "there is nothing to look at"."""
    names = []
    if case.graph is not None:
        names += ["excluded-owner", "excluded-veto", "reversibility-asymmetry"]
    if not case.perceptions:
        names.append("misperception")
    if not any(party.outside and party.constituent_of for party in case.parties):
        names.append("ratification-gap")
    if len({option.issue for option in case.options if option.issue}) < 2:
        names.append("linkage")
    return tuple(names)
