"""``detente brief``."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from cyclopts import Parameter

from detente.cli.options import AsJson, OneConcept, Sequences, Unreviewed
from detente.model.errors import CaseError, Where

__all__ = ["brief"]


def brief(
    source: Annotated[
        tuple[str, ...],
        Parameter(
            help="A case file (.yaml, .yml); or files, folders, feeds, web addresses, from which "
            "one is drafted.",
            negative=(),
            required=True,
        ),
    ],
    /,
    *,
    output: Annotated[
        str | None,
        Parameter(
            name=("--output", "-o"),
            metavar="FILE",
            help="Where to write it: .html, .pdf, .docx or .md; without it, Markdown on standard "
            "output. With --role all, a folder.",
        ),
    ] = None,
    unreviewed: Unreviewed = False,
    role: Annotated[
        str | None,
        Parameter(
            metavar="PARTY",
            help="Write the private sheet of one party for an exercise instead; 'all' writes one "
            "for each party, and the debrief, into a new folder.",
        ),
    ] = None,
    debrief: Annotated[
        bool,
        Parameter(negative=(), help="Write the debrief for the teacher of an exercise instead."),
    ] = False,
    title: Annotated[
        str | None, Parameter(metavar="TITLE", help="In place of the title of the case.")
    ] = None,
    paper: Annotated[
        Literal["a4", "letter"],
        Parameter(metavar="PAPER", help="Size of printed pages: a4 (the default) or letter."),
    ] = "a4",
    concept: OneConcept = "seq",
    sequences: Sequences = "legal",
    budget: Annotated[
        float | None,
        Parameter(
            metavar="SECONDS",
            help="Most seconds for the levers, and as many for the sensitivity; 20 without it.",
        ),
    ] = None,
    workspace: Annotated[
        str | None,
        Parameter(
            name=["--workspace", "-w"],
            metavar="PATH",
            help="The workspace with the statements. Without it, $DETENTE_WORKSPACE, or detente.db "
            "in this folder or beside the case, if it has what is asked for.",
        ),
    ] = None,
    as_json: AsJson = False,
) -> int | None:
    """Write a brief of a case, or of sources: one file, for people.

    Page 1 has the headline, the three facts that decide it, the map of states and the best lever
    with what it asks to be believed; then who wants what, with footnotes to the statements, the
    model, stability, levers, sensitivity, what is left out, the sources and the method. The file
    asks for nothing from outside. Sources are read into memory and stored nowhere; what nobody has
    reviewed is marked wherever it is mentioned.
    """
    from detente.cli.bar import Bar
    from detente.cli.output import show_json, show_lines
    from detente.cli.progress import searching
    from detente.workspace import briefing

    case = _case_of(source)
    _refuse_mixtures(case, role, debrief=debrief, output=output, as_json=as_json)
    if output is not None and role != "all":
        briefing.check_brief_file(output)
    with searching("searching levers and hinges") as progress:
        asking = briefing.Asking(
            concept=concept,
            sequences=sequences,
            title=title,
            paper=paper,
            budget=briefing.BUDGET if budget is None else budget,
            stop=progress.stop,
            progress=progress,
        )
        if case is None:
            bar = Bar()
            try:
                made = briefing.brief_of_sources(
                    source, asking, workspace=workspace, unreviewed=unreviewed, progress=bar
                )
            finally:
                bar.close()
        elif role is not None or debrief:
            from detente.workspace import exercising

            if role == "all" and output is not None:
                files = exercising.write_all(case, output, asking, workspace)
                _said({"files": list(files)}, [f"Wrote {name}" for name in files], as_json=as_json)
                return 130 if progress.interrupted else None
            made = exercising.exercise_of(case, role, asking, workspace)
        else:
            made = briefing.brief_of_case(case, asking, workspace)
    if output is not None:
        briefing.write_brief(made, output)
    if as_json:
        from detente.report.brief.data import brief_document

        show_json({"file": output, **brief_document(made)})
    elif output is None:
        text = briefing.render(made, "md")
        assert isinstance(text, str)
        show_lines([text])
    else:
        from detente.cli.output import show
        from detente.report.brief.page import written_page

        show(written_page(made, output))
    return 130 if progress.interrupted else None


def _case_of(source: tuple[str, ...]) -> str | None:
    """Return the case file; ``None`` if sources are named.

    Raises:
        CaseError: a case file stands among other things.
    """
    from detente.workspace.briefing import is_case_file

    cases = [name for name in source if is_case_file(name)]
    if cases and len(source) > 1:
        raise CaseError(
            "a brief is of one case file, or of sources",
            where=Where(cases[0]),
            rule="a source that ends in .yaml or .yml is a case file, and stands alone",
            hint=f"name {cases[0]} alone, or leave it out",
        )
    return cases[0] if cases else None


def _refuse_mixtures(
    case: str | None, role: str | None, *, debrief: bool, output: str | None, as_json: bool
) -> None:
    if role is None and not debrief:
        return
    if role is not None and debrief:
        raise CaseError(
            "--role and --debrief exclude one another",
            rule="one is for a player, the other for the teacher",
            hint="call the command twice, or say --role all",
        )
    if case is None:
        raise CaseError(
            "role sheets are made from a case file",
            rule="an exercise needs a case that somebody has read line by line",
            hint="draft one first: detente draft -o case.yaml",
        )
    if role == "all" and output is None:
        raise CaseError(
            "--role all writes several files",
            rule="it needs the name of a new folder",
            hint="add -o FOLDER",
        )


def _said(document: dict[str, Any], lines: list[str], *, as_json: bool) -> None:
    from detente.cli.output import show_json, show_lines

    if as_json:
        show_json(document)
    else:
        show_lines([f"{line}\n" for line in lines])
