"""How notebooks show results: small HTML tables, without styles or scripts of our own."""

from __future__ import annotations

from html import escape

from detente.analysis.results import DISPLAYS
from detente.analysis.stability import SUMMARY_STATES, Stability
from detente.model.case import Case
from detente.report.drafts import notice

__all__ = ["caption", "stability_html"]


def stability_html(result: Stability) -> str:
    """Return a table: a row for each state, a column for each concept, the parties that stay.

    An equilibrium is marked ``E``. Above 10,000 states only the counts are shown, and it says so.
    """
    title = caption(result.case)
    if len(result.cells) > SUMMARY_STATES:
        rows = [
            f"<tr><th>{escape(r.concept.abbreviation)}</th>"
            f"<td>{int(r.equilibrium_mask.sum()):,}</td></tr>"
            for r in result
        ]
        head = f"<tr><th>{len(result.cells):,} states</th><th>equilibria</th></tr>"
        return f"<table>{title}{head}{''.join(rows)}</table>"
    concepts = "".join(f"<th>{escape(r.concept.abbreviation)}</th>" for r in result)
    options = "".join(f"<th>{escape(o.key)}</th>" for o in result.case.options)
    body = []
    for k, state in enumerate(result.states):
        levels = "".join(f"<td>{escape(v)}</td>" for v in result.case.describe(state).values())
        cells = []
        for r in result:
            stays = ", ".join(p for p, mask in r.masks.items() if mask[k])
            mark = "<b>E</b> " if r.equilibrium_mask[k] else ""
            cells.append(f"<td>{mark}{escape(stays)}</td>")
        name = f"<b>{escape(state)}</b>" if state == result.status_quo else escape(state)
        body.append(f"<tr><th>{name}</th>{levels}{''.join(cells)}</tr>")
    return f"<table>{title}<tr><th>state</th>{options}{concepts}</tr>{''.join(body)}</table>"


def caption(case: Case) -> str:
    """Return the caption of a table about a case: its title, and that it is unreviewed if it is."""
    warning = notice(case)
    told = f"<br><strong>{escape(warning)}</strong>" if warning else ""
    return f"<caption>{escape(case.title or case.source or 'untitled')}{told}</caption>"


DISPLAYS[Stability] = stability_html
