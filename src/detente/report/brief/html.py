"""A brief as one HTML file that asks for nothing from outside: also what the PDF is made from."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from detente.report.brief.document import OPEN, Brief, Cite, Line
from detente.report.stances import day

if TYPE_CHECKING:
    from jinja2 import Template
    from markupsafe import Markup

__all__ = ["css_string", "render"]

_PLAIN = re.compile(r"[^A-Za-z0-9 ]")
_PAPER = {"a4": "A4", "letter": "letter"}
_KINDS = {"brief": "Brief", "role": "Role sheet", "debrief": "Debrief"}


def render(brief: Brief) -> str:
    """Return the document."""
    running = f"{brief.title} · {_KINDS[brief.kind]}"
    foot = " · ".join([f"made {day(brief.date)}", dict(brief.facts).get("version", "")])
    if brief.unreviewed:
        foot += f" · {OPEN} UNREVIEWED DRAFT"
    return _template().render(
        brief=brief,
        kind=_KINDS[brief.kind],
        made=day(brief.date),
        paper=_PAPER[brief.paper],
        running=css_string(running),
        foot=css_string(foot),
    )


def css_string(text: str) -> str:
    """Return text as the inside of a string of a style sheet; nothing can end it early."""
    return _PLAIN.sub(lambda found: f"\\{ord(found[0]):x} ", text)


@lru_cache(maxsize=1)
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=PackageLoader("detente.report.brief"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["line"] = _line
    environment.filters["svg"] = Markup  # drawn by report.figures, which escapes every text
    environment.globals["style"] = Markup(_style())
    environment.tests["a"] = lambda block, name: type(block).__name__ == name
    return environment.get_template("brief.html.j2")


def _style() -> str:
    from importlib.resources import files

    folder = files("detente.report.brief") / "templates"
    return (folder / "brief.css").read_text(encoding="utf-8")


def _line(line: Line) -> Markup:
    """Return a line as HTML."""
    from markupsafe import Markup

    parts = []
    after_cite = False
    for piece in line:
        if isinstance(piece, Cite):
            parts.append(_cite(piece, joined=after_cite))
            after_cite = True
            continue
        after_cite = False
        if piece.to is not None:
            parts.append(Markup('<a href="#{}">{}</a>').format(piece.to, piece.text))
        elif piece.style:
            parts.append(_STYLED[piece.style]().format(piece.text))
        else:
            parts.append(Markup.escape(piece.text))
    return Markup("").join(parts)


def _cite(piece: Cite, *, joined: bool) -> Markup:
    from markupsafe import Markup

    shown = Markup('<a id="ref-{0}-{1}" href="#note-{0}" aria-label="note {0}{2}">{0}</a>').format(
        piece.note, piece.mention, ", not reviewed" if piece.open else ""
    )
    mark = (
        Markup('<span class="open" title="not reviewed">{}</span>').format(OPEN)
        if piece.open
        else ""
    )
    return Markup('<sup class="fn">{}{}{}</sup>').format("," if joined else "", shown, mark)


def _styled(name: str, kind: str | None = None) -> Markup:
    from markupsafe import Markup

    opened = f'<{name} class="{kind}">' if kind else f"<{name}>"
    return Markup(f"{opened}{{}}</{name}>")


_STYLED = {
    "strong": lambda: _styled("strong"),
    "quiet": lambda: _styled("span", "quiet"),
    "code": lambda: _styled("code"),
    "mark": lambda: _styled("span", "open"),
}
