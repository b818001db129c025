CREATE VIRTUAL TABLE statement_search USING fts5 (
  text, parties, issue,
  tokenize = 'porter unicode61 remove_diacritics 2', prefix = '2 3 4'
);

-- Over the documents' own text: no second copy is kept.
CREATE VIEW document_text AS
SELECT num, name, coalesce(title, '') AS title, CAST(raw AS TEXT) AS text FROM documents;
CREATE VIRTUAL TABLE document_search USING fts5 (
  name, title, text, content = 'document_text', content_rowid = 'num',
  tokenize = 'porter unicode61 remove_diacritics 2'
);
