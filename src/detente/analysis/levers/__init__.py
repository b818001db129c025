"""Levers: changes to a case, searched, applied and solved again."""
