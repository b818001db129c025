"""``detente compare``."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from detente.cli.options import AsJson, ConceptList, OneConcept, Sequences, listed

__all__ = ["compare"]


def compare(
    a: Annotated[str, Parameter(help="A case file.")],
    b: Annotated[str, Parameter(help="Another one.")],
    /,
    *,
    concepts: ConceptList = None,
    concept: OneConcept = "seq",
    sequences: Sequences = "legal",
    as_json: AsJson = False,
) -> None:
    """Set two cases side by side: model, equilibria, diagnosis.

    Parties, options, levels and states are matched by name; states are compared even where their
    codes differ. --concepts are those whose equilibria are compared, --concept that of the
    diagnosis.
    """
    from detente.cli.output import show, show_json
    from detente.report.comparing import compare_document, compare_page
    from detente.workspace.diagnosing import compare_files

    result = compare_files(a, b, listed(concepts), sequences, concept)
    if as_json:
        show_json(compare_document(result))
    else:
        show(compare_page(result))
