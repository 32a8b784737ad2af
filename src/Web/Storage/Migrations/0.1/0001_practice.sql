-- Instants are seconds since 1970-01-01 UTC; dates are 'YYYY-MM-DD', wall times 'HH:MM', both in the practice's zone.

-- Who the practice is ------------------------------------------------------------------------------------------------

CREATE TABLE practice (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  -- A demo practice is fictional: only there may the clock be set and limits be switched off.
  demo INTEGER NOT NULL DEFAULT 0 CHECK (demo IN (0, 1)),
  -- Counts the changes of the facts that the rules depend on.
  revision INTEGER NOT NULL DEFAULT 1,
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  phone TEXT NOT NULL DEFAULT '',
  street TEXT NOT NULL DEFAULT '',
  postcode TEXT NOT NULL DEFAULT '',
  city TEXT NOT NULL DEFAULT '',
  land TEXT CHECK (land IN ('BW','BY','BE','BB','HB','HH','HE','MV','NI','NW','RP','SL','SN','ST','SH','TH')),
  zone TEXT NOT NULL DEFAULT 'Europe/Berlin',
  languages TEXT NOT NULL DEFAULT 'de en',
  -- What DDG § 5 wants on the legal notice.
  owners TEXT NOT NULL DEFAULT '',
  legal_form TEXT NOT NULL DEFAULT '',
  chamber TEXT NOT NULL DEFAULT '',
  job_title TEXT NOT NULL DEFAULT 'Tierärztin/Tierarzt',
  title_state TEXT NOT NULL DEFAULT '',
  professional_code TEXT NOT NULL DEFAULT '',
  vat_id TEXT NOT NULL DEFAULT '',
  supervisor TEXT NOT NULL DEFAULT '',
  -- Settings of the booking.
  hold_minutes INTEGER NOT NULL DEFAULT 30 CHECK (hold_minutes BETWEEN 5 AND 1440)
) STRICT;

-- The practice's own words, by language: welcome, directions, emergency, substitute, not_treated.
CREATE TABLE practice_text (
  language TEXT NOT NULL,
  key TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (language, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE opening_hours (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  weekday INTEGER NOT NULL CHECK (weekday BETWEEN 1 AND 7),
  opens TEXT NOT NULL,
  closes TEXT NOT NULL,
  valid_from TEXT,
  valid_to TEXT
) STRICT;

CREATE TABLE closure (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  first_day TEXT NOT NULL,
  last_day TEXT NOT NULL CHECK (last_day >= first_day),
  reason TEXT,
  substitute TEXT
) STRICT;

-- Holidays that hold only in parts of the Land and that this practice keeps.
CREATE TABLE regional_holiday (
  holiday TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- People, rooms, devices --------------------------------------------------------------------------------------------

CREATE TABLE resource (
  id TEXT PRIMARY KEY CHECK (id GLOB '[a-z]*'),
  kind TEXT NOT NULL CHECK (kind IN ('person', 'room', 'device')),
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  -- Shown under the name on the practice's site: people only.
  role TEXT NOT NULL DEFAULT '',
  active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1))
) STRICT;

CREATE TABLE skill (
  resource_id TEXT NOT NULL REFERENCES resource (id) ON DELETE CASCADE,
  skill TEXT NOT NULL,
  PRIMARY KEY (resource_id, skill)
) STRICT, WITHOUT ROWID;

CREATE TABLE shift (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  resource_id TEXT NOT NULL REFERENCES resource (id) ON DELETE CASCADE,
  weekday INTEGER NOT NULL CHECK (weekday BETWEEN 1 AND 7),
  starts TEXT NOT NULL,
  ends TEXT NOT NULL,
  rhythm TEXT NOT NULL DEFAULT 'every' CHECK (rhythm IN ('every', 'even', 'odd')),
  valid_from TEXT,
  valid_to TEXT
) STRICT;

CREATE TABLE absence (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  resource_id TEXT NOT NULL REFERENCES resource (id) ON DELETE CASCADE,
  starts_local TEXT NOT NULL,
  ends_local TEXT NOT NULL CHECK (ends_local > starts_local)
) STRICT;

-- What a visit can be for -------------------------------------------------------------------------------------------

CREATE TABLE species (
  id TEXT PRIMARY KEY,
  position INTEGER NOT NULL,
  treated INTEGER NOT NULL DEFAULT 1 CHECK (treated IN (0, 1))
) STRICT;

CREATE TABLE visit_type (
  id TEXT PRIMARY KEY,
  position INTEGER NOT NULL,
  -- Red flags are asked before anything else: the animal may be in danger.
  asks_red_flags INTEGER NOT NULL DEFAULT 0 CHECK (asks_red_flags IN (0, 1)),
  audience TEXT NOT NULL DEFAULT 'anyone' CHECK (audience IN ('anyone', 'known', 'staff')),
  mode TEXT NOT NULL DEFAULT 'confirm' CHECK (mode IN ('at-once', 'confirm', 'request')),
  further_minutes INTEGER NOT NULL DEFAULT 10 CHECK (further_minutes BETWEEN 0 AND 240),
  buffer_before INTEGER NOT NULL DEFAULT 0 CHECK (buffer_before BETWEEN 0 AND 240),
  buffer_after INTEGER NOT NULL DEFAULT 0 CHECK (buffer_after BETWEEN 0 AND 240),
  travel INTEGER NOT NULL DEFAULT 0 CHECK (travel BETWEEN 0 AND 240),
  buffers_exceed_hours INTEGER NOT NULL DEFAULT 0 CHECK (buffers_exceed_hours IN (0, 1)),
  lead_minutes INTEGER NOT NULL DEFAULT 60 CHECK (lead_minutes >= 0),
  horizon_days INTEGER NOT NULL DEFAULT 90 CHECK (horizon_days BETWEEN 0 AND 366),
  grid_minutes INTEGER NOT NULL DEFAULT 10 CHECK (grid_minutes IN (5, 10, 15, 20, 30, 60)),
  daily_cap INTEGER CHECK (daily_cap > 0),
  cancel_hours INTEGER NOT NULL DEFAULT 24 CHECK (cancel_hours >= 0),
  request_hours INTEGER NOT NULL DEFAULT 48 CHECK (request_hours > 0),
  active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1))
) STRICT;

CREATE TABLE visit_type_text (
  visit_type_id TEXT NOT NULL REFERENCES visit_type (id) ON DELETE CASCADE,
  language TEXT NOT NULL,
  name TEXT NOT NULL,
  hint TEXT NOT NULL DEFAULT '',
  -- What to bring or to mind, one thing a line.
  bring TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (visit_type_id, language)
) STRICT, WITHOUT ROWID;

CREATE TABLE visit_type_species (
  visit_type_id TEXT NOT NULL REFERENCES visit_type (id) ON DELETE CASCADE,
  species_id TEXT NOT NULL REFERENCES species (id),
  minutes INTEGER NOT NULL CHECK (minutes BETWEEN 5 AND 720),
  PRIMARY KEY (visit_type_id, species_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE visit_type_window (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  visit_type_id TEXT NOT NULL REFERENCES visit_type (id) ON DELETE CASCADE,
  weekday INTEGER NOT NULL CHECK (weekday BETWEEN 1 AND 7),
  starts TEXT NOT NULL,
  ends TEXT NOT NULL
) STRICT;

-- A visit needs one resource for each of its needs: any of those named in need_option, or any with the skill.
CREATE TABLE need (
  visit_type_id TEXT NOT NULL REFERENCES visit_type (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('person', 'room', 'device')),
  skill TEXT,
  PRIMARY KEY (visit_type_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE need_option (
  visit_type_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  resource_id TEXT NOT NULL REFERENCES resource (id) ON DELETE CASCADE,
  PRIMARY KEY (visit_type_id, position, resource_id),
  FOREIGN KEY (visit_type_id, position) REFERENCES need (visit_type_id, position) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- Signs that mean "call at once". Data, dated, to be signed by a vet; nothing of the answers is ever stored.
CREATE TABLE red_flag (
  id TEXT PRIMARY KEY,
  position INTEGER NOT NULL,
  edition TEXT NOT NULL,
  -- Asked for these species only, ids separated by blanks; for all, if null.
  species TEXT
) STRICT;

CREATE TABLE red_flag_text (
  red_flag_id TEXT NOT NULL REFERENCES red_flag (id) ON DELETE CASCADE,
  language TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (red_flag_id, language)
) STRICT, WITHOUT ROWID;

-- The one-time link with which a new practice is set up. Only the SHA-256 of its token is kept.
CREATE TABLE setup_link (
  token_hash BLOB PRIMARY KEY CHECK (length(token_hash) = 32),
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
