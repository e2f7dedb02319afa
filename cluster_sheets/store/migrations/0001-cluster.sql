-- cluster.db: references and amounts. No name, address, URN, text of a school, nor the hash of one.

CREATE TABLE cluster.meta (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE cluster.night (
  as_of           TEXT PRIMARY KEY,
  register_sha256 TEXT NOT NULL,
  exit_code       INTEGER, -- NULL: the night was cut short
  note            TEXT NOT NULL
) STRICT;

CREATE TABLE cluster.mail (
  mail_sha256      TEXT PRIMARY KEY CHECK (length(mail_sha256) = 64),
  kind             TEXT NOT NULL CHECK (kind IN ('mail', 'file')),
  state            TEXT NOT NULL CHECK (state IN ('kept', 'opened')),
  received_at      TEXT NOT NULL,
  first_seen_night TEXT NOT NULL,
  message_ref      TEXT
) STRICT;
CREATE INDEX cluster.mail_kept ON mail (received_at, mail_sha256) WHERE state = 'kept';
CREATE INDEX cluster.mail_by_message ON mail (message_ref) WHERE message_ref IS NOT NULL;

CREATE TABLE cluster.unit (
  unit_id          TEXT PRIMARY KEY CHECK (length(unit_id) = 16),
  mail_sha256      TEXT NOT NULL REFERENCES mail,
  file_sha256      TEXT NOT NULL,
  ordinal          INTEGER NOT NULL CHECK (ordinal >= 0),
  received_at      TEXT NOT NULL,
  first_seen_night TEXT NOT NULL,
  state            TEXT NOT NULL CHECK (state IN ('pending', 'accepted', 'returned', 'held', 'quarantined', 'set-aside')),
  reason           TEXT NOT NULL,
  attempts         INTEGER NOT NULL CHECK (attempts >= 0),
  form_ref         TEXT,
  application_ref  TEXT,
  version          INTEGER CHECK (version > 0),
  supersedes       TEXT REFERENCES unit DEFERRABLE INITIALLY DEFERRED,
  superseded_by    TEXT REFERENCES unit DEFERRABLE INITIALLY DEFERRED,
  round            TEXT,
  meeting          TEXT,
  judged_at        TEXT,
  judged_under     TEXT, -- sha256 of the register
  frozen           INTEGER NOT NULL CHECK (frozen IN (0, 1)),
  returns          INTEGER NOT NULL,
  queries          INTEGER NOT NULL,
  notes            INTEGER NOT NULL,
  reply            TEXT NOT NULL CHECK (reply IN ('none', 'due', 'written'))
) STRICT;
CREATE INDEX cluster.unit_pending ON unit (received_at, file_sha256, unit_id) WHERE state = 'pending';
CREATE INDEX cluster.unit_held ON unit (received_at, file_sha256, unit_id) WHERE state = 'held';
CREATE INDEX cluster.unit_reply_due ON unit (received_at, file_sha256, unit_id) WHERE reply = 'due';
CREATE INDEX cluster.unit_by_form ON unit (form_ref, version) WHERE form_ref IS NOT NULL;
CREATE INDEX cluster.unit_by_file ON unit (file_sha256);

CREATE TABLE cluster.application (
  application_ref TEXT PRIMARY KEY,
  form_ref        TEXT NOT NULL UNIQUE,
  cluster         TEXT NOT NULL,
  round           TEXT NOT NULL,
  purpose         TEXT NOT NULL,
  applicant       TEXT NOT NULL,
  beneficiary     TEXT NOT NULL,
  pot             TEXT NOT NULL,
  asked_pence     INTEGER NOT NULL,
  minimum_pence   INTEGER,
  state           TEXT NOT NULL,
  meeting         TEXT,
  current_unit    TEXT NOT NULL REFERENCES unit
) STRICT;
CREATE INDEX cluster.application_by_meeting ON application (meeting);

CREATE TABLE cluster.finding (
  unit_id  TEXT NOT NULL REFERENCES unit,
  ordinal  INTEGER NOT NULL,
  cell     TEXT NOT NULL,
  code     TEXT NOT NULL,
  severity TEXT NOT NULL CHECK (severity IN ('RETURN', 'QUERY', 'NOTE')),
  field    TEXT NOT NULL,
  PRIMARY KEY (unit_id, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE cluster.reply (
  message_id TEXT PRIMARY KEY,
  unit_id    TEXT NOT NULL REFERENCES unit,
  kind       TEXT NOT NULL,
  version    INTEGER NOT NULL,
  ordinal    INTEGER NOT NULL,
  state      TEXT NOT NULL CHECK (state IN ('due', 'written', 'sending', 'sent', 'failed')),
  path       TEXT NOT NULL
) STRICT;
CREATE INDEX cluster.reply_by_unit ON reply (unit_id);

CREATE TABLE cluster.pack (
  meeting      TEXT NOT NULL,
  version      INTEGER NOT NULL CHECK (version > 0),
  state        TEXT NOT NULL CHECK (state IN ('DRAFT', 'CHECKED', 'RELEASED')),
  content_hash TEXT NOT NULL,
  file_sha256  TEXT NOT NULL,
  path         TEXT NOT NULL,
  made_at      TEXT NOT NULL,
  checked_at   TEXT,
  released_at  TEXT,
  PRIMARY KEY (meeting, version)
) STRICT;
CREATE TRIGGER cluster.released_pack_stands BEFORE UPDATE ON pack
  WHEN OLD.state = 'RELEASED' AND (NEW.state, NEW.content_hash, NEW.file_sha256, NEW.released_at)
    IS NOT (OLD.state, OLD.content_hash, OLD.file_sha256, OLD.released_at)
  BEGIN SELECT RAISE(ABORT, 'a released pack changes only by a new version'); END;
CREATE TRIGGER cluster.released_pack_stays BEFORE DELETE ON pack WHEN OLD.state = 'RELEASED'
  BEGIN SELECT RAISE(ABORT, 'a released pack is never removed'); END;

CREATE TABLE cluster.pack_case (
  meeting         TEXT NOT NULL,
  application_ref TEXT NOT NULL REFERENCES application,
  case_ref        TEXT NOT NULL,
  position        INTEGER NOT NULL,
  version_in      INTEGER NOT NULL,
  version_out     INTEGER,
  carried_to      TEXT, -- the meeting it was put off to
  PRIMARY KEY (meeting, application_ref),
  UNIQUE (meeting, case_ref)
) STRICT;
-- An application stands in one meeting's pack, never in two.
CREATE UNIQUE INDEX cluster.one_pack ON pack_case (application_ref) WHERE version_out IS NULL AND carried_to IS NULL;

CREATE TABLE cluster.question (
  question_id     TEXT PRIMARY KEY,
  meeting         TEXT NOT NULL,
  unit_id         TEXT NOT NULL REFERENCES unit,
  application_ref TEXT,
  kind            TEXT NOT NULL CHECK (kind IN ('redaction', 'held', 'ready')),
  code            TEXT NOT NULL,
  box             TEXT NOT NULL,
  start           INTEGER NOT NULL,
  stop            INTEGER NOT NULL,
  answer          TEXT,
  answered_at     TEXT
) STRICT;
CREATE INDEX cluster.question_open ON question (meeting) WHERE answer IS NULL;
CREATE INDEX cluster.question_by_unit ON question (unit_id);

CREATE TABLE cluster.decision (
  meeting         TEXT NOT NULL,
  application_ref TEXT NOT NULL REFERENCES application,
  version         INTEGER NOT NULL CHECK (version > 0),
  outcome         TEXT NOT NULL,
  amount_pence    INTEGER NOT NULL,
  pot             TEXT NOT NULL,
  eligible        INTEGER CHECK (eligible >= 0),
  present         INTEGER CHECK (present >= 0),
  in_favour       INTEGER CHECK (in_favour >= 0),
  against         INTEGER CHECK (against >= 0),
  abstain         INTEGER CHECK (abstain >= 0),
  decided_on      TEXT,
  recorded_at     TEXT NOT NULL,
  content_hash    TEXT NOT NULL,
  PRIMARY KEY (meeting, application_ref, version)
) STRICT;

-- The ledger: lines are added, never changed. The lines of one movement come to nought.
CREATE TABLE cluster.entry (
  entry_no        INTEGER PRIMARY KEY,
  movement        INTEGER NOT NULL CHECK (movement > 0),
  account         TEXT NOT NULL,
  amount_pence    INTEGER NOT NULL,
  cluster         TEXT NOT NULL,
  la_fy           TEXT NOT NULL,
  academic_year   TEXT NOT NULL,
  pot             TEXT NOT NULL,
  type            TEXT NOT NULL,
  application_ref TEXT,
  meeting         TEXT,
  note            TEXT NOT NULL,
  reverses        INTEGER REFERENCES entry,
  at              TEXT NOT NULL
) STRICT;
CREATE INDEX cluster.entry_by_movement ON entry (movement, amount_pence);
CREATE UNIQUE INDEX cluster.entry_reversed_once ON entry (reverses) WHERE reverses IS NOT NULL;
CREATE INDEX cluster.entry_by_application ON entry (application_ref) WHERE application_ref IS NOT NULL;
CREATE TRIGGER cluster.entry_is_never_changed BEFORE UPDATE ON entry
  BEGIN SELECT RAISE(ABORT, 'a line of the ledger is never changed'); END;
CREATE TRIGGER cluster.entry_is_never_removed BEFORE DELETE ON entry
  BEGIN SELECT RAISE(ABORT, 'a line of the ledger is never removed'); END;

CREATE TABLE cluster.file_seen (
  kind    TEXT NOT NULL,
  name    TEXT NOT NULL,
  sha256  TEXT NOT NULL,
  seen_at TEXT NOT NULL,
  PRIMARY KEY (kind, name)
) STRICT;

CREATE TABLE cluster.audit (
  number          INTEGER PRIMARY KEY,
  at              TEXT NOT NULL,
  who             TEXT NOT NULL,
  event           TEXT NOT NULL,
  unit_id         TEXT,
  application_ref TEXT,
  in_hash         TEXT,
  out_hash        TEXT,
  text            TEXT NOT NULL,
  hash            TEXT NOT NULL -- over the line and the hash of the one before, keyed by the workspace
) STRICT;
CREATE TRIGGER cluster.audit_is_never_changed BEFORE UPDATE ON audit
  BEGIN SELECT RAISE(ABORT, 'a line of the audit is never changed'); END;
CREATE TRIGGER cluster.audit_is_never_removed BEFORE DELETE ON audit
  BEGIN SELECT RAISE(ABORT, 'a line of the audit is never removed'); END;
