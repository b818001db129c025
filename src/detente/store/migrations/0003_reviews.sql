-- Human judgements. Nothing here is ever changed or removed: a new judgement is a new row.
CREATE TABLE reviews (
  num INTEGER PRIMARY KEY AUTOINCREMENT,
  statement TEXT NOT NULL REFERENCES statements (id),
  decision TEXT NOT NULL CHECK (decision IN ('accepted', 'edited', 'rejected', 'reopened')),
  fields TEXT,                    -- JSON: every field that differs from the proposal
  by TEXT NOT NULL,
  at TEXT NOT NULL,
  why TEXT,
  undoes INTEGER REFERENCES reviews (num)
) STRICT;
CREATE INDEX reviews_statement ON reviews (statement, num);

CREATE TRIGGER reviews_are_not_changed BEFORE UPDATE ON reviews
BEGIN SELECT RAISE(ABORT, 'reviews are append-only'); END;
CREATE TRIGGER reviews_are_not_removed BEFORE DELETE ON reviews
BEGIN SELECT RAISE(ABORT, 'reviews are append-only'); END;
