"""The question whether text may be sent to a language model."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from detente.model.errors import DetenteError, counted, quoted

if TYPE_CHECKING:
    from detente.workspace.asking import Sending

__all__ = ["Asking"]


class Asking:
    """Asks on standard error, once for each workspace and host; no is the default.

    Args:
        yes: whether ``--yes`` has answered already.
    """

    def __init__(self, *, yes: bool) -> None:
        self._yes = yes

    def __call__(self, sending: Sending) -> str:
        """Return how consent was given: ``asked`` or ``option``.

        Raises:
            DetenteError: it was not given, or there is nobody to ask.
        """
        place = f"{sending.site} (this machine)" if sending.here else sending.site
        text = f"the text of {counted(sending.documents, 'document')}"
        text += f", {counted(sending.characters, 'character')},"
        if self._yes:
            sys.stderr.write(f"{text.capitalize()} goes to {place}: --yes was given\n")
            return "option"
        if sys.stdin is None or not sys.stdin.isatty():
            raise DetenteError(
                f"{text} would be sent to {place}, and nobody can be asked: "
                "the input is no terminal",
                rule="text is sent to a host only with consent, given once for each workspace",
                hint="add --yes to agree; nothing was sent",
            )
        sys.stderr.write(
            f"{text.capitalize()} will be sent to {place}, to the model {quoted(sending.model)}.\n"
            f"Agree, for this host and {sending.workspace}? [y/N] "
        )
        sys.stderr.flush()
        if sys.stdin.readline().strip().casefold() in ("y", "yes"):
            return "asked"
        raise DetenteError(
            f"nothing was sent to {place}: you did not agree",
            hint="without --model, everything is read on this machine",
        )
