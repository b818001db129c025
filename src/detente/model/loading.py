"""Case file format 1: text to :class:`~detente.model.case.Case`.

Everything that can be checked without going through the states is checked here; what concerns
states (feasibility, complete rankings) is checked when the case is compiled.
"""

from __future__ import annotations

from detente.model.case import FORMAT, Case, GraphForm
from detente.model.document import (
    entries,
    evidence,
    fields,
    flag,
    items,
    known_name,
    text,
)
from detente.model.errors import CaseError, Where
from detente.model.grammar import OptionNames, parse_statement
from detente.model.ids import CODE, PATTERN, check_id
from detente.model.loading_preferences import read_preferences
from detente.model.parts import Clause, Infeasible, Option, Party, Pattern, Perception
from detente.model.yamltext import Node, compose

__all__ = ["KEYS", "parse_case"]

KEYS = {
    "case": (
        "detente",
        "title",
        "about",
        "as_of",
        "parties",
        "status_quo",
        "infeasible",
        "states",
        "moves",
        "perceptions",
    ),
    "party": ("name", "options", "preferences", "outside", "constituent_of", "evidence"),
    "option": ("name", "levels", "moves", "issue", "evidence"),
    "infeasible": ("statement", "evidence"),
}
"""The keys of each kind of mapping."""

MOST_LEVELS = 10


def parse_case(source_text: str, source: str | None = None) -> Case:
    """Read a case from the text of a case file.

    Args:
        source_text: YAML 1.2, format 1.
        source: the file's name, for messages.

    Returns:
        The case, validated but for what concerns single states.

    Raises:
        CaseError: with file, line and column, the rule broken and the nearest valid name.
    """
    root = compose(source_text, source)
    _check_version(root, source)
    top = fields(root, "the case", KEYS["case"])
    if "parties" not in top:
        raise CaseError(
            "the case has no parties",
            where=Where(source),
            rule="'parties:' names at least one party",
            hint="'detente new' writes a starter file",
        )
    graph = _graph(top)
    parties = _parties(top["parties"], graph_form=graph is not None)
    ids = [party.id for party, _ in parties]
    if graph is not None and "moves" in top:
        graph = GraphForm(graph.states, _graph_moves(top["moves"], ids, graph.states))
    if graph is None and "moves" in top:
        raise CaseError(
            "'moves' stands at the top of an option-form case",
            where=top["moves"].where,
            rule="moves stand in each option; at the top only when 'states:' is a list",
            hint="move it into the options",
        )
    bare = Case(tuple(party for party, _ in parties), graph=graph, source=source)
    if not bare.options and graph is None:
        raise CaseError(
            "no party has an option",
            where=top["parties"].where,
            rule="a case has at least one option, or lists its states (graph form)",
            hint="add 'options:' to a party",
        )
    names = OptionNames(bare.options)
    labels = _labels(top["states"], bare, names) if graph is None and "states" in top else {}
    shell = Case(bare.parties, labels=labels, graph=graph, source=source)
    status_quo = _status_quo(top["status_quo"], shell, names) if "status_quo" in top else None
    places = {"parties": top["parties"].where}
    if "status_quo" in top:
        places["status_quo"] = top["status_quo"].where
    if "infeasible" in top:
        places["infeasible"] = top["infeasible"].where
    return Case(
        parties=tuple(_with_preferences(party, node, shell, names) for party, node in parties),
        title=text(top["title"], "the title") if "title" in top else "",
        about=text(top["about"], "'about'") if "about" in top else "",
        as_of=text(top["as_of"], "'as_of'") if "as_of" in top else "",
        infeasible=_infeasible(top.get("infeasible"), shell, names),
        labels=labels,
        graph=graph,
        status_quo=status_quo,
        perceptions=_perceptions(top.get("perceptions"), shell, names, ids),
        source=source,
        places=places,
    )


def _check_version(root: Node, source: str | None) -> None:
    if root.kind != "mapping":
        raise CaseError(
            f"a case file is a mapping, not {root.described()}",
            where=Where(source, 1, 1),
            rule=f"a case file starts with 'detente: {FORMAT}'",
            hint="'detente new' writes a starter file",
        )
    version = next((value for key, value in root.entries if key.raw == "detente"), None)
    if version is None:
        raise CaseError(
            "this is not a case file: it has no 'detente:' line",
            where=Where(source, 1, 1),
            rule=f"a case file says its format: 'detente: {FORMAT}'",
            hint=f"add 'detente: {FORMAT}' as the first line, if it is one",
        )
    if version.kind == "number" and version.raw == str(FORMAT):
        return
    if version.kind == "number" and version.raw.isdigit() and int(version.raw) > FORMAT:
        raise CaseError(
            f"the file has format {version.raw}, written by a later version of Détente",
            where=version.where,
            rule=f"this version reads format {FORMAT}",
            hint="install a newer Détente, or save the case in format 1 there",
        )
    raise CaseError(
        f"unknown format version: {version.described()}",
        where=version.where,
        rule=f"no version of Détente writes it; formats are whole numbers from 1 to {FORMAT}",
        hint=f"write 'detente: {FORMAT}'",
    )


def _parties(node: Node, *, graph_form: bool) -> list[tuple[Party, Node | None]]:
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
    kind, arcs = _arcs(own.get("moves"), levels, f"{owner}.{option_id}")
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
    if not 2 <= len(names) <= MOST_LEVELS:
        raise CaseError(
            f"option '{key}' has {len(names)} levels",
            where=node.where,
            rule=f"an option has 2 to {MOST_LEVELS} levels",
            hint="merge levels that nobody treats differently, or split the option",
        )
    return tuple(names)


def _arcs(
    node: Node | None, levels: tuple[str, ...], key: str
) -> tuple[str, frozenset[tuple[int, int]]]:
    every = [(a, b) for a in range(len(levels)) for b in range(len(levels)) if a != b]
    named = {
        "both": frozenset(every),
        "forward": frozenset(arc for arc in every if arc[0] < arc[1]),
        "back": frozenset(arc for arc in every if arc[0] > arc[1]),
    }
    if node is None:
        return "both", named["both"]
    if node.kind != "list":
        kind = known_name(text(node, "'moves'"), tuple(named), "kind of moves", node.where)
        return kind, named[kind]
    arcs: set[tuple[int, int]] = set()
    for item in node.items:
        ends = items(item, f"a move of '{key}'")
        if len(ends) != 2:
            raise CaseError(
                f"a move of '{key}' has {len(ends)} ends",
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


def _graph(top: dict[str, Node]) -> GraphForm | None:
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


def _graph_moves(
    node: Node, ids: list[str], states: tuple[str, ...]
) -> dict[str, tuple[tuple[str, str], ...]]:
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


def _levels_of(node: Node, what: str, case: Case, names: OptionNames) -> str:
    """Return the code given by ``option: level`` lines; the others are at their first level."""
    levels = [0] * len(case.options)
    named: dict[int, str] = {}
    for key, value in entries(node, what):
        index = names.option(key.raw, key.where, None, 0)
        if index in named:
            raise CaseError(
                f"{what} gives '{case.options[index].key}' twice",
                where=key.where,
                rule="an option has one level in a state",
                hint=f"'{named[index]}' and '{key.raw}' are the same option; remove one",
            )
        named[index] = key.raw
        levels[index] = names.level(index, text(value, "a level"), value.where, None, 0)
    return "".join(map(str, levels))


def _labels(node: Node, case: Case, names: OptionNames) -> dict[str, str]:
    labels: dict[str, str] = {}
    by_code: dict[str, str] = {}
    for key, value in entries(node, "'states'"):
        label = check_id(key.raw, "state", key.where)
        code = _levels_of(value, f"the state '{label}'", case, names)
        if code in by_code:
            raise CaseError(
                f"'{label}' and '{by_code[code]}' name the same state {code}",
                where=key.where,
                rule="a state has one name",
                hint="options that are not named are at their first level",
            )
        by_code[code] = label
        labels[label] = code
    return labels


def _status_quo(node: Node, case: Case, names: OptionNames) -> str:
    if node.kind == "mapping" and case.graph is None:
        return _levels_of(node, "the status quo", case, names)
    if node.kind in ("mapping", "list", "null"):
        form = "a label" if case.graph is not None else "'option: level' lines"
        raise CaseError(
            f"the status quo cannot be {node.described()}",
            where=node.where,
            rule=f"the status quo is {form} here",
            hint="remove the line if the case has no status quo",
        )
    return case.state(node.raw, node.where)


def _infeasible(node: Node | None, case: Case, names: OptionNames) -> tuple[Infeasible, ...]:
    if node is None or node.kind == "null":
        return ()
    found: list[Infeasible] = []
    for item in items(node, "'infeasible'"):
        body, proof = item, ()
        if item.kind == "mapping":
            own = fields(item, "an infeasible item", KEYS["infeasible"])
            if "statement" not in own:
                raise CaseError(
                    "an infeasible item has no statement",
                    where=item.where,
                    rule="it is a statement, a pattern, or {statement: …, evidence: […]}",
                    hint="add 'statement:'",
                )
            body, proof = own["statement"], evidence(own.get("evidence"))
        written = text(body, "an infeasible item")
        if PATTERN.fullmatch(written):
            found.append(_pattern(written, body, case, proof))
        else:
            statement = parse_statement(written, names, body.inside)
            found.append(Clause(written, statement, proof, body.where))
    return tuple(found)


def _pattern(written: str, node: Node, case: Case, proof: tuple[str, ...]) -> Pattern:
    if CODE.fullmatch(written.replace("-", "0")):
        case.state(written.replace("-", "0"), node.where)
    levels = tuple(None if mark == "-" else int(mark) for mark in written)
    return Pattern(written, levels, proof, node.where)


def _with_preferences(party: Party, node: Node | None, case: Case, names: OptionNames) -> Party:
    if node is None or node.kind == "null":
        return party
    preferences = read_preferences(node, f"the preferences of '{party.id}'", case, names)
    return Party(
        party.id,
        party.name,
        party.options,
        preferences,
        party.outside,
        party.constituent_of,
        party.evidence,
    )


def _perceptions(
    node: Node | None, case: Case, names: OptionNames, ids: list[str]
) -> tuple[Perception, ...]:
    if node is None:
        return ()
    found: list[Perception] = []
    for viewer_node, views in entries(node, "'perceptions'"):
        viewer = known_name(viewer_node.raw, ids, "party", viewer_node.where)
        for seen_node, value in entries(views, f"what '{viewer}' perceives"):
            others = [name for name in ids if name != viewer]
            seen = known_name(seen_node.raw, others, "other party", seen_node.where)
            what = f"how '{viewer}' sees '{seen}'"
            found.append(Perception(viewer, seen, read_preferences(value, what, case, names)))
    return tuple(found)
