"""Zip and gzip files, and bombs."""

from __future__ import annotations

import gzip
import io
import struct
import time
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from sources.helpers import BODY, QUICK, article

from detente.sources import SourceError
from detente.sources.unpacking import inflate


def packed(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_zip_is_read_like_a_folder(read, tmp_path: Path) -> None:
    members = {
        "b/second.html": article(BODY).encode(),
        "a.txt": "Ruritania\r\nsaid “no”.".encode(),
        ".hidden": b"x",
        "__MACOSX/a.txt": b"x",
        "photo.png": b"\x89PNG\r\n\x1a\n\0\0",
        "b/dump.jsonl": b'{"text": "from a dump", "id": "1"}\nbroken',
        "empty.txt": b"",
        "inner.zip": packed({"x.txt": b"x"}),
    }
    (tmp_path / "news.zip").write_bytes(packed(members))
    got = read(tmp_path / "news.zip")
    assert got.names == ["news.zip/a.txt", "news.zip/b/dump.jsonl#1", "news.zip/b/second.html"]
    assert got.texts[0].text == "Ruritania\r\nsaid “no”."
    assert [(str(e.where), e.what) for e in got.problems] == [
        ("news.zip/b/dump.jsonl:2", "this is not JSON (Expecting value, column 1)"),
        ("news.zip/empty.txt", "this is empty"),
        ("news.zip/inner.zip", "an archive within an archive is not unpacked"),
    ]
    (left_out,) = got.skipped
    assert "'.hidden', '__MACOSX/a.txt', 'photo.png'" in left_out.what


def test_zip_bomb_is_one_message(read, tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    path.write_bytes(packed({f"{n}.txt": b"\0" * (8 << 20) for n in range(4)}))
    started = time.monotonic()
    problem = read(path).problem
    assert time.monotonic() - started < 1
    assert problem.what.startswith("this is packed too tightly: ")
    assert problem.rule == "an archive that grows out of proportion is not unpacked"


def test_zip_that_lies_about_its_sizes_gives_no_more_than_it_says(read, tmp_path: Path) -> None:
    data = bytearray(packed({"a.txt": b"a" * (64 << 20)}))
    true, lie = struct.pack("<L", 64 << 20), struct.pack("<L", 100)
    assert data.count(true) == 2
    (tmp_path / "liar.zip").write_bytes(data.replace(true, lie))
    assert read(tmp_path / "liar.zip").problem.what == "this member of the zip file is broken"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_methods_that_cannot_be_limited_are_refused(read, tmp_path: Path, method: int) -> None:
    (tmp_path / "a.zip").write_bytes(packed({"a.txt": b"text"}, method))
    assert "packed in a rare way" in read(tmp_path / "a.zip").problem.what


def test_password(read, tmp_path: Path) -> None:
    data = bytearray(packed({"a.txt": b"text"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "a.zip").write_bytes(data)
    assert read(tmp_path / "a.zip").problem.what == "this member of the zip file needs a password"


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (packed({"a.txt": b"text"})[:-30], "the zip file is broken (BadZipFile)"),
        (b"PK\x03\x04 and then nothing", "the zip file is broken (BadZipFile)"),
        (packed({}), "the zip file holds no texts"),
        (packed({"a.png": b"\x89PNG\r\n\x1a\n"}), "the zip file holds no texts"),
        (
            packed({"[Content_Types].xml": b"<a/>", "word/document.xml": b"<a/>"}),
            "this is an Office document",
        ),
    ],
)
def test_zip_that_cannot_be_read(read, tmp_path: Path, data: bytes, what: str) -> None:
    (tmp_path / "a.docx").write_bytes(data)
    assert read(tmp_path / "a.docx").problem.what == what


def test_zip_limits(read, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(packed({"a.txt": b"one", "b.txt": b"x" * 5000}, zipfile.ZIP_STORED))
    got = read(path, options=replace(QUICK, max_bytes=1000))
    assert got.names == ["a.zip/a.txt"]
    assert got.problems[0].what == "this is larger than 1000 bytes"
    members = read(path, options=replace(QUICK, max_members=1))
    assert members.problem.what == "the zip file has 2 members"
    whole = read(path, options=replace(QUICK, max_dump_bytes=1000))
    assert whole.problem.what == "the zip file unpacks to 4.89 KiB"


@pytest.mark.parametrize("name", ["a.txt.gz", "a.gz", "a.txt", "a"])
def test_gzip(read, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(gzip.compress("Ruritania\r\nsaid “no”.".encode()))
    got = read(tmp_path / name).text
    assert got.text == "Ruritania\r\nsaid “no”."
    assert (got.name, got.origin) == (name, str(tmp_path / name))
    assert got.note == "unpacked from gzip; offsets count the unpacked text"


def test_gzip_of_a_page(read, tmp_path: Path) -> None:
    (tmp_path / "a.html.gz").write_bytes(gzip.compress(article(BODY).encode()))
    assert read(tmp_path / "a.html.gz").text.title == "Toll talks stall"


@pytest.mark.parametrize("name", ["a.txt.gz", "a.jsonl.gz"])
@pytest.mark.parametrize("filling", [b"\0", b"\n", b"a"])
def test_gzip_bomb(read, tmp_path: Path, name: str, filling: bytes) -> None:
    (tmp_path / name).write_bytes(gzip.compress(filling * (64 << 20), 6))
    started = time.monotonic()
    problem = read(tmp_path / name).problem
    assert time.monotonic() - started < 1.5
    assert problem.what.startswith("this is packed too tightly: ")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (gzip.compress(b"text" * 100)[:-9], "the gzip data ends in the middle"),
        (gzip.compress(b"text")[:-8] + b"\0" * 8, "the gzip data is broken"),
        (b"\x1f\x8b no gzip", "the gzip data is broken"),
        (gzip.compress(gzip.compress(b"text")), "this is an archive within gzip"),
        (gzip.compress(packed({"a": b"text"})), "this is an archive within gzip"),
        (gzip.compress(b""), "this is empty"),
    ],
)
def test_bad_gzip(read, tmp_path: Path, data: bytes, what: str) -> None:
    (tmp_path / "a.gz").write_bytes(data)
    assert read(tmp_path / "a.gz").problem.what.startswith(what)


def test_archive_by_name_only(read, tmp_path: Path) -> None:
    (tmp_path / "a.gz").write_text("plain text")
    assert read(tmp_path / "a.gz").problem.what == "this is no gzip archive, whatever its name says"


@pytest.mark.parametrize("step", [1, 3, 1 << 16])
def test_inflate_gives_everything_once(step: int) -> None:
    text = bytes(range(256)) * 2000
    data = gzip.compress(text) + gzip.compress(b"") + gzip.compress(b"tail") + b"\0" * 5
    chunks = (data[at : at + step] for at in range(0, len(data), step))
    assert b"".join(inflate(chunks, 10_000)) == text + b"tail"


def test_inflate_holds_nothing_back() -> None:
    data = gzip.compress(b"a" * 1_000_003)
    assert len(b"".join(inflate([data], 10_000))) == 1_000_003


def test_inflate_refuses_zlib() -> None:
    with pytest.raises(SourceError, match="broken"):
        list(inflate([zlib.compress(b"text")], 200))
