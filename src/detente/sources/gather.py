"""Reading what the user names, one document after the other."""

from __future__ import annotations

import io
import itertools
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import IO, TYPE_CHECKING

from detente.model.errors import listed, quoted
from detente.sources.addresses import is_url
from detente.sources.decoding import decode_plain
from detente.sources.kinds import HEAD, kind, suffix
from detente.sources.listing import Listed, expand
from detente.sources.types import (
    Blob,
    Problem,
    SourceError,
    SourceOptions,
    SourceText,
    UnsupportedError,
    label,
    notes,
    safe,
    too_large,
)

if TYPE_CHECKING:
    from detente.sources.fetching import Fetcher

__all__ = ["gather"]

_STEP = 1 << 16


def gather(
    names: Sequence[str | Listed],
    options: SourceOptions | None = None,
    on_problem: Problem | None = None,
) -> Iterator[SourceText]:
    """Read files, folders, archives, dumps, feeds and web pages.

    One bad source does not stop the others. Nothing is fetched unless an address is named here
    (or ``full_pages`` asks for the pages behind a feed's entries).

    Args:
        names: paths and addresses, or what :func:`expand` made of them.
        options: limits and permissions.
        on_problem: called with a :class:`SourceError` once for each source, or part of one, that
            is not read, and for what is left out by rule (``error.skipped``). Without it, the
            sources that can be read are given first, and then one error is raised for those that
            cannot.

    Yields:
        The texts, in the order of the names; those of a folder sorted by path.

    Raises:
        SourceError: at the end, if ``on_problem`` is not given and a source could not be read.
    """
    faults: list[SourceError] = []

    def keep(error: SourceError) -> None:
        if not error.skipped:
            faults.append(error)

    report = on_problem or keep
    items = expand(names, report)
    yield from _Gathering(options or SourceOptions(), report).run(items)
    if len(faults) == 1:
        raise faults[0]
    if faults:
        raise SourceError(
            f"{len(faults):,} sources could not be read:\n"
            + "\n".join(f"  {error.where}: {error.what}" for error in faults[:20])
            + ("\n  …" if len(faults) > 20 else "")
        )


class _Gathering:
    """One call of :func:`gather`: its options, its web client, the names it has given."""

    def __init__(self, options: SourceOptions, report: Problem) -> None:
        self._options = options
        self._report = report
        self._given: dict[str, int] = {}

    def run(self, items: Iterable[Listed]) -> Iterator[SourceText]:
        for folder, group in itertools.groupby(items, key=lambda item: item.folder):
            left_out: list[str] = []
            some = False
            for item in group:
                try:
                    for text in self._read(item):
                        if self._holds_text(text):
                            some = True
                            yield self._finished(text)
                except UnsupportedError as error:
                    if folder is None:
                        self._report(error.at(item.place))
                    else:
                        left_out.append(os.path.relpath(item.place, folder))
                except SourceError as error:
                    some = True
                    self._report(error.at(item.place))
            if left_out:
                self._report(
                    SourceError(
                        f"left out, not of a kind that is read: {listed(map(quoted, left_out))}",
                        source=folder,
                        hint="name one of them to learn more",
                        skipped=some,  # a folder of which nothing can be read is a mistake
                    )
                )

    def _holds_text(self, text: SourceText) -> bool:
        if text.text.strip().strip("\ufeff\u200b"):
            return True
        what = "this holds no text, only blanks" if text.text else "this is empty"
        hint = "check that it is the right file"
        self._report(SourceError(what, source=text.origin, hint=hint))
        return False

    def _finished(self, text: SourceText) -> SourceText:
        """Make names and titles safe, and the name unique."""
        name = safe(text.name)
        count = self._given[name] = self._given.get(name, 0) + 1
        while count > 1 and f"{name} ({count})" in self._given:
            count += 1
        if count > 1:
            name = f"{name} ({count})"
            self._given[name] = 1
        title = label(text.title) if text.title else None
        return replace(text, name=name, origin=safe(text.origin), title=title or None)

    @cached_property
    def _fetcher(self) -> Fetcher:
        from detente.sources.fetching import Fetcher

        return Fetcher(self._options)

    def _read(self, item: Listed) -> Iterator[SourceText]:
        if is_url(item.place):
            yield from self._blob(self._fetcher.fetch(item.place))
            return
        try:
            with Path(item.place).open("rb") as stream:
                yield from self._file(stream, item)
        except OSError as error:
            raise SourceError(
                error.strerror or "this cannot be read", hint="check the path and its permissions"
            ) from None

    def _file(self, stream: IO[bytes], item: Listed) -> Iterator[SourceText]:
        most = self._options.max_bytes
        packed = os.fstat(stream.fileno()).st_size
        head = stream.read(HEAD)
        what = kind(head, item.name)
        if what == "jsonl":
            stream.seek(0)
            yield from self._dump(_chunks(stream), item.name, item.place)
        elif what == "zip":
            yield from self._zip(stream, packed, item.name)
        elif what == "gzip":
            stream.seek(0)
            yield from self._gzip(_chunks(stream), Blob(b"", item.name, item.place))
        else:
            data = head + stream.read(most + 1 - len(head))
            if len(data) > most:
                raise too_large(most)
            yield from self._blob(Blob(data, item.name, item.place))

    def _blob(self, blob: Blob) -> Iterator[SourceText]:
        """Read bytes that are in memory."""
        if not blob.data:
            raise SourceError("this is empty", hint="check that it is the right file")
        what = kind(blob.data[:HEAD], blob.origin, blob.media)
        if what == "html":
            from detente.sources.webpage import read_page

            yield read_page(blob)
        elif what == "pdf":
            from detente.sources.pdf import read_pdf

            yield read_pdf(blob, self._options)
        elif what == "feed":
            from detente.sources.feeds import read_feed

            yield from read_feed(blob, self._options, self._report, self._page)
        elif what == "jsonl":
            yield from self._dump([blob.data], blob.name, blob.origin)
        elif what == "gzip":
            yield from self._gzip([blob.data], blob)
        elif what == "zip":
            yield from self._zip(io.BytesIO(blob.data), len(blob.data), blob.name)
        else:
            text, note = decode_plain(blob, self._options)
            yield SourceText(
                blob.name, text, "text/plain", blob.origin, note=notes(blob.note, note)
            )

    def _dump(self, chunks: Iterable[bytes], name: str, origin: str) -> Iterator[SourceText]:
        from detente.sources.dumps import read_dump

        for text in read_dump(chunks, name, self._options, self._report):
            yield replace(text, origin=origin + text.origin.removeprefix(name))

    def _zip(self, stream: IO[bytes], packed: int, name: str) -> Iterator[SourceText]:
        from detente.sources.archives import read_zip

        yield from read_zip(stream, packed, name, self._options, self._report, self._blob)

    def _gzip(self, chunks: Iterable[bytes], blob: Blob) -> Iterator[SourceText]:
        from detente.sources.unpacking import inflate

        inner = blob.origin.removesuffix(".gz").removesuffix(".GZ")
        unpacked = inflate(chunks, self._options.max_ratio)
        if suffix(inner) in (".jsonl", ".ndjson"):
            yield from self._dump(unpacked, blob.name, blob.origin)
            return
        pieces, total = [], 0
        for piece in unpacked:
            pieces.append(piece)
            total += len(piece)
            if total > self._options.max_bytes:
                raise too_large(self._options.max_bytes)
        data = b"".join(pieces)
        if data[257:262] == b"ustar" or kind(data[:HEAD], inner) in ("gzip", "zip"):
            raise UnsupportedError(
                "this is an archive within gzip", hint="unpack it yourself and name the files"
            )
        note = notes(blob.note, "unpacked from gzip; offsets count the unpacked text")
        packed = blob.origin
        for text in self._blob(replace(blob, data=data, origin=inner, media=None, note=note)):
            yield replace(text, origin=packed) if text.origin == inner else text

    def _page(self, url: str) -> SourceText:
        """Fetch and read the one document behind an entry of a feed."""
        blob = self._fetcher.fetch(url)
        if blob.data and kind(blob.data[:HEAD], blob.origin, blob.media) == "feed":
            raise SourceError("this is a feed, not a page", hint="name it as a source of its own")
        for text in self._blob(blob):
            return text
        raise SourceError("the page holds no text")


def _chunks(stream: IO[bytes]) -> Iterator[bytes]:
    while chunk := stream.read(_STEP):
        yield chunk
