"""The layout of ``--help``: a usage line, what it does, and two quiet columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cyclopts.help import HelpPanel
    from rich.console import Console, ConsoleOptions

__all__ = ["Help"]


def _plain(text: Any) -> str:
    """Return the words of what cyclopts passes as a description."""
    inner = getattr(text, "primary_renderable", text)
    return str(getattr(inner, "plain", inner or ""))


class Help:
    """Formats help without boxes."""

    def render_usage(self, console: Console, options: ConsoleOptions, usage: Any) -> None:
        """Print the usage line."""
        text = str(usage).strip()
        console.print(text, style="bold", markup=False)
        console.print()

    def render_description(
        self, console: Console, options: ConsoleOptions, description: Any
    ) -> None:
        """Print what the command does."""
        from detente.report.page import paragraph

        blocks = _plain(description).strip().split("\n\n")
        for block in blocks:
            console.print(paragraph(" ".join(block.split())))
            console.print()

    def __call__(self, console: Console, options: ConsoleOptions, panel: HelpPanel) -> None:
        """Print a panel: commands, arguments or options."""
        from detente.report.page import facts

        if not panel.entries:
            return
        console.print(str(panel.title), style="bold", markup=False)
        rows = []
        for entry in panel.entries:
            if panel.format == "command":
                name = ", ".join((*entry.positive_names, *entry.positive_shorts))
            else:
                name = ", ".join(entry.display_labels_with_metavar)
            told = _plain(entry.description)
            choices = f" One of: {', '.join(entry.choices)}." if entry.choices else ""
            rows.append((name, f"{' '.join(told.split())}{choices}"))
        console.print(facts(rows, indent=2))
        console.print()
