"""``detente sensitivity``."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from detente.cli.options import AsJson, CaseFile, OneConcept, Sequences

__all__ = ["sensitivity"]


def sensitivity(
    case: CaseFile,
    /,
    *,
    concept: OneConcept = "seq",
    sequences: Sequences = "legal",
    budget: Annotated[
        float | None,
        Parameter(
            metavar="SECONDS",
            help="End after so many seconds. Without it, a large case is not tried to the end.",
        ),
    ] = None,
    as_json: AsJson = False,
) -> int | None:
    """Say which stated preferences the diagnosis hangs on.

    Each preference that a party states is dropped, and swapped with its neighbour, one change at a
    time, and the changed case is diagnosed again. The headline hangs on a preference if deadlock,
    kind or target then change. Ctrl-C ends it and shows what was found so far.
    """
    from detente.cli.output import show, show_json
    from detente.cli.progress import searching
    from detente.report.sensitivity import sensitivity_document, sensitivity_page
    from detente.workspace.sensitivity import sensitivity_file

    with searching("varying preferences") as progress:
        result = sensitivity_file(
            case,
            concept=concept,
            sequences=sequences,
            budget=budget,
            stop=progress.stop,
            progress=progress,
        )
    if as_json:
        show_json(sensitivity_document(result))
    else:
        show(sensitivity_page(result))
    return 130 if progress.interrupted else None
