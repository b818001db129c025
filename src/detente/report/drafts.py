"""What is said of a case that was drafted from statements that nobody judged."""

from __future__ import annotations

from detente.model.case import Case

__all__ = ["compared_notices", "notice"]


def notice(case: Case, name: str = "this case") -> str | None:
    """Return the line about an unreviewed draft; ``None`` for any other case.

    Args:
        case: the case.
        name: what the page calls it.
    """
    return _notice(name, "rests", "its file") if case.unreviewed else None


def compared_notices(a: Case, b: Case) -> list[str | None]:
    """Return the lines about two cases, called A and B."""
    if a.unreviewed and b.unreviewed:
        return [_notice("A and B", "rest", "their files")]
    return [notice(a, "A"), notice(b, "B")]


def _notice(name: str, rests: str, file: str) -> str:
    return (
        f"Unreviewed draft: {name} {rests} on statements that nobody has checked; "
        f"see 'about' in {file}."
    )
