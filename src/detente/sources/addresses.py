"""Which addresses may be fetched: only public ones, unless the user named the host."""

from __future__ import annotations

import ipaddress
import queue
import re
import socket
import threading
from dataclasses import dataclass
from urllib.parse import quote, urlsplit, urlunsplit

from detente.model.errors import quoted
from detente.sources.types import SourceError, SourceOptions

__all__ = ["Target", "is_public", "is_url", "look_up", "resolve", "target"]

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_PUBLIC_RULE = "only public addresses are fetched"


@dataclass(frozen=True, slots=True)
class Target:
    """The parts of an address that a request needs.

    Attributes:
        url: the whole address, percent-encoded, without its fragment.
        scheme: ``http`` or ``https``.
        host: host name in ASCII, lower case, without brackets.
        port: the port.
        path: path and query.
    """

    url: str
    scheme: str
    host: str
    port: int
    path: str

    @property
    def site(self) -> str:
        """The scheme, host and port, as an address without a path."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = self.port == (443 if self.scheme == "https" else 80)
        return f"{self.scheme}://{host}" + ("" if usual else f":{self.port}")


def is_url(name: str) -> bool:
    """Tell whether a name is meant as an address rather than a file."""
    return re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", name) is not None


def target(url: str) -> Target:
    """Take an address apart.

    Raises:
        SourceError: if it is no address that may be fetched.
    """
    if re.search(r"[\x00-\x20\x7f]", url):
        raise SourceError(
            "the address contains a space or a control character",
            hint="check the address; write a space as %20",
        )
    try:
        parts = urlsplit(url)
        port = parts.port
        host = (parts.hostname or "").rstrip(".")
        ascii_host = host if ":" in host else host.encode("idna").decode("ascii").lower()
    except ValueError:  # UnicodeError too
        raise SourceError("this is not a web address", hint="check the address") from None
    if parts.scheme not in ("http", "https"):
        raise SourceError(
            f"{quoted(parts.scheme + '://')} is not read",
            rule="addresses start with http:// or https://",
            hint="name a file by its path, without a scheme",
        )
    if not ascii_host or re.search(r"[^a-z0-9.:%_-]", ascii_host):
        raise SourceError("the address has no valid host name", hint="check the address")
    if parts.username is not None or parts.password is not None:
        raise SourceError(
            "the address contains a user name or password",
            rule="addresses are kept with the statements, so they must hold no secrets",
            hint="download the page and name the file",
        )
    if port is None:
        port = 443 if parts.scheme == "https" else 80
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=-._~")
    query = quote(parts.query, safe="/?%:@!$&'()*+,;=-._~[]|")
    path_and_query = path + (f"?{query}" if query else "")
    found = Target("", parts.scheme, ascii_host, port, path_and_query)
    site = urlsplit(found.site)
    whole = urlunsplit((site.scheme, site.netloc, path, query, ""))
    return Target(whole, parts.scheme, ascii_host, port, path_and_query)


def is_public(address: str) -> bool:
    """Tell whether an IP address is reachable for everybody.

    Loopback, private, shared, link-local, multicast, reserved and unspecified addresses are not,
    nor are IPv6 addresses that stand for such an IPv4 address.
    """
    ip: _Address = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if inner is None and ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is None and ip.teredo is not None:
            return False
        if inner is not None:
            return is_public(str(inner))
        if ip.is_site_local:
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def resolve(where: Target, options: SourceOptions) -> str:
    """Return the one IP address to connect to, checked.

    The caller connects to this address and looks nothing up again: a name server that answers
    differently the second time gains nothing.

    Raises:
        SourceError: if the name is unknown, or any of its addresses is not public and the host is
            not among the private hosts that the user allowed.
    """
    found = look_up(where.host, where.port, options.connect_timeout)
    allowed = {host.lower().strip("[]") for host in options.private_hosts}
    if where.host not in allowed:
        for address in found:
            if not is_public(address):
                named = "" if address == where.host else f" ({address})"
                raise SourceError(
                    f"{quoted(where.host)}{named} is not a public address",
                    rule=_PUBLIC_RULE,
                    hint="if you trust it, allow this host as a private host",
                )
    return found[0]


def look_up(host: str, port: int, seconds: float) -> list[str]:
    """Ask the system for the addresses of a host, none of them checked.

    It has no time limit of its own, so a thread waits for it.

    Raises:
        SourceError: the name is unknown, or the answer takes longer than so many seconds.
    """
    answers: queue.SimpleQueue[list[str] | OSError | UnicodeError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answers.put([str(row[4][0]) for row in rows])
        except (OSError, UnicodeError) as error:
            answers.put(error)

    threading.Thread(target=ask, daemon=True, name="detente-resolve").start()
    try:
        answer = answers.get(timeout=seconds)
    except queue.Empty:
        raise SourceError(
            f"looking up {quoted(host)} took longer than {seconds:g} s",
            hint="check the network, and try again",
        ) from None
    if isinstance(answer, Exception) or not answer:
        raise SourceError(
            f"there is no host {quoted(host)}", hint="check the address and the network"
        )
    return answer
