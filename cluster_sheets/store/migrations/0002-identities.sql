-- Mails of mailboxes: the number each is known by there, the file received, where it lies and lay last.

CREATE TABLE fetched (
  mailbox     TEXT NOT NULL,
  validity    TEXT NOT NULL, -- of its numbers: with another one, the same number is another mail
  uid         TEXT NOT NULL,
  sha256      TEXT NOT NULL REFERENCES blob,
  size        INTEGER NOT NULL, -- as the server told it
  whole       INTEGER NOT NULL CHECK (whole IN (0, 1)), -- 0: too large, so only its headers were fetched
  lies        TEXT NOT NULL CHECK (lies IN ('inbox', 'processed', 'held', 'quarantine', 'stays', 'gone')),
  at_validity TEXT NOT NULL, -- its number where it lies now
  at_uid      TEXT NOT NULL,
  PRIMARY KEY (mailbox, validity, uid)
) STRICT, WITHOUT ROWID;
CREATE INDEX fetched_by_file ON fetched (sha256);
CREATE INDEX fetched_to_file_away ON fetched (mailbox) WHERE lies IN ('inbox', 'held', 'quarantine');
