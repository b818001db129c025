"""``detente statements``."""

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

__all__ = ["statements"]


def statements(
    *,
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
            help="Only statements in these states, separated by commas: proposed, accepted, "
            "edited, rejected.",
        ),
    ] = None,
    limit: Annotated[
        int | None,
        Parameter(metavar="N", help="Most statements to show: 50 on a page, else all."),
    ] = None,
    workspace: Workspace = None,
    csv: Annotated[
        bool, Parameter(negative=(), help="Print comma-separated values: a line a statement.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """List and search what was read.

    Each statement stands under its document with the glyph of its type, its state (· proposed,
    ✓ accepted, ~ edited, ✗ rejected), its words, its place in code points and its id.
    """
    from detente.cli.output import show, show_json, show_lines
    from detente.workspace.place import open_workspace
    from detente.workspace.statements import Asked, list_statements

    if csv and as_json:
        raise DetenteError(
            "--csv and --json exclude each other",
            rule="one form of output at a time",
            hint="leave one of them out",
        )
    if limit is not None and limit < 1:
        raise DetenteError(f"--limit {limit} shows nothing", hint="give 1 or more")
    if limit is None and not (csv or as_json):
        limit = 50
    asked = Asked(search, party, type, issue, since, until, state)
    with open_workspace(workspace, writable=False) as store:
        listing = list_statements(store, asked, limit)
    found = listing.found
    rows = [item.to_dict() for item in found.statements]
    if as_json:
        show_json(
            {"asked": asked.to_dict(), "total": found.total, "count": len(rows), "statements": rows}
        )
    elif csv:
        from detente.report.statements import statement_lines

        show_lines(statement_lines(rows))
    else:
        from detente.report.statements import statements_page

        snippets = [item.snippet for item in found.statements]
        show(
            statements_page(
                list(zip(rows, snippets, strict=True)),
                found.total,
                listing.total,
                asked.to_dict(),
                found.ranked,
                listing.documents,
            )
        )
