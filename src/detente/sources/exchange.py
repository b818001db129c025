"""One HTTP request to one checked address, with every wait and every size bounded.

``http.client`` parses the answer; the socket under it is ours, because the standard clients look
the host up again, follow redirects unchecked, and know no limit for the whole exchange.
"""

from __future__ import annotations

import http.client
import io
import socket
import ssl
import time
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from typing import TYPE_CHECKING, cast

from detente.model.errors import quoted
from detente.sources.addresses import Target
from detente.sources.types import SourceError, SourceOptions, too_large
from detente.sources.unpacking import inflate
from detente.version import __version__

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = ["AGENT", "USER_AGENT", "Answer", "connect", "request", "response_to"]

AGENT = "Detente"
USER_AGENT = f"{AGENT}/{__version__}"
_ACCEPT = "text/html,application/xhtml+xml,application/pdf,application/xml;q=0.9,*/*;q=0.8"
_STEP = 1 << 16


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server sent: its status, headers and (for status 200) body."""

    status: int
    reason: str
    headers: Message
    data: bytes


class _Reader(io.RawIOBase):
    """A socket whose every read ends at the deadline, or after some silence."""

    def __init__(self, sock: socket.socket, silence: float, deadline: float) -> None:
        self._sock = sock
        self._silence = silence
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._sock.settimeout(min(self._silence, left))
        return self._sock.recv_into(buffer)


class _Socket:
    """The one method of a socket that ``http.client.HTTPResponse`` uses."""

    def __init__(self, reader: _Reader) -> None:
        self._reader = reader

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(self._reader, _STEP)


def request(
    where: Target,
    address: str,
    options: SourceOptions,
    deadline: float,
    *,
    cut_at: int | None = None,
) -> Answer:
    """Send a GET request and read the answer.

    Args:
        where: what to ask for.
        address: the IP address to connect to.
        options: the limits.
        deadline: when to give up, by ``time.monotonic``.
        cut_at: if given, read so many bytes and ignore the rest; else a body above
            ``options.max_bytes`` is an error.

    Raises:
        SourceError: if there is no complete answer within the limits.
    """
    host = quoted(where.host)
    try:
        with connect(where, address, options.connect_timeout, deadline) as sock:
            sock.sendall(_head(where))
            with response_to("GET", sock, options.read_timeout, deadline) as response:
                response.begin()
                data = b""
                if response.status == 200:
                    data = _body(response, options, cut_at)
                return Answer(response.status, response.reason, response.headers, data)
    except TimeoutError:
        late = time.monotonic() >= deadline
        what = (
            f"{host} did not finish within {options.total_timeout:g} s"
            if late
            else f"{host} was silent for {options.read_timeout:g} s"
        )
        raise SourceError(
            what, hint="try again later, or save the page and name the file"
        ) from None
    except ssl.SSLCertVerificationError as error:
        raise SourceError(
            f"the certificate of {host} is not valid ({error.verify_message})",
            rule="a page is only read from the server that it claims to come from",
            hint="check the address",
        ) from None
    except http.client.HTTPException as error:
        kind = type(error).__name__
        raise SourceError(
            f"{host} broke off or does not speak HTTP ({kind})", hint="check the address"
        ) from None
    except OSError as error:
        reason = error.strerror or str(error) or type(error).__name__
        raise SourceError(
            f"the connection to {host} failed ({reason})", hint="check the address and the network"
        ) from None


def response_to(
    method: str, sock: socket.socket, silence: float, deadline: float
) -> http.client.HTTPResponse:
    """Return the answer on a socket, not begun yet; its reads end as the limits say.

    Args:
        method: the method of the request.
        sock: the socket; the caller closes it.
        silence: seconds that the server may be silent.
        deadline: when to give up, by ``time.monotonic``.
    """
    reader = _Reader(sock, silence, deadline)
    return http.client.HTTPResponse(cast("socket.socket", _Socket(reader)), method=method)


def connect(where: Target, address: str, patience: float, deadline: float) -> socket.socket:
    """Connect to one checked address, with TLS where the scheme asks for it.

    Args:
        where: what will be asked for.
        address: the IP address.
        patience: seconds for connecting and for the TLS handshake, each.
        deadline: when to give up, by ``time.monotonic``.

    Raises:
        SourceError: nobody answers in time.
    """

    def left() -> float:
        seconds = min(patience, deadline - time.monotonic())
        if seconds <= 0:
            raise TimeoutError
        return seconds

    try:
        sock = socket.create_connection((address, where.port), timeout=left())
    except TimeoutError:
        raise SourceError(
            f"{quoted(where.host)} does not answer", hint="check the address and the network"
        ) from None
    try:
        sock.settimeout(left())
        if where.scheme == "https":
            return ssl.create_default_context().wrap_socket(sock, server_hostname=where.host)
    except BaseException:
        sock.close()
        raise
    return sock


def _head(where: Target) -> bytes:
    lines = [
        f"GET {where.path} HTTP/1.1",
        f"Host: {where.site.partition('://')[2]}",
        f"User-Agent: {USER_AGENT}",
        f"Accept: {_ACCEPT}",
        "Accept-Encoding: gzip",
        "Accept-Language: en, *;q=0.5",
        "Connection: close",
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("ascii")


def _body(response: http.client.HTTPResponse, options: SourceOptions, cut_at: int | None) -> bytes:
    most = options.max_bytes if cut_at is None else cut_at
    length = response.length  # None where the server does not say
    if cut_at is None and length is not None and length > most:
        raise too_large(most)
    chunks = _chunks(response)
    encoding = (response.headers.get("Content-Encoding") or "identity").strip().lower()
    if encoding in ("gzip", "x-gzip"):
        chunks = inflate(chunks, options.max_ratio)
    elif encoding != "identity":
        raise SourceError(
            f"the server packed the page as {quoted(encoding)}, unasked",
            hint="save the page in a browser and name the file",
        )
    pieces: list[bytes] = []
    total = 0
    for chunk in chunks:
        pieces.append(chunk)
        total += len(chunk)
        if total > most:
            if cut_at is None:
                raise too_large(most)
            break
    return b"".join(pieces)[:most] if cut_at is not None else b"".join(pieces)


def _chunks(response: http.client.HTTPResponse) -> Iterator[bytes]:
    while chunk := response.read(_STEP):
        yield chunk
    if response.length:  # read does not say that something is missing
        raise http.client.IncompleteRead(b"", response.length)
