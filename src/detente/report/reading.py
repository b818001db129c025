"""What ``detente read`` says: one sentence, a line for each document, what to do next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from detente.report.evidence import one_line
from detente.report.page import facts, page, paragraph, sentence
from detente.report.words import capital, joined, plural

__all__ = ["model_text", "read_page"]

_MOST = 40
_LANGUAGES = {
    "ar": "Arabic", "de": "German", "en": "English", "es": "Spanish", "fr": "French",
    "id": "Indonesian", "it": "Italian", "nl": "Dutch", "pl": "Polish", "pt": "Portuguese",
    "sv": "Swedish", "sw": "Swahili", "tr": "Turkish",
}  # fmt: skip


def read_page(
    rows: Sequence[Mapping[str, Any]],
    workspace: str,
    unread: int = 0,
    model: Mapping[str, Any] | None = None,
) -> RenderableType:
    """Return the page.

    Args:
        rows: for each document ``doc``, ``outcome``, ``language``, ``statements``, ``repeats``,
            ``residue`` (label -> lines), ``duplicate_of``, ``resemblance`` and ``note``.
        workspace: the file that they are in.
        unread: how many sources could not be read.
        model: what a language model took and gave, as in the JSON; ``None`` if none was named.
    """
    if not rows:
        return page(sentence("There was nothing to read."), _next([], workspace))
    shown = rows if len(rows) <= _MOST + 1 else rows[:_MOST]
    body = facts([(one_line(row["doc"]), _line(row)) for row in shown], indent=2)
    more = len(rows) - len(shown)
    return page(
        sentence(_opening(rows, unread)),
        body,
        paragraph(f"… and {plural(more, 'more document')}.") if more else None,
        paragraph(model_text(model)) if model is not None else None,
        _next(rows, workspace),
    )


_REASONS = {
    "wrong-form": "not in the form asked for",
    "quote-not-in-text": "quote not in the text",
    "quote-in-two-sentences": "quote not inside one sentence",
    "quote-ambiguous": "quote in several sentences",
    "quote-too-short": "quote shorter than two words",
    "order-not-in-text": "order not in words of the text",
    "name-not-in-text": "a name that the text does not have",
    "given-twice": "given twice",
    "overlaps": "at odds with a statement of the other readers",
}
_TYPICAL = 0.01  # a smaller sum is shown with more digits


def model_text(model: Mapping[str, Any]) -> str:
    """Return what a language model took and what came of it.

    Args:
        model: as in the JSON.
    """
    head = f"The model {one_line(model['name'])} at {model['site']}"
    if not model["requests"]:
        return f"{head} had nothing to read."
    taken = [plural(model["requests"], "request")]
    if model["retries"]:
        taken.append(plural(model["retries"], "retry", "retries"))
    if model["prompt_tokens"] is not None:
        taken.append(
            f"{model['prompt_tokens']:,} tokens sent, {model['completion_tokens']:,} received"
        )
    if model["unmetered"]:
        taken.append(f"{plural(model['unmetered'], 'answer')} without a count of tokens")
    if model["cost"] is not None:
        cost = model["cost"]
        taken.append(f"cost {cost:,.2f}" if cost >= _TYPICAL or not cost else f"cost {cost:.2g}")
    elif model["price"] is not None:
        taken.append("cost unknown")
    text = f"{head}: {', '.join(taken)}. It proposed {plural(model['proposed'], 'statement')}"
    rejected = sum(model["rejected"].values())
    if model["proposed"]:
        text += f": {model['added']:,} new, {model['confirmed']:,} found by the other readers too"
    text += f", {rejected:,} rejected." if rejected else "."
    if rejected:
        counts = sorted(model["rejected"].items(), key=lambda item: (-item[1], item[0]))
        text += " Rejected: " + "; ".join(f"{_REASONS[why]} ({n:,})" for why, n in counts) + "."
    return text


def _opening(rows: Sequence[Mapping[str, Any]], unread: int) -> str:
    total = sum(row["statements"] for row in rows)
    known = sum(row["outcome"] == "known" for row in rows)
    text = f"{capital(plural(total, 'statement')) if total else 'No statements'} in "
    text += "one document" if len(rows) == 1 else plural(len(rows), "document")
    if known == len(rows):
        text += ", read before" if known == 1 else ", all read before"
    elif known:
        text += f", {known:,} of them read before"
    if unread:
        text += f"; {plural(unread, 'source')} could not be read"
    return text + "."


def _line(row: Mapping[str, Any]) -> Text:
    language = row["language"]
    parts = [plural(row["statements"], "statement")]
    if row["repeats"]:
        parts[0] += f" ({plural(row['repeats'], 'repeat')})"
    if language != "en":
        name = _LANGUAGES.get(language, "in a language that is not recognised")
        unread = "" if row["statements"] else ": kept, not read for statements"
        parts.append(f"{name}{unread}")
    else:
        parts.append("English")
    residue = row["residue"]
    if residue:
        lines = plural(sum(residue.values()), "line")
        parts.append(f"{lines} of residue ({joined(_label(k, n) for k, n in residue.items())})")
    if row["duplicate_of"]:
        share = round(100 * row["resemblance"])
        what = "the same text as" if share == 100 else f"{share}% the text of"
        parts.append(f"{what} {one_line(row['duplicate_of'])}")
    said = {
        "version": "replaces an earlier version",
        "again": "read again by another reader",
        "known": "read before",
    }.get(row["outcome"])
    if said:
        parts.append(said)
    if row["note"]:
        parts.append(one_line(row["note"]))
    return Text("; ".join(parts))


def _label(label: str, count: int) -> str:
    return label if count == 1 else f"{count} × {label}"


def _next(rows: Sequence[Mapping[str, Any]], workspace: str) -> RenderableType:
    if any(row["statements"] for row in rows):
        return paragraph(
            f"Kept in {workspace}. Next: detente review to judge them one by one, "
            "detente statements to list and search them."
        )
    return paragraph(
        f"Kept in {workspace}. Statements are found in English text about what parties want, "
        "offer, refuse or threaten."
    )
