"""Web pages: fetched only when named, politely, and never from inside the user's network."""

from __future__ import annotations

import time
from email.message import Message
from urllib.parse import urljoin

from detente.model.errors import quoted
from detente.sources.addresses import Target, resolve, target
from detente.sources.exchange import AGENT, Answer, request
from detente.sources.robots import ALLOW_ALL, DENY_ALL, Robots, parse_robots
from detente.sources.types import Blob, SourceError, SourceOptions, notes, without_login

__all__ = ["Fetcher"]

_ROBOTS_BYTES = 500 * 2**10
_MOVED = frozenset({301, 302, 303, 307, 308})
_ADVICE = {
    401: "the page needs a login: save it in a browser and name the file",
    403: "the server refuses programs: save the page in a browser and name the file",
    404: "check the address",
    410: "the page was removed: check the address",
    429: "the server asks for patience: try again later",
}


class Fetcher:
    """Fetches addresses for one call of ``gather``; remembers each site's ``robots.txt``."""

    def __init__(self, options: SourceOptions) -> None:
        self._options = options
        self._robots: dict[str, Robots | SourceError] = {}
        self._last: dict[str, float] = {}

    def fetch(self, url: str) -> Blob:
        """Return the bytes of a page.

        Every address on the way, redirects included, is checked anew: its scheme, its host, what
        its host resolves to, and its site's ``robots.txt``.

        Raises:
            SourceError: if it may not, or cannot, be fetched.
        """
        deadline = time.monotonic() + self._options.total_timeout
        where = target(url)
        first = where.url
        for _ in range(self._options.max_redirects + 1):
            robots = self._rules(where, deadline)
            if not robots.allows(where.path):
                raise _forbidden(where, robots)
            deadline += self._wait(where, robots.delay)
            answer = self._ask(where, deadline)
            if answer.status not in _MOVED:
                return self._blob(answer, url, first, where)
            where = _next(answer, where)
        raise self._circle()

    def _ask(self, where: Target, deadline: float, cut_at: int | None = None) -> Answer:
        address = resolve(where, self._options)
        try:
            return request(where, address, self._options, deadline, cut_at=cut_at)
        finally:
            self._last[where.host] = time.monotonic()

    def _wait(self, where: Target, delay: float) -> float:
        """Wait until the host may be asked again; return the seconds waited."""
        last = self._last.get(where.host)
        if last is None:
            return 0.0
        seconds = last + max(self._options.pause, delay) - time.monotonic()
        if seconds <= 0:
            return 0.0
        time.sleep(seconds)
        return seconds

    def _rules(self, where: Target, deadline: float) -> Robots:
        known = self._robots.get(where.site)
        if known is None:
            try:
                known = self._read_robots(where, deadline)
            except SourceError as error:
                known = error  # a dead site is not asked once for each of its pages
            self._robots[where.site] = known
            self._last.pop(where.host, None)  # the page may follow its robots.txt at once
        if isinstance(known, SourceError):
            raise SourceError(known.what, rule=known.rule, hint=known.hint)
        return known

    def _read_robots(self, where: Target, deadline: float) -> Robots:
        here = target(f"{where.site}/robots.txt")
        for _ in range(self._options.max_redirects + 1):
            answer = self._ask(here, deadline, _ROBOTS_BYTES)
            if answer.status in _MOVED:
                here = _next(answer, here)
            elif answer.status == 200:
                return parse_robots(answer.data, AGENT)
            elif 400 <= answer.status < 500 and answer.status != 429:
                return ALLOW_ALL
            else:
                return DENY_ALL
        return ALLOW_ALL  # RFC 9309, 2.3.1.2: too many redirects count as "unavailable"

    def _circle(self) -> SourceError:
        return SourceError(
            f"the page redirects more than {self._options.max_redirects} times",
            hint="open it in a browser and name the address that it ends at",
        )

    def _blob(self, answer: Answer, name: str, first: str, where: Target) -> Blob:
        if answer.status != 200:
            hint = _ADVICE.get(answer.status, "try again later, or check the address")
            raise SourceError(
                f"the server answered {answer.status} {answer.reason}".rstrip(), hint=hint
            )
        media, charset = _declared(answer.headers)
        moved = None if where.url == first else f"redirected to {where.url}"
        return Blob(answer.data, name, where.url, media, charset, notes(moved))


def _next(answer: Answer, where: Target) -> Target:
    location = answer.headers.get("Location")
    if not location:
        raise SourceError("the server redirects to nowhere", hint="check the address")
    # Browsers forgive blanks in a Location; `target` forgives nothing, so they are encoded here.
    clean = location.strip().encode("latin-1", errors="replace").decode("utf-8", errors="replace")
    try:
        return target(urljoin(where.url, clean.replace(" ", "%20")))
    except ValueError:
        raise SourceError("the server redirects to no address", hint="check the address") from None
    except SourceError as error:
        raise SourceError(
            f"the server redirects to {quoted(without_login(clean))}: {error.what}",
            rule=error.rule,
            hint="check the address",
        ) from None


def _forbidden(where: Target, robots: Robots) -> SourceError:
    if robots is DENY_ALL:
        return SourceError(
            f"{where.site}/robots.txt cannot be read just now",
            rule="without its robots.txt, nothing is fetched from a site",
            hint="try again later, or save the page in a browser and name the file",
        )
    return SourceError(
        f"robots.txt of {quoted(where.host)} forbids programs to read {quoted(where.path)}",
        rule="robots.txt is honoured",
        hint="save the page in a browser and name the file",
    )


def _declared(headers: Message) -> tuple[str | None, str | None]:
    """Return the media type and the encoding that the headers declare."""
    if "Content-Type" not in headers:
        return None, None
    return headers.get_content_type(), headers.get_content_charset()
