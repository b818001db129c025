"""Evidence and reviews in one SQLite file per workspace."""

from __future__ import annotations

from detente.store.connection import Store, look, open_store, scratch
from detente.store.errors import OutdatedError, StoreError

__all__ = ["OutdatedError", "Store", "StoreError", "look", "open_store", "scratch"]
