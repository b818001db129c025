"""Read the parties of a case file: their options, levels and moves."""

from __future__ import annotations

from detente.model.document import entries, evidence, fields, flag, items, known_name, text
from detente.model.errors import CaseError, counted
from detente.model.format import FEWEST_LEVELS, KEYS, MOST_LEVELS, MOVES
from detente.model.ids import check_id
from detente.model.parts import Option, Party
from detente.model.yamltext import Node

__all__ = ["read_moves", "read_parties"]


def read_parties(node: Node, *, graph_form: bool) -> list[tuple[Party, Node | None]]:
    """Read 'parties:': each party, and the node of its preferences, which are read later.

    Raises:
        CaseError: if a party, an option, a level or a move breaks a rule.
    """
    found: list[tuple[Party, Node | None]] = []
    for key, value in entries(node, "'parties'"):
        party_id = check_id(key.raw, "party", key.where)
        own = fields(value, f"party '{party_id}'", KEYS["party"])
        options: tuple[Option, ...] = ()
        if "options" in own:
            options = tuple(
                _option(name, body, party_id)
                for name, body in entries(own["options"], f"the options of '{party_id}'")
            )
            if graph_form and options:
                raise CaseError(
                    f"party '{party_id}' has options in a graph-form case",
                    where=own["options"].where,
                    rule="a case has options, or a list of states with moves, not both",
                    hint="remove 'options:', or make 'states:' a mapping of names",
                )
        party = Party(
            id=party_id,
            name=text(own["name"], "a name") if "name" in own else party_id,
            options=options,
            outside=flag(own["outside"], "'outside'") if "outside" in own else False,
            constituent_of=(
                text(own["constituent_of"], "'constituent_of'") if "constituent_of" in own else None
            ),
            evidence=evidence(own.get("evidence")),
        )
        found.append((party, own.get("preferences")))
    if not found:
        raise CaseError(
            "the case has no parties",
            where=node.where,
            rule="'parties:' names at least one party",
            hint="'detente new' writes a starter file",
        )
    _check_constituents(node, [party for party, _ in found])
    return found


def _check_constituents(node: Node, parties: list[Party]) -> None:
    ids = [party.id for party in parties]
    for party, (_, value) in zip(parties, node.entries, strict=True):
        if party.constituent_of is None:
            continue
        where = next(v.where for k, v in value.entries if k.raw == "constituent_of")
        others = [name for name in ids if name != party.id]
        known_name(party.constituent_of, others, "party", where)


def _option(key: Node, node: Node, owner: str) -> Option:
    option_id = check_id(key.raw, "option", key.where)
    own = fields(node, f"option '{owner}.{option_id}'", KEYS["option"])
    levels: tuple[str, ...] = ("no", "yes")
    if "levels" in own:
        levels = _levels(own["levels"], f"{owner}.{option_id}")
    kind, arcs = read_moves(own.get("moves"), levels, f"{owner}.{option_id}")
    return Option(
        id=option_id,
        owner=owner,
        name=text(own["name"], "a name") if "name" in own else option_id,
        levels=levels,
        arcs=arcs,
        moves=kind,
        issue=text(own["issue"], "an issue") if "issue" in own else None,
        evidence=evidence(own.get("evidence")),
    )


def _levels(node: Node, key: str) -> tuple[str, ...]:
    names: list[str] = []
    for item in items(node, f"the levels of '{key}'"):
        name = check_id(text(item, "a level"), "level", item.where)
        if name in names:
            raise CaseError(
                f"the level '{name}' of '{key}' stands twice",
                where=item.where,
                rule="levels of one option have different names",
                hint="rename or remove one",
            )
        names.append(name)
    if not FEWEST_LEVELS <= len(names) <= MOST_LEVELS:
        raise CaseError(
            f"option '{key}' has {counted(len(names), 'level')}",
            where=node.where,
            rule=f"an option has {FEWEST_LEVELS} to {MOST_LEVELS} levels",
            hint="merge levels that nobody treats differently, or split the option",
        )
    return tuple(names)


def read_moves(
    node: Node | None, levels: tuple[str, ...], key: str
) -> tuple[str, frozenset[tuple[int, int]]]:
    """Return how the moves of an option are written, and its arcs as pairs of indices.

    Raises:
        CaseError: if they are neither a kind of moves nor a list of arcs.
    """
    every = frozenset((a, b) for a in range(len(levels)) for b in range(len(levels)) if a != b)
    if node is None:
        return "both", every
    if node.kind != "list":
        kind = known_name(text(node, "'moves'"), MOVES, "kind of moves", node.where)
        wanted = {"both": every, "forward": {a for a in every if a[0] < a[1]}}
        return kind, frozenset(wanted.get(kind, {a for a in every if a[0] > a[1]}))
    arcs: set[tuple[int, int]] = set()
    for item in node.items:
        ends = items(item, f"a move of '{key}'")
        if len(ends) != 2:
            raise CaseError(
                f"a move of '{key}' has {counted(len(ends), 'end')}",
                where=item.where,
                rule="a move is written [from, to], in level names",
                hint=f"for instance [{levels[0]}, {levels[1]}]",
            )
        start, end = (
            levels.index(known_name(text(e, "a level"), levels, f"level of '{key}'", e.where))
            for e in ends
        )
        if start == end:
            raise CaseError(
                f"a move of '{key}' leads from '{levels[start]}' to itself",
                where=item.where,
                rule="a move changes the level",
                hint="remove it: staying is always possible",
            )
        arcs.add((start, end))
    return "arcs", frozenset(arcs)
