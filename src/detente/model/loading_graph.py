"""Read the states and moves of a graph-form case file."""

from __future__ import annotations

from detente.model.case import GraphForm
from detente.model.document import entries, items, known_name, text
from detente.model.errors import CaseError
from detente.model.ids import check_id
from detente.model.yamltext import Node

__all__ = ["read_graph", "read_graph_moves"]


def read_graph(top: dict[str, Node]) -> GraphForm | None:
    """Read 'states:' if it is a list: the labels, without moves yet.

    Raises:
        CaseError: if a label stands twice, or something does not belong in graph form.
    """
    node = top.get("states")
    if node is None or node.kind != "list":
        return None
    labels: list[str] = []
    seen: set[str] = set()
    for item in node.items:
        label = check_id(text(item, "a state"), "state", item.where)
        if label in seen:
            raise CaseError(
                f"the state '{label}' stands twice",
                where=item.where,
                rule="states have different labels",
                hint="rename or remove one",
            )
        seen.add(label)
        labels.append(label)
    if not labels:
        raise CaseError(
            "the list of states is empty",
            where=node.where,
            rule="a graph-form case lists at least one state",
            hint="add states, or describe options instead",
        )
    if "infeasible" in top:
        raise CaseError(
            "a graph-form case has 'infeasible'",
            where=top["infeasible"].where,
            rule="a graph-form case lists only feasible states",
            hint="remove the infeasible states from 'states:'",
        )
    return GraphForm(tuple(labels), {})


def read_graph_moves(
    node: Node, ids: list[str], states: tuple[str, ...]
) -> dict[str, tuple[tuple[str, str], ...]]:
    """Read 'moves:' of a graph-form case: party -> pairs of labels (from, to).

    Raises:
        CaseError: if a party or a label is unknown, or a move stays where it is.
    """
    known = frozenset(states)
    moves: dict[str, tuple[tuple[str, str], ...]] = {}

    def state(item: Node) -> str:
        name = text(item, "a state")
        return name if name in known else known_name(name, states, "state", item.where)

    for key, value in entries(node, "'moves'"):
        party = known_name(key.raw, ids, "party", key.where)
        arcs: dict[tuple[str, str], None] = {}
        for start_node, ends in entries(value, f"the moves of '{party}'"):
            start = state(start_node)
            for item in items(ends, f"the moves of '{party}' from '{start}'"):
                if state(item) == start:
                    raise CaseError(
                        f"a move of '{party}' leads from '{start}' to itself",
                        where=item.where,
                        rule="a move changes the state",
                        hint="remove it: staying is always possible",
                    )
                arcs[start, state(item)] = None
        moves[party] = tuple(arcs)
    return moves
