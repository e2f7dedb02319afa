-- A fact of a school that too few schools share is a sort of question too.

CREATE TABLE cluster.question_of_four_sorts (
  question_id     TEXT PRIMARY KEY,
  meeting         TEXT NOT NULL,
  unit_id         TEXT NOT NULL REFERENCES unit,
  application_ref TEXT,
  kind            TEXT NOT NULL CHECK (kind IN ('redaction', 'held', 'fact', 'ready')),
  code            TEXT NOT NULL,
  box             TEXT NOT NULL,
  start           INTEGER NOT NULL,
  stop            INTEGER NOT NULL,
  answer          TEXT,
  answered_at     TEXT
) STRICT;
INSERT INTO cluster.question_of_four_sorts SELECT * FROM cluster.question;
DROP TABLE cluster.question;
ALTER TABLE cluster.question_of_four_sorts RENAME TO question;
CREATE INDEX cluster.question_open ON question (meeting) WHERE answer IS NULL;
CREATE INDEX cluster.question_by_unit ON question (unit_id);
