"""A brief from its materials: every section, in order, once."""

from __future__ import annotations

from detente.report.brief.deadlock import deadlock
from detente.report.brief.document import OPEN, Block, Brief, Section
from detente.report.brief.ends import colophon, facts_of, left_out, method, sources
from detente.report.brief.hinges import sensitivity_section, timeline_section
from detente.report.brief.materials import Materials
from detente.report.brief.modelpage import model
from detente.report.brief.remedies import levers
from detente.report.brief.states import stability_section, states
from detente.report.brief.summary import summary
from detente.report.brief.wants import wants
from detente.report.brief.writing import Writer, uncoded
from detente.report.diagnosing import headline
from detente.report.evidence import one_line
from detente.report.opening import rejected_warning
from detente.report.words import plural

__all__ = ["build", "notices", "title_of", "unreviewed_notice"]


def build(given: Materials) -> Brief:
    """Return the brief."""
    writer = Writer(given)
    sentence = uncoded(headline(given.diagnosis), writer)
    found: list[tuple[str, str, tuple[Block, ...] | None]] = [
        ("summary", sentence, summary(writer)),
        ("wants", "Who wants what", wants(writer)),
        ("model", "The model in a page", model(writer)),
        ("map", "The map of states", states(writer)),
        ("stability", "Which states would last", stability_section(writer)),
        ("deadlock", _deadlock_title(given), deadlock(writer)),
        ("levers", "Levers: what would open it", levers(writer)),
        ("sensitivity", "What the headline hangs on", sensitivity_section(writer)),
        ("timeline", "Positions over time", timeline_section(writer)),
        ("left-out", "What the model leaves out", left_out(writer)),
    ]
    found.append(("sources", "Sources", sources(writer)))
    found.append(("method", "Method", (*method(writer), colophon(writer))))
    return Brief(
        kind="brief",
        title=title_of(given),
        headline=sentence,
        notices=notices(writer),
        sections=tuple(Section(id, title, own) for id, title, own in found if own is not None),
        notes=writer.notes,
        references=writer.references,
        unreviewed=given.case.unreviewed,
        paper=given.paper,
        date=given.date,
        facts=facts_of(writer),
    )


def title_of(given: Materials) -> str:
    """Return the title that runs along the pages."""
    return one_line(given.title or given.case.title or given.diagnosis.origin.case)


def notices(writer: Writer) -> tuple[str, ...]:
    """Return what must be said before all else."""
    given = writer.given
    found = [unreviewed_notice(given), rejected_warning(given.evidence)]
    if any(note.open for note in writer.notes):
        found.append(f"{OPEN} marks every statement that nobody has reviewed.")
    return tuple(text for text in found if text is not None)


def unreviewed_notice(given: Materials) -> str | None:
    """Return the line about statements that nobody has judged; ``None`` for a reviewed case."""
    if not given.case.unreviewed:
        return None
    cited = given.evidence.of(given.evidence.cited)
    waiting = sum(own.state == "proposed" for own in cited)
    if not waiting:
        return "Unreviewed draft: this brief rests on statements that nobody has checked."
    rest = "is a proposal" if waiting == 1 else "are proposals"
    among = f"{waiting:,} of the {plural(len(cited), 'statement')}"
    return f"Unreviewed draft: {among} behind this brief {rest} that nobody has checked."


def _deadlock_title(given: Materials) -> str:
    return "Why it is stuck" if given.diagnosis.deadlock else "Why it is not stuck"
