"""``robots.txt`` as RFC 9309 has it.

The standard library's parser takes the first rule that matches and knows no ``*``; the standard
says that the longest one counts, and many sites rely on it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote_to_bytes

__all__ = ["ALLOW_ALL", "DENY_ALL", "Robots", "parse_robots"]

_MOST_BYTES = 500 * 2**10
_MOST_DELAY = 30.0


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one site for us.

    Attributes:
        rules: pairs (path pattern, allowed).
        delay: seconds that the site wants between two requests.
    """

    rules: tuple[tuple[str, bool], ...] = ()
    delay: float = 0.0

    def allows(self, path: str) -> bool:
        """Tell whether a path, with its query, may be fetched: the longest matching rule counts."""
        wanted = _normal(path)
        if wanted == "/robots.txt":
            return True
        best, allowed = -1, True
        for pattern, allow in self.rules:
            length = len(pattern)
            if (length > best or (length == best and allow)) and _matches(pattern, wanted):
                best, allowed = length, allow
        return allowed


ALLOW_ALL = Robots()
DENY_ALL = Robots((("/", False),))


def parse_robots(data: bytes, agent: str) -> Robots:
    """Read the groups for ``agent``, or those for ``*`` if there are none.

    Args:
        data: the file; what goes beyond 500 KiB is ignored, as the standard allows.
        agent: product token, without a version.
    """
    groups: dict[str, list[tuple[str, bool]]] = {}
    delays: dict[str, float] = {}
    current: list[str] = []
    in_rules = True
    text = data[:_MOST_BYTES].decode("utf-8-sig", errors="replace")
    for line in re.split(r"\r\n|\r|\n", text):
        key, colon, value = line.partition("#")[0].partition(":")
        if not colon:
            continue
        key, value = key.strip().lower(), value.strip()
        if key == "user-agent":
            if in_rules:
                current, in_rules = [], False
            token = re.match(r"[A-Za-z_-]+|\*", value)
            if token:
                current.append(token[0].lower())
                groups.setdefault(current[-1], [])
        elif key in ("allow", "disallow"):
            in_rules = True
            if value:
                for name in current:
                    groups[name].append((_normal(value), key == "allow"))
        elif key == "crawl-delay" and re.fullmatch(r"\d{1,6}(\.\d{1,6})?", value):
            # No part of the standard, so it ends no list of agents.
            delays.update(dict.fromkeys(current, min(float(value), _MOST_DELAY)))
    ours = agent.lower() if agent.lower() in groups else "*"
    return Robots(tuple(groups.get(ours, ())), delays.get(ours, 0.0))


def _normal(path: str) -> str:
    """Return a path or pattern with every odd character percent-encoded in the same way."""
    kept = re.sub("%2f", "%252F", path, flags=re.IGNORECASE)  # %2F is not the slash
    return quote(unquote_to_bytes(kept), safe="/*$?=&%:@!'()+,;~")


def _matches(pattern: str, path: str) -> bool:
    anchored = pattern.endswith("$")
    pieces = pattern.removesuffix("$").split("*")
    if not path.startswith(pieces[0]):
        return False
    at = len(pieces[0])
    for piece in pieces[1:-1]:
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    if len(pieces) == 1:
        return not anchored or at == len(path)
    last = pieces[-1]
    if anchored:
        return path.endswith(last) and len(path) - len(last) >= at
    return path.find(last, at) >= 0
