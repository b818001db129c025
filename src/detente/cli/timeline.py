"""``detente timeline``."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from detente.cli.options import AsJson, Issue, Party, Search, Since, Until, Workspace

__all__ = ["timeline"]


def timeline(
    *,
    unreviewed: Annotated[
        bool,
        Parameter(
            negative=(),
            help="Take statements too that nobody has reviewed; they are marked. Never rejected "
            "ones.",
        ),
    ] = False,
    party: Party = None,
    issue: Issue = None,
    since: Since = None,
    until: Until = None,
    search: Search = None,
    svg: Annotated[
        str | None,
        Parameter(metavar="FILE", help="Write the timeline as a figure too, a new SVG file."),
    ] = None,
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> None:
    """Show positions over time, with shifts and contradictions.

    For each deed that the parties speak of: who is for it, against it, would do it only after
    something else, promised, threatened or did it, on which day and in which words. Accepted and
    edited statements count.
    """
    from detente.cli.output import show, show_json
    from detente.workspace.place import open_workspace
    from detente.workspace.statements import Asked
    from detente.workspace.timeline import draw_timeline, timeline_of

    asked = Asked(search=search, party=party, issue=issue, since=since, until=until)
    with open_workspace(workspace, writable=False) as store:
        told = timeline_of(store, asked, unreviewed)
    if svg is not None:
        draw_timeline(told, svg)
    if as_json:
        show_json({**told.to_dict(), "svg": svg})
    else:
        from detente.report.timeline import timeline_page

        show(
            timeline_page(told.timeline, told.statements, told.unused, asked.to_dict(), figure=svg)
        )
