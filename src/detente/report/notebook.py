"""How notebooks show results: small HTML tables, without styles or scripts of our own."""

from __future__ import annotations

from html import escape

from detente.analysis.results import DISPLAYS
from detente.analysis.stability import SUMMARY_STATES, Stability

__all__ = ["stability_html"]


def stability_html(result: Stability) -> str:
    """Return a table: a row for each state, a column for each concept, the parties that stay.

    An equilibrium is marked ``E``. Above 10,000 states only the counts are shown, and it says so.
    """
    title = f"<caption>{escape(result.origin.case)}</caption>"
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


DISPLAYS[Stability] = stability_html
