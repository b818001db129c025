"""What the tagger returns."""

from __future__ import annotations

from dataclasses import dataclass, replace

__all__ = ["Range", "Tag"]

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Tag:
    """One statement as the tagger sees it; ranges are offsets in the text it was given.

    Attributes:
        start: offset of its first character.
        end: offset after its last one.
        type: the likeliest of the eleven types.
        attribution: the likeliest of ``direct``, ``indirect``, ``author``.
        nested: whether it stands inside another one.
        confidence: mean probability of its pieces' labels, times that of the type.
        types: type to probability, the likeliest first.
        cue: the words that report or take the position.
        before: what must come first.
        after: what may only follow.
    """

    start: int
    end: int
    type: str
    attribution: str
    nested: bool
    confidence: float
    types: tuple[tuple[str, float], ...] = ()
    cue: Range | None = None
    before: Range | None = None
    after: Range | None = None

    @property
    def has_own_cue(self) -> bool:
        """Tell whether its own words take the position, not those of a reporting frame."""
        return self.cue is not None and self.start <= self.cue[0] < self.end

    def moved(self, by: int) -> Tag:
        """Return the tag with every offset moved."""
        start, end = self.start + by, self.end + by
        cue, before, after = (
            (part[0] + by, part[1] + by) if part is not None else None
            for part in (self.cue, self.before, self.after)
        )
        return replace(self, start=start, end=end, cue=cue, before=before, after=after)
