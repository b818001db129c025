"""The review on a terminal, key by key, or line by line where there is none."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TextIO

from rich.console import Console, RenderableType

from detente.cli.output import console
from detente.model.errors import DetenteError
from detente.report.page import paragraph
from detente.report.reviewing import keys_page, review_page, summary
from detente.workspace.reviewing import EDITABLE
from detente.workspace.session import Session

__all__ = ["by_keys", "by_lines", "parse_fields"]

_ARROWS = {b"[A": "k", b"[B": "j", b"[C": "j", b"[D": "k", b"OA": "k", b"OB": "j"}
_LISTS = ("actors", "targets")
_ASKED = ("type", "speaker", "actors", "targets", "before", "after", "issue")


def by_keys(session: Session) -> None:
    """Review on a terminal: one screen for each statement."""
    screen = console()
    with _raw(sys.stdin.fileno()) as keyboard:
        sys.stdout.write("\x1b[?1049h")
        try:
            note = ""
            while True:
                sys.stdout.write("\x1b[H\x1b[2J")
                screen.print(_page(session, note))
                sys.stdout.flush()
                key = keyboard.key()
                if key in ("q", ""):
                    break
                if key == "?":
                    sys.stdout.write("\x1b[H\x1b[2J")
                    screen.print(keys_page())
                    sys.stdout.flush()
                    keyboard.key()
                    note = ""
                    continue
                note = _done(session, key, keyboard, screen)
        finally:
            sys.stdout.write("\x1b[?1049l")
            sys.stdout.flush()
    _close(session, screen)


def _done(session: Session, key: str, keyboard: _Keyboard, screen: Console) -> str:
    """Do what a key says; return what happened."""
    try:
        if key == "/":
            return act(session, "/", keyboard.line("search: "))
        if key == "e":
            fields = _ask(session, keyboard, screen)
            return _decided(session, "edit", fields, None) if fields else "nothing changed"
        return act(session, key, "")
    except DetenteError as error:
        return str(error)


def by_lines(session: Session, lines: TextIO) -> None:
    """Review without a terminal: each line is a letter and what it needs."""
    screen = console()
    screen.print(_page(session, ""))
    for line in lines:
        letter, rest = line.strip()[:1], line.strip()[1:].strip()
        if not letter:
            continue
        if letter == "q":
            break
        if letter == "?":
            screen.print(keys_page())
            screen.print(paragraph("Lines: a WHY, x WHY, e FIELD=VALUE; FIELD=VALUE, / WORDS"))
            continue
        try:
            if letter == "e":
                note = _decided(session, "edit", parse_fields(rest), None)
            else:
                note = act(session, letter, rest)
        except DetenteError as error:
            note = str(error)
        screen.print()
        screen.print(_page(session, note))
    _close(session, screen)


def act(session: Session, letter: str, rest: str) -> str:
    """Do what a letter says; return what happened."""
    if letter in "jk":
        moved = session.move(1 if letter == "j" else -1)
        end = "that was the last one" if letter == "j" else "this is the first one"
        return "" if moved else end
    if letter in "ax":
        return _decided(session, "accept" if letter == "a" else "reject", None, rest or None)
    if letter == "u":
        taken = session.undo()
        if taken is None:
            return "nothing to take back"
        return f"taken back; {'proposed' if taken.decision == 'reopened' else taken.decision} now"
    if letter == "/":
        count = session.search(rest)
        return f"{count:,} with {rest!r}; / alone shows all" if rest else f"all {count:,}"
    return f"{letter!r} does nothing; ? shows the keys"


def _decided(
    session: Session, decision: str, fields: dict[str, Any] | None, why: str | None
) -> str:
    review = session.decide(decision, fields, why)
    return "there is nothing to decide" if review is None else f"{review.decision}; u takes it back"


def _page(session: Session, note: str) -> RenderableType:
    item = session.present
    if item is None:
        what = f"Nothing with {session.asked.search!r}." if session.asked.search else ""
        return paragraph(f"{note}  {what or 'There is nothing to review.'} q leaves.".strip())
    passage = session.passage(item)
    span = (passage.text, passage.start, passage.end)
    return review_page(item.to_dict(), span, session.place + 1, len(session), note)


def _close(session: Session, screen: Console) -> None:
    counts = Counter(review.decision for review in session.made)
    screen.print(summary(counts, session.left()))


def parse_fields(text: str) -> dict[str, Any]:
    """Return the fields of ``type=offer; actors=Iran, Oman; before=-``.

    Raises:
        DetenteError: a part has no "=".
    """
    fields: dict[str, Any] = {}
    for part in filter(None, (part.strip() for part in text.split(";"))):
        name, equals, value = (piece.strip() for piece in part.partition("="))
        if not equals:
            raise DetenteError(
                f"{part!r} changes nothing",
                rule="an edit is FIELD=VALUE; FIELD=VALUE",
                hint=f"the fields are {', '.join(EDITABLE)}; - empties one",
            )
        fields[name] = field_value(name, value)
    return fields


def field_value(name: str, text: str) -> Any:
    """Return a field's value as typed: lists by commas, ``-`` for nothing."""
    if name in _LISTS:
        return [] if text == "-" else [item.strip() for item in text.split(",") if item.strip()]
    if text == "-":
        return None
    if name == "quoted":
        return {"yes": True, "true": True, "no": False, "false": False}.get(text.lower(), text)
    if name in ("start", "end") and text.isdecimal():
        return int(text)
    return text


def _ask(session: Session, keyboard: _Keyboard, screen: Console) -> dict[str, Any]:
    """Ask for each field; an empty answer keeps it, ``-`` empties it."""
    item = session.present
    if item is None:
        return {}
    screen.print(paragraph("Enter keeps a field, - empties it. Names are separated by commas."))
    fields: dict[str, Any] = {}
    for name in _ASKED:
        value = item.fields[name]
        shown = (", ".join(value) if isinstance(value, list) else value) or "-"
        answer = keyboard.line(f"{name} [{shown}]: ").strip()
        if answer:
            fields[name] = field_value(name, answer)
    return fields


class _Keyboard:
    """A terminal that gives single keys, and lines when asked."""

    def __init__(self, handle: int, before: list[Any]) -> None:
        self.handle = handle
        self._before = before

    def key(self) -> str:
        """Return the next key; arrows as letters; ``""`` at the end of the input."""
        first = os.read(self.handle, 1)
        if first == b"\x1b":
            return _ARROWS.get(os.read(self.handle, 2), "\x1b") if _more(self.handle) else "\x1b"
        if first in (b"", b"\x04"):
            return ""
        return first.decode("utf-8", "replace")

    def line(self, prompt: str) -> str:
        """Ask for a line, as the terminal does."""
        import termios

        raw = termios.tcgetattr(self.handle)
        termios.tcsetattr(self.handle, termios.TCSADRAIN, self._before)
        try:
            return input(prompt)
        except EOFError:
            return ""
        finally:
            termios.tcsetattr(self.handle, termios.TCSADRAIN, raw)


def _more(handle: int) -> bool:
    import select

    return bool(select.select([handle], [], [], 0.05)[0])


@contextmanager
def _raw(handle: int) -> Iterator[_Keyboard]:
    """Give single keys, unechoed, until the end; then the terminal is as it was."""
    import termios
    import tty

    before = termios.tcgetattr(handle)
    try:
        tty.setcbreak(handle)
        yield _Keyboard(handle, before)
    finally:
        termios.tcsetattr(handle, termios.TCSADRAIN, before)
