"""Folders, names, and what happens to the others when one source is bad."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from detente.sources import Listed, SourceError, SourceText, expand, gather


def write(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"The text of {name}.")


def test_folder_is_read_whole_and_sorted(read, tmp_path: Path) -> None:
    write(tmp_path, "b.txt", "a/z.txt", "a/y/x.txt", "c.txt", "a.txt")
    assert read(tmp_path).names == ["x.txt", "z.txt", "a.txt", "b.txt", "c.txt"]


def test_hidden_files_are_left_out_and_said(read, tmp_path: Path) -> None:
    write(tmp_path, "a.txt", ".git/config", ".DS_Store", "b/.cache/x.txt")
    (tmp_path / "loop").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    got = read(tmp_path)
    assert got.names == ["a.txt"]
    assert got.problems == []
    (left_out,) = got.skipped
    assert left_out.what == (
        "left out, hidden or no plain file: '.DS_Store', '.git/', 'b/.cache/', 'loop/', 'pipe'"
    )
    assert str(left_out.where) == str(tmp_path)


def test_hidden_file_is_read_if_named(read, tmp_path: Path) -> None:
    write(tmp_path, ".notes.txt")
    assert read(tmp_path / ".notes.txt").text.name == ".notes.txt"


def test_files_of_other_kinds_in_a_folder_are_said_once(read, tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    (tmp_path / "p.png").write_bytes(b"\x89PNG\0")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "data.bin").write_bytes(b"\0\1\2")
    got = read(tmp_path)
    assert got.names == ["a.txt"]
    (left_out,) = got.skipped
    assert left_out.what == "left out, not of a kind that is read: 'p.png', 'sub/data.bin'"


def test_folder_of_nothing_readable_is_a_problem(read, tmp_path: Path) -> None:
    assert read(tmp_path).problem.what == "the folder holds no files"
    (tmp_path / "p.png").write_bytes(b"\x89PNG\0")
    assert "not of a kind that is read: 'p.png'" in read(tmp_path).problem.what


def test_equal_names_get_as_many_folders_as_it_takes(read, tmp_path: Path) -> None:
    write(tmp_path, "x/may/news.txt", "y/may/news.txt", "y/june/news.txt", "other.txt")
    assert read(tmp_path).names == [
        "other.txt",
        "x/may/news.txt",
        "june/news.txt",
        "y/may/news.txt",
    ]


def test_what_is_named_twice_is_read_once(
    read, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "a.txt", "b.txt")
    (tmp_path / "again.txt").symlink_to("a.txt")
    monkeypatch.chdir(tmp_path)
    assert read("a.txt", "./a.txt", ".", "again.txt").names == ["a.txt", "b.txt"]


def test_listed_sources_keep_their_names(tmp_path: Path) -> None:
    write(tmp_path, "x/news.txt", "y/news.txt")
    found = expand([str(tmp_path)], lambda error: None)
    assert [item.name for item in found] == ["x/news.txt", "y/news.txt"]
    (left,) = gather(found[1:])
    assert left.name == "y/news.txt"
    assert Listed("news", str(tmp_path / "x/news.txt")) == Listed("news", found[0].place)


def test_name_is_the_file_name_whatever_it_is(read, tmp_path: Path) -> None:
    for name in ("two  spaces.txt", "نص\u200c.txt", "🕊.txt", "#1.txt"):
        write(tmp_path, name)
        assert read(tmp_path / name).text.name == name


def test_name_cannot_spoof_the_screen_or_break_the_store(read, tmp_path: Path) -> None:
    (tmp_path / "a\x1b[2J\n\u202e.txt").write_text("text")
    assert read(tmp_path / "a\x1b[2J\n\u202e.txt").text.name == "a\ufffd[2J\ufffd\ufffd.txt"
    raw = os.path.join(os.fsencode(tmp_path), b"caf\xe9.txt")
    try:
        Path(os.fsdecode(raw)).write_text("text")
    except OSError:
        pytest.skip("this file system has only Unicode names")
    got = read(os.fsdecode(raw)).text
    assert got.name == "caf\ufffd.txt"
    assert got.origin.encode().endswith("caf\ufffd.txt".encode())


@pytest.mark.parametrize(
    ("name", "what", "hint"),
    [
        ("", "a source has an empty name", "name a file, a folder or an address"),
        ("artcle.txt", "there is no such file or folder", "did you mean"),
        ("zzz", "there is no such file or folder", "check the path"),
        ("article.txt/x", "there is no such file or folder", "check the path"),
        ("a\0b", "this is not a file name", "check the name"),
        ("www.example.org/news", "there is no such file", "https://www.example.org/news"),
        ("file:///etc/hosts", "'file://' is not read", "name a file by its path"),
        ("ftp://example.org/x", "'ftp://' is not read", "name a file by its path"),
        ("/dev/null", "this is a pipe or a device", "write its content into a file"),
    ],
)
def test_bad_names(
    read, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, what: str, hint: str
) -> None:
    write(tmp_path, "article.txt")
    monkeypatch.chdir(tmp_path)
    problem = read(name).problem
    assert problem.what.startswith(what)
    assert hint in (problem.hint or "")


def test_one_bad_source_does_not_stop_the_others(read, tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "c.txt")
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.4 broken")
    got = read(tmp_path / "a.txt", tmp_path / "missing", tmp_path / "b.pdf", tmp_path / "c.txt")
    assert got.names == ["a.txt", "c.txt"]
    assert [e.what[:18] for e in got.problems] == ["there is no such f", "the PDF is broken "]


def test_without_a_callback_the_error_comes_last(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    given: list[SourceText] = []
    with pytest.raises(SourceError, match="there is no such file or folder"):
        given.extend(gather([str(tmp_path / "none"), str(tmp_path / "a.txt")]))
    assert [text.name for text in given] == ["a.txt"]
    with pytest.raises(SourceError, match="2 sources could not be read"):
        list(gather([str(tmp_path / "none"), str(tmp_path / "a.txt"), ""]))


def test_ten_thousand_files_are_listed_quickly(tmp_path: Path) -> None:
    found = [f"{n % 100}/news.txt" for n in range(100)]
    write(tmp_path, *found)
    assert len({item.name for item in expand([str(tmp_path)], lambda error: None)}) == 100


def test_deep_folders(read, tmp_path: Path) -> None:
    write(tmp_path, "d/" * 300 + "a.txt")
    assert read(tmp_path).names == ["a.txt"]


def test_heavy_libraries_wait_until_they_are_needed(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    heavy = "{'trafilatura', 'lxml', 'feedparser', 'pypdf', 'ssl', 'http.client', 'zipfile'}"
    script = (
        "import sys; from detente.sources import gather\n"
        f"assert [t.text for t in gather([{str(tmp_path / 'a.txt')!r}])]\n"
        f"print(*sorted({heavy} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert (done.stdout.strip(), done.stderr) == ("", "")
