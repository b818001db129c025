"""Start the server of the workbench on this machine, and end it quietly."""

from __future__ import annotations

import errno
import gc
import socket
import threading
import webbrowser
from collections.abc import Callable
from secrets import token_urlsafe
from typing import TYPE_CHECKING

from detente.model.errors import DetenteError

if TYPE_CHECKING:
    from detente.workspace.desk import Desk

__all__ = ["ADDRESS", "USUAL_PORT", "Serving", "listening", "settle_memory"]

ADDRESS = "127.0.0.1"
"""The only address that is listened on: nobody else's machine can reach it."""

USUAL_PORT = 8765
"""Tried first where no port was named, so that a bookmark mostly holds."""


def listening(port: int | None) -> socket.socket:
    """Return a socket that listens on a port of this machine.

    Args:
        port: the port; 0 for any free one; ``None`` for the usual one, or else any free one.

    Raises:
        DetenteError: the port is taken, or may not be used.
    """
    if port is not None and not 0 <= port <= 65_535:
        raise DetenteError(
            f"--port {port} is no port", rule="ports are 0 to 65535; 0 takes a free one"
        )
    tried = [USUAL_PORT, 0] if port is None else [port]
    problem: OSError | None = None
    for number in tried:
        found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            found.bind((ADDRESS, number))
            found.listen(128)
        except OSError as error:
            found.close()
            problem = error
            continue
        return found
    assert problem is not None
    taken = problem.errno == errno.EADDRINUSE
    raise DetenteError(
        f"port {tried[0]} is taken by another program"
        if taken
        else f"port {tried[0]} cannot be used: {problem.strerror}",
        rule="one program listens on a port",
        hint="leave --port out to take a free one, or end the other program",
    )


def settle_memory() -> None:
    """Let the memory's keeper leave alone what stays anyway: looking at it again takes 0.1 s."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


class Serving:
    """A server that is about to run.

    Args:
        desk: the workspace.
        port: as for :func:`listening`.

    Attributes:
        token: what who asks must know.
        port: the port that is listened on.

    Raises:
        DetenteError: the port cannot be used.
    """

    def __init__(self, desk: Desk, port: int | None = None) -> None:
        self.desk = desk
        self._socket = listening(port)
        self.port: int = self._socket.getsockname()[1]
        self.token = token_urlsafe(24)

    @property
    def address(self) -> str:
        """The address to open, with the token."""
        return f"http://{ADDRESS}:{self.port}/?token={self.token}"

    def run(self, announce: Callable[[str], None], *, browser: bool = True) -> None:
        """Serve until Ctrl-C.

        Args:
            announce: told the address once requests are answered.
            browser: whether to open it in a browser.
        """
        import uvicorn

        from detente.web.app import create_app
        from detente.web.security import Guard

        app = create_app(self.desk)
        config = uvicorn.Config(
            Guard(app, self.token, self.port),
            log_config=None,
            access_log=False,
            server_header=False,
            date_header=False,
            proxy_headers=False,
            ws="none",
            lifespan="off",
            timeout_graceful_shutdown=2,
        )
        server = uvicorn.Server(config)
        settle_memory()
        announce(self.address)
        if browser:
            # Some browsers only return when they are closed.
            opener = threading.Thread(target=_open, args=(self.address,), daemon=True)
            opener.start()
        try:
            server.run(sockets=[self._socket])
        except KeyboardInterrupt:
            pass
        finally:
            app.state.jobs.cancel_all()
            self._socket.close()
            self.desk.close()


def _open(address: str) -> None:
    try:
        webbrowser.open(address)
    except Exception:  # no browser here is no fault: the address was printed
        return
