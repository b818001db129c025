"""Which states of a result are shown, in which order: filters and sorting."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.analysis.stability import SUMMARY_STATES, ConceptResult, Stability
from detente.concepts.table import choose
from detente.engine.compile import compile_case
from detente.engine.evaluate import truth
from detente.engine.states import cell_of, codes_of
from detente.model.errors import CaseError, Where, nearest
from detente.model.grammar import OptionNames, parse_statement
from detente.report.words import Words

__all__ = ["SORTS", "Selection", "select"]

SORTS = ("code", "name", "equilibria")
"""Ways to sort, besides the parties' preferences."""


@dataclass(frozen=True)
class Selection:
    """A result of which some states are shown.

    Attributes:
        result: the whole result.
        chosen: indices of the states shown, in the order to show them; ``None``: all, in the
            order of their codes (a large case then needs no list of indices).
        where: the statement that they fulfil, as written; ``None``: no such filter.
        equilibria: id of the concept of which they are equilibria; ``None``: no such filter.
        sort: ``code``, ``name``, ``equilibria`` or the id of a party.
        summary: True if only counts are to be shown.
    """

    result: Stability
    chosen: NDArray[np.int64] | None
    where: str | None = None
    equilibria: str | None = None
    sort: str = "code"
    summary: bool = False
    words: Words = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", Words(self.result.case))

    @property
    def filtered(self) -> bool:
        """True if a filter was asked for, even if it keeps every state."""
        return self.where is not None or self.equilibria is not None

    @property
    def size(self) -> int:
        """How many states are shown."""
        return len(self.result.cells if self.chosen is None else self.chosen)

    @property
    def states(self) -> tuple[str, ...]:
        """The states shown, in order."""
        if self.chosen is None:
            return self.result.states
        return codes_of(self.result.case, self.result.cells[self.chosen])

    def over(self, mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return ``mask`` (over all states) over the states shown, in their order."""
        return mask if self.chosen is None else mask[self.chosen]

    def pick(self, mask: NDArray[np.bool_]) -> tuple[str, ...]:
        """Return those of the states shown where ``mask`` (over all states) is true."""
        if self.chosen is None:
            return self.result.pick(mask)
        return codes_of(self.result.case, self.result.cells[self.chosen[self.over(mask)]])

    def count(self, mask: NDArray[np.bool_]) -> int:
        """Return how many of the states shown have ``mask`` true."""
        return int(np.count_nonzero(self.over(mask)))

    def position(self, state: str) -> int:
        """Return the index of a feasible state among all states."""
        return int(np.searchsorted(self.result.cells, cell_of(self.result.case, state)))

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON document of ``detente solve --json``: the kept states only."""
        document = self.result.to_dict(summary=True)
        document["states"] = self.size if self.summary else list(self.states)
        if self.filtered:
            document["filter"] = {
                "where": self.where,
                "equilibria": self.equilibria,
                "kept": self.size,
                "of": len(self.result.cells),
            }
        if self.sort != "code":
            document["sort"] = self.sort
        if not self.summary:
            document["concepts"] = {
                r.concept.id: {
                    "stable": {party: list(self.pick(mask)) for party, mask in r.masks.items()},
                    "equilibria": list(self.pick(r.equilibrium_mask)),
                }
                for r in self.result
            }
        elif self.filtered:
            document["concepts"] = {
                r.concept.id: {
                    "stable": {party: self.count(mask) for party, mask in r.masks.items()},
                    "equilibria": self.count(r.equilibrium_mask),
                }
                for r in self.result
            }
        return document


def select(
    result: Stability,
    where: str | None = None,
    equilibria: str | None = None,
    sort: str = "code",
    summary: bool | None = None,
) -> Selection:
    """Choose the states of a result to show.

    Args:
        result: the result.
        where: a statement that the states fulfil.
        equilibria: id of a concept of which they are equilibria.
        sort: ``code``; ``name``; ``equilibria`` (of most concepts first); or the id of a party
            (the states that it prefers first).
        summary: show counts only; ``None``: above 10,000 feasible states.

    Raises:
        CaseError: for a statement, concept or sort key that does not fit the case.
    """
    masks = []
    if where is not None:
        masks.append(_where(result, where))
    if equilibria is not None:
        found = _concept(result, equilibria)
        equilibria = found.concept.id
        masks.append(found.equilibrium_mask)
    kept = np.flatnonzero(np.logical_and.reduce(masks)) if masks else None
    short = len(result.cells) > SUMMARY_STATES if summary is None else summary
    chosen = Selection(result, kept, where, equilibria, sort, short)
    order = _order(chosen, sort)
    return chosen if order is None else Selection(result, order, where, equilibria, sort, short)


def _where(result: Stability, text: str) -> NDArray[np.bool_]:
    case = result.case
    place = Where("--where")
    if case.graph is not None:
        raise CaseError(
            "a graph-form case has no options to make statements about",
            where=place,
            rule="statements speak of options and their levels",
            hint="leave --where out",
        )
    statement = parse_statement(text, OptionNames(case.options), place)
    levels = [len(option.levels) for option in case.options]
    everywhere = np.broadcast_to(truth(statement, levels), levels).reshape(-1)
    chosen: NDArray[np.bool_] = everywhere[result.cells]
    return chosen


def _concept(result: Stability, name: str) -> ConceptResult:
    (concept,) = choose(result.case, [name])
    if concept.id not in result.results:
        raise CaseError(
            f"{concept.abbreviation} was not computed, so its equilibria cannot be shown",
            where=Where("--equilibria"),
            rule=f"the concepts computed are {', '.join(result.concepts)}",
            hint=f"add '{concept.id}' to --concepts",
        )
    return result[concept.id]


def _order(chosen: Selection, sort: str) -> NDArray[np.int64] | None:
    """Return the kept states in the order wanted; ``None`` if they are already."""
    result = chosen.result
    if sort == "code":
        return None
    kept = np.arange(len(result.cells)) if chosen.chosen is None else chosen.chosen
    if sort == "name":
        names = [chosen.words.state(state).casefold() for state in chosen.states]
        return kept[np.array(sorted(range(len(names)), key=names.__getitem__), dtype=np.int64)]
    if sort == "equilibria":
        keys: NDArray[np.integer] = np.zeros(len(result.cells), dtype=np.int64)
        for one in result:
            keys += one.equilibrium_mask
    elif sort in result.case.party_ids:
        keys = compile_case(result.case).state_payoffs(result.case.party_ids.index(sort))
    else:
        valid = [*SORTS, *result.case.party_ids]
        close = nearest(sort, valid)
        raise CaseError(
            f"cannot sort by '{sort}'",
            where=Where("--sort"),
            rule=f"the keys are {', '.join(SORTS)} and the parties: "
            + ", ".join(result.case.party_ids),
            hint=f"did you mean '{close}'?" if close else "use one of these",
        )
    return kept[np.argsort(-keys[kept].astype(np.int64), kind="stable")]
