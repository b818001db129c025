"""The corpus's file format: what it says, and what each broken file is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from training.annotation import CorpusError, Negotiation, parse

HEAD = """negotiation: zenda-1894
title: Ruritania and Strelsau over the pass
kind: border
region: Europe
years: 1894

## 1 wire 1894-05-02
"""
BODY = """
Ruritania {1|wants the toll paid before the pass opens}, and {2|Strelsau refuses}.
> 1 precondition | Ruritania | Ruritania > Strelsau | indirect | cue: wants | before: toll paid | after: the pass opens | issue: toll
> 2 rejection | Strelsau | Strelsau > Ruritania | indirect | cue: refuses | issue: toll
"""  # noqa: E501


def written(folder: Path, text: str) -> Negotiation:
    path = folder / "zenda-1894.txt"
    path.write_text(text, "utf-8")
    return parse(path)


def test_offsets_are_those_of_the_plain_text(tmp_path: Path) -> None:
    extra = (
        "\n[byline] By our man in Zenda\n"
        "\nA second one: “{3|We back {4|Strelsau’s demand for a bridge}}.”\n"
        "> 3 endorsement | unnamed | Hentzau > Strelsau | direct | cue: back | issue: bridge\n"
        "> 4 demand | Strelsau | Strelsau > - | direct | cue: demand | issue: bridge\n"
        "\n[pull-quote] “{5|We back Strelsau’s demand for a bridge}.”\n> 5 = 3\n"
    )
    (article,) = written(tmp_path, HEAD + BODY + extra).articles
    assert "{" not in article.text
    for gold in article.statements:
        assert article.text[gold.start : gold.end] == gold.text
    first, _, third, fourth, fifth = article.statements
    assert first.text == "wants the toll paid before the pass opens"
    assert (first.before, first.after, first.modality) == (
        "toll paid",
        "the pass opens",
        "asserted",
    )
    assert first.actors == ("Ruritania",)
    assert first.targets == ("Strelsau",)
    assert third.start < fourth.start < fourth.end == third.end
    assert fourth.targets == ()
    assert fifth.repeat_of == 3
    assert fifth.type == "endorsement"
    assert [p.label for p in article.paragraphs] == ["body", "byline", "body", "pull-quote"]


def test_marks_at_quotes_stops_and_spaces_are_trimmed(tmp_path: Path) -> None:
    text = (
        HEAD
        + '\nHe said: {1| "Leave the pass."}\n> 1 demand | x | A > B | direct | cue: said | issue: pass\n'  # noqa: E501
    )
    (article,) = written(tmp_path, text).articles
    assert article.statements[0].text == "Leave the pass"


@pytest.mark.parametrize(
    ("old", "new", "line", "rule"),
    [
        ("years: 1894\n", "", 6, "the head lacks years"),
        ("kind: border", "kind: war", 7, "kind is one of"),
        ("negotiation: zenda-1894", "negotiation: hentzau", 7, "must be the file's name"),
        ("years: 1894", "yeers: 1894", 5, "the head has"),
        ("## 1 wire", "## 2 wire", 7, "numbered in order: expected 1"),
        ("## 1 wire", "## 1 radio", 7, "register is one of"),
        ("## 1 wire 1894-05-02", "## 1 wire", 7, "'## number register date'"),
        ("{2|Strelsau refuses}", "{2|Strelsau refuses", 9, "mark 2 is not closed"),
        ("{2|Strelsau refuses}", "Strelsau refuses}", 9, "a '}' without"),
        ("{2|Strelsau refuses}", "{1|Strelsau refuses}", 9, "mark 1 stands twice"),
        ("{2|Strelsau refuses}", "{3|Strelsau refuses}", 9, "marks and '>' lines differ: 2, 3"),
        ("{2|Strelsau refuses}", "{2|Strelsau {refuses}", 9, "stands for marks only"),
        ("{2|Strelsau refuses}", "Strelsau {2|} refuses", 11, "the span of statement 2 is empty"),
        ("> 2 rejection", "> 2 refusal", 11, "type is one of"),
        ("| Strelsau > Ruritania |", "| Strelsau |", 11, "expected '> n type"),
        ("| indirect | cue: refuses", "| reported | cue: refuses", 11, "attribution is one of"),
        ("cue: refuses", "cue: refused", 11, "cue 'refused' is not in the paragraph"),
        ("cue: refuses | ", "", 11, "cue is missing"),
        ("cue: refuses", "kue: refuses", 11, "keys are"),
        (" | after: the pass opens", "", 10, "both or neither"),
        ("cue: refuses |", "cue: refuses | modality: maybe |", 11, "modality is one of"),
        ("> 2 rejection", "> 1 rejection", 11, "statement 1 is described twice"),
        ("\nRuritania {1|", "\n[note] Ruritania {1|", 9, "label is one of"),
        ("\nRuritania {1|", "\n[caption] Ruritania {1|", 10, "caption holds no statement"),
        ("> 2 rejection | Strelsau", "> 2 = 1\n> 3 rejection | Strelsau", 9, "marks and '>' lines"),
    ],
)  # fmt: skip
def test_a_broken_file_is_told_its_line_and_rule(
    tmp_path: Path, old: str, new: str, line: int, rule: str
) -> None:
    text = HEAD + BODY
    assert old in text
    with pytest.raises(CorpusError) as caught:
        written(tmp_path, text.replace(old, new, 1))
    message = str(caught.value)
    assert rule in message
    assert message.startswith(f"zenda-1894.txt:{line}: ")


def test_only_pull_quotes_repeat(tmp_path: Path) -> None:
    text = (
        HEAD
        + BODY
        + "\n[pull-quote] {3|Strelsau refuses}\n> 3 rejection | S | S > R | indirect | cue: refuses | issue: toll\n"  # noqa: E501
    )
    with pytest.raises(CorpusError, match="only pull quotes have, and have only"):
        written(tmp_path, text)
    text = HEAD + BODY + "\n[pull-quote] {3|Strelsau refuses}\n> 3 = 7\n"
    with pytest.raises(CorpusError, match="no earlier statement 7"):
        written(tmp_path, text)
