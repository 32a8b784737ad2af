-- The outbox anew: mail that is about no appointment, what staff say to the owner with a change, and messages that leave by
-- another way than mail.
CREATE TABLE outbox_anew (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK (kind IN (
    'please-confirm', 'confirmed', 'requested', 'declined', 'moved', 'cancelled', 'restored', 'lapsed', 'reminder', 'aftercare',
    'list-confirm', 'list-offer', 'recall-confirm', 'recall', 'own-data', 'data-answer',
    'tomorrow', 'invitation', 'new-address', 'address-changed', 'sample')),
  -- Whom it goes to: the owner as this appointment or this entry of the waiting list names them, an owner of the practice's
  -- records, or one of the team.
  appointment_id INTEGER REFERENCES appointment (id) ON DELETE CASCADE,
  owner_id INTEGER REFERENCES owner (id) ON DELETE CASCADE,
  account_id INTEGER REFERENCES account (id) ON DELETE CASCADE,
  waiting_id INTEGER REFERENCES waiting (id) ON DELETE CASCADE,
  -- What else it is about, as its kind has it.
  about TEXT,
  -- What staff tell the owner with it.
  word TEXT NOT NULL DEFAULT '',
  channel TEXT NOT NULL DEFAULT 'mail' CHECK (channel IN ('mail', 'gateway')),
  created_at INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  -- 'waiting', 'sent', 'void' (no longer true when its turn came) or 'failed' (given up; the reason is in last_error).
  state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'void', 'failed')),
  sent_at INTEGER,
  last_error TEXT,
  -- Subject and plain text as they were sent; kept as long as the row.
  subject TEXT,
  said TEXT,
  CHECK ((appointment_id IS NOT NULL) + (owner_id IS NOT NULL) + (account_id IS NOT NULL) + (waiting_id IS NOT NULL) = 1)
) STRICT;

INSERT INTO outbox_anew (id, kind, appointment_id, created_at, due_at, attempts, state, sent_at, last_error, subject, said)
SELECT id, kind, appointment_id, created_at, due_at, attempts, state, sent_at, last_error, subject, said FROM outbox;
DELETE FROM sqlite_sequence WHERE name = 'outbox_anew';
INSERT INTO sqlite_sequence (name, seq) SELECT 'outbox_anew', seq FROM sqlite_sequence WHERE name = 'outbox';
DROP TABLE outbox;
ALTER TABLE outbox_anew RENAME TO outbox;

CREATE INDEX outbox_due ON outbox (due_at) WHERE state = 'waiting';

CREATE INDEX outbox_appointment ON outbox (appointment_id) WHERE appointment_id IS NOT NULL;

CREATE INDEX outbox_owner ON outbox (owner_id) WHERE owner_id IS NOT NULL;

CREATE INDEX outbox_waiting ON outbox (waiting_id) WHERE waiting_id IS NOT NULL;

-- How many hours after a visit of a kind its owner gets the words of the table aftercare; null for never.
ALTER TABLE visit_type ADD COLUMN aftercare_hours INTEGER CHECK (aftercare_hours BETWEEN 1 AND 720);

CREATE TABLE aftercare (
  visit_type_id TEXT NOT NULL REFERENCES visit_type (id) ON DELETE CASCADE,
  language TEXT NOT NULL,
  -- One paragraph a line.
  words TEXT NOT NULL CHECK (words <> ''),
  PRIMARY KEY (visit_type_id, language)
) STRICT, WITHOUT ROWID;

-- Up to when aftercare is settled, in seconds since 1970: what came due before is sent or passed over. 0 before the first.
ALTER TABLE practice ADD COLUMN cared_until INTEGER NOT NULL DEFAULT 0;

-- When by the practice's clock somebody gets the list of the next working day, like '18:00'; null for never.
ALTER TABLE account ADD COLUMN list_at TEXT CHECK (list_at GLOB '[0-2][0-9]:[0-5][0-9]');

-- Only what is in one's own column of the diary.
ALTER TABLE account ADD COLUMN list_own INTEGER NOT NULL DEFAULT 0 CHECK (list_own IN (0, 1));

-- The language they are written to in.
ALTER TABLE account ADD COLUMN language TEXT NOT NULL DEFAULT 'de';

-- The moment the next list is due.
ALTER TABLE account ADD COLUMN list_due INTEGER;

-- An address somebody of the team wants to sign in with from now on, until they have shown that they read mail there.
CREATE TABLE new_address (
  account_id INTEGER PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
  email TEXT NOT NULL,
  email_key TEXT NOT NULL,
  token_hash BLOB UNIQUE CHECK (length(token_hash) = 32),
  expires_at INTEGER NOT NULL
) STRICT;
