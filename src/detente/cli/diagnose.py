"""``detente diagnose``."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from detente.cli.options import AsJson, CaseFile, OneConcept, Sequences, Statements, Target

__all__ = ["diagnose"]


def diagnose(
    case: CaseFile,
    /,
    *,
    to: Target = None,
    concept: OneConcept = "seq",
    sequences: Sequences = "legal",
    map_file: Annotated[
        str | None,
        Parameter(
            name="--map",
            metavar="FILE",
            help="Also draw the map of states to a new file that ends in .svg: the path to the "
            "target and where it breaks, the moves, the equilibria.",
        ),
    ] = None,
    workspace: Statements = None,
    as_json: AsJson = False,
) -> None:
    """Say what kind of deadlock this is, and what shows it.

    Whether the status quo would last though somebody at the table prefers another state; which
    states would suit everybody at the table; for each of them, whether steps lead there that
    nobody gains by breaking off, and whether it would hold; and what stands in the way. Where the
    workspace with the statements behind the case is at hand, demands are quoted.
    """
    from detente.cli.output import show, show_json, show_lines
    from detente.report.diagnosing import diagnose_document, diagnose_page
    from detente.workspace.diagnosing import diagnose_file
    from detente.workspace.mapping import check_map_file, write_map
    from detente.workspace.quoting import evidence_of, refuse_unreadable

    refuse_unreadable(workspace)
    check_map_file(map_file)
    result = diagnose_file(case, to, concept, sequences)
    evidence = evidence_of(result.scenario.case, workspace)
    if map_file is not None:
        write_map(result, map_file)
    if as_json:
        document = diagnose_document(result, evidence)
        show_json(document if map_file is None else {**document, "map": map_file})
    else:
        show(diagnose_page(result, evidence))
        if map_file is not None:
            show_lines(["\n", f"Wrote {map_file}\n"])
