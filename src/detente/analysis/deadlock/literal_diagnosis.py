"""The facts of a diagnosis, straight from the definitions: sets and dictionaries, no arrays.

The slow twin of :mod:`detente.analysis.deadlock.array_facts`; the tests compare the two everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any

from detente.analysis.deadlock.facts import (
    FLAGS,
    CaseFlags,
    Correction,
    Facts,
    TargetFacts,
    headline,
)
from detente.analysis.deadlock.perceptions import seen_by
from detente.analysis.deadlock.scenario import Scenario
from detente.analysis.deadlock.verdicts import Break, Path, Ripeness
from detente.concepts.concept import Concept
from detente.concepts.game import Game, State
from detente.concepts.table import CONCEPTS, choose
from detente.model.parts import Option

__all__ = ["LiteralFacts", "settle"]

_SIM_STATES = 512
_DETAILED = 64


def settle(game: Game, state: State, party: str) -> frozenset[State]:
    """Return where play can rest if party m stops at state x.

    R = {x} and every state that the others reach by any sequence of their own improvements (m has
    stopped, so one of them may move twice running); the rest states are those of R from which no
    party other than m has an improvement; if there are none, all of R.
    """
    reached = {state}
    while True:
        more = {
            q for j in game.others(party) for x in reached for q in game.improvements(j, x)
        } - reached
        if not more:
            break
        reached |= more
    rest = {x for x in reached if not any(game.improvements(j, x) for j in game.others(party))}
    return frozenset(rest or reached)


class LiteralFacts:
    """Finds the facts of a scenario; see :class:`~detente.analysis.deadlock.facts.Source`."""

    def __init__(self, scenario: Scenario, concept: Concept, rule: str) -> None:
        self.scenario, self.concept, self.rule = scenario, concept, rule
        self.case = scenario.case
        self.game = Game.of(self.case)
        assert self.case.status_quo is not None
        self.start: State = self.case.status_quo
        self.order = {state: k for k, state in enumerate(self.game.states)}
        self.table = [party.id for party in self.case.parties if not party.outside]
        self.outside = [party.id for party in self.case.parties if party.outside]
        self.zone = self._zone(self.table)
        self._rests: dict[tuple[int, State, str], tuple[Game, frozenset[State]]] = {}

    # The games that the parties see: by default the true one.

    def _games(self, corrected: frozenset[Correction] | None) -> dict[str, Game]:
        if corrected is None:
            return dict.fromkeys(self.game.parties, self.game)
        games = {}
        for viewer in self.game.parties:
            seen = Game.of(seen_by(self.case, viewer, corrected))
            games[viewer] = replace(self.game, payoffs=seen.payoffs)
        return games

    def facts(self, to: str | None) -> Facts:
        """Return the facts of the true game."""
        games = self._games(None)
        names = self._examined()
        paths = {t: self._path(games, t) for t in self.zone}
        without = [t for t in self.zone if paths[t] is None]
        efficient = self._efficient()
        without.sort(key=lambda t: (t != to, t not in efficient))
        detailed = set(without[:_DETAILED])
        return Facts(
            breaking_move=self._breaking_move(),
            content=self._content(),
            zone=tuple(self.zone),
            minimal_subsets=() if self.zone else self._blocking(self.table),
            ripeness=self._ripeness(),
            targets=tuple(
                TargetFacts(
                    state=t,
                    unstable_for=self._unstable(games, t),
                    stable_under=tuple(
                        c
                        for c in names
                        if all(
                            CONCEPTS[c].literal(self.game, i, t, self.rule)
                            for i in self.game.parties
                        )
                    ),
                    path=paths[t],
                    broken=self._break(games, t) if t in detailed else None,
                    efficient=t in efficient,
                    witnesses=self._flags(t),
                    detailed=paths[t] is not None or t in detailed,
                )
                for t in self.zone
            ),
            concepts=names,
        )

    def perceived(self, corrected: frozenset[Correction]) -> tuple[str, dict[str, str]]:
        """Return the kinds in the games as the parties see them."""
        games = self._games(corrected)
        efficient = self._efficient()
        targets = tuple(
            TargetFacts(
                state=t,
                unstable_for=self._unstable(games, t),
                stable_under=(),
                path=self._path(games, t),
                broken=None,
                efficient=t in efficient,
                witnesses=self._flags(t),
            )
            for t in self.zone
        )
        kinds = {t.state: t.kind for t in targets}
        if self._content() or self._unstable(games, self.start):
            return "not-a-deadlock", kinds
        best = headline(targets)
        return ("no-zone" if best is None else best.kind), kinds

    def case_flags(self) -> CaseFlags:
        """Return the flags that concern the case."""
        return CaseFlags(self._ratification_gap(), self._linkage())

    def _examined(self) -> tuple[str, ...]:
        few = len(self.game.states) <= _SIM_STATES
        names = {c.id for c in choose(self.case, None) if c.id != "sim" or few}
        return tuple(c for c in CONCEPTS if c in names | {self.concept.id})

    def _unstable(self, games: Mapping[str, Game], state: State) -> tuple[str, ...]:
        return tuple(
            i for i in self.game.parties if not self.concept.literal(games[i], i, state, self.rule)
        )

    def _breaking_move(self) -> tuple[str, str] | None:
        for i in self.game.parties:
            if self.concept.literal(self.game, i, self.start, self.rule):
                continue
            own = self.game.payoffs[i]
            free = []
            for t in self.game.improvements(i, self.start):
                only = {**self.game.moves[i], self.start: frozenset({t})}
                game = replace(self.game, moves={**self.game.moves, i: only})
                if not self.concept.literal(game, i, self.start, self.rule):
                    free.append(t)
            best = min(free, key=lambda t: (-own[t], self.order[t]))
            return i, best
        return None

    # The zone of agreement.

    def _zone(self, table: Sequence[str]) -> list[State]:
        u, s0 = self.game.payoffs, self.start
        return [
            t
            for t in self.game.states
            if t != s0
            and all(u[i][t] >= u[i][s0] for i in table)
            and any(u[i][t] > u[i][s0] for i in table)
        ]

    def _efficient(self) -> set[State]:
        u = self.game.payoffs

        def beats(a: State, b: State) -> bool:
            return all(u[i][a] >= u[i][b] for i in self.table) and any(
                u[i][a] > u[i][b] for i in self.table
            )

        return {t for t in self.zone if not any(beats(other, t) for other in self.zone)}

    def _content(self) -> bool:
        u = self.game.payoffs
        return not any(u[i][t] > u[i][self.start] for i in self.table for t in self.game.states)

    def _blocking(self, table: Sequence[str]) -> tuple[tuple[str, ...], ...]:
        if self._content():
            return ()
        u, s0 = self.game.payoffs, self.start
        found: list[tuple[str, ...]] = []
        for size in range(1, len(table) + 1):
            for chosen in combinations(table, size):
                blocked = not any(
                    all(u[i][t] >= u[i][s0] for i in chosen)
                    and any(u[i][t] > u[i][s0] for i in table)
                    for t in self.game.states
                )
                if blocked and not any(set(other) <= set(chosen) for other in found):
                    found.append(chosen)
        return tuple(found)

    def _ripeness(self) -> Ripeness:
        u, s0 = self.game.payoffs, self.start
        return Ripeness(
            stalemate=not any(self.game.improvements(i, s0) for i in self.table),
            way_out=bool(self.zone),
            hurting={i: sum(u[i][t] > u[i][s0] for t in self.game.states) for i in self.table},
            feasible=len(self.game.states),
        )

    # Stop-proof paths.

    def _settled(self, game: Game, state: State, party: str) -> frozenset[State]:
        key = (id(game), state, party)  # the game is kept, so its id stays its own
        if key not in self._rests:
            self._rests[key] = game, settle(game, state, party)
        return self._rests[key][1]

    def _willing(self, games: Mapping[str, Game], m: str, state: State, target: State) -> bool:
        u = self.game.payoffs[m]
        if state == self.start:
            return u[target] > u[state]
        return u[target] > max(u[x] for x in self._settled(games[m], state, m))

    def _depths(self, games: Mapping[str, Game], target: State) -> dict[State, int]:
        """Return the least number of willing steps to each state that they reach."""
        depth = {self.start: 0}
        frontier = [self.start]
        while frontier:
            after = {
                y
                for x in frontier
                for m in self.game.parties
                if self._willing(games, m, x, target)
                for y in self.game.reached(m, x)
            }
            if len(depth) == 1 and self._joint(target):
                after.add(target)
            frontier = sorted(after - set(depth), key=self.order.__getitem__)
            d = max(depth.values()) + 1
            depth.update(dict.fromkeys(frontier, d))
        return depth

    def _joint(self, target: State) -> tuple[str, ...] | None:
        u, s0 = self.game.payoffs, self.start
        for move in self.scenario.joint_moves:
            if move.to == target and all(u[m][target] > u[m][s0] for m in move.parties):
                return move.parties
        return None

    def _path(
        self, games: Mapping[str, Game], target: State, end: State | None = None
    ) -> Path | None:
        depth = self._depths(games, target)
        x = target if end is None else end
        if x not in depth:
            return None
        states, movers = [x], []
        while depth[x]:
            able = (
                (y, (m,))
                for y in sorted(depth, key=self.order.__getitem__)
                if depth[y] == depth[x] - 1
                for m in self.game.parties
                if x in self.game.reached(m, y) and self._willing(games, m, y, target)
            )
            joint = self._joint(target) if x == target else None
            y, step = next(able, (self.start, joint or ()))
            states.append(y)
            movers.append(step)
            x = y
        return Path(tuple(reversed(states)), tuple(reversed(movers)))

    def _break(self, games: Mapping[str, Game], target: State) -> Break:
        depth = self._depths(games, target)
        left = {target: 0}
        frontier = {target}
        while frontier:
            before = {
                x
                for x in self.game.states
                if x not in left
                and any(self.game.reached(m, x) & frontier for m in self.game.parties)
            }
            left.update(dict.fromkeys(before, max(left.values()) + 1))
            frontier = before
        far = len(self.game.states)
        at = min(depth, key=lambda x: (left.get(x, far), depth[x], self.order[x]))
        path = self._path(games, target, at)
        assert path is not None
        if at not in left:
            return Break(path, None, None, None, None)
        party, to = next(
            (m, y)
            for m in self.game.parties
            for y in sorted(self.game.reached(m, at), key=self.order.__getitem__)
            if left.get(y, far) == left[at] - 1
        )
        u = self.game.payoffs[party]
        rest = {at} if at == self.start else self._settled(games[party], at, party)
        tempting = min(rest, key=lambda x: (-u[x], self.order[x]))
        return Break(path, party, to, tempting, left[at])

    # Flags.

    def _flags(self, target: State) -> dict[str, Any]:
        found: dict[str, Any] = {}
        u, s0 = self.game.payoffs, self.start
        changed = [option for option, a, b in self._changes(target)]
        excluded = [option for option in changed if option.owner in self.outside]
        if excluded:
            found["excluded-owner"] = [option.key for option in excluded]
            veto = [
                p
                for p in self.game.parties
                if any(option.owner == p for option in excluded) and u[p][target] < u[p][s0]
            ]
            if veto:
                found["excluded-veto"] = veto
        spoilers = []
        for p in self.outside:
            harm = [
                x
                for x in self.game.improvements(p, target)
                if any(u[i][x] < u[i][target] for i in self.table)
            ]
            if harm:
                to = min(harm, key=lambda x: (-u[p][x], self.order[x]))
                limited = any(u[p][z] > u[p][s0] for z in self.zone)
                scope = "limited" if limited else "total"
                spoilers.append({"party": p, "scope": scope, "to": to})
        if spoilers:
            found["spoiler"] = spoilers
        able = {}
        for p in self.game.parties:
            own = [(o, a, b) for o, a, b in self._changes(target) if o.owner == p]
            if own:
                able[p] = all(a in _closure(option, b) for option, a, b in own)
        can, cannot = [p for p in able if able[p]], [p for p in able if not able[p]]
        if can and cannot:
            found["reversibility-asymmetry"] = {"can": can, "cannot": cannot}
        return {name: found[name] for name in FLAGS if name in found}

    def _changes(self, target: State) -> Iterator[tuple[Option, int, int]]:
        """Yield the options that differ: option, level in s0, level in the target."""
        if self.case.graph is not None:
            return
        for option, a, b in zip(self.case.options, self.start, target, strict=True):
            if a != b:
                yield option, int(a), int(b)

    def _ratification_gap(self) -> dict[str, Any] | None:
        must = [p.id for p in self.case.parties if p.outside and p.constituent_of is not None]
        together = [i for i in self.game.parties if i in self.table or i in must]
        if not must or not self.zone or self._zone(together):
            return None
        return {
            "parties": must,
            "minimal_subsets": [list(own) for own in self._blocking(together)],
        }

    def _linkage(self) -> dict[str, Any] | None:
        issues = list(dict.fromkeys(o.issue for o in self.case.options if o.issue))
        moved = {t: {option.issue for option, _, _ in self._changes(t)} for t in self.zone}
        if len(issues) < 2 or any(own == {issue} for own in moved.values() for issue in issues):
            return None
        linked = [t for t in self.zone if None not in moved[t]]
        if not linked:
            return None
        u = self.game.payoffs
        best = next(
            t
            for t in linked
            if not any(
                all(u[i][o] >= u[i][t] for i in self.table)
                and any(u[i][o] > u[i][t] for i in self.table)
                for o in linked
            )
        )
        together = [issue for issue in issues if issue in moved[best]]
        return {"issues": issues, "state": best, "together": together}


def _closure(option: Option, level: int) -> set[int]:
    """Return the levels to which paths of the option's own arcs lead from a level, itself too."""
    reached = {level}
    while more := {b for a, b in option.arcs if a in reached} - reached:
        reached |= more
    return reached
