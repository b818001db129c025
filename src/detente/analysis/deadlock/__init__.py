"""Diagnosis: the kind of a deadlock, its witness and its flags, by two algorithms."""
