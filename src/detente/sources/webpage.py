"""Web pages, saved or fetched: the article without what stands around it."""

from __future__ import annotations

import logging
from typing import Any

from detente.sources.decoding import clean, decode_markup
from detente.sources.markup import look
from detente.sources.types import EXTRACTED, Blob, SourceError, SourceText, notes

__all__ = ["read_page"]

MEDIA = "text/html" + EXTRACTED
_MOST_ELEMENTS = 50_000
"""Larger pages are not told apart: trafilatura takes a second for each 8,000 elements."""
_DEEPEST = 200
"""Nor are those nested more deeply: its parser drops what lies below."""


def read_page(blob: Blob) -> SourceText:
    """Extract the article of a page, with its title and date.

    The note says how much of the page's text was kept, so that nobody takes the extract for all
    of it. Where no article is found, all visible text is kept.

    Raises:
        SourceError: if the page holds no text.
    """
    html, encoding_note = decode_markup(blob)
    html = html.replace("\0", "")
    page = look(html)
    everything, title = page.text, page.title
    if not everything:
        raise SourceError(
            "the page holds no text",
            hint="if it needs JavaScript, open it in a browser and save what you see as text",
        )
    text, date, how = everything, None, None
    if page.elements > _MOST_ELEMENTS or page.depth > _DEEPEST:
        how = "a page of unusual size: all visible text kept, with menus and the like"
    else:
        found = _article(html, blob.origin)
        if found is None:
            how = "no article found: all visible text kept, with menus and the like"
        else:
            text, date = found.text, found.date
            title = found.title or title
            kept = f"{len(text):,} characters of the page's {len(everything):,}"
            how = f"article extracted: {kept}"
    text, cleaning_note = clean(text)
    note = notes(blob.note, how, encoding_note, cleaning_note)
    return SourceText(blob.name, text, MEDIA, blob.origin, title, date, note)


def _article(html: str, origin: str) -> Any:
    """Return trafilatura's document, or ``None`` if it finds no article."""
    import trafilatura

    for name in ("trafilatura", "htmldate", "courlan", "justext"):
        logging.getLogger(name).addHandler(logging.NullHandler())
    try:
        found = trafilatura.bare_extraction(
            html,
            url=origin if origin.startswith(("http://", "https://")) else None,
            with_metadata=True,
            include_comments=False,
            include_tables=True,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except Exception:  # pages in the wild find faults that no list of types foresees
        return None
    text = getattr(found, "text", None)
    return found if isinstance(text, str) and text.strip() else None
