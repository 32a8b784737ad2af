-- What staff squeezed in over something else, knowingly: the only time that may be taken twice. The guard of the table
-- occupancy stands; a stretch lies here instead of there while, and because, something else is in its way.
CREATE TABLE squeeze (
  appointment_id INTEGER NOT NULL REFERENCES appointment (id) ON DELETE CASCADE,
  resource_id TEXT NOT NULL REFERENCES resource (id),
  starts_at INTEGER NOT NULL CHECK (starts_at % 300 = 0),
  ends_at INTEGER NOT NULL CHECK (ends_at % 300 = 0 AND ends_at > starts_at),
  account_id INTEGER REFERENCES account (id) ON DELETE SET NULL,
  reason TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  PRIMARY KEY (appointment_id, resource_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX squeeze_resource ON squeeze (resource_id, starts_at);

-- Times that staff keep free of visits: a meeting, cleaning, an errand.
CREATE TABLE blocked_time (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  resource_id TEXT NOT NULL REFERENCES resource (id) ON DELETE CASCADE,
  starts_at INTEGER NOT NULL CHECK (starts_at % 300 = 0),
  ends_at INTEGER NOT NULL CHECK (ends_at % 300 = 0 AND ends_at > starts_at),
  reason TEXT NOT NULL,
  account_id INTEGER REFERENCES account (id) ON DELETE SET NULL,
  made_at INTEGER NOT NULL,
  UNIQUE (resource_id, starts_at)
) STRICT;

CREATE INDEX blocked_time_end ON blocked_time (ends_at);

CREATE TRIGGER blocked_time_never_overlaps BEFORE INSERT ON blocked_time
WHEN (SELECT ends_at FROM blocked_time
      WHERE resource_id = NEW.resource_id AND starts_at < NEW.ends_at
      ORDER BY starts_at DESC LIMIT 1) > NEW.starts_at
  OR (SELECT ends_at FROM occupancy
      WHERE resource_id = NEW.resource_id AND starts_at < NEW.ends_at
      ORDER BY starts_at DESC LIMIT 1) > NEW.starts_at
BEGIN
  SELECT RAISE(ABORT, 'occupancy or blocked time overlaps');
END;

CREATE TRIGGER occupancy_never_meets_blocked_time BEFORE INSERT ON occupancy
WHEN (SELECT ends_at FROM blocked_time
      WHERE resource_id = NEW.resource_id AND starts_at < NEW.ends_at
      ORDER BY starts_at DESC LIMIT 1) > NEW.starts_at
BEGIN
  SELECT RAISE(ABORT, 'occupancy meets a blocked time');
END;

-- Over what it was squeezed in. Whatever else overlaps, nobody meant.
CREATE TABLE squeeze_over (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  appointment_id INTEGER NOT NULL REFERENCES appointment (id) ON DELETE CASCADE,
  over_appointment_id INTEGER REFERENCES appointment (id) ON DELETE CASCADE,
  over_blocked_time_id INTEGER REFERENCES blocked_time (id) ON DELETE CASCADE,
  CHECK ((over_appointment_id IS NULL) <> (over_blocked_time_id IS NULL))
) STRICT;

CREATE INDEX squeeze_over_appointment ON squeeze_over (appointment_id);

CREATE INDEX squeeze_over_other ON squeeze_over (over_appointment_id);

CREATE INDEX squeeze_over_blocked_time ON squeeze_over (over_blocked_time_id);

-- Why staff called an appointment off; for the practice only.
ALTER TABLE appointment ADD COLUMN cancel_reason TEXT NOT NULL DEFAULT '';

-- What staff noted on an appointment, beside what its owner wrote; owners never see it.
ALTER TABLE appointment ADD COLUMN staff_note TEXT NOT NULL DEFAULT '';

-- Which of the practice's rules staff overrode, as words separated by blanks.
ALTER TABLE appointment ADD COLUMN overrides TEXT NOT NULL DEFAULT '';

-- An emergency is marked on the board.
ALTER TABLE appointment ADD COLUMN emergency INTEGER NOT NULL DEFAULT 0 CHECK (emergency IN (0, 1));

-- The last thing a session did on the board, and what was there before, for taking it back.
CREATE TABLE last_act (
  session_id INTEGER PRIMARY KEY REFERENCES session (id) ON DELETE CASCADE,
  act TEXT NOT NULL CHECK (act IN ('made', 'moved', 'cancelled', 'blocked', 'unblocked')),
  -- An appointment's id, or a blocked time's.
  object_id INTEGER NOT NULL,
  -- What the object was like right after the act: if it is not any more, somebody else has been there since.
  revision INTEGER NOT NULL,
  -- What it was like before, as JSON.
  before TEXT NOT NULL,
  -- The mail that told the owner; null if none did.
  mail_id INTEGER,
  at INTEGER NOT NULL
) STRICT;

-- How somebody likes to see the board: ids separated by blanks, all if empty.
CREATE TABLE board_view (
  account_id INTEGER PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
  resources TEXT NOT NULL DEFAULT '',
  row_height TEXT NOT NULL DEFAULT 'middle' CHECK (row_height IN ('low', 'middle', 'high'))
) STRICT;
