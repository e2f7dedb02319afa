-- To whom a reply was last sent, as a keyed hash of the address: nobody is written to without end.
CREATE TABLE reply_to (
  message_id TEXT PRIMARY KEY,
  address    TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX reply_to_by_address ON reply_to (address);
