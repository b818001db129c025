-- Parties beside those that Détente ships, and names that were added or learned from reviews.
CREATE TABLE parties (
  name TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  origin TEXT NOT NULL,           -- 'user', or the gazetteer file
  added_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE aliases (
  alias TEXT NOT NULL,
  party TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('alias', 'leader', 'demonym', 'capital')),
  origin TEXT NOT NULL,           -- 'user', 'review', or the gazetteer file
  review INTEGER REFERENCES reviews (num),
  added_at TEXT NOT NULL,
  PRIMARY KEY (alias, party)
) STRICT, WITHOUT ROWID;

-- What a review taught counts only while that review is the last word on its statement.
CREATE VIEW known_aliases AS
SELECT a.alias, a.party, a.role, a.origin, a.added_at
FROM aliases AS a LEFT JOIN reviews AS r ON r.num = a.review
WHERE a.review IS NULL
   OR NOT EXISTS (SELECT 1 FROM reviews AS l WHERE l.statement = r.statement AND l.num > r.num);
