"""``detente export``."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from detente.cli.options import (
    AsJson,
    Issue,
    Party,
    Search,
    Since,
    TypeList,
    Until,
    Workspace,
)
from detente.model.errors import DetenteError

__all__ = ["export"]


def export(
    *,
    format: Annotated[
        str | None,
        Parameter(
            metavar="NAME",
            help="jsonl, w3c, dna-csv, dna-graphml or plover. Without it, from the file's name.",
        ),
    ] = None,
    output: Annotated[
        str | None,
        Parameter(
            name=["--output", "-o"],
            metavar="FILE",
            help="File to write; without it, standard output.",
        ),
    ] = None,
    replace: Annotated[
        bool, Parameter(negative=(), help="Overwrite the file if it exists.")
    ] = False,
    network: Annotated[
        str | None,
        Parameter(
            metavar="MODE",
            help="For dna-graphml: one-mode (actors, the default) or two-mode (and concepts).",
        ),
    ] = None,
    relation: Annotated[
        str | None,
        Parameter(
            metavar="RELATION",
            help="For one-mode: congruence (the default), conflict or subtract.",
        ),
    ] = None,
    search: Search = None,
    party: Party = None,
    type: TypeList = None,
    issue: Issue = None,
    since: Since = None,
    until: Until = None,
    state: Annotated[
        str | None,
        Parameter(
            metavar="STATES",
            help="Only statements in these states, separated by commas. Without it, all that are "
            "not rejected; for jsonl, all.",
        ),
    ] = None,
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> None:
    """Write statements in the format of another program.

    What the format cannot hold of them is said on standard error, or with --json in the report,
    for which the export itself needs a file.
    """
    from detente.cli.output import say, show_json, show_text
    from detente.report.exchanging import export_lines
    from detente.workspace.casefiles import write_text
    from detente.workspace.exporting import chosen_format
    from detente.workspace.exporting import export as export_statements
    from detente.workspace.place import open_workspace
    from detente.workspace.statements import Asked

    if as_json and output is None:
        raise DetenteError(
            "--json prints the report, and so would the export",
            rule="one document on standard output",
            hint="name a file for the export: -o FILE",
        )
    if replace and output is None:
        raise DetenteError("--replace needs a file", hint="name it: -o FILE")
    chosen = chosen_format(format, output)
    asked = Asked(search, party, type, issue, since, until, state)
    with open_workspace(workspace, writable=False) as store:
        done = export_statements(store, chosen, asked, network, relation)
    report = {"file": output, **done.to_dict()}
    if output is None:
        show_text(done.text)
    else:
        write_text(output, done.text.encode("utf-8", "replace").decode("utf-8"), replace=replace)
    if as_json:
        show_json(report)
        return
    for line in export_lines(report):
        say(line)
