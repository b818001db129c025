"""Flags of targets and of the case, over arrays.

``excluded-owner``, ``excluded-veto`` and ``reversibility-asymmetry`` speak of options and do not
apply in graph form; ``spoiler`` (Stedman 1997) does. ``ratification-gap`` is Putnam's (1988)
two-level game: those who must ratify are not at the table.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.analysis.deadlock.board import Board, Indices
from detente.analysis.deadlock.zone import efficient_mask, minimal_blocking, zone_mask
from detente.engine.states import codes_of
from detente.model.case import Case
from detente.model.parts import Option

__all__ = ["TargetFlags", "can_return", "linkage", "ratification_gap"]


def can_return(option: Option, level: int, home: int) -> bool:
    """Tell whether a path of the option's own arcs leads from a level back to ``home``."""
    reached, frontier = {level}, {level}
    while frontier:
        frontier = {b for a, b in option.arcs if a in frontier} - reached
        reached |= frontier
    return home in reached


class TargetFlags:
    """Finds the flags of targets.

    Args:
        case: the case.
        board: its arrays.
        zone: bool over the feasible states.
    """

    def __init__(self, case: Case, board: Board, zone: NDArray[np.bool_]) -> None:
        self.case = case
        self.board = board
        self.zone = zone
        self.table = [k for k, party in enumerate(case.parties) if not party.outside]
        self.outside = {party.id for party in case.parties if party.outside}
        self.index = {party: k for k, party in enumerate(case.party_ids)}
        self._returns: dict[tuple[str, int, int], bool] = {}
        self._gains = {
            k: bool((own := board.players[k].payoffs)[zone].max(initial=-1) > own[board.start])
            for k, party in enumerate(case.parties)
            if party.outside
        }

    def of(self, target: int, code: str) -> dict[str, Any]:
        """Return flag -> witness for one state of the zone.

        Args:
            target: its index.
            code: its code or label.
        """
        found = self._of_options(target, code) if self.case.graph is None else {}
        spoilers = self._spoilers(target)
        if spoilers:
            found["spoiler"] = spoilers
        order = ("excluded-owner", "excluded-veto", "spoiler", "reversibility-asymmetry")
        return {name: found[name] for name in order if name in found}

    def _of_options(self, target: int, code: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        assert self.case.status_quo is not None
        home = self.case.levels(self.case.status_quo)
        changed = [
            (option, level, home[k])
            for k, (option, level) in enumerate(
                zip(self.case.options, self.case.levels(code), strict=True)
            )
            if level != home[k]
        ]
        excluded = [option for option, _, _ in changed if option.owner in self.outside]
        if excluded:
            found["excluded-owner"] = [option.key for option in excluded]
            worse = [p for p in self._owners(excluded) if self._loses(p, target)]
            if worse:
                found["excluded-veto"] = worse
        held = {option.owner for option, a, b in changed if not self._returning(option, a, b)}
        owners = self._owners(option for option, _, _ in changed)
        can, cannot = [p for p in owners if p not in held], [p for p in owners if p in held]
        if can and cannot:
            found["reversibility-asymmetry"] = {"can": can, "cannot": cannot}
        return found

    def _owners(self, options: Iterable[Option]) -> list[str]:
        owners = {option.owner for option in options}
        return [party for party in self.case.party_ids if party in owners]

    def _loses(self, party: str, target: int) -> bool:
        own = self.board.players[self.index[party]].payoffs
        return bool(own[target] < own[self.board.start])

    def _returning(self, option: Option, level: int, home: int) -> bool:
        key = (option.key, level, home)
        if key not in self._returns:
            self._returns[key] = can_return(option, level, home)
        return self._returns[key]

    def _spoilers(self, target: int) -> list[dict[str, Any]]:
        found = []
        for k, gains in self._gains.items():
            player = self.board.players[k]
            moves = player.improving.targets(target)
            if not len(moves):
                continue
            harmful = np.zeros(len(moves), dtype=np.bool_)
            for i in self.table:
                own = self.board.players[i].payoffs
                harmful |= own[moves] < own[target]
            if harmful.any():
                able = moves[harmful]
                best = able[np.argmax(player.payoffs[able])]  # the first of the best
                found.append(
                    {
                        "party": self.case.party_ids[k],
                        "scope": "limited" if gains else "total",
                        "to": _code(self.case, self.board, int(best)),
                    }
                )
        return found


def _code(case: Case, board: Board, state: int) -> str:
    return codes_of(case, board.arrays.states[[state]])[0]


def ratification_gap(case: Case, board: Board) -> dict[str, Any] | None:
    """Return the witness of ``ratification-gap``, or ``None``.

    The zone is not empty, but it is once every outside party marked ``constituent_of`` counts as
    at the table.
    """
    table = [k for k, party in enumerate(case.parties) if not party.outside]
    must = [k for k, p in enumerate(case.parties) if p.outside and p.constituent_of is not None]
    if not must:
        return None
    payoffs = [player.payoffs for player in board.players]
    if not zone_mask([payoffs[k] for k in table], board.start).any():
        return None
    together = sorted(table + must)
    if zone_mask([payoffs[k] for k in together], board.start).any():
        return None
    blocking = minimal_blocking([payoffs[k] for k in together], board.start)
    return {
        "parties": [case.party_ids[k] for k in must],
        "minimal_subsets": [[case.party_ids[together[k]] for k in own] for own in blocking],
    }


def linkage(
    case: Case, zone: Indices, codes: tuple[str, ...], payoffs: NDArray[np.int64]
) -> dict[str, Any] | None:
    """Return the witness of ``linkage``, or ``None``.

    At least two issues are named; no state of the zone changes the options of one issue only; and
    some state of it changes options that carry an issue only. Options without an issue belong to
    none, so they stay where they are.

    Args:
        case: an option-form case.
        zone: indices of the states of the zone.
        codes: their codes.
        payoffs: of the parties at the table, shape ``(states of the zone, parties)``.
    """
    issues = list(dict.fromkeys(option.issue for option in case.options if option.issue))
    if len(issues) < 2 or case.status_quo is None:
        return None
    number = {issue: k for k, issue in enumerate(issues)}
    home = case.levels(case.status_quo)
    linked = []
    for k in range(len(zone)):
        changed = {
            option.issue
            for option, a, b in zip(case.options, home, case.levels(codes[k]), strict=True)
            if a != b
        }
        if None not in changed:
            if len(changed) == 1:
                return None
            linked.append((k, sorted(number[issue] for issue in changed if issue)))
    if not linked:
        return None
    efficient = efficient_mask(payoffs[[k for k, _ in linked]])
    first = next(pair for pair, kept in zip(linked, efficient, strict=True) if kept)
    return {"issues": issues, "state": codes[first[0]], "together": [issues[k] for k in first[1]]}
