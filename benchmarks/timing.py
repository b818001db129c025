"""Clocks and memory. Imports numpy only where it is needed, to keep the parent process small."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

__all__ = ["best_of", "child", "copy_seconds", "peak_mib"]

ROOT = Path(__file__).resolve().parent.parent


def best_of(work: Callable[[], object], least: int = 3, budget: float = 1.0) -> tuple[float, int]:
    """Run at least ``least`` times, then until ``budget`` seconds are over; best time and runs."""
    best, runs, spent = float("inf"), 0, 0.0
    while runs < least or (spent < budget and runs < 1000):
        start = time.perf_counter()
        work()
        seconds = time.perf_counter() - start
        best, runs, spent = min(best, seconds), runs + 1, spent + seconds
    return best, runs


def copy_seconds(cells: int) -> float:
    """Return the best time to copy one int32 array of so many numbers into another."""
    import numpy as np

    source, target = np.ones(cells, dtype=np.int32), np.zeros(cells, dtype=np.int32)
    inside = max(1, (1 << 16) // cells)  # short copies are timed together

    def work() -> None:
        for _ in range(inside):
            np.copyto(target, source)

    return best_of(work, least=7, budget=0.1)[0] / inside


def peak_mib(*, reset: bool = False) -> float:
    """Return the most memory that this process has used so far, or since the last reset.

    Args:
        reset: begin anew, and return what is in use now.
    """
    try:  # unlike ru_maxrss, not inherited from the parent
        if reset:
            Path("/proc/self/clear_refs").write_text("5")
        status = Path("/proc/self/status").read_text()
        return int(status.split("VmHWM:")[1].split()[0]) / 1024
    except OSError:
        import resource

        unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def child(module: str, *args: object) -> Any:
    """Run a module of this package in a fresh process and return the JSON that it prints."""
    command = [sys.executable, "-m", f"benchmarks.{module}", *map(str, args)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stderr}")
    return json.loads(done.stdout)


if __name__ == "__main__":
    print(json.dumps(copy_seconds(int(sys.argv[1]))))
