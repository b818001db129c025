"""What the build of a package adds to hatch: it does not ship a workbench without its screens."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

INDEX = "src/detente/web/static/index.html"
WITHOUT = "DETENTE_WITHOUT_SCREENS"


class ScreensHook(BuildHookInterface):  # type: ignore[type-arg]
    """Refuses to build a wheel or an sdist in which the built front end is missing."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Look for the first page before anything is packed.

        Args:
            version: `standard`, or `editable` for a checkout that is installed where it stands.
            build_data: what hatch will pack; not changed.

        Raises:
            SystemExit: the screens are not built and nobody said that they may be missing.
        """
        if version == "editable" or os.environ.get(WITHOUT) or (Path(self.root) / INDEX).is_file():
            return
        raise SystemExit(
            f"{INDEX} is missing: a release carries the built screens of the workbench.\n"
            "Run `make screens` with Node.js 20.19 or later first. To build a package without "
            f"them, set {WITHOUT}=1; `detente serve` then shows a page that says how to get them."
        )
