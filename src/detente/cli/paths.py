"""``detente paths``."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from detente.cli.options import AsJson, CaseFile, ConceptList, Sequences, listed

__all__ = ["paths"]


def paths(
    case: CaseFile,
    /,
    *,
    to: Annotated[
        str | None,
        Parameter(metavar="STATE", help="A state to reach; without it, every equilibrium."),
    ] = None,
    concepts: ConceptList = None,
    sequences: Sequences = "legal",
    as_json: AsJson = False,
) -> None:
    """Show how the status quo can evolve.

    Shortest sequences of moves, and of moves that each improve the mover's position, in which
    nobody moves twice running; and for a state that is out of reach, what stands in the way.
    """
    from detente.cli.output import show, show_json
    from detente.workspace.explaining import paths_file

    asked = listed(concepts)
    result = paths_file(case, to, asked, sequences)
    if as_json:
        show_json(result.to_dict())
    else:
        from detente.report.evolving import paths_page

        show(paths_page(result, to, asked))
