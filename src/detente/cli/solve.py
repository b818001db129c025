"""``detente solve``."""

from __future__ import annotations

from typing import Annotated, Literal

from cyclopts import Parameter

from detente.cli.options import AsJson, CaseFile, ConceptList, Sequences, Variant, listed
from detente.model.errors import CaseError

__all__ = ["solve"]


def solve(
    case: CaseFile,
    /,
    *,
    concepts: ConceptList = None,
    sequences: Sequences = "legal",
    where: Annotated[
        str | None,
        Parameter(
            metavar="STATEMENT",
            help="Show only the states in which a statement is true, for instance "
            "'ceasefire = full'.",
        ),
    ] = None,
    equilibria: Annotated[
        str | None,
        Parameter(metavar="CONCEPT", help="Show only the equilibria under this concept."),
    ] = None,
    sort: Annotated[
        str,
        Parameter(
            metavar="KEY",
            help="Order of the states: code (the default), name, equilibria (of most concepts "
            "first), or a party's id (the states that it prefers first).",
        ),
    ] = "code",
    summary: Annotated[
        bool | None,
        Parameter(
            negative="--no-summary",
            help="Counts instead of states. The default above 10,000 feasible states, unless "
            "--no-summary is given.",
        ),
    ] = None,
    csv: Annotated[
        bool,
        Parameter(
            negative=(), help="Print comma-separated values: a header and a line for each state."
        ),
    ] = False,
    coalitions: Annotated[
        bool,
        Parameter(
            negative=(), help="Show which groups of parties would leave each state together."
        ),
    ] = False,
    variant: Variant = "sequences",
    algorithm: Annotated[
        Literal["auto", "array", "dense", "literal"],
        Parameter(help="How to compute; all are exact and agree. auto is the default."),
    ] = "auto",
    as_json: AsJson = False,
) -> None:
    """Say which states would last, for whom and under which concepts.

    A letter in a concept's column means that the party would stay in that state; where all would,
    the state is an equilibrium and marked ●. Options stand under the party that controls them.
    """
    from detente.cli.output import show, show_json, show_lines
    from detente.workspace.solving import solve_file

    if csv and (as_json or summary):
        other = "--json" if as_json else "--summary"
        raise CaseError(
            f"--csv and {other} exclude each other",
            rule="one form of output at a time",
            hint=f"leave one of them out; --csv has a line for each state, {other} has not"
            if summary
            else "leave one of them out",
        )
    if coalitions:
        _coalitions(case, concepts, sequences, variant, csv=csv, as_json=as_json)
        return
    chosen = solve_file(
        case,
        concepts=listed(concepts),
        sequences=sequences,
        algorithm=algorithm,
        where=where,
        equilibria=equilibria,
        sort=sort,
        summary=summary,
    )
    if as_json:
        show_json(chosen.to_dict())
    elif csv:
        from detente.report.tables import csv_lines

        show_lines(csv_lines(chosen))
    else:
        from detente.report.solving import solve_page

        show(solve_page(chosen))


def _coalitions(
    case: str,
    concepts: str | None,
    sequences: Sequences,
    variant: Variant,
    *,
    csv: bool,
    as_json: bool,
) -> None:
    """Show coalition stability; the JSON has it beside what ``solve`` gives without."""
    from detente.cli.output import show, show_json
    from detente.report.coalitions import coalition_document, coalitions_page
    from detente.workspace.diagnosing import coalitions_file

    if csv:
        raise CaseError(
            "--csv and --coalitions exclude each other",
            rule="coalition stability is no table of parties",
            hint="use --json",
        )
    result = coalitions_file(case, listed(concepts), sequences, variant)
    if as_json:
        from detente.analysis.stability import solve

        base = solve(result.case, listed(concepts), sequences).to_dict()
        show_json({**base, "coalitions": coalition_document(result)})
    else:
        show(coalitions_page(result))
