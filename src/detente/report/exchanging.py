"""What ``detente export`` and ``detente import`` say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import RenderableType

from detente.report.evidence import one_line
from detente.report.page import facts, page, paragraph, sentence
from detente.report.words import joined, plural

__all__ = ["export_lines", "import_page", "refused_lines"]

_MOST = 12
_QUOTED = 60


def export_lines(report: Mapping[str, Any]) -> Iterator[str]:
    """Yield what to say of an export: what it holds, and what it could not hold."""
    states = joined(f"{count:,} {state}" for state, count in report["states"].items())
    held = plural(report["statements"], "statement")
    held += f" ({states})" if states else ""
    where = f" in {report['file']}" if report["file"] else ""
    yield f"{report['format']}: {held} of {plural(report['documents'], 'document')}{where}"
    if report["cannot_hold"]:
        yield f"{report['format']} cannot hold:"
    for loss in report["cannot_hold"]:
        note = f" ({loss['note']})" if loss["note"] else ""
        yield f"  {loss['what']} of {plural(loss['count'], loss['unit'])}{note}"


def import_page(outcome: Mapping[str, Any]) -> RenderableType:
    """Return the page on an import."""
    statements, documents = outcome["statements"], outcome["documents"]
    rows = [
        ("statements", f"{statements['new']:,} new, {statements['known']:,} known"),
        ("documents", f"{documents['new']:,} new, {documents['known']:,} known"),
        ("judgements", f"{outcome['judgements']:,} new"),
    ]
    if outcome["names"]:
        rows.append(("names", f"{outcome['names']:,} new"))
    if outcome["moved"]:
        rows.append(("moved", f"{outcome['moved']:,} found by their words, not where they stood"))
    if outcome["units"]:
        rows.append(("units", f"{outcome['units']:,} stood there in other units than the format's"))
    if outcome["ignored"]:
        keys = joined((f"{k} ({n:,})" for k, n in outcome["ignored"].items()), most=_MOST)
        rows.append(("ignored", f"keys that mean nothing here: {one_line(keys)}"))
    return page(
        sentence(_opening(outcome)),
        facts(rows, indent=2),
        *_listed(
            outcome["conflicts"],
            "Judged otherwise here; this judgement stands, the other is in the history:",
        ),
        *_listed(
            outcome["differing"],
            "Proposed otherwise here; this proposal stands (--accepted records the other one as a "
            "judgement):",
        ),
        *_taken(outcome["taken"]),
    )


def _opening(outcome: Mapping[str, Any]) -> str:
    new, judged = outcome["statements"]["new"], outcome["judgements"]
    refused = len(outcome["refused"])
    rest = f" {plural(refused, 'statement')} could not be imported." if refused else ""
    if not (new or judged or outcome["names"] or outcome["documents"]["new"]):
        return f"Nothing new in this file.{rest}" if not refused else rest.strip()
    return f"{plural(new, 'statement')} and {plural(judged, 'judgement')} imported.{rest}"


def _listed(pairs: list[Mapping[str, Any]], opening: str) -> list[RenderableType]:
    if not pairs:
        return []
    rows = []
    for pair in pairs[:_MOST]:
        fields = f": {', '.join(pair['fields'])}" if pair["fields"] else ""
        rows.append(
            (
                pair["id"],
                one_line(
                    f"{pair['doc']} {pair['start']}–{pair['end']}  here {_verdict(pair['here'])}, "
                    f"there {_verdict(pair['there'])}{fields}"
                ),
            )
        )
    return [paragraph(opening), facts(rows, indent=2), *_more(len(pairs))]


def _verdict(side: Mapping[str, Any]) -> str:
    return f"{side['state']} by {side['by']}" if side["by"] else str(side["state"])


def _taken(taken: list[Mapping[str, Any]]) -> list[RenderableType]:
    if not taken:
        return []
    rows = []
    for item in taken[:_MOST]:
        if item["kind"] == "place":
            said = f"{item['name']}: another text stands there here; not replaced"
        elif item["kind"] == "alias":
            said = f"{item['name']}: means {item['here']} here, {item['there']} there"
        else:
            said = f"{item['name']}: is a {item['here']} here, a {item['there']} there"
        rows.append((item["kind"], one_line(said)))
    return [paragraph("Otherwise here; left as it is:"), facts(rows, indent=2), *_more(len(taken))]


def _more(count: int) -> list[RenderableType]:
    return [paragraph(f"… and {count - _MOST:,} more; --json lists all")] if count > _MOST else []


def refused_lines(outcome: Mapping[str, Any]) -> Iterator[str]:
    """Yield a line for each statement that was not imported."""
    for item in outcome["refused"]:
        quote = one_line(item["quote"] or "")
        short = quote if len(quote) <= _QUOTED else quote[: _QUOTED - 1] + "…"
        yield f"{item['where']}: {item['why']}" + (f": “{short}”" if short else "")
    if outcome["refused"]:
        yield "  next: give the texts that were coded, unchanged: --text FILE"
