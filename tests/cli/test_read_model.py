"""``read --model`` as a user meets it: off by default, asked once, every cost shown."""

from __future__ import annotations

import io
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from articles import TOLL
from commandline import PROGRAM, Done, Runner
from modelserver import ModelServer, completion, entry, good, model_server, said, status

KEY = "sk-s3cret-key"
TEXT = TOLL + "\n\nThe Lakeland envoy was blunt about the rebels' part in it.\n"
BLUNT = entry("blunt about the rebels' part in it", sentence=2, type="accusation",
              speaker="Lakeland envoy", actors=["Lakeland"], targets=["rebels"])  # fmt: skip
BOTH = entry("it would open the pass only after the toll was paid", type="precondition",
             speaker="Ruritania", actors=["Ruritania"])  # fmt: skip
INVENTED = entry("Lakeland will burn the barges", actors=["Lakeland"])


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DETENTE_WORKSPACE", raising=False)
    monkeypatch.delenv("DETENTE_MODEL_KEY", raising=False)
    (tmp_path / "news.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with model_server(said(BLUNT, BOTH, INVENTED)) as running:
        yield running


@pytest.fixture
def ask(run: Runner, here: Path, server: ModelServer) -> Any:
    """Read with the model of the server."""

    def ask(*words: str) -> Done:
        sources = [] if words and not words[0].startswith("-") else ["news.txt"]
        return run("read", *sources, *words, "--model", server.url, "--model-name", "small")

    return ask


def answer(monkeypatch: pytest.MonkeyPatch, text: str, terminal: bool = True) -> None:
    stdin = io.StringIO(text)
    monkeypatch.setattr(stdin, "isatty", lambda: terminal)
    monkeypatch.setattr("sys.stdin", stdin)


# ------------------------------------------------------------------ nothing without consent


def test_without_the_option_no_connection_is_made(
    run: Runner, here: Path, server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object, **__: object) -> None:
        pytest.fail("a socket was opened")

    monkeypatch.setattr(socket.socket, "connect", never)
    monkeypatch.setattr(socket, "create_connection", never)
    monkeypatch.setattr(socket, "getaddrinfo", never)
    monkeypatch.setenv("DETENTE_MODEL_KEY", KEY)
    found = run.good("read", "news.txt", "--json").json
    assert "model" not in found
    assert {s["extractor"].partition("+")[0] for s in found["statements"]} <= {"rules", "tagger"}
    assert server.connections == 0


def test_consent_is_asked_once_for_each_workspace_and_host(
    ask: Any, run: Runner, server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, "y\n")
    done = ask()
    assert done.status == 0
    assert done.err == (
        f"The text of 1 document, {len(TEXT)} characters, will be sent to {server.site} "
        "(this machine), to the model 'small'.\nAgree, for this host and detente.db? [y/N] "
    )
    Path("more.txt").write_text(TEXT + "Nobody was amused.\n")
    answer(monkeypatch, "")
    assert ask("more.txt").err == ""
    assert len(server.sent) == 2
    answer(monkeypatch, "n\n")
    assert ask("-w", "other.db").status == 2
    with model_server(said()) as other:
        answer(monkeypatch, "n\n")
        Path("third.txt").write_text(TEXT + "Nobody was there.\n")
        done = run("read", "third.txt", "--model", other.url, "--model-name", "small")
        assert done.status == 2
        assert other.site in done.err
        assert other.connections == 0
    assert len(server.sent) == 2


@pytest.mark.parametrize("typed", ["", "\n", "n\n", "no\n", "yesterday\n"])
def test_no_is_the_default_and_nothing_is_sent(
    ask: Any, run: Runner, server: ModelServer, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    answer(monkeypatch, typed)
    done = ask("--json")
    assert (done.status, done.out) == (2, "")
    assert f"nothing was sent to {server.site} (this machine): you did not agree" in done.err
    assert server.connections == 0
    assert run.good("statements", "--json").json["total"] == 0


def test_where_nobody_can_be_asked_one_message_says_how_to_agree(
    ask: Any, server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, "y\n", terminal=False)
    done = ask()
    assert done.status == 2
    assert done.err == (
        f"the text of 1 document, {len(TEXT)} characters, would be sent to {server.site} "
        "(this machine), and nobody can be asked: the input is no terminal\n"
        "  rule: text is sent to a host only with consent, given once for each workspace\n"
        "  next: add --yes to agree; nothing was sent\n"
    )
    assert server.connections == 0


def test_yes_agrees_and_is_remembered(
    ask: Any, server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = ask("--yes")
    assert done.status == 0
    assert f"goes to {server.site} (this machine): --yes was given" in done.err
    Path("news.txt").write_text(TEXT + "Nobody was amused.\n")
    answer(monkeypatch, "", terminal=False)
    assert ask().err == ""
    assert len(server.sent) == 2


def test_nothing_is_asked_where_nothing_would_be_sent(
    ask: Any, run: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask("--yes")
    with model_server(said()) as other:
        answer(monkeypatch, "", terminal=False)
        done = run.good("read", "news.txt", "--model", other.url, "--model-name", "small")
        assert "had nothing to read" in done.out
        assert other.connections == 0


# ------------------------------------------------------------------ what comes of it


def test_statements_cost_and_rejections_in_json(ask: Any, server: ModelServer) -> None:
    found = ask("--yes", "--json", "--model-price", "2,5").json
    by_text = {s["text"]: s for s in found["statements"]}
    blunt = by_text["blunt about the rebels' part in it"]
    assert (blunt["extractor"], blunt["state"]) == ("model", "proposed")
    assert TEXT[blunt["start"] : blunt["end"]] == blunt["text"]
    toll = by_text["it would open the pass only after the toll was paid"]
    assert toll["extractor"].endswith("+model")
    assert found["model"] == {
        "name": "small", "site": server.site, "requests": 1, "retries": 0,
        "prompt_tokens": 1000, "completion_tokens": 200, "unmetered": 0,
        "price": [2.0, 5.0], "cost": 0.003,
        "parts": 1, "unread": {}, "proposed": 3, "confirmed": 1, "added": 1,
        "rejected": {"quote-not-in-text": 1},
    }  # fmt: skip
    assert found["documents"][0]["extractor"].endswith("; model small, prompt 1")
    assert server.paths == ["/v1/chat/completions"]


def test_the_page_says_what_it_took(ask: Any, server: ModelServer) -> None:
    server.answers.insert(0, status(429, Retry_After="0"))
    out = " ".join(ask("--yes", "--model-price", "2,5").out.split())
    assert f"The model small at {server.site}: 1 request, 1 retry, " in out
    assert "1,000 tokens sent, 200 received, cost 0.003." in out
    assert "It proposed 3 statements: 1 new, 1 found by the other readers too, 1 rejected." in out
    assert "Rejected: quote not in the text (1)." in out


def test_without_prices_and_counts_no_cost_is_made_up(ask: Any, server: ModelServer) -> None:
    assert "cost" not in ask("--yes").out
    server.answers = [said(usage=None)]
    Path("news.txt").write_text(TEXT + "Nobody was amused.\n")
    done = ask("--json", "--model-price", "2,5").json["model"]
    assert (done["unmetered"], done["prompt_tokens"], done["cost"]) == (1, None, None)
    Path("news.txt").write_text(TEXT + "Nobody at all.\n")
    out = " ".join(ask("--model-price", "2,5").out.split())
    assert "1 answer without a count of tokens, cost unknown." in out


def test_the_key_is_sent_and_shown_nowhere(
    ask: Any, here: Path, server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DETENTE_MODEL_KEY", KEY)
    monkeypatch.setenv("DETENTE_DEBUG", "1")
    done = ask("--yes", "--json")
    server.answers = [status(400, f'{{"error": {{"message": "not with {KEY}"}}}}'.encode())]
    (here / "news.txt").write_text(TEXT + "Nobody was amused.\n")
    refused = ask()
    assert server.keys == [f"Bearer {KEY}"] * 2
    assert refused.status == 2
    assert "not with …" in refused.err
    assert KEY not in done.out + done.err + refused.out + refused.err
    assert not any(KEY.encode() in path.read_bytes() for path in here.iterdir())


def test_a_key_that_cannot_be_sent_is_not_shown(
    ask: Any, server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DETENTE_MODEL_KEY", f"{KEY}\r\nHost: elsewhere.example")
    message = ask("--yes").err
    assert "the key in $DETENTE_MODEL_KEY cannot be sent" in message
    assert KEY not in message
    assert server.connections == 0


# ------------------------------------------------------------------ readers and reading again


def test_reading_with_a_model_is_another_reader(
    ask: Any, run: Runner, here: Path, server: ModelServer
) -> None:
    def outcome(done: Done) -> str:
        (document,) = done.json["documents"]
        return str(document["outcome"])

    assert outcome(run.good("read", "news.txt", "--json")) == "new"
    assert outcome(ask("--yes", "--json")) == "again"
    assert outcome(ask("--json")) == "known"
    plain = run.good("read", "news.txt", "--json")
    assert outcome(plain) == "known"  # the model took nothing away from the others
    assert any(s["extractor"] == "model" for s in plain.json["statements"])
    other = ("--model", server.url, "--model-name", "large", "--json")
    assert outcome(run.good("read", "news.txt", *other)) == "again"
    assert outcome(ask("--rules-only", "--json")) == "again"
    rules = run.good("read", "news.txt", "--rules-only", "--json")
    assert outcome(rules) == "known"
    assert len(server.sent) == 3
    tagged = run.good("read", "news.txt", "--json")
    assert outcome(tagged) == "again"
    assert not any("model" in s["extractor"] for s in tagged.json["statements"])


def test_a_document_that_the_model_has_not_read_whole_is_asked_for_again(
    ask: Any, run: Runner, server: ModelServer
) -> None:
    server.answers = [good(completion("I am only a language model"))]
    done = ask("--yes", "--json")
    assert done.status == 2
    assert done.json["model"]["unread"] == {"not-json": 1}
    assert done.json["statements"]
    what = "the model has not read 1 of 1 part: the answer was no JSON as asked for"
    assert done.json["problems"] == [{"what": what, "where": "news.txt"}]
    assert f"news.txt: {what}" in done.err
    assert "could not be read" not in run.good("read", "news.txt").out
    server.answers = [said(BLUNT)]
    done = ask("--json")
    assert done.status == 0
    assert any(s["extractor"] == "model" for s in done.json["statements"])
    assert len(server.sent) == 2


# ------------------------------------------------------------------ what goes wrong


def test_what_was_read_before_the_endpoint_failed_is_kept(
    ask: Any, run: Runner, here: Path, server: ModelServer
) -> None:
    (here / "zebra.txt").write_text(TEXT + "Nobody was amused.\n")
    server.answers = [said(BLUNT), status(404)]
    done = ask("news.txt", "zebra.txt", "--yes")
    assert done.status == 2
    assert "in one document." in done.out
    assert "The model small" in done.out
    assert "'127.0.0.1' answered 404 Not Found\n  next: check --model-name" in done.err
    server.answers = [said()]
    again = ask("news.txt", "zebra.txt", "--json").json
    assert [d["outcome"] for d in again["documents"]] == ["known", "new"]
    assert len(server.sent) == 3


def test_an_endpoint_that_fails_at_once_is_one_message(
    ask: Any, run: Runner, server: ModelServer
) -> None:
    server.answers = [status(302, Location="https://elsewhere.example/")]
    done = ask("--yes", "--json")
    assert (done.status, done.out) == (2, "")
    assert "'127.0.0.1' redirects to 'https://elsewhere.example/'" in done.err
    assert "The model small" in done.err
    assert "Traceback" not in done.err
    assert server.connections == 1


def test_the_time_limit_is_the_one_asked_for(ask: Any, server: ModelServer) -> None:
    def stall(handler: BaseHTTPRequestHandler) -> None:
        server.over.wait(5)

    server.answers = [stall]
    started = time.monotonic()
    assert "'127.0.0.1' did not answer within 0.2 s" in ask("--yes", "--model-timeout", "0.2").err
    assert time.monotonic() - started < 3


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--model-name", "small"], "--model-name is of no use without --model"),
        (["--model-price", "1,2"], "--model-price is of no use without --model"),
        (["--model-timeout", "5"], "--model-timeout is of no use without --model"),
        (["--yes"], "--yes is of no use without --model"),
        (["--model", "http://127.0.0.1:9"], "--model-name is missing"),
        (["--model", "x", "--model-name", "m"], "'x' is no address of a language model"),
        (["--model", "http://models.example/v1", "--model-name", "m"], "without TLS"),
        (["--model", "http://127.0.0.1:9", "--model-name", " "], "' ' is no name of a model"),
        (["--model", "http://127.0.0.1:9", "--model-name", "m", "--model-price", "1"],
         "--model-price '1' is no pair of prices"),
        (["--model", "http://127.0.0.1:9", "--model-name", "m", "--model-price", "1,nan"],
         "--model-price '1,nan' is no pair of prices"),
        (["--model", "http://127.0.0.1:9", "--model-name", "m", "--model-timeout", "0"],
         "--model-timeout 0 is out of range"),
    ],
)  # fmt: skip
def test_options_that_do_not_fit_are_refused_before_anything_happens(
    run: Runner, here: Path, words: list[str], message: str
) -> None:
    text = run.bad("read", "news.txt", *words)
    assert message in text
    assert "  next: " in text or "  rule: " in text
    assert not (here / "detente.db").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals of POSIX")
def test_ctrl_c_keeps_what_was_read_and_says_what_it_took(
    run: Runner, here: Path, server: ModelServer
) -> None:
    (here / "zebra.txt").write_text(TEXT + "Nobody was amused.\n")
    server.answers = [said(BLUNT), lambda handler: server.over.wait(20) and None]
    process = subprocess.Popen(
        [*PROGRAM, "read", "news.txt", "zebra.txt", "--model", server.url,
         "--model-name", "small", "--yes"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=dict(os.environ),
    )  # fmt: skip
    for _ in range(300):
        if len(server.sent) == 2:
            break
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "The model small" in err
    assert "2 requests, 1,000 tokens sent, 200 received" in err
    assert "Traceback" not in err
    found = run.good("statements", "--json").json["statements"]
    assert {s["doc"] for s in found} == {"news.txt"}
    assert any(s["extractor"] == "model" for s in found)
