"""Use cases: what the command line, and later the web, both call."""
