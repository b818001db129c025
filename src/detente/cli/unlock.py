"""``detente unlock``."""

from __future__ import annotations

from typing import Annotated, Any

from cyclopts import Parameter

from detente.cli.options import AsJson, CaseFile, OneConcept, Sequences, Target, whole
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
    as_json: AsJson = False,
) -> int | None:
    """Search for what would open a deadlock, each remedy solved again.

    Joint moves, guarantors, ways back, tranches, changes of preference, and who is at the table:
    single changes first, then pairs. A remedy is listed as opening only if the changed case, solved
    again, has a stop-proof way to the target and the target would hold. Ctrl-C ends the search and
    shows what was found so far.
    """
    from detente.cli.output import show, show_json

    if inverse:
        if apply is not None or size is not None or budget is not None:
            raise CaseError(
                "--inverse searches for no levers",
                rule="--size, --budget and --apply belong to the search",
                hint="leave them out, or leave out --inverse",
            )
        from detente.report.inverting import inverse_document, inverse_page
        from detente.workspace.diagnosing import conditions_file

        conditions = conditions_file(case, to, concept, sequences)
        if as_json:
            show_json(inverse_document(conditions))
        else:
            show(inverse_page(conditions))
        return None
    if (apply is None) != (output is None):
        raise CaseError(
            "--apply and --output go together",
            rule="--apply says which set of changes, --output where the changed case is written",
            hint="give both, for instance --apply 1 -o changed.yaml",
        )
    from detente.cli.progress import searching
    from detente.report.unlocking import unlock_document, unlock_page
    from detente.workspace.unlocking import unlock_file

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
    document = unlock_document(result)
    if apply is not None and output is not None and not progress.interrupted:
        document["applied"] = _apply(case, result, apply, output)
    if as_json:
        show_json(document)
    elif "applied" in document:
        show(_applied(document["applied"]))
    else:
        show(unlock_page(result))
    return 130 if progress.interrupted else None


def _apply(case: str, result: Any, number: int, file: str) -> dict[str, Any]:
    from detente.report.unlocking import words_of
    from detente.workspace.unlocking import apply_lever

    words = words_of(result, number)
    left = apply_lever(case, result, number, file, words)
    return {"number": number, "file": file, "words": words, "not_written": left}


def _applied(applied: dict[str, Any]) -> Any:
    from detente.report.page import page, paragraph

    wrote = f"Wrote {applied['file']}, in which {applied['words']}."
    notes = [
        paragraph(f"Not written, because a case file has no place for it: {left}.")
        for left in applied["not_written"]
    ]
    return page(paragraph(wrote), *notes)
