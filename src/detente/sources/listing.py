"""From the names that a user gives to the files and addresses to read, each under its own name."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from detente.model.errors import listed, nearest, quoted
from detente.sources.addresses import is_url
from detente.sources.types import Problem, SourceError

__all__ = ["Listed", "expand"]


@dataclass(frozen=True, slots=True)
class Listed:
    """One file or address to read.

    Attributes:
        name: what its texts are called: the file's name, with as many folders before it as it
            takes to tell it from the others; or the address.
        place: the path or address.
        folder: the folder that the user named, if the file was found in one.
    """

    name: str
    place: str
    folder: str | None = None


def expand(names: Sequence[str | Listed], on_problem: Problem) -> tuple[Listed, ...]:
    """List what is to be read, without reading it.

    Folders are listed with everything below them, sorted by name; hidden files (``.name``) and
    links to folders are left out. What is named twice is listed once.

    Args:
        names: files, folders and addresses (``http://``, ``https://``); what was listed before
            keeps its name.
        on_problem: told of what does not exist, and of what is left out in folders.
    """
    found: list[Listed] = []
    for name in names:
        if isinstance(name, Listed):
            found.append(name)
            continue
        try:
            if is_url(name):
                found.append(Listed(name, name))
            else:
                found += _files(name, on_problem)
        except SourceError as error:
            on_problem(error.at(name))
    return tuple(_named(_once(found)))


def _files(name: str, on_problem: Problem) -> Iterator[Listed]:
    if not name:
        raise SourceError("a source has an empty name", hint="name a file, a folder or an address")
    try:
        mode = os.stat(name).st_mode
    except ValueError:  # a null character
        raise SourceError("this is not a file name", hint="check the name") from None
    except OSError as error:
        raise _unusable(name, error) from None
    if stat.S_ISDIR(mode):
        yield from _folder(name, on_problem)
    elif stat.S_ISREG(mode):
        yield Listed("", name)
    else:
        raise SourceError(
            "this is a pipe or a device",
            rule="files, folders and addresses are read",
            hint="write its content into a file and name that",
        )


def _folder(folder: str, on_problem: Problem) -> Iterator[Listed]:
    left_out: list[str] = []
    count = 0
    for path in _walk(folder, left_out, on_problem):
        count += 1
        yield Listed("", path, folder)
    if left_out:
        on_problem(
            SourceError(
                f"left out, hidden or no plain file: {listed(map(quoted, left_out))}",
                source=folder,
                hint="name them to read them",
                skipped=True,
            )
        )
    if not count:
        on_problem(SourceError("the folder holds no files", source=folder, hint="check the path"))


def _walk(top: str, left_out: list[str], on_problem: Problem) -> Iterator[str]:
    """Give the files below a folder; what is found on the way but not read goes to ``left_out``."""
    waiting = _entries(top, on_problem)  # a stack: the next one is the last
    while waiting:
        entry = waiting.pop()
        is_folder = entry.is_dir(follow_symlinks=False)
        if entry.name.startswith(".") or not (is_folder or entry.is_file()):
            relative = os.path.relpath(entry.path, top)
            left_out.append(relative + ("/" if entry.is_dir() else ""))
        elif is_folder:
            waiting += _entries(entry.path, on_problem)
        else:
            yield entry.path


def _entries(folder: str, on_problem: Problem) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as scan:
            return sorted(scan, key=lambda entry: entry.name, reverse=True)
    except OSError as error:
        on_problem(_unusable(folder, error).at(folder))
        return []


def _once(found: Iterable[Listed]) -> list[Listed]:
    """Keep the first of several ways to the same place."""
    kept: dict[str, Listed] = {}
    for item in found:
        key = item.place if is_url(item.place) else os.path.realpath(item.place)
        kept.setdefault(key, item)
    return list(kept.values())


def _named(found: Sequence[Listed]) -> Iterator[Listed]:
    """Name each file by the shortest ending of its path that no other file shares."""
    parts = [() if item.name else Path(os.path.abspath(item.place)).parts for item in found]
    depth = [1] * len(found)
    while True:
        groups: dict[tuple[str, ...], list[int]] = {}
        for index, path in enumerate(parts):
            if path:
                groups.setdefault(path[-depth[index] :], []).append(index)
        clashes = [index for group in groups.values() if len(group) > 1 for index in group]
        grown = [index for index in clashes if depth[index] < len(parts[index])]
        if not grown:
            break
        for index in grown:
            depth[index] += 1
    for item, path, length in zip(found, parts, depth, strict=True):
        yield replace(item, name=item.name or "/".join(path[-length:]))


def _unusable(name: str, error: OSError) -> SourceError:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        path = Path(name)
        try:
            here = [entry.name for entry in path.parent.iterdir() if entry.name[:1] != "."]
        except OSError:
            here = []
        close = nearest(path.name, here)
        if close:
            hint = f"did you mean {quoted(str(path.with_name(close)))}?"
        elif re.match(r"www\.|[a-z0-9-]+(\.[a-z0-9-]+)*\.(com|org|net|int|eu|gov)/", name):
            hint = f"if it is a web page, name it with its scheme: https://{name}"
        else:
            hint = "check the path"
        return SourceError("there is no such file or folder", hint=hint)
    if isinstance(error, PermissionError):
        return SourceError("no permission to read this", hint="check its permissions")
    return SourceError(error.strerror or "this cannot be read", hint="check the path")
