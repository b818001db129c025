"""Colours: text can be read, parties can be told apart, whoever looks and whatever prints."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from detente.report.figures.colours import (
    DARK,
    LIGHT,
    PARTY_COLOURS,
    Theme,
    contrast,
    luminance,
    on,
)

THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])

# Machado, Oliveira and Fernandes (2009), severity 1.0, on linear RGB.
SEEN = {
    "all": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}


def linear(colour: str) -> np.ndarray:
    parts = np.array([int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def oklab(rgb: np.ndarray) -> np.ndarray:
    """Ottosson (2020): equal distances look about equally different."""
    to_lms = np.array(
        [
            [0.4122214708, 0.5363325363, 0.0514459929],
            [0.2119034982, 0.6806995451, 0.1073969566],
            [0.0883024619, 0.2817188376, 0.6299787005],
        ]
    )
    to_lab = np.array(
        [
            [0.2104542553, 0.7936177850, -0.0040720468],
            [1.9779984951, -2.4285922050, 0.4505937099],
            [0.0259040371, 0.7827717662, -0.8086757660],
        ]
    )
    return to_lab @ np.cbrt(to_lms @ np.clip(rgb, 0, None))


def test_contrast_of_black_and_white_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert luminance("#ffffff") == pytest.approx(1)


@THEMES
def test_text_has_contrast_on_everything_it_stands_on(theme: Theme) -> None:
    for colour in (theme.ink, theme.grey):
        for ground in (theme.paper, theme.zone):
            assert contrast(colour, ground) >= 4.5
    assert contrast(theme.accent, theme.paper) >= 4.5


@THEMES
def test_letters_have_contrast_on_their_discs(theme: Theme) -> None:
    for colour in (*theme.parties, theme.ink):
        assert contrast(on(colour), colour) >= 4.5


@THEMES
def test_lines_of_parties_have_contrast_on_the_paper(theme: Theme) -> None:
    assert len(theme.parties) == PARTY_COLOURS
    for colour in theme.parties:
        assert contrast(colour, theme.paper) >= 3


@THEMES
def test_party_colours_differ_in_grey_print(theme: Theme) -> None:
    for one, other in combinations(theme.parties, 2):
        assert contrast(one, other) >= 1.15, (one, other)


@THEMES
@pytest.mark.parametrize("sight", SEEN)
def test_party_colours_differ_for_every_sight(theme: Theme, sight: str) -> None:
    """0.02 is about what can just be noticed side by side."""
    seen = {colour: oklab(SEEN[sight] @ linear(colour)) for colour in theme.parties}
    for one, other in combinations(theme.parties, 2):
        assert float(np.linalg.norm(seen[one] - seen[other])) >= 0.06, (one, other)


@THEMES
def test_first_two_parties_differ_clearly_in_grey(theme: Theme) -> None:
    assert contrast(*theme.parties[:2]) >= 1.5


def test_ninth_party_takes_the_first_colour_again() -> None:
    assert LIGHT.party(8) == LIGHT.party(0)
