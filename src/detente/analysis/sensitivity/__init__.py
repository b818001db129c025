"""Sensitivity: which stated preferences a diagnosis hangs on, each change diagnosed again."""
