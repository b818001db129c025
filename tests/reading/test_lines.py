"""Labels of lines, residue, and repeats."""

from __future__ import annotations

import pytest

from detente.reading import read
from detente.reading.duplicates import near_duplicates, signature
from detente.reading.language import language_of
from detente.reading.text import fold, sentences

BODY = (
    "Strelna will not reopen the sluices until Vorland withdraws its guards from the eastern bank. "
    "The two countries have met in Geneva since March, and neither has moved."
)


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("By Ana Ito", "byline"),
        ("Reporting by Ana Ito; editing by Jo Roe", "byline"),
        ("May 30, 2019", "byline"),
        ("News Analysis |", "kicker"),
        ("OPINION", "kicker"),
        ("Photo: The dam at dusk (Reuters)", "caption"),
        ("A farmer looks at the dry river. [Jo Roe/AP Photo]", "caption"),
        ("Read more: How the river became a battleground", "read-more"),
        ("ALSO READ: Who owns the water?", "read-more"),
        ("Sign up for our newsletter to get the news in your inbox", "newsletter"),
        ("Advertisement", "advertisement"),
        ("Story continues below advertisement", "advertisement"),
        ("12 comments", "comments"),
        ("The Long Drought", "heading"),
    ],
)
def test_one_line_among_body_text_gets_its_label(line: str, label: str) -> None:
    text = f"{BODY}\n\n{line}\n\n{BODY.replace('Strelna', 'Albia').replace('March', 'May')}\n"
    found = [x.label for x in read(text).lines if text[x.start : x.end] == line]
    assert found == [label]


def test_related_list_is_residue() -> None:
    text = f"{BODY}\n\nMost read\nStrelna demands more water\nVorland rejects the plan\n"
    assert [x.label for x in read(text).lines] == ["body", "related", "related", "related"]
    assert len(read(text).statements) == len(read(BODY).statements)


@pytest.mark.parametrize("cut", [0, 13])
def test_pull_quote_is_linked_and_repeats_its_statement(cut: int) -> None:
    pull = BODY[cut : BODY.index(". ") + 1]
    text = f"{BODY}\n\n{pull}\n\nThe envoy left Geneva for a short holiday with her family."
    reading = read(text)
    line = next(x for x in reading.lines if x.label == "pull-quote")
    assert line.original is not None
    assert text[slice(*line.original)] == pull
    repeats = [s for s in reading.statements if s.repeat_of]
    assert [text[s.start : s.end] for s in repeats] == [pull.rstrip(".")]


def test_pull_quote_inside_a_quotation_leaves_the_quotation_whole() -> None:
    text = (
        "“We will not open the dam,” said Jo Roe of Strelna. “Vorland must pay first.\n\n"
        "The river has not been so low in a hundred years of records.\n\n"
        "We are waiting for their answer,” he said.\n\n"
        "Farmers are worried. The river has not been so low in a hundred years of records."
    )
    reading = read(text)
    assert [x.label for x in reading.lines] == ["body", "pull-quote", "body", "body"]
    demand = next(s for s in reading.statements if "must pay" in s.text)
    assert (demand.attribution, demand.speaker, demand.actors) == ("direct", "Jo Roe", ("Strelna",))


def test_sentences_know_abbreviations_initials_and_quotations() -> None:
    text = (
        'Mr. J. B. Roe met U.S. envoys at 5 p.m. in Zenda. "Go." They left? Yes! The U.S. The end.'
    )
    found = [text[s.start : s.end] for s in sentences(text)]
    assert found == [
        "Mr. J. B. Roe met U.S. envoys at 5 p.m. in Zenda.", '"Go."', "They left?", "Yes!",
        "The U.S.", "The end.",
    ]  # fmt: skip


def test_fold_keeps_every_offset() -> None:
    text = "İstanbul’s “ΣΊΣΥΦΟΣ” ﬁn 😀 ẞ"
    assert len(fold(text)) == len(text)


def test_other_languages_are_kept_but_not_misread() -> None:
    text = "Le ministre a dit que les troupes ne partiront pas avant le vote de la semaine."
    assert language_of(text) == "fr"
    reading = read(text)
    assert (reading.language, reading.statements, len(reading.lines)) == ("fr", (), 1)


def test_near_duplicates_are_linked() -> None:
    texts = {
        "a": BODY,
        "b": BODY + " More soon.",
        "c": "Something else entirely happened here today.",
    }
    links = near_duplicates({name: signature(text) for name, text in texts.items()})
    assert [(x.first, x.second) for x in links] == [("a", "b")]
