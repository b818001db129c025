"""The application: routes, errors, the front end, and the guard around them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.staticfiles import StaticFiles

from detente.version import __version__
from detente.web import errors, shapes
from detente.web.jobs import Jobs
from detente.web.pages import STATIC, index_page
from detente.web.routes import brief, cases, desk, editing, evidence, levers, results
from detente.web.security import MOST_BYTES, Guard
from detente.workspace.desk import Desk

__all__ = ["create_app", "create_guarded"]

_ERRORS: dict[int | str, dict[str, Any]] = {
    400: {"model": shapes.ErrorOut, "description": "Bad input"},
    401: {"model": shapes.ErrorOut, "description": "The token is missing or wrong"},
    403: {"model": shapes.ErrorOut, "description": "Not from the workbench"},
    404: {"model": shapes.ErrorOut, "description": "No such thing"},
    409: {"model": shapes.ErrorOut, "description": "Changed meanwhile; nothing was written"},
    413: {"model": shapes.ErrorOut, "description": "Too large"},
    422: {"model": shapes.ErrorOut, "description": "The shape is wrong"},
}


def create_app(at: Desk, static: Path | None = None) -> FastAPI:
    """Return the application, without the guard.

    Args:
        at: the workspace.
        static: folder of the built front end; ``None`` for the one in the package.
    """
    app = FastAPI(
        title="Détente",
        version=__version__,
        summary="The interface of the workbench.",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        responses=_ERRORS,
    )
    app.state.desk = at
    app.state.jobs = Jobs()
    errors.install(app)
    for room in (desk, evidence, cases, editing, results, levers, brief):
        app.include_router(room.router)
    _front_end(app, static or STATIC)
    return app


def create_guarded(
    at: Desk,
    token: str,
    port: int,
    static: Path | None = None,
    most_bytes: int = MOST_BYTES,
) -> Guard:
    """Return the application with the guard around it.

    Args:
        at: the workspace.
        token: what who asks must know.
        port: the port that is listened on.
        static: folder of the built front end.
        most_bytes: largest body of a request.
    """
    return Guard(create_app(at, static), token, port, most_bytes)


class _Assets(StaticFiles):
    """Built files; where none were built, none are found."""

    async def check_config(self) -> None:
        """Do not ask for the folder: an installation may come without it."""


def _front_end(app: FastAPI, static: Path) -> None:
    """Serve the built files by their names, and the first page at every other address."""
    files = _Assets(directory=static / "assets", check_dir=False)
    app.mount("/assets", files, name="assets")

    @app.get("/{screen:path}", include_in_schema=False)
    def screen(screen: str) -> Response:
        known = {one.name for one in static.iterdir()} if static.is_dir() else set()
        if screen in known - {"index.html"} and (static / screen).is_file():
            return FileResponse(static / screen)
        last = screen.rpartition("/")[2]
        if screen.split("/")[0] == "api" or ("." in last and last != "index.html"):
            raise HTTPException(404)
        return HTMLResponse(index_page(static))
