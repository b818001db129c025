"""What can be wrong with a file in one of the formats."""

from __future__ import annotations

from typing import NoReturn

from detente.model.errors import DetenteError, Where

__all__ = ["ExchangeError", "refuse"]

_NOTHING = "a file is checked as a whole first; nothing was imported"


class ExchangeError(DetenteError):
    """A file is not what its format says, or a format cannot do what was asked."""


def refuse(what: str, where: Where, hint: str, rule: str = _NOTHING) -> NoReturn:
    """Refuse a file.

    Raises:
        ExchangeError: always.
    """
    raise ExchangeError(what, where=where, rule=rule, hint=hint)
