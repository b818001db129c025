"""RSS and Atom feeds, from files and from the web."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sources.helpers import BODY, QUICK, Site, article

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>The Pass</title><link>http://news.example/</link>
<item><title>Talks &amp;amp; tolls</title><link>http://news.example/1</link>
  <pubDate>Thu, 04 Mar 2021 10:00:00 GMT</pubDate>
  <description>Short.</description>
  <content:encoded><![CDATA[<p>Ruritania said <b>no</b>.</p><p>Lakeland said yes.</p>]]>
  </content:encoded></item>
<item><title>Second</title><link>http://news.example/2</link>
  <description>&lt;p&gt;The envoy will return.&lt;/p&gt;</description></item>
<item><title>Only a headline</title><link>http://news.example/3</link></item>
<item><guid isPermaLink="false">tag:4</guid><description>No link here.</description></item>
<item><link>http://news.example/5</link></item>
</channel></rss>"""

ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">
<title>The Pass</title><id>urn:x</id><updated>2021-03-04T10:00:00Z</updated>
<entry><title>First</title><id>urn:1</id><link href="http://news.example/a"/>
<published>2021-03-01T08:00:00Z</published><updated>2021-03-04T10:00:00Z</updated>
<content type="html">&lt;p&gt;Ruritania asked for a bridge.&lt;/p&gt;</content></entry>
<entry><title>Second</title><id>urn:2</id><updated>2021-03-02T10:00:00Z</updated>
<summary type="text">a &lt; b, said the envoy</summary></entry>
</feed>"""


def test_rss_entries(read, tmp_path: Path) -> None:
    (tmp_path / "pass.rss").write_text(RSS)
    got = read(tmp_path / "pass.rss")
    full, summary, headline, no_link = got.texts
    assert full.text == "Ruritania said no.\nLakeland said yes."
    assert (full.title, full.date, full.note) == ("Talks & tolls", "2021-03-04", None)
    assert (full.name, full.origin) == ("http://news.example/1", "http://news.example/1")
    assert full.media == "application/rss+xml; extracted"
    assert summary.text == "The envoy will return."
    assert summary.note == ("the feed's summary only, not the whole text of http://news.example/2")
    assert headline.text == "Only a headline"
    assert "the feed's headline only" in (headline.note or "")
    assert no_link.name == "pass.rss#tag:4"
    assert no_link.origin == str(tmp_path / "pass.rss")
    (problem,) = got.problems
    assert problem.what == "entry 5 of the feed has no text"


def test_atom_entries(read, tmp_path: Path) -> None:
    (tmp_path / "pass.xml").write_text(ATOM)
    first, second = read(tmp_path / "pass.xml").texts
    assert (first.text, first.date) == ("Ruritania asked for a bridge.", "2021-03-01")
    assert first.media == second.media == "application/atom+xml; extracted"
    assert (second.text, second.date) == ("a < b, said the envoy", "2021-03-02")


def test_entries_of_one_name_are_told_apart(read, tmp_path: Path) -> None:
    item = "<item><link>http://news.example/1</link><description>Text.</description></item>"
    (tmp_path / "a.rss").write_text(f"<rss version='2.0'><channel>{item * 3}</channel></rss>")
    assert read(tmp_path / "a.rss").names == [
        "http://news.example/1",
        "http://news.example/1 (2)",
        "http://news.example/1 (3)",
    ]


def test_ill_formed_feed_is_read_and_said(read, tmp_path: Path) -> None:
    (tmp_path / "a.rss").write_text(RSS.replace("</channel></rss>", "<oops>&nbsp"))
    texts = read(tmp_path / "a.rss").texts
    assert texts[0].text.startswith("Ruritania said no.")
    assert "not well-formed" in (texts[0].note or "")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("<rss version='2.0'><channel><title>t</title></channel></rss>", "the feed has no entries"),
        ("Nothing like a feed", "this is no RSS or Atom feed"),
    ],
)
def test_what_is_no_feed(read, tmp_path: Path, text: str, what: str) -> None:
    (tmp_path / "a.rss").write_text(text)
    assert read(tmp_path / "a.rss").problem.what.startswith(what)


def test_entries_beyond_the_limit_are_left_out_and_said(read, tmp_path: Path) -> None:
    (tmp_path / "a.rss").write_text(RSS)
    got = read(tmp_path / "a.rss", options=replace(QUICK, max_entries=2))
    assert len(got.texts) == 2
    assert [e.what for e in got.skipped] == ["only the first 2 of 5 entries are read"]


@pytest.mark.parametrize(
    "declared",
    [
        '<!ENTITY a "boom"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">',
        '<!ENTITY x SYSTEM "secret.txt">',
        '<!entity a "<rss >">',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_not_expanded(
    read, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, declared: str, encoding: str
) -> None:
    (tmp_path / "secret.txt").write_text("the secret")
    monkeypatch.chdir(tmp_path)
    feed = f"<!DOCTYPE rss [{declared}]>{RSS.partition('?>')[2]}"
    (tmp_path / "a.rss").write_bytes(feed.encode(encoding))
    assert read("a.rss").problem.what == "the feed declares entities"


def test_article_about_entities_is_no_danger(read, tmp_path: Path) -> None:
    text = RSS.replace("Short.", "What is &lt;!ENTITY x&gt;?").replace("said <b>no</b>", "<!ENTITY")
    (tmp_path / "a.rss").write_text(text)
    assert len(read(tmp_path / "a.rss").texts) == 4


def test_huge_feed_is_refused(read, tmp_path: Path) -> None:
    (tmp_path / "a.rss").write_bytes(b"<rss version='2.0'>" + b" " * (9 << 20))
    assert read(tmp_path / "a.rss").problem.what == "the feed is larger than 8 MiB"


def test_feed_from_the_web_fetches_nothing_else(read, site: Site) -> None:
    feed = RSS.replace("http://news.example", site.url)
    url = site.page("/feed", feed.encode(), "text/html")
    got = read(url)
    assert got.names[:2] == [f"{site.url}/1", f"{site.url}/2"]
    assert site.asked == ["/robots.txt", "/feed"]


def test_full_pages_are_fetched_when_asked(read, site: Site) -> None:
    site.page("/1", article(BODY).encode())
    site.page("/2", article(BODY).encode())
    site.page("/robots.txt", b"User-agent: *\nDisallow: /2\n", "text/plain")
    url = site.page("/feed", RSS.replace("http://news.example", site.url).encode(), "text/xml")
    got = read(url, options=replace(QUICK, full_pages=True))
    first, second, third, fourth = got.texts
    assert first.media == "text/html; extracted"
    assert first.text.endswith("carry a new proposal to both.")
    assert second.text == "The envoy will return."
    assert (second.note or "").endswith("its page could not be fetched")
    assert third.text == "Only a headline"
    assert fourth.text == "No link here."
    whats = [e.what for e in got.problems]
    assert whats[0] == "robots.txt of '127.0.0.1' forbids programs to read '/2'"
    assert whats[1:] == ["the server answered 404 Not Found"] * 2
    assert site.asked.count("/robots.txt") == 1


def test_full_pages_may_not_lead_into_the_own_network(read, site: Site) -> None:
    feed = RSS.replace("http://news.example", f"http://localhost:{site.port}")
    url = site.page("/feed", feed.encode(), "application/rss+xml")
    got = read(url, options=replace(QUICK, full_pages=True))
    assert len(got.texts) == 4
    assert got.problems[0].rule == "only public addresses are fetched"
    assert site.asked == ["/robots.txt", "/feed"]


def test_feed_that_never_ends(read, site: Site) -> None:
    item = b"<item><title>more</title><description>and more</description></item>\n" * 500

    def endless(handler) -> None:  # type: ignore[no-untyped-def]
        handler.send_response(200)
        handler.send_header("Content-Type", "application/rss+xml")
        handler.end_headers()
        handler.wfile.write(b"<rss version='2.0'><channel>")
        while not site.over.is_set():
            handler.wfile.write(item)

    url = site.route("/feed", endless)
    got = read(url, options=replace(QUICK, max_bytes=2**20, total_timeout=5.0))
    assert got.problem.what == "this is larger than 1 MiB"
