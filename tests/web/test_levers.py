"""Searches as jobs: progress, cancelling, scenarios."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Any

import pytest
from commandline import ROOT, TWO_STEP, Runner
from workbench import Bench

from detente.model.errors import DetenteError
from detente.store import UnknownError
from detente.web.jobs import Job, Jobs


def two_step(bench: Bench) -> Any:
    return bench.post("cases", {"shipped": "us-taliban-2019/two-step"}, 201)


def test_unlock_is_that_of_the_command(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    case = two_step(bench)
    job = bench.finish(bench.post(f"cases/{case['id']}/unlock", {}, 202))
    assert (job["state"], job["kind"], job["about"]) == ("done", "unlock", case["id"])
    assert job["done"] > 0
    said = Runner(capsys).good("unlock", TWO_STEP, "--json").json
    assert job["result"]["levers"] == said["levers"]
    assert job["result"]["case_version"] == case["version"]
    lever = job["result"]["levers"][0]
    assert lever["number"] == 1
    assert lever["words"]
    assert {"name", "words"} == set(lever["rows"][0])


def test_sensitivity_is_that_of_the_command(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    case = two_step(bench)
    job = bench.finish(bench.post(f"cases/{case['id']}/sensitivity", {}, 202))
    said = Runner(capsys).good("sensitivity", TWO_STEP, "--json").json
    assert job["result"]["preferences"] == said["preferences"]
    assert job["result"]["sentence"] == said["sentence"]


def test_search_that_cannot_be_made_fails_with_a_message(bench: Bench) -> None:
    case = two_step(bench)
    job = bench.finish(bench.post(f"cases/{case['id']}/unlock", {"to": "99"}, 202))
    assert (job["state"], job["result"]) == ("failed", None)
    assert "99" in job["error"]["what"]
    bench.post("cases/c99/unlock", {}, 404)
    bench.post(f"cases/{case['id']}/unlock", {"size": 0}, 422)
    bench.post(f"cases/{case['id']}/unlock", {"budget": -1.0}, 422)
    bench.post("cases/c99/sensitivity", {}, 404)


def test_search_is_cancelled_and_shows_what_it_found(bench: Bench) -> None:
    text = (ROOT / "cases/us-taliban-2019/full.yaml").read_text(encoding="utf-8")
    case = bench.keep(text)
    job = bench.post(f"cases/{case['id']}/unlock", {"size": 3}, 202)
    end = time.monotonic() + 30
    while not job["done"] and time.monotonic() < end:
        job = bench.get(f"jobs/{job['id']}")
        time.sleep(0.01)
    assert job["state"] == "running"
    assert [own["id"] for own in bench.get("desk")["jobs"]] == [job["id"]]
    answer = bench.client.delete(f"/api/jobs/{job['id']}")
    assert answer.status_code == 200
    job = bench.finish(answer.json())
    assert job["state"] == "cancelled"
    assert job["result"]["searched"]
    assert bench.get("desk")["jobs"] == []


def test_editing_goes_on_while_a_search_runs(bench: Bench) -> None:
    text = (ROOT / "cases/us-taliban-2019/full.yaml").read_text(encoding="utf-8")
    case = bench.keep(text)
    job = bench.post(f"cases/{case['id']}/unlock", {"size": 3}, 202)
    edited = bench.edit(case, kind="title", title="Meanwhile")
    assert edited["model"]["title"] == "Meanwhile"
    assert bench.get(f"jobs/{job['id']}")["state"] == "running"
    bench.client.delete(f"/api/jobs/{job['id']}")
    bench.finish(job)


def test_job_that_is_not_there(bench: Bench) -> None:
    bench.get("jobs/none", 404)
    assert bench.client.delete("/api/jobs/none").status_code == 404


def test_lever_becomes_a_scenario(bench: Bench) -> None:
    case = two_step(bench)
    job = bench.finish(bench.post(f"cases/{case['id']}/unlock", {}, 202))
    levers = job["result"]["levers"]
    # Joint moves are arrangements that a case file has no place for.
    number = next(
        lever["number"]
        for lever in levers
        if lever["opens"] and all(c["lever"] != "joint-move" for c in lever["changes"])
    )
    path = f"cases/{case['id']}/scenarios"
    made = bench.post(path, {"unlock": job["id"], "number": number, "name": "Try"}, 201)
    assert (made["name"], made["scenario_of"], made["origin"]) == ("Try", case["id"], "scenario")
    assert made["words"][0].startswith("Scenario: ")
    assert bench.get(f"cases/{case['id']}")["text"] == case["text"]
    before = bench.get(f"cases/{case['id']}/diagnosis")["kind"]
    after = bench.get(f"cases/{made['id']}/diagnosis", to=job["result"]["to"])
    assert (before, after["targets"][0]["kind"]) == ("enforcement-problem", "open")
    assert bench.get("compare", a=case["id"], b=made["id"])["facts"]


@pytest.mark.parametrize("number", [999, 1_000_000])
def test_lever_that_was_not_found(bench: Bench, number: int) -> None:
    case = two_step(bench)
    job = bench.finish(bench.post(f"cases/{case['id']}/unlock", {}, 202))
    body = {"unlock": job["id"], "number": number}
    assert str(number) in bench.post(f"cases/{case['id']}/scenarios", body, 400)["error"]["what"]


def test_lever_of_a_model_that_has_changed_is_a_conflict(bench: Bench) -> None:
    case = two_step(bench)
    job = bench.finish(bench.post(f"cases/{case['id']}/unlock", {}, 202))
    bench.edit(case, kind="option", key="us.withdrawal", moves="both")
    body = {"unlock": job["id"], "number": 1}
    bench.post(f"cases/{case['id']}/scenarios", body, 409)
    other = two_step(bench)
    bench.post(f"cases/{other['id']}/scenarios", body, 400)
    bench.post(f"cases/{other['id']}/scenarios", {"unlock": "none", "number": 1}, 404)


def test_edit_becomes_a_scenario(bench: Bench) -> None:
    case = bench.keep()
    edit = {"kind": "option", "key": "graustark.withdrawal", "moves": "forward"}
    made = bench.post(f"cases/{case['id']}/scenarios", {"edit": edit}, 201)
    assert made["scenario_of"] == case["id"]
    assert "raised and not taken back" in made["name"]
    assert bench.get(f"cases/{case['id']}") == case
    bench.post(f"cases/{case['id']}/scenarios", {"edit": edit, "unlock": "x", "number": 1}, 422)
    bench.post(f"cases/{case['id']}/scenarios", {"unlock": "x"}, 422)
    refused = {"kind": "option", "key": "nobody.nothing", "moves": "forward"}
    bench.post(f"cases/{case['id']}/scenarios", {"edit": refused}, 400)


def test_job_tells_how_far_it_is_and_ends_when_cancelled() -> None:
    jobs, reached, go = Jobs(), threading.Event(), threading.Event()

    def work(job: Job) -> str:
        job.step(1, 3, "first")
        reached.set()
        go.wait(10)
        job.step(2, 3, "second")
        return "never"

    job = jobs.start("read", work)
    assert reached.wait(10)
    told = job.to_dict()
    assert (told["state"], told["done"], told["total"], told["words"]) == ("running", 1, 3, "first")
    job.cancel()
    go.set()
    assert job.wait(10)
    assert (job.state, job.result) == ("cancelled", None)


def test_job_that_breaks_says_so_without_detail(caplog: pytest.LogCaptureFixture) -> None:
    def broken(_: Job) -> None:
        raise RuntimeError("secret")

    def refused(_: Job) -> None:
        raise DetenteError("too odd", hint="try again")

    jobs = Jobs()
    one, two = jobs.start("read", broken), jobs.start("read", refused)
    assert one.wait(10)
    assert two.wait(10)
    assert "RuntimeError" in str(one.error)
    assert "secret" not in str(one.to_dict())
    assert two.error is not None
    assert (two.error["what"], two.error["next"]) == ("too odd", "try again")


def test_old_jobs_are_forgotten_and_running_ones_are_not() -> None:
    jobs, go = Jobs(), threading.Event()
    running = jobs.start("read", lambda _: go.wait(10))
    ended = [jobs.start("read", lambda _: None) for _ in range(80)]
    for job in ended:
        assert job.wait(10)
    jobs.start("read", lambda _: None)
    assert jobs.get(running.id) is running
    with pytest.raises(UnknownError):
        jobs.get(ended[0].id)
    assert len(jobs.all()) <= 66
    go.set()


def test_brief_route_says_when_there_is_no_such_case(bench: Bench, tmp_path: Path) -> None:
    for format in ("json", "html", "md", "docx", "pdf"):
        assert bench.client.get(f"/api/cases/c99/brief.{format}").status_code == 404
    bench.post("cases/c99/brief", {}, 404)
    bench.post("cases/c99/brief", {"paper": "a5"}, 422)
