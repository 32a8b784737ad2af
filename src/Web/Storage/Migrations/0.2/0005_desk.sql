-- Instants are seconds since 1970-01-01 UTC. Wall times are 'HH:MM' in the practice's zone.

-- Booking by phone -----------------------------------------------------------------------------------------------------

-- Until then owners cannot book online.
ALTER TABLE practice ADD COLUMN paused_until INTEGER;

-- Time kept for urgent cases: owners cannot book it until 'opens' on its day.
CREATE TABLE reserve (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  resource_id TEXT NOT NULL REFERENCES resource (id) ON DELETE CASCADE,
  weekday INTEGER NOT NULL CHECK (weekday BETWEEN 1 AND 7),
  starts TEXT NOT NULL,
  ends TEXT NOT NULL CHECK (ends > starts),
  opens TEXT NOT NULL
) STRICT;

CREATE INDEX reserve_resource ON reserve (resource_id);

-- Appointments that were made together and belong together: a therapy, a course of vaccinations.
CREATE TABLE series (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  created_at INTEGER NOT NULL
) STRICT;

ALTER TABLE appointment ADD COLUMN series_id INTEGER REFERENCES series (id);

CREATE INDEX appointment_series ON appointment (series_id) WHERE series_id IS NOT NULL;

-- The form it was entered with: a form that is sent twice books once.
ALTER TABLE appointment ADD COLUMN form_key TEXT;

CREATE UNIQUE INDEX appointment_form ON appointment (form_key) WHERE form_key IS NOT NULL;

-- What the practice says to the owner with its decision on a request. Null as long as it has not decided.
ALTER TABLE appointment ADD COLUMN answer TEXT;

-- A kind of mail more, 'declined'. SQLite changes no CHECK: the table is made anew, and goes on counting where it was.
CREATE TABLE outbox_anew (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  appointment_id INTEGER NOT NULL REFERENCES appointment (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('please-confirm', 'confirmed', 'requested', 'declined', 'moved', 'cancelled', 'restored', 'lapsed')),
  created_at INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  -- 'waiting', 'sent', 'void' (no longer true when its turn came) or 'failed' (given up; the reason is in last_error).
  state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'void', 'failed')),
  sent_at INTEGER,
  last_error TEXT
) STRICT;

INSERT INTO outbox_anew SELECT id, appointment_id, kind, created_at, due_at, attempts, state, sent_at, last_error FROM outbox;
DELETE FROM sqlite_sequence WHERE name = 'outbox_anew';
INSERT INTO sqlite_sequence (name, seq) SELECT 'outbox_anew', seq FROM sqlite_sequence WHERE name = 'outbox';
DROP TABLE outbox;
ALTER TABLE outbox_anew RENAME TO outbox;

CREATE INDEX outbox_due ON outbox (due_at) WHERE state = 'waiting';

CREATE INDEX outbox_appointment ON outbox (appointment_id);

-- Which owners changed, whoever changed them: the search keeps what it has in memory true by it. Ids only; the oldest go.
CREATE TABLE owner_change (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  owner_id INTEGER NOT NULL
) STRICT;

CREATE TRIGGER owner_change_keeps_few AFTER INSERT ON owner_change WHEN NEW.id % 500 = 0
BEGIN
  DELETE FROM owner_change WHERE id <= NEW.id - 1000;
END;

CREATE TRIGGER owner_made AFTER INSERT ON owner
BEGIN
  INSERT INTO owner_change (owner_id) VALUES (NEW.id);
END;

CREATE TRIGGER owner_changed AFTER UPDATE ON owner
BEGIN
  INSERT INTO owner_change (owner_id) VALUES (NEW.id);
END;

CREATE TRIGGER owner_gone AFTER DELETE ON owner
BEGIN
  INSERT INTO owner_change (owner_id) VALUES (OLD.id);
END;

CREATE TRIGGER animal_made AFTER INSERT ON animal
BEGIN
  INSERT INTO owner_change (owner_id) VALUES (NEW.owner_id);
END;

CREATE TRIGGER animal_changed AFTER UPDATE ON animal
BEGIN
  INSERT INTO owner_change (owner_id) VALUES (NEW.owner_id), (OLD.owner_id);
END;

CREATE TRIGGER animal_gone AFTER DELETE ON animal
BEGIN
  INSERT INTO owner_change (owner_id) VALUES (OLD.owner_id);
END;
