-- Where the text of documents may be sent: asked once for each host, and never without the
-- option that names it. Scheme, host and port; no path, no key.
CREATE TABLE consents (
  site TEXT PRIMARY KEY,
  how TEXT NOT NULL CHECK (how IN ('asked', 'option')),
  given_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
