"""Where texts come from: files, folders, archives, feeds, dumps and web pages.

The only code that touches the network. It loads its heavy libraries (trafilatura, feedparser,
pypdf) when a source of that kind occurs, not before.
"""

from __future__ import annotations

from detente.sources.gather import gather
from detente.sources.listing import Listed, expand
from detente.sources.types import Problem, SourceError, SourceOptions, SourceText

__all__ = ["Listed", "Problem", "SourceError", "SourceOptions", "SourceText", "expand", "gather"]
