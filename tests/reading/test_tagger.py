"""The tagger's parts: decoding against every labelling, windows, placing, and doing without it."""

from __future__ import annotations

import itertools
import json
from importlib import import_module

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.reading import read
from detente.reading.lines import label_lines
from detente.reading.tagged import Tags
from detente.reading.tagger import Tagger, load_tagger
from detente.reading.tagger.decoding import decode, log_softmax, spans_of
from detente.reading.tagger.labels import HEADS, head
from detente.reading.tagger.tag import Tag
from detente.reading.tagger.windows import Window, windows_of
from detente.reading.text import Document
from detente.reading.units import build_page
from training.annotation import load_corpus
from training.check import TEXTS

RURITANIA = "Ruritania said it would open the pass only after the toll was paid."


def score_of(log_p: np.ndarray, path: tuple[int, ...]) -> float:
    return float(sum(log_p[k, state] for k, state in enumerate(path)))


def allowed(path: tuple[int, ...], breaks: list[bool], kinds: int) -> bool:
    """The definition: an I goes on with a span of its own kind, begun in the same sentence."""
    for k, state in enumerate(path):
        if state and state % 2 == 0:
            if k == 0 or breaks[k]:
                return False
            if path[k - 1] not in (state, state - 1):
                return False
    return True


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 6), st.integers(1, 2), st.randoms(use_true_random=False))
def test_decoding_finds_the_best_labelling_of_all(count: int, kinds: int, random: object) -> None:
    rng = np.random.default_rng(random.randrange(10**6))  # type: ignore[attr-defined]
    width = 1 + 2 * kinds
    log_p = log_softmax(rng.normal(size=(count, width)).astype(np.float32) * 2)
    breaks = [True, *(bool(rng.random() < 0.3) for _ in range(count - 1))]
    best = max(
        (p for p in itertools.product(range(width), repeat=count) if allowed(p, breaks, kinds)),
        key=lambda path: score_of(log_p, path),
    )
    expected = []
    for k, state in enumerate(best):
        if state % 2:
            expected.append((k, k + 1, (state - 1) // 2))
        elif state:
            expected[-1] = (expected[-1][0], k + 1, expected[-1][2])
    assert spans_of(log_p, breaks, kinds) == expected


def test_no_piece_no_span() -> None:
    assert spans_of(np.zeros((0, 3), np.float32), []) == []
    assert decode(np.zeros((0, 39), np.float32), [], []) == []


def scores_for(labels: dict[str, list[str]]) -> np.ndarray:
    count = len(next(iter(labels.values())))
    scores = np.zeros((count, sum(len(h.labels) for h in HEADS)), np.float32)
    for name, row in labels.items():
        for k, label in enumerate(row):
            scores[k, head(name).start + head(name).labels.index(label)] = 9.0
    return scores


def test_decode_reads_every_head() -> None:
    scores = scores_for(
        {
            "outer": ["O", "B", "I", "I"],
            "inner": ["O", "O", "O", "B"],
            "outer-type": ["offer", "threat", "threat", "offer"],
            "inner-type": ["demand"] * 4,
            "attribution": ["author", "direct", "direct", "direct"],
            "cue": ["B", "O", "O", "O"],
            "order": ["O", "B-before", "O", "B-after"],
        }
    )
    outer, inner = decode(scores, [(0, 2), (3, 5), (6, 8), (9, 12)], [True, False, False, False])
    assert (outer.start, outer.end, outer.type, outer.attribution) == (3, 12, "threat", "direct")
    assert (outer.cue, outer.before, outer.after) == ((0, 2), (3, 5), (9, 12))
    assert (inner.start, inner.end, inner.type, inner.nested) == (9, 12, "demand", True)
    assert 0 < outer.confidence <= 1
    assert outer.types[0][0] == "threat"
    moved = outer.moved(100)
    assert (moved.start, moved.end, moved.cue) == (103, 112, (100, 102))


def page_of(text: str):  # type: ignore[no-untyped-def]
    document = Document("x", text)
    return build_page(document, label_lines(document))


def test_windows_hold_each_sentence_once() -> None:
    text = "\n\n".join(
        f"Paragraph {k} has a sentence. " + "It has another one. " * k for k in range(90, 0, -30)
    )
    page = page_of(text)
    windows = windows_of(page)
    assert all(len(w.text) <= 1000 for w in windows)
    for sentence in page.outer:
        holders = [w for w in windows if w.start <= sentence.span.start < w.start + len(w.text)]
        assert len(holders) == 1
        assert sentence.span.start - holders[0].start in holders[0].begins
        assert sentence.span.end <= holders[0].start + len(holders[0].text)


def test_a_sentence_longer_than_a_window_is_cut_not_lost() -> None:
    text = "The clerk read " + ", ".join(f"name number {k}" for k in range(200)) + "."
    windows = windows_of(page_of(text))
    assert len(windows) > 1
    assert [(w.start, w.start + len(w.text)) for w in windows][-1][1] == len(text)
    for before, here in itertools.pairwise(windows):
        assert not text[before.start + len(before.text) : here.start].strip()


def test_a_window_of_more_pieces_than_fit_is_read_to_its_end() -> None:
    tagger = load_tagger()
    assert tagger is not None
    text = "by " * 300 + "and Strelsau wants the toll paid at once."
    last = tagger.tag([Window(text, 0, (0,))])
    assert last
    assert last[-1].end == len(text) - 1 or last[-1].end == len(text)


def test_tags_go_to_the_sentence_that_holds_them() -> None:
    text = 'Hentzau spoke. "We will leave the pass. We want gold now," he said. Strelsau waited.'
    page = page_of(text)

    def tag(words: str) -> Tag:
        at = text.index(words)
        return Tag(at, at + len(words), "demand", "direct", False, 0.9)

    tags = Tags(page, [tag("We want gold now"), tag("Strelsau waited")])
    inner = next(s for s in page.inner if text[s.span.start :].startswith("We want"))
    outer = next(s for s in page.outer if text[s.span.start :].startswith("Strelsau"))
    assert [t.start for t in tags.of(inner)] == [text.index("We want")]
    assert [t.start for t in tags.of(outer)] == [text.index("Strelsau waited")]
    assert sum(len(tags.of(s)) for s in (*page.outer, *page.inner)) == 2


def test_the_model_ships_and_says_what_made_it() -> None:
    tagger = load_tagger()
    assert tagger is not None
    assert len(tagger.version) == 8
    reading = read(RURITANIA)
    (statement,) = reading.statements
    assert statement.type == "precondition"
    assert "tagger" in statement.extractor


def test_reading_twice_gives_the_same() -> None:
    text = "Strelsau offered to reopen the bridge. Hentzau fears a raid from the south."
    assert read(text) == read(text)


def test_without_a_model_the_rules_read(monkeypatch: pytest.MonkeyPatch) -> None:
    reading_module = import_module("detente.reading.read")
    monkeypatch.setattr(reading_module, "load_tagger", lambda: None)
    alone = read(RURITANIA)
    assert alone == read(RURITANIA, rules_only=True)
    assert [s.extractor for s in alone.statements] == ["rules"]
    assert reading_module.reader_name() == reading_module.reader_name(rules_only=True)


def test_a_model_for_other_heads_is_refused() -> None:
    with pytest.raises(ValueError, match="other heads"):
        Tagger(b"", "{}", {"heads": [["outer", "O"]], "model": "0"})
    json.dumps([[h.name, *h.labels] for h in HEADS])


def test_a_tag_of_half_words_gives_whole_ones() -> None:
    text = "Strelsau demanded the reopening of the old sturgeon market."

    class Halves:
        def tag(self, windows: object) -> list[Tag]:
            return [Tag(3, text.index("geon"), "demand", "indirect", False, 0.99)]

    (statement,) = read(text, tagger=Halves()).statements  # type: ignore[arg-type]
    assert statement.text == "Strelsau demanded the reopening of the old sturgeon"


def test_the_author_speaks_only_in_the_author_s_voice() -> None:
    for negotiation in list(load_corpus(TEXTS).values())[::9]:
        for article in negotiation.articles:
            for statement in read(article.text).statements:
                assert (statement.speaker == "author") <= (statement.attribution == "author")
                assert article.text[statement.start : statement.end] == statement.text
