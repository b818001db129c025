"""Mistakes on the command line, in the form of all our messages: what, rule, next step."""

from __future__ import annotations

from collections.abc import Sequence

from cyclopts.exceptions import (
    CycloptsError,
    MissingArgumentError,
    RepeatArgumentError,
    UnknownCommandError,
    UnknownOptionError,
    UnusedCliTokensError,
)

from detente.cli.commands import COMMANDS
from detente.model.errors import nearest

__all__ = ["explain"]


def explain(error: CycloptsError, arguments: Sequence[str]) -> str:
    """Return the message for a mistake on the command line.

    Args:
        error: what the parser found.
        arguments: the words after ``detente``.
    """
    words = [word for word in arguments if word in COMMANDS]
    program = f"detente {words[0]}" if words else "detente"
    hint = f"'{program} --help' lists what it takes"
    error.verbose = False
    if isinstance(error, UnknownCommandError):
        name = (error.unused_tokens or ["?"])[0]
        close = nearest(name, COMMANDS)
        what = f"there is no command '{name}'"
        hint = f"did you mean '{close}'?" if close else f"the commands are {', '.join(COMMANDS)}"
    elif isinstance(error, UnknownOptionError):
        name = (error.token.keyword or error.token.value).split("=")[0]
        what = f"there is no option '{name}'"
        options = {
            own: other for a in error.argument_collection for other in a.names for own in [other]
        }
        close = nearest(name, [option for option in options if option.startswith("--")])
        hint = f"did you mean '{close}'? {hint}" if close else hint
    elif isinstance(error, UnusedCliTokensError):
        what = f"'{(error.unused_tokens or ['?'])[0]}' is one argument too many"
    elif isinstance(error, MissingArgumentError):
        what = _missing(error)
    elif isinstance(error, RepeatArgumentError):
        what = str(error).rstrip(".")
    else:
        what = str(error).rstrip(".")
    return f"{program}: {what}\n  next: {hint}"


def _missing(error: MissingArgumentError) -> str:
    argument = error.argument
    if error.keyword is not None:
        return f"the option {error.keyword} needs a value"
    name = argument.name.lstrip("-").upper() if argument is not None else "an argument"
    return f"{name} is missing"
