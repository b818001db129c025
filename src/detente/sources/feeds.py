"""RSS and Atom feeds: one document for each entry."""

from __future__ import annotations

import importlib
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from detente.sources.addresses import is_url
from detente.sources.decoding import clean
from detente.sources.markup import visible_text
from detente.sources.types import (
    EXTRACTED,
    Blob,
    Problem,
    SourceError,
    SourceOptions,
    SourceText,
    label,
    notes,
    size,
)

__all__ = ["read_feed"]

_MOST_BYTES = 8 * 2**20
_ROOT = re.compile(rb"<(?:rss|feed|(?:\w+:)?RDF)[\s>]", re.IGNORECASE)

_RSS = "application/rss+xml" + EXTRACTED
_ATOM = "application/atom+xml" + EXTRACTED


def read_feed(
    blob: Blob,
    options: SourceOptions,
    on_problem: Problem,
    page: Callable[[str], SourceText],
) -> Iterator[SourceText]:
    """Give the entries of a feed, in its order.

    Args:
        blob: the feed.
        options: the limits; with ``full_pages`` the page behind each entry is fetched.
        on_problem: told of entries without text, and of pages that cannot be fetched.
        page: fetches and reads a page.

    Raises:
        SourceError: if it is no feed, or an empty one.
    """
    feed = _parse(blob)
    if feed.get("bozo"):
        blob = replace(blob, note=notes(blob.note, "the feed is not well-formed XML"))
    media = _ATOM if str(feed.get("version", "")).startswith("atom") else _RSS
    entries = feed["entries"]
    for number, entry in enumerate(entries[: options.max_entries], 1):
        link = str(entry.get("link") or "")
        own: SourceText | None
        try:
            own = _entry(blob, entry, number, media)
        except SourceError as error:
            if not (options.full_pages and is_url(link)):
                on_problem(error)
                continue
            own = None
        if options.full_pages and is_url(link):
            yield from _with_page(own, link, page, on_problem)
        elif own is not None:
            yield own
    if len(entries) > options.max_entries:
        on_problem(
            SourceError(
                f"only the first {options.max_entries:,} of {len(entries):,} entries are read",
                source=blob.name,
                hint="raise the limit (max_entries)",
                skipped=True,
            )
        )


def _parse(blob: Blob) -> Any:
    """Parse the bytes as a stream: what a plain string names, feedparser would open or fetch."""
    if len(blob.data) > _MOST_BYTES:
        raise SourceError(
            f"the feed is larger than {size(_MOST_BYTES)}", hint="name the pages that you want"
        )
    head = blob.data.replace(b"\0", b"")  # UTF-16 too
    root = _ROOT.search(head)
    if b"<!ENTITY" in (head[: root.start()] if root else head).upper():
        raise SourceError(
            "the feed declares entities",
            rule="entities that multiply or name files are not expanded",
            hint="remove its DOCTYPE, if you trust it",
        )
    feedparser = importlib.import_module("feedparser")  # has no types
    declared = {"content-type": f"application/xml; charset={blob.charset}"} if blob.charset else {}
    if is_url(blob.origin):
        declared["content-location"] = blob.origin
    try:
        feed = feedparser.parse(io.BytesIO(blob.data), response_headers=declared)
    except Exception as error:  # its loose parser meets everything that calls itself a feed
        raise SourceError(
            f"the feed is broken ({type(error).__name__})", hint="check it with a feed validator"
        ) from None
    if not feed["entries"]:
        if not feed.get("version"):
            fault = feed.get("bozo_exception")
            detail = f" ({label(str(fault), 120)})" if fault else ""
            raise SourceError(
                f"this is no RSS or Atom feed{detail}", hint="check the address or the file"
            )
        raise SourceError("the feed has no entries", hint="check the address or the file")
    return feed


def _entry(blob: Blob, entry: Any, number: int, media: str) -> SourceText:
    title = visible_text(str(entry.get("title") or "")).replace("\n", " ") or None
    link = str(entry.get("link") or "")
    identity = link or str(entry.get("id") or "") or title or f"entry {number}"
    name = link if is_url(link) else f"{blob.name}#{identity}"
    full = "\n".join(filter(None, (_plain(part) for part in entry.get("content") or ())))
    summary = _plain(entry.get("summary_detail") or {"value": entry.get("summary") or ""})
    at = f" of {link}" if link else ""
    if full:
        text, how = full, None
    elif summary:
        text, how = summary, f"the feed's summary only, not the whole text{at}"
    elif title:
        text, how = title, f"the feed's headline only, not the text{at}"
    else:
        raise SourceError(
            f"entry {number:,} of the feed has no text",
            source=blob.name,
            hint="fetch the pages behind the entries (full_pages)",
        )
    text, cleaning_note = clean(text)
    note = notes(blob.note, how, cleaning_note)
    return SourceText(name, text, media, link or blob.origin, title, _date(entry), note)


def _plain(part: Any) -> str:
    value = str(part.get("value") or "")
    return value.strip() if part.get("type") == "text/plain" else visible_text(value)


def _date(entry: Any) -> str | None:
    parsed = entry.get("published_parsed") or entry.get("updated_parsed")
    return f"{parsed[0]:04}-{parsed[1]:02}-{parsed[2]:02}" if parsed else None


def _with_page(
    own: SourceText | None, link: str, page: Callable[[str], SourceText], on_problem: Problem
) -> Iterator[SourceText]:
    """Give the page behind an entry; if it cannot be had, what the feed says."""
    try:
        whole = page(link)
    except SourceError as error:
        on_problem(error.at(link))
        if own is not None:
            yield replace(own, note=notes(own.note, "its page could not be fetched"))
        return
    if own is not None:
        whole = replace(whole, title=whole.title or own.title, date=whole.date or own.date)
    yield whole
