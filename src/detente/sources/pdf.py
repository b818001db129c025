"""PDF files: the text of their pages, a form feed between two pages."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterable
from typing import TYPE_CHECKING

from detente.sources.decoding import clean
from detente.sources.types import (
    EXTRACTED,
    Blob,
    SourceError,
    SourceOptions,
    SourceText,
    notes,
    too_large,
)

if TYPE_CHECKING:
    from pypdf import PdfReader

__all__ = ["read_pdf"]

MEDIA = "application/pdf" + EXTRACTED
_OCR = "run text recognition over it (for instance ocrmypdf), and name the result"
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)


def read_pdf(blob: Blob, options: SourceOptions) -> SourceText:
    """Extract the text of a PDF, with its title and the date of its making.

    Raises:
        SourceError: if it is broken, needs a password, or holds pictures of text only.
    """
    import pypdf
    from pypdf.errors import DependencyError

    logging.getLogger("pypdf").addHandler(logging.NullHandler())
    try:
        reader = pypdf.PdfReader(io.BytesIO(blob.data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise _locked("needs a password")
        count = len(reader.pages)
        if count > options.max_pages:
            raise SourceError(
                f"the PDF has {count:,} pages",
                rule=f"up to {options.max_pages:,} are read",
                hint="split it, or raise the limit (max_pages)",
            )
        pages, broken = _pages(reader, options)
        title, date = _about(reader)
    except SourceError:
        raise
    except DependencyError:
        raise _locked("is encrypted in a way that is not supported") from None
    except Exception as error:  # pypdf lets nearly any type through for a broken file
        raise SourceError(
            f"the PDF is broken ({type(error).__name__})",
            hint="open it in a PDF viewer and save it again, or copy its text into a file",
        ) from None
    empty = [number for number, page in enumerate(pages, 1) if not page.strip()]
    if len(empty) == len(pages):
        raise SourceError(f"the PDF holds no text, only pictures ({_count(count)})", hint=_OCR)
    text, cleaning_note = clean("\f".join(pages).translate(_LIGATURES))
    note = notes(
        blob.note,
        f"text extracted from {_count(count)}",
        date and "its date is the one the PDF was made",
        f"no text on page {_ranges(empty)}" if empty else None,
        f"page {_ranges(broken)} could not be read" if broken else None,
        cleaning_note,
    )
    return SourceText(blob.name, text, MEDIA, blob.origin, title, date, note)


def _pages(reader: PdfReader, options: SourceOptions) -> tuple[list[str], list[int]]:
    pages: list[str] = []
    broken: list[int] = []
    total = 0
    for number, page in enumerate(reader.pages, 1):
        try:
            pages.append(page.extract_text())
        except Exception:  # one broken page does not cost the others
            pages.append("")
            broken.append(number)
        total += len(pages[-1])
        if total > options.max_bytes:
            raise too_large(options.max_bytes)
    if broken and len(broken) == len(pages):
        raise SourceError(
            "no page of the PDF can be read",
            hint="open it in a PDF viewer and save it again, or copy its text into a file",
        )
    return pages, broken


def _about(reader: PdfReader) -> tuple[str | None, str | None]:
    try:
        about = reader.metadata
        if about is None:
            return None, None
        made = about.creation_date
        return about.title or None, made.date().isoformat() if made else None
    except Exception:  # a wrong date in the metadata is no reason to refuse the text
        return None, None


def _locked(how: str) -> SourceError:
    return SourceError(
        f"the PDF {how}", hint="open it in a PDF viewer and save it without protection"
    )


def _count(pages: int) -> str:
    return "1 page" if pages == 1 else f"{pages:,} pages"


def _ranges(numbers: Iterable[int]) -> str:
    """Return page numbers as ``2, 5-7``."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    shown = [str(a) if a == b else f"{a}-{b}" for a, b in runs[:12]]
    return ", ".join(shown) + (" …" if len(runs) > 12 else "")
