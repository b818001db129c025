"""The style sheet of figures: light and dark, in one at-rule.

Readers that understand no custom properties (weasyprint, most converters) skip at-rules as a whole
and draw by the presentation attributes, which give the light figure.
"""

from __future__ import annotations

from detente.report.figures.colours import DARK, LIGHT, Theme, on

__all__ = ["STYLE"]

_RULES = """\
.dm .dm-paper{fill:var(--dm-paper)}
.dm .dm-ink{fill:var(--dm-ink)}
.dm .dm-grey{fill:var(--dm-grey)}
.dm .dm-accent{fill:var(--dm-accent)}
.dm .dm-box{fill:var(--dm-paper);stroke:var(--dm-rule)}
.dm .dm-zone{fill:var(--dm-zone)}
.dm .dm-strong,.dm .dm-ring{stroke:var(--dm-ink)}
.dm .dm-cross{stroke:var(--dm-accent)}
.dm .dm-line{stroke:var(--dm-p)}
.dm .dm-head{fill:var(--dm-p);stroke:var(--dm-p)}
.dm .dm-hollow{fill:var(--dm-paper)}
.dm .dm-disc{fill:var(--dm-p)}
.dm .dm-letter{fill:var(--dm-on)}
"""


def _theme(theme: Theme, within: str = "") -> str:
    names = ("paper", "ink", "grey", "rule", "zone", "accent")
    base = ";".join(f"--dm-{name}:{getattr(theme, name)}" for name in names)
    rules = [f"{within}.dm{{{base};color-scheme:light dark}}"]
    parties = [*theme.parties, theme.ink]
    for k, colour in enumerate(parties):
        name = "joint" if k == len(theme.parties) else f"p{k}"
        rules.append(f"{within}.dm .dm-{name}{{--dm-p:{colour};--dm-on:{on(colour)}}}")
    return "\n".join(rules) + "\n"


STYLE = (
    "@media all{\n"
    + _theme(LIGHT)
    + "@media screen and (prefers-color-scheme:dark){\n"
    + _theme(DARK)
    + "}\n"
    + _theme(LIGHT, "[data-theme=light] ")
    + _theme(DARK, "[data-theme=dark] ")
    + _RULES
    + "}"
)
"""Light, dark where the reader's system is, and what a page says by ``data-theme`` before both."""
