"""Coalitions: which states groups of parties would leave together.

A state is *stable for a coalition H* under a coalition concept if H would stay; *universally
stable* if it is so for every non-empty H, single parties included (Kilgour, Hipel, Fang and Peng
2001; Inohara and Hipel 2008). A state that every single party would stay in and some larger
coalition would leave is *vulnerable*: an equilibrium that a deal between a few can undo.

For single parties CNash, CGMR and CSMR are Nash, GMR and SMR. CSEQ lets the others answer by
coalition improvements, so SEQ implies CSEQ for a single party, not the reverse.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from detente.analysis.results import Displayed, Origin
from detente.analysis.stability import check_sequences
from detente.concepts.coalition import (
    COALITION_CONCEPTS,
    VARIANTS,
    CoalitionConcept,
    Group,
    LiteralCoalitions,
    subsets,
)
from detente.concepts.coalition_arrays import ArrayCoalitions
from detente.engine.arrays import Arrays
from detente.engine.compile import compile_case
from detente.engine.states import codes_of
from detente.model.case import Case
from detente.model.errors import CaseError, Where, nearest

if TYPE_CHECKING:
    from detente.analysis.coalition.moves import JointImprovement

__all__ = [
    "MOST_PARTIES",
    "MOST_STATES",
    "CoalitionResult",
    "CoalitionStability",
    "Variant",
    "coalitions",
    "group_of",
]

Variant: TypeAlias = Literal["sequences", "merged"]

MOST_STATES = 1 << 14
"""Most feasible states: sets of states are kept for every state, N²/8 bytes each."""

MOST_PARTIES = 8
"""Most parties for which all 2^n - 1 coalitions are taken unasked."""


@dataclass(frozen=True)
class CoalitionResult:
    """Coalition stability under one concept.

    Attributes:
        concept: the row of the table of coalition concepts.
        masks: coalition -> bool over the feasible states, shape ``(N,)``, read-only.
        rest: merged variant: coalition -> party outside it -> the same, in the game in which the
            coalition is one player; empty otherwise.
        result: the result that it belongs to.
    """

    concept: CoalitionConcept
    masks: Mapping[Group, NDArray[np.bool_]]
    rest: Mapping[Group, Mapping[str, NDArray[np.bool_]]]
    result: CoalitionStability

    @cached_property
    def stable(self) -> dict[Group, tuple[str, ...]]:
        """Coalition -> the states that are stable for it."""
        return {group: self.result.pick(mask) for group, mask in self.masks.items()}

    @cached_property
    def coalition_stable(self) -> tuple[str, ...]:
        """The states that are stable for every coalition computed."""
        return self.result.pick(_all(self.masks.values()))

    @property
    def universally_stable(self) -> tuple[str, ...] | None:
        """The states stable for every non-empty coalition; ``None`` if not all were computed."""
        return self.coalition_stable if self.result.complete else None

    @cached_property
    def vulnerable(self) -> dict[str, tuple[Group, ...]]:
        """State -> the coalitions of two or more that leave it, though no single party would.

        Only where all single parties were computed, else empty.
        """
        singles = [(party,) for party in self.result.case.party_ids]
        if any(single not in self.masks for single in singles):
            return {}
        steady = _all(self.masks[single] for single in singles)
        found = {}
        for k in np.flatnonzero(steady).tolist():
            leaving = tuple(g for g, mask in self.masks.items() if len(g) > 1 and not mask[k])
            if leaving:
                found[self.result.states[k]] = leaving
        return found

    def equilibria(self, group: Group) -> tuple[str, ...]:
        """Return the equilibria of the game in which ``group`` is one player (merged variant)."""
        return self.result.pick(_all([self.masks[group], *self.rest[group].values()]))


@dataclass(frozen=True)
class CoalitionStability(Displayed):
    """The result of :func:`coalitions`.

    Attributes:
        case: the case.
        origin: how to repeat it.
        variant: ``sequences`` or ``merged``.
        groups: the coalitions computed, the smallest first.
        cells: the feasible cells, int64, shape ``(N,)``.
        results: concept id -> result.
    """

    case: Case
    origin: Origin
    variant: str
    groups: tuple[Group, ...]
    cells: NDArray[np.int64]
    results: dict[str, CoalitionResult]

    def __getitem__(self, concept: str) -> CoalitionResult:
        """Return the result under one concept, by id (``nash``, ``gmr``, ``smr``, ``seq``)."""
        return self.results[concept]

    @cached_property
    def states(self) -> tuple[str, ...]:
        """The feasible states: codes, or labels in graph form."""
        return codes_of(self.case, self.cells)

    @property
    def complete(self) -> bool:
        """True if every non-empty coalition was computed."""
        every: int = 2 ** len(self.case.parties) - 1
        return len(self.groups) == every

    def pick(self, mask: NDArray[np.bool_]) -> tuple[str, ...]:
        """Return the states where ``mask`` (shape ``(N,)``) is true."""
        return codes_of(self.case, self.cells[mask])

    def improvements(self, group: str | Sequence[str], state: str) -> tuple[JointImprovement, ...]:
        """Return R_H++(state) with how the coalition gets there and what the others can do.

        Args:
            group: a coalition: party ids, or text such as ``"us,russia"``. It need not be among
                the coalitions computed.
            state: a feasible state.

        Raises:
            CaseError: if there is no such party or state.
        """
        from detente.analysis.coalition.moves import joint_improvements

        concepts = tuple(result.concept for result in self.results.values())
        return joint_improvements(
            self.case,
            group_of(self.case, group),
            state,
            concepts,
            self.origin.sequences,
            self.variant,
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON document: per concept the stable states of each coalition."""
        return {
            **self.origin.to_dict(),
            "variant": self.variant,
            "states": list(self.states),
            "status_quo": self.case.status_quo,
            "parties": list(self.case.party_ids),
            "complete": self.complete,
            "concepts": {name: self._concept(result) for name, result in self.results.items()},
        }

    def _concept(self, result: CoalitionResult) -> dict[str, Any]:
        groups: list[dict[str, Any]] = []
        for group, stable in result.stable.items():
            entry: dict[str, Any] = {"coalition": list(group), "stable": list(stable)}
            if self.variant == "merged":
                rest = result.rest[group]
                entry["others"] = {party: list(self.pick(mask)) for party, mask in rest.items()}
                entry["equilibria"] = list(result.equilibria(group))
            groups.append(entry)
        universal = result.universally_stable
        return {
            "abbreviation": result.concept.abbreviation,
            "coalitions": groups,
            "coalition_stable": list(result.coalition_stable),
            "universally_stable": None if universal is None else list(universal),
            "vulnerable": {
                state: [list(group) for group in leaving]
                for state, leaving in result.vulnerable.items()
            },
        }


def group_of(case: Case, group: str | Iterable[str]) -> Group:
    """Return a coalition in canonical form: known parties, once each, in declared order.

    Args:
        case: the case.
        group: party ids, or text with commas between them.

    Raises:
        CaseError: if it is empty, or names a party that there is not.
    """
    names = group.split(",") if isinstance(group, str) else group
    wanted = {case.party(name.strip()).id for name in names if name.strip()}
    if not wanted:
        raise CaseError(
            "the coalition is empty",
            where=Where(case.source),
            rule="a coalition has at least one party",
            hint=f"name some of {', '.join(case.party_ids)}",
        )
    return tuple(party for party in case.party_ids if party in wanted)


def coalitions(
    case: Case,
    concepts: Iterable[str] | None = None,
    groups: Iterable[str | Iterable[str]] | None = None,
    sequences: str = "legal",
    variant: Variant = "sequences",
    *,
    algorithm: Literal["array", "literal"] = "array",
) -> CoalitionStability:
    """Find which states each coalition would stay in.

    Args:
        case: the case.
        concepts: ids ``nash``, ``gmr``, ``smr``, ``seq``; ``None`` for all four.
        groups: the coalitions; ``None`` for every non-empty set of parties (at most 8 parties).
        sequences: rule for every sequence of moves: of the coalition, and of the answers.
        variant: ``sequences``, or ``merged``: the coalition is one player that makes one joint
            move over its options (option form only).
        algorithm: ``array`` or ``literal``; both are exact and agree.

    Raises:
        CaseError: if the case cannot be analysed as asked.
    """
    rule = check_sequences(sequences)
    chosen = _choose(concepts)
    if variant not in VARIANTS:
        raise CaseError(
            f"there is no coalition variant '{variant}'",
            rule=f"the variants are {', '.join(VARIANTS)}",
            hint="'sequences' is the one of the literature",
        )
    if variant == "merged" and case.graph is not None:
        raise CaseError(
            "the merged variant does not apply to a graph-form case",
            where=Where(case.source),
            rule="a joint move combines the members' own options, and graph form has none",
            hint="use the variant 'sequences', or describe the case by options",
        )
    wanted = _groups(case, groups)
    arrays = compile_case(case)
    if len(arrays.states) > MOST_STATES:
        raise CaseError(
            f"coalition analysis does not take {len(arrays.states):,} states",
            where=Where(case.source),
            rule=f"at most {MOST_STATES:,} feasible states",
            hint="leave out options that the coalitions do not touch",
        )
    solver = (
        _Literal(case, rule, variant)
        if algorithm == "literal"
        else _Arrays(case, arrays, rule, variant)
    )
    origin = Origin.of(case, rule, algorithm)
    results: dict[str, CoalitionResult] = {}
    answer = CoalitionStability(case, origin, variant, wanted, arrays.states, results)
    for concept in chosen:
        masks = {group: solver.mask(concept, group, group) for group in wanted}
        rest = {}
        if variant == "merged":
            rest = {
                group: {
                    party: solver.mask(concept, (party,), group)
                    for party in case.party_ids
                    if party not in group
                }
                for group in wanted
            }
        results[concept.id] = CoalitionResult(concept, masks, rest, answer)
    return answer


class _Arrays:
    def __init__(self, case: Case, arrays: Arrays, rule: str, variant: str) -> None:
        self.index = {party: k for k, party in enumerate(case.party_ids)}
        self.solver = ArrayCoalitions(arrays, rule, variant)

    def mask(self, concept: CoalitionConcept, group: Group, merged: Group) -> NDArray[np.bool_]:
        mask = self.solver.stable(
            concept,
            tuple(self.index[i] for i in group),
            tuple(self.index[i] for i in merged),
        )
        mask.setflags(write=False)
        return mask


class _Literal:
    def __init__(self, case: Case, rule: str, variant: str) -> None:
        self.solver = LiteralCoalitions(case, rule, variant)

    def mask(self, concept: CoalitionConcept, group: Group, merged: Group) -> NDArray[np.bool_]:
        states = self.solver.game.states
        stable = [self.solver.stable(concept, group, s, merged) for s in states]
        mask = np.array(stable, dtype=np.bool_)
        mask.setflags(write=False)
        return mask


def _choose(names: Iterable[str] | None) -> tuple[CoalitionConcept, ...]:
    if names is None:
        return tuple(COALITION_CONCEPTS.values())
    wanted = {name.strip().lower() for name in names}
    for name in sorted(wanted - set(COALITION_CONCEPTS)):
        close = nearest(name, COALITION_CONCEPTS)
        raise CaseError(
            f"'{name}' is not defined for coalitions",
            rule=f"the coalition concepts are {', '.join(COALITION_CONCEPTS)}",
            hint=f"did you mean '{close}'?" if close else "use one or more of these ids",
        )
    return tuple(c for c in COALITION_CONCEPTS.values() if c.id in wanted)


def _groups(case: Case, groups: Iterable[str | Iterable[str]] | None) -> tuple[Group, ...]:
    if groups is not None:
        wanted = {group_of(case, group) for group in groups}
        place = {party: k for k, party in enumerate(case.party_ids)}
        return tuple(sorted(wanted, key=lambda g: (len(g), [place[i] for i in g])))
    if len(case.parties) > MOST_PARTIES:
        raise CaseError(
            f"{len(case.parties)} parties form {2 ** len(case.parties) - 1:,} coalitions",
            where=Where(case.source),
            rule=f"all coalitions are computed for at most {MOST_PARTIES} parties",
            hint="name the coalitions of interest",
        )
    return subsets(case.party_ids)


def _all(masks: Iterable[NDArray[np.bool_]]) -> NDArray[np.bool_]:
    together: NDArray[np.bool_] = np.logical_and.reduce(list(masks))
    return together
