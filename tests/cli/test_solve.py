"""The page, the spreadsheet and the order of ``detente solve``."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from commandline import ELMIRA, TWO_STEP, Runner

import detente


def test_csv_has_a_row_for_each_state_and_reads_back(run: Runner) -> None:
    rows = list(csv.DictReader(io.StringIO(run.good("solve", ELMIRA, "--csv").out)))
    case = detente.load(ELMIRA)
    result = detente.solve(case)
    assert [row["code"] for row in rows] == list(result.states)
    assert list(rows[0])[:7] == ["code", "label", *(option.key for option in case.options)]
    for row in rows:
        assert {key: row[key] for key in case.describe(row["code"])} == case.describe(row["code"])
        for one in result:
            key = f"{one.concept.id}.equilibrium"
            assert row[key] == str(int(row["code"] in one.equilibria))
            for party, stable in one.stable.items():
                assert row[f"{one.concept.id}.{party}"] == str(int(row["code"] in stable))


def test_csv_names_labels(run: Runner) -> None:
    rows = list(csv.DictReader(io.StringIO(run.good("solve", TWO_STEP, "--csv").out)))
    assert [row["label"] for row in rows][:2] == ["war-goes-on", "ceasefire-alone"]


def test_csv_in_graph_form_has_labels_for_codes(run: Runner, graph: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run.good("solve", graph, "--csv").out)))
    assert [(row["code"], row["label"]) for row in rows] == [(s, s) for s in ("s1", "s2", "s3")]


def test_csv_of_a_large_case_has_every_state(run: Runner, large: Path) -> None:
    out = run.good("solve", large, "--csv", "--concepts", "nash").out
    assert out.count("\n") == 2**14 + 1


def test_csv_keeps_filter_and_order(run: Runner) -> None:
    done = run.good("solve", TWO_STEP, "--csv", "--where", "ceasefire", "--sort", "us")
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert [row["code"] for row in rows] == ["01", "11"]


@pytest.mark.parametrize("other", ["--json", "--summary"])
def test_csv_excludes_other_forms(run: Runner, other: str) -> None:
    assert f"--csv and {other} exclude each other" in run.bad("solve", TWO_STEP, "--csv", other)


@pytest.mark.parametrize(
    ("key", "order"),
    [
        ("code", ["00", "01", "10", "11"]),
        ("name", ["01", "11", "00", "10"]),
        ("us", ["01", "11", "00", "10"]),
        ("taliban", ["10", "11", "00", "01"]),
        ("equilibria", ["00", "10", "01", "11"]),
    ],
)
def test_sort(run: Runner, key: str, order: list[str]) -> None:
    found = run.good("solve", TWO_STEP, "--json", "--sort", key).json
    assert found["states"] == order
    assert found["concepts"]["nash"]["stable"]["us"] == order
    page = run.good("solve", TWO_STEP, "--sort", key).out
    table = page.split("───\n")[1].split("\n\n")[0]
    assert [line.split("  ")[-7:] and line[20:22] for line in table.splitlines()] == order


def test_sorting_by_something_unknown_is_refused(run: Runner) -> None:
    message = run.bad("solve", TWO_STEP, "--sort", "talban")
    assert "cannot sort by 'talban'" in message
    assert "did you mean 'taliban'?" in message


def test_the_sentence_comes_first(run: Runner) -> None:
    first = run.good("solve", TWO_STEP).out.split("\n\n")[0]
    assert " ".join(first.split()) == (
        "Under every concept, 2 of 4 states would last, the status quo among them: "
        "war goes on (00) and withdrawal alone (10)."
    )


def test_the_sentence_without_equilibria(run: Runner, tmp_path: Path) -> None:
    path = tmp_path / "restless.yaml"
    path.write_text(
        """\
detente: 1
title: Matching pennies
parties:
  a: {options: {x: {}}, preferences: {priorities: [x iff y]}}
  b: {options: {y: {}}, preferences: {priorities: [not (x iff y)]}}
""",
        "utf-8",
    )
    out = run.good("solve", path, "--concepts", "nash").out
    assert out.startswith("Under Nash, none of the 4 states would last.")
    assert "status quo" not in out


def test_a_filter_that_keeps_nothing_says_so(run: Runner) -> None:
    out = run.good("solve", TWO_STEP, "--where", "ceasefire and not ceasefire").out
    assert "No state fulfils the filter." in out
    assert "0 of 4 states" in out


def test_summary_shows_counts(run: Runner) -> None:
    out = run.good("solve", ELMIRA, "--summary").out
    assert "equilibria" in out
    row = next(line for line in out.splitlines() if line.startswith("SEQ "))
    assert row.split()[-1] == "6"
    assert "00010" not in out.split("concept")[1]


def test_a_large_case_is_summarised(run: Runner, large: Path) -> None:
    out = run.good("solve", large).out
    assert "16,384 states" in out
    assert len(out.splitlines()) < 40


def test_no_line_is_wider_than_the_terminal(run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    for columns in ("60", "80", "120"):
        monkeypatch.setenv("COLUMNS", columns)
        for words in (["solve", ELMIRA], ["why", ELMIRA, "01000"], ["paths", ELMIRA]):
            lines = run.good(*words).out.splitlines()
            assert max(map(len, lines)) <= int(columns)
            assert all(line == line.rstrip() for line in lines)
