"""Zip files, read in memory and with limits; nothing is written to disk."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import IO

from detente.model.errors import listed, quoted
from detente.sources.kinds import HEAD, kind
from detente.sources.types import (
    Blob,
    Problem,
    SourceError,
    SourceOptions,
    SourceText,
    UnsupportedError,
    size,
    too_large,
)
from detente.sources.unpacking import bomb, is_bomb

__all__ = ["read_zip"]

_ASK = "unpack it yourself and name the files"
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def read_zip(
    stream: IO[bytes],
    packed: int,
    name: str,
    options: SourceOptions,
    on_problem: Problem,
    read: Callable[[Blob], Iterator[SourceText]],
) -> Iterator[SourceText]:
    """Give the texts in a zip file, in the order of their names.

    Before anything is unpacked, the sizes that the archive declares are checked; zipfile then
    hands out no byte beyond them.

    Args:
        stream: the archive, seekable.
        packed: its size in bytes.
        name: its name.
        options: the limits.
        on_problem: told of each member that cannot be read, and once of those left out.
        read: reads one member.

    Raises:
        SourceError: if it is broken, too large, a bomb, or an Office document.
    """
    try:
        with zipfile.ZipFile(stream) as archive:
            members = sorted(
                (info for info in archive.infolist() if not info.is_dir()),
                key=lambda info: info.filename,
            )
            _check(members, packed, options)
            left_out = []
            for info in members:
                if _hidden(info.filename):
                    left_out.append(info.filename)
                    continue
                where = f"{name}/{info.filename}"
                try:
                    yield from read(_member(archive, info, where, options))
                except UnsupportedError:
                    left_out.append(info.filename)
                except SourceError as error:
                    on_problem(error.at(where))
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, EOFError) as error:
        raise SourceError(
            f"the zip file is broken ({type(error).__name__})",
            hint="download or copy it again",
        ) from None
    if len(left_out) == len(members):
        raise SourceError("the zip file holds no texts", hint="check the file")
    if left_out:
        on_problem(
            SourceError(
                f"left out, hidden or without text: {listed(map(quoted, left_out))}",
                source=name,
                skipped=True,
            )
        )


def _check(members: list[zipfile.ZipInfo], packed: int, options: SourceOptions) -> None:
    names = {info.filename for info in members}
    if "[Content_Types].xml" in names or {"mimetype", "META-INF/manifest.xml"} <= names:
        raise UnsupportedError(
            "this is an Office document",
            rule="only texts are read",
            hint="save it as PDF, HTML or plain text and name that file",
        )
    total = sum(info.file_size for info in members)
    if is_bomb(total, packed, options.max_ratio):
        raise bomb(total, packed)
    if len(members) > options.max_members:
        raise SourceError(
            f"the zip file has {len(members):,} members",
            rule=f"up to {options.max_members:,} are read",
            hint=_ASK,
        )
    if total > options.max_dump_bytes:
        raise SourceError(
            f"the zip file unpacks to {size(total)}",
            rule=f"up to {size(options.max_dump_bytes)} are unpacked",
            hint=_ASK,
        )


def _hidden(path: str) -> bool:
    return any(part.startswith(".") or part == "__MACOSX" for part in path.split("/"))


def _member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, where: str, options: SourceOptions
) -> Blob:
    if info.flag_bits & 1:
        raise SourceError("this member of the zip file needs a password", hint=_ASK)
    if info.compress_type not in _METHODS:  # zipfile unpacks these without a limit
        raise SourceError("this member of the zip file is packed in a rare way", hint=_ASK)
    try:
        with archive.open(info) as member:
            head = member.read(HEAD)
            if kind(head, info.filename) in ("zip", "gzip"):
                raise SourceError("an archive within an archive is not unpacked", hint=_ASK)
            if info.file_size > options.max_bytes:
                raise too_large(options.max_bytes)
            data = head + member.read()
    except (zipfile.BadZipFile, zlib.error, EOFError):
        raise SourceError(
            "this member of the zip file is broken", hint="download or copy the zip file again"
        ) from None
    return Blob(data, where, where)
