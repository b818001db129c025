"""What the tagger learns from, decoded again, is what was annotated."""

from __future__ import annotations

from importlib import resources

import numpy as np
import pytest
from tokenizers import Tokenizer

from detente.reading.tagger.decoding import decode
from detente.reading.tagger.labels import HEADS, size
from training.annotation import Negotiation, load_corpus
from training.check import TEXTS
from training.features import IGNORE, Example, examples_of


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    folder = resources.files("detente.reading").joinpath("data", "tagger")
    made = Tokenizer.from_str(folder.joinpath("tokenizer.json").read_text("utf-8"))
    made.no_padding()
    made.no_truncation()
    return made


@pytest.fixture(scope="module")
def some() -> list[Negotiation]:
    return list(load_corpus(TEXTS).values())[::8]


def perfect(example: Example) -> np.ndarray:
    """Scores of a tagger that has learnt this paragraph by heart."""
    scores = np.zeros((len(example.pieces), size()), np.float32)
    for h in HEADS:
        for k, label in enumerate(example.labels[h.name]):
            if label != IGNORE:
                scores[k, h.start + label] = 9.0
    return scores


def test_labels_say_what_the_annotation_says(some: list[Negotiation], tokenizer: Tokenizer) -> None:
    examples = examples_of(some, tokenizer)
    paragraphs = [p for n in some for p in n.paragraphs]
    assert len(examples) == len(paragraphs) > 200
    wrong = total = orders = 0
    for example, paragraph in zip(examples, paragraphs, strict=True):
        encoded = tokenizer.encode(paragraph.text)
        offsets = encoded.offsets[1:-1]
        tags = decode(perfect(example)[1:-1], offsets, [True] + [False] * (len(offsets) - 1))
        found = {(t.start, t.end, t.type): t for t in tags}
        for gold in paragraph.statements:
            place = (gold.start - paragraph.start, gold.end - paragraph.start, gold.type)
            total += 1
            tag = found.get(place)
            wrong += tag is None
            if tag is not None and not tag.nested:
                assert tag.attribution == gold.attribution
            if tag is not None and gold.before is not None and tag.before is not None:
                orders += paragraph.text[slice(*tag.before)] == gold.before
        assert len(tags) <= len(paragraph.statements)
    assert total > 400
    assert wrong <= 0.03 * total  # two levels cannot hold three nested, or two joined, spans
    assert orders > 30


def test_a_paragraph_longer_than_a_window_is_refused(
    some: list[Negotiation], tokenizer: Tokenizer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("training.features.MAX_PIECES", 20)
    with pytest.raises(ValueError, match=r"\.txt:\d+: \d+ pieces, more than 20"):
        examples_of(some, tokenizer)
