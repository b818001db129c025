"""Ask a language model behind an OpenAI-compatible endpoint, with retries, and count the cost."""

from __future__ import annotations

import email.utils
import json
import random
import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from detente.model.errors import counted, quoted
from detente.sources.addresses import Target
from detente.sources.model_address import EndpointError
from detente.sources.model_wire import Limits, UnreachableError, WireAnswer, post
from detente.sources.types import label, without_login

__all__ = ["Endpoint", "ModelAnswer", "Usage"]

_MOST_TOKENS = 10**12  # more is no count
_SEED = 0
_MOST_WORDS = 160  # of what a server says about an error


@dataclass(frozen=True, slots=True)
class ModelAnswer:
    """What a model said.

    Attributes:
        text: its words; empty if it refused.
        whole: whether it came to an end by itself, not at a limit of its length.
    """

    text: str
    whole: bool


@dataclass(slots=True)
class Usage:
    """What asking took.

    Attributes:
        requests: questions asked.
        retries: further attempts for them.
        answers: questions that were answered.
        unmetered: answers that did not say how many tokens they took.
        prompt_tokens: tokens of the questions, as the server counts them.
        completion_tokens: tokens of the answers.
    """

    requests: int = 0
    retries: int = 0
    answers: int = 0
    unmetered: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0


class Endpoint:
    """A model that can be asked, one question at a time.

    Args:
        where: what :func:`.endpoint` gave.
        model: the name that the server knows the model by.
        key: sent as a bearer token; it is shown nowhere.
        limits: the limits.
        sleep: waits for so many seconds.
        chance: gives a number from 0 to 1, for the jitter of the pauses.
        now: gives the time in seconds since 1970, for dates in ``Retry-After``.

    Attributes:
        usage: what it took so far.
    """

    def __init__(
        self,
        where: Target,
        model: str,
        key: str | None = None,
        limits: Limits | None = None,
        *,
        sleep: Callable[[float], object] = time.sleep,
        chance: Callable[[], float] = random.random,
        now: Callable[[], float] = time.time,
    ) -> None:
        self.usage = Usage()
        self._where = where
        self._host = quoted(where.host)
        self._model = model
        self._key = key
        self._limits = Limits() if limits is None else limits
        self._sleep = sleep
        self._chance = chance
        self._now = now

    def ask(self, messages: Sequence[Mapping[str, str]], schema: Mapping[str, Any]) -> ModelAnswer:
        """Ask one question and wait for the answer.

        Tried again, after a pause: no connection, one that broke off, and status 429 or 5xx. The
        pause is the one that the server asks for, or doubles each time.

        Args:
            messages: the messages, each with ``role`` and ``content``.
            schema: the JSON Schema of the answer.

        Raises:
            EndpointError: there is no answer; the message names the host and the next step.
        """
        body = json.dumps(
            {
                "model": self._model,
                "messages": list(messages),
                "temperature": 0,
                "seed": _SEED,
                "stream": False,
                "response_format": {
                    "type": "json_schema",
                    "json_schema": {"name": "statements", "strict": True, "schema": schema},
                },
            }
        ).encode("ascii")
        self.usage.requests += 1
        attempt = 1
        while True:
            wanted: float | None = None
            try:
                answer = post(self._where, body, self._key, self._limits)
                if answer.status == 200:
                    return self._read(answer.data)
                problem = self._refusal(answer)
                if answer.status != 429 and answer.status < 500:
                    raise problem
                wanted = self._asked_pause(answer)
            except UnreachableError as error:
                problem = error
            if attempt > self._limits.retries:
                tried = counted(attempt, "time")
                raise EndpointError(f"{problem.what}, {tried}", hint=problem.hint)
            if wanted is not None and wanted > self._limits.longest_pause:
                raise EndpointError(
                    f"{problem.what}, and asks to wait for {wanted:,.0f} s",
                    hint="run the same command again then; it goes on where it stopped",
                )
            self.usage.retries += 1
            self._sleep(self._pause(attempt) if wanted is None else wanted)
            attempt += 1

    def _pause(self, attempt: int) -> float:
        """Return the pause after an attempt: doubled each time, and up to half as long again."""
        pause = self._limits.first_pause * 2.0 ** (attempt - 1) * (1 + self._chance() / 2)
        return min(pause, self._limits.longest_pause)

    def _asked_pause(self, answer: WireAnswer) -> float | None:
        """Return the seconds that ``Retry-After`` asks for, given as a number or as a date."""
        given = (answer.headers.get("Retry-After") or "").strip()
        if re.fullmatch(r"\d{1,9}", given):
            return float(given)
        try:
            moment = email.utils.parsedate_to_datetime(given)
        except ValueError:
            return None
        return max(0.0, moment.timestamp() - self._now())

    def _refusal(self, answer: WireAnswer) -> EndpointError:
        """Return the message for a status that is no success."""
        status = f"{answer.status} {label(self._without_key(answer.reason), 40)}".rstrip()
        if 300 <= answer.status < 400:
            to = answer.headers.get("Location") or "nowhere"
            return EndpointError(
                f"{self._host} redirects to {quoted(without_login(self._without_key(to)))}",
                rule="the text goes only to the host that was named",
                hint="if you trust that address, name it with --model",
            )
        if answer.status in (401, 403):  # what it says may repeat a part of the key
            does = "asks for a key" if self._key is None else "does not accept the key"
            return EndpointError(
                f"{self._host} {does} ({status})", hint="put a valid key into $DETENTE_MODEL_KEY"
            )
        if answer.status == 404:
            hint = "check --model-name, and the base URL after --model: it mostly ends in /v1"
        elif answer.status == 429 or answer.status >= 500:
            hint = "run the same command again later; it goes on where it stopped"
        else:
            hint = (
                "check --model-name; the endpoint must support response_format 'json_schema', "
                "temperature 0 and a seed"
            )
        return EndpointError(f"{self._host} answered {status}{self._words(answer.data)}", hint=hint)

    def _words(self, data: bytes) -> str:
        """Return what the server says about an error, on one line and without the key."""
        text = data[:10_000].decode("utf-8", errors="replace")
        try:
            document = json.loads(text)
            error = document.get("error", document)
            said = error if isinstance(error, str) else error.get("message")
        except (ValueError, RecursionError, AttributeError):
            said = None if "<" in text else text  # a page of a proxy says nothing
        if not isinstance(said, str) or not said.strip():
            return ""
        return f": {label(self._without_key(said), _MOST_WORDS)}"

    def _without_key(self, text: str) -> str:
        return text.replace(self._key, "…") if self._key else text

    def _read(self, data: bytes) -> ModelAnswer:
        """Return the answer in a chat completion, and count its tokens."""
        try:
            document = json.loads(data)
            choice = document["choices"][0]
            message = choice["message"]
            text = message.get("content")
            finish = choice.get("finish_reason")
        except (ValueError, RecursionError, LookupError, TypeError, AttributeError):
            raise EndpointError(
                f"the answer of {self._host} is no chat completion",
                rule="--model names the base URL of an OpenAI-compatible API",
                hint="check the address after --model: it mostly ends in /v1",
            ) from None
        self._count(document.get("usage"))
        return ModelAnswer(text if isinstance(text, str) else "", finish != "length")

    def _count(self, usage: object) -> None:
        self.usage.answers += 1
        counts = [
            usage.get(name) if isinstance(usage, dict) else None
            for name in ("prompt_tokens", "completion_tokens")
        ]
        prompt, completion = (
            n if isinstance(n, int) and not isinstance(n, bool) and 0 <= n < _MOST_TOKENS else None
            for n in counts
        )
        if prompt is None or completion is None:
            self.usage.unmetered += 1
            return
        self.usage.prompt_tokens += prompt
        self.usage.completion_tokens += completion
