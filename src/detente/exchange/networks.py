"""Networks of actors and concepts, counted as the Discourse Network Analyzer counts them.

Let ``a[i][k][r]`` be 1 if actor i takes side r (agrees or disagrees) on concept k at least once.
Congruence of i and j is the number of concepts and sides that they share, conflict the number of
concepts on which one agrees and the other disagrees, and subtract the first minus the second. A
concept on which both were on both sides counts twice in either.

Source: Leifeld, Gruber and Bossner, *DNA Manual* (2018), sections 2.1 to 2.3 and 2.6, with
duplicates left out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from detente.exchange.coding import AGREEMENT, concept_key, concept_of, parties_of
from detente.exchange.items import Bundle, StatementItem

__all__ = ["NETWORKS", "RELATIONS", "Edge", "Network", "Node", "counted", "network_of"]

NETWORKS = ("one-mode", "two-mode")
RELATIONS = ("congruence", "conflict", "subtract")


@dataclass(frozen=True, slots=True)
class Node:
    """An actor or a concept, with the number of statements that it occurs in."""

    name: str
    variable: str
    frequency: int


@dataclass(frozen=True, slots=True)
class Edge:
    """A tie, by the places of its nodes.

    Attributes:
        first, second: places of the nodes.
        weight: one mode: the relation; two modes: number of statements.
        plus, minus: one mode: congruence and conflict; two modes: statements that agree and that
            disagree.
    """

    first: int
    second: int
    weight: int
    plus: int
    minus: int

    @property
    def sign(self) -> int:
        """Return 1, -1, or 0 where both sides are as strong."""
        return (self.plus > self.minus) - (self.plus < self.minus)


@dataclass(frozen=True, slots=True)
class Network:
    """A network: nodes in order of their names, actors first."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def counted(item: StatementItem) -> bool:
    """Tell whether a statement counts: it has an actor, and is no reprint of another."""
    return not item.fields.get("repeat_of") and any(parties_of(item.fields["actors"]))


def network_of(bundle: Bundle, network: str, relation: str) -> Network:
    """Return the network of statements.

    Args:
        bundle: the statements.
        network: one of :data:`NETWORKS`.
        relation: for one mode, one of :data:`RELATIONS`.
    """
    sides: Counter[tuple[str, str, int]] = Counter()
    actors: Counter[str] = Counter()
    concepts: Counter[str] = Counter()
    spelt: dict[str, Counter[str]] = defaultdict(Counter)
    for item in bundle.statements:
        if not counted(item):
            continue
        concept = concept_of(item.fields)
        key = concept_key(concept)
        spelt[key][concept] += 1
        concepts[key] += 1
        for actor in parties_of(item.fields["actors"]):
            actors[actor] += 1
            sides[actor, key, AGREEMENT[item.fields["type"]]] += 1
    names = sorted(actors)
    if network == "two-mode":
        return _two_mode(names, actors, concepts, spelt, sides)
    nodes = tuple(Node(name, "organization", actors[name]) for name in names)
    held: dict[str, dict[str, set[int]]] = defaultdict(dict)
    for actor, key, side in sides:
        held[key].setdefault(actor, set()).add(side)
    place = {name: k for k, name in enumerate(names)}
    plus: Counter[tuple[int, int]] = Counter()
    minus: Counter[tuple[int, int]] = Counter()
    for by_actor in held.values():
        ordered = sorted((place[actor], taken) for actor, taken in by_actor.items())
        for k, (first, one) in enumerate(ordered):
            for second, other in ordered[k + 1 :]:
                plus[first, second] += len(one & other)
                minus[first, second] += sum((1 - side) in other for side in one)
    edges = []
    for pair in sorted(plus):
        weight = {
            "congruence": plus[pair],
            "conflict": minus[pair],
            "subtract": plus[pair] - minus[pair],
        }[relation]
        if weight:
            edges.append(Edge(*pair, weight, plus[pair], minus[pair]))
    return Network(nodes, tuple(edges))


def _two_mode(
    names: list[str],
    actors: Counter[str],
    concepts: Counter[str],
    spelt: dict[str, Counter[str]],
    sides: Counter[tuple[str, str, int]],
) -> Network:
    keys = sorted(concepts)
    nodes = [Node(name, "organization", actors[name]) for name in names]
    for key in keys:
        label = min(spelt[key], key=lambda text: (-spelt[key][text], text))
        nodes.append(Node(label, "concept", concepts[key]))
    edges = [
        Edge(k, len(names) + m, agree + against, agree, against)
        for k, name in enumerate(names)
        for m, key in enumerate(keys)
        if (agree := sides[name, key, 1]) + (against := sides[name, key, 0])
    ]
    return Network(tuple(nodes), tuple(edges))
