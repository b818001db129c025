"""``detente new``."""

from __future__ import annotations

import shlex
from typing import Annotated

from cyclopts import Parameter

from detente.cli.options import AsJson

__all__ = ["new"]


def new(
    file: Annotated[
        str | None, Parameter(help="File to write; without it, standard output.")
    ] = None,
    /,
    *,
    title: Annotated[
        str | None,
        Parameter(metavar="TITLE", help="Title of the case; without it, from the file's name."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Write a commented starter case file.

    It is a small valid case that explains each key. A file that exists is never overwritten.
    """
    from detente.cli.output import show_json, show_lines
    from detente.workspace.authoring import new_text, write_new

    if file is None:
        text = new_text(title or "A new case")
        if as_json:
            show_json({"file": None, "text": text})
        else:
            show_lines([text])
        return
    write_new(file, title)
    if as_json:
        show_json({"file": file})
    else:
        lines = (f"Wrote {file}", f"Next: detente check {shlex.quote(file)}")  # to be copied
        show_lines(f"{line}\n" for line in lines)
