"""Case files on disk: read with limits, written in one step."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from detente.engine.compile import compile_case
from detente.model.case import Case
from detente.model.errors import CaseError, Where, listed, nearest
from detente.model.loading import parse_case
from detente.model.roundtrip import CaseText

__all__ = [
    "MOST_BYTES",
    "load",
    "load_text",
    "loads",
    "read_text",
    "save",
    "write_bytes",
    "write_text",
]

MOST_BYTES = 4 * 2**20
"""Largest case file that is read: room for a ranking of some hundred thousand states."""

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
    return _checked(parse_case(text, source))


def load_text(path: str | os.PathLike[str]) -> CaseText:
    """Read a case file for editing; its states are checked when it is saved.

    Raises:
        CaseError: if the file cannot be read, or is not a case.
    """
    return CaseText.from_text(read_text(path), str(path))


def save(case_text: CaseText, path: str | os.PathLike[str]) -> None:
    """Write an edited case file in one step, if it is one that :func:`load` accepts.

    Raises:
        CaseError: if the case is not valid, or the file cannot be written.
    """
    _checked(case_text.case)
    write_text(path, case_text.text, replace=True)


def _checked(case: Case) -> Case:
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
        raise _not_a_name(where) from None
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


def _not_a_name(where: Where) -> CaseError:
    return CaseError("this is not a file name", where=where, hint="check the name")


def _reason(error: OSError) -> str:
    return {
        "FileNotFoundError": "there is no such file",
        "IsADirectoryError": "this is a folder, not a file",
        "PermissionError": "no permission to read or write this file",
    }.get(type(error).__name__, error.strerror or "the file cannot be used")


def _advice(error: OSError, path: Path) -> str:
    if isinstance(error, FileNotFoundError):
        try:
            cases = sorted(p.name for p in path.parent.glob("*.yaml"))
        except OSError:
            cases = []
        if close := nearest(path.name, cases):
            return f"did you mean '{path.with_name(close)}'?"
        return f"here are: {listed(cases, 5)}" if cases else "check the path"
    if isinstance(error, IsADirectoryError):
        return "name a case file in it"
    return "check the path and its permissions"


def write_text(path: str | os.PathLike[str], text: str, *, replace: bool = False) -> None:
    """Write a file in one step: a kill at any moment leaves the old file or the new one.

    A symbolic link is followed; the permissions of a file that is replaced are kept.

    Args:
        path: where to.
        text: the content; written as UTF-8.
        replace: overwrite a file that exists.

    Raises:
        CaseError: if the file exists and ``replace`` is false, or cannot be written.
    """
    try:
        content = text.encode("utf-8")
    except UnicodeEncodeError:
        hint = "remove the half of a surrogate pair in it"
        raise CaseError(
            "the text cannot be written as UTF-8", where=Where(str(path)), hint=hint
        ) from None
    write_bytes(path, content, replace=replace)


def write_bytes(path: str | os.PathLike[str], content: bytes, *, replace: bool = False) -> None:
    """Write a file in one step, as :func:`write_text` does.

    Raises:
        CaseError: if the file exists and ``replace`` is false, or cannot be written.
    """
    where = Where(str(path))
    temporary: Path | None = None
    try:
        target = Path(os.path.realpath(path))
        exists = target.exists()
        if exists and not replace:
            raise _exists(where)
        if exists and not target.is_file():
            raise CaseError("this is not a file", where=where, hint="choose another name")
        # Its own name in the same folder; os.open lets the user's umask decide who may read it.
        temporary = target.with_name(f".detente-{secrets.token_hex(8)}")
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        if exists:
            temporary.chmod(target.stat().st_mode & 0o777)
        if replace:
            os.replace(temporary, target)
            temporary = None
        else:
            _publish(temporary, target)
    except FileExistsError:
        raise _exists(where) from None
    except FileNotFoundError:
        raise CaseError(
            f"there is no folder '{Path(path).parent}'", where=where, hint="make it first"
        ) from None
    except OSError as error:
        hint = "check the path and its permissions"
        raise CaseError(_reason(error), where=where, hint=hint) from None
    except ValueError:  # a null character in the name
        raise _not_a_name(where) from None
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def _publish(temporary: Path, target: Path) -> None:
    """Give a finished file its name, or fail if somebody made a file of that name meanwhile."""
    try:
        os.link(temporary, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without links, as on many USB sticks
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
        os.replace(temporary, target)


def _exists(where: Where) -> CaseError:
    return CaseError(
        "the file exists already",
        where=where,
        rule="nothing is overwritten unasked",
        hint="choose another name, or remove it first",
    )
