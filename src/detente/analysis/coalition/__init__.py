"""Coalitions: what groups of parties would do together."""
