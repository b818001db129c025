"""The inverse question: which preferences make a given state stable?

Kinsara, Kilgour and Hipel (2014) ask, for a desired state s, which preferences make it an
equilibrium. :func:`stability_condition` answers with a condition, :func:`count_profiles` by
solving every profile of a family, :mod:`detente.analysis.inverse.swaps` with the smallest change.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice, permutations, product
from math import factorial, prod
from typing import Any

import numpy as np

from detente.analysis.inverse.preference_changes import Tiers, induced_ranking
from detente.analysis.inverse.target import TargetGame, bits_of
from detente.analysis.results import Origin
from detente.analysis.stability import check_sequences
from detente.concepts.concept import Concept
from detente.concepts.table import choose
from detente.engine.compile import compile_case
from detente.engine.sanctions import Engine
from detente.model.case import Case
from detente.model.errors import CaseError, Where

__all__ = [
    "MOST_PROFILES",
    "Clause",
    "Condition",
    "PartyCondition",
    "ProfileCounts",
    "Term",
    "count_profiles",
    "stability_condition",
]

MOST_PROFILES = 5_000_000
"""Most preference profiles that are solved one by one."""

_BATCH = 1 << 18  # states times profiles solved at once


@dataclass(frozen=True, slots=True)
class Term:
    """One way to deter a move.

    Attributes:
        sanction: the state to which the others can lead.
        not_better: the states none of which may be preferred to the target: the sanction and,
            under SMR and SSEQ, every counter-move. Without the target itself; empty: the answer
            always deters.
    """

    sanction: str
    not_better: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """What must hold about one move from the target.

    It holds iff ``move`` is not preferred to the target, or some term holds.

    Attributes:
        move: where the move leads.
        terms: the ways to deter it; a term that another makes superfluous is left out.
    """

    move: str
    terms: tuple[Term, ...]

    @property
    def always(self) -> bool:
        """True if the clause holds whatever the party prefers."""
        return any(not term.not_better for term in self.terms)

    def holds(self, not_preferred: frozenset[str]) -> bool:
        """Tell whether it holds, given the states that are not preferred to the target."""
        if self.move in not_preferred:
            return True
        return any(not_preferred.issuperset(term.not_better) for term in self.terms)


@dataclass(frozen=True, slots=True)
class PartyCondition:
    """The condition on one party's preferences: every clause holds.

    Attributes:
        party: id.
        target: the state that is to be stable.
        clauses: one for each move of the party from the target.
    """

    party: str
    target: str
    clauses: tuple[Clause, ...]

    def holds(self, ranking: Tiers) -> bool:
        """Tell whether the target is stable for the party if this is its ranking."""
        rank = {state: k for k, tier in enumerate(ranking) for state in tier}
        below = frozenset(s for s, k in rank.items() if k >= rank[self.target])
        return all(clause.holds(below) for clause in self.clauses)


@dataclass(frozen=True)
class Condition:
    """The result of :func:`stability_condition`: every party's condition holds.

    Attributes:
        case: the case.
        origin: how to repeat it.
        concept: the solution concept.
        target: the state that is to be an equilibrium.
        parties: one entry for each party.
        credible: True if the answers listed are improvements as the others' preferences *now*
            are (SEQ, SSEQ, SIM): then each party's condition is exact while the others keep their
            preferences. Otherwise it is exact for any profile.
    """

    case: Case
    origin: Origin
    concept: Concept
    target: str
    parties: tuple[PartyCondition, ...]
    credible: bool

    @cached_property
    def _rankings(self) -> dict[str, Tiers]:
        return {party: induced_ranking(self.case, party) for party in self.case.party_ids}

    def holds(self, rankings: Mapping[str, Tiers] | None = None) -> bool:
        """Tell whether every party's condition holds.

        Args:
            rankings: party id -> its ranking; parties left out keep their present one.
        """
        now = {**self._rankings, **(rankings or {})}
        return all(own.holds(now[own.party]) for own in self.parties)

    @property
    def unmet(self) -> tuple[str, ...]:
        """The parties for which the target is not stable now."""
        return tuple(p.party for p in self.parties if not p.holds(self._rankings[p.party]))

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON document."""
        return {
            **self.origin.to_dict(),
            "concept": self.concept.id,
            "to": self.target,
            "holds": not self.unmet,
            "credible": self.credible,
            "parties": {
                own.party: {
                    "holds": own.party not in self.unmet,
                    "moves": [
                        {
                            "to": clause.move,
                            "always": clause.always,
                            "sanctions": [
                                {"state": term.sanction, "not_better": list(term.not_better)}
                                for term in clause.terms
                            ],
                        }
                        for clause in own.clauses
                    ],
                }
                for own in self.parties
            },
        }


def stability_condition(
    case: Case, target: str, concept: str = "seq", sequences: str = "legal"
) -> Condition:
    """Return the condition on preferences under which a state is stable for each party.

    For each move q of i from the target: q is not preferred to the target, or some state k to
    which the others can lead from q is not preferred to it (under SMR and SSEQ, nor any state h
    that i can reach from k).

    Args:
        case: the case.
        target: a feasible state: code or label.
        concept: id of a solution concept.
        sequences: rule for sequences of sanctioning moves.

    Raises:
        CaseError: if there is no such state or concept, or the state is infeasible.
    """
    rule = check_sequences(sequences)
    (row,) = choose(case, [concept])
    game = TargetGame(case, target, row, rule)
    now = [game.improving(j, game.tiers(j)) if game.coupled else None for j in game.parties]
    parties = tuple(
        PartyCondition(
            party,
            game.codes[game.target],
            tuple(
                Clause(game.codes[q], _terms(game, i, q, now))
                for q in bits_of(game.moves[i].reached[game.target])
            ),
        )
        for i, party in enumerate(case.party_ids)
    )
    origin = Origin.of(case, rule)
    return Condition(case, origin, row, game.codes[game.target], parties, game.coupled)


def _terms(
    game: TargetGame, party: int, move: int, improving: Sequence[int | None]
) -> tuple[Term, ...]:
    """Return the minimal ways to deter a move: those that no other way makes superfluous."""
    if game.concept.sanctions == "none":
        return ()
    needs: dict[int, int] = {}  # what must not be better -> the first sanction with it
    for k in bits_of(game.answers(party, move, improving)):
        must = 1 << k
        if game.concept.escapes:
            must |= game.moves[party].reached[k]
        must &= ~(1 << game.target)
        if not must >> move & 1:  # else the move itself would have to be no better
            needs.setdefault(must, k)
    minimal = [m for m in needs if not any(o != m and o & m == o for o in needs)]
    return tuple(
        Term(game.codes[needs[must]], tuple(game.codes[x] for x in bits_of(must)))
        for must in minimal
    )


@dataclass(frozen=True, slots=True)
class ProfileCounts:
    """The result of :func:`count_profiles`.

    Attributes:
        origin: how to repeat it.
        target: the state.
        varied: party id -> the tiers of its ranking that were permuted (0 is the best).
        profiles: how many preference profiles were solved.
        counts: concept id -> in how many of them the target is an equilibrium.
    """

    origin: Origin
    target: str
    varied: dict[str, tuple[int, ...]]
    profiles: int
    counts: dict[str, int]

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON document."""
        return {
            **self.origin.to_dict(),
            "to": self.target,
            "varied": {party: list(places) for party, places in self.varied.items()},
            "profiles": self.profiles,
            "counts": dict(self.counts),
        }


def count_profiles(
    case: Case,
    target: str,
    parties: Iterable[str] | None = None,
    positions: Iterable[int] | None = None,
    concepts: Iterable[str] | None = None,
    sequences: str = "legal",
) -> ProfileCounts:
    """Count the preference profiles under which a state is an equilibrium.

    The profiles are all permutations of the tiers of the varied parties' rankings; the states of
    one tier stay together. For a strict ranking of m states these are its m! orders.

    Args:
        case: the case.
        target: a feasible state: code or label.
        parties: whose rankings vary; ``None`` for all.
        positions: the tiers that are permuted among themselves, 0 for the best; tiers that a
            ranking does not have are left out; ``None`` for all.
        concepts: ids of solution concepts; ``None`` for all that apply.
        sequences: rule for sequences of sanctioning moves.

    Raises:
        CaseError: if there is no such party, state or concept, or there are too many profiles.
    """
    rule = check_sequences(sequences)
    chosen = choose(case, concepts)
    wanted = case.party_ids if parties is None else tuple(case.party(p).id for p in parties)
    places = None if positions is None else sorted(set(positions))
    game = TargetGame(case, target, chosen[0], rule)
    arrays = compile_case(case)
    now = [np.array(game.tiers(i), dtype=np.int64) for i in game.parties]
    varied = {
        party: tuple(
            k
            for k in (range(tiers.max() + 1) if places is None else places)
            if 0 <= k <= tiers.max()
        )
        for party, tiers in zip(case.party_ids, now, strict=True)
        if party in wanted
    }
    total = prod(factorial(len(own)) for own in varied.values())
    if total > MOST_PROFILES:
        raise CaseError(
            f"there are {total:,} preference profiles",
            where=Where(case.source),
            rule=f"at most {MOST_PROFILES:,} are solved one by one",
            hint="vary fewer parties or fewer positions",
        )
    orders = product(*(permutations(varied.get(party, ())) for party in case.party_ids))
    size = max(1, _BATCH // len(arrays.states))
    counts = {concept.id: 0 for concept in chosen}
    while batch := list(islice(orders, size)):
        payoffs = []
        for i, party in enumerate(case.party_ids):
            own = list(varied.get(party, ()))
            place = np.tile(np.arange(now[i].max() + 1), (len(batch), 1))
            place[:, own] = np.array([profile[i] for profile in batch]).reshape(len(batch), -1)
            cells = np.zeros((len(batch), arrays.cells), dtype=np.int32)
            cells[:, arrays.states] = -place[:, now[i]]
            payoffs.append(cells)
        engine = Engine(replace(arrays, payoffs=tuple(payoffs)), rule)
        for concept in chosen:
            masks = [concept.array(engine, i)[:, game.target] for i in engine.parties]
            counts[concept.id] += int(np.count_nonzero(np.logical_and.reduce(masks)))
    return ProfileCounts(Origin.of(case, rule), game.codes[game.target], varied, total, counts)
