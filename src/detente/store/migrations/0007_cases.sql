-- Cases under work. A case is a chain of texts; an edit appends one, and nothing is ever removed:
-- undo and redo only move the head. The tip is where redo leads.
CREATE TABLE cases (
  num INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  origin TEXT NOT NULL,           -- 'text', 'draft', 'scenario', or 'shipped:ID'
  scenario_of INTEGER REFERENCES cases (num),
  head INTEGER REFERENCES case_versions (num),
  tip INTEGER REFERENCES case_versions (num),
  created_at TEXT NOT NULL,
  discarded_at TEXT
) STRICT;

CREATE TABLE case_versions (
  num INTEGER PRIMARY KEY AUTOINCREMENT,
  of INTEGER NOT NULL REFERENCES cases (num),
  parent INTEGER REFERENCES case_versions (num),
  text TEXT NOT NULL,
  what TEXT NOT NULL,             -- the edit in words
  by TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;
CREATE INDEX case_versions_of ON case_versions (of, num);

CREATE TRIGGER case_versions_are_not_changed BEFORE UPDATE ON case_versions
BEGIN SELECT RAISE(ABORT, 'versions of cases are append-only'); END;
CREATE TRIGGER case_versions_are_not_removed BEFORE DELETE ON case_versions
BEGIN SELECT RAISE(ABORT, 'versions of cases are append-only'); END;
CREATE TRIGGER cases_are_not_removed BEFORE DELETE ON cases
BEGIN SELECT RAISE(ABORT, 'cases are discarded, not removed'); END;
