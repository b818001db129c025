"""Which addresses are public, and what an address may look like."""

from __future__ import annotations

import pytest

from detente.sources import SourceError
from detente.sources.addresses import is_public, is_url, target

IPV4 = """
0.0.0.0 10.1.2.3 100.64.0.1 127.0.0.1 127.1.2.3 169.254.169.254 172.16.0.1 192.0.2.1 192.168.1.1
198.18.0.1 224.0.0.1 240.0.0.1 255.255.255.255
"""
IPV6 = """
:: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:192.168.0.1 64:ff9b::7f00:1 2002:7f00:1:: 2002:a00:1::
2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:db8::1 fc00::1 fd12::1 fe80::1 fe80::1%eth0 fec0::1
ff02::1
"""
NOT_PUBLIC = [*IPV4.split(), *IPV6.split()]


@pytest.mark.parametrize("address", ["93.184.215.14", "8.8.8.8", "2606:2800:220:1::1"])
def test_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    NOT_PUBLIC,
)
def test_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("http://example.org", True),
        ("HTTPS://EXAMPLE.ORG/x", True),
        ("file:///x", True),
        ("C:\\news\\a.txt", False),
        ("a.txt", False),
        ("notes: a.txt", False),
        ("./http://x", False),
    ],
)
def test_is_url(name: str, expected: bool) -> None:
    assert is_url(name) is expected


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        ("http://Example.ORG", "http://example.org/"),
        ("https://example.org:443/a#b", "https://example.org/a"),
        ("https://example.org:80/a", "https://example.org:80/a"),
        ("http://example.org./a?b=ü&c=%20", "http://example.org/a?b=%C3%BC&c=%20"),
        ("http://bücher.example/ä", "http://xn--bcher-kva.example/%C3%A4"),
        ("http://[2606:2800::1]:8080/", "http://[2606:2800::1]:8080/"),
        ('http://example.org/"<>', "http://example.org/%22%3C%3E"),
    ],
)
def test_target_is_normal(url: str, clean: str) -> None:
    assert target(url).url == clean


@pytest.mark.parametrize(
    ("url", "what"),
    [
        ("http://", "no valid host name"),
        ("http:///path", "no valid host name"),
        ("http://exa mple.org/", "a space or a control character"),
        ("http://example.org/a\r\nHost: evil", "a space or a control character"),
        ("http://user@example.org/", "a user name or password"),
        ("http://user:hunter2@example.org/", "a user name or password"),
        ("http://example.org:99999/", "not a web address"),
        ("http://example.org:x/", "not a web address"),
        ("http://[::1/", "not a web address"),
        ("http://a..b/", "not a web address"),
        ("http://ex*mple.org/", "no valid host name"),
        ("gopher://example.org/", "'gopher://' is not read"),
        ("javascript://example.org/%0aalert(1)", "'javascript://' is not read"),
    ],
)
def test_target_refuses(url: str, what: str) -> None:
    with pytest.raises(SourceError, match=what) as caught:
        target(url)
    assert "hunter2" not in str(caught.value)
