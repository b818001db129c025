-- What the reader proposed, and what it is now after the reviews. The reviews are the truth:
-- the columns for type, speaker, … are there to be filtered by.
CREATE TABLE statements (
  num INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,        -- from the document's name and hash, and the span
  document INTEGER NOT NULL REFERENCES documents (num),
  "start" INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  text TEXT NOT NULL,
  type TEXT NOT NULL,
  speaker TEXT NOT NULL,
  issue TEXT,
  state TEXT NOT NULL DEFAULT 'proposed'
    CHECK (state IN ('proposed', 'accepted', 'edited', 'rejected')),
  found INTEGER NOT NULL DEFAULT 1,   -- 0: reviewed, but the present reader does not find it
  listed INTEGER NOT NULL DEFAULT 1,  -- 0: proposed from a version that was replaced
  proposed TEXT NOT NULL,         -- JSON: every field as the reader proposed it
  edits TEXT                      -- JSON: the fields that reviews have changed
) STRICT;
CREATE INDEX statements_document ON statements (document, "start");
CREATE INDEX statements_type ON statements (type);
CREATE INDEX statements_state ON statements (state);

CREATE TABLE statement_parties (
  statement INTEGER NOT NULL REFERENCES statements (num) ON DELETE CASCADE,
  role TEXT NOT NULL CHECK (role IN ('actor', 'target', 'speaker')),
  place INTEGER NOT NULL,
  name TEXT NOT NULL,
  key TEXT NOT NULL,              -- the name, folded
  PRIMARY KEY (statement, role, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX statement_parties_key ON statement_parties (key, statement);

CREATE TABLE attributions (
  document INTEGER NOT NULL REFERENCES documents (num),
  place INTEGER NOT NULL,
  source TEXT NOT NULL,           -- JSON: [[start, end], …]
  cue TEXT NOT NULL,
  content TEXT NOT NULL,
  kind TEXT NOT NULL,
  cue_class TEXT NOT NULL,
  nested INTEGER NOT NULL,
  PRIMARY KEY (document, place)
) STRICT, WITHOUT ROWID;
