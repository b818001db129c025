"""From bytes to characters: strictly for plain text, forgivingly but openly for web pages."""

from __future__ import annotations

import codecs
import re

from detente.model.errors import quoted
from detente.sources.types import Blob, SourceError, SourceOptions, UnsupportedError, notes

__all__ = ["clean", "decode_markup", "decode_plain", "python_name"]

_BOMS = (
    (b"\xff\xfe\x00\x00", "utf-32-le", "UTF-32"),
    (b"\x00\x00\xfe\xff", "utf-32-be", "UTF-32"),
    (b"\xff\xfe", "utf-16-le", "UTF-16"),
    (b"\xfe\xff", "utf-16-be", "UTF-16"),
)
# What these names mean on the web (WHATWG Encoding), where it is more than Python makes of them.
_WEB_NAMES = {
    "ascii": "cp1252", "us-ascii": "cp1252", "iso-8859-1": "cp1252", "iso8859-1": "cp1252",
    "latin1": "cp1252", "latin-1": "cp1252", "x-cp1252": "cp1252", "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874", "tis-620": "cp874", "gb2312": "gb18030", "gbk": "gb18030",
    "gb_2312-80": "gb18030", "x-gbk": "gb18030", "shift_jis": "cp932", "shift-jis": "cp932",
    "x-sjis": "cp932", "sjis": "cp932", "euc-kr": "cp949", "ks_c_5601-1987": "cp949",
    "x-mac-roman": "mac-roman", "macintosh": "mac-roman", "unicode-1-1-utf-8": "utf-8",
    "x-user-defined": "cp1252", "iso-8859-8-i": "iso-8859-8", "unicode": "utf-16-le",
}  # fmt: skip
_META = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)", re.I)
_XML = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.-]+)", re.I)
_CONTROLS = re.compile("[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_UNWANTED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_MOST_CONTROLS = 0.3
_GUESSED_ON = 1 << 16


def python_name(declared: str) -> str | None:
    """Return Python's name for a declared text encoding, or ``None`` if there is none."""
    name = declared.strip().strip("\"'").lower()
    name = _WEB_NAMES.get(name, name)
    try:
        "".encode(name)  # refuses what is no text encoding, such as base64
        return codecs.lookup(name).name
    except (LookupError, ValueError):
        return None


def decode_plain(blob: Blob, options: SourceOptions) -> tuple[str, str | None]:
    """Decode plain text; no character is ever replaced.

    UTF-8 first; then the encoding that a byte order mark, the server or the user declares. A byte
    order mark stays in the text, as U+FEFF, and counts.

    Returns:
        The text, and a note unless it is ordinary UTF-8.

    Raises:
        SourceError: if it is no text, or its encoding is not known.
    """
    data = blob.data
    for bom, name, title in _BOMS:
        if data.startswith(bom):
            text = _strictly(data, name, title)
            note = f"decoded as {title}, as its byte order mark says; offsets count its characters"
            return text, notes(note, _about(text))
    try:
        text = data.decode("utf-8")
        failed_at = data.find(b"\0")
    except UnicodeDecodeError as error:
        text, failed_at = "", error.start
    if failed_at < 0:
        return text, _about(text)
    for declared, by in ((options.encoding, "you"), (blob.charset, "the server")):
        if declared is None:
            continue
        encoding = python_name(declared)
        if encoding is None:
            raise SourceError(
                f"{quoted(declared)} is no text encoding",
                hint="name one that Python knows, for instance cp1252 or utf-16-le",
            )
        if encoding == "utf-8":
            continue
        text = _strictly(data, encoding, declared)
        note = f"decoded as {declared}, as {by} declared; offsets count its characters"
        return text, notes(note, _about(text))
    zero = data.find(b"\0")
    if zero >= 0:
        raise _binary(f"byte {zero:,} is 0x00")
    raise _not_utf8(data, failed_at)


def _strictly(data: bytes, encoding: str, title: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceError(
            f"this is not valid {title} (byte {error.start:,} is 0x{data[error.start]:02x})",
            rule="characters of plain text are never guessed or replaced",
            hint="convert it to UTF-8, or name its real encoding (--encoding)",
        ) from None
    if "\0" in text:
        raise _binary(f"decoded as {title}, character {text.find(chr(0)):,} is 0x00")
    return text


def _not_utf8(data: bytes, at: int) -> SourceError:
    line = data.count(b"\n", 0, at) + 1
    guess = _guess(data, at)
    perhaps = f"; it may be {guess}" if guess else ""
    return SourceError(
        f"this is not UTF-8 text (byte {at:,}, in line {line:,}, is 0x{data[at]:02x})",
        rule="characters of plain text are never guessed or replaced",
        hint=f"convert it to UTF-8, or name its encoding (--encoding){perhaps}",
    )


def _guess(data: bytes, at: int) -> str | None:
    """Guess the encoding, for the hint only, where charset-normalizer is installed."""
    try:
        from charset_normalizer import from_bytes
    except ImportError:
        return None
    start = max(0, at - _GUESSED_ON // 2)
    best = from_bytes(data[start : start + _GUESSED_ON]).best()
    return None if best is None else best.encoding.replace("_", "-")


def _binary(detail: str) -> UnsupportedError:
    return UnsupportedError(
        f"this is binary, not text ({detail})",
        rule="only texts are read",
        hint="check that it is the right file; if it is UTF-16, name its encoding (--encoding)",
    )


def _about(text: str) -> str | None:
    """Refuse what is mostly control characters; mention a few."""
    controls = sum(1 for _ in _CONTROLS.finditer(text))
    if not controls:
        return None
    if controls > _MOST_CONTROLS * len(text):
        raise _binary(f"{controls:,} of {len(text):,} characters are control characters")
    return f"{controls:,} control characters kept"


def decode_markup(blob: Blob) -> tuple[str, str | None]:
    """Decode a web page as browsers do, and say whenever that took a guess.

    A byte order mark, the server, the page itself, UTF-8, and at last windows-1252.
    """
    data = blob.data
    if data.startswith(b"\xef\xbb\xbf"):
        return _openly(data[3:], "utf-8", "UTF-8")
    for bom, name, title in _BOMS:
        if data.startswith(bom):
            return _openly(data[len(bom) :], name, title)
    found = _XML.match(data) or _META.search(data[:2048])
    for declared in (blob.charset, found and found[1].decode("ascii")):
        encoding = python_name(declared) if declared else None
        if encoding is None or declared is None:
            continue
        if declared != blob.charset and encoding.startswith(("utf-16", "utf-32")):
            encoding = "utf-8"  # a page that can say so in ASCII is not UTF-16
        return _openly(data, encoding, declared)
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError:
        text, note = _openly(data, "cp1252", "windows-1252")
        return text, notes("the page declares no encoding; read as windows-1252", note)


def _openly(data: bytes, encoding: str, title: str) -> tuple[str, str | None]:
    try:
        return data.decode(encoding), None
    except UnicodeDecodeError:
        text = data.decode(encoding, errors="replace")
        return text, f"bytes that are not {title} became U+FFFD ({text.count(chr(0xFFFD)):,})"


def clean(text: str) -> tuple[str, str | None]:
    """Replace, in an extract, what no text should contain: control characters and the like.

    Returns:
        The text, and a note if anything was replaced.
    """
    cleaned, count = _UNWANTED.subn("\ufffd", text)
    return cleaned, f"{count:,} control characters became U+FFFD" if count else None
