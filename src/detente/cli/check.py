"""``detente check``."""

from __future__ import annotations

from detente.cli.options import AsJson, CaseFile

__all__ = ["check"]


def check(case: CaseFile, /, *, as_json: AsJson = False) -> None:
    """Validate a case file and say what it contains.

    A mistake is reported with line, column, the rule that it breaks and the nearest valid name;
    the exit status is then 2. Every case that can be solved is checked completely.
    """
    from detente.cli.output import show, show_json
    from detente.report.contents import check_page, contents
    from detente.workspace.checking import check as checked

    found = checked(case)
    if as_json:
        show_json(contents(found.case, found.feasible))
    else:
        show(check_page(found.case, found.feasible))
