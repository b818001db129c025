"""The reader: from political news to statements that one can defend. No files, no network."""

from __future__ import annotations

from detente.reading.gazetteer import Entry, Gazetteer, entries_from, gazetteer
from detente.reading.read import read
from detente.reading.results import Reading, Statement

__all__ = ["Entry", "Gazetteer", "Reading", "Statement", "entries_from", "gazetteer", "read"]
