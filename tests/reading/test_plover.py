"""Who does what to whom, in sentences of our own."""

from __future__ import annotations

import pytest

from detente.reading.plover import event_of


@pytest.mark.parametrize(
    ("text", "code", "source", "target"),
    [
        ("Strelna said that Vorland must return the ship.", "DEMAND", "Strelna", "Vorland"),
        ("Albia reiterated that Strelna should reopen the pass.", "DEMAND", "Albia", "Strelna"),
        ("Strelna rejected an offer by Vorland.", "REJECT", "Strelna", "Vorland"),
        ("Strelna is opposed to Vorland's plan, an aide said.", "REJECT", "Strelna", "Vorland"),
        ("Vorland was accused by Strelna of arming the gangs.", "DISAPPROVE", "Strelna", "Vorland"),
        ("In a letter read on Monday, Strelna rejected the plan.", "REJECT", "Strelna", ""),
    ],
)  # fmt: skip
def test_event(text: str, code: str, source: str, target: str) -> None:
    event = event_of(text)
    assert event.code == code
    assert any(source in name for name in event.sources), event
    assert not target or any(target in name for name in event.targets), event


def test_a_modal_with_no_speaker_has_its_own_subject() -> None:
    event = event_of("Vorland must return the ship.")
    assert event.sources == ("Vorland",)
