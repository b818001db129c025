"""``detente serve``."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from detente.cli.options import AsJson, Workspace, whole

__all__ = ["serve"]


def serve(
    *,
    port: Annotated[
        int | None,
        Parameter(
            metavar="N",
            converter=whole,
            help="The port. Without it 8765, or a free one if that is taken; 0 takes a free one.",
        ),
    ] = None,
    no_browser: Annotated[
        bool, Parameter(negative=(), help="Print the address only; open no browser.")
    ] = False,
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> None:
    """Open the workbench, a page of this machine, and its interface.

    Prints its address with a token in it and serves it to this machine only, until Ctrl-C. Who does
    not have the address cannot look in. The workspace is made if it does not exist; every change is
    kept at once.
    """
    import sys

    from detente.cli.output import show_json, show_lines
    from detente.web.serving import Serving
    from detente.workspace.desk import Desk

    desk = Desk(workspace)
    try:
        serving = Serving(desk, port)
    except BaseException:
        desk.close()
        raise

    def announce(address: str) -> None:
        if as_json:
            show_json(
                {
                    "address": address,
                    "port": serving.port,
                    "token": serving.token,
                    "workspace": str(desk.path),
                }
            )
        else:
            show_lines([f"{address}\n"])
            sys.stdout.flush()
            sys.stderr.write(f"The workbench on {desk.path}. Ctrl-C ends it.\n")
        sys.stdout.flush()

    serving.run(announce, browser=not no_browser)
