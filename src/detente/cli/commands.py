"""The table of commands: everything that lists commands reads it. Nothing heavy is imported."""

from __future__ import annotations

from dataclasses import dataclass
from keyword import iskeyword

__all__ = ["COMMANDS", "Command"]


@dataclass(frozen=True, slots=True)
class Command:
    """A command.

    Attributes:
        name: what is typed.
        function: where it lives, ``module:function``; imported when it is used.
        summary: one line for ``detente --help``; the first line of the function's docstring.
    """

    name: str
    function: str
    summary: str


def _function(name: str) -> str:
    """Return where a command lives; a name that Python keeps for itself has a ``_`` behind it."""
    own = f"{name}_" if iskeyword(name) else name
    return f"detente.cli.{own}:{own}"


COMMANDS: dict[str, Command] = {
    name: Command(name, _function(name), summary)
    for name, summary in (
        ("read", "Read news into the workspace: who demands, offers, refuses what."),
        ("statements", "List and search what was read."),
        ("review", "Judge statements: accept, edit or reject them."),
        ("parties", "List the parties and the names that they go by."),
        ("timeline", "Show positions over time, with shifts and contradictions."),
        ("draft", "Draft a case file from accepted statements, every line cited."),
        ("export", "Write statements in the format of another program."),
        ("import", "Read statements from another program's file."),
        ("check", "Validate a case file and say what it contains."),
        ("solve", "Say which states would last, for whom and under which concepts."),
        ("why", "Show the moves, answers and counter-moves behind a verdict."),
        ("paths", "Show how the status quo can evolve."),
        ("diagnose", "Say what kind of deadlock this is, and what shows it."),
        ("unlock", "Search for what would open a deadlock, each remedy solved again."),
        ("sensitivity", "Say which stated preferences the diagnosis hangs on."),
        ("brief", "Write a brief of a case, or of sources: one file, for people."),
        ("compare", "Set two cases side by side: model, equilibria, diagnosis."),
        ("serve", "Open the workbench, a page of this machine, and its interface."),
        ("schema", "Print the JSON Schema of case files, for editors."),
        ("new", "Write a commented starter case file."),
    )
}
