"""Unpacking with limits: what a small file may grow to is decided before it does."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from detente.sources.types import SourceError, size

__all__ = ["bomb", "inflate", "is_bomb"]

_STEP = 1 << 16
_HARMLESS = 1 << 20


def bomb(grown: int, packed: int) -> SourceError:
    """Return the error for an archive that grows too much."""
    return SourceError(
        f"this is packed too tightly: {size(packed)} become more than {size(grown)}",
        rule="an archive that grows out of proportion is not unpacked",
        hint="if you trust it, unpack it yourself and name the files",
    )


def is_bomb(grown: int, packed: int, ratio: int) -> bool:
    """Tell whether so much from so little is out of proportion; the first MiB is harmless."""
    return grown > _HARMLESS and grown > ratio * max(packed, 1)


def inflate(chunks: Iterable[bytes], ratio: int) -> Iterator[bytes]:
    """Unpack gzip data piece by piece, one or more members in a row.

    Raises:
        SourceError: if it is broken, or grows by more than ``ratio``.
    """
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    packed = grown = 0
    fresh = True  # between two members
    try:
        for chunk in chunks:
            packed += len(chunk)
            rest = chunk
            while rest:
                if fresh:
                    rest = rest.lstrip(b"\0") if grown else rest  # padding, as tapes have it
                    if not rest:
                        break
                fresh = False
                piece = unpacker.decompress(rest, _STEP)
                grown += len(piece)
                used = packed - len(unpacker.unconsumed_tail)
                if is_bomb(grown, used, ratio):
                    raise bomb(grown, used)
                if piece:
                    yield piece
                rest = unpacker.unconsumed_tail
                if unpacker.eof:
                    rest = unpacker.unused_data
                    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
                    fresh = True
        if not fresh:
            # What a full output buffer held back; bounded, since the input is at its end.
            while piece := unpacker.decompress(unpacker.unconsumed_tail, _STEP):
                grown += len(piece)
                if is_bomb(grown, packed, ratio):
                    raise bomb(grown, packed)
                yield piece
            if not unpacker.eof:
                raise SourceError(
                    "the gzip data ends in the middle", hint="download or copy the file again"
                )
    except zlib.error as error:
        raise SourceError(
            f"the gzip data is broken ({error})", hint="download or copy the file again"
        ) from None
