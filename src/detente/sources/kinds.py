"""What kind of source some bytes are: by their beginning, by what was declared, by their name."""

from __future__ import annotations

import codecs
import re
from pathlib import PurePosixPath
from typing import Literal
from urllib.parse import urlsplit

from detente.model.errors import quoted
from detente.sources.addresses import is_url
from detente.sources.types import UnsupportedError

__all__ = ["HEAD", "Kind", "kind", "suffix"]

Kind = Literal["text", "html", "pdf", "feed", "jsonl", "gzip", "zip"]

HEAD = 4096
"""So many bytes are enough to tell."""

_BINARY = (
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"RIFF", "sound, a film or a picture (RIFF)"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rtf", "a Rich Text document"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"SQLite format 3\0", "a database (SQLite)"),
    (b"\x7fELF", "a program"),
    (b"ID3", "sound (MP3)"),
    (b"OggS", "sound (Ogg)"),
)
_OFFICE = "save it as PDF, HTML or plain text and name that file"
_BY_SUFFIX: dict[str, Kind] = {
    ".txt": "text", ".text": "text", ".md": "text", ".markdown": "text", ".rst": "text",
    ".html": "html", ".htm": "html", ".xhtml": "html",
    ".pdf": "pdf",
    ".rss": "feed", ".atom": "feed", ".rdf": "feed",
    ".jsonl": "jsonl", ".ndjson": "jsonl",
    ".gz": "gzip", ".zip": "zip",
}  # fmt: skip
_BY_MEDIA: dict[str, Kind] = {
    "text/html": "html", "application/xhtml+xml": "html",
    "application/pdf": "pdf", "application/x-pdf": "pdf",
    "application/rss+xml": "feed", "application/atom+xml": "feed", "application/rdf+xml": "feed",
    "application/jsonl": "jsonl", "application/x-jsonlines": "jsonl",
    "application/ndjson": "jsonl", "application/x-ndjson": "jsonl",
    "application/gzip": "gzip", "application/x-gzip": "gzip", "application/zip": "zip",
}  # fmt: skip
_PROLOGUE = re.compile(rb"\s*(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE\s+(?!html)[^>]*>)", re.I | re.S)
_FEED = re.compile(rb"\s*<(?:rss|feed|(?:\w+:)?RDF)[\s>]", re.I)
_HTML = re.compile(rb"\s*<(?:!doctype\s+html|html|head|body)[\s>]", re.I)
_XML = re.compile(rb"\s*<\?xml\s", re.I)
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def suffix(name: str) -> str:
    """Return the ending of a file's name or of an address's path, in lower case."""
    path = urlsplit(name).path if is_url(name) else name
    return PurePosixPath(path.replace("\\", "/")).suffix.lower()


def kind(head: bytes, name: str, media: str | None = None) -> Kind:
    """Tell how a source is to be read.

    A beginning that can only be one thing wins over everything. A file that calls itself plain
    text is plain text, whatever it looks like, since its offsets are promised; anything else is
    what it looks like, then what it is declared to be.

    Args:
        head: the first ``HEAD`` bytes.
        name: file name or address.
        media: media type that a server declared.

    Raises:
        UnsupportedError: if it holds no text for us.
    """
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if head[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-"):
        return "pdf"
    for start, what in _BINARY:
        if head.startswith(start) and (start == b"{\\rtf" or not _textual(head)):
            raise UnsupportedError(f"this is {what}", rule="only texts are read", hint=_OFFICE)
    ending = suffix(name)
    declared = _BY_MEDIA.get(media or "") or _BY_SUFFIX.get(ending)
    if declared == "text" and media is None:
        return "text"
    looks = _looks(head)
    if looks is not None:
        return looks
    if declared in ("html", "pdf", "feed", "jsonl", "text"):
        return declared
    if declared is not None:
        raise UnsupportedError(
            f"this is no {declared} archive, whatever its name says", hint="check the file"
        )
    return _undeclared(head, ending, media)


def _textual(head: bytes) -> bool:
    """Tell whether it could be text all the same: "GIF89a is a format", says an article."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return b"\0" not in head


def _undeclared(head: bytes, ending: str, media: str | None) -> Kind:
    if media is not None and media.partition("/")[0] in ("image", "audio", "video", "font"):
        raise UnsupportedError(f"this is {quoted(media)}", rule="only texts are read", hint=_OFFICE)
    if media == "application/json" or ending == ".json":
        raise UnsupportedError(
            "this is JSON",
            rule='of JSON, only dumps with one object a line are read: {"text": "…"}',
            hint="write one object a line into a file that ends in .jsonl",
        )
    if _XML.match(head):
        raise UnsupportedError(
            "this is XML of an unknown kind",
            rule="of XML, only RSS, Atom and XHTML are read",
            hint="save its text as plain text or HTML",
        )
    return "text"


def _looks(head: bytes) -> Kind | None:
    """Tell HTML and feeds by their first tag."""
    for bom in _BOMS:
        head = head.removeprefix(bom)
    if head[1:2] == b"\0" or head[:1] == b"\0":  # UTF-16
        head = head.replace(b"\0", b"")
    rest = head
    while prologue := _PROLOGUE.match(rest):
        rest = rest[prologue.end() :]
    if _FEED.match(rest):
        return "feed"
    return "html" if _HTML.match(rest) else None
