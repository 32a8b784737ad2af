-- Instants are seconds since 1970-01-01 UTC; dates are 'YYYY-MM-DD', wall times 'HH:MM', both in the practice's zone.

-- Open consultation hours ---------------------------------------------------------------------------------------------

-- When people may come without an appointment, and how many of them can be seen.
CREATE TABLE walk_in_hours (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  weekday INTEGER NOT NULL CHECK (weekday BETWEEN 1 AND 7),
  starts TEXT NOT NULL,
  ends TEXT NOT NULL CHECK (ends > starts),
  capacity INTEGER NOT NULL CHECK (capacity BETWEEN 1 AND 200),
  UNIQUE (weekday, starts)
) STRICT;

-- On this one day more or fewer than usual; as many as are there already close it.
CREATE TABLE walk_in_capacity (
  walk_in_hours_id INTEGER NOT NULL REFERENCES walk_in_hours (id) ON DELETE CASCADE,
  day TEXT NOT NULL,
  capacity INTEGER NOT NULL CHECK (capacity BETWEEN 0 AND 200),
  PRIMARY KEY (walk_in_hours_id, day)
) STRICT, WITHOUT ROWID;

-- Somebody who came without an appointment and was given a number.
CREATE TABLE walk_in (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  walk_in_hours_id INTEGER REFERENCES walk_in_hours (id) ON DELETE SET NULL,
  day TEXT NOT NULL,
  number INTEGER NOT NULL CHECK (number > 0),
  urgency TEXT NOT NULL CHECK (urgency IN ('emergency', 'soon', 'normal')),
  owner_id INTEGER REFERENCES owner (id) ON DELETE SET NULL,
  name TEXT NOT NULL,
  species_id TEXT REFERENCES species (id),
  -- The form it was entered with: a form that is sent twice gives one number.
  form_key TEXT NOT NULL UNIQUE,
  UNIQUE (day, number)
) STRICT;

CREATE INDEX walk_in_owner ON walk_in (owner_id) WHERE owner_id IS NOT NULL;

-- The way through the practice ----------------------------------------------------------------------------------------

-- How far somebody has come who has an appointment or a number. Steps may be skipped: they are where the last one is.
CREATE TABLE arrival (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  appointment_id INTEGER UNIQUE REFERENCES appointment (id) ON DELETE CASCADE,
  walk_in_id INTEGER UNIQUE REFERENCES walk_in (id) ON DELETE CASCADE,
  arrived_at INTEGER,
  called_at INTEGER,
  room_at INTEGER,
  done_at INTEGER,
  -- They did not come, or left before it was their turn.
  no_show_at INTEGER,
  -- Since then this no-show does not count against its owner.
  waived_at INTEGER,
  -- Who pressed the button of each step.
  arrived_by INTEGER REFERENCES account (id) ON DELETE SET NULL,
  called_by INTEGER REFERENCES account (id) ON DELETE SET NULL,
  room_by INTEGER REFERENCES account (id) ON DELETE SET NULL,
  done_by INTEGER REFERENCES account (id) ON DELETE SET NULL,
  no_show_by INTEGER REFERENCES account (id) ON DELETE SET NULL,
  -- Counts every step forth and back.
  revision INTEGER NOT NULL DEFAULT 0,
  CHECK ((appointment_id IS NULL) <> (walk_in_id IS NULL)),
  CHECK (no_show_at IS NULL OR done_at IS NULL)
) STRICT;

CREATE INDEX arrival_no_show ON arrival (no_show_at) WHERE no_show_at IS NOT NULL;

-- Whoever comes on another day has not come yet.
CREATE TRIGGER arrival_ends_with_its_day AFTER UPDATE OF starts_local ON appointment
WHEN substr(OLD.starts_local, 1, 10) <> substr(NEW.starts_local, 1, 10)
BEGIN
  DELETE FROM arrival WHERE appointment_id = NEW.id;
END;

-- After so many no-shows within so many months what an owner books online becomes a request; never, if null.
ALTER TABLE practice ADD COLUMN no_show_limit INTEGER CHECK (no_show_limit BETWEEN 1 AND 20);
ALTER TABLE practice ADD COLUMN no_show_months INTEGER NOT NULL DEFAULT 12 CHECK (no_show_months BETWEEN 1 AND 60);

-- Without a connection ------------------------------------------------------------------------------------------------

-- Browsers that belong to the practice and may keep a copy of today's list.
CREATE TABLE workstation (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
  name TEXT NOT NULL,
  account_id INTEGER REFERENCES account (id) ON DELETE SET NULL,
  marked_at INTEGER NOT NULL,
  -- When it last fetched its copy.
  copied_at INTEGER
) STRICT;
