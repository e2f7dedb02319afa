-- A reply is one message. It may answer several submissions: those of one mail that came for one school.

CREATE TABLE cluster.outbox (
  message_id  TEXT PRIMARY KEY,
  thread      TEXT NOT NULL, -- keyed hash of the mail it answers and the school it goes to
  kind        TEXT NOT NULL,
  state       TEXT NOT NULL CHECK (state IN
    ('due', 'written', 'queued', 'sending', 'sent', 'failed', 'cancelled', 'undeliverable')),
  path        TEXT NOT NULL,
  judged_at   TEXT NOT NULL,
  attempts    INTEGER NOT NULL CHECK (attempts >= 0),
  answer      TEXT NOT NULL, -- the mail server's last code, without its words
  tried_at    TEXT,
  sent_at     TEXT,
  returned_in TEXT REFERENCES unit DEFERRABLE INITIALLY DEFERRED -- the delivery report that says nobody has it
) STRICT;
CREATE INDEX cluster.outbox_by_state ON outbox (state, judged_at, message_id);
CREATE INDEX cluster.outbox_due ON outbox (thread) WHERE state = 'due';
CREATE INDEX cluster.outbox_sent ON outbox (sent_at) WHERE sent_at IS NOT NULL;

CREATE TABLE cluster.outbox_about (
  unit_id    TEXT NOT NULL REFERENCES unit,
  kind       TEXT NOT NULL,
  version    INTEGER NOT NULL CHECK (version > 0),
  ordinal    INTEGER NOT NULL CHECK (ordinal > 0),
  message_id TEXT NOT NULL REFERENCES outbox,
  PRIMARY KEY (unit_id, kind, version, ordinal) -- no verdict is told twice
) STRICT, WITHOUT ROWID;
CREATE INDEX cluster.outbox_about_message ON outbox_about (message_id);

INSERT INTO cluster.outbox (message_id, thread, kind, state, path, judged_at, attempts, answer)
  SELECT message_id, message_id, kind, reply.state, path, COALESCE(unit.judged_at, unit.received_at), 0, ''
    FROM cluster.reply JOIN cluster.unit USING (unit_id);
INSERT INTO cluster.outbox_about (unit_id, kind, version, ordinal, message_id)
  SELECT unit_id, kind, version, ordinal, message_id FROM cluster.reply;
DROP TABLE cluster.reply;
