"""``detente diagnose``."""

from __future__ import annotations

from detente.cli.options import AsJson, CaseFile, OneConcept, Sequences, Target

__all__ = ["diagnose"]


def diagnose(
    case: CaseFile,
    /,
    *,
    to: Target = None,
    concept: OneConcept = "seq",
    sequences: Sequences = "legal",
    as_json: AsJson = False,
) -> None:
    """Say what kind of deadlock this is, and what shows it.

    Whether the status quo would last though somebody at the table prefers another state; which
    states would suit everybody at the table; for each of them, whether steps lead there that
    nobody gains by breaking off, and whether it would hold; and what stands in the way.
    """
    from detente.cli.output import show, show_json
    from detente.report.diagnosing import diagnose_document, diagnose_page
    from detente.workspace.diagnosing import diagnose_file

    result = diagnose_file(case, to, concept, sequences)
    if as_json:
        show_json(diagnose_document(result))
    else:
        show(diagnose_page(result))
