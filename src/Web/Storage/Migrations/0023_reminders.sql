-- How many hours before a visit its owner is reminded; several, or none.
CREATE TABLE reminder (
  visit_type_id TEXT NOT NULL REFERENCES visit_type (id) ON DELETE CASCADE,
  hours INTEGER NOT NULL CHECK (hours BETWEEN 1 AND 720),
  PRIMARY KEY (visit_type_id, hours)
) STRICT, WITHOUT ROWID;

INSERT INTO reminder SELECT id, 24 FROM visit_type;

-- Up to when reminders are settled, in seconds since 1970: what came due before is sent or passed over. 0 before the first.
ALTER TABLE practice ADD COLUMN reminded_until INTEGER NOT NULL DEFAULT 0;

-- From when until when by the practice's clock nothing is sent that can wait; none, if both are the same.
ALTER TABLE practice ADD COLUMN quiet_from TEXT NOT NULL DEFAULT '20:00';
ALTER TABLE practice ADD COLUMN quiet_until TEXT NOT NULL DEFAULT '08:00';

-- The outbox anew: a further kind, and what was said, without the secret in its link.
CREATE TABLE outbox_anew (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  appointment_id INTEGER NOT NULL REFERENCES appointment (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('please-confirm', 'confirmed', 'requested', 'declined', 'moved', 'cancelled', 'restored', 'lapsed', 'reminder')),
  created_at INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  -- 'waiting', 'sent', 'void' (no longer true when its turn came) or 'failed' (given up; the reason is in last_error).
  state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'void', 'failed')),
  sent_at INTEGER,
  last_error TEXT,
  -- Subject and plain text as they were sent; kept as long as the row.
  subject TEXT,
  said TEXT
) STRICT;

INSERT INTO outbox_anew SELECT id, appointment_id, kind, created_at, due_at, attempts, state, sent_at, last_error, NULL, NULL FROM outbox;
DELETE FROM sqlite_sequence WHERE name = 'outbox_anew';
INSERT INTO sqlite_sequence (name, seq) SELECT 'outbox_anew', seq FROM sqlite_sequence WHERE name = 'outbox';
DROP TABLE outbox;
ALTER TABLE outbox_anew RENAME TO outbox;

CREATE INDEX outbox_due ON outbox (due_at) WHERE state = 'waiting';

CREATE INDEX outbox_appointment ON outbox (appointment_id);

-- A visit type reminds a day before, whoever adds it, unless its form says otherwise.
CREATE TRIGGER visit_type_reminds AFTER INSERT ON visit_type
BEGIN
  INSERT INTO reminder VALUES (NEW.id, 24) ON CONFLICT DO NOTHING;
END;
