"""Solution concepts: one file each, one table of them, each with a literal and an array algorithm."""
