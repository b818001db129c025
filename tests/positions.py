"""Statements for tests of positions and drafts: invented, and random."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from detente.reading.positions import Evidence
from detente.reading.types import TYPES

PARTIES = ("Ruritania", "Strelsau", "Iran", "United States", "Taliban")
PHRASES = (
    "all its troops are withdrawn", "the last soldier has been airlifted", "a ceasefire",
    "the toll was paid", "it would open the pass", "negotiations will move ahead", "peace",
    "never recognise the island", "anything else", "lift the sanctions", "a political settlement",
    "that should end", "the obstacle is the occupation of the valley", "not attack the convoy",
    "release half of the prisoners", "pay for the bridge for good", "", "?!", "the", "It",
)  # fmt: skip


def evidence(
    type: str,
    text: str,
    actors: str = "",
    targets: str = "",
    *,
    id: str = "s1",
    doc: str = "news.txt",
    date: str = "2019-05-28",
    state: str = "accepted",
    edited: tuple[str, ...] = (),
    **more: Any,
) -> Evidence:
    """Make a statement; actors and targets are separated by commas."""
    fields = {
        "type": type,
        "text": text,
        "speaker": "unnamed",
        "actors": [name.strip() for name in actors.split(",") if name],
        "targets": [name.strip() for name in targets.split(",") if name],
        "before": None,
        "after": None,
        "condition": None,
        "issue": None,
        "modality": "asserted",
        "repeat_of": None,
        "start": 0,
        "end": len(text),
        **more,
    }
    return Evidence(id, doc, date, state, fields, frozenset(edited))


def order(before: str, after: str, actor: str, target: str = "", **more: Any) -> Evidence:
    """Make a precondition: ``after`` only once ``before``."""
    text = more.pop("text", f"{after} only after {before}")
    return evidence("precondition", text, actor, target, before=before, after=after, **more)


@st.composite
def statements(draw: st.DrawFn) -> list[Evidence]:
    """Draw up to a dozen statements of a handful of parties."""
    found = []
    names = st.lists(st.sampled_from([*PARTIES, "author", "world"]), max_size=2).map(",".join)
    for k in range(draw(st.integers(0, 12))):
        type = draw(st.sampled_from([row.name for row in TYPES]))
        ordered = type == "precondition" and draw(st.booleans())
        found.append(
            evidence(
                type,
                draw(st.sampled_from(PHRASES)),
                draw(names),
                draw(names),
                id=f"s{k}",
                state=draw(st.sampled_from(["accepted", "edited", "proposed"])),
                before=draw(st.sampled_from(PHRASES)) if ordered else None,
                after=draw(st.sampled_from(PHRASES)) if ordered else None,
                condition=draw(
                    st.sampled_from([None, None, "if the toll is paid", "unless peace"])
                ),
                issue=draw(st.sampled_from([None, "troops", "toll", "peace talks"])),
                edited=draw(st.sampled_from([(), ("issue",)])),
                start=10 * k,
                end=10 * k + 5,
            )
        )
    return found
