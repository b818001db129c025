"""Sphinx settings. The built pages load nothing from the network."""

from importlib.metadata import version as installed_version

project = "Détente"
author = "The Détente developers"
copyright = author
version = release = installed_version("detente")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
nitpicky = False

myst_enable_extensions = ["colon_fence", "deflist", "fieldlist"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints = "description"
napoleon_numpy_docstring = False

html_theme = "furo"
html_title = f"Détente {release}"
html_static_path: list[str] = []
html_show_sourcelink = False
html_copy_source = False


def setup(app: object) -> None:
    """Write the generated pages before anything is read."""
    import sys
    from pathlib import Path

    here = Path(__file__).parent
    sys.path.insert(0, str(here))
    from generate import write_concepts

    write_concepts(here / "concepts")
