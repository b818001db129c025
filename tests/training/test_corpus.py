"""The corpus holds what its readers are promised: sizes, variety, splits, agreement."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import replace
from importlib import resources

import pytest

from detente.reading.lines import RESIDUE, label_lines
from detente.reading.text import Document
from training.agreement import SECOND, measure, shared_articles
from training.annotation import (
    KINDS,
    REGISTERS,
    SPLITS,
    TYPE_NAMES,
    Negotiation,
    load_corpus,
    parse,
)
from training.check import TEXTS, hash_of_corpus, own_voice, problems, repeated_phrases, words_of
from training.splits import read_splits
from training.statistics import README, with_statistics


@pytest.fixture(scope="module")
def corpus() -> dict[str, Negotiation]:
    return load_corpus(TEXTS)


def test_sizes(corpus: dict[str, Negotiation]) -> None:
    paragraphs = [p for n in corpus.values() for p in n.paragraphs]
    words = [word for p in paragraphs for word in words_of(p.text)]
    assert len(corpus) >= 60
    assert len(paragraphs) >= 1500
    assert len(words) >= 90_000
    assert len(set(words)) > 9_000


def test_every_kind_register_and_part_of_the_world(corpus: dict[str, Negotiation]) -> None:
    kinds = {n.kind for n in corpus.values()}
    registers = Counter(a.register for n in corpus.values() for a in n.articles)
    assert kinds == set(KINDS)
    assert set(registers) == set(REGISTERS)
    assert min(registers.values()) >= 20
    years = [int(n.years[:4]) for n in corpus.values()]
    assert min(years) <= 1951
    assert max(years) >= 2021
    regions = " ".join(n.region for n in corpus.values())
    for name in ("Africa", "Asia", "Europe", "North America", "South America", "Pacific"):
        assert name in regions, name


def test_every_type_and_both_ways_of_telling(corpus: dict[str, Negotiation]) -> None:
    golds = [s for n in corpus.values() for a in n.articles for s in a.statements]
    golds = [s for s in golds if s.repeat_of is None]
    counts = Counter(s.type for s in golds)
    assert {name: counts[name] for name in TYPE_NAMES if counts[name] < 150} == {}
    assert sum(map(own_voice, golds)) >= len(golds) / 3


def test_annotations_follow_the_guidelines(corpus: dict[str, Negotiation]) -> None:
    assert [message for n in corpus.values() for message in problems(n)] == []


def test_no_two_paragraphs_share_a_quarter_of_their_phrases(
    corpus: dict[str, Negotiation],
) -> None:
    assert list(repeated_phrases(corpus.values())) == []


def test_a_copied_paragraph_is_noticed(corpus: dict[str, Negotiation]) -> None:
    one, two, *_ = corpus.values()
    stolen = replace(one.articles[0], paragraphs=two.articles[0].paragraphs)
    thief = replace(one, articles=(stolen,))
    assert len(list(repeated_phrases([thief, two]))) >= 1


def test_splits_are_by_negotiation_and_cover_every_kind(corpus: dict[str, Negotiation]) -> None:
    splits = read_splits(corpus)
    ids = [n.id for name in SPLITS for n in splits[name]]
    assert sorted(ids) == sorted(corpus)
    count = {name: sum(len(list(n.paragraphs)) for n in splits[name]) for name in SPLITS}
    assert count["test"] >= 250
    assert count["dev"] >= 150
    assert {n.kind for n in splits["test"]} >= {
        "peace",
        "border",
        "trade",
        "climate",
        "labour",
        "nuclear",
    }


def test_a_tenth_is_annotated_twice(corpus: dict[str, Negotiation]) -> None:
    paragraphs = sum(len(list(n.paragraphs)) for n in corpus.values())
    for path in SECOND.glob("*.txt"):
        second = parse(path)
        assert shared_articles(corpus[path.stem], second)
        assert list(problems(second)) == []
    result = measure()
    assert result.paragraphs >= paragraphs / 10
    assert result.span_f1 > 0.6  # far below, the guidelines would not define a task


def test_residue_is_no_running_text_to_the_reader_either(
    corpus: dict[str, Negotiation],
) -> None:
    lost = right = total = 0
    for negotiation in corpus.values():
        for article in negotiation.articles:
            lines = {x.start: x for x in label_lines(Document("x", article.text))}
            for paragraph in article.paragraphs:
                line = lines.get(paragraph.start)
                if paragraph.label in RESIDUE:
                    total += 1
                    right += line is not None and line.label != "body"
                elif paragraph.label == "body":
                    lost += line is None or line.label != "body"
    assert total >= 300
    assert right >= 0.75 * total
    assert lost <= 5


def test_the_shipped_model_was_trained_on_this_corpus(corpus: dict[str, Negotiation]) -> None:
    folder = resources.files("detente.reading").joinpath("data", "tagger")
    record = json.loads(folder.joinpath("tagger.json").read_text("utf-8"))
    model = folder.joinpath("tagger.onnx").read_bytes()
    assert record["corpus"] == hash_of_corpus(), "the corpus changed: make train"
    assert record["model"] == hashlib.sha256(model).hexdigest()
    assert record["negotiations"] == len(read_splits(corpus)["train"])
    assert len(model) <= 25 * 2**20
    assert folder.joinpath("MODEL_CARD.md").is_file()


def test_statistics_in_the_readme_are_those_of_the_texts() -> None:
    assert README.read_text("utf-8") == with_statistics(README.read_text("utf-8"))
