"""Random cases: one generator, driven by a seed or by hypothesis.

A drawn model is plain data that shares no code with detente. It turns into the text of a case file
(:meth:`Drawn.text`) and into the model of the independent oracle (:meth:`Drawn.plain`). A state of
option form is kept as a set of pairs (``party.option``, level), so that parties, options and
levels can be put into another order without touching the preferences.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import product
from math import prod
from typing import Any

from hypothesis import strategies as st

OPS = ("=", "!=", "<", "<=", ">", ">=")
MIRRORED = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}

State = Any  # a label, or a frozenset of pairs (key, level)


@dataclass(frozen=True)
class Stated:
    """A statement: ``op`` is an operator between a key and a level, or a connective."""

    op: str
    parts: tuple[Any, ...]

    def text(self) -> str:
        if self.op in OPS:
            return f"{self.parts[0]} {self.op} {self.parts[1]}"
        if self.op == "not":
            return f"not ({self.parts[0].text()})"
        return "(" + f") {self.op} (".join(part.text() for part in self.parts) + ")"

    def holds(self, at: dict[str, str], order: dict[str, tuple[str, ...]]) -> bool:
        if self.op in OPS:
            key, level = self.parts
            a, b = order[key].index(at[key]), order[key].index(level)
            truths = {"=": a == b, "!=": a != b, "<": a < b, "<=": a <= b, ">": a > b}
            return truths.get(self.op, a >= b)
        values = [part.holds(at, order) for part in self.parts]
        if self.op == "not":
            return not values[0]
        if self.op == "and":
            return all(values)
        if self.op == "or":
            return any(values)
        if self.op == "if":
            return values[0] or not values[1]
        return values[0] is values[1]

    def mirrored(self) -> Stated:
        """The same statement after the order of every option's levels has been reversed."""
        if self.op in OPS:
            return Stated(MIRRORED[self.op], self.parts)
        return Stated(self.op, tuple(part.mirrored() for part in self.parts))


@dataclass(frozen=True)
class DrawnOption:
    key: str
    levels: tuple[str, ...]
    moves: str
    arcs: frozenset[tuple[str, str]] = frozenset()

    def leads(self, start: str, end: str) -> bool:
        """Whether the owner can change the level so, or leave it."""
        a, b = self.levels.index(start), self.levels.index(end)
        if self.moves == "arcs":
            return a == b or (start, end) in self.arcs
        return {"both": True, "forward": a <= b, "back": a >= b}[self.moves]


@dataclass(frozen=True)
class DrawnParty:
    id: str
    options: tuple[DrawnOption, ...] = ()
    kind: str = "none"  # of preferences: ranking, priorities, weights, none
    preferences: tuple[Any, ...] = ()  # tiers; statements; pairs (statement, weight)


@dataclass(frozen=True)
class Drawn:
    """A model. ``infeasible`` holds statements and partial states; ``graph``, if any, the labels
    and each party's arcs."""

    parties: tuple[DrawnParty, ...]
    infeasible: tuple[Any, ...] = ()
    status_quo: State = None
    graph: tuple[tuple[str, ...], dict[str, tuple[tuple[str, str], ...]]] | None = None

    @cached_property
    def options(self) -> tuple[DrawnOption, ...]:
        return tuple(option for party in self.parties for option in party.options)

    @cached_property
    def order(self) -> dict[str, tuple[str, ...]]:
        return {option.key: option.levels for option in self.options}

    @cached_property
    def states(self) -> tuple[State, ...]:
        """The feasible states, in the order of their codes."""
        if self.graph is not None:
            return self.graph[0]
        return tuple(state for state in self._cells() if not self.excluded(state))

    def _cells(self) -> Iterator[State]:
        keys = [option.key for option in self.options]
        for levels in product(*(option.levels for option in self.options)):
            yield frozenset(zip(keys, levels, strict=True))

    def excluded(self, state: State) -> bool:
        return any(
            item.holds(dict(state), self.order) if isinstance(item, Stated) else item <= state
            for item in self.infeasible
        )

    def name(self, state: State) -> str:
        """The code, or the label."""
        if self.graph is not None:
            return str(state)
        at = dict(state)
        return "".join(str(o.levels.index(at[o.key])) for o in self.options)

    def payoff(self, party: DrawnParty, state: State) -> Any:
        """Something that compares as the party does; greater is better."""
        if party.kind == "ranking":
            return -next(k for k, tier in enumerate(party.preferences) if state in tier)
        if party.kind == "priorities":
            return tuple(s.holds(dict(state), self.order) for s in party.preferences)
        if party.kind == "weights":
            true = (w for s, w in party.preferences if s.holds(dict(state), self.order))
            return sum((Fraction(w) for w in true), Fraction(0))
        return 0

    def moves(self, party: DrawnParty, state: State) -> list[State]:
        if self.graph is not None:
            return [end for start, end in self.graph[1].get(party.id, ()) if start == state]
        own = {option.key: option for option in party.options}
        here = dict(state)
        found = []
        for other in self.states:
            there = dict(other)
            if other != state and all(
                own[key].leads(here[key], there[key]) if key in own else here[key] == there[key]
                for key in here
            ):
                found.append(other)
        return found

    @cached_property
    def reached(self) -> dict[str, dict[str, list[str]]]:
        """Party -> state -> R_i(s), by names."""
        return {
            p.id: {self.name(s): [self.name(t) for t in self.moves(p, s)] for s in self.states}
            for p in self.parties
        }

    @cached_property
    def payoffs(self) -> dict[str, dict[str, Any]]:
        return {p.id: {self.name(s): self.payoff(p, s) for s in self.states} for p in self.parties}

    def plain(self) -> dict[str, Any]:
        """The model of ``tests/cases/oracle.py``."""
        model = {
            "states": [self.name(s) for s in self.states],
            "moves": self.reached,
            "payoff": self.payoffs,
        }
        if self.graph is None:
            model["owner"] = [option.key.split(".")[0] for option in self.options]
        return model

    def text(self) -> str:
        """The case file."""
        lines = ["detente: 1", "parties:"]
        for party in self.parties:
            lines += [f"  {party.id}:"]
            if self.graph is None:
                lines += ["    options:" + ("" if party.options else " {}")]
            for option in party.options:
                moves = option.moves
                if moves == "arcs":
                    moves = "[" + ", ".join(f"[{a}, {b}]" for a, b in sorted(option.arcs)) + "]"
                levels = f"[{', '.join(option.levels)}]"
                name = option.key.split(".")[1]
                lines += [f"      {name}: {{levels: {levels}, moves: {moves}}}"]
            lines += self._preferences(party)
        if self.graph is not None:
            lines += [f"states: [{', '.join(self.graph[0])}]", "moves:"]
            for party in self.parties:
                lines += [f"  {party.id}:" + ("" if any(self._arcs_of(party)) else " {}")]
                for start, ends in self._arcs_of(party):
                    lines += [f"    {start}: [{', '.join(ends)}]"]
        if self.infeasible:
            lines += ["infeasible:", *(f"  - {self._item(item)}" for item in self.infeasible)]
        if self.status_quo is not None:
            lines += [f'status_quo: "{self.name(self.status_quo)}"']
        return "\n".join(lines) + "\n"

    def _arcs_of(self, party: DrawnParty) -> Iterator[tuple[str, list[str]]]:
        assert self.graph is not None
        arcs = self.graph[1].get(party.id, ())
        for start in dict.fromkeys(a for a, _ in arcs):
            yield start, [b for a, b in arcs if a == start]

    def _preferences(self, party: DrawnParty) -> list[str]:
        if party.kind == "none":
            return []
        if party.kind == "ranking":
            tiers = ", ".join(
                "[" + ", ".join(f'"{self.name(s)}"' for s in tier) + "]"
                for tier in party.preferences
            )
            return ["    preferences:", f"      ranking: [{tiers}]"]
        if party.kind == "priorities":
            items = [f"        - {statement.text()}" for statement in party.preferences]
            return ["    preferences:", "      priorities:", *items]
        pairs = [f"        {statement.text()}: {w}" for statement, w in party.preferences]
        return ["    preferences:", "      weights:", *pairs]

    def _item(self, item: Any) -> str:
        if isinstance(item, Stated):
            return item.text()
        at = dict(item)
        marks = [str(o.levels.index(at[o.key])) if o.key in at else "-" for o in self.options]
        return '"' + "".join(marks) + '"'

    @cached_property
    def intransitive(self) -> bool:
        """Whether some party reaches in two moves what it does not reach in one."""
        return any(
            u != s and u not in reached[s]
            for reached in self.reached.values()
            for s, middle in reached.items()
            for t in middle
            for u in reached[t]
        )

    def kinds(self) -> frozenset[str]:
        """What a sample should contain, as far as this model has it."""
        found = {"graph form" if self.graph else "option form"}
        found |= {f"{len(self.parties)} parties", f"preferences: {self.parties[0].kind}"}
        found |= {f"moves: {option.moves}" for option in self.options}
        found |= {f"{len(option.levels)} levels" for option in self.options}
        found |= {f"{len(party.options)} options" for party in self.parties if self.graph is None}
        found |= {"pattern" for item in self.infeasible if isinstance(item, frozenset)}
        found |= {"statement" for item in self.infeasible if isinstance(item, Stated)}
        cells = prod(len(option.levels) for option in self.options)
        if self.graph is None and len(self.states) < 0.6 * cells:
            found.add("two in five infeasible")
        if self.intransitive:
            found.add("intransitive" + (" graph" if self.graph else " options"))
        if any(not any(reached.values()) for reached in self.reached.values()):
            found.add("a party without moves")
        for party in self.parties:
            values = list(self.payoffs[party.id].values())
            if party.kind != "none" and len(values) > len(set(values)) > 1:
                found.add("ties")
        return frozenset(found)

    def as_graph(self) -> Drawn:
        """The same states, moves and preferences in graph form: state 01 is called s01."""
        label = {state: f"s{self.name(state)}" for state in self.states}
        parties = []
        for party in self.parties:
            tiers: dict[Any, list[str]] = {}
            for state in self.states:
                tiers.setdefault(self.payoff(party, state), []).append(label[state])
            best_first = tuple(tuple(tiers[value]) for value in sorted(tiers, reverse=True))
            kind = "none" if party.kind == "none" else "ranking"
            parties.append(DrawnParty(party.id, (), kind, best_first if kind != "none" else ()))
        arcs = {
            p.id: tuple((label[s], label[t]) for s in self.states for t in self.moves(p, s))
            for p in self.parties
        }
        status_quo = None if self.status_quo is None else label[self.status_quo]
        return Drawn(tuple(parties), (), status_quo, (tuple(label.values()), arcs))

    def mirrored(self) -> Drawn:
        """The same model with the levels of every option declared in reverse order."""
        swapped = {"forward": "back", "back": "forward"}

        def statements(party: DrawnParty) -> tuple[Any, ...]:
            if party.kind == "priorities":
                return tuple(s.mirrored() for s in party.preferences)
            if party.kind == "weights":
                return tuple((s.mirrored(), w) for s, w in party.preferences)
            return party.preferences

        parties = tuple(
            replace(
                party,
                options=tuple(
                    replace(o, levels=o.levels[::-1], moves=swapped.get(o.moves, o.moves))
                    for o in party.options
                ),
                preferences=statements(party),
            )
            for party in self.parties
        )
        items = tuple(i.mirrored() if isinstance(i, Stated) else i for i in self.infeasible)
        return replace(self, parties=parties, infeasible=items)

    def shuffled(self, rng: random.Random) -> Drawn:
        """The same model with parties, options and (graph form) states in another order."""
        parties = tuple(
            replace(party, options=_shuffled(rng, party.options))
            for party in _shuffled(rng, self.parties)
        )
        graph = self.graph and (_shuffled(rng, self.graph[0]), self.graph[1])
        return replace(self, parties=parties, graph=graph)


def _shuffled(rng: random.Random, items: Iterable[Any]) -> tuple[Any, ...]:
    found = list(items)
    rng.shuffle(found)
    return tuple(found)


def draw(
    rng: random.Random, *, form: str | None = None, parties: int | None = None, most: int = 40
) -> Drawn:
    """Draw a model of at most ``most`` combinations of levels (or a dozen labels)."""
    chosen = form or rng.choice(["option", "option", "graph"])
    count = parties or rng.randint(1, 4)
    return _options(rng, count, most) if chosen == "option" else _graph(rng, count)


def _graph(rng: random.Random, count: int) -> Drawn:
    labels = tuple(f"s{k}" for k in range(1, rng.randint(1, 9) + 1))
    ids = [f"p{i}" for i in range(count)]
    every = [(a, b) for a in labels for b in labels if a != b]
    arcs = {}
    for party in ids:
        share = rng.choice([0, 0.1, 0.2, 0.35, 0.6, 1])
        arcs[party] = tuple(rng.sample(every, round(share * len(every))))
    parties = tuple(
        DrawnParty(party, (), "ranking", _tiers(rng, labels))
        if rng.random() < 0.85
        else DrawnParty(party)
        for party in ids
    )
    return Drawn(parties, (), rng.choice(labels), (labels, arcs))


def _options(rng: random.Random, count: int, most: int) -> Drawn:
    counts = [rng.choice([0, 1, 1, 2, 3]) for _ in range(count)]
    counts[rng.randrange(count)] += not any(counts)
    owned: list[list[int]] = [[rng.choice([2, 3]) for _ in range(k)] for k in counts]
    while prod(prod(levels) for levels in owned) > most:
        party = rng.choice([levels for levels in owned if levels])
        if party[-1] == 3:
            party[-1] = 2
        else:
            party.pop()
    owned[0] = owned[0] or ([2] if not any(owned) else [])
    ids = [f"p{i}" for i in range(count)]
    bare = tuple(
        DrawnParty(ids[i], tuple(_option(rng, f"{ids[i]}.o{k}", n) for k, n in enumerate(levels)))
        for i, levels in enumerate(owned)
    )
    model = Drawn(bare)
    kept = rng.choice(model.states)
    items = [item for item in _infeasible(rng, model) if not _excludes(model, item, kept)]
    model = replace(model, infeasible=tuple(items))
    status_quo = rng.choice(model.states) if rng.random() < 0.8 else None
    parties = tuple(_with_preferences(rng, model, party) for party in bare)
    return replace(model, parties=parties, status_quo=status_quo)


def _excludes(model: Drawn, item: Any, state: State) -> bool:
    return replace(model, infeasible=(item,)).excluded(state)


def _option(rng: random.Random, key: str, count: int) -> DrawnOption:
    levels = tuple(f"l{k}" for k in range(count))
    moves = rng.choice(["both", "both", "forward", "back", "arcs", "arcs"])
    every = [(a, b) for a in levels for b in levels if a != b]
    arcs: list[tuple[str, str]] = []
    if moves == "arcs" and rng.random() < 0.5:  # one step up or down at a time
        arcs = [(a, b) for a, b in every if abs(levels.index(a) - levels.index(b)) == 1]
    elif moves == "arcs":
        arcs = rng.sample(every, rng.randint(0, len(every)))
    return DrawnOption(key, levels, moves, frozenset(arcs))


def _infeasible(rng: random.Random, model: Drawn) -> list[Any]:
    kind = rng.choice(["none", "codes", "codes", "patterns", "statements", "mixed"])
    items: list[Any] = []
    if kind in ("codes", "mixed"):
        cells = list(model.states)
        items += rng.sample(cells, round(rng.random() * 0.6 * len(cells)))
    if kind in ("patterns", "mixed"):
        for _ in range(rng.randint(1, 2)):
            pairs = sorted(rng.choice(model.states))
            items.append(frozenset(rng.sample(pairs, rng.randint(1, len(pairs)))))
    if kind in ("statements", "mixed"):
        items += [_statement(rng, model, 2) for _ in range(rng.randint(1, 2))]
    return items


def _statement(rng: random.Random, model: Drawn, depth: int) -> Stated:
    op = rng.choice(["atom", "atom", "atom", "not", "and", "or", "if", "iff"])
    if op == "atom" or not depth:
        option = rng.choice(model.options)
        return Stated(rng.choice(OPS), (option.key, rng.choice(option.levels)))
    parts = 1 if op == "not" else rng.randint(2, 3) if op in ("and", "or") else 2
    return Stated(op, tuple(_statement(rng, model, depth - 1) for _ in range(parts)))


def _with_preferences(rng: random.Random, model: Drawn, party: DrawnParty) -> DrawnParty:
    kind = rng.choice([*["ranking"] * 5, "priorities", "weights", "none"])
    if kind == "ranking":
        return replace(party, kind=kind, preferences=_tiers(rng, model.states))
    statements = tuple(_statement(rng, model, 2) for _ in range(rng.randint(1, 4)))
    if kind == "priorities":
        return replace(party, kind=kind, preferences=statements)
    if kind == "weights":
        by_text = {s.text(): s for s in statements}  # keys of a mapping: each once
        weights = [rng.choice(["1", "2", "-1", "0.1", "0.2", "0.3", "-2.5", "0"]) for _ in by_text]
        pairs = tuple(zip(by_text.values(), weights, strict=True))
        return replace(party, kind=kind, preferences=pairs)
    return replace(party, kind=kind)


def _tiers(rng: random.Random, states: Iterable[State]) -> tuple[tuple[State, ...], ...]:
    rest = list(_shuffled(rng, states))
    sizes = rng.choice([[1], [1, 1, 2], [1, 2, 3], [3, 5]])
    tiers = []
    while rest:
        size = rng.choice(sizes)
        tiers.append(tuple(rest[:size]))
        rest = rest[size:]
    return tuple(tiers)


def drawn(**wanted: Any) -> st.SearchStrategy[Drawn]:
    """Models for hypothesis; the arguments are those of :func:`draw`."""
    return st.randoms(use_true_random=False).map(lambda rng: draw(rng, **wanted))


def seeded(seed: int, **wanted: Any) -> Drawn:
    """The model of a seed."""
    return draw(random.Random(seed), **wanted)
