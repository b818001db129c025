"""Case file format 1: text to :class:`~detente.model.case.Case`.

Everything that can be checked without going through the states is checked here; what concerns
states (feasibility, complete rankings) is checked when the case is compiled.
"""

from __future__ import annotations

import re
from dataclasses import replace

from detente.model.case import FORMAT, Case, GraphForm
from detente.model.document import entries, evidence, fields, items, known_name, text
from detente.model.errors import CaseError, Where
from detente.model.format import KEYS
from detente.model.grammar import OptionNames, parse_statement
from detente.model.ids import PATTERN, check_id
from detente.model.loading_graph import read_graph, read_graph_moves
from detente.model.loading_parties import read_parties
from detente.model.loading_preferences import read_preferences
from detente.model.parts import Clause, Infeasible, Party, Pattern, Perception
from detente.model.yamltext import Node, compose

__all__ = ["KEYS", "parse_case", "read_case", "read_infeasible", "read_status_quo"]

LATER = re.compile(r"[1-9][0-9]*")  # what a later version may write as its format


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
    return read_case(compose(source_text, source), source)


def read_case(root: Node, source: str | None = None) -> Case:
    """Read a case from the composed nodes of a case file.

    Raises:
        CaseError: as :func:`parse_case`.
    """
    _check_version(root, source)
    top = fields(root, "the case", KEYS["case"])
    if "parties" not in top:
        raise CaseError(
            "the case has no parties",
            where=Where(source),
            rule="'parties:' names at least one party",
            hint="'detente new' writes a starter file",
        )
    graph = read_graph(top)
    parties = read_parties(top["parties"], graph_form=graph is not None)
    ids = [party.id for party, _ in parties]
    if graph is not None and "moves" in top:
        graph = GraphForm(graph.states, read_graph_moves(top["moves"], ids, graph.states))
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
    status_quo = read_status_quo(top["status_quo"], shell, names) if "status_quo" in top else None
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
        infeasible=read_infeasible(top.get("infeasible"), shell, names),
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
    if version.kind == "number" and LATER.fullmatch(version.raw):
        raise CaseError(
            f"the file has format {version.raw[:20]}, written by a later version of Détente",
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


def read_status_quo(node: Node, case: Case, names: OptionNames) -> str:
    """Return the canonical id of the state under 'status_quo:'.

    Raises:
        CaseError: if it is no state of the case.
    """
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


def read_infeasible(node: Node | None, case: Case, names: OptionNames) -> tuple[Infeasible, ...]:
    """Read the items under 'infeasible:'.

    Raises:
        CaseError: if an item is neither a statement nor a pattern.
    """
    if node is None or node.kind == "null":
        return ()
    found: list[Infeasible] = []
    for item in items(node, "'infeasible'"):
        body = item
        proof: tuple[str, ...] = ()
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
    case.check_code(written, node.where, "pattern")
    levels = tuple(None if mark == "-" else int(mark) for mark in written)
    return Pattern(written, levels, proof, node.where)


def _with_preferences(party: Party, node: Node | None, case: Case, names: OptionNames) -> Party:
    if node is None or node.kind == "null":
        return party
    preferences = read_preferences(node, f"the preferences of '{party.id}'", case, names)
    return replace(party, preferences=preferences)


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
