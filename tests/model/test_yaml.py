"""What the YAML layer takes and refuses, before anything is known about cases."""

from __future__ import annotations

import time
import tracemalloc
from typing import Any

import pytest

from detente.model import yamltext
from detente.model.errors import CaseError, Where
from detente.model.loading import parse_case
from detente.model.yamltext import Node, compose

BODY = "detente: 1\nparties:\n  us: {options: {a: {}}}\n"


def error_of(text: str) -> CaseError:
    with pytest.raises(CaseError) as caught:
        parse_case(text, "f.yaml")
    return caught.value


def data(node: Node) -> Any:
    if node.kind == "mapping":
        return {key.raw: data(value) for key, value in node.entries}
    return [data(item) for item in node] if node.kind == "list" else (node.kind, node.raw)


def test_scalars_are_those_of_yaml_1_2() -> None:
    node = compose("[no, yes, on, true, False, 0120, 0x1f, 1.5, ~, null, '1', 2019-05-01]", None)
    assert data(node) == [
        ("text", "no"),
        ("text", "yes"),
        ("text", "on"),
        ("boolean", "true"),
        ("boolean", "False"),
        ("number", "0120"),
        ("number", "0x1f"),
        ("number", "1.5"),
        ("null", "~"),
        ("null", "null"),
        ("text", "1"),
        ("text", "2019-05-01"),
    ]


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("a: word", 3),
        ("a: 'word'", 4),
        ('a: "word"', 4),
        ("a: &x word", 6),
        ('a: &x "word"', 7),
        ("a: 'it''s a word'", None),
        ('a: "a \\u0077ord"', None),
        ("a: two\n  words", None),
        ("a: >-\n  word", None),
    ],
)
def test_columns_inside_a_scalar_are_given_where_they_count(text: str, offset: int | None) -> None:
    value = compose(text, "f").entries[0][1]
    assert value.inside == Where("f", 1, None if offset is None else offset + 1)
    assert value.where == Where("f", 1, 4)


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---\n", "\ufeff"])
def test_empty_file(text: str) -> None:
    error = error_of(text)
    assert error.what in (
        "the file is empty",
        "a case file is a mapping, not nothing",
    )
    assert "starts with 'detente: 1'" in (error.rule or "")
    assert error.hint == "'detente new' writes a starter file"


def test_windows_and_mac_line_ends_and_a_byte_order_mark() -> None:
    expected = parse_case(BODY)
    for text in (BODY.replace("\n", "\r\n"), BODY.replace("\n", "\r"), "\ufeff" + BODY):
        assert parse_case(text).fingerprint == expected.fingerprint
    error = error_of("\ufeff" + BODY.replace("\n", "\r\n") + "status_quo: {b: yes}\r\n")
    assert error.where == Where("f.yaml", 4, 14)


def test_document_markers_and_yaml_version() -> None:
    for text in (f"---\n{BODY}...\n", f"%YAML 1.2\n---\n{BODY}", f"--- # note\n{BODY}"):
        assert parse_case(text) == parse_case(BODY)
    for version in ("1.1", "1.3", "2.0"):
        error = error_of(f"%YAML {version}\n---\n{BODY}")
        assert "YAML" in error.what
        assert error.rule == "a case file is one YAML 1.2 document"


def test_several_documents() -> None:
    error = error_of(BODY + "---\n" + BODY)
    assert error.what == "this is not readable YAML: but found another document"
    assert error.where == Where("f.yaml", 4, 1)
    assert error.hint == "a case file holds one document: remove the '---' in the middle"


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("detente: 1\nparties:\n\tus: {}\n", 3, 1),
        ("detente:\t1\n", 1, 9),
        ("detente: 1 \t# format\n", 1, 12),
    ],
)
def test_tab(text: str, line: int, column: int) -> None:
    error = error_of(text)
    assert error.where == Where("f.yaml", line, column)
    assert "'\\t'" in error.what
    assert error.hint == "use spaces instead of tabs"


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("detente: 1\ntitle: a: b\n", 2, 9),
        ("detente: 1\n  title: a\n", 2, 8),
        ("detente: 1\nparties: {us: {}\n", 3, 1),
        ("detente: 1\nparties: [us: ]]\n", 2, 16),
        ('detente: 1\ntitle: "open\n', 3, 1),
        ("detente: 1\n- a\n", 2, 1),
        ("detente: 1\ntitle: *nobody\n", 2, 8),
        ("detente: 1\ntitle: @x\n", 2, 8),
    ],
)
def test_broken_yaml_points_at_the_place(text: str, line: int, column: int) -> None:
    error = error_of(text)
    assert error.what.startswith("this is not readable YAML: ")
    assert error.where == Where("f.yaml", line, column)
    assert error.hint == "check quotes, colons and indentation near this place"
    if line <= text.count("\n"):
        assert error.excerpt == text.splitlines()[line - 1]
        assert error.caret == column - 1


def test_excerpt_after_odd_line_breaks_is_the_right_line() -> None:
    error = error_of('detente: 1\nabout: "a\u2028b\x85c"\ntitle: a: b\n')
    assert error.excerpt == "title: a: b"


@pytest.mark.parametrize("text", ["a: \x07", "a: \x00", "a: \ud800", "a: \x1b[31m"])
def test_character_that_yaml_forbids(text: str) -> None:
    error = error_of(f"detente: 1\n{text}\n")
    assert error.what.startswith("this is not readable YAML (unacceptable character #x")
    assert error.where == Where("f.yaml", 2, 4)


@pytest.mark.parametrize(
    ("escape", "name"), [("\\x00", "0000"), ("\\e", "001B"), ("\\ud83d", "D83D"), ("\\x7f", "007F")]
)
def test_control_character_written_as_an_escape(escape: str, name: str) -> None:
    error = error_of(f'detente: 1\ntitle: "a{escape}b"\n')
    assert error.what == f"the text has the character U+{name}"
    assert error.where == Where("f.yaml", 2, 8)


def test_line_breaks_and_tabs_in_texts_are_fine() -> None:
    case = parse_case(BODY + 'about: "a\\tb\\nc"\ntitle: |\n  two\n  lines\n')
    assert case.about == "a\tb\nc"
    assert case.title == "two\nlines\n"


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("!!str 1", "'!!str'"),
        ("!mine {a: b}", "'!mine'"),
        ("!!set {a, b}", "'!!set'"),
        ("!!python/object:os.system x", "'!!python/object:os.system'"),
        ("&x !!int '5'", "'!!int'"),
        ("! x", "'!'"),
        ("[!a b]", "'!a'"),
    ],
)
def test_tag(text: str, tag: str) -> None:
    error = error_of(f"detente: 1\ntitle: {text}\n")
    assert error.what == f"the tag {tag} is not allowed"
    assert error.rule == "a case file has no YAML tags"


def test_key_that_is_no_scalar() -> None:
    error = error_of("detente: 1\n? [a, b]\n: c\n")
    assert error.what == "a list cannot be a key"
    assert error.where == Where("f.yaml", 2, 3)


def test_merge_key_is_an_unknown_key() -> None:
    error = error_of(BODY.replace("us: {", "us: {<<: {a: b}, "))
    assert error.what == "unknown key '<<' in party 'us'"


# Anchors


def test_anchor_and_alias() -> None:
    text = """\
detente: 1
parties:
  us: {options: {a: {levels: &levels [none, some, all]}}}
  them: {options: {b: {levels: *levels}}, preferences: &wish {priorities: [a, not b]}}
  others: {preferences: *wish}
"""
    case = parse_case(text)
    assert [option.levels for option in case.options] == [("none", "some", "all")] * 2
    assert case.party("others").preferences == case.party("them").preferences


def test_error_behind_an_alias_points_at_the_anchor() -> None:
    text = BODY.replace("{}}}", "{}}, preferences: &p {priorities: [b]}}") + "  them: {}\n"
    error = error_of(text)
    assert error.where == Where("f.yaml", 3, 56)


def test_anchor_may_be_set_again() -> None:
    """YAML allows it, and it must not print a warning."""
    text = BODY + "title: &x one\nabout: &x two\nas_of: *x\n"
    assert parse_case(text).as_of == "two"


@pytest.mark.parametrize(
    "text",
    ["a: &x [*x]", "&x a: *x\nb: &y {c: *y}", "a: &x {b: [{c: *x}]}", "&x {a: *x}", "&x [*x, *x]"],
)
def test_cyclic_anchor(text: str) -> None:
    error = error_of(text)
    assert "contains itself" in error.what
    assert error.rule == "anchors must not form a cycle"
    assert error.where is not None
    assert error.where.line is not None


def test_alias_bomb(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nine lines that stand for ten to the ninth values are refused in no time."""
    monkeypatch.setattr(yamltext, "MOST_NODES", 100_000)
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{k}: &a{k} [" + ", ".join([f"*a{k - 1}"] * 10) + "]" for k in range(1, 9)]
    started = time.perf_counter()
    error = error_of("\n".join(lines))
    assert time.perf_counter() - started < 30
    assert error.what == "the file has too many values"
    assert "those repeated by '*' included" in (error.rule or "")


def test_too_many_values(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yamltext, "MOST_NODES", 1_000)
    assert len(compose("[" + "1," * 998 + "]", None).items) == 998
    error = error_of("[" + "1," * 1_000 + "]")
    assert error.what == "the file has too many values"
    assert error.where == Where("f.yaml", 1, 2000)


@pytest.mark.parametrize("text", ["[" * 500_000, "{a: " * 100_000, "- " * 100_000, "? " * 100_000])
def test_deep_nesting(text: str) -> None:
    started = time.perf_counter()
    error = error_of(text)
    assert time.perf_counter() - started < 20
    assert error.what == "the file is nested too deeply"
    assert error.rule == "at most 60 levels of lists and mappings"
    assert error.where is not None
    assert error.where.line == 1


def test_nesting_behind_aliases() -> None:
    lines = ["a0: &a0 [x]", *(f"a{k}: &a{k} [*a{k - 1}]" for k in range(1, 80))]
    assert error_of("\n".join(lines)).what == "the file is nested too deeply"


def test_many_comments_take_linear_time() -> None:
    """Finding the places of comments, as a round-trip loader does, would take a minute here."""
    started = time.perf_counter()
    parse_case(BODY + "#\n" * 500_000)
    assert time.perf_counter() - started < 20


def test_memory_of_a_large_ranking_is_bounded() -> None:
    codes = [f"{k:014b}" for k in range(2**12)]
    options = ", ".join(f"o{k}: {{}}" for k in range(14))
    lines = "".join(f'        - "{code}"\n' for code in codes)
    text = f"detente: 1\nparties:\n  a:\n    options: {{{options}}}\n    preferences:\n"
    tracemalloc.start()
    parse_case(f"{text}      ranking:\n{lines}")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2_500 * len(codes)
