"""``detente draft``."""

from __future__ import annotations

import shlex
from typing import Annotated

from cyclopts import Parameter

from detente.cli.options import (
    AsJson,
    Issue,
    Party,
    Search,
    Since,
    Unreviewed,
    Until,
    Workspace,
    listed,
    whole,
)

__all__ = ["draft"]


def draft(
    *,
    output: Annotated[
        str | None,
        Parameter(
            name=("--output", "-o"),
            metavar="FILE",
            help="Where to write the case; without it, standard output.",
        ),
    ] = None,
    unreviewed: Unreviewed = False,
    table: Annotated[
        str | None,
        Parameter(
            metavar="PARTIES",
            help="The parties at the table, separated by commas. Without it, those that want "
            "things of one another.",
        ),
    ] = None,
    options: Annotated[
        int | None,
        Parameter(metavar="N", converter=whole, help="Most options of the case; 10 without it."),
    ] = None,
    irreversible: Annotated[
        tuple[str, ...],
        Parameter(
            metavar="OPTION",
            negative=(),
            help="An option that cannot be taken back, though no text says so.",
        ),
    ] = (),
    title: Annotated[str | None, Parameter(metavar="TITLE", help="Title of the case.")] = None,
    search: Search = None,
    party: Party = None,
    issue: Issue = None,
    since: Since = None,
    until: Until = None,
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> None:
    """Draft a case file from accepted statements, every line cited.

    Deeds that the texts name in different words become one option; a demand becomes a wish,
    "X before Y" becomes `not Y if not X`, a red line comes first. What the texts do not say stands
    in the file as open questions. A file that exists is never overwritten.
    """
    from detente.cli.output import show, show_json, show_lines
    from detente.model.case import UNREVIEWED
    from detente.workspace.drafting import draft_case, write_draft
    from detente.workspace.place import open_workspace
    from detente.workspace.statements import Asked

    asked = Asked(search=search, party=party, issue=issue, since=since, until=until)
    with open_workspace(workspace, writable=False) as store:
        made = draft_case(
            store,
            unreviewed=unreviewed,
            asked=asked,
            table=listed(table) or (),
            most=options,
            lasting=irreversible,
            title=title,
        )
    if output is not None:
        write_draft(made, output)
    if as_json:
        extra = {"text": made.text} if output is None else {}
        show_json({"file": output, **made.to_dict(), **extra})
    elif output is None:
        show_lines([made.text])
    else:
        from detente.report.drafting import draft_page

        show(draft_page(made.draft, made.states, output, UNREVIEWED))
        name = shlex.quote(output)
        show_lines([f"\nNext: detente check {name}, then detente diagnose {name}\n"])
