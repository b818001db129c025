"""Write the sheets of an exercise: one for each party, and the debrief for the teacher."""

from __future__ import annotations

import os
import secrets
import shutil
from dataclasses import replace
from pathlib import Path

from detente.model.errors import CaseError, Where
from detente.report.brief import Brief, render
from detente.report.brief.roles import debrief_of, role_sheet
from detente.workspace.briefing import Asking, case_materials
from detente.workspace.casefiles import load, write_text

__all__ = ["exercise_of", "write_all"]


def exercise_of(
    path: str, role: str | None, asking: Asking | None = None, workspace: str | None = None
) -> Brief:
    """Return a sheet of an exercise.

    Args:
        path: the case file.
        role: id of a party; ``None``: the debrief.
        asking: what is asked of the brief.
        workspace: the workspace with the statements behind the case.

    Raises:
        DetenteError: the case cannot be used, or has no such party.
    """
    if role is None:
        return debrief_of(case_materials(path, asking, workspace))
    load(path).party(role)
    # A sheet tells nothing of levers and hinges: the searches end before they have begun.
    unsearched = replace(asking or Asking(), stop=lambda: True)
    return role_sheet(case_materials(path, unsearched, workspace), role)


def write_all(
    path: str, folder: str, asking: Asking | None = None, workspace: str | None = None
) -> tuple[str, ...]:
    """Write one sheet for each party and the debrief, as HTML, into a new folder, in one step.

    Returns:
        The names of the files.

    Raises:
        CaseError: the folder exists or cannot be made, or the case cannot be used.
    """
    target = Path(folder)
    if os.path.lexists(target):
        raise CaseError(
            "the folder exists already",
            where=Where(folder),
            rule="nothing is overwritten unasked",
            hint="choose another name, or remove it first",
        )
    given = case_materials(path, asking, workspace)
    sheets = {f"role-{party}": role_sheet(given, party) for party in given.case.party_ids}
    sheets["debrief"] = debrief_of(given)
    made = target.with_name(f".detente-{secrets.token_hex(8)}")
    try:
        made.mkdir()
        for name, sheet in sheets.items():
            text = render(sheet, "html")
            assert isinstance(text, str)
            write_text(made / f"{name}.html", text)
        made.rename(target)
    except OSError as error:
        raise CaseError(
            f"the folder cannot be made: {error.strerror}",
            where=Where(folder),
            hint="check the path and its permissions",
        ) from None
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return tuple(str(target / f"{name}.html") for name in sheets)
