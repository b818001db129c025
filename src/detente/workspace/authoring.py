"""Start a case file, and describe the format to editors."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from detente.model.schema import case_schema
from detente.model.starter import starter
from detente.workspace.casefiles import write_text

__all__ = ["new_text", "schema", "write_new"]


def new_text(title: str) -> str:
    """Return the text of a commented starter file."""
    return starter(title)


def write_new(path: str, title: str | None = None) -> None:
    """Write a commented starter file.

    Args:
        path: where to; nothing is overwritten.
        title: title of the case; ``None``: from the file's name.

    Raises:
        CaseError: if the file exists or cannot be written.
    """
    name = Path(path).stem.replace("-", " ").replace("_", " ").strip()
    write_text(path, starter(title or name[:1].upper() + name[1:] or "A new case"))


def schema() -> dict[str, Any]:
    """Return the JSON Schema of the case file."""
    return case_schema()
