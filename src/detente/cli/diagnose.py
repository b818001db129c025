"""``detente diagnose``."""

from __future__ import annotations

from detente.cli.options import AsJson, CaseFile, OneConcept, Sequences, Statements, Target

__all__ = ["diagnose"]


def diagnose(
    case: CaseFile,
    /,
    *,
    to: Target = None,
    concept: OneConcept = "seq",
    sequences: Sequences = "legal",
    workspace: Statements = None,
    as_json: AsJson = False,
) -> None:
    """Say what kind of deadlock this is, and what shows it.

    Whether the status quo would last though somebody at the table prefers another state; which
    states would suit everybody at the table; for each of them, whether steps lead there that
    nobody gains by breaking off, and whether it would hold; and what stands in the way. Where the
    workspace with the statements behind the case is at hand, demands are quoted.
    """
    from detente.cli.output import show, show_json
    from detente.report.diagnosing import diagnose_document, diagnose_page
    from detente.workspace.diagnosing import diagnose_file
    from detente.workspace.quoting import evidence_of, refuse_unreadable

    refuse_unreadable(workspace)
    result = diagnose_file(case, to, concept, sequences)
    evidence = evidence_of(result.scenario.case, workspace)
    if as_json:
        show_json(diagnose_document(result, evidence))
    else:
        show(diagnose_page(result, evidence))
