-- Documents as they were read. The raw text never changes: a changed file is a new document.
CREATE TABLE documents (
  num INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  raw BLOB NOT NULL,              -- the text in UTF-8, untouched
  characters INTEGER NOT NULL,    -- its length in code points
  title TEXT,
  media TEXT,
  date TEXT,                      -- when it was published, ISO 8601, if known
  language TEXT NOT NULL,
  read_at TEXT NOT NULL,
  extractor TEXT NOT NULL,        -- what read it, with version and gazetteer
  parties TEXT NOT NULL,          -- JSON: [[name, count], …]
  signature BLOB NOT NULL,        -- MinHash, for near-duplicates
  duplicate_of INTEGER REFERENCES documents (num),
  resemblance REAL,
  UNIQUE (sha256, name)
) STRICT;

CREATE TRIGGER documents_are_immutable
BEFORE UPDATE OF name, sha256, raw, characters ON documents
BEGIN SELECT RAISE(ABORT, 'the text of a document never changes'); END;

-- Where documents come from: each place has one current document.
CREATE TABLE sources (
  origin TEXT PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES documents (num),
  read_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sources_document ON sources (document);

-- What stood at a place before.
CREATE TABLE versions (
  origin TEXT NOT NULL,
  document INTEGER NOT NULL REFERENCES documents (num),
  replaced_at TEXT NOT NULL,
  PRIMARY KEY (origin, replaced_at, document)
) STRICT, WITHOUT ROWID;

CREATE TABLE lines (
  document INTEGER NOT NULL REFERENCES documents (num),
  "start" INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  label TEXT NOT NULL,
  original_start INTEGER,
  original_end INTEGER,
  PRIMARY KEY (document, "start")
) STRICT, WITHOUT ROWID;

-- Bands of signatures: two documents that share one are compared.
CREATE TABLE bands (
  band INTEGER NOT NULL,
  key INTEGER NOT NULL,
  document INTEGER NOT NULL REFERENCES documents (num),
  PRIMARY KEY (band, key, document)
) STRICT, WITHOUT ROWID;
