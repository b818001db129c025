"""``detente review``."""

from __future__ import annotations

import os
import sys
from typing import Annotated

from cyclopts import Parameter

from detente.cli.options import (
    AsJson,
    By,
    Issue,
    Party,
    Search,
    Since,
    TypeList,
    Until,
    Workspace,
    reviewer,
)

__all__ = ["review"]


def review(
    *,
    apply: Annotated[
        str | None,
        Parameter(
            metavar="FILE", help="Apply the decisions of a file of JSON lines instead of asking."
        ),
    ] = None,
    by: By = None,
    search: Search = None,
    party: Party = None,
    type: TypeList = None,
    issue: Issue = None,
    since: Since = None,
    until: Until = None,
    state: Annotated[
        str,
        Parameter(metavar="STATES", help="Which statements to go through; proposed by default."),
    ] = "proposed",
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> None:
    """Judge statements: accept, edit or reject them.

    One after the other, by keys: j and k move, a accepts, e edits, x rejects, u takes back, /
    searches, ? shows the keys, q leaves. Where the input is no terminal, the same letters are read
    line by line. Decisions are kept at once, with who, when and why, and never overwritten.
    """
    from detente.cli.output import show, show_json
    from detente.workspace.place import open_workspace
    from detente.workspace.statements import Asked

    who = reviewer(by)
    with open_workspace(workspace) as store:
        if apply is not None:
            from detente.report.reviewing import applied_page
            from detente.workspace.decisions import apply_file

            outcome = apply_file(store, apply, who).to_dict()
            if as_json:
                show_json(outcome)
            else:
                show(applied_page(outcome))
            return
        asked = Asked(search, party, type, issue, since, until, state)
        if as_json:
            from detente.workspace.statements import list_statements

            found = list_statements(store, asked).found
            rows = [item.to_dict() for item in found.statements]
            show_json({"waiting": found.total, "by": who, "statements": rows})
            return
        from detente.cli.reviewing import by_keys, by_lines
        from detente.workspace.session import Session

        session = Session(store, asked, who)
        if sys.stdin.isatty() and sys.stdout.isatty() and os.name == "posix":
            by_keys(session)
        else:
            by_lines(session, sys.stdin)
