"""Stability: which states each party would stay in, and which are equilibria."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from detente.analysis.results import Displayed, Origin
from detente.concepts.concept import Concept
from detente.concepts.game import Game
from detente.concepts.table import choose
from detente.engine.arrays import Arrays
from detente.engine.compile import compile_case
from detente.engine.sanctions import SEQUENCES, Engine
from detente.engine.states import codes_of
from detente.model.case import Case
from detente.model.errors import CaseError

__all__ = ["SUMMARY_STATES", "Algorithm", "ConceptResult", "Stability", "check_sequences", "solve"]

Algorithm = Literal["auto", "array", "dense", "literal"]

SUMMARY_STATES = 10_000
"""Above this many feasible states, lists are replaced by their lengths unless asked for."""

DENSE_STATES = 400_000
"""From this many feasible states the compiled kernel repays the time to import it."""


@dataclass(frozen=True)
class ConceptResult:
    """Stability under one solution concept.

    Attributes:
        concept: the row of the table of concepts.
        masks: for each party, bool over the feasible states, shape ``(N,)``, read-only.
        result: the result that it belongs to.
    """

    concept: Concept
    masks: Mapping[str, NDArray[np.bool_]]
    result: Stability

    @cached_property
    def stable(self) -> dict[str, tuple[str, ...]]:
        """Party id -> the states that are stable for it."""
        return {party: self.result.pick(mask) for party, mask in self.masks.items()}

    @cached_property
    def equilibrium_mask(self) -> NDArray[np.bool_]:
        """Where every party is stable, bool, shape ``(N,)``."""
        mask: NDArray[np.bool_] = np.logical_and.reduce(list(self.masks.values()))
        return mask

    @property
    def equilibria(self) -> tuple[str, ...]:
        """The states that are stable for every party."""
        return self.result.pick(self.equilibrium_mask)


@dataclass(frozen=True)
class Stability(Displayed):
    """The result of :func:`solve`.

    Attributes:
        case: the case that was solved.
        origin: how to repeat it.
        cells: the feasible cells, int64, shape ``(N,)``.
        results: concept id -> result, in the order of the table of concepts.
    """

    case: Case
    origin: Origin
    cells: NDArray[np.int64]
    results: dict[str, ConceptResult]

    def __getitem__(self, concept: str) -> ConceptResult:
        """Return the result under one concept, by id."""
        return self.results[concept]

    def __iter__(self) -> Iterator[ConceptResult]:
        """Iterate over the results."""
        return iter(self.results.values())

    @property
    def concepts(self) -> tuple[str, ...]:
        """Ids of the concepts computed."""
        return tuple(self.results)

    @cached_property
    def states(self) -> tuple[str, ...]:
        """The feasible states: codes, or labels in graph form."""
        return codes_of(self.case, self.cells)

    @property
    def status_quo(self) -> str | None:
        """The state now."""
        return self.case.status_quo

    def pick(self, mask: NDArray[np.bool_]) -> tuple[str, ...]:
        """Return the states where ``mask`` (shape ``(N,)``) is true."""
        return codes_of(self.case, self.cells[mask])

    def to_dict(self, *, summary: bool | None = None) -> dict[str, Any]:
        """Return the JSON document of ``detente solve --json``.

        Args:
            summary: replace each list by its length; ``None``: above 10,000 states.
        """
        short = len(self.cells) > SUMMARY_STATES if summary is None else summary

        def shown(mask: NDArray[np.bool_]) -> int | list[str]:
            return int(np.count_nonzero(mask)) if short else list(self.pick(mask))

        return {
            **self.origin.to_dict(),
            "states": len(self.cells) if short else list(self.states),
            "status_quo": self.status_quo,
            "parties": list(self.case.party_ids),
            "concepts": {
                result.concept.id: {
                    "stable": {party: shown(mask) for party, mask in result.masks.items()},
                    "equilibria": shown(result.equilibrium_mask),
                }
                for result in self
            },
        }

    def to_pandas(self) -> Any:
        """Return a data frame: a row for each state, a column for each concept and party.

        Raises:
            ImportError: if pandas is not installed.
        """
        import pandas

        columns: dict[Any, Any] = {}
        for key, option in enumerate(self.case.options):
            names = np.array(option.levels, dtype=object)
            digits = [int(code[key]) for code in self.states]
            columns["option", option.key] = names[digits]
        for result in self:
            for party, mask in result.masks.items():
                columns[result.concept.id, party] = mask
            columns[result.concept.id, "equilibrium"] = result.equilibrium_mask
        frame = pandas.DataFrame(columns, index=pandas.Index(self.states, name="state"))
        frame.columns = pandas.MultiIndex.from_tuples(list(columns))
        return self.origin.marked(frame)


def check_sequences(rule: str) -> str:
    """Return ``rule`` if it is a rule for sequences of sanctioning moves.

    Raises:
        CaseError: if it is not.
    """
    if rule not in SEQUENCES:
        raise CaseError(
            f"there is no sequence rule '{rule}'",
            rule=f"the rules are {', '.join(SEQUENCES)}",
            hint="'legal' is the one of the current literature",
        )
    return rule


def solve(
    case: Case,
    concepts: Iterable[str] | None = None,
    sequences: str = "legal",
    *,
    algorithm: Algorithm = "auto",
) -> Stability:
    """Find which states are stable, for whom and under which concepts.

    Args:
        case: the case.
        concepts: ids of solution concepts; ``None`` for all that apply (SIM only up to 10,000
            combinations of levels).
        sequences: rule for sequences of sanctioning moves: ``legal`` (nobody moves twice
            running), ``once`` (each party at most once) or ``single`` (one move).
        algorithm: ``auto``; or one of ``array`` (kernels over feasible states), ``dense``
            (compiled kernels over all cells; legal sequences and transitive moves only) and
            ``literal`` (sets, straight from the definitions). All are exact and agree.

    Raises:
        CaseError: if the case cannot be solved as asked.

    Example:
        >>> import detente
        >>> case = detente.load("cases/us-taliban-2019/two-step.yaml")
        >>> detente.solve(case)["seq"].equilibria
        ('00', '10')
    """
    rule = check_sequences(sequences)
    chosen = choose(case, concepts)
    arrays = compile_case(case)
    used = _algorithm(algorithm, arrays, rule)
    if used == "literal":
        masks = _literal(case, chosen, rule)
    elif used == "dense":
        masks = _dense(arrays, chosen)
    else:
        engine = Engine(arrays, rule)
        masks = {c.id: [_array(c, engine, i) for i in engine.parties] for c in chosen}
    results: dict[str, ConceptResult] = {}
    stability = Stability(case, Origin.of(case, rule, used), arrays.states, results)
    for concept in chosen:
        for mask in masks[concept.id]:
            mask.setflags(write=False)
        by_party = dict(zip(case.party_ids, masks[concept.id], strict=True))
        results[concept.id] = ConceptResult(concept, by_party, stability)
    return stability


def _algorithm(wanted: Algorithm, arrays: Arrays, rule: str) -> str:
    able = arrays.listed is None and rule == "legal" and arrays.transitive
    if wanted == "auto":
        return "dense" if able and len(arrays.states) >= DENSE_STATES else "array"
    if wanted == "dense" and not able:
        raise CaseError(
            "the dense algorithm does not apply to this case",
            rule="option form, legal sequences, and moves that are transitive",
            hint="use 'array'",
        )
    return wanted


def _array(concept: Concept, engine: Engine, party: int) -> NDArray[np.bool_]:
    if engine.arrays.parties[party].indifferent:  # no move is an improvement: it always stays
        return np.ones(len(engine.arrays.states), dtype=np.bool_)
    return concept.array(engine, party)


def _literal(
    case: Case, concepts: tuple[Concept, ...], rule: str
) -> dict[str, list[NDArray[np.bool_]]]:
    game = Game.of(case)
    return {
        c.id: [
            np.array([c.literal(game, party, s, rule) for s in game.states], dtype=np.bool_)
            for party in game.parties
        ]
        for c in concepts
    }


def _dense(arrays: Arrays, concepts: tuple[Concept, ...]) -> dict[str, list[NDArray[np.bool_]]]:
    from detente.engine.dense import stable_dense  # imports numba: only for large models

    kernel = [c.id for c in concepts if c.sanctions != "simultaneous"]
    moves = [None if p.complete else p.joint for p in arrays.parties]
    cells = stable_dense(
        arrays.shape, arrays.feasible, arrays.payoffs, moves, concepts=tuple(kernel)
    )
    masks = {name: [mask[arrays.feasible] for mask in by_party] for name, by_party in cells.items()}
    engine = Engine(arrays)
    for concept in concepts:
        if concept.id not in masks:
            masks[concept.id] = [_array(concept, engine, i) for i in engine.parties]
    return masks
