"""``detente parties``."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from detente.cli.options import AsJson, Workspace

__all__ = ["parties"]


def parties(
    *,
    add_alias: Annotated[
        tuple[str, ...],
        Parameter(
            metavar="ALIAS", negative=(), help="Another name, as NAME=PARTY; may be repeated."
        ),
    ] = (),
    gazetteer: Annotated[
        str | None,
        Parameter(metavar="FILE", help="Add the parties and names of a YAML file."),
    ] = None,
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> None:
    """List the parties and the names that they go by.

    With how often each acts or is meant in statements that are not rejected. Names that were
    learned from reviews are marked; new names count when documents are read the next time.
    """
    from detente.cli.output import show, show_json
    from detente.report.parties import parties_page
    from detente.workspace.naming import add_name, list_parties, load_gazetteer
    from detente.workspace.place import open_workspace

    changes = bool(add_alias or gazetteer)
    added: list[str] = []
    with open_workspace(workspace, create=changes, writable=changes) as store:
        if gazetteer is not None:
            added += [entry.name for entry in load_gazetteer(store, gazetteer)]
        for text in add_alias:
            name, party = add_name(store, text)
            added.append(f"{name} for {party}")
        rows = [party.to_dict() for party in list_parties(store)]
    if as_json:
        show_json({"parties": rows, "added": added})
    else:
        show(parties_page(rows, added))
