"""Two cases side by side: what changed in the model, in the equilibria, in the diagnosis.

Elements are matched by name: parties by id, options by ``party.option``, levels and labels by id.
Two states correspond if every option that both cases have is at the same level, and every option
that only one has is at its first level ("not taken"); in graph form if they have the same label.
So states are compared even where their codes differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from detente.analysis.comparison_model import ModelChange, StateMatch, model_changes
from detente.analysis.results import Displayed, Origin
from detente.analysis.stability import Stability, check_sequences, solve
from detente.concepts.table import choose
from detente.model.case import Case
from detente.model.errors import CaseError

__all__ = [
    "Comparison",
    "DiagnosisChange",
    "DiagnosisSide",
    "EquilibriumChange",
    "ModelChange",
    "StateMatch",
    "compare",
]


@dataclass(frozen=True, slots=True)
class EquilibriumChange:
    """Equilibria under one concept. States of A have A's names, states of B have B's.

    Attributes:
        concept: id.
        kept: pairs (in A, in B) of corresponding states that are equilibria in both.
        lost: equilibria of A whose counterpart is none in B.
        gained: equilibria of B whose counterpart is none in A.
        only_a, only_b: equilibria that are no state of the other case.
    """

    concept: str
    kept: tuple[tuple[str, str], ...]
    lost: tuple[str, ...]
    gained: tuple[str, ...]
    only_a: tuple[str, ...]
    only_b: tuple[str, ...]

    @property
    def changed(self) -> bool:
        """True if the equilibria are not the same."""
        return bool(self.lost or self.gained or self.only_a or self.only_b)

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return {
            "kept": [list(pair) for pair in self.kept],
            "lost": list(self.lost),
            "gained": list(self.gained),
            "only_a": list(self.only_a),
            "only_b": list(self.only_b),
        }


@dataclass(frozen=True, slots=True)
class DiagnosisSide:
    """The diagnosis of one of the cases.

    Attributes:
        deadlock, kind, witness, zone: see :class:`~detente.analysis.deadlock.verdicts.Diagnosis`.
        kinds: kind of each target that was examined.
        flags: flags of the case.
    """

    deadlock: bool
    kind: str
    witness: str | None
    zone: tuple[str, ...]
    kinds: Mapping[str, str]
    flags: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return {
            "deadlock": self.deadlock,
            "kind": self.kind,
            "witness": self.witness,
            "zone": list(self.zone),
            "kinds": dict(self.kinds),
            "flags": list(self.flags),
        }


@dataclass(frozen=True, slots=True)
class DiagnosisChange:
    """How the diagnosis differs.

    Attributes:
        a, b: the diagnoses; ``None`` where there is none.
        why_a, why_b: why there is none, else ``None``.
        zone_lost, zone_gained: states that leave or enter the zone, as their own case names them.
        kinds: (state of A, state of B, kind in A, kind in B) where the kinds of a target differ.
        same_witness: True if the headline targets correspond.
    """

    a: DiagnosisSide | None
    b: DiagnosisSide | None
    why_a: str | None
    why_b: str | None
    zone_lost: tuple[str, ...]
    zone_gained: tuple[str, ...]
    kinds: tuple[tuple[str, str, str, str], ...]
    same_witness: bool

    @property
    def changed(self) -> bool:
        """True if both cases were diagnosed and the diagnoses differ."""
        if self.a is None or self.b is None:
            return False
        return bool(
            self.a.kind != self.b.kind
            or not self.same_witness
            or self.zone_lost
            or self.zone_gained
            or self.kinds
            or self.a.flags != self.b.flags
        )

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return {
            "a": self.a.to_dict() if self.a else None,
            "b": self.b.to_dict() if self.b else None,
            "why_a": self.why_a,
            "why_b": self.why_b,
            "zone_lost": list(self.zone_lost),
            "zone_gained": list(self.zone_gained),
            "kinds": [
                {"a": s, "b": t, "kind_a": before, "kind_b": after}
                for s, t, before, after in self.kinds
            ],
            "same_witness": self.same_witness,
            "changed": self.changed,
        }


@dataclass(frozen=True)
class Comparison(Displayed):
    """The result of :func:`compare`.

    Attributes:
        a, b: the cases.
        origins: how to repeat it, for A and B.
        states: which states correspond.
        changes: what differs in the model, in the order of the case file.
        equilibria: concept id -> how the equilibria differ, for concepts that both cases have.
        diagnosis: how the diagnosis differs.
    """

    a: Case
    b: Case
    origins: tuple[Origin, Origin]
    states: StateMatch
    changes: tuple[ModelChange, ...]
    equilibria: Mapping[str, EquilibriumChange]
    diagnosis: DiagnosisChange

    @property
    def same_model(self) -> bool:
        """True if the models do not differ."""
        return not self.changes

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON document of ``detente compare --json``."""
        return {
            "format": self.origins[0].to_dict()["format"],
            "version": self.origins[0].version,
            "sequences": self.origins[0].sequences,
            "a": self.origins[0].to_dict(),
            "b": self.origins[1].to_dict(),
            "same_model": self.same_model,
            "states": self.states.to_dict(),
            "changes": [change.to_dict() for change in self.changes],
            "equilibria": {name: change.to_dict() for name, change in self.equilibria.items()},
            "diagnosis": self.diagnosis.to_dict(),
        }


def compare(
    a: Case,
    b: Case,
    concepts: Iterable[str] | None = None,
    sequences: str = "legal",
    *,
    concept: str = "seq",
) -> Comparison:
    """Set two cases side by side.

    Args:
        a: a case: how it was, or one reading of a negotiation.
        b: the other: how it is now, or another reading.
        concepts: ids of the solution concepts whose equilibria are compared; ``None`` for all
            that both cases have.
        sequences: rule for sequences of sanctioning moves.
        concept: id of the concept of the diagnosis.

    Raises:
        CaseError: if one of the cases cannot be solved. A case that can be solved but not
            diagnosed (no status quo, everybody outside) is compared without diagnosis.
    """
    rule = check_sequences(sequences)
    wanted = None if concepts is None else tuple(concepts)
    ids = [{c.id: c for c in choose(case, wanted)} for case in (a, b)]
    common = [name for name in ids[0] if name in ids[1]]
    solved = solve(a, common, rule), solve(b, common, rule)
    match = StateMatch.of(a, b, solved[0].states, solved[1].states)
    return Comparison(
        a=a,
        b=b,
        origins=(solved[0].origin, solved[1].origin),
        states=match,
        changes=model_changes(a, b, match),
        equilibria={name: _equilibria(name, *solved, match) for name in common},
        diagnosis=_diagnoses(a, b, concept, rule, match),
    )


def _equilibria(
    concept: str, before: Stability, after: Stability, match: StateMatch
) -> EquilibriumChange:
    old, new = before[concept].equilibria, after[concept].equilibria
    both, back = match.pairs, match.back
    known_old, known_new = frozenset(old), frozenset(new)
    return EquilibriumChange(
        concept,
        kept=tuple((s, both[s]) for s in old if both.get(s) in known_new),
        lost=tuple(s for s in old if s in both and both[s] not in known_new),
        gained=tuple(t for t in new if t in back and back[t] not in known_old),
        only_a=tuple(s for s in old if s not in both),
        only_b=tuple(t for t in new if t not in back),
    )


def _diagnoses(a: Case, b: Case, concept: str, rule: str, match: StateMatch) -> DiagnosisChange:
    (one, why_one), (two, why_two) = (_side(case, concept, rule) for case in (a, b))
    if one is None or two is None:
        return DiagnosisChange(one, two, why_one, why_two, (), (), (), same_witness=False)
    both, back = match.pairs, match.back
    kinds = []
    for state, kind in one.kinds.items():
        there = both.get(state)
        if there is not None and two.kinds.get(there, kind) != kind:
            kinds.append((state, there, kind, two.kinds[there]))
    witness = one.witness and both.get(one.witness)
    return DiagnosisChange(
        one,
        two,
        None,
        None,
        zone_lost=tuple(s for s in one.zone if both.get(s) not in two.zone),
        zone_gained=tuple(t for t in two.zone if back.get(t) not in one.zone),
        kinds=tuple(kinds),
        same_witness=witness == two.witness,
    )


def _side(case: Case, concept: str, rule: str) -> tuple[DiagnosisSide | None, str | None]:
    from detente.analysis.deadlock.diagnosis import diagnose

    try:
        found = diagnose(case, concept=concept, sequences=rule)
    except CaseError as error:
        return None, error.what
    kinds = {target.state: target.kind for target in found.targets}
    side = DiagnosisSide(
        found.deadlock, found.kind, found.witness, tuple(found.zone), kinds, tuple(found.flags)
    )
    return side, None
