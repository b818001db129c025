"""The workbench: an HTTP API on this machine and the front end that it serves."""
