"""``detente schema``."""

from __future__ import annotations

from detente.cli.options import AsJson

__all__ = ["schema"]


def schema(*, as_json: AsJson = False) -> None:
    """Print the JSON Schema of case files, for editors.

    With it an editor completes keys and underlines mistakes while a case is written. The output
    is always JSON; --json changes nothing.
    """
    from detente.cli.output import show_json
    from detente.workspace.authoring import schema as described

    show_json(described())
