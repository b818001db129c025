"""Tables that keep to a width."""

from __future__ import annotations

from io import StringIO

import pytest
from rich.console import Console

from detente.report.grid import Column, Grid, wrapped


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("one two", 10, ["one two"]),
        ("one two", 4, ["one", "two"]),
        ("", 4, [""]),
        ("intra-afghan talks", 8, ["intra-", "afghan", "talks"]),
        ("x well-being", 8, ["x well-", "being"]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("会談会談", 5, ["会談", "会談"]),
    ],
)
def test_wrapped(text: str, width: int, lines: list[str]) -> None:
    assert wrapped(text, width) == lines


def shown(grid: Grid, width: int) -> list[str]:
    out = StringIO()
    Console(file=out, width=width).print(grid)
    return out.getvalue().splitlines()


def grid(columns: int = 3) -> Grid:
    first = Column("state", ["peace", "a very long state of war"], wraps=True, least=8)
    rest = [Column(f"c{k}", ["yes", "no"], group=f"g{k // 2}") for k in range(columns)]
    return Grid([first, Column("code", ["0", "1"])], rest)


def test_columns_that_fit_stand_in_one_block() -> None:
    lines = shown(grid(), 60)
    assert lines[0].split() == ["g0", "g1"]
    assert lines[1].split() == ["state", "code", "c0", "c1", "c2"]
    assert len(lines) == 5


def test_the_first_column_gives_way_before_a_block_is_added() -> None:
    lines = shown(grid(), 36)
    assert [line.split()[0] for line in lines[3:]] == ["peace", "a", "state"]
    assert all(len(line) <= 36 for line in lines)


def test_columns_that_do_not_fit_follow_in_a_block_with_the_states_again() -> None:
    lines = shown(grid(12), 40)
    assert "" in lines
    heads = [line for line in lines if line.startswith("state")]
    assert len(heads) > 1
    named = [word for line in heads for word in line.split() if word.startswith("c")]
    assert [word for word in named if word != "code"] == [f"c{k}" for k in range(12)]
    assert all(len(line) <= 40 for line in lines)


def test_numbers_align_to_the_right() -> None:
    lines = shown(Grid([Column("x", ["a", "b"])], [Column("n", ["5", "1,000"], right=True)]), 40)
    assert lines[-2:] == ["a      5", "b  1,000"]


def test_prefixes_do_not_wrap() -> None:
    column = Column("state", ["long words here"], wraps=True, least=8, prefix=["> "])
    lines = shown(Grid([column], [Column("c", ["yes"]), Column("d", ["no"])]), 20)
    assert [line[:8].rstrip() for line in lines[-3:]] == ["> long", "  words", "  here"]
