"""One POST request to a language model, with every wait and every size bounded."""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from collections.abc import Collection
from dataclasses import dataclass
from email.message import Message

from detente.model.errors import quoted
from detente.sources.addresses import Target
from detente.sources.exchange import USER_AGENT, connect, response_to
from detente.sources.model_address import EndpointError, addresses
from detente.sources.types import SourceError, size

__all__ = ["Limits", "UnreachableError", "WireAnswer", "post"]

_STEP = 1 << 16


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits and permissions of asking.

    Attributes:
        timeout: seconds for one attempt, from the look-up of the host to the last byte.
        connect_timeout: seconds for the look-up, connecting and the TLS handshake, each.
        max_bytes: largest answer.
        retries: further attempts for one question.
        first_pause: seconds before the first of them; the pause doubles each time.
        longest_pause: longest pause, also if the server asks for a longer one.
        plain_hosts: hosts that may be asked without TLS though they are elsewhere.
    """

    timeout: float = 120.0
    connect_timeout: float = 10.0
    max_bytes: int = 8 * 2**20
    retries: int = 3
    first_pause: float = 1.0
    longest_pause: float = 60.0
    plain_hosts: Collection[str] = frozenset()


@dataclass(frozen=True, slots=True)
class WireAnswer:
    """What the server sent, whatever its status."""

    status: int
    reason: str
    headers: Message
    data: bytes


class UnreachableError(EndpointError):
    """There was no whole answer; another attempt may get one."""


def post(where: Target, body: bytes, key: str | None, limits: Limits) -> WireAnswer:
    """Send one request and read the answer. Redirects are not followed.

    Args:
        where: what to ask for.
        body: the JSON to send.
        key: sent as a bearer token; ``None`` if the server needs none.
        limits: the limits.

    Raises:
        UnreachableError: no connection, or it broke off.
        EndpointError: the certificate is not valid, or there is no answer within the limits.
    """
    host = quoted(where.host)
    deadline = time.monotonic() + limits.timeout
    try:
        return _exchange(where, body, key, limits, deadline)
    except TimeoutError:
        raise EndpointError(
            f"{host} did not answer within {limits.timeout:g} s",
            hint="allow it more time with --model-timeout, or name a faster model",
        ) from None
    except ssl.SSLCertVerificationError as error:
        raise EndpointError(
            f"the certificate of {host} is not valid ({error.verify_message})",
            rule="the text and the key go only to the server that was named",
            hint="check the address after --model",
        ) from None
    except ssl.SSLError as error:
        raise EndpointError(
            f"{host} does not speak TLS as it should ({error.reason or 'SSLError'})",
            hint="check the scheme and the port of the address after --model",
        ) from None
    except http.client.HTTPException as error:
        raise UnreachableError(
            f"{host} broke off or does not speak HTTP ({type(error).__name__})",
            hint="check the address after --model",
        ) from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UnreachableError(
            f"the connection to {host} failed ({reason})",
            hint="check that the server runs, and the address after --model",
        ) from None


def _exchange(
    where: Target, body: bytes, key: str | None, limits: Limits, deadline: float
) -> WireAnswer:
    with _connected(where, limits, deadline) as sock:
        sock.settimeout(max(0.001, deadline - time.monotonic()))
        sock.sendall(_head(where, len(body), key) + body)
        with response_to("POST", sock, limits.timeout, deadline) as response:
            response.begin()
            data = _body(response, quoted(where.host), limits.max_bytes)
            return WireAnswer(response.status, response.reason, response.headers, data)


def _connected(where: Target, limits: Limits, deadline: float) -> socket.socket:
    """Connect to the first address that answers: "localhost" has two, and servers use one."""
    problem: OSError | UnreachableError | None = None
    for address in addresses(where, limits.plain_hosts, limits.connect_timeout):
        try:
            return connect(where, address, limits.connect_timeout, deadline)
        except ssl.SSLError:
            raise
        except SourceError as error:  # nobody answers in time
            problem = UnreachableError(error.what, hint=error.hint)
        except OSError as error:
            problem = error
    assert problem is not None  # a host has an address, or the look-up says that it has none
    raise problem


def _head(where: Target, length: int, key: str | None) -> bytes:
    lines = [
        f"POST {where.path} HTTP/1.1",
        f"Host: {where.site.partition('://')[2]}",
        f"User-Agent: {USER_AGENT}",
        "Accept: application/json",
        "Accept-Encoding: identity",
        "Content-Type: application/json",
        f"Content-Length: {length}",
        "Connection: close",
    ]
    if key is not None:
        lines.append(f"Authorization: Bearer {key}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("ascii")


def _body(response: http.client.HTTPResponse, host: str, most: int) -> bytes:
    encoding = (response.headers.get("Content-Encoding") or "identity").strip().lower()
    if encoding != "identity":
        raise EndpointError(
            f"{host} packed its answer as {quoted(encoding)}, unasked",
            hint="turn that off in the server",
        )
    pieces: list[bytes] = []
    total = 0
    while chunk := response.read(_STEP):
        pieces.append(chunk)
        total += len(chunk)
        if total > most:
            raise EndpointError(
                f"the answer of {host} is larger than {size(most)}",
                hint="check the address after --model, or name another model",
            )
    if response.length:  # read does not say that something is missing
        raise http.client.IncompleteRead(b"", response.length)
    return b"".join(pieces)
