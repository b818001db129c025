"""Figures, as data and as SVG that needs nothing from outside: no font, no script, no address."""
