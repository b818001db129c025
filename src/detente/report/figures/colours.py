"""The colours of figures, in light and dark, and the arithmetic by which they are judged.

Eight party colours. Their luminances are steps of one geometric series, so that no two look alike
in grey print; their hues were searched so that they stay apart under the three dichromacies
(Machado, Oliveira and Fernandes 2009). A party keeps its hue in both themes. Colour is never the
only mark: a letter stands beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["DARK", "LIGHT", "PARTY_COLOURS", "Theme", "contrast", "luminance", "on"]

PARTY_COLOURS = 8
"""How many parties have a colour of their own; from the ninth on colours come back."""


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of one theme, as ``#rrggbb``.

    Attributes:
        paper: behind everything.
        ink: text, rings.
        grey: codes and other small text.
        rule: hairlines around states.
        zone: behind the states of the zone of agreement.
        accent: where a path breaks.
        parties: one for each party, in declared order; neighbours in the list differ most.
    """

    paper: str
    ink: str
    grey: str
    rule: str
    zone: str
    accent: str
    parties: tuple[str, ...] = field(default=())

    def party(self, number: int) -> str:
        """Return the colour of the party with this number (from 0)."""
        return self.parties[number % PARTY_COLOURS]


# fmt: off
LIGHT = Theme(
    paper="#ffffff", ink="#1a1a1a", grey="#5c5c5c", rule="#a6a6a6", zone="#f5f0e1",
    accent="#b3120e",
    parties=("#4061b6", "#c9840e", "#01462f", "#bb4792", "#6f2a8a", "#359268", "#933e02",
             "#272f3e"),
)

DARK = Theme(
    paper="#15181b", ink="#ececea", grey="#a8acb0", rule="#666b70", zone="#2d2a20",
    accent="#ff7a6e",
    parties=("#77a8fd", "#b16f01", "#b1e8be", "#e56fbc", "#e0bafd", "#369b76", "#fda17e",
             "#e8eefc"),
)
# fmt: on


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb``, 0 for black to 1 for white (WCAG 2)."""
    parts = (int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def on(colour: str) -> str:
    """Return black or white, whichever is easier to read on a colour (always 4.5:1 or more)."""
    return max("#000000", "#ffffff", key=lambda text: contrast(colour, text))
