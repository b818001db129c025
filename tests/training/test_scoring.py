"""Matching, agreement and scores on cases worked out by hand."""

from __future__ import annotations

import itertools
import random
from dataclasses import dataclass, replace

import pytest

from detente.reading import read
from training.agreement import _kappa
from training.annotation import load_corpus
from training.check import TEXTS
from training.scoring import f1, matched, overlap, party_key, same_words, score


@dataclass(frozen=True)
class Piece:
    start: int
    end: int


def test_overlap_is_intersection_over_union() -> None:
    assert overlap(Piece(0, 10), Piece(5, 15)) == pytest.approx(5 / 15)
    assert overlap(Piece(0, 10), Piece(10, 15)) == 0
    assert overlap(Piece(2, 4), Piece(2, 4)) == 1


def test_matching_is_one_to_one_and_takes_the_best_first() -> None:
    gold = [Piece(0, 10), Piece(0, 12)]
    found = [Piece(0, 12), Piece(0, 7), Piece(40, 50)]
    assert matched(gold, found) == [(gold[1], found[0]), (gold[0], found[1])]
    assert matched(gold, found, lambda g, f: False) == []


def test_matching_never_pairs_below_a_half_and_never_twice() -> None:
    rng = random.Random(3)
    for _ in range(200):
        gold, found = (
            [Piece(s, s + rng.randint(1, 9)) for s in rng.choices(range(20), k=rng.randint(0, 5))]
            for _ in range(2)
        )
        pairs = matched(gold, found)
        assert all(overlap(g, f) >= 0.5 for g, f in pairs)
        most = (
            max(
                (
                    sum(overlap(g, f) >= 0.5 for g, f in zip(gold, order, strict=False))
                    for order in itertools.permutations(
                        [*found, *[Piece(99, 100)] * len(gold)], len(gold)
                    )
                ),
                default=0,
            )
            if len(found) + len(gold) <= 6
            else len(pairs)
        )
        assert len(pairs) <= most


def test_f1() -> None:
    assert f1(3, 4, 6) == pytest.approx(0.6)
    assert f1(0, 0, 0) == 1


def test_kappa_is_agreement_beyond_chance() -> None:
    assert _kappa([("a", "a"), ("b", "b")]) == 1
    assert _kappa([("a", "a"), ("a", "b"), ("b", "a"), ("b", "b")]) == pytest.approx(0)
    # 4 of 5 agree; chance 0.6 * 0.4 + 0.4 * 0.6 = 0.48
    pairs = [("a", "a"), ("a", "a"), ("a", "b"), ("b", "b"), ("b", "b")]
    assert _kappa(pairs) == pytest.approx((0.8 - 0.48) / 0.52)


def test_words_and_names() -> None:
    assert same_words("the last soldier leaves", "the last soldier has left")
    assert not same_words("a ceasefire", "talks resume")
    assert party_key("the French government") == party_key("France")


def test_a_perfect_reader_scores_one_and_a_silent_one_nothing() -> None:
    corpus = [load_corpus(TEXTS)["beagle-1984"]]
    silent = score(
        corpus, lambda text, doc: replace(read(text, doc, rules_only=True), statements=())
    )
    figures = silent.figures()
    assert figures["statement F1"] == figures["statement recall"] == 0
    assert len(silent.gold) > 50

    by_text = {a.text: a for n in corpus for a in n.articles}

    def perfect(text: str, doc: str):  # type: ignore[no-untyped-def]
        golds = [g for g in by_text[text].statements if g.repeat_of is None]
        return replace(read(text, doc, rules_only=True), statements=tuple(golds))

    figures = score(corpus, perfect).figures()
    assert set(figures.values()) == {1.0}
