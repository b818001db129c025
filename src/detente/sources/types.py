"""What a source gives, what may be asked of it, and how it says no."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from detente.model.errors import CaseError, Where

__all__ = [
    "EXTRACTED",
    "Blob",
    "Problem",
    "SourceError",
    "SourceOptions",
    "SourceText",
    "UnsupportedError",
    "label",
    "notes",
    "safe",
    "size",
    "too_large",
    "without_login",
]

EXTRACTED = "; extracted"
"""Ends the media type of every text that is not, character for character, a file's content."""


class SourceError(CaseError):
    """Why a source, or a part of one, was not read.

    Attributes:
        skipped: true if it was left out by rule (a hidden file, a picture in a folder), false if
            something that was asked for could not be read.
    """

    def __init__(
        self,
        what: str,
        *,
        source: str | None = None,
        line: int | None = None,
        rule: str | None = None,
        hint: str | None = None,
        skipped: bool = False,
    ) -> None:
        self.skipped = skipped
        where = None if source is None else Where(source, line)
        super().__init__(what, where=where, rule=rule, hint=hint)

    def at(self, source: str) -> SourceError:
        """Name the source, if none is named yet; return the error."""
        if self.where is None:
            self.where = Where(safe(without_login(source)))
        return self


class UnsupportedError(SourceError):
    """The source is of a kind that holds no text for us: a picture, a program, a spreadsheet."""


Problem = Callable[[SourceError], None]
"""Called once for each source, or part of one, that is not read."""


@dataclass(frozen=True, slots=True)
class SourceText:
    """One document.

    Attributes:
        name: what statements call it: a file's name, a page's address, ``dump.jsonl#id``.
            Unique among the texts of one call.
        text: exactly the characters that offsets count. For a plain-text file they are its bytes
            decoded as UTF-8 with nothing changed: CR LF stays two characters, and a byte order
            mark is the character U+FEFF.
        media: the media type; ends in ``; extracted`` where ``text`` was taken out of HTML, PDF,
            a feed or a dump, and offsets therefore count characters of the extract.
        origin: where it was found: a path, an address, ``dump.jsonl:17``, ``news.zip/a.txt``.
        title: its title, if the source has one.
        date: its date as ``YYYY-MM-DD``, if the source has one.
        note: what a reader should know about how it was read; ``None`` if nothing.
    """

    name: str
    text: str
    media: str
    origin: str
    title: str | None = None
    date: str | None = None
    note: str | None = None

    @property
    def extracted(self) -> bool:
        """Tell whether offsets count characters of an extract rather than of the file."""
        return self.media.endswith(EXTRACTED)


@dataclass(frozen=True, slots=True)
class SourceOptions:
    """Limits and permissions.

    Attributes:
        max_bytes: largest document, after unpacking, in bytes.
        max_dump_bytes: largest total of a JSONL dump or a zip file, after unpacking.
        max_ratio: an archive that grows by more than this factor is taken for a bomb.
        max_members: most files in one zip file.
        max_entries: most entries of one feed that are read.
        max_pages: most pages of a PDF.
        encoding: encoding of plain-text files that are not UTF-8; ``None``: they are refused.
        full_pages: fetch the page behind every entry of a feed.
        private_hosts: host names and addresses that may be fetched although they are not public.
        connect_timeout: seconds for finding the address, connecting, and the TLS handshake, each.
        read_timeout: seconds that a server may be silent.
        total_timeout: seconds for one address, its redirects and ``robots.txt`` included.
        max_redirects: most redirects in a row.
        pause: seconds between two requests to one host; a longer ``Crawl-delay`` counts.
    """

    max_bytes: int = 20 * 2**20
    max_dump_bytes: int = 2**30
    max_ratio: int = 200
    max_members: int = 10_000
    max_entries: int = 1_000
    max_pages: int = 2_000
    encoding: str | None = None
    full_pages: bool = False
    private_hosts: frozenset[str] = frozenset()
    connect_timeout: float = 10.0
    read_timeout: float = 20.0
    total_timeout: float = 60.0
    max_redirects: int = 5
    pause: float = 1.0


@dataclass(frozen=True, slots=True)
class Blob:
    """The bytes of a source, before anybody knows what they are.

    Attributes:
        data: the bytes.
        name: the name that its texts will have, or start with.
        origin: where it was found.
        media: what the server says that it is; ``None`` for files.
        charset: encoding that the server declares.
        note: what is known already about how it was read.
    """

    data: bytes
    name: str
    origin: str
    media: str | None = None
    charset: str | None = None
    note: str | None = None


def notes(*parts: str | None) -> str | None:
    """Join notes; ``None`` if there are none."""
    return "; ".join(part for part in parts if part) or None


def size(count: int) -> str:
    """Return a number of bytes for a message."""
    for unit, factor in (("GiB", 2**30), ("MiB", 2**20), ("KiB", 2**10)):
        if count >= factor:
            return f"{count / factor:.3g} {unit}"
    return f"{count} bytes"


def too_large(most: int, source: str | None = None, line: int | None = None) -> SourceError:
    """Return the error for a document above the limit."""
    return SourceError(
        f"this is larger than {size(most)}",
        source=source,
        line=line,
        rule="a source is one document that people read",
        hint="split it, or raise the limit (max_bytes)",
    )


_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def safe(text: str, most: int = 2000) -> str:
    """Return a name as it is, but for what could spoof a screen or break the store.

    Control characters, line ends, direction overrides and lone surrogates become U+FFFD.
    """
    cleaned = _UNSAFE.sub("\ufffd", text)
    return cleaned if len(cleaned) <= most else cleaned[: most - 1] + "…"


def without_login(text: str) -> str:
    """Return an address for a message: without user name and password."""
    return re.sub(r"(://)[^/?#]*@", r"\1…@", text)


def label(text: str, most: int = 300) -> str:
    """Return a title on one line, safe to print and to store, of bounded length."""
    return safe(" ".join(text.split()), most)
