"""Plain text: nothing is changed, nothing is guessed."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from sources.helpers import QUICK

TEXTS = [
    "Ruritania demands\r\nthat the pass be opened.\r\n",
    "\ufeffA byte order mark stays and counts.",
    "العربية: قال الوزير إن الممر مغلق.\n",
    "An emoji 🕊️ is one code point, or two with its selector.",
    "e\u0301 is not \u00e9, and stays so.\n\n\n",
    "Form feed\f, tab\t, vertical tab\v and NEL\x85 stay.",
]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("name", ["news.txt", "news.md", "news", "news.unknown"])
def test_plain_text_is_the_file_unchanged(read, tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_bytes(text.encode())
    got = read(tmp_path / name).text
    assert got.text == text
    assert (got.name, got.media, got.note) == (name, "text/plain", None)
    assert got.origin == str(tmp_path / name)
    assert not got.extracted


def test_text_that_looks_like_html_stays_text_if_it_says_so(read, tmp_path: Path) -> None:
    text = "<html><body>the raw source of a page</body></html>"
    (tmp_path / "page.txt").write_text(text)
    assert read(tmp_path / "page.txt").text.text == text


@pytest.mark.parametrize("text", ["GIF89a is a format.", "RIFF raff, said he.", "ID3 tags."])
def test_text_that_begins_like_a_picture_is_text(read, tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_text(text)
    assert read(tmp_path / "a.txt").text.text == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_byte_order_mark_declares_the_encoding(read, tmp_path: Path, encoding: str) -> None:
    text = "\ufeffThe envoy said: “nein”.\r\n"
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    got = read(tmp_path / "a.txt").text
    assert got.text == text
    assert got.note == (
        f"decoded as {encoding[:6].upper()}, as its byte order mark says;"
        " offsets count its characters"
    )


def test_other_encoding_is_refused_with_the_byte(read, tmp_path: Path) -> None:
    data = "The envoy\nof Königsberg said that the café — no, the pass — was shut.\n" * 3
    (tmp_path / "a.txt").write_bytes(data.encode("cp1252"))
    message = str(read(tmp_path / "a.txt").problem)
    assert "a.txt: this is not UTF-8 text (byte 14, in line 2, is 0xf6)" in message
    assert "rule: characters of plain text are never guessed or replaced" in message
    assert "name its encoding (--encoding)" in message


def test_encoding_that_the_user_names_is_used_and_said(read, tmp_path: Path) -> None:
    options = replace(QUICK, encoding="Windows-1252")
    (tmp_path / "a.txt").write_bytes("Königsberg – “so”".encode("cp1252"))
    (tmp_path / "b.txt").write_bytes("Königsberg – “so”".encode())
    first, second = read(tmp_path / "a.txt", tmp_path / "b.txt", options=options).texts
    assert first.text == second.text == "Königsberg – “so”"
    assert first.note is not None
    assert first.note.startswith("decoded as Windows-1252, as you declared")
    assert second.note is None


@pytest.mark.parametrize("encoding", ["no-such", "base64", "rot13"])
def test_encoding_that_is_none_is_refused(read, tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xff\xf0")
    problem = read(tmp_path / "a.txt", options=replace(QUICK, encoding=encoding)).problem
    assert problem.what == f"'{encoding}' is no text encoding"


def test_encoding_that_does_not_fit_is_refused(read, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"caf\xe9 \x81")
    problem = read(tmp_path / "a.txt", options=replace(QUICK, encoding="cp1252")).problem
    assert problem.what == "this is not valid cp1252 (byte 5 is 0x81)"


def test_utf_16_without_a_mark_is_read_if_named(read, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("plain".encode("utf-16-le"))
    assert "binary" in read(tmp_path / "a.txt").problem.what
    named = read(tmp_path / "a.txt", options=replace(QUICK, encoding="utf-16-le"))
    assert named.text.text == "plain"


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "this is empty"),
        (b" \r\n\t\n", "this holds no text, only blanks"),
        (b"\xef\xbb\xbf", "this holds no text, only blanks"),
        (b"text\0text", "this is binary, not text (byte 4 is 0x00)"),
        (bytes(range(256)) * 20, "this is binary, not text (byte 0 is 0x00)"),
        (b"\x01\x02\x03ab", "this is binary, not text (3 of 5 characters are control characters)"),
        (b"\x89PNG\r\n\x1a\n\0\0", "this is a picture (PNG)"),
        (b"{\\rtf1 hello}", "this is a Rich Text document"),
        (b"SQLite format 3\0" + b"\0" * 84, "this is a database (SQLite)"),
    ],
)
def test_what_is_no_text_is_refused(read, tmp_path: Path, data: bytes, what: str) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    problem = read(tmp_path / "a.txt").problem
    assert problem.what == what
    assert problem.hint
    assert str(problem).startswith(f"{tmp_path / 'a.txt'}: {what}")


def test_a_few_control_characters_are_kept_and_said(read, tmp_path: Path) -> None:
    text = "The minister\x07 said \x1b[31mno\x1b[0m to the toll, and left the room."
    (tmp_path / "a.txt").write_text(text)
    got = read(tmp_path / "a.txt").text
    assert got.text == text
    assert got.note == "3 control characters kept"


def test_huge_file_is_refused_before_it_is_read(read, tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(3 * 2**30)
    assert read(tmp_path / "a.txt").problem.what == "this is larger than 20 MiB"


def test_limit_is_exact(read, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x" * 5000)
    assert len(read(tmp_path / "a.txt", options=replace(QUICK, max_bytes=5000)).text.text) == 5000
    problem = read(tmp_path / "a.txt", options=replace(QUICK, max_bytes=4999)).problem
    assert problem.what == "this is larger than 4.88 KiB"


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("a.json", "this is JSON"),
        ("a.xml", "this is XML of an unknown kind"),
    ],
)
def test_structured_text_is_refused(read, tmp_path: Path, name: str, start: str) -> None:
    (tmp_path / name).write_text('<?xml version="1.0"?><table/>' if "xml" in name else "[1, 2]")
    problem = read(tmp_path / name).problem
    assert problem.what == start
    assert problem.rule


def test_unreadable_file_is_one_message(read, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("secret")
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read everything")
    assert read(path).problem.what == "Permission denied"
