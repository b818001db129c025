"""One measurement, and what it should be."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["GMCR_PLUS", "Row"]

GMCR_PLUS = {
    2: {8: 0.07, 10: 0.76, 11: 6.4, 12: 21.7},
    3: {8: 0.13, 10: 2.2, 11: 13.4, 12: 51.7},
}
"""Seconds that GMCR+ took for Nash, GMR, SMR and SEQ: parties -> log2 of states -> seconds."""


@dataclass(frozen=True)
class Row:
    """One measurement.

    Attributes:
        group: which table it stands in: ``engine``, ``analysis`` or ``shell``.
        name: what was measured.
        kind: how payoffs were made, or the command.
        parties: number of parties.
        cells: combinations of levels, feasible or not.
        feasible: feasible states.
        seconds: best time of a run.
        runs: how many runs.
        copy_seconds: best time to copy one int32 array of ``cells`` numbers, in the same run.
        peak_mib: greatest memory in use, in MiB: above the inputs for the engine, of the whole
            process for commands.
        max_copies: limit for ``copies``, if there is one.
        max_seconds: limit for ``seconds``.
        max_mib: limit for ``peak_mib``.
        problem: why there is no measurement, or "".
    """

    group: str
    name: str
    kind: str
    parties: int
    cells: int
    feasible: int
    seconds: float
    runs: int
    copy_seconds: float
    peak_mib: float
    max_copies: float | None = None
    max_seconds: float | None = None
    max_mib: float | None = None
    problem: str = ""

    @property
    def copies(self) -> float:
        """Time as a multiple of copying one int32 array of the same size."""
        return self.seconds / self.copy_seconds if self.copy_seconds else float("nan")

    @property
    def gmcr_plus(self) -> float | None:
        """Seconds that GMCR+ took for as many states and parties."""
        size = self.cells.bit_length() - 1
        same = self.group == "engine" and 1 << size == self.cells
        return GMCR_PLUS.get(self.parties, {}).get(size) if same else None

    @property
    def target(self) -> str:
        """The limits, in words."""
        limits = []
        if self.max_copies is not None:
            limits.append(f"≤ {self.max_copies:g} copies")
        if self.max_seconds is not None:
            limits.append(f"< {self.max_seconds:g} s")
        if self.max_mib is not None:
            limits.append(f"≤ {self.max_mib:g} MiB")
        return ", ".join(limits)

    @property
    def passed(self) -> bool | None:
        """Whether every limit holds; ``None`` without limits."""
        if not self.target:
            return None
        return not self.problem and (
            (self.max_copies is None or self.copies <= self.max_copies)
            and (self.max_seconds is None or self.seconds < self.max_seconds)
            and (self.max_mib is None or self.peak_mib <= self.max_mib)
        )
