"""The results of a diagnosis: frozen data, no prose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from detente.analysis.deadlock.precedence import Edge
from detente.analysis.deadlock.scenario import Scenario
from detente.analysis.results import Displayed, Origin

__all__ = [
    "KINDS",
    "TARGET_KINDS",
    "Break",
    "Diagnosis",
    "Path",
    "Ripeness",
    "Target",
    "kind_of",
]

TARGET_KINDS = ("open", "sequencing-trap", "enforcement-problem", "double-bind")
"""Kinds of a target, best first: an agreed schedule is enough for ``open``."""

KINDS = ("not-a-deadlock", "no-zone", *TARGET_KINDS)
"""Kinds of a case."""


def kind_of(*, equilibrium: bool, path: bool) -> str:
    """Return the kind of a target.

    The commitment problem (Fearon 1995, Powell 2006) has two halves: whether the agreement would
    hold once reached (Walter 2002), and whether anybody dares to start (Admati and Perry 1991).

    Args:
        equilibrium: the target is stable for every party.
        path: a stop-proof path leads to it.
    """
    if equilibrium:
        return "open" if path else "sequencing-trap"
    return "enforcement-problem" if path else "double-bind"


@dataclass(frozen=True, slots=True)
class Path:
    """A schedule.

    Attributes:
        states: from the status quo, in order.
        movers: who makes each step, one shorter than ``states``: one party, or the parties to a
            joint move.
    """

    states: tuple[str, ...]
    movers: tuple[tuple[str, ...], ...]

    def movers_json(self) -> list[Any]:
        """Return the movers for JSON: an id, or a list of ids for a joint move."""
        return [step[0] if len(step) == 1 else list(step) for step in self.movers]


@dataclass(frozen=True, slots=True)
class Break:
    """Where the best partial path to a target ends.

    The best partial path leads, by willing steps, to the state from which the fewest moves are
    left to the target (then the shortest, then the first in state order).

    Attributes:
        path: the partial path; its last state is where it breaks.
        party: who would rather stop; ``None`` if no sequence of moves leads to the target.
        to: the next state, on a shortest way to the target, to which it will not move.
        tempted_by: the best state for it in which play can rest if it stops there (at the status
            quo: the status quo itself).
        left: number of moves left to the target; ``None`` if no sequence of moves leads there.
    """

    path: Path
    party: str | None
    to: str | None
    tempted_by: str | None
    left: int | None

    @property
    def at(self) -> str:
        """The state at which the path breaks."""
        return self.path.states[-1]

    @property
    def unreachable(self) -> bool:
        """True if no sequence of moves, willing or not, leads to the target."""
        return self.left is None

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return {
            "at": self.at,
            "path": list(self.path.states),
            "movers": self.path.movers_json(),
            "party": self.party,
            "to": self.to,
            "tempted_by": self.tempted_by,
            "left": self.left,
        }


@dataclass(frozen=True, slots=True)
class Target:
    """One state of the zone of agreement.

    Attributes:
        state: code or label.
        kind: one of :data:`TARGET_KINDS`.
        flags: names, in the order of the definitions.
        witnesses: flag -> what shows it (plain data, see CONTRACTS).
        path: a shortest stop-proof path, or ``None`` if there is none.
        broken: where the best partial path breaks, if there is no stop-proof path and it was
            looked into (``detailed``).
        efficient: Pareto-efficient within the zone in the payoffs of the parties at the table.
        unstable_for: parties, outside ones too, that would leave it under the concept.
        stable_under: ids of the concepts (among ``Diagnosis.concepts``) under which it is stable
            for every party.
        detailed: True if ``broken`` was looked into.
    """

    state: str
    kind: str
    flags: tuple[str, ...]
    witnesses: Mapping[str, Any]
    path: Path | None
    broken: Break | None
    efficient: bool
    unstable_for: tuple[str, ...]
    stable_under: tuple[str, ...]
    detailed: bool = True

    @property
    def equilibrium(self) -> bool:
        """True if it is stable for every party under the concept."""
        return not self.unstable_for

    def to_dict(self) -> dict[str, Any]:
        """Return plain data, in the shape of ``diagnose --json``."""
        return {
            "state": self.state,
            "kind": self.kind,
            "flags": list(self.flags),
            "witnesses": dict(self.witnesses),
            "path": list(self.path.states) if self.path else None,
            "movers": self.path.movers_json() if self.path else None,
            "breaks": self.broken.to_dict() if self.broken else None,
            "efficient": self.efficient,
            "equilibrium": self.equilibrium,
            "unstable_for": list(self.unstable_for),
            "stable_under": list(self.stable_under),
        }


@dataclass(frozen=True, slots=True)
class Ripeness:
    """Zartman's (2000) conditions, in our operationalisation.

    Attributes:
        stalemate: no party at the table has a unilateral improvement at the status quo.
        way_out: the zone of agreement is not empty.
        hurting: for each party at the table, the number of feasible states that it prefers to
            the status quo.
        feasible: the number of feasible states.
    """

    stalemate: bool
    way_out: bool
    hurting: Mapping[str, int]
    feasible: int

    def to_dict(self) -> dict[str, Any]:
        """Return plain data; ``hurting`` as shares of the feasible states."""
        return {
            "stalemate": self.stalemate,
            "way_out": self.way_out,
            "hurting": {party: count / self.feasible for party, count in self.hurting.items()},
        }


@dataclass(frozen=True)
class Diagnosis(Displayed):
    """The result of :func:`~detente.analysis.deadlock.diagnosis.diagnose`.

    Attributes:
        scenario: what was diagnosed.
        origin: how to repeat it.
        concept: id of the solution concept.
        deadlock: the status quo is stable for every party, and somebody at the table prefers
            another feasible state.
        kind: one of :data:`KINDS`.
        reason: if there is no deadlock, ``unstable`` or ``content``, else ``None``.
        witness: the headline target, or ``None``.
        breaking_move: (party, state): an undeterred improvement from the status quo, or ``None``.
        zone: the zone of agreement, in state order.
        minimal_subsets: no-zone: the minimal blocking sets of parties.
        ripeness: Zartman's conditions.
        targets: one for each state of the zone, in state order.
        flags: flags of the case: misperception, ratification-gap, linkage.
        witnesses: flag of the case -> what shows it.
        precedence: cycles of "must come before", as the parties state them.
        not_applicable: names of flags that do not apply to this form of case, or for want of
            what they speak of (issues, perceptions, constituents).
        concepts: ids of the concepts examined for ``stable_under``.
        to: the target that was asked for, if any.
    """

    scenario: Scenario
    origin: Origin
    concept: str
    deadlock: bool
    kind: str
    reason: str | None
    witness: str | None
    breaking_move: tuple[str, str] | None
    zone: tuple[str, ...]
    minimal_subsets: tuple[tuple[str, ...], ...]
    ripeness: Ripeness
    targets: tuple[Target, ...]
    flags: tuple[str, ...] = ()
    witnesses: Mapping[str, Any] = field(default_factory=dict)
    precedence: tuple[tuple[Edge, ...], ...] = ()
    not_applicable: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()
    to: str | None = None

    @property
    def status_quo(self) -> str:
        """The state now."""
        assert self.scenario.case.status_quo is not None
        return self.scenario.case.status_quo

    @cached_property
    def _by_state(self) -> dict[str, Target]:
        return {target.state: target for target in self.targets}

    def target(self, state: str) -> Target:
        """Return what was found about one state of the zone, by its code or label.

        Raises:
            KeyError: if it is not in the zone.
        """
        return self._by_state[self.scenario.case.state(state)]

    @property
    def headline(self) -> Target | None:
        """The target in the headline, if there is one."""
        return None if self.witness is None else self._by_state[self.witness]

    @property
    def focus(self) -> Target | None:
        """The target asked for, else the headline."""
        return self.headline if self.to is None else self._by_state[self.to]

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON document of ``detente diagnose --json``."""
        breaking = self.breaking_move
        return {
            **self.origin.to_dict(),
            "concept": self.concept,
            "status_quo": self.status_quo,
            "deadlock": self.deadlock,
            "kind": self.kind,
            "reason": self.reason,
            "witness": self.witness,
            "to": self.to,
            "breaking_move": breaking and {"party": breaking[0], "to": breaking[1]},
            "zone": list(self.zone),
            "minimal_subsets": [list(parties) for parties in self.minimal_subsets],
            "ripeness": self.ripeness.to_dict(),
            "targets": [target.to_dict() for target in self.targets],
            "flags": list(self.flags),
            "witnesses": dict(self.witnesses),
            "precedence": [[edge.to_dict() for edge in cycle] for cycle in self.precedence],
            "not_applicable": list(self.not_applicable),
            "concepts": list(self.concepts),
            "joint_moves": [move.to_dict() for move in self.scenario.joint_moves],
        }

    def to_pandas(self) -> Any:
        """Return a data frame with a row for each target.

        Raises:
            ImportError: if pandas is not installed.
        """
        import pandas

        frame = pandas.DataFrame.from_records(
            [
                {
                    "state": t.state,
                    "kind": t.kind,
                    "efficient": t.efficient,
                    "flags": ", ".join(t.flags),
                    "path": " ".join(t.path.states) if t.path else None,
                    "unstable_for": ", ".join(t.unstable_for),
                    "stable_under": ", ".join(t.stable_under),
                }
                for t in self.targets
            ],
            index="state",
        )
        return self.origin.marked(frame)
