"""Evidence and reviews in one SQLite file per workspace."""

from __future__ import annotations

from detente.store.connection import Store, open_store
from detente.store.errors import StoreError

__all__ = ["Store", "StoreError", "open_store"]
