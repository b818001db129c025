"""A workbench as tests use it: a desk, the application with its guard, and a browser."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from detente.web.app import create_app
from detente.web.security import Guard
from detente.workspace.desk import Desk

PORT = 8765
TOKEN = "token-of-the-tests"
HOME = f"http://127.0.0.1:{PORT}"

ARTICLE = """\
Talks between Ruritania and Graustark ended on Monday without a result.

Ruritania demands that Graustark withdraw its troops from the Zenda pass before any trade talks.
Graustark rejects the demand. It offers to open the border if Ruritania lifts its embargo.
Ruritania warned that it would close the pass unless Graustark withdraws its troops.
Graustark demands that Ruritania lift the embargo.
"""

CASE = """\
detente: 1
title: The Zenda pass   # a comment that stays
parties:
  ruritania:
    name: Ruritania
    options:
      embargo: {name: Lift the embargo, levels: [kept, eased, lifted]}
    preferences:
      priorities:
        - withdrawal
        # the embargo comes second
        - embargo = kept
  graustark:
    name: Graustark
    options:
      withdrawal: {name: Withdraw the troops}
    preferences:
      priorities:
        - embargo = lifted
        - embargo = eased
        - not withdrawal
status_quo: {embargo: kept, withdrawal: no}
"""


class Bench:
    """A workbench and a browser at it."""

    def __init__(self, path: Path, static: Path, **more: Any) -> None:
        self.desk = Desk(str(path), by="ann")
        self.app = create_app(self.desk, static)
        self.guard = Guard(self.app, TOKEN, PORT, **more)
        self.client = self.another()

    def another(self, **more: Any) -> TestClient:
        """Return one more browser that knows the token."""
        options = {"headers": {"Authorization": f"Bearer {TOKEN}"}, "base_url": HOME, **more}
        return TestClient(self.guard, follow_redirects=False, **options)

    def get(self, path: str, status: int = 200, **query: Any) -> Any:
        answer = self.client.get(f"/api/{path}", params=query)
        assert answer.status_code == status, answer.text
        return answer.json()

    def post(self, path: str, body: Any, status: int = 200) -> Any:
        answer = self.client.post(f"/api/{path}", json=body)
        assert answer.status_code == status, answer.text
        return answer.json()

    def keep(self, text: str = CASE, **more: Any) -> Any:
        return self.post("cases", {"text": text, **more}, 201)

    def edit(self, case: Any, status: int = 200, **edit: Any) -> Any:
        body = {"base": case["version"], "edit": edit}
        return self.post(f"cases/{case['id']}/edits", body, status)

    def finish(self, job: Any, seconds: float = 30.0) -> Any:
        """Wait for a job to end."""
        end = time.monotonic() + seconds
        while job["state"] == "running" and time.monotonic() < end:
            time.sleep(0.01)
            job = self.get(f"jobs/{job['id']}")
        assert job["state"] != "running", job
        return job
