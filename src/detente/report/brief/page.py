"""What the terminal shows of a brief that was written: its sentence, its notices, its file."""

from __future__ import annotations

from rich.console import Group, RenderableType

from detente.report.brief.document import Brief, Bullets, plain
from detente.report.page import Fact, facts, page, paragraph, sentence
from detente.report.words import plural

__all__ = ["written_page"]


def written_page(brief: Brief, file: str) -> RenderableType:
    """Return the page.

    Args:
        brief: the brief.
        file: where it was written.
    """
    head = [sentence(brief.headline)]
    head += [paragraph(text, style="bold yellow") for text in brief.notices]
    deciding = next((b for b in brief.sections[0].blocks if isinstance(b, Bullets)), None)
    rows: list[Fact] = []
    if brief.kind == "brief" and deciding is not None:
        rows += [(f"{k}", plain(item.line)) for k, item in enumerate(deciding.items, 1)]
    told = f"{plural(len(brief.sections), 'section')}, {plural(len(brief.notes), 'footnote')}"
    return page(
        Group(*head),
        facts(rows) if rows else None,
        paragraph(f"Wrote {file}: {told}."),
    )
