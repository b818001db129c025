"""Who says what: every form of attribution."""

from __future__ import annotations

import pytest

from detente.reading import read


def triples(text: str) -> list[tuple[str, str, str]]:
    return [
        tuple(
            " … ".join(text[a:b] for a, b in part) for part in (item.source, item.cue, item.content)
        )
        for item in read(text).attributions
    ]  # type: ignore[misc]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The minister said the dam was safe.", ("The minister", "said", "the dam was safe")),
        ("The minister told reporters that the dam was safe.", ("The minister", "told", "the dam was safe")),
        ("The dam was safe, the minister said.", ("the minister", "said", "The dam was safe")),
        ('"The dam is safe," the minister said.', ("the minister", "said", '"The dam is safe,"')),
        ('"The dam is safe," said Ana Ito, the minister.', ("Ana Ito, the minister", "said", '"The dam is safe,"')),
        ('Ana Ito said: "The dam is safe."', ("Ana Ito", "said", '"The dam is safe."')),
        (
            '"The dam," the minister said, "is safe."',
            ("the minister", "said", '"The dam," … "is safe."'),
        ),
        (
            '"The dam is safe," he said. "It will hold."',
            ("he", "said", '"The dam is safe," … "It will hold."'),
        ),
        ("According to Ana Ito, the dam was safe.", ("Ana Ito", "According to", "the dam was safe")),
        ("The dam was safe, according to Ana Ito.", ("Ana Ito", "according to", "The dam was safe")),
        ("The dam, she said, was safe.", ("she", "said", "The dam … was safe")),
        ("Strelna hopes that the dam holds.", ("Strelna", "hopes", "the dam holds")),
        ("It was a pledge by Strelna to hold the dam.", ("Strelna", "pledge", "to hold the dam")),
    ],
)  # fmt: skip
def test_source_cue_and_content(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in triples(text)


def test_quotation_goes_on_over_a_paragraph() -> None:
    text = "Ana Ito said: “The dam is safe.\n\n“It will hold,” she added."
    (first, *_) = read(text).attributions
    assert text[first.content[0][0] : first.content[-1][1]].startswith("“The dam is safe.")


def test_dialogue_turns_are_attributed_to_their_labels() -> None:
    text = "ITO: The dam is safe.\nROE: Will it hold?\nITO: It will."
    assert [t[0] for t in triples(text)] == ["ITO", "ROE", "ITO"]
