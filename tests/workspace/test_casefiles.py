"""Case files on disk: what is refused, and that nothing is ever half-written."""

from __future__ import annotations

import os
import random
import signal
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from detente.model.errors import CaseError
from detente.model.roundtrip import CaseText
from detente.model.starter import starter
from detente.workspace import casefiles
from detente.workspace.casefiles import load, load_text, loads, read_text, save, write_text

ROOT = Path(__file__).resolve().parents[2]


def error_of(path: Any) -> CaseError:
    with pytest.raises(CaseError) as caught:
        load(path)
    error = caught.value
    assert error.where is not None
    assert error.where.source == str(path)
    assert len(str(error).splitlines()) <= 3
    assert error.hint
    return error


# Reading


def test_load_a_file(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(starter(), encoding="utf-8")
    for name in (path, str(path)):
        case = load(name)
        assert case.source == str(path)
        assert case.fingerprint == loads(starter()).fingerprint


def test_byte_order_mark_and_windows_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + starter().replace("\n", "\r\n").encode())
    assert load(path).fingerprint == loads(starter()).fingerprint


def test_missing_file_suggests_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "two-step.yaml").write_text(starter(), encoding="utf-8")
    (tmp_path / "other.yaml").write_text(starter(), encoding="utf-8")
    error = error_of(tmp_path / "twostep.yaml")
    assert error.what == "there is no such file"
    assert error.hint == f"did you mean '{tmp_path / 'two-step.yaml'}'?"
    assert error_of(tmp_path / "x").hint == "here are: other.yaml, two-step.yaml"
    assert error_of(tmp_path / "nowhere" / "x").hint == "check the path"


def test_folder(tmp_path: Path) -> None:
    error = error_of(tmp_path)
    assert error.what == "this is a folder, not a file"
    assert error.hint == "name a case file in it"


def test_path_through_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert error_of(tmp_path / "file" / "case.yaml").what == "Not a directory"


@pytest.mark.parametrize("name", ["a\x00b", "x" * 5_000])
def test_impossible_name(name: str) -> None:
    assert error_of(name).what in ("this is not a file name", "File name too long")


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may read every file")
def test_no_permission(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(starter(), encoding="utf-8")
    path.chmod(0)
    assert error_of(path).what == "no permission to read or write this file"


def test_no_permission_reported_by_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same as root, who is never refused."""

    def refuse(*_: Any, **__: Any) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    error = error_of(tmp_path / "case.yaml")
    assert error.what == "no permission to read or write this file"
    assert error.hint == "check the path and its permissions"


def test_file_of_a_hundred_megabytes(tmp_path: Path) -> None:
    path = tmp_path / "huge.yaml"
    with path.open("wb") as stream:
        stream.truncate(100 * 2**20)
    started = time.perf_counter()
    error = error_of(path)
    assert time.perf_counter() - started < 2
    assert error.what == "the file is larger than 4 MiB"


def test_largest_file_that_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    path.write_bytes(b"#" * casefiles.MOST_BYTES)
    assert len(read_text(path)) == casefiles.MOST_BYTES
    path.write_bytes(b"#" * (casefiles.MOST_BYTES + 1))
    assert error_of(path).what == "the file is larger than 4 MiB"


@pytest.mark.parametrize(
    ("content", "what", "line"),
    [
        (b"detente: 1\ntitle: caf\xe9\n", "the file is not UTF-8 text (byte 21 is 0xe9)", 2),
        ("detente: 1\n".encode("utf-16"), "the file is not UTF-8 text (byte 0 is 0xff)", 1),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "the file is not UTF-8 text (byte 0 is 0x89)", 1),
        (b"PK\x03\x04\x00\x00\x00", "the file is binary, not text", None),
        (b"detente: 1\x00\n", "the file is binary, not text", None),
        (b"", "the file is empty", None),
    ],
)
def test_file_that_is_no_text(tmp_path: Path, content: bytes, what: str, line: int | None) -> None:
    path = tmp_path / "case.yaml"
    path.write_bytes(content)
    error = error_of(path)
    assert error.what == what
    assert error.where is not None
    assert error.where.line == line


def test_random_bytes(tmp_path: Path) -> None:
    rng = random.Random(5)
    path = tmp_path / "case.yaml"
    for size in range(1, 60):
        path.write_bytes(rng.randbytes(size))
        error_of(path)


def test_states_of_large_cases_are_checked_when_they_are_solved() -> None:
    def text(options: int) -> str:
        lines = "".join(f"      o{k}:\n" for k in range(options))
        return f"detente: 1\nparties:\n  p:\n    options:\n{lines}infeasible: [o1, not o1]\n"

    with pytest.raises(CaseError, match="no state is feasible"):
        loads(text(16))
    assert loads(text(17)).cells == 2**17


# Saving an edited file


def test_save_keeps_everything_but_the_edit(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(starter(), encoding="utf-8", newline="\n")
    path.chmod(0o640)
    edited = load_text(path).set_status_quo({"pay": "yes"})
    save(edited, path)
    before, after = starter().splitlines(), path.read_text(encoding="utf-8").splitlines()
    changed = [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]
    assert changed == [
        ("status_quo: {release: none, pay: no}", "status_quo: {release: none, pay: yes}")
    ]
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert load(path).status_quo == "01"
    assert os.listdir(tmp_path) == ["case.yaml"]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_load_and_save_without_edits_writes_the_same_bytes(tmp_path: Path, newline: str) -> None:
    for source in sorted((ROOT / "cases").rglob("*.yaml")):
        content = source.read_text(encoding="utf-8").replace("\n", newline).encode()
        path = tmp_path / source.name
        path.write_bytes(content)
        save(load_text(path), path)
        assert path.read_bytes() == content


def test_case_that_would_not_load_is_not_saved(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(starter(), encoding="utf-8")
    edited = load_text(path).add_infeasible("pay")
    with pytest.raises(CaseError, match="names the infeasible state"):
        save(edited, path)
    assert path.read_text(encoding="utf-8") == starter()


def test_edited_case_is_the_one_in_the_text(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    save(CaseText.from_text(starter()).set_title("Two"), path)
    assert load(path).title == "Two"


# Writing


def test_nothing_is_overwritten_unasked(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    write_text(path, "one")
    with pytest.raises(CaseError) as caught:
        write_text(path, "two")
    assert caught.value.what == "the file exists already"
    assert path.read_text(encoding="utf-8") == "one"
    write_text(path, "two", replace=True)
    assert path.read_text(encoding="utf-8") == "two"
    assert os.listdir(tmp_path) == ["case.yaml"]


def test_file_made_by_somebody_else_meanwhile_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "case.yaml"
    real = os.fsync

    def meanwhile(handle: int) -> None:
        path.write_text("theirs", encoding="utf-8")
        real(handle)

    monkeypatch.setattr(os, "fsync", meanwhile)
    with pytest.raises(CaseError, match="the file exists already"):
        write_text(path, "ours")
    assert path.read_text(encoding="utf-8") == "theirs"
    assert os.listdir(tmp_path) == ["case.yaml"]


def test_file_system_without_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    path = tmp_path / "case.yaml"
    write_text(path, "one")
    assert path.read_text(encoding="utf-8") == "one"
    with pytest.raises(CaseError, match="the file exists already"):
        write_text(path, "two")
    assert os.listdir(tmp_path) == ["case.yaml"]


def test_new_file_is_as_private_as_the_user_wants(tmp_path: Path) -> None:
    old = os.umask(0o077)
    try:
        write_text(tmp_path / "private.yaml", "x")
        os.umask(0o022)
        write_text(tmp_path / "usual.yaml", "x", replace=True)
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "private.yaml").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "usual.yaml").stat().st_mode) == 0o644


def test_symbolic_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real.yaml").write_text("one", encoding="utf-8")
    link = tmp_path / "link.yaml"
    link.symlink_to("real.yaml")
    write_text(link, "two", replace=True)
    assert link.is_symlink()
    assert (tmp_path / "real.yaml").read_text(encoding="utf-8") == "two"


@pytest.mark.parametrize("replace", [True, False])
def test_device_and_folder_are_left_alone(tmp_path: Path, replace: bool) -> None:
    for path in (tmp_path, Path(os.devnull)):
        with pytest.raises(CaseError):
            write_text(path, "x", replace=replace)
    assert stat.S_ISCHR(os.stat(os.devnull).st_mode)


@pytest.mark.parametrize("name", ["nowhere/case.yaml", "a\x00b", "x" * 300])
def test_place_that_cannot_be_written(tmp_path: Path, name: str) -> None:
    with pytest.raises(CaseError):
        write_text(f"{tmp_path}/{name}", "x")
    assert os.listdir(tmp_path) == []


def test_text_that_is_not_unicode(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    with pytest.raises(CaseError, match="cannot be written as UTF-8"):
        write_text(path, "a\ud800")
    assert os.listdir(tmp_path) == []


def test_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "case.yaml"
    write_text(path, "one")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CaseError, match="No space left on device"):
        write_text(path, "two", replace=True)
    assert path.read_text(encoding="utf-8") == "one"
    assert os.listdir(tmp_path) == ["case.yaml"]


WRITER = """
import sys
from detente.workspace.casefiles import write_text
path, size = sys.argv[1], int(sys.argv[2])
contents = ["a" * size, "b" * size]
print("ready", flush=True)
while True:
    for content in contents:
        write_text(path, content, replace=True)
"""


def killed_while_writing(path: Path, size: int, delay: float) -> None:
    """Start a process that keeps writing the file, and kill it."""
    command = [sys.executable, "-c", WRITER, str(path), str(size)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL


def check_kills(tmp_path: Path, runs: int) -> None:
    path = tmp_path / "case.yaml"
    size = 3_000_000
    write_text(path, "a" * size)
    rng = random.Random(11)
    for _ in range(runs):
        killed_while_writing(path, size, rng.uniform(0, 0.08))
        content = path.read_text(encoding="utf-8")
        assert len(content) == size
        assert content in ("a" * size, "b" * size)
    left = [name for name in os.listdir(tmp_path) if name != "case.yaml"]
    assert all(name.startswith(".detente-") for name in left)
    assert len(left) <= runs


needs_kill = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")


@needs_kill
def test_kill_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    check_kills(tmp_path, 5)


@pytest.mark.slow
@needs_kill
def test_many_kills_leave_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    check_kills(tmp_path, 60)


def test_reader_never_sees_half_a_file(tmp_path: Path) -> None:
    """One thread writes while another reads."""
    path = tmp_path / "case.yaml"
    contents = ["a" * 500_000, "b" * 500_000]
    write_text(path, contents[0])
    done = threading.Event()

    def write() -> None:
        for k in range(60):
            write_text(path, contents[k % 2], replace=True)
        done.set()

    thread = threading.Thread(target=write)
    thread.start()
    reads = 0
    while not done.is_set():
        assert path.read_text(encoding="utf-8") in contents
        reads += 1
    thread.join()
    assert reads
