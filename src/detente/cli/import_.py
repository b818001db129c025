"""``detente import``."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from detente.cli.options import AsJson, By, Workspace, reviewer

__all__ = ["import_"]


def import_(
    file: Annotated[str, Parameter(help="The file.")],
    /,
    *,
    format: Annotated[
        str | None,
        Parameter(metavar="NAME", help="jsonl, w3c or dna-csv. Without it, from the file's name."),
    ] = None,
    text: Annotated[
        tuple[str, ...],
        Parameter(
            metavar="FILE",
            negative=(),
            consume_multiple=True,
            help="Texts of documents that the file only names; may be repeated.",
        ),
    ] = (),
    accepted: Annotated[
        bool,
        Parameter(negative=(), help="Accept the statements that the file does not judge."),
    ] = False,
    by: By = None,
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> int:
    """Read statements from another program's file.

    Judgements come with their authors and times; importing twice changes nothing. Where somebody
    judged otherwise here, that judgement stands, and the conflict is reported.
    """
    from detente.cli.output import say, show, show_json
    from detente.report.exchanging import import_page, refused_lines
    from detente.workspace.exporting import chosen_format
    from detente.workspace.importing import import_bundle
    from detente.workspace.incoming import load_bundle, load_texts
    from detente.workspace.place import open_workspace

    chosen = chosen_format(format, file)
    bundle = load_bundle(file, chosen)
    texts = load_texts(text)
    with open_workspace(workspace, create=True) as store:
        outcome = import_bundle(
            store, bundle, chosen, reviewer(by), texts=texts, accepted=accepted
        ).to_dict()
    if as_json:
        show_json(outcome)
    else:
        show(import_page(outcome))
    for line in refused_lines(outcome):
        say(line)
    return 2 if outcome["refused"] else 0
