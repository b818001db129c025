"""Which workspace a command works in."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from detente.store import Store

__all__ = ["DEFAULT", "VARIABLE", "open_workspace", "workspace_path"]

DEFAULT = "detente.db"
VARIABLE = "DETENTE_WORKSPACE"


def workspace_path(named: str | None) -> Path:
    """Return the workspace's file: the one named, else that of the environment, else here."""
    return Path(named or os.environ.get(VARIABLE) or DEFAULT)


def open_workspace(
    named: str | None,
    *,
    create: bool = False,
    writable: bool = True,
    waiting: Callable[[], None] | None = None,
) -> Store:
    """Open the workspace of a command.

    Args:
        named: what ``-w`` said.
        create: make it if it does not exist.
        writable: False for commands that only look.
        waiting: called once if another process keeps it busy for more than a second.

    Raises:
        StoreError: it does not exist or cannot be used.
    """
    from detente.store import open_store

    return open_store(workspace_path(named), create=create, writable=writable, waiting=waiting)
