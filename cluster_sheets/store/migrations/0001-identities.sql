-- identities.db: who it was. What a person wrote or is called by is sealed under the key of its form.

CREATE TABLE workspace (
  id  INTEGER PRIMARY KEY CHECK (id = 1),
  key BLOB NOT NULL CHECK (length(key) = 32)
) STRICT;

CREATE TABLE issued_form (
  form_id   TEXT PRIMARY KEY,
  urn       TEXT NOT NULL,
  cluster   TEXT NOT NULL,
  round     TEXT NOT NULL,
  number    INTEGER NOT NULL CHECK (number > 0),
  version   TEXT NOT NULL,
  stamp     TEXT NOT NULL,
  issued_at TEXT NOT NULL,
  form_key  BLOB CHECK (form_key IS NULL OR length(form_key) = 32), -- NULL once erased
  UNIQUE (urn, round, number)
) STRICT;

-- One file received. Its key is bare until a form is known, then sealed once for each form in it (blob_form, by layer).
CREATE TABLE blob (
  sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
  size   INTEGER NOT NULL,
  key    BLOB -- NULL once erased
) STRICT;

-- The bytes of each, sealed; the row goes when the file is erased.
CREATE TABLE received (
  sha256   TEXT PRIMARY KEY REFERENCES blob,
  contents BLOB NOT NULL
) STRICT;

CREATE TABLE blob_form (
  sha256  TEXT NOT NULL REFERENCES blob,
  layer   INTEGER NOT NULL CHECK (layer > 0),
  form_id TEXT NOT NULL REFERENCES issued_form,
  PRIMARY KEY (sha256, layer),
  UNIQUE (sha256, form_id)
) STRICT;

-- Where a unit came from; form_id says which key seals all that is kept of the unit (NULL: its blob's own).
CREATE TABLE provenance (
  unit_id     TEXT PRIMARY KEY,
  blob_sha256 TEXT NOT NULL REFERENCES blob,
  form_id     TEXT REFERENCES issued_form,
  urn         TEXT
) STRICT;
CREATE INDEX provenance_by_form ON provenance (form_id);
CREATE INDEX provenance_by_blob ON provenance (blob_sha256);
CREATE INDEX provenance_by_school ON provenance (urn) WHERE urn IS NOT NULL;

CREATE TABLE envelope (
  unit_id TEXT PRIMARY KEY REFERENCES provenance,
  sealed  BLOB NOT NULL
) STRICT;

CREATE TABLE answers (
  unit_id TEXT PRIMARY KEY REFERENCES provenance,
  sealed  BLOB NOT NULL
) STRICT;

CREATE TABLE title (
  unit_id TEXT PRIMARY KEY REFERENCES provenance,
  sealed  BLOB NOT NULL
) STRICT;

-- Keyed hashes of what is compared between requests, such as a UPN; gone when the form is erased.
CREATE TABLE mark (
  unit_id TEXT NOT NULL REFERENCES provenance,
  kind    TEXT NOT NULL,
  mark    TEXT NOT NULL,
  PRIMARY KEY (unit_id, kind, mark)
) STRICT, WITHOUT ROWID;
CREATE INDEX mark_by_value ON mark (kind, mark);

CREATE TABLE finding_detail (
  unit_id TEXT PRIMARY KEY REFERENCES provenance,
  sealed  BLOB NOT NULL
) STRICT;

CREATE TABLE redacted (
  unit_id TEXT PRIMARY KEY REFERENCES provenance,
  sealed  BLOB NOT NULL
) STRICT;

CREATE TABLE question_text (
  question_id TEXT PRIMARY KEY,
  unit_id     TEXT NOT NULL REFERENCES provenance,
  sealed      BLOB NOT NULL
) STRICT;
CREATE INDEX question_text_by_unit ON question_text (unit_id);

CREATE TABLE decision_text (
  decision_id TEXT PRIMARY KEY,
  unit_id     TEXT NOT NULL REFERENCES provenance,
  sealed      BLOB NOT NULL
) STRICT;
CREATE INDEX decision_text_by_unit ON decision_text (unit_id);

CREATE TABLE case_key (
  meeting         TEXT NOT NULL,
  case_ref        TEXT NOT NULL,
  application_ref TEXT NOT NULL,
  urn             TEXT NOT NULL,
  PRIMARY KEY (meeting, case_ref),
  UNIQUE (meeting, application_ref)
) STRICT;

-- How long the audit in cluster.db was when last written: lines cut off its end are missed.
CREATE TABLE audit_head (
  id     INTEGER PRIMARY KEY CHECK (id = 1),
  number INTEGER NOT NULL,
  hash   TEXT NOT NULL
) STRICT;
