"""``detente serve``: its address, the port, Ctrl-C, and a kill in the middle of an edit."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from commandline import PROGRAM, Runner
from workbench import CASE

from detente.model.errors import DetenteError
from detente.web.serving import ADDRESS, Serving, listening
from detente.workspace.desk import Desk


@contextmanager
def served(folder: Path, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run the command in a process of its own; give it and the first line that it prints."""
    process = subprocess.Popen(
        [*PROGRAM, "serve", "--no-browser", "-w", str(folder / "work.db"), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "COLUMNS": "20", "DETENTE_REVIEWER": "ann"},
    )
    try:
        assert process.stdout is not None
        yield process, process.stdout.readline().rstrip("\n")
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate(timeout=20)


class Api:
    """A program that uses the interface."""

    def __init__(self, address: str) -> None:
        url = httpx.URL(address)
        headers = {"Authorization": f"Bearer {url.params['token']}"}
        self.client = httpx.Client(
            base_url=f"http://{url.host}:{url.port}/api/", headers=headers, trust_env=False
        )

    def __enter__(self) -> Api:
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close()

    def post(self, path: str, body: Any) -> Any:
        answer = self.client.post(path, json=body)
        assert answer.is_success, answer.text
        return answer.json()

    def get(self, path: str) -> Any:
        answer = self.client.get(path)
        assert answer.is_success, answer.text
        return answer.json()


def test_serve_prints_its_address_on_one_line_and_ends_quietly(tmp_path: Path) -> None:
    with served(tmp_path, "--port", "0") as (process, line):
        assert line.startswith(f"http://{ADDRESS}:")
        assert "/?token=" in line
        with httpx.Client(trust_env=False) as browser:
            answer = browser.get(line)
            assert answer.status_code == 303
            page = browser.get(str(httpx.URL(line).join(answer.headers["location"])))
            assert page.status_code == 200
        assert (tmp_path / "work.db").exists()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
        assert process.returncode == 0
        assert out == ""
        assert "Traceback" not in err
        assert "Ctrl-C" in err


def test_serve_is_reached_at_home_only(tmp_path: Path) -> None:
    desk = Desk(str(tmp_path / "work.db"), by="ann")
    serving = Serving(desk, 0)
    assert serving._socket.getsockname()[0] == "127.0.0.1"
    assert len(serving.token) >= 32
    other = Serving(desk, 0)
    assert other.token != serving.token
    for one in (serving, other):
        one._socket.close()
    desk.close()


def test_serve_says_when_the_port_is_taken(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with listening(0) as taken:
        port = taken.getsockname()[1]
        message = Runner(capsys).bad(
            "serve", "--no-browser", "--port", str(port), "-w", tmp_path / "work.db"
        )
    assert f"port {port} is taken" in message
    assert "--port" in message


def test_usual_port_gives_way_when_it_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    with listening(0) as taken:
        monkeypatch.setattr("detente.web.serving.USUAL_PORT", taken.getsockname()[1])
        with listening(None) as other:
            assert other.getsockname()[1] != taken.getsockname()[1]


@pytest.mark.parametrize("port", [-1, 65_536])
def test_port_that_is_none(port: int) -> None:
    with pytest.raises(DetenteError, match="is no port"):
        listening(port)


def test_serve_refuses_a_workspace_that_is_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x.db").write_text("not a database at all, but text" * 40)
    message = Runner(capsys).bad("serve", "--no-browser", "--port", "0", "-w", tmp_path / "x.db")
    assert "no workspace" in message


def test_address_as_json(tmp_path: Path) -> None:
    with served(tmp_path, "--port", "0", "--json") as (process, line):
        assert process.stdout is not None
        text = line
        while not text.rstrip().endswith("}"):
            text += process.stdout.readline()
        document = json.loads(text)
        assert document["address"].endswith(f":{document['port']}/?token={document['token']}")


def test_kill_in_the_middle_of_edits_loses_at_most_the_one_in_flight(tmp_path: Path) -> None:
    """What was answered is there after a kill; the case is whole; at most one edit more is."""
    acknowledged: list[str] = []
    with served(tmp_path, "--port", "0") as (process, line), Api(line) as api:
        case = api.post("cases", {"text": CASE})
        id = case["id"]
        enough = threading.Event()

        def edit() -> None:
            version = case["version"]
            for k in range(10_000):
                body = {"base": version, "edit": {"kind": "title", "title": f"Title {k}"}}
                try:
                    done = api.post(f"cases/{id}/edits", body)
                except httpx.HTTPError:
                    return
                version = done["version"]
                acknowledged.append(f"Title {k}")
                if k == 12:
                    enough.set()

        editing = threading.Thread(target=edit)
        editing.start()
        assert enough.wait(30)
        process.kill()  # SIGKILL, while the other thread goes on editing
        editing.join(20)
        assert not editing.is_alive()
    with served(tmp_path, "--port", "0") as (process, line), Api(line) as api:
        found = api.get(f"cases/{id}")
        titles = [
            version["what"].removeprefix("Named the case “").removesuffix("”.")
            for version in api.get(f"cases/{id}/history")["versions"][1:]
        ]
        assert titles[: len(acknowledged)] == acknowledged
        assert len(titles) - len(acknowledged) in (0, 1)
        assert found["model"]["title"] == titles[-1]
        edited = api.post(
            f"cases/{id}/edits",
            {"base": found["version"], "edit": {"kind": "title", "title": "After"}},
        )
        back = api.post(f"cases/{id}/undo", {"base": edited["version"]})
        assert back["text"] == found["text"]


def test_nothing_is_asked_of_any_other_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everything the workbench does works where no connection can be made."""
    from workbench import Bench

    def refused(*_: object) -> None:
        raise AssertionError("a connection was made")

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket.socket, "connect_ex", refused)
    monkeypatch.setattr(socket, "create_connection", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    bench = Bench(tmp_path / "work.db", tmp_path / "static")
    feed = (
        b'<?xml version="1.0"?><rss version="2.0"><channel><title>n</title><item><title>t</title>'
        b"<link>http://news.invalid/1</link><description>Ruritania demands that Graustark withdraw"
        b" its troops.</description></item></channel></rss>"
    )
    answer = bench.client.post("/api/documents/file?name=feed.xml", content=feed)
    assert bench.finish(answer.json())["state"] == "done"
    case = bench.keep()
    for path in ("states", "ladder", "diagnosis", "map", "map.svg"):
        assert bench.client.get(f"/api/cases/{case['id']}/{path}").status_code == 200
    assert bench.finish(bench.post(f"cases/{case['id']}/unlock", {}, 202))["state"] == "done"
    desk = bench.get("desk")
    assert desk["documents"] == 1
    bench.desk.close()


def test_front_end_that_is_not_built_says_how_to_get_it(tmp_path: Path) -> None:
    from workbench import Bench

    bench = Bench(tmp_path / "work.db", tmp_path / "none")
    page = bench.client.get("/")
    assert page.status_code == 200
    assert "make setup" in page.text
    assert "<script" not in page.text
    assert bench.client.get("/assets/app.js").status_code == 404
    bench.desk.close()
