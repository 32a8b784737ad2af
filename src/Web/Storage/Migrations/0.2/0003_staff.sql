-- Instants are seconds since 1970-01-01 UTC.

-- Who works with the practice's data ---------------------------------------------------------------------------------

-- How long a signed-in browser may stay untouched (OWASP ASVS 5.0, 7.3.1).
ALTER TABLE practice ADD COLUMN idle_minutes INTEGER NOT NULL DEFAULT 30 CHECK (idle_minutes BETWEEN 5 AND 720);

CREATE TABLE account (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  -- With this they sign in; email_key is the form two spellings of one address share.
  email TEXT NOT NULL,
  email_key TEXT NOT NULL UNIQUE,
  role TEXT NOT NULL CHECK (role IN ('administrator', 'vet', 'front-desk', 'trainee', 'locum', 'support')),
  -- The person they are in the diary.
  resource_id TEXT REFERENCES resource (id) ON DELETE SET NULL,
  -- From this instant on the account is closed: a locum's last day, the end of a grant of support.
  ends_at INTEGER,
  active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  -- Null for whoever signs in with passkeys only.
  password_hash TEXT,
  -- Encrypted with the keys in the practice's folder, outside this database.
  totp_secret BLOB,
  -- The last time step a code was taken for: each code is good once.
  totp_step INTEGER,
  created_at INTEGER NOT NULL,
  CHECK (role NOT IN ('locum', 'support') OR ends_at IS NOT NULL)
) STRICT;

CREATE TABLE passkey (
  credential_id BLOB PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  -- Public key, counter and flags as JSON; nothing in it is secret.
  data TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX passkey_account ON passkey (account_id);

CREATE TABLE recovery_code (
  code_hash BLOB PRIMARY KEY CHECK (length(code_hash) = 32),
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX recovery_code_account ON recovery_code (account_id);

-- A link with which somebody new chooses how they sign in; also after everything was lost.
CREATE TABLE invitation (
  token_hash BLOB PRIMARY KEY CHECK (length(token_hash) = 32),
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX invitation_account ON invitation (account_id);

CREATE TABLE session (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  started_at INTEGER NOT NULL,
  -- When it was last used, to within two minutes.
  seen_at INTEGER NOT NULL,
  -- When its holder last proved who they are; asked again before sensitive acts.
  proved_at INTEGER NOT NULL,
  -- Browser and system in a word or two, for the list of one's own sessions.
  device TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX session_account ON session (account_id);

-- What was done --------------------------------------------------------------------------------------------------------

-- Only ever grows; each row's hash covers the row before, so that nothing can be taken out or changed unseen.
CREATE TABLE audit (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  -- 'account:3', 'owner' (by a link or the booking pages), 'practice' (by itself) or 'operator' (by a verb).
  actor TEXT NOT NULL,
  act TEXT NOT NULL,
  -- Like 'appointment:17'. Ids only: nothing in this table is personal data.
  object TEXT NOT NULL,
  detail TEXT NOT NULL DEFAULT '',
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE TRIGGER audit_never_changes BEFORE UPDATE ON audit
BEGIN
  SELECT RAISE(ABORT, 'audit never changes');
END;

CREATE TRIGGER audit_never_shrinks BEFORE DELETE ON audit
BEGIN
  SELECT RAISE(ABORT, 'audit never shrinks');
END;
