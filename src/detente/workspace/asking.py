"""A language model as a further reader: where it is, who agreed to that, and what it took."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from detente.model.errors import DetenteError, Where, counted, quoted
from detente.reading.gazetteer import Entry
from detente.reading.model.asking import ModelTally, Reply
from detente.reading.read import with_model
from detente.store import Store
from detente.store.consents import consented, give_consent
from detente.workspace.workers import Answer, read_one

if TYPE_CHECKING:
    from detente.sources import SourceText

__all__ = ["KEY", "Agree", "ModelUse", "Sending", "named_model", "with_consent"]

KEY = "DETENTE_MODEL_KEY"
"""The environment variable that holds the key. It is read from nowhere else and kept nowhere."""

_LONGEST_TIMEOUT = 3600.0
_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Sending:
    """What would leave the workspace, for the question whether it may.

    Attributes:
        model: the model's name.
        site: scheme, host and port.
        here: whether that is this machine.
        documents: how many documents are read by the model in this call.
        characters: the length of their texts.
        workspace: where the answer is remembered.
    """

    model: str
    site: str
    here: bool
    documents: int
    characters: int
    workspace: str


Agree = Callable[[Sending], str]
"""Returns how consent was given (``asked``, ``option``), or raises: then nothing is sent."""


class ModelUse:
    """A language model during one call of ``detente read``.

    Args:
        url: base URL of an OpenAI-compatible API.
        name: the name that the server knows the model by.
        timeout: seconds for one attempt of one request.
        price: ``IN,OUT`` for a million tokens, or ``None``.
        plain_hosts: hosts that may be asked without TLS though they are elsewhere.

    Attributes:
        name: the model's name.
        site: scheme, host and port of the endpoint.
        stopped: why the model is asked no more, if so.
        problems: documents of which it has not read every part, each with a message.

    Raises:
        DetenteError: one of these, or the key, breaks a rule. Nothing is sent or looked up.
    """

    def __init__(
        self,
        url: str,
        name: str,
        *,
        timeout: float = 120.0,
        price: str | None = None,
        plain_hosts: Iterable[str] = (),
    ) -> None:
        from detente.sources.model_address import endpoint, is_here
        from detente.sources.model_endpoint import Endpoint
        from detente.sources.model_wire import Limits

        if not name.strip() or not name.isprintable() or len(name) > 200:
            raise DetenteError(
                f"{quoted(name)} is no name of a model",
                rule="a name is at most 200 printable characters",
                hint="give the name that the server knows the model by",
            )
        if not 0 < timeout <= _LONGEST_TIMEOUT:
            raise DetenteError(
                f"--model-timeout {timeout:g} is out of range",
                rule=f"seconds, more than 0 and at most {_LONGEST_TIMEOUT:,.0f}",
            )
        self.name = name.strip()
        self.stopped: DetenteError | None = None
        self.problems: list[DetenteError] = []
        self._price = None if price is None else _prices(price)
        self._tally = ModelTally()
        plain = frozenset(plain_hosts)
        where = endpoint(url, plain)
        self.site = where.site
        self.here = is_here(where)
        limits = Limits(timeout=timeout, plain_hosts=plain)
        self._endpoint = Endpoint(where, self.name, _key(), limits)

    def reader(self, base: str) -> str:
        """Return the name of the reader that this model makes of another one."""
        return with_model(base, self.name)

    def read(
        self, text: str, name: str, entries: Sequence[Entry], rules_only: bool
    ) -> Answer | None:
        """Read one text; return ``None`` if the model cannot be asked: ``stopped`` says why."""
        from detente.sources.model_address import EndpointError

        try:
            answer = read_one(text, name, entries, rules_only, ask=self._ask)
        except EndpointError as error:
            self.stopped = error
            return None
        tally = answer[0].model
        if tally is not None:
            self._tally.add(tally)
            if tally.unread:
                self.problems.append(_unread(name, tally))
        return answer

    def _ask(self, messages: Sequence[Mapping[str, str]], schema: Mapping[str, Any]) -> Reply:
        answer = self._endpoint.ask(messages, schema)
        return Reply(answer.text, answer.whole)

    @property
    def asked(self) -> bool:
        """Tell whether anything was sent in this call."""
        return self._endpoint.usage.requests > 0

    def to_dict(self) -> dict[str, Any]:
        """Return what it took and what came of it, for JSON and for the page."""
        usage, tally = self._endpoint.usage, self._tally
        counted_any = usage.answers > usage.unmetered or not usage.answers
        cost = None
        if self._price is not None and not usage.unmetered:
            tokens = (usage.prompt_tokens, usage.completion_tokens)
            cost = sum(p * n for p, n in zip(self._price, tokens, strict=True)) / _MILLION
        return {
            "name": self.name,
            "site": self.site,
            "requests": usage.requests,
            "retries": usage.retries,
            "prompt_tokens": usage.prompt_tokens if counted_any else None,
            "completion_tokens": usage.completion_tokens if counted_any else None,
            "unmetered": usage.unmetered,
            "price": None if self._price is None else list(self._price),
            "cost": cost,
            "parts": tally.parts,
            "unread": dict(tally.unread),
            "proposed": tally.proposed,
            "confirmed": tally.confirmed,
            "added": tally.added,
            "rejected": dict(tally.rejected),
        }


def named_model(
    url: str | None,
    name: str | None,
    *,
    timeout: float | None = None,
    price: str | None = None,
    plain_hosts: Iterable[str] = (),
    yes: bool = False,
) -> ModelUse | None:
    """Return the model that a command line names; ``None`` if it names none.

    Args:
        url: what ``--model`` said; the others likewise.
        name: see :class:`ModelUse`, as for the next three.
        timeout: seconds, or ``None`` for the usual ones.
        price: the prices.
        plain_hosts: the hosts.
        yes: whether consent was given on the command line.

    Raises:
        DetenteError: an option is missing, or breaks a rule.
    """
    if url is None:
        options = {"name": name, "timeout": timeout, "price": price}
        given = [f"--model-{key}" for key, value in options.items() if value is not None]
        given += ["--yes"] if yes else []
        if given:
            raise DetenteError(
                f"{given[0]} is of no use without --model",
                rule="no text is sent anywhere unless --model names an endpoint",
                hint="add --model URL, or leave it out",
            )
        return None
    if name is None:
        raise DetenteError(
            "--model-name is missing",
            rule="--model says where the model is, --model-name which one; none is chosen for you",
            hint="add --model-name NAME, as the server calls the model",
        )
    more = {} if timeout is None else {"timeout": timeout}
    return ModelUse(url, name, price=price, plain_hosts=plain_hosts, **more)


def with_consent(
    store: Store,
    texts: Iterable[SourceText],
    use: ModelUse,
    fresh: Callable[[SourceText], bool],
    agree: Agree | None,
) -> Iterable[SourceText]:
    """Return the texts, once it is agreed that those not read before may be sent.

    Where consent was given before, they are passed through one by one. The first time, all are
    held in memory, to say how many they are before anything is sent.

    Args:
        store: the workspace, which remembers the consent.
        texts: the texts.
        use: the model.
        fresh: tells whether a text would be sent.
        agree: asks; ``None``: there is nobody to ask.

    Raises:
        DetenteError: it is not agreed.
    """
    if consented(store, use.site):
        return texts
    held = list(texts)
    sent = [text for text in held if fresh(text)]
    if not sent:
        return held
    sending = Sending(
        use.name,
        use.site,
        use.here,
        len(sent),
        sum(len(text.text) for text in sent),
        str(store.path),
    )
    if agree is None:
        raise DetenteError(
            f"nobody has agreed that text is sent to {use.site}",
            rule="text leaves the workspace only with consent, once for each host",
        )
    give_consent(store, use.site, agree(sending))
    return held


def _key() -> str | None:
    key = os.environ.get(KEY, "").strip()
    if not key:
        return None
    if re.fullmatch(r"[\x21-\x7e]+", key) is None:
        raise DetenteError(
            f"the key in ${KEY} cannot be sent",
            rule="a key is printable ASCII without spaces",
            hint="copy it again; it is not shown here on purpose",
        )
    return key


def _prices(text: str) -> tuple[float, float]:
    parts = text.split(",")
    try:
        numbers = [float(part) for part in parts]
    except ValueError:
        numbers = []
    if len(numbers) != 2 or not all(math.isfinite(n) and n >= 0 for n in numbers):
        raise DetenteError(
            f"--model-price {quoted(text)} is no pair of prices",
            rule="IN,OUT: what a million tokens of the questions and of the answers cost",
            hint="for instance --model-price 0.5,1.5",
        )
    return numbers[0], numbers[1]


_WHY = {
    "not-json": "no JSON as asked for",
    "cut-off": "broken off",
    "no-answer": "empty, or a refusal",
}


def _unread(name: str, tally: ModelTally) -> DetenteError:
    count = sum(tally.unread.values())
    why = ", ".join(_WHY[reason] for reason in tally.unread)
    return DetenteError(
        f"the model has not read {count:,} of {counted(tally.parts, 'part')}: the answer was {why}",
        where=Where(name),
        rule="what the other readers found, and the other parts, are kept",
        hint="run the same command again to ask again, or name another model",
    )
