"""Documents and statements over the interface: read, judge, add, merge, take back."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest
from workbench import ARTICLE, Bench

from detente.store.judging import history


def first(bench: Bench, **query: Any) -> Any:
    return bench.get("statements", **query)["statements"][0]


def judge(bench: Bench, row: Any, status: int = 200, **body: Any) -> Any:
    whole = {"base": row["review"], **body}
    return bench.post(f"statements/{row['id']}/decision", whole, status)


def test_desk_counts_what_is_there(bench: Bench) -> None:
    desk = bench.get("desk")
    assert desk["documents"] == 1
    counts = desk["statements"]
    assert counts["total"] == counts["proposed"] == bench.get("statements")["total"] > 3
    assert desk["waits"]["evidence"] == counts["proposed"]
    assert desk["cases"] == []
    assert {"id", "title"} == set(desk["shipped"]["cases"][0])
    assert any(one["id"] == "us-taliban-2019" for one in desk["shipped"]["articles"])


def test_document_has_text_lines_and_statements(bench: Bench) -> None:
    (row,) = bench.get("documents")["documents"]
    document = bench.get(f"documents/{row['num']}")
    assert document["text"] == ARTICLE
    assert document["date"] == "2019-05-28"
    for own in document["statements"]:
        assert ARTICLE[own["start"] : own["end"]] == own["text"]
        assert own["document"] == row["num"]
    assert all(line["start"] < line["end"] for line in document["lines"])


@pytest.mark.parametrize("num", ["99", "9007199254740992"])
def test_document_that_is_not_there(bench: Bench, num: str) -> None:
    assert "no document" in bench.get(f"documents/{num}", 404)["error"]["what"]


@pytest.mark.parametrize("num", ["0", "-1", "x", "99999999999999999999999"])
def test_document_number_that_is_none(bench: Bench, num: str) -> None:
    bench.get(f"documents/{num}", 422)


def test_statements_are_filtered(bench: Bench) -> None:
    every = bench.get("statements")
    some = bench.get("statements", type="rejection")
    assert 0 < some["total"] < every["total"]
    assert bench.get("statements", limit=1)["count"] == 1
    found = bench.get("statements", search="embargo")
    assert found["total"]
    assert "embargo" in found["statements"][0]["snippet"]
    assert bench.get("statements", party="Ruritania")["total"]


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ({"state": "odd"}, "odd"),
        ({"type": "offfer"}, "offfer"),
        ({"since": "yesterday"}, "yesterday"),
        ({"search": "!!!"}, "word"),
    ],
)
def test_question_that_is_none(bench: Bench, query: dict[str, str], word: str) -> None:
    error = bench.get("statements", 400, **query)["error"]
    assert word in error["what"]
    assert error["next"]


def test_parties_and_timeline(bench: Bench) -> None:
    names = {party["name"] for party in bench.get("parties")["parties"]}
    assert {"Ruritania", "Graustark"} <= names
    assert "accepted" in bench.get("timeline", 400)["error"]["what"]
    told = bench.get("timeline", unreviewed=True)
    assert told["unreviewed"] is True
    assert told["statements"] > 0
    answer = bench.client.get("/api/timeline.svg", params={"unreviewed": True})
    assert answer.text.startswith("<svg")
    assert "nobody" in bench.client.get("/api/timeline.svg?unreviewed=1&party=nobody").text


def test_decision_is_kept_with_who_and_why(bench: Bench) -> None:
    row = first(bench)
    done = judge(bench, row, decision="accept", why="clear")
    assert done["statement"]["state"] == "accepted"
    assert done["statement"]["review"] > row["review"]
    with bench.desk.store() as store:
        (review,) = history(store, row["id"])
    assert (review.by, review.why, review.decision) == ("ann", "clear", "accepted")


def test_edit_changes_fields_and_keeps_the_proposal(bench: Bench) -> None:
    row = first(bench, type="rejection")
    fields = {"type": "threat", "issue": "the pass", "start": row["start"], "end": row["end"] - 1}
    now = judge(bench, row, decision="edit", fields=fields)["statement"]
    assert (now["type"], now["issue"], now["state"]) == ("threat", "the pass", "edited")
    assert now["text"] == ARTICLE[row["start"] : row["end"] - 1]
    assert now["proposal"]["type"] == "rejection"
    cleared = judge(bench, now, decision="edit", fields={"issue": None})["statement"]
    assert cleared["issue"] is None


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"decision": "edit"}, 400),
        ({"decision": "edit", "fields": {"type": "song"}}, 400),
        ({"decision": "edit", "fields": {"start": 5, "end": 5}}, 400),
        ({"decision": "edit", "fields": {"end": 10**6}}, 400),
        ({"decision": "edit", "fields": {"before": "x", "after": None}}, 400),
        ({"decision": "accept", "fields": {"type": "offer"}}, 400),
        ({"decision": "sing"}, 422),
        ({"decision": "edit", "fields": {"colour": "red"}}, 422),
        ({"decision": "edit", "fields": {"start": "1"}}, 422),
        ({"decision": "accept", "extra": 1}, 422),
    ],
)
def test_decision_that_is_refused_changes_nothing(
    bench: Bench, body: dict[str, Any], status: int
) -> None:
    row = first(bench)
    judge(bench, row, status, **body)
    assert first(bench) == row


def test_decision_on_what_is_not_there(bench: Bench) -> None:
    bench.post("statements/sxxxx/decision", {"decision": "accept", "base": 0}, 404)


def test_two_tabs_that_judge_the_same_statement(bench: Bench) -> None:
    row = first(bench)
    judge(bench, row, decision="accept")
    conflict = judge(bench, row, 409, decision="reject")
    assert "meanwhile" in conflict["error"]["what"]
    assert conflict["current"]["state"] == "accepted"
    again = judge(bench, conflict["current"], decision="reject")
    assert again["statement"]["state"] == "rejected"
    with bench.desk.store() as store:
        kept = [review.decision for review in history(store, row["id"])]
    assert kept == ["accepted", "rejected"]


def test_undo_takes_back_one_after_another(bench: Bench) -> None:
    one, two = bench.get("statements")["statements"][:2]
    judge(bench, one, decision="accept")
    judge(bench, two, decision="reject")
    assert bench.post("statements/undo", None)["statements"][0]["id"] == two["id"]
    assert bench.post("statements/undo", None)["statements"][0]["id"] == one["id"]
    assert bench.get("desk")["statements"]["proposed"] == bench.get("statements")["total"]
    error = bench.post("statements/undo", None, 400)["error"]
    assert "nothing" in error["what"]


def test_undo_does_not_reach_into_an_earlier_session(bench: Bench, tmp_path: Any) -> None:
    judge(bench, first(bench), decision="accept")
    later = Bench(bench.desk.path, tmp_path / "none")
    later.post("statements/undo", None, 400)
    later.desk.close()


def test_undo_after_somebody_else_judged(bench: Bench) -> None:
    from detente.workspace.reviewing import decide, reviewed

    row = first(bench)
    judge(bench, row, decision="accept")
    with bench.desk.store() as store:
        decide(store, reviewed(store, row["id"]), "reject", "bob")
    bench.post("statements/undo", None, 409)
    assert first(bench)["state"] == "rejected"


def by_hand(bench: Bench, words: str, status: int = 201, **more: Any) -> Any:
    start = ARTICLE.index(words)
    body = {
        "start": start,
        "end": start + len(words),
        "type": "demand",
        "actors": ["Ruritania"],
        **more,
    }
    return bench.post("documents/1/statements", body, status)


def test_statement_by_hand_counts_as_accepted(bench: Bench) -> None:
    made = by_hand(bench, "Talks between Ruritania and Graustark", targets=["Graustark"])
    row = made["statement"]
    assert (row["state"], row["extractor"], row["speaker"]) == ("accepted", "hand", "Ruritania")
    assert row["text"] == "Talks between Ruritania and Graustark"
    assert row["id"] in {own["id"] for own in bench.get("documents/1")["statements"]}
    assert bench.get("statements", search="Talks between")["total"] == 1
    twice = by_hand(bench, "Talks between Ruritania and Graustark")["statement"]
    assert twice["id"] != row["id"]


def test_statement_by_hand_survives_a_new_reading(bench: Bench) -> None:
    from detente.store.connection import now

    row = by_hand(bench, "trade talks", type="offer")["statement"]
    with bench.desk.store() as store, store.writing() as db:
        assert now()
        db.execute("UPDATE documents SET extractor = 'older'")
    job = bench.post("documents", {"name": "zenda.txt", "text": ARTICLE, "date": "2019-05-28"}, 202)
    assert bench.finish(job)["result"]["documents"][0]["outcome"] == "again"
    after = next(own for own in bench.get("statements")["statements"] if own["id"] == row["id"])
    assert after == row


@pytest.mark.parametrize(
    "more",
    [
        {"type": "song"},
        {"end": 0},
        {"start": 10**7, "end": 10**7 + 5},
        {"before": "x"},
        {"attribution": "whispered"},
    ],
)
def test_statement_by_hand_that_breaks_a_rule(bench: Bench, more: dict[str, Any]) -> None:
    before = bench.get("statements")["total"]
    by_hand(bench, "trade talks", 400, **more)
    assert bench.get("statements")["total"] == before


def test_statement_by_hand_in_no_document(bench: Bench) -> None:
    body = {"start": 0, "end": 1, "type": "demand", "actors": ["A"]}
    bench.post("documents/99/statements", body, 404)


def test_merge_makes_repeats_and_undo_takes_it_back_whole(bench: Bench) -> None:
    into, one, two = bench.get("statements")["statements"][:3]
    body = {"ids": [one["id"], two["id"]], "into": into["id"]}
    merged = bench.post("statements/merge", body)
    assert [row["repeat_of"] for row in merged["statements"]] == [into["id"], into["id"], None]
    back = bench.post("statements/undo", None)["statements"]
    assert {row["id"] for row in back} == {one["id"], two["id"]}
    assert all(row["repeat_of"] == one["repeat_of"] for row in back if row["id"] == one["id"])


def test_merge_that_makes_no_sense(bench: Bench) -> None:
    one, two, three = bench.get("statements")["statements"][:3]
    bench.post("statements/merge", {"ids": [one["id"]], "into": one["id"]}, 400)
    bench.post("statements/merge", {"ids": ["nothing"], "into": one["id"]}, 404)
    bench.post("statements/merge", {"ids": [], "into": one["id"]}, 422)
    bench.post("statements/merge", {"ids": [two["id"]], "into": one["id"]})
    bench.post("statements/merge", {"ids": [three["id"]], "into": two["id"]}, 400)
    judge(bench, three, decision="reject")
    bench.post("statements/merge", {"ids": [one["id"]], "into": three["id"]}, 400)


def test_pasted_text_is_read_by_a_job(bench: Bench) -> None:
    text = "Ruritania offers Graustark a loan. Graustark refuses the offer.\n"
    job = bench.finish(bench.post("documents", {"name": "loan.txt", "text": text}, 202))
    assert (job["state"], job["done"]) == ("done", 1)
    (document,) = job["result"]["documents"]
    assert document["outcome"] == "new"
    assert bench.get(f"documents/{document['num']}")["text"] == text


def test_shipped_article_is_read(bench: Bench) -> None:
    job = bench.finish(bench.post("documents", {"shipped": "us-taliban-2019"}, 202))
    assert job["result"]["documents"][0]["statements"] > 10
    failed = bench.finish(bench.post("documents", {"shipped": "us-talibann-2019"}, 202))
    assert failed["state"] == "failed"
    assert "did you mean 'us-taliban-2019'" in failed["error"]["next"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"name": "x"},
        {"text": "x"},
        {"name": "x", "text": "y", "shipped": "z"},
        {"name": "x", "text": "y", "date": "soon"},
    ],
)
def test_text_in_no_shape(bench: Bench, body: dict[str, str]) -> None:
    bench.post("documents", body, 422)


def test_empty_text_and_wrong_day_fail_with_a_message(bench: Bench) -> None:
    job = bench.finish(bench.post("documents", {"name": "x", "text": " \n"}, 202))
    assert (job["state"], job["error"]["what"]) == ("failed", "this is empty")
    body = {"name": "x", "text": "y", "date": "2019-02-31"}
    assert "2019-02-31" in bench.finish(bench.post("documents", body, 202))["error"]["what"]


def upload(bench: Bench, name: str, content: bytes) -> Any:
    answer = bench.client.post("/api/documents/file", params={"name": name}, content=content)
    assert answer.status_code == 202, answer.text
    return bench.finish(answer.json())


@pytest.mark.parametrize(
    "name",
    [
        "../../../etc/cron.d/evil.txt",
        "/etc/passwd.txt",
        "..\\..\\evil.txt",
        "C:\\Windows\\evil.txt",
        "evil.txt\0.html",
        "a" * 399,
        ".",
        "..",
        "CON.txt",
        "line\nbreak.txt",
    ],
)
def test_name_of_an_upload_is_only_a_label(bench: Bench, name: str, tmp_path: Any) -> None:
    before = {path for path in tmp_path.rglob("*") if "work.db" not in path.name}
    job = upload(bench, name, b"Ruritania demands that Graustark withdraw its troops.\n")
    assert job["state"] == "done", job
    (document,) = job["result"]["documents"]
    assert not set("/\\\0\n") & set(document["name"])
    assert {path for path in tmp_path.rglob("*") if "work.db" not in path.name} == before
    with bench.desk.store() as store:
        places = [row["origin"] for row in store.rows("SELECT origin FROM sources")]
    assert all(place.startswith("workbench://") for place in places)


def test_upload_of_html_and_of_an_archive(bench: Bench) -> None:
    page = (
        b"<html><body><p>Ruritania demands that Graustark withdraw its troops from the pass."
        b"</p><script>alert(1)</script></body></html>"
    )
    html = upload(bench, "page.html", page)
    num = html["result"]["documents"][0]["num"]
    assert "alert" not in bench.get(f"documents/{num}")["text"]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("../one.txt", "Ruritania rejects the offer of Graustark.\n")
        archive.writestr("two.txt", "Graustark offers Ruritania a loan.\n")
    job = upload(bench, "both.zip", packed.getvalue())
    assert len(job["result"]["documents"]) >= 1


def test_upload_that_holds_no_text(bench: Bench) -> None:
    job = upload(bench, "picture.png", b"\x89PNG\r\n\x1a\n" + bytes(100))
    assert job["state"] == "failed"
    assert job["error"]["what"]
    assert "/tmp" not in json.dumps(job["error"])
    assert job["error"]["where"]["source"] == "picture.png"


def test_the_same_upload_twice_is_one_document(bench: Bench) -> None:
    content = b"Ruritania demands that Graustark withdraw its troops.\n"
    one = upload(bench, "x.txt", content)["result"]["documents"][0]
    two = upload(bench, "x.txt", content)["result"]["documents"][0]
    assert (one["num"], two["outcome"]) == (two["num"], "known")
