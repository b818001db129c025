"""A brief in one of its formats; what a format needs is loaded when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import cast

from detente.report.brief.document import Brief

__all__ = ["FORMATS", "render"]

FORMATS = ("html", "pdf", "docx", "md")
"""Suffixes of the formats."""


def render(brief: Brief, format: str) -> str | bytes:
    """Return a brief in a format: text for ``html`` and ``md``, bytes for ``pdf`` and ``docx``.

    Raises:
        CaseError: what the format needs is not installed.
        ValueError: there is no such format.
    """
    if format not in FORMATS:
        raise ValueError(f"there is no format '{format}'")
    name = "markdown" if format == "md" else format
    module = import_module(f"detente.report.brief.{name}")
    function = cast("Callable[[Brief], str | bytes]", module.render)
    return function(brief)
