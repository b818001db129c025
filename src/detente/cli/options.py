"""The arguments that several commands share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal, TypeAlias

from cyclopts import Parameter, Token

__all__ = [
    "AsJson",
    "By",
    "CaseFile",
    "ConceptList",
    "Issue",
    "OneConcept",
    "Party",
    "Search",
    "Sequences",
    "Since",
    "Statements",
    "Target",
    "TypeList",
    "Unreviewed",
    "Until",
    "Variant",
    "Workspace",
    "listed",
    "reviewer",
    "whole",
]

CaseFile: TypeAlias = Annotated[str, Parameter(help="The case file.")]

AsJson: TypeAlias = Annotated[
    bool, Parameter(name="--json", negative=(), help="Print one JSON document and nothing else.")
]

ConceptList: TypeAlias = Annotated[
    str | None,
    Parameter(
        name="--concepts",
        metavar="LIST",
        help="Solution concepts, separated by commas: nash, gmr, smr, seq, sseq, sim. "
        "Without it, all that apply.",
    ),
]

Sequences: TypeAlias = Annotated[
    Literal["legal", "once", "single"],
    Parameter(
        name="--sequences",
        metavar="RULE",
        help="How the others may answer: nobody twice running (legal, the default), each party "
        "at most once, or by a single move.",
    ),
]


OneConcept: TypeAlias = Annotated[
    str,
    Parameter(
        name="--concept",
        metavar="CONCEPT",
        help="The solution concept by which states last: seq (the default), or nash, gmr, smr, "
        "sseq, sim.",
    ),
]

Target: TypeAlias = Annotated[
    str | None,
    Parameter(
        name="--to",
        metavar="STATE",
        help="The target: a state of the zone of agreement. Without it, the one of the headline.",
    ),
]

Variant: TypeAlias = Annotated[
    Literal["sequences", "merged"],
    Parameter(
        name="--variant",
        metavar="VARIANT",
        help="How a coalition moves: its members one after the other (sequences, the default), or "
        "as one player with one joint move (merged, the rule of GMCR+).",
    ),
]

Workspace: TypeAlias = Annotated[
    str | None,
    Parameter(
        name=["--workspace", "-w"],
        metavar="PATH",
        help="The workspace. Without it, $DETENTE_WORKSPACE, or detente.db in this folder.",
    ),
]

Statements: TypeAlias = Annotated[
    str | None,
    Parameter(
        name=["--workspace", "-w"],
        metavar="PATH",
        help="The workspace with the statements behind the case, to quote them. Without it, "
        "$DETENTE_WORKSPACE, or detente.db in this folder or beside the case, if there is one.",
    ),
]

By: TypeAlias = Annotated[
    str | None,
    Parameter(
        name="--by",
        metavar="NAME",
        help="Who decides. Without it, $DETENTE_REVIEWER, or the user's name.",
    ),
]

Party: TypeAlias = Annotated[
    str | None,
    Parameter(
        name="--party",
        metavar="PARTY",
        help="Only statements in which this party acts, is meant or speaks, by any of its names.",
    ),
]

Search: TypeAlias = Annotated[
    str | None,
    Parameter(
        name="--search",
        metavar="WORDS",
        help='Only statements with these words, the best first; "a phrase"; begin*.',
    ),
]

TypeList: TypeAlias = Annotated[
    str | None,
    Parameter(
        name="--type",
        metavar="TYPES",
        help="Only statements of these types, separated by commas, for instance offer,demand.",
    ),
]

Issue: TypeAlias = Annotated[
    str | None,
    Parameter(name="--issue", metavar="WORDS", help="Only statements on this issue."),
]

Unreviewed: TypeAlias = Annotated[
    bool,
    Parameter(
        name="--unreviewed",
        negative=(),
        help="Take proposed statements too, and say so everywhere.",
    ),
]

Since: TypeAlias = Annotated[
    str | None,
    Parameter(
        name="--since",
        metavar="DATE",
        help="Only documents of this day or later; 2019-05-28, 2019-05 or 2019.",
    ),
]

Until: TypeAlias = Annotated[
    str | None,
    Parameter(name="--until", metavar="DATE", help="Only documents of this day or earlier."),
]


def reviewer(by: str | None) -> str:
    """Return who decides: the name given, that of the environment, or that of the user."""
    import getpass
    import os

    if named := by or os.environ.get("DETENTE_REVIEWER"):
        return named
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def listed(text: str | None) -> list[str] | None:
    """Return the items of a list separated by commas."""
    return None if text is None else [item.strip() for item in text.split(",")]


def whole(_: object, tokens: Sequence[Token]) -> int:
    """Convert a whole number; cyclopts by itself would round 1.5."""
    text = tokens[0].value
    try:
        return int(text)
    except ValueError:
        raise ValueError(f"'{text}' is not a whole number") from None
