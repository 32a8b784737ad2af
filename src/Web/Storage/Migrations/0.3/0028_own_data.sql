-- "My data": what an owner sees and wants about what is kept of them.

-- A way in that was asked for by mail. It hangs on what makes the person known, so that it goes with them: an owner of the
-- records, or else what somebody was named in.
CREATE TABLE own_data (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  owner_id INTEGER REFERENCES owner (id) ON DELETE CASCADE,
  appointment_id INTEGER REFERENCES appointment (id) ON DELETE CASCADE,
  waiting_id INTEGER REFERENCES waiting (id) ON DELETE CASCADE,
  -- It opens nothing once their address is another.
  email_key TEXT NOT NULL CHECK (email_key <> ''),
  asked_at INTEGER NOT NULL,
  -- What the mail holds: good once. Null before it is sent, and once it was used.
  code_hash BLOB UNIQUE CHECK (length(code_hash) = 32),
  -- What the page holds that the code has opened.
  token_hash BLOB UNIQUE CHECK (length(token_hash) = 32),
  -- When the code, or the page it has opened, opens nothing any more.
  expires_at INTEGER NOT NULL,
  CHECK ((owner_id IS NOT NULL) + (appointment_id IS NOT NULL) + (waiting_id IS NOT NULL) = 1)
) STRICT;

CREATE INDEX own_data_owner ON own_data (owner_id) WHERE owner_id IS NOT NULL;

CREATE INDEX own_data_appointment ON own_data (appointment_id) WHERE appointment_id IS NOT NULL;

CREATE INDEX own_data_waiting ON own_data (waiting_id) WHERE waiting_id IS NOT NULL;

CREATE INDEX own_data_email ON own_data (email_key);

-- What an owner of the records wants the practice to do with them.
CREATE TABLE data_request (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  owner_id INTEGER NOT NULL REFERENCES owner (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('correction', 'erasure')),
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'done', 'declined')),
  asked_at INTEGER NOT NULL,
  decided_at INTEGER,
  account_id INTEGER REFERENCES account (id) ON DELETE SET NULL,
  -- What should stand in the record instead; null for what stays.
  name TEXT CHECK (name <> ''),
  email TEXT CHECK (email <> ''),
  phone TEXT,
  street TEXT,
  postcode TEXT,
  city TEXT,
  language TEXT CHECK (language <> ''),
  -- What else is wrong, in their words.
  more TEXT NOT NULL DEFAULT '',
  -- What the practice says to it.
  said TEXT NOT NULL DEFAULT '',
  CHECK ((state = 'open') = (decided_at IS NULL))
) STRICT;

CREATE INDEX data_request_owner ON data_request (owner_id);

-- Of each kind one at a time: a newer one takes the older one's place.
CREATE UNIQUE INDEX data_request_open ON data_request (owner_id, kind) WHERE state = 'open';

-- The papers that are made from the running practice: what each version said, in German, and since when.
CREATE TABLE paper (
  kind TEXT NOT NULL CHECK (kind IN ('privacy', 'record', 'processing', 'deletion', 'accessibility', 'leaving')),
  version INTEGER NOT NULL CHECK (version > 0),
  made_at INTEGER NOT NULL,
  hash TEXT NOT NULL CHECK (length(hash) = 64),
  said TEXT NOT NULL,
  PRIMARY KEY (kind, version)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER paper_never_changes BEFORE UPDATE ON paper
BEGIN
  SELECT RAISE(ABORT, 'a version of a paper never changes');
END;
