"""``detente why``."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from detente.cli.options import (
    AsJson,
    CaseFile,
    ConceptList,
    Sequences,
    Statements,
    Variant,
    listed,
)
from detente.model.errors import CaseError

__all__ = ["why"]


def why(
    case: CaseFile,
    state: Annotated[str, Parameter(help="A state: its code, or its name under 'states:'.")],
    /,
    *,
    party: Annotated[
        str | None,
        Parameter(metavar="PARTY", help="Explain for this party only; without it, for all."),
    ] = None,
    coalition: Annotated[
        str | None,
        Parameter(
            metavar="PARTIES",
            help="Explain for these parties acting together: ids, separated by commas.",
        ),
    ] = None,
    variant: Variant = "sequences",
    concepts: ConceptList = None,
    sequences: Sequences = "legal",
    workspace: Statements = None,
    as_json: AsJson = False,
) -> None:
    """Show the moves, answers and counter-moves behind a verdict.

    For one state: every move by which a party could improve, how the others can answer it and
    whether that is enough to deter it, under each concept. Where the workspace with the statements
    behind the case is at hand, quotes what stands behind preferences and moves.
    """
    from detente.cli.output import show, show_json
    from detente.workspace.explaining import why_file
    from detente.workspace.quoting import evidence_of, refuse_unreadable

    if coalition is not None:
        if party is not None:
            raise CaseError(
                "--party and --coalition exclude each other",
                rule="an explanation is for one party, for all, or for one coalition",
                hint="name the party in --coalition",
            )
        _coalition(case, state, coalition, concepts, sequences, variant, workspace, as_json=as_json)
        return
    refuse_unreadable(workspace)
    result = why_file(case, state, party, listed(concepts), sequences)
    evidence = evidence_of(result.case, workspace)
    if as_json:
        show_json({**result.to_dict(), **evidence.to_dict()})
    else:
        from detente.report.explaining import why_page

        show(why_page(result, evidence))


def _coalition(
    case: str,
    state: str,
    coalition: str,
    concepts: str | None,
    sequences: Sequences,
    variant: Variant,
    workspace: str | None,
    *,
    as_json: bool,
) -> None:
    from detente.cli.output import show, show_json
    from detente.report.coalitions import improvements_document, improvements_page
    from detente.workspace.diagnosing import why_coalition_file
    from detente.workspace.quoting import evidence_of, refuse_unreadable

    refuse_unreadable(workspace)
    result, group, found = why_coalition_file(
        case, state, coalition, listed(concepts), sequences, variant
    )
    evidence = evidence_of(result.case, workspace)
    if as_json:
        show_json(improvements_document(result, group, state, found, evidence))
    else:
        show(improvements_page(result, group, state, found, evidence))
