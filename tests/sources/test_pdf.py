"""PDF files."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest
from pypdf.errors import DependencyError
from sources.helpers import QUICK, pdf


def locked(data: bytes, user: str, owner: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    writer.encrypt(user, owner, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_text_title_and_date(read, tmp_path: Path) -> None:
    info = "/Title (Toll talks) /CreationDate (D:20210304100000Z)"
    (tmp_path / "a.pdf").write_bytes(pdf(["Ruritania said no.", "", "Lakeland said yes."], info))
    got = read(tmp_path / "a.pdf").text
    assert got.text == "Ruritania said no.\f\fLakeland said yes."
    assert (got.title, got.date) == ("Toll talks", "2021-03-04")
    assert (got.name, got.media) == ("a.pdf", "application/pdf; extracted")
    assert got.note == (
        "text extracted from 3 pages; its date is the one the PDF was made; no text on page 2"
    )


def test_pdf_is_known_by_its_content(read, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(pdf(["Ruritania said no."]))
    assert read(tmp_path / "a.txt").text.text == "Ruritania said no."


def test_page_that_calls_itself_pdf_is_read_as_a_page(read, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_text("<!DOCTYPE html><html><body><p>Please log in</p></body></html>")
    assert read(tmp_path / "a.pdf").text.media == "text/html; extracted"


def test_password_is_asked_for_by_a_clear_message(read, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(locked(pdf(["secret"]), "open sesame", "owner"))
    problem = read(tmp_path / "a.pdf").problem
    assert problem.what == "the PDF needs a password"
    assert "save it without protection" in str(problem)


def test_pdf_that_only_forbids_editing_is_read(read, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(locked(pdf(["Ruritania said no."]), "", "owner"))
    assert read(tmp_path / "a.pdf").text.text == "Ruritania said no."


def test_unsupported_encryption_is_said(
    read, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def needs_more(*_: object) -> None:
        raise DependencyError("cryptography>=3.1 is required for AES algorithm")

    monkeypatch.setattr(pypdf.PdfReader, "decrypt", needs_more)
    (tmp_path / "a.pdf").write_bytes(locked(pdf(["secret"]), "", "owner"))
    assert "encrypted in a way that is not supported" in read(tmp_path / "a.pdf").problem.what


def test_pictures_only(read, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf(["", ""]))
    problem = read(tmp_path / "a.pdf").problem
    assert problem.what == "the PDF holds no text, only pictures (2 pages)"
    assert "text recognition" in str(problem)


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.4\n",
        b"%PDF-1.7\n" + b"\xe2\xe3\xcf\xd3" * 100,
        pdf(["Ruritania"])[:200],
        pdf(["Ruritania"]).replace(b"/Pages 2 0 R", b"/Pages 9 0 R"),
        pdf(["Ruritania"]).replace(b"/Kids [4 0 R]", b"/Kids [2 0 R]"),  # its own child
        b"not a pdf at all",
    ],
    ids=["header", "noise", "cut", "no-pages", "circle", "text"],
)
def test_broken_pdf_is_one_message(
    read, tmp_path: Path, capfd: pytest.CaptureFixture[str], data: bytes
) -> None:
    (tmp_path / "a.pdf").write_bytes(data)
    assert "PDF" in read(tmp_path / "a.pdf").problem.what
    assert capfd.readouterr() == ("", "")


def test_broken_reference_table_is_repaired(read, tmp_path: Path) -> None:
    data = pdf(["Ruritania said no."])
    (tmp_path / "a.pdf").write_bytes(data.replace(b"startxref\n", b"startxref\n9"))
    assert read(tmp_path / "a.pdf").text.text == "Ruritania said no."


def test_too_many_pages(read, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf(["a", "b", "c"]))
    problem = read(tmp_path / "a.pdf", options=replace(QUICK, max_pages=2)).problem
    assert problem.what == "the PDF has 3 pages"
