"""The brief: one document model, built once, that every format renders."""

from __future__ import annotations

from detente.report.brief.document import Brief
from detente.report.brief.materials import Materials
from detente.report.brief.rendering import FORMATS, render

__all__ = ["FORMATS", "Brief", "Materials", "render"]
