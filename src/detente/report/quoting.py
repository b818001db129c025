"""The statements behind a case, as data: what is cited, and what of it is at hand.

Results carry only the ids of statements. The sentences are in a workspace, which may be at hand or
not; every document shows them by what stands here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

__all__ = ["NOTHING", "Evidence", "Quotation", "quoted_edges"]


@dataclass(frozen=True, slots=True)
class Quotation:
    """A statement as it is after the reviews.

    Attributes:
        id: its id.
        quote: the characters of its span, exactly as they stand in the document.
        doc: name of the document.
        date: day on which the document was published; ``None`` if that is not known.
        start, end: the span, in code points of the document.
        speaker: who says it.
        state: ``proposed``, ``accepted``, ``edited`` or ``rejected``.
        type: the type of statement.
    """

    id: str
    quote: str
    doc: str
    date: str | None
    start: int
    end: int
    speaker: str
    state: str
    type: str

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a case cites, and what of it was found.

    Attributes:
        cited: ids of statements, each once, in the order of the case file.
        found: those found, by id.
        workspace: the file in which they were looked up; ``None`` if none is at hand.
        outdated: a workspace that may have them, but was written by an older version.
    """

    cited: tuple[str, ...] = ()
    found: Mapping[str, Quotation] = field(default_factory=dict)
    workspace: str | None = None
    outdated: str | None = None

    @property
    def missing(self) -> tuple[str, ...]:
        """The ids that are cited and were not found."""
        return tuple(id for id in self.cited if id not in self.found)

    @property
    def rejected(self) -> tuple[str, ...]:
        """The ids that are cited though a review rejected the statement."""
        return tuple(id for id, own in self.found.items() if own.state == "rejected")

    def of(self, ids: Iterable[str]) -> list[Quotation]:
        """Return the quotations for some ids, each once; what was not found is left out."""
        return [self.found[id] for id in dict.fromkeys(ids) if id in self.found]

    def to_dict(self) -> dict[str, Any]:
        """Return what every JSON document about a case says of its evidence."""
        known = self.workspace is not None
        return {
            "evidence": {id: own.to_dict() for id, own in self.found.items()},
            "cited": {
                "ids": list(self.cited),
                "workspace": self.workspace,
                "not_found": list(self.missing) if known else None,
                "rejected": list(self.rejected) if known else None,
                "outdated": self.outdated,
            },
        }


NOTHING = Evidence()
"""No workspace was looked for."""


def quoted_edges(edges: Sequence[Mapping[str, Any]], evidence: Evidence) -> list[dict[str, Any]]:
    """Return precedence demands as plain data, each with the words of its first statement."""
    quoted = []
    for edge in edges:
        own = evidence.found.get(edge["statement"]) if edge["statement"] else None
        quoted.append(
            {
                **edge,
                "quote": own.quote if own else None,
                "doc": own.doc if own else None,
                "state": own.state if own else None,
            }
        )
    return quoted
