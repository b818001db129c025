"""A case about a pass and prisoners, and the workspace with the news behind it."""

from __future__ import annotations

from pathlib import Path

from articles import store_text

from detente.store import open_store
from detente.store.searching import in_document
from detente.workspace.reviewing import decide

NEWS = (
    "Ruritania said it would open the pass only after Freedonia had freed the prisoners.\n\n"
    "Freedonia wants the pass opened before it frees the prisoners. Freedonia rejected the toll.\n"
)
OPEN = "it would open the pass only after Freedonia had freed the prisoners"
FREE = "Freedonia wants the pass opened before it frees the prisoners"
TOLL = "Freedonia rejected the toll"

REVIEWED = "Two neighbours, one pass."
DRAFT = (
    "UNREVIEWED DRAFT: 2 of the 3 statements behind this case are proposals that nobody has judged."
)

_CASE = """\
detente: 1
title: The pass and the prisoners
about: >-
  {about}
parties:
  ruritania:
    name: Ruritania
    options:
      pass: {{evidence: [{open}]}}
    preferences:
      priorities:
        - {{statement: not pass if not prisoners, evidence: [{open}]}}
        - {{statement: prisoners, evidence: [{toll}]}}
        - not pass
  freedonia:
    name: Freedonia
    options:
      prisoners: {{moves: forward, evidence: [{free}]}}
    preferences:
      priorities:
        - {{statement: not prisoners if not pass, evidence: [{free}, gone]}}
        - pass
        - not prisoners
status_quo: {{}}
"""


def workspace(path: Path) -> dict[str, str]:
    """Make a workspace of the news; return the ids of its statements by their words.

    The first is accepted, the last rejected; nobody has judged the other.
    """
    with open_store(path, create=True) as store:
        store_text(store, NEWS)
        found = {own.fields["text"]: own for own in in_document(store, 1)}
        assert set(found) == {OPEN, FREE, TOLL}
        decide(store, found[OPEN], "accept", "ann")
        decide(store, found[TOLL], "reject", "ann")
    return {text: own.id for text, own in found.items()}


def case_text(ids: dict[str, str] | None = None, about: str = REVIEWED) -> str:
    """Return the case, citing these ids, else some that no workspace has."""
    known = ids or {OPEN: "s1", FREE: "s2", TOLL: "s3"}
    return _CASE.format(about=about, open=known[OPEN], free=known[FREE], toll=known[TOLL])
