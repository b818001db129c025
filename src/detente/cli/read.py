"""``detente read``."""

from __future__ import annotations

import os
from typing import Annotated

from cyclopts import Parameter

from detente.cli.options import AsJson, Workspace

__all__ = ["read"]

_MOST_PROBLEMS = 12


def read(
    source: Annotated[
        tuple[str, ...],
        Parameter(
            help="Files, folders, feeds, JSONL dumps, web addresses.", negative=(), required=True
        ),
    ],
    /,
    *,
    workspace: Workspace = None,
    encoding: Annotated[
        str | None,
        Parameter(metavar="NAME", help="Encoding of text files that are not UTF-8."),
    ] = None,
    full_pages: Annotated[
        bool, Parameter(negative=(), help="Fetch the page behind every entry of a feed.")
    ] = False,
    rules_only: Annotated[
        bool, Parameter(negative=(), help="Read by the rules alone, without the tagger.")
    ] = False,
    allow_host: Annotated[
        tuple[str, ...],
        Parameter(
            metavar="HOST",
            negative=(),
            help="A host that may be fetched though not public, or asked as a model without TLS.",
        ),
    ] = (),
    model: Annotated[
        str | None,
        Parameter(
            metavar="URL",
            help="Read with a language model too: base URL of an OpenAI-compatible API. The text "
            "is sent there, once you have agreed. A key is taken from $DETENTE_MODEL_KEY.",
        ),
    ] = None,
    model_name: Annotated[
        str | None, Parameter(metavar="NAME", help="The model, as the server calls it.")
    ] = None,
    model_timeout: Annotated[
        float | None,
        Parameter(metavar="SECONDS", help="Longest wait for one answer: 120 if not said."),
    ] = None,
    model_price: Annotated[
        str | None,
        Parameter(
            metavar="PRICES",
            help="IN,OUT: price of a million tokens sent and received, to show the cost.",
        ),
    ] = None,
    yes: Annotated[
        bool, Parameter(negative=(), help="Agree that the text is sent to the model's host.")
    ] = False,
    as_json: AsJson = False,
) -> int:
    """Read news into the workspace: who demands, offers, refuses what.

    Every statement keeps the exact characters it was found in. The first call makes the workspace.
    What was read before is not read again; after an interruption, the same call goes on where it
    stopped. Only addresses that are named are fetched; nothing leaves this machine but, with
    --model, the text of the documents.
    """
    from detente.cli.bar import Bar
    from detente.cli.consent import Asking
    from detente.cli.output import say, show, show_json_lists
    from detente.sources import SourceOptions
    from detente.workspace.asking import named_model
    from detente.workspace.place import open_workspace
    from detente.workspace.reading import list_sources, read_sources

    options = SourceOptions(
        encoding=encoding, full_pages=full_pages, private_hosts=frozenset(allow_host)
    )
    use = named_model(
        model,
        model_name,
        timeout=model_timeout,
        price=model_price,
        plain_hosts=allow_host,
        yes=yes,
    )
    sources = list_sources(source)
    bar = Bar()
    with open_workspace(workspace, create=True, waiting=_waiting) as store:
        try:
            result = read_sources(
                store,
                sources,
                options=options,
                progress=bar,
                workers=min(os.cpu_count() or 1, 8),
                rules_only=rules_only,
                model=use,
                agree=Asking(yes=yes),
            )
        except BaseException:  # Ctrl-C too: what was sent has its price all the same
            bar.close()
            if use is not None and use.asked:
                from detente.report.reading import model_text

                say(model_text(use.to_dict()))
            raise
        bar.close()
        if as_json:
            show_json_lists(
                {} if result.model is None else {"model": result.model},
                statements=result.statements(),
                attributions=result.attributions(),
                documents=result.described(),
                problems=(
                    {"what": problem.what, "where": str(problem.where) if problem.where else None}
                    for problem in (*result.problems, *result.unasked)
                ),
            )
        else:
            from detente.report.reading import read_page

            show(read_page(result.rows(), str(store.path), len(result.failures), result.model))
        for problem in result.failures[:_MOST_PROBLEMS]:
            say(str(problem))
        if len(result.failures) > _MOST_PROBLEMS:
            say(f"… and {len(result.failures) - _MOST_PROBLEMS:,} more could not be read")
        for problem in result.unasked[-_MOST_PROBLEMS:]:  # the last one says why it stopped
            say(str(problem))
        if len(result.unasked) > _MOST_PROBLEMS:
            say(f"… and {len(result.unasked) - _MOST_PROBLEMS:,} more were not read by the model")
    return 2 if result.failures or result.unasked else 0


def _waiting() -> None:
    from detente.cli.output import say

    say("waiting for another process that is writing to this workspace …")
