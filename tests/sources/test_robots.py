"""robots.txt, with the examples of RFC 9309."""

from __future__ import annotations

import pytest

from detente.sources.robots import ALLOW_ALL, DENY_ALL, parse_robots


def allows(rules: str, path: str) -> bool:
    return parse_robots(rules.encode(), "Detente").allows(path)


@pytest.mark.parametrize(
    ("rules", "path", "expected"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow: /", "/robots.txt", True),
        ("User-agent: other\nDisallow: /", "/a", True),
        ("User-agent: DETENTE\nDisallow: /", "/a", False),
        ("User-agent: Detente/2.0\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: detente\nAllow: /", "/a", True),
        ("User-agent: a\nUser-agent: detente\nDisallow: /x", "/x/y", False),
        ("User-agent: detente\nDisallow: /x\n\nUser-agent: detente\nDisallow: /y", "/y", False),
        # The longest rule counts, whatever the order; of equal ones, allow.
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True),
        ("User-agent: *\nAllow: /a/b\nDisallow: /a", "/a/c", False),
        ("User-agent: *\nDisallow: /a\nAllow: /a", "/a", True),
        # Wildcards.
        ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf?z", True),
        ("User-agent: *\nDisallow: /*/print", "/x/print/1", False),
        ("User-agent: *\nDisallow: /*?", "/x?y=1", False),
        ("User-agent: *\nDisallow: /x$", "/xy", True),
        ("User-agent: *\nDisallow: /a*b*a$", "/aba", False),
        ("User-agent: *\nDisallow: /ab*ba$", "/aba", True),
        # Encodings, comments, line ends, faults.
        ("User-agent: *\nDisallow: /caf\u00e9", "/caf%C3%A9", False),
        ("User-agent: *\nDisallow: /%7Ejoe", "/~joe", False),
        ("User-agent: *\nDisallow: /a%2Fb", "/a/b", True),
        ("User-agent: *\nDisallow: /a%2fb", "/a%2Fb", False),
        ("\ufeffUser-agent: *  # all\r\n disallow : /a # this\r", "/a", False),
        ("Disallow: /\nnonsense\nUser-agent: *\nSitemap: x\nDisallow: /b", "/a", True),
        ("User-agent: a\nCrawl-delay: 5\nUser-agent: detente\nDisallow: /x", "/x", False),
    ],
)
def test_rules(rules: str, path: str, expected: bool) -> None:
    assert allows(rules, path) is expected


def test_delay_is_read_and_bounded() -> None:
    def delay(value: str) -> float:
        return parse_robots(f"User-agent: *\nCrawl-delay: {value}".encode(), "Detente").delay

    assert delay("2.5") == 2.5
    assert delay("86400") == 30.0
    assert delay("soon") == delay("-1") == delay("nan") == 0.0


def test_two_answers_without_a_file() -> None:
    assert ALLOW_ALL.allows("/a")
    assert not DENY_ALL.allows("/a")


def test_hostile_file_takes_no_time() -> None:
    rules = "User-agent: *\n" + ("Disallow: /" + "*a" * 200 + "$\n") * 1000
    assert allows(rules, "/" + "a" * 2000 + "b")


def test_bytes_that_are_no_text() -> None:
    assert parse_robots(bytes(range(256)) * 100, "Detente").allows("/a")
