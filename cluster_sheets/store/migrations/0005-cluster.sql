-- A case may leave its pack and come back: each time it stood there is kept, so that a released version stays as told.

ALTER TABLE cluster.pack_case ADD COLUMN earlier TEXT NOT NULL DEFAULT '[]'; -- [[version_in, version_out], ...]
