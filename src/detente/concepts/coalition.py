"""Stability against coalitions: the concepts, and their literal definitions over sets.

Two variants. In ``sequences`` (Kilgour, Hipel, Fang and Peng 2001; Inohara and Hipel 2008) a
coalition H moves by sequences of moves of its members, and R_H(s) is where these lead. In
``merged`` (the rule of GMCR+) a coalition is one player that makes one joint move over its
members' options, each option going along one of its arcs or staying. In both, a coalition
improves only if every member strictly gains, and LE_H(s), the states that are no coalition gain,
is the union of LE_i(s) over the members.

One rule for sequences holds everywhere: for R_H, for answers, and for counter-moves. CSEQ answers
are sequences of *coalition improvements*: each step is made by some non-empty K within N - H and
leads from x to a state of R_K++(x). The rule then speaks of coalitions: ``legal``: the same K does
not move twice running (another coalition may, even one that shares members with K); ``once``: the
coalitions of one sequence are disjoint; ``single``: one coalition improvement.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from itertools import combinations, product
from typing import TypeAlias

from detente.concepts.game import Game, State
from detente.model.case import Case

__all__ = [
    "COALITION_CONCEPTS",
    "VARIANTS",
    "CoalitionConcept",
    "Group",
    "LiteralCoalitions",
    "subsets",
]

Group: TypeAlias = tuple[str, ...]
"""A coalition: party ids in declared order."""

VARIANTS = ("sequences", "merged")
"""How a coalition moves: by sequences of its members' moves, or by one joint move."""


@dataclass(frozen=True)
class CoalitionConcept:
    """A solution concept for coalitions.

    Attributes:
        id: id of the concept for single parties that it extends.
        name, abbreviation: as in the literature.
        definition: the definition, in words and symbols.
        sanctions: how the others may answer: ``none``, ``moves`` or ``improvements``.
        escapes: True if the coalition may react to the sanction.
        source: where it was defined.
    """

    id: str
    name: str
    abbreviation: str
    definition: str
    sanctions: str
    escapes: bool = False
    source: str = "Kilgour, Hipel, Fang and Peng 2001; Inohara and Hipel 2008"


COALITION_CONCEPTS: dict[str, CoalitionConcept] = {
    concept.id: concept
    for concept in (
        CoalitionConcept(
            "nash",
            "coalition Nash stability",
            "CNash",
            "s is CNash stable for H iff R_H++(s) is empty: no coalition improvement.",
            sanctions="none",
        ),
        CoalitionConcept(
            "gmr",
            "coalition general metarationality",
            "CGMR",
            "s is CGMR stable for H iff for each s1 in R_H++(s) there is s2 in R_{N-H}(s1) "
            "with s2 in LE_H(s): the others can take the gain from some member.",
            sanctions="moves",
        ),
        CoalitionConcept(
            "smr",
            "coalition symmetric metarationality",
            "CSMR",
            "s is CSMR stable for H iff for each s1 in R_H++(s) there is s2 in R_{N-H}(s1) with "
            "s2 in LE_H(s) and every s3 in R_H(s2) in LE_H(s).",
            sanctions="moves",
            escapes=True,
        ),
        CoalitionConcept(
            "seq",
            "coalition sequential stability",
            "CSEQ",
            "s is CSEQ stable for H iff for each s1 in R_H++(s) there is s2 in LE_H(s) that is "
            "reached from s1 by a sequence of coalition improvements of subsets of N - H.",
            sanctions="improvements",
        ),
    )
}
"""The table of coalition concepts."""


def subsets(parties: Iterable[str]) -> tuple[Group, ...]:
    """Return every non-empty subset, the smallest first, in declared order."""
    able = tuple(parties)
    return tuple(g for size in range(1, len(able) + 1) for g in combinations(able, size))


class LiteralCoalitions:
    """Coalition stability over sets, straight from the definitions.

    Args:
        case: the case; in option form for ``merged``.
        rule: ``legal``, ``once`` or ``single``.
        variant: one of :data:`VARIANTS`.
    """

    def __init__(self, case: Case, rule: str = "legal", variant: str = "sequences") -> None:
        self.case = case
        self.game = Game.of(case)
        self.rule = rule
        self.variant = variant
        self._known = frozenset(self.game.states)
        self.reached = cache(self._reached)
        self.improvements = cache(self._improvements)

    def _reached(self, group: Group, state: State) -> frozenset[State]:
        """R_H(s)."""
        if self.variant == "merged":
            return self._joint(group, state)
        return self.game.sequences(group, state, self.rule, improving=False)

    def _joint(self, group: Group, state: State) -> frozenset[State]:
        """One joint move: each option of a member goes along one of its arcs or stays."""
        choices = [
            {level}
            | {end for start, end in option.arcs if start == level and option.owner in group}
            for option, level in zip(self.case.options, self.case.levels(state), strict=True)
        ]
        reached = {"".join(map(str, levels)) for levels in product(*choices)}
        return (self._known & reached) - {state}

    def not_better(self, group: Group, state: State, than: State) -> bool:
        """Tell whether ``state`` is in LE_H(than): some member does not gain."""
        return any(self.game.not_better(i, state, than) for i in group)

    def _improvements(self, group: Group, state: State) -> frozenset[State]:
        """R_H++(s): what H reaches with a strict gain for every member."""
        return frozenset(
            q for q in self.reached(group, state) if not self.not_better(group, q, state)
        )

    def answers(self, players: Iterable[Group], state: State, how: str) -> frozenset[State]:
        """Where sequences of the players' moves, or coalition improvements, lead from ``state``."""
        able = tuple(players)
        step: Callable[[Group, State], frozenset[State]]
        step = self.improvements if how == "improvements" else self.reached
        start = (state, None, frozenset[str]())  # state, last mover, parties that have moved
        seen: set[tuple[State, Group | None, frozenset[str]]] = {start}
        found: set[State] = set()
        queue = deque(seen)
        while queue:
            here, last, moved = queue.popleft()
            for player in able:
                if (self.rule == "legal" and player == last) or (moved & set(player)):
                    continue
                for there in step(player, here):
                    found.add(there)
                    gone = frozenset(player) if self.rule == "once" else frozenset[str]()
                    node = (there, player if self.rule == "legal" else None, moved | gone)
                    if self.rule != "single" and node not in seen:
                        seen.add(node)
                        queue.append(node)
        return frozenset(found)

    def opponents(self, group: Group, how: str, merged: Group = ()) -> tuple[Group, ...]:
        """Return the players that may answer ``group``.

        Args:
            group: whom they answer.
            how: ``moves`` or ``improvements``.
            merged: in the merged variant, the coalition that is one player.
        """
        if self.variant == "merged":
            alone = (i for i in self.game.parties if i not in merged)
            players = ((merged,) if merged else ()) + tuple((i,) for i in alone)
            return tuple(player for player in players if player != group)
        outside = [i for i in self.game.parties if i not in group]
        return subsets(outside) if how == "improvements" else tuple((i,) for i in outside)

    def stable(
        self, concept: CoalitionConcept, group: Group, state: State, merged: Group = ()
    ) -> bool:
        """Tell whether ``state`` is stable for ``group``.

        Args:
            concept: a row of :data:`COALITION_CONCEPTS`.
            group: H; in the merged variant also a party outside the coalition.
            state: s.
            merged: in the merged variant, the coalition that is one player.
        """
        if concept.sanctions == "none":
            return not self.improvements(group, state)
        opponents = self.opponents(group, concept.sanctions, merged)
        return all(
            any(
                self.not_better(group, s2, state)
                and not (concept.escapes and self._escapes(group, s2, state))
                for s2 in self.answers(opponents, s1, concept.sanctions)
            )
            for s1 in self.improvements(group, state)
        )

    def _escapes(self, group: Group, sanction: State, state: State) -> bool:
        return any(not self.not_better(group, s3, state) for s3 in self.reached(group, sanction))
