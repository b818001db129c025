"""``detente check``."""

from __future__ import annotations

from detente.cli.options import AsJson, CaseFile, Statements

__all__ = ["check"]


def check(case: CaseFile, /, *, workspace: Statements = None, as_json: AsJson = False) -> None:
    """Validate a case file and say what it contains.

    A mistake is reported with line, column, the rule that it breaks and the nearest valid name;
    the exit status is then 2. Every case that can be solved is checked completely. Where the
    workspace with its statements is at hand, says how many it cites and how they were judged.
    """
    from detente.cli.output import show, show_json
    from detente.report.contents import check_page, contents
    from detente.workspace.checking import check as checked
    from detente.workspace.quoting import evidence_of

    found = checked(case)
    evidence = evidence_of(found.case, workspace)
    if as_json:
        show_json(contents(found.case, found.feasible, evidence))
    else:
        show(check_page(found.case, found.feasible, evidence))
