"""Long work in threads: its progress, its result, and how to stop it."""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from detente.model.errors import DetenteError, quoted
from detente.store import UnknownError
from detente.web.errors import error_document

__all__ = ["Job", "Jobs", "StoppedError"]

_MOST_KEPT = 64


class StoppedError(Exception):
    """Raised within a job that was cancelled, where it cannot end otherwise."""


class Job:
    """One piece of work.

    Attributes:
        id: what it is called.
        kind: ``read``, ``unlock`` or ``sensitivity``.
        state: ``running``, ``done``, ``failed`` or ``cancelled``.
        about: what it works on.
        done, total: how far it is; ``total`` is ``None`` while unknown.
        words: what it does now.
        result: the answer, as data.
        kept: the answer as an object, for what is asked of it later.
        error: why it failed, as data.
    """

    def __init__(self, id: str, kind: str, about: str | None) -> None:
        self.id = id
        self.kind = kind
        self.about = about
        self.state = "running"
        self.done = 0
        self.total: int | None = None
        self.words = "starting"
        self.result: Any = None
        self.kept: Any = None
        self.error: dict[str, Any] | None = None
        self.begun = time.monotonic()
        self.ended: float | None = None
        self._cancelled = threading.Event()
        self._thread: threading.Thread | None = None

    def stop(self) -> bool:
        """Tell whether the work is to end."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Ask the work to end."""
        self._cancelled.set()

    def step(self, done: int, total: int | None, words: str) -> None:
        """Note how far the work is.

        Raises:
            StoppedError: it was cancelled.
        """
        self.done, self.total, self.words = done, total, words
        if self.stop():
            raise StoppedError

    def wait(self, seconds: float) -> bool:
        """Wait for the end; tell whether it came."""
        if self._thread is not None:
            self._thread.join(seconds)
        return self.state != "running"

    def to_dict(self) -> dict[str, Any]:
        """Return how it stands."""
        end = self.ended if self.ended is not None else time.monotonic()
        return {
            "id": self.id,
            "kind": self.kind,
            "about": self.about,
            "state": self.state,
            "done": self.done,
            "total": self.total,
            "words": self.words,
            "seconds": round(end - self.begun, 2),
            "result": self.result,
            "error": self.error,
        }

    def run(self, work: Callable[[Job], Any]) -> None:
        """Do the work in this thread and note how it ended."""
        try:
            self.result = work(self)
            self.state = "cancelled" if self.stop() else "done"
            self.words = "stopped; this is what was found so far" if self.stop() else "done"
        except StoppedError:
            self.state, self.words = "cancelled", "stopped"
        except DetenteError as error:
            self.error = error_document(error)
            self.state, self.words = "failed", error.what
        except Exception as error:
            import logging

            logging.getLogger("detente").error("fault in a job", exc_info=error)
            what = f"this is a fault in Détente, not in your input: {type(error).__name__}"
            self.error = {"what": what, "where": None, "rule": None, "next": None, "excerpt": None}
            self.state, self.words = "failed", what
        finally:
            self.ended = time.monotonic()

    def start(self, work: Callable[[Job], Any]) -> None:
        """Do the work in a thread of its own, which does not keep the server alive."""
        self._thread = threading.Thread(
            target=self.run, args=(work,), name=f"detente-{self.kind}", daemon=True
        )
        self._thread.start()


class Jobs:
    """The jobs of a server; of those that have ended, the last ones are remembered."""

    def __init__(self) -> None:
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._lock = threading.Lock()

    def start(self, kind: str, work: Callable[[Job], Any], about: str | None = None) -> Job:
        """Start a job."""
        job = Job(secrets.token_hex(6), kind, about)
        with self._lock:
            self._jobs[job.id] = job
            ended = [id for id, one in self._jobs.items() if one.state != "running"]
            for id in ended[: max(0, len(self._jobs) - _MOST_KEPT)]:
                del self._jobs[id]
        job.start(work)
        return job

    def get(self, id: str) -> Job:
        """Return a job.

        Raises:
            UnknownError: there is none of this id.
        """
        with self._lock:
            job = self._jobs.get(id)
        if job is None:
            raise UnknownError(
                f"there is no job {quoted(id)}",
                rule="jobs are remembered until the server ends, the last ones only",
                hint="start it again",
            )
        return job

    def all(self) -> list[Job]:
        """Return the jobs, the newest last."""
        with self._lock:
            return list(self._jobs.values())

    def cancel_all(self) -> None:
        """Ask every job to end."""
        for job in self.all():
            job.cancel()
