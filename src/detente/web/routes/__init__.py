"""The routes, one file for each screen."""
