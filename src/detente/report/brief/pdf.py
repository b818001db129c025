"""A brief as a tagged PDF, laid out from the HTML by weasyprint."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, NoReturn

from detente.model.errors import CaseError
from detente.report.brief.document import Brief

if TYPE_CHECKING:
    from types import ModuleType

__all__ = ["refuse_without_pango", "render"]


def render(brief: Brief) -> bytes:
    """Return the document.

    Raises:
        CaseError: weasyprint, or the library Pango that it needs, is not installed.
    """
    from detente.report.brief import html

    weasyprint = _weasyprint()
    page = weasyprint.HTML(string=html.render(brief), url_fetcher=_nothing, base_url=None)
    content: bytes = page.write_pdf(
        pdf_tags=True,
        pdf_identifier=brief.facts and dict(brief.facts).get("model", "")[:32].encode(),
        pdf_variant=None,
    )
    return content


def refuse_without_pango() -> None:
    """Refuse a PDF before anything is computed, if none can be made here.

    Raises:
        CaseError: weasyprint, or the library Pango that it needs, is not installed.
    """
    _weasyprint()


def _weasyprint() -> ModuleType:
    try:
        weasyprint = import_module("weasyprint")  # it has no types
    except (ImportError, OSError) as error:  # OSError: Pango is missing
        raise _missing(error) from None
    return weasyprint


def _missing(error: Exception) -> CaseError:
    what = "weasyprint" if isinstance(error, ImportError) else "the library Pango"
    return CaseError(
        f"a PDF cannot be made here: {what} is not installed",
        rule="a PDF is laid out by weasyprint, which needs Pango 1.44 or later",
        hint="install it (on Debian and Ubuntu: libpango-1.0-0, libpangoft2-1.0-0), or write .html "
        "and print it from a browser",
    )


def _nothing(url: str, *_: Any, **__: Any) -> NoReturn:
    """Refuse to fetch anything: a brief contains all that it shows."""
    raise ValueError(f"a brief fetches nothing, and not {url[:80]}")
