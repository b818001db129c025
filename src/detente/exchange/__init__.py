"""Statements in the formats of other programs: written and read, text to text.

Pure: a format gets data and gives text, or gets text and gives data. Files, the workspace and what
becomes of a statement that is there already are the business of :mod:`detente.workspace`.
"""

from __future__ import annotations
