"""Case files on disk: read with limits, written in one step."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from detente.engine.compile import compile_case
from detente.model.case import Case
from detente.model.errors import CaseError, Where
from detente.model.loading import parse_case

__all__ = ["MOST_BYTES", "load", "loads", "read_text", "write_text"]

MOST_BYTES = 16 * 2**20
"""Largest case file that is read."""

CHECKED_CELLS = 1 << 16
"""Up to this many combinations of levels, loading checks the states too."""


def load(path: str | os.PathLike[str]) -> Case:
    """Read a case file.

    Up to 65,536 combinations of levels, everything is checked; above, rankings and the
    feasibility of states are checked when the case is first solved.

    Raises:
        CaseError: if the file cannot be read, or is not a valid case.
    """
    return loads(read_text(path), str(path))


def loads(text: str, source: str | None = None) -> Case:
    """Read a case from the text of a case file.

    Raises:
        CaseError: if it is not a valid case.
    """
    case = parse_case(text, source)
    if case.cells <= CHECKED_CELLS:
        compile_case(case)
    return case


def read_text(path: str | os.PathLike[str]) -> str:
    """Return the text of a UTF-8 file of limited size.

    Raises:
        CaseError: with what is wrong and what to do.
    """
    name = str(path)
    where = Where(name)
    try:
        with Path(path).open("rb") as stream:
            raw = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise CaseError(_reason(error), where=where, hint=_advice(error, Path(name))) from None
    except ValueError:  # a null character in the name
        raise CaseError("this is not a file name", where=where, hint="check the name") from None
    if len(raw) > MOST_BYTES:
        raise CaseError(
            f"the file is larger than {MOST_BYTES // 2**20} MiB",
            where=where,
            rule="a case file is text that people read",
            hint="check that it is a case file; use priorities instead of very long rankings",
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line = before.count(b"\n") + 1
        raise CaseError(
            f"the file is not UTF-8 text (byte {error.start:,} is 0x{raw[error.start]:02x})",
            where=Where(name, line),
            rule="a case file is UTF-8 text",
            hint="check that it is a case file, or convert it to UTF-8",
        ) from None
    if "\x00" in text:
        raise CaseError(
            "the file is binary, not text",
            where=where,
            rule="a case file is UTF-8 text",
            hint="check that it is a case file",
        )
    return text


def _reason(error: OSError) -> str:
    return {
        "FileNotFoundError": "there is no such file",
        "IsADirectoryError": "this is a folder, not a file",
        "PermissionError": "no permission to read or write this file",
    }.get(type(error).__name__, error.strerror or "the file cannot be used")


def _advice(error: OSError, path: Path) -> str:
    if isinstance(error, FileNotFoundError):
        try:
            folder = path.parent
            cases = sorted(p.name for p in folder.glob("*.yaml"))[:5]
        except OSError:
            cases = []
        return f"here are: {', '.join(cases)}" if cases else "check the path"
    if isinstance(error, IsADirectoryError):
        return "name a case file in it"
    return "check the path and its permissions"


def write_text(path: str | os.PathLike[str], text: str, *, replace: bool = False) -> None:
    """Write a file in one step: a kill at any moment leaves the old file or the new one.

    Args:
        path: where to.
        text: the content; written as UTF-8.
        replace: overwrite a file that exists.

    Raises:
        CaseError: if the file exists and ``replace`` is false, or cannot be written.
    """
    target = Path(path)
    where = Where(str(path))
    temporary: str | None = None
    try:
        if target.exists() and not replace:
            raise CaseError(
                "the file exists already",
                where=where,
                rule="nothing is overwritten unasked",
                hint="choose another name, or remove it first",
            )
        handle, temporary = tempfile.mkstemp(prefix=".detente-", dir=target.parent)
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(temporary, target.stat().st_mode & 0o777 if target.exists() else 0o644)
        if replace:
            os.replace(temporary, target)
        else:
            os.link(temporary, target)  # fails if somebody made the file meanwhile
            os.unlink(temporary)
        temporary = None
    except FileExistsError:
        raise CaseError("the file exists already", where=where, hint="choose another name") from None
    except OSError as error:
        raise CaseError(_reason(error), where=where, hint="check the path and its permissions") from None
    finally:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)
