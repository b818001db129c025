"""Case files that break a rule, and the check of what their error says.

In the texts, ``§`` stands right before the character at which the error must point.
"""

from __future__ import annotations

import pytest

from detente.model.errors import CaseError, Where
from detente.workspace.casefiles import loads

TWO = """\
detente: 1
parties:
  us:
    options:
      withdrawal: {levels: [none, partial, full]}
      talk: {}
  taliban:
    options:
      ceasefire: {}
      talk: {}
"""

GRAPH = """\
detente: 1
parties: {us: {}, taliban: {}}
states: [war, talks, peace]
"""


SMALL = "detente: 1\nparties:\n  us: {options: {a: {}, b: {}}}\n"


def marked(text: str) -> tuple[str, Where]:
    """The text without its mark, and the place of the mark."""
    before, _, after = text.partition("§")
    line = before.count("\n") + 1
    column = len(before) - (before.rfind("\n") + 1) + 1
    return before + after, Where("case.yaml", line, column)


def check(text: str, what: str, rule: str, hint: str) -> None:
    plain, place = marked(text)
    with pytest.raises(CaseError) as caught:
        loads(plain, "case.yaml")
    error = caught.value
    assert error.what == what
    if "§" in text:
        assert error.where == place
    else:
        assert error.where is not None
        assert (error.where.source, error.where.line) == ("case.yaml", None)
    assert rule in (error.rule or "")
    assert hint in (error.hint or "")
    lines = str(error).splitlines()
    assert lines[0] == f"{error.where}: {what}"
    assert lines[-2:] == [f"  rule: {error.rule}", f"  next: {error.hint}"]
    assert len(lines) <= 5
