"""Solution concepts: one file each, in one table, each with a literal and an array algorithm."""
