"""The command ``detente``: finds the command, and turns every ending into an exit status.

Statuses: 0 success; 1 a fault in Détente, or output that cannot be written; 2 bad input; 130
stopped by Ctrl-C; 141 the reader of the output went away.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cyclopts import App

__all__ = ["build", "main"]

SUCCESS, FAULT, BAD_INPUT, STOPPED, CLOSED_PIPE = 0, 1, 2, 130, 141


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit status.

    Args:
        arguments: the words after ``detente``; ``None``: those of this process.
    """
    if sys.stdout is None:  # closed by the caller
        _say("detente: the output cannot be written: it is closed")
        return FAULT
    try:
        status = _run(list(sys.argv[1:] if arguments is None else arguments))
        sys.stdout.flush()
        return status
    except KeyboardInterrupt:
        _say("detente: stopped")
        return STOPPED
    except BrokenPipeError:
        _forget_output()
        return CLOSED_PIPE
    except MemoryError:
        _say("detente: not enough memory for this case")
        return FAULT
    except OSError as error:
        if error.filename is not None or not _writing(error):
            return _fault(error)
        _forget_output()
        _say(f"detente: the output cannot be written: {error.strerror}")
        return FAULT
    except Exception as error:  # the last line of defence
        return _fault(error)


def _run(arguments: list[str]) -> int:
    from cyclopts.exceptions import CycloptsError

    from detente.cli.output import console, prepare
    from detente.model.errors import DetenteError

    prepare()
    try:
        app = build(arguments)
        helps = not arguments or not {"-h", "--help", "--version"}.isdisjoint(arguments)
        status = app(arguments, console=console() if helps else None, result_action="return_value")
    except DetenteError as error:
        _say(str(error))
        return BAD_INPUT
    except CycloptsError as error:
        from detente.cli.usage import explain

        _say(explain(error, arguments))
        return BAD_INPUT
    return status if isinstance(status, int) else SUCCESS


def build(arguments: Sequence[str]) -> App:
    """Return the application; only the command that is asked for is imported.

    Args:
        arguments: the words after ``detente``.
    """
    from cyclopts import App, Parameter

    from detente.cli.commands import COMMANDS
    from detente.cli.helping import Help
    from detente.version import __version__

    app = App(
        name="detente",
        help=(
            "Says why a negotiation is deadlocked, and what would unlock it.\n\n"
            "'detente COMMAND --help' explains a command. Every command takes --json."
        ),
        version=__version__,
        help_format="plaintext",
        help_formatter=Help(),
        default_parameter=Parameter(show_default=False),
        group_parameters="Options",
        print_error=False,
        exit_on_error=False,
        suppress_keyboard_interrupt=False,
    )
    asked = next((word for word in arguments if not word.startswith("-")), None)
    for order, command in enumerate(COMMANDS.values()):
        # The whole help of a command is its docstring, which must be imported.
        summary = None if command.name == asked else command.summary
        app.command(command.function, name=command.name, help=summary, sort_key=order)
    return app


def _say(message: str) -> None:
    """Write to standard error, whatever state it is in."""
    with suppress(OSError, ValueError):
        print(message, file=sys.stderr, flush=True)  # noqa: T201


def _writing(error: OSError) -> bool:
    """Tell whether an error comes from writing the output: a full disk, a device that is gone."""
    import errno

    return error.errno in (errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EFBIG, errno.ENXIO)


def _forget_output() -> None:
    """Let the interpreter shut down without writing what is left to a reader that has gone."""
    with suppress(OSError, ValueError):
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, sys.stdout.fileno())


def _fault(error: BaseException) -> int:
    if os.environ.get("DETENTE_DEBUG") == "1":
        import traceback

        _say("".join(traceback.format_exception(error)))
    summary = " ".join(str(error).split())[:200]
    _say(
        "detente: this is a fault in Détente, not in your input: "
        f"{type(error).__name__}: {summary}\n"
        "  next: set DETENTE_DEBUG=1 to see where, and report it with the case if you can"
    )
    return FAULT


if __name__ == "__main__":
    sys.exit(main())
