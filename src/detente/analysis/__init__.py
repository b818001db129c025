"""Analyses of a case: stability, explanation, evolution. Results are data, without prose."""
