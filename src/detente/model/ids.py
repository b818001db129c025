"""Rules for ids: parties, options, levels and state labels."""

from __future__ import annotations

import re

from detente.model.errors import CaseError, Where, quoted

__all__ = ["CODE", "KEYWORDS", "PATTERN", "check_id"]

KEYWORDS = frozenset({"not", "and", "or", "if", "iff"})
"""Words of the statement language, which no id may be."""

CODE = re.compile(r"[0-9]+")
"""A state code: one digit for each option."""

PATTERN = re.compile(r"[0-9-]+")
"""A pattern of codes; ``-`` stands for any level."""

_ID = re.compile(r"[^\W\d_][\w-]*")
RULE = "an id is a letter, then letters, digits, '_' or '-', and no keyword (not, and, or, if, iff)"


def check_id(text: str, kind: str, where: Where | None) -> str:
    """Return ``text`` if it is a valid id, else raise.

    Args:
        text: the id as written.
        kind: what it names (``"party"``, ``"option"``, …), for the message.
        where: its place in the file.

    Raises:
        CaseError: if it breaks the rule for ids.
    """
    if text in KEYWORDS or not _ID.fullmatch(text):
        article = "an" if kind[0] in "aeiou" else "a"
        raise CaseError(
            f"{quoted(text)} cannot be the id of {article} {kind}",
            where=where,
            rule=RULE,
            hint=_suggest(text),
        )
    return text


def _suggest(text: str) -> str:
    if text in KEYWORDS:
        return f"write for instance '{text}_'"
    cleaned = re.sub(r"[^\w-]+", "_", text).strip("_-")
    if cleaned and _ID.fullmatch(cleaned) and cleaned not in KEYWORDS and len(cleaned) <= 40:
        return f"write '{cleaned}' and put the full name under 'name:'"
    return "choose a short word as id and put the full name under 'name:'"
