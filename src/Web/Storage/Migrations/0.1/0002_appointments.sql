-- Instants are seconds since 1970-01-01 UTC; dates are 'YYYY-MM-DD', wall times 'HH:MM', both in the practice's zone.

-- Owners and animals ------------------------------------------------------------------------------------------------

CREATE TABLE owner (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  -- As typed; email_key is the form two spellings of one address share.
  email TEXT NOT NULL,
  email_key TEXT NOT NULL,
  phone TEXT NOT NULL DEFAULT '',
  confirmed_at INTEGER,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX owner_email ON owner (email_key);

CREATE TABLE animal (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  owner_id INTEGER NOT NULL REFERENCES owner (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  species_id TEXT NOT NULL REFERENCES species (id),
  born TEXT
) STRICT;
CREATE INDEX animal_owner ON animal (owner_id);

-- Appointments ------------------------------------------------------------------------------------------------------

CREATE TABLE appointment (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  -- What people say on the phone; random, so that it does not count the practice's bookings.
  number TEXT NOT NULL UNIQUE,
  visit_type_id TEXT NOT NULL REFERENCES visit_type (id),
  state TEXT NOT NULL CHECK (state IN ('held', 'requested', 'booked', 'cancelled', 'lapsed')),
  starts_at INTEGER NOT NULL CHECK (starts_at % 300 = 0),
  -- The promise the owner was given, as the wall clock shows it: kept beside the instant in case the zone's rules change.
  starts_local TEXT NOT NULL,
  minutes INTEGER NOT NULL CHECK (minutes > 0 AND minutes % 5 = 0),
  -- The person the visit is with; also in occupancy.
  vet TEXT REFERENCES resource (id),
  -- A hold's, a request's or an undo's end. Until then its time stays occupied, afterwards the sweep frees it.
  expires_at INTEGER,
  -- Counts moves and cancellations; the SEQUENCE of the calendar file.
  revision INTEGER NOT NULL DEFAULT 0,
  language TEXT NOT NULL,
  owner_id INTEGER REFERENCES owner (id),
  -- What was typed for this visit. It never changes the owner's own record.
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  email_key TEXT NOT NULL,
  phone TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL,
  -- What a cancelled appointment was before, in case it is taken back.
  state_before TEXT CHECK (state_before IN ('held', 'requested', 'booked')),
  CHECK ((state IN ('held', 'requested')) <= (expires_at IS NOT NULL))
) STRICT;
CREATE INDEX appointment_start ON appointment (starts_at);
CREATE INDEX appointment_expiry ON appointment (expires_at) WHERE expires_at IS NOT NULL;
CREATE INDEX appointment_email ON appointment (email_key, state);

CREATE TABLE appointment_animal (
  appointment_id INTEGER NOT NULL REFERENCES appointment (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  species_id TEXT NOT NULL REFERENCES species (id),
  -- 'YYYY' or 'YYYY-MM' or a date, as precise as the owner knows it.
  born TEXT,
  reason TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (appointment_id, position)
) STRICT, WITHOUT ROWID;

-- What appointments take up: one row for each resource, buffers and travel included, half-open. Rows exist only while
-- the time is taken, and two rows of one resource never overlap: the triggers below refuse it, whatever the code believes.
CREATE TABLE occupancy (
  resource_id TEXT NOT NULL REFERENCES resource (id),
  starts_at INTEGER NOT NULL CHECK (starts_at % 300 = 0),
  ends_at INTEGER NOT NULL CHECK (ends_at % 300 = 0 AND ends_at > starts_at),
  appointment_id INTEGER NOT NULL REFERENCES appointment (id) ON DELETE CASCADE,
  PRIMARY KEY (resource_id, starts_at)
) STRICT, WITHOUT ROWID;
CREATE INDEX occupancy_appointment ON occupancy (appointment_id);
CREATE INDEX occupancy_end ON occupancy (ends_at);

-- As the rows there are do not overlap, only the last one that starts before the new one's end can stand in its way;
-- so the check costs one index look-up, however long the history is.
CREATE TRIGGER occupancy_never_overlaps BEFORE INSERT ON occupancy
WHEN (SELECT ends_at FROM occupancy
      WHERE resource_id = NEW.resource_id AND starts_at < NEW.ends_at
      ORDER BY starts_at DESC LIMIT 1) > NEW.starts_at
BEGIN
  SELECT RAISE(ABORT, 'occupancy overlaps');
END;

-- A move writes new rows instead; a row that could be stretched could come to overlap.
CREATE TRIGGER occupancy_never_changes BEFORE UPDATE ON occupancy
BEGIN
  SELECT RAISE(ABORT, 'occupancy never changes');
END;

-- Links, answers, mail ----------------------------------------------------------------------------------------------

-- A link is a capability for one appointment. Only the SHA-256 of its token is kept.
CREATE TABLE link (
  token_hash BLOB PRIMARY KEY CHECK (length(token_hash) = 32),
  appointment_id INTEGER NOT NULL REFERENCES appointment (id) ON DELETE CASCADE,
  -- 'receipt' shows the booking just made; 'manage' comes by mail and so proves the address.
  purpose TEXT NOT NULL CHECK (purpose IN ('receipt', 'manage')),
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX link_appointment ON link (appointment_id);

-- Answers that were given, by the client's own key: asked again, the same is answered and nothing is booked twice.
CREATE TABLE answered (
  key_hash BLOB PRIMARY KEY CHECK (length(key_hash) = 32),
  request_hash BLOB NOT NULL CHECK (length(request_hash) = 32),
  appointment_id INTEGER NOT NULL REFERENCES appointment (id) ON DELETE CASCADE,
  answer TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX answered_appointment ON answered (appointment_id);

-- Mail to send. A row is written in the transaction of what it tells; the text is made when it is sent.
CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  appointment_id INTEGER NOT NULL REFERENCES appointment (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('please-confirm', 'confirmed', 'requested', 'moved', 'cancelled', 'restored', 'lapsed')),
  created_at INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  -- 'waiting', 'sent', 'void' (no longer true when its turn came) or 'failed' (given up; the reason is in last_error).
  state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'void', 'failed')),
  sent_at INTEGER,
  last_error TEXT
) STRICT;
CREATE INDEX outbox_due ON outbox (due_at) WHERE state = 'waiting';
CREATE INDEX outbox_appointment ON outbox (appointment_id);
