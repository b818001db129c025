"""Evidence and reviews in one SQLite file per workspace."""

from __future__ import annotations

from detente.store.connection import Store, look, open_store, scratch
from detente.store.errors import ConflictError, OutdatedError, StoreError, UnknownError

__all__ = [
    "ConflictError",
    "OutdatedError",
    "Store",
    "StoreError",
    "UnknownError",
    "look",
    "open_store",
    "scratch",
]
