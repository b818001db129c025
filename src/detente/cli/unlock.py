"""``detente unlock``."""

from __future__ import annotations

from typing import Annotated, Any

from cyclopts import Parameter

from detente.cli.options import (
    AsJson,
    CaseFile,
    OneConcept,
    Sequences,
    Statements,
    Target,
    whole,
)
from detente.model.errors import CaseError

__all__ = ["unlock"]


def unlock(
    case: CaseFile,
    /,
    *,
    to: Target = None,
    concept: OneConcept = "seq",
    sequences: Sequences = "legal",
    size: Annotated[
        int | None,
        Parameter(
            metavar="N",
            converter=whole,
            help="Go on to sets of up to N changes, even where fewer open the target. Without it "
            "the search ends with the first number of changes that does.",
        ),
    ] = None,
    budget: Annotated[
        float | None,
        Parameter(metavar="SECONDS", help="End the search after so many seconds."),
    ] = None,
    apply: Annotated[
        int | None,
        Parameter(
            metavar="K",
            converter=whole,
            help="Write the case as changed by number K of the list; needs -o.",
        ),
    ] = None,
    output: Annotated[
        str | None,
        Parameter(name=("--output", "-o"), metavar="FILE", help="Where --apply writes."),
    ] = None,
    inverse: Annotated[
        bool,
        Parameter(
            negative=(),
            help="Say instead under which preferences the target would hold, for each concept.",
        ),
    ] = False,
    workspace: Statements = None,
    as_json: AsJson = False,
) -> int | None:
    """Search for what would open a deadlock, each remedy solved again.

    Joint moves, guarantors, ways back, tranches, changes of preference, and who is at the table:
    single changes first, then pairs. A remedy is listed as opening only if the changed case, solved
    again, has a stop-proof way to the target and the target would hold. Ctrl-C ends the search and
    shows what was found so far. Where the workspace with the statements behind the case is at hand,
    quotes what stands behind what would have to change.
    """
    from detente.cli.output import show, show_json
    from detente.workspace.quoting import evidence_of, refuse_unreadable

    if inverse:
        if apply is not None or size is not None or budget is not None:
            raise CaseError(
                "--inverse searches for no levers",
                rule="--size, --budget and --apply belong to the search",
                hint="leave them out, or leave out --inverse",
            )
        from detente.report.inverting import inverse_document, inverse_page
        from detente.workspace.diagnosing import conditions_file

        refuse_unreadable(workspace)
        conditions = conditions_file(case, to, concept, sequences)
        evidence = evidence_of(conditions[0].case, workspace)
        if as_json:
            show_json(inverse_document(conditions, evidence))
        else:
            show(inverse_page(conditions, evidence))
        return None
    if (apply is None) != (output is None):
        raise CaseError(
            "--apply and --output go together",
            rule="--apply says which set of changes, --output where the changed case is written",
            hint="give both, for instance --apply 1 -o changed.yaml",
        )
    from detente.cli.progress import searching
    from detente.report.unlocking import applied_page, unlock_document, unlock_page
    from detente.workspace.unlocking import unlock_file

    refuse_unreadable(workspace)
    with searching() as progress:
        result = unlock_file(
            case,
            to=to,
            concept=concept,
            sequences=sequences,
            size=size,
            budget=budget,
            stop=progress.stop,
            progress=progress,
        )
    evidence = evidence_of(result.diagnosis.scenario.case, workspace)
    document = unlock_document(result, evidence)
    if apply is not None and output is not None and not progress.interrupted:
        document["applied"] = _apply(case, result, apply, output)
    if as_json:
        show_json(document)
    elif "applied" in document:
        show(applied_page(result, document["applied"], evidence))
    else:
        show(unlock_page(result, evidence))
    return 130 if progress.interrupted else None


def _apply(case: str, result: Any, number: int, file: str) -> dict[str, Any]:
    from detente.report.unlocking import words_of
    from detente.workspace.unlocking import apply_lever

    words = words_of(result, number)
    left = apply_lever(case, result, number, file, words)
    return {"number": number, "file": file, "words": words, "not_written": left}
