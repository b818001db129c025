"""JSONL dumps."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from pathlib import Path

import pytest
from sources.helpers import QUICK

from detente.sources.dumps import read_dump


def test_every_line_is_a_document(read, tmp_path: Path) -> None:
    rows = [
        {"id": "a1", "text": "Ruritania\r\nsaid no.", "title": "No", "date": "2021-03-04"},
        {"id": 7, "text": "العربية 🕊", "date": "2021-03-04T10:00:00Z", "more": [1]},
        {"text": "Neither id nor date.", "date": "last Tuesday"},
        {"id": "a1", "text": "The same id again."},
    ]
    lines = "\ufeff" + "\n".join(json.dumps(row) for row in rows)
    (tmp_path / "dump.jsonl").write_text(lines + "\n\n", encoding="utf-8")
    got = read(tmp_path / "dump.jsonl")
    assert got.problems == []
    assert [text.text for text in got.texts] == [row["text"] for row in rows]
    assert got.names == ["dump.jsonl#a1", "dump.jsonl#7", "dump.jsonl:3", "dump.jsonl#a1 (2)"]
    assert [text.date for text in got.texts] == ["2021-03-04", "2021-03-04", None, None]
    assert got.texts[0].title == "No"
    assert got.texts[2].note == "its date 'last Tuesday' is not of the form YYYY-MM-DD"
    assert got.texts[2].origin == f"{tmp_path / 'dump.jsonl'}:3"
    assert all(text.media == "application/jsonl; extracted" for text in got.texts)


@pytest.mark.parametrize(
    ("line", "what"),
    [
        (b'{"text": "cut', "this is not JSON (Unterminated string starting at, column 10)"),
        (b'["text"]', "this is no JSON object"),
        (b"{}", 'the object has no "text"; it has no keys'),
        (b'{"body": "x"}', "the object has no \"text\"; its keys are 'body'"),
        (b'{"text": 5}', "the object has no \"text\"; its keys are 'text'"),
        (b'{"text": "  "}', '"text" is empty'),
        (b'{"text": "caf\xe9"}', "byte 14 of the line is not UTF-8"),
        (
            b'{"text": "\\ud83d"}',
            '"text" contains a zero character or half of a surrogate pair',
        ),
        (b"[" * 100_000, "this is not JSON that can be read"),
        (b'{"text": "x", "n": ' + b"9" * 5000 + b"}", "this is not JSON that can be read"),
    ],
)
def test_bad_line_costs_only_itself(read, tmp_path: Path, line: bytes, what: str) -> None:
    good = b'{"text": "good"}'
    (tmp_path / "d.jsonl").write_bytes(b"\n".join([good, line, good]))
    got = read(tmp_path / "d.jsonl")
    assert got.names == ["d.jsonl:1", "d.jsonl:3"]
    (problem,) = got.problems
    assert problem.what == what
    assert str(problem.where) == "d.jsonl:2"


def test_many_bad_lines_are_counted(read, tmp_path: Path) -> None:
    (tmp_path / "d.jsonl").write_text("oops\n" * 1000 + '{"text": "good"}')
    got = read(tmp_path / "d.jsonl")
    assert got.names == ["d.jsonl:1001"]
    assert len(got.problems) == 21
    assert got.problems[-1].what == "980 more lines could not be read"


def test_empty_dump(read, tmp_path: Path) -> None:
    (tmp_path / "d.jsonl").write_text("\n\n")
    assert read(tmp_path / "d.jsonl").problem.what == "the dump is empty"


def test_limits(read, tmp_path: Path) -> None:
    long = json.dumps({"text": "x" * 1000})
    (tmp_path / "d.jsonl").write_text(f'{long}\n{{"text": "short"}}\n')
    got = read(tmp_path / "d.jsonl", options=replace(QUICK, max_bytes=500))
    assert got.names == ["d.jsonl:2"]
    assert str(got.problems[0].where) == "d.jsonl:1"
    problem = read(tmp_path / "d.jsonl", options=replace(QUICK, max_dump_bytes=500)).problem
    assert problem.what == "the dump is larger than 500 bytes"


@pytest.mark.parametrize("step", [1, 2, 7, 1000])
def test_pieces_of_any_size_give_the_same(step: int) -> None:
    data = b'{"text": "one"}\r\n\n{"text": "two \xe2\x82\xac"}\n{"text": "three"}'
    chunks = [data[at : at + step] for at in range(0, len(data), step)]
    got = list(read_dump(chunks, "d", QUICK, print))
    assert [(text.text, text.origin) for text in got] == [
        ("one", "d:1"),
        ("two €", "d:3"),
        ("three", "d:4"),
    ]


def test_packed_dump(read, tmp_path: Path) -> None:
    (tmp_path / "d.jsonl.gz").write_bytes(gzip.compress(b'{"text": "one"}\n{"text": "two"}'))
    got = read(tmp_path / "d.jsonl.gz")
    assert got.names == ["d.jsonl.gz:1", "d.jsonl.gz:2"]
