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
, idle_minutes INTEGER NOT NULL DEFAULT 30 CHECK (idle_minutes BETWEEN 5 AND 720), paused_until INTEGER, red_flags_read TEXT, no_show_limit INTEGER CHECK (no_show_limit BETWEEN 1 AND 20), no_show_months INTEGER NOT NULL DEFAULT 12 CHECK (no_show_months BETWEEN 1 AND 60), retained_on TEXT, familiar INTEGER NOT NULL DEFAULT 0 CHECK (familiar IN (0, 1)), reminded_until INTEGER NOT NULL DEFAULT 0, quiet_from TEXT NOT NULL DEFAULT '20:00', quiet_until TEXT NOT NULL DEFAULT '08:00', shows_prices INTEGER NOT NULL DEFAULT 0 CHECK (shows_prices IN (0, 1)), price_edition TEXT, cared_until INTEGER NOT NULL DEFAULT 0, recall_look INTEGER) STRICT;

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

CREATE TABLE regional_holiday (
  holiday TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

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
, aftercare_hours INTEGER CHECK (aftercare_hours BETWEEN 1 AND 720)) STRICT;

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

CREATE TABLE setup_link (
  token_hash BLOB PRIMARY KEY CHECK (length(token_hash) = 32),
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE owner (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  -- As typed; email_key is the form two spellings of one address share.
  email TEXT NOT NULL,
  email_key TEXT NOT NULL,
  phone TEXT NOT NULL DEFAULT '',
  confirmed_at INTEGER,
  created_at INTEGER NOT NULL
, revision INTEGER NOT NULL DEFAULT 0, street TEXT NOT NULL DEFAULT '', postcode TEXT NOT NULL DEFAULT '', city TEXT NOT NULL DEFAULT '', language TEXT NOT NULL DEFAULT 'de', note TEXT NOT NULL DEFAULT '', reference TEXT NOT NULL DEFAULT '', import_id INTEGER REFERENCES import_run (id), sort_name TEXT AS (lower(replace(replace(replace(replace(replace(replace(replace(
  replace(name, rtrim(name, replace(name, ' ', '')), '') || ' ' || name,
  'Ä', 'a'), 'ä', 'a'), 'Ö', 'o'), 'ö', 'o'), 'Ü', 'u'), 'ü', 'u'), 'ß', 'ss'))), seen_at INTEGER) STRICT;

CREATE INDEX owner_email ON owner (email_key);

CREATE TABLE animal (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  owner_id INTEGER NOT NULL REFERENCES owner (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  species_id TEXT NOT NULL REFERENCES species (id),
  born TEXT
, revision INTEGER NOT NULL DEFAULT 0, breed TEXT NOT NULL DEFAULT '', sex TEXT CHECK (sex IN ('female', 'male')), neutered INTEGER CHECK (neutered IN (0, 1)), chip TEXT NOT NULL DEFAULT '' CHECK (chip = '' OR (length(chip) = 15 AND chip NOT GLOB '*[^0-9]*')), insurance TEXT NOT NULL DEFAULT '', behaviour TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT '', departed TEXT CHECK (departed IN ('died', 'given-away')), departed_on TEXT CHECK ((departed IS NULL) = (departed_on IS NULL)), import_id INTEGER REFERENCES import_run (id)) STRICT;

CREATE INDEX animal_owner ON animal (owner_id);

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
  state_before TEXT CHECK (state_before IN ('held', 'requested', 'booked')), cancel_reason TEXT NOT NULL DEFAULT '', staff_note TEXT NOT NULL DEFAULT '', overrides TEXT NOT NULL DEFAULT '', emergency INTEGER NOT NULL DEFAULT 0 CHECK (emergency IN (0, 1)), series_id INTEGER REFERENCES series (id), form_key TEXT, answer TEXT, online INTEGER NOT NULL DEFAULT 1 CHECK (online IN (0, 1)), taken_back INTEGER NOT NULL DEFAULT 0 CHECK (taken_back IN (0, 1)), subject TEXT,
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
  reason TEXT NOT NULL DEFAULT '', animal_id INTEGER REFERENCES animal (id) ON DELETE SET NULL,
  PRIMARY KEY (appointment_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE occupancy (
  resource_id TEXT NOT NULL REFERENCES resource (id),
  starts_at INTEGER NOT NULL CHECK (starts_at % 300 = 0),
  ends_at INTEGER NOT NULL CHECK (ends_at % 300 = 0 AND ends_at > starts_at),
  appointment_id INTEGER NOT NULL REFERENCES appointment (id) ON DELETE CASCADE,
  PRIMARY KEY (resource_id, starts_at)
) STRICT, WITHOUT ROWID;

CREATE INDEX occupancy_appointment ON occupancy (appointment_id);

CREATE INDEX occupancy_end ON occupancy (ends_at);

CREATE TRIGGER occupancy_never_overlaps BEFORE INSERT ON occupancy
WHEN (SELECT ends_at FROM occupancy
      WHERE resource_id = NEW.resource_id AND starts_at < NEW.ends_at
      ORDER BY starts_at DESC LIMIT 1) > NEW.starts_at
BEGIN
  SELECT RAISE(ABORT, 'occupancy overlaps');
END;

CREATE TRIGGER occupancy_never_changes BEFORE UPDATE ON occupancy
BEGIN
  SELECT RAISE(ABORT, 'occupancy never changes');
END;

CREATE TABLE link (
  token_hash BLOB PRIMARY KEY CHECK (length(token_hash) = 32),
  appointment_id INTEGER NOT NULL REFERENCES appointment (id) ON DELETE CASCADE,
  -- 'receipt' shows the booking just made; 'manage' comes by mail and so proves the address.
  purpose TEXT NOT NULL CHECK (purpose IN ('receipt', 'manage')),
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX link_appointment ON link (appointment_id);

CREATE TABLE answered (
  key_hash BLOB PRIMARY KEY CHECK (length(key_hash) = 32),
  request_hash BLOB NOT NULL CHECK (length(request_hash) = 32),
  appointment_id INTEGER NOT NULL REFERENCES appointment (id) ON DELETE CASCADE,
  answer TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX answered_appointment ON answered (appointment_id);

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
  created_at INTEGER NOT NULL, list_at TEXT CHECK (list_at GLOB '[0-2][0-9]:[0-5][0-9]'), list_own INTEGER NOT NULL DEFAULT 0 CHECK (list_own IN (0, 1)), language TEXT NOT NULL DEFAULT 'de', list_due INTEGER,
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

CREATE TABLE blocked_time (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  resource_id TEXT NOT NULL REFERENCES resource (id) ON DELETE CASCADE,
  starts_at INTEGER NOT NULL CHECK (starts_at % 300 = 0),
  ends_at INTEGER NOT NULL CHECK (ends_at % 300 = 0 AND ends_at > starts_at),
  reason TEXT NOT NULL,
  account_id INTEGER REFERENCES account (id) ON DELETE SET NULL,
  made_at INTEGER NOT NULL, kept_time_id INTEGER REFERENCES kept_time (id),
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

CREATE TABLE board_view (
  account_id INTEGER PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
  resources TEXT NOT NULL DEFAULT '',
  row_height TEXT NOT NULL DEFAULT 'middle' CHECK (row_height IN ('low', 'middle', 'high'))
) STRICT;

CREATE TABLE reserve (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  resource_id TEXT NOT NULL REFERENCES resource (id) ON DELETE CASCADE,
  weekday INTEGER NOT NULL CHECK (weekday BETWEEN 1 AND 7),
  starts TEXT NOT NULL,
  ends TEXT NOT NULL CHECK (ends > starts),
  opens TEXT NOT NULL
) STRICT;

CREATE INDEX reserve_resource ON reserve (resource_id);

CREATE TABLE series (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  created_at INTEGER NOT NULL
) STRICT;

CREATE INDEX appointment_series ON appointment (series_id) WHERE series_id IS NOT NULL;

CREATE UNIQUE INDEX appointment_form ON appointment (form_key) WHERE form_key IS NOT NULL;

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

CREATE TRIGGER animal_gone AFTER DELETE ON animal
BEGIN
  INSERT INTO owner_change (owner_id) VALUES (OLD.owner_id);
END;

CREATE TABLE import_run (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  -- 'staged' while somebody looks at it, 'done', or 'undone' as a whole.
  state TEXT NOT NULL CHECK (state IN ('staged', 'done', 'undone')),
  account_id INTEGER REFERENCES account (id) ON DELETE SET NULL,
  created_at INTEGER NOT NULL,
  -- The file as text: while staged only, and for a day at the most.
  content TEXT,
  encoding TEXT NOT NULL,
  delimiter TEXT NOT NULL,
  -- What each column of the file becomes, in their order and separated by blanks; '-' for what stays behind.
  columns TEXT NOT NULL,
  lines INTEGER NOT NULL,
  CHECK ((state = 'staged') = (content IS NOT NULL))
) STRICT;

CREATE INDEX owner_sort_name ON owner (sort_name);

CREATE INDEX owner_import ON owner (import_id) WHERE import_id IS NOT NULL;

CREATE INDEX appointment_owner ON appointment (owner_id) WHERE owner_id IS NOT NULL;

CREATE TABLE owner_phone (
  owner_id INTEGER NOT NULL REFERENCES owner (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  phone TEXT NOT NULL,
  PRIMARY KEY (owner_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE co_owner (
  animal_id INTEGER NOT NULL REFERENCES animal (id) ON DELETE CASCADE,
  owner_id INTEGER NOT NULL REFERENCES owner (id) ON DELETE CASCADE,
  PRIMARY KEY (animal_id, owner_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX co_owner_owner ON co_owner (owner_id);

CREATE INDEX animal_import ON animal (import_id) WHERE import_id IS NOT NULL;

CREATE INDEX animal_chip ON animal (chip) WHERE chip <> '';

CREATE INDEX appointment_animal_animal ON appointment_animal (animal_id) WHERE animal_id IS NOT NULL;

CREATE TABLE comparison (
  appointment_id INTEGER PRIMARY KEY REFERENCES appointment (id) ON DELETE CASCADE,
  owner_id INTEGER REFERENCES owner (id) ON DELETE CASCADE,
  -- 'taken-over' (some of it), 'kept' (none), 'linked' to an owner, 'new' owner, or 'other': somebody else.
  decision TEXT NOT NULL CHECK (decision IN ('taken-over', 'kept', 'linked', 'new', 'other')),
  account_id INTEGER REFERENCES account (id) ON DELETE SET NULL,
  decided_at INTEGER NOT NULL
) STRICT;

CREATE INDEX comparison_owner ON comparison (owner_id);

CREATE TABLE not_the_same (
  owner_id INTEGER NOT NULL REFERENCES owner (id) ON DELETE CASCADE,
  email_key TEXT NOT NULL,
  PRIMARY KEY (owner_id, email_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE merge (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kept_id INTEGER NOT NULL REFERENCES owner (id) ON DELETE CASCADE,
  merged_at INTEGER NOT NULL,
  -- Both records as they were, as JSON.
  before TEXT NOT NULL
) STRICT;

CREATE INDEX merge_kept ON merge (kept_id);

CREATE TABLE feed (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
  resource_id TEXT NOT NULL REFERENCES resource (id) ON DELETE CASCADE,
  -- 'busy' says no more than that; 'reason' names the visit type. Neither says who comes.
  detail TEXT NOT NULL CHECK (detail IN ('busy', 'reason')),
  account_id INTEGER REFERENCES account (id) ON DELETE SET NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE INDEX feed_resource ON feed (resource_id);

CREATE TABLE busy_calendar (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  resource_id TEXT NOT NULL REFERENCES resource (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  -- Encrypted with the keys in the practice's folder: whoever knows the address can read the calendar.
  address BLOB NOT NULL,
  created_at INTEGER NOT NULL,
  -- The last time it was asked for, and the last time that worked.
  tried_at INTEGER,
  fetched_at INTEGER,
  -- A word out of BusyProblem; null if the last time worked.
  problem TEXT
) STRICT;

CREATE INDEX busy_calendar_resource ON busy_calendar (resource_id);

CREATE TABLE busy_time (
  calendar_id INTEGER NOT NULL REFERENCES busy_calendar (id) ON DELETE CASCADE,
  starts_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL CHECK (ends_at > starts_at),
  PRIMARY KEY (calendar_id, starts_at)
) STRICT, WITHOUT ROWID;

CREATE TABLE emergency_duty (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  starts_local TEXT NOT NULL,
  ends_local TEXT NOT NULL CHECK (ends_local > starts_local),
  -- Another practice or hospital; empty for this practice itself.
  name TEXT NOT NULL DEFAULT '',
  phone TEXT NOT NULL
) STRICT;

CREATE TABLE walk_in_hours (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  weekday INTEGER NOT NULL CHECK (weekday BETWEEN 1 AND 7),
  starts TEXT NOT NULL,
  ends TEXT NOT NULL CHECK (ends > starts),
  capacity INTEGER NOT NULL CHECK (capacity BETWEEN 1 AND 200),
  UNIQUE (weekday, starts)
) STRICT;

CREATE TABLE walk_in_capacity (
  walk_in_hours_id INTEGER NOT NULL REFERENCES walk_in_hours (id) ON DELETE CASCADE,
  day TEXT NOT NULL,
  capacity INTEGER NOT NULL CHECK (capacity BETWEEN 0 AND 200),
  PRIMARY KEY (walk_in_hours_id, day)
) STRICT, WITHOUT ROWID;

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
  form_key TEXT NOT NULL UNIQUE, subject TEXT,
  UNIQUE (day, number)
) STRICT;

CREATE INDEX walk_in_owner ON walk_in (owner_id) WHERE owner_id IS NOT NULL;

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

CREATE TRIGGER arrival_ends_with_its_day AFTER UPDATE OF starts_local ON appointment
WHEN substr(OLD.starts_local, 1, 10) <> substr(NEW.starts_local, 1, 10)
BEGIN
  DELETE FROM arrival WHERE appointment_id = NEW.id;
END;

CREATE TABLE workstation (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
  name TEXT NOT NULL,
  account_id INTEGER REFERENCES account (id) ON DELETE SET NULL,
  marked_at INTEGER NOT NULL,
  -- When it last fetched its copy.
  copied_at INTEGER
) STRICT;

CREATE TRIGGER owner_phone_made AFTER INSERT ON owner_phone
BEGIN
  INSERT INTO owner_change (owner_id) VALUES (NEW.owner_id);
END;

CREATE TRIGGER owner_phone_changed AFTER UPDATE ON owner_phone
BEGIN
  INSERT INTO owner_change (owner_id) VALUES (NEW.owner_id), (OLD.owner_id);
END;

CREATE TRIGGER owner_phone_gone AFTER DELETE ON owner_phone
BEGIN
  INSERT INTO owner_change (owner_id) VALUES (OLD.owner_id);
END;

CREATE TRIGGER co_owner_made AFTER INSERT ON co_owner
BEGIN
  INSERT INTO owner_change (owner_id) VALUES (NEW.owner_id);
END;

CREATE TRIGGER co_owner_gone AFTER DELETE ON co_owner
BEGIN
  INSERT INTO owner_change (owner_id) VALUES (OLD.owner_id);
END;

CREATE TRIGGER animal_changed AFTER UPDATE ON animal
BEGIN
  INSERT INTO owner_change (owner_id) VALUES (NEW.owner_id), (OLD.owner_id);
  INSERT INTO owner_change (owner_id) SELECT owner_id FROM co_owner WHERE animal_id = NEW.id;
END;

CREATE TABLE tally_visit (
  month TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('visit', 'no-show', 'cancelled')),
  online INTEGER NOT NULL,
  lead INTEGER NOT NULL,
  visits INTEGER NOT NULL,
  PRIMARY KEY (month, outcome, online, lead)
) STRICT, WITHOUT ROWID;

CREATE TABLE tally_hour (
  month TEXT NOT NULL,
  weekday INTEGER NOT NULL,
  hour INTEGER NOT NULL,
  minutes INTEGER NOT NULL, squeezed INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (month, weekday, hour)
) STRICT, WITHOUT ROWID;

CREATE TABLE retention (
  rule TEXT PRIMARY KEY,
  days INTEGER NOT NULL CHECK (days > 0)
) STRICT, WITHOUT ROWID;

CREATE VIEW visit_counted AS
SELECT a.id, a.starts_at, substr(a.starts_local, 1, 7) AS month,
  CASE WHEN a.state = 'cancelled' THEN 'cancelled' WHEN r.no_show_at IS NOT NULL THEN 'no-show' ELSE 'visit' END AS outcome,
  a.online,
  CASE WHEN a.days >= 30 THEN 30 WHEN a.days >= 14 THEN 14 WHEN a.days >= 7 THEN 7 WHEN a.days >= 3 THEN 3 WHEN a.days >= 1 THEN 1 ELSE 0 END AS lead
FROM (SELECT *, (starts_at - created_at) / 86400 AS days FROM appointment) a
LEFT JOIN arrival r ON r.appointment_id = a.id
-- A hold given up, a request declined and a slip taken back never were appointments.
WHERE a.state = 'booked' OR (a.state = 'cancelled' AND a.state_before = 'booked' AND a.taken_back = 0);

CREATE VIEW visit_person AS
SELECT a.id, a.starts_at, o.starts_at - a.starts_at + unixepoch(a.starts_local) AS since, o.ends_at - a.starts_at + unixepoch(a.starts_local) AS until, 0 AS squeezed
FROM appointment a JOIN occupancy o ON o.appointment_id = a.id JOIN resource r ON r.id = o.resource_id
WHERE a.state = 'booked' AND r.kind = 'person'
UNION ALL
SELECT a.id, a.starts_at, s.starts_at - a.starts_at + unixepoch(a.starts_local), s.ends_at - a.starts_at + unixepoch(a.starts_local), 1
FROM appointment a JOIN squeeze s ON s.appointment_id = a.id JOIN resource r ON r.id = s.resource_id
WHERE a.state = 'booked' AND r.kind = 'person';

CREATE VIEW visit_hour AS
SELECT id, starts_at, date(begins, 'unixepoch') AS day, (begins / 86400 + 3) % 7 + 1 AS weekday, begins / 3600 % 24 AS hour,
  CASE squeezed WHEN 0 THEN part ELSE 0 END AS minutes, CASE squeezed WHEN 1 THEN part ELSE 0 END AS squeezed
FROM (
  SELECT id, starts_at, squeezed, begins, (min(until, begins + 3600) - max(since, begins)) / 60 AS part
  FROM (
    SELECT p.id, p.starts_at, p.since, p.until, p.squeezed, (p.since / 3600 + eights.column1 * 8 + ones.column1) * 3600 AS begins
    FROM visit_person p
    CROSS JOIN (VALUES (0), (1), (2), (3), (4), (5), (6), (7)) eights ON (p.since / 3600 + eights.column1 * 8) * 3600 < p.until
    CROSS JOIN (VALUES (0), (1), (2), (3), (4), (5), (6), (7)) ones
  )
  WHERE begins < until
);

CREATE TRIGGER appointment_is_counted BEFORE DELETE ON appointment
BEGIN
  INSERT INTO tally_visit SELECT month, outcome, online, lead, 1 FROM visit_counted WHERE id = OLD.id
    ON CONFLICT DO UPDATE SET visits = visits + 1;
  INSERT INTO tally_hour (month, weekday, hour, minutes, squeezed) SELECT substr(day, 1, 7), weekday, hour, minutes, squeezed FROM visit_hour WHERE id = OLD.id
    ON CONFLICT DO UPDATE SET minutes = minutes + excluded.minutes, squeezed = squeezed + excluded.squeezed;
END;

CREATE TABLE audit_start (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  id INTEGER NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE TRIGGER audit_start_moves_on BEFORE UPDATE ON audit_start WHEN NEW.id <= OLD.id
BEGIN
  SELECT RAISE(ABORT, 'the start of the audit log only moves on');
END;

CREATE TRIGGER audit_shrinks_from_its_start BEFORE DELETE ON audit WHEN NOT EXISTS (SELECT 1 FROM audit_start WHERE id >= OLD.id)
BEGIN
  SELECT RAISE(ABORT, 'audit shrinks from its start only');
END;

CREATE TABLE own_text (
  language TEXT NOT NULL,
  key TEXT NOT NULL,
  words TEXT NOT NULL CHECK (words <> ''),
  original TEXT NOT NULL,
  changed_at INTEGER NOT NULL,
  PRIMARY KEY (language, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE look (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  -- As it was chosen, like #0b6b5d; what is shown is derived from it and can always be read.
  colour TEXT NOT NULL CHECK (length(colour) = 7 AND colour GLOB '#*' AND substr(colour, 2) NOT GLOB '*[^0-9a-f]*'),
  corners TEXT NOT NULL CHECK (corners IN ('square', 'slight', 'round', 'very-round')),
  font TEXT NOT NULL CHECK (font IN ('system', 'serif', 'round', 'warm'))
) STRICT;

CREATE TABLE picture (
  id INTEGER PRIMARY KEY,
  -- Whose photo it is; null for the logo.
  resource_id TEXT REFERENCES resource (id) ON DELETE CASCADE,
  -- 0 for one that was sent and is still to be looked at.
  published INTEGER NOT NULL CHECK (published IN (0, 1)),
  -- The last part of its address, with a hash of its content.
  name TEXT NOT NULL,
  width INTEGER NOT NULL CHECK (width BETWEEN 1 AND 480),
  height INTEGER NOT NULL CHECK (height BETWEEN 1 AND 480),
  content BLOB NOT NULL CHECK (length(content) BETWEEN 1 AND 40960)
) STRICT;

CREATE UNIQUE INDEX picture_once ON picture (coalesce(resource_id, ''), published);

CREATE TABLE embedding_origin (
  position INTEGER PRIMARY KEY,
  origin TEXT NOT NULL UNIQUE CHECK (origin GLOB 'http*://*' AND origin NOT GLOB '*[^a-z0-9.:/-]*' AND length(origin) <= 262)
) STRICT;

CREATE TABLE reminder (
  visit_type_id TEXT NOT NULL REFERENCES visit_type (id) ON DELETE CASCADE,
  hours INTEGER NOT NULL CHECK (hours BETWEEN 1 AND 720),
  PRIMARY KEY (visit_type_id, hours)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER visit_type_reminds AFTER INSERT ON visit_type
BEGIN
  INSERT INTO reminder VALUES (NEW.id, 24) ON CONFLICT DO NOTHING;
END;

CREATE TABLE waiting_rules (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  -- Whether owners can put themselves on the list.
  open INTEGER NOT NULL DEFAULT 1 CHECK (open IN (0, 1)),
  -- To how many a time is offered at once.
  offers INTEGER NOT NULL DEFAULT 3 CHECK (offers BETWEEN 1 AND 5),
  hold_minutes INTEGER NOT NULL DEFAULT 120 CHECK (hold_minutes BETWEEN 15 AND 1440),
  -- Nearer to its start than so many hours a time is offered to nobody any more.
  near_hours INTEGER NOT NULL DEFAULT 4 CHECK (near_hours BETWEEN 1 AND 72),
  -- How many entries one mail address may have.
  most_entries INTEGER NOT NULL DEFAULT 3 CHECK (most_entries BETWEEN 1 AND 10)
) STRICT;

CREATE TABLE waiting (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  -- 'unconfirmed' until the mailed link was used, 'waiting', or 'ended'.
  state TEXT NOT NULL CHECK (state IN ('unconfirmed', 'waiting', 'ended')),
  -- Why it ended: an offer was accepted, another fitting time was booked, its owner or staff took it off, its days are over.
  outcome TEXT CHECK (outcome IN ('accepted', 'booked', 'left', 'removed', 'over')),
  urgent INTEGER NOT NULL DEFAULT 0 CHECK (urgent IN (0, 1)),
  visit_type_id TEXT NOT NULL REFERENCES visit_type (id),
  -- Whom they want to see; anybody, if null.
  vet TEXT REFERENCES resource (id),
  first_day TEXT NOT NULL,
  last_day TEXT NOT NULL CHECK (last_day >= first_day),
  -- One bit a weekday, Monday the lowest.
  weekdays INTEGER NOT NULL DEFAULT 127 CHECK (weekdays BETWEEN 1 AND 127),
  -- One bit each for morning, midday, afternoon and evening.
  day_parts INTEGER NOT NULL DEFAULT 15 CHECK (day_parts BETWEEN 1 AND 15),
  language TEXT NOT NULL,
  owner_id INTEGER REFERENCES owner (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  email_key TEXT NOT NULL,
  phone TEXT NOT NULL DEFAULT '',
  online INTEGER NOT NULL DEFAULT 1 CHECK (online IN (0, 1)),
  revision INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  -- Offers that ran out before then do not count against it.
  asked_since INTEGER NOT NULL,
  ended_at INTEGER,
  -- The form it was entered with: a form that is sent twice makes one entry.
  form_key TEXT UNIQUE, subject TEXT,
  CHECK ((state = 'ended') = (ended_at IS NOT NULL AND outcome IS NOT NULL))
) STRICT;

CREATE INDEX waiting_state ON waiting (state);

CREATE INDEX waiting_email ON waiting (email_key);

CREATE INDEX waiting_owner ON waiting (owner_id) WHERE owner_id IS NOT NULL;

CREATE TABLE waiting_animal (
  waiting_id INTEGER NOT NULL REFERENCES waiting (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  species_id TEXT NOT NULL REFERENCES species (id),
  born TEXT,
  reason TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (waiting_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE kept_time (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  starts_at INTEGER NOT NULL CHECK (starts_at % 300 = 0),
  ends_at INTEGER NOT NULL CHECK (ends_at > starts_at),
  vet TEXT REFERENCES resource (id),
  expires_at INTEGER NOT NULL,
  -- Staff have taken it out of the list's hands: until it is over, it is not offered again.
  released INTEGER NOT NULL DEFAULT 0 CHECK (released IN (0, 1))
) STRICT;

CREATE INDEX blocked_time_kept ON blocked_time (kept_time_id) WHERE kept_time_id IS NOT NULL;

CREATE TABLE offer (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  waiting_id INTEGER NOT NULL REFERENCES waiting (id) ON DELETE CASCADE,
  kept_time_id INTEGER REFERENCES kept_time (id) ON DELETE SET NULL,
  starts_at INTEGER NOT NULL,
  vet TEXT REFERENCES resource (id),
  -- 'taken': somebody else was faster. 'withdrawn': the practice needs the time itself.
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'accepted', 'declined', 'expired', 'taken', 'withdrawn')),
  made_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  -- What became of it, if it was accepted.
  appointment_id INTEGER REFERENCES appointment (id) ON DELETE SET NULL
) STRICT;

CREATE UNIQUE INDEX offer_open_once ON offer (waiting_id) WHERE state = 'open';

CREATE INDEX offer_waiting ON offer (waiting_id);

CREATE INDEX offer_kept ON offer (kept_time_id) WHERE kept_time_id IS NOT NULL;

CREATE INDEX offer_appointment ON offer (appointment_id) WHERE appointment_id IS NOT NULL;

CREATE TABLE waiting_link (
  token_hash BLOB PRIMARY KEY CHECK (length(token_hash) = 32),
  waiting_id INTEGER NOT NULL REFERENCES waiting (id) ON DELETE CASCADE,
  -- The offer it came with; null for the link that confirms the entry.
  offer_id INTEGER REFERENCES offer (id) ON DELETE CASCADE,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX waiting_link_waiting ON waiting_link (waiting_id);

CREATE INDEX waiting_link_offer ON waiting_link (offer_id) WHERE offer_id IS NOT NULL;

CREATE TABLE question (
  id TEXT PRIMARY KEY CHECK (id <> '' AND id NOT GLOB '*[^a-z0-9-]*'),
  position INTEGER NOT NULL,
  -- Whether it is asked whatever the visit is for. Said here and not by a lack of rows: those go with a visit type.
  for_all_types INTEGER NOT NULL DEFAULT 1 CHECK (for_all_types IN (0, 1)),
  kind TEXT NOT NULL CHECK (kind IN ('text', 'choice', 'several', 'number', 'date', 'photo')),
  -- Whether nobody books online without an answer. A photo is always a favour.
  needed INTEGER NOT NULL DEFAULT 0 CHECK (needed IN (0, 1) AND (needed = 0 OR kind <> 'photo')),
  -- Whether the answer stands on the day list, which may hang where others read it.
  on_day_list INTEGER NOT NULL DEFAULT 0 CHECK (on_day_list IN (0, 1)),
  -- Asked only of those who chose this answer, in German, of another question.
  only_question_id TEXT REFERENCES question (id),
  only_answer TEXT CHECK ((only_answer IS NULL) = (only_question_id IS NULL)),
  -- Between which numbers an answer of the kind 'number' lies, both included.
  least INTEGER NOT NULL DEFAULT 0,
  most INTEGER NOT NULL DEFAULT 1000,
  CHECK (least <= most),
  CHECK (only_question_id <> id)
) STRICT;

CREATE TABLE question_text (
  question_id TEXT NOT NULL REFERENCES question (id) ON DELETE CASCADE,
  language TEXT NOT NULL,
  words TEXT NOT NULL CHECK (words <> ''),
  help TEXT NOT NULL DEFAULT '',
  answers TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (question_id, language)
) STRICT, WITHOUT ROWID;

CREATE TABLE question_visit_type (
  question_id TEXT NOT NULL REFERENCES question (id) ON DELETE CASCADE,
  visit_type_id TEXT NOT NULL REFERENCES visit_type (id) ON DELETE CASCADE,
  PRIMARY KEY (question_id, visit_type_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE question_species (
  question_id TEXT NOT NULL REFERENCES question (id) ON DELETE CASCADE,
  species_id TEXT NOT NULL REFERENCES species (id) ON DELETE CASCADE,
  PRIMARY KEY (question_id, species_id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER question_conditions_are_flat BEFORE INSERT ON question
WHEN NEW.only_question_id IS NOT NULL AND EXISTS (SELECT 1 FROM question WHERE id = NEW.only_question_id AND only_question_id IS NOT NULL)
BEGIN
  SELECT RAISE (ABORT, 'a condition hangs on a condition');
END;

CREATE TRIGGER question_conditions_stay_flat BEFORE UPDATE OF only_question_id ON question
WHEN NEW.only_question_id IS NOT NULL AND (
  EXISTS (SELECT 1 FROM question WHERE id = NEW.only_question_id AND only_question_id IS NOT NULL)
  OR EXISTS (SELECT 1 FROM question WHERE only_question_id = NEW.id))
BEGIN
  SELECT RAISE (ABORT, 'a condition hangs on a condition');
END;

CREATE TABLE answer (
  id INTEGER PRIMARY KEY,
  appointment_id INTEGER NOT NULL REFERENCES appointment (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  question_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('text', 'choice', 'several', 'number', 'date')),
  asked TEXT NOT NULL,
  -- Several answers stand one in a line; a date is written as in ISO 8601.
  said TEXT NOT NULL CHECK (said <> ''),
  on_day_list INTEGER NOT NULL CHECK (on_day_list IN (0, 1)),
  UNIQUE (appointment_id, position)
) STRICT;

CREATE TABLE photo (
  id INTEGER PRIMARY KEY,
  appointment_id INTEGER NOT NULL REFERENCES appointment (id) ON DELETE CASCADE,
  position INTEGER NOT NULL CHECK (position BETWEEN 1 AND 3),
  asked TEXT NOT NULL,
  width INTEGER NOT NULL CHECK (width BETWEEN 1 AND 1280),
  height INTEGER NOT NULL CHECK (height BETWEEN 1 AND 1280),
  content BLOB NOT NULL CHECK (length(content) BETWEEN 1 AND 409600),
  UNIQUE (appointment_id, position)
) STRICT;

CREATE TABLE instruction (
  id TEXT PRIMARY KEY CHECK (id <> '' AND id NOT GLOB '*[^a-z0-9-]*'),
  position INTEGER NOT NULL,
  moment TEXT NOT NULL CHECK (moment IN ('before', 'after', 'both')),
  -- Whether it asks for an empty stomach. Such a one holds for the species named and for no other.
  fasting INTEGER NOT NULL DEFAULT 0 CHECK (fasting IN (0, 1))
) STRICT;

CREATE TABLE instruction_text (
  instruction_id TEXT NOT NULL REFERENCES instruction (id) ON DELETE CASCADE,
  language TEXT NOT NULL,
  words TEXT NOT NULL CHECK (words <> ''),
  PRIMARY KEY (instruction_id, language)
) STRICT, WITHOUT ROWID;

CREATE TABLE instruction_visit_type (
  instruction_id TEXT NOT NULL REFERENCES instruction (id) ON DELETE CASCADE,
  visit_type_id TEXT NOT NULL,
  PRIMARY KEY (instruction_id, visit_type_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE instruction_species (
  instruction_id TEXT NOT NULL REFERENCES instruction (id) ON DELETE CASCADE,
  species_id TEXT NOT NULL REFERENCES species (id) ON DELETE CASCADE,
  PRIMARY KEY (instruction_id, species_id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER instruction_never_starves BEFORE INSERT ON instruction_species
WHEN NEW.species_id IN ('rabbit', 'guinea-pig', 'hamster') AND EXISTS (SELECT 1 FROM instruction WHERE id = NEW.instruction_id AND fasting)
BEGIN
  SELECT RAISE (ABORT, 'rabbits and rodents must not fast');
END;

CREATE TRIGGER instruction_still_never_starves BEFORE UPDATE OF fasting ON instruction
WHEN NEW.fasting AND EXISTS (SELECT 1 FROM instruction_species WHERE instruction_id = NEW.id AND species_id IN ('rabbit', 'guinea-pig', 'hamster'))
BEGIN
  SELECT RAISE (ABORT, 'rabbits and rodents must not fast');
END;

CREATE TABLE price_note (
  id INTEGER PRIMARY KEY,
  visit_type_id TEXT NOT NULL REFERENCES visit_type (id) ON DELETE CASCADE,
  -- A date of the practice's calendar, like 2026-11-24.
  valid_from TEXT NOT NULL CHECK (date(valid_from) IS valid_from),
  least INTEGER NOT NULL CHECK (least > 0),
  most INTEGER NOT NULL CHECK (most >= least),
  UNIQUE (visit_type_id, valid_from)
) STRICT;

CREATE TABLE webhook (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  -- The host alone is shown. The whole address often is a secret of its own, so it is encrypted like the secret that signs:
  -- with the keys in the practice's folder, outside this database.
  host TEXT NOT NULL,
  address BLOB NOT NULL,
  secret BLOB NOT NULL,
  -- 'paused': what happens meanwhile waits; 'off': given up by the program after three days, nothing more is noted.
  state TEXT NOT NULL DEFAULT 'on' CHECK (state IN ('on', 'paused', 'off')),
  -- Nothing is sent there before: the last attempt has failed for a reason that concerns everything.
  held_until INTEGER NOT NULL DEFAULT 0,
  succeeded_at INTEGER,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE webhook_event (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  -- What the receiver knows it by; random, so that it does not count the practice's bookings.
  message TEXT NOT NULL UNIQUE,
  type TEXT NOT NULL CHECK (type IN ('appointment.booked', 'appointment.moved', 'appointment.cancelled', 'test')),
  -- No reference: the event outlives an appointment that is removed.
  appointment_id INTEGER,
  number TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL DEFAULT '',
  starts_at INTEGER NOT NULL DEFAULT 0,
  minutes INTEGER NOT NULL DEFAULT 0,
  visit_type_id TEXT NOT NULL DEFAULT '',
  vet TEXT,
  -- Ids of everybody and everything the appointment occupies, separated by blanks.
  resources TEXT NOT NULL DEFAULT '',
  -- Both are set together when the sender first sees it, moments after the commit; from then on every attempt sends the same.
  created_at INTEGER,
  body TEXT
) STRICT;

CREATE INDEX webhook_event_appointment ON webhook_event (appointment_id);

CREATE INDEX webhook_event_unwritten ON webhook_event (id) WHERE body IS NULL;

CREATE TABLE webhook_delivery (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  webhook_id INTEGER NOT NULL REFERENCES webhook (id) ON DELETE CASCADE,
  event_id INTEGER NOT NULL REFERENCES webhook_event (id) ON DELETE CASCADE,
  state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'failed')),
  attempts INTEGER NOT NULL DEFAULT 0,
  due_at INTEGER NOT NULL DEFAULT 0,
  tried_at INTEGER,
  -- What came of the last attempt: a word of the program's, and the status if there was one.
  result TEXT NOT NULL DEFAULT '',
  status INTEGER,
  UNIQUE (webhook_id, event_id)
) STRICT;

CREATE INDEX webhook_delivery_waiting ON webhook_delivery (webhook_id, id) WHERE state = 'waiting';

CREATE INDEX webhook_delivery_event ON webhook_delivery (event_id);

CREATE TRIGGER webhook_sees_new AFTER INSERT ON appointment
WHEN NEW.state = 'booked' AND EXISTS (SELECT 1 FROM webhook WHERE state <> 'off')
BEGIN
  INSERT INTO webhook_event (message, type, appointment_id, number, state, starts_at, minutes, visit_type_id, vet)
  VALUES ('msg_' || lower(hex(randomblob(16))), 'appointment.booked', NEW.id, NEW.number, NEW.state, NEW.starts_at, NEW.minutes, NEW.visit_type_id, NEW.vet);
END;

CREATE TRIGGER webhook_sees_state AFTER UPDATE OF state ON appointment
WHEN (NEW.state = 'booked') <> (OLD.state = 'booked') AND EXISTS (SELECT 1 FROM webhook WHERE state <> 'off')
BEGIN
  INSERT INTO webhook_event (message, type, appointment_id, number, state, starts_at, minutes, visit_type_id, vet, resources)
  VALUES ('msg_' || lower(hex(randomblob(16))), iif(NEW.state = 'booked', 'appointment.booked', 'appointment.cancelled'),
    NEW.id, NEW.number, NEW.state, NEW.starts_at, NEW.minutes, NEW.visit_type_id, NEW.vet,
    iif(NEW.state = 'booked', coalesce((SELECT group_concat(resource_id, ' ') FROM (
      SELECT resource_id FROM occupancy WHERE appointment_id = NEW.id UNION SELECT resource_id FROM squeeze WHERE appointment_id = NEW.id)), ''), ''));
END;

CREATE TRIGGER webhook_sees_move AFTER UPDATE OF starts_at ON appointment
WHEN NEW.state = 'booked' AND OLD.state = 'booked' AND EXISTS (SELECT 1 FROM webhook WHERE state <> 'off')
BEGIN
  INSERT INTO webhook_event (message, type, appointment_id, number, state, starts_at, minutes, visit_type_id, vet, resources)
  VALUES ('msg_' || lower(hex(randomblob(16))), 'appointment.moved', NEW.id, NEW.number, NEW.state, NEW.starts_at, NEW.minutes, NEW.visit_type_id, NEW.vet,
    coalesce((SELECT group_concat(resource_id, ' ') FROM (
      SELECT resource_id FROM occupancy WHERE appointment_id = NEW.id UNION SELECT resource_id FROM squeeze WHERE appointment_id = NEW.id)), ''));
END;

CREATE TRIGGER webhook_sees_taken AFTER INSERT ON occupancy
WHEN EXISTS (SELECT 1 FROM webhook_event WHERE appointment_id = NEW.appointment_id AND body IS NULL)
BEGIN
  UPDATE webhook_event SET resources = trim(resources || ' ' || NEW.resource_id)
  WHERE id = (SELECT max(id) FROM webhook_event WHERE appointment_id = NEW.appointment_id)
    AND body IS NULL AND state = 'booked' AND instr(' ' || resources || ' ', ' ' || NEW.resource_id || ' ') = 0;
END;

CREATE TRIGGER webhook_sees_squeezed AFTER INSERT ON squeeze
WHEN EXISTS (SELECT 1 FROM webhook_event WHERE appointment_id = NEW.appointment_id AND body IS NULL)
BEGIN
  UPDATE webhook_event SET resources = trim(resources || ' ' || NEW.resource_id)
  WHERE id = (SELECT max(id) FROM webhook_event WHERE appointment_id = NEW.appointment_id)
    AND body IS NULL AND state = 'booked' AND instr(' ' || resources || ' ', ' ' || NEW.resource_id || ' ') = 0;
END;

CREATE TRIGGER webhook_event_goes_out AFTER INSERT ON webhook_event WHEN NEW.type <> 'test'
BEGIN
  INSERT INTO webhook_delivery (webhook_id, event_id) SELECT id, NEW.id FROM webhook WHERE state <> 'off';
END;

CREATE TABLE api_token (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
  name TEXT NOT NULL,
  -- 'day:read', 'appointments:write' or both, separated by a blank.
  scopes TEXT NOT NULL CHECK (scopes IN ('day:read', 'appointments:write', 'day:read appointments:write')),
  -- From this instant on it opens nothing.
  ends_at INTEGER NOT NULL,
  revoked_at INTEGER,
  -- The last day it was used, by the practice's calendar; not when, nor from where.
  used_on TEXT,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE "outbox" (
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

CREATE INDEX outbox_due ON outbox (due_at) WHERE state = 'waiting';

CREATE INDEX outbox_appointment ON outbox (appointment_id) WHERE appointment_id IS NOT NULL;

CREATE INDEX outbox_owner ON outbox (owner_id) WHERE owner_id IS NOT NULL;

CREATE INDEX outbox_waiting ON outbox (waiting_id) WHERE waiting_id IS NOT NULL;

CREATE TABLE aftercare (
  visit_type_id TEXT NOT NULL REFERENCES visit_type (id) ON DELETE CASCADE,
  language TEXT NOT NULL,
  -- One paragraph a line.
  words TEXT NOT NULL CHECK (words <> ''),
  PRIMARY KEY (visit_type_id, language)
) STRICT, WITHOUT ROWID;

CREATE TABLE new_address (
  account_id INTEGER PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
  email TEXT NOT NULL,
  email_key TEXT NOT NULL,
  token_hash BLOB UNIQUE CHECK (length(token_hash) = 32),
  expires_at INTEGER NOT NULL
) STRICT;

CREATE TABLE recall_rule (
  id TEXT PRIMARY KEY CHECK (id GLOB '[a-z]*'),
  position INTEGER NOT NULL,
  species_id TEXT NOT NULL REFERENCES species (id),
  what TEXT NOT NULL CHECK (what IN ('vaccination', 'check-up')),
  -- Whole months from one time to the next; null where only the product says.
  interval_months INTEGER CHECK (interval_months BETWEEN 1 AND 120),
  first_series TEXT NOT NULL DEFAULT '',
  -- Where sources disagree, or anything else to know before confirming it.
  note TEXT NOT NULL DEFAULT '',
  source TEXT NOT NULL DEFAULT '',
  edition TEXT NOT NULL DEFAULT '',
  -- How many days before the date the recall is sent, and how many after that once more; null for never.
  ahead_days INTEGER NOT NULL DEFAULT 21 CHECK (ahead_days BETWEEN 1 AND 120),
  repeat_days INTEGER DEFAULT 28 CHECK (repeat_days BETWEEN 7 AND 120),
  active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  -- Until somebody of the practice has confirmed it, a rule does nothing.
  confirmed_at INTEGER,
  confirmed_by INTEGER REFERENCES account (id) ON DELETE SET NULL
) STRICT;

CREATE TABLE recall_rule_text (
  rule_id TEXT NOT NULL REFERENCES recall_rule (id) ON DELETE CASCADE,
  language TEXT NOT NULL,
  name TEXT NOT NULL CHECK (name <> ''),
  PRIMARY KEY (rule_id, language)
) STRICT, WITHOUT ROWID;

CREATE TABLE recall_visit (
  rule_id TEXT NOT NULL REFERENCES recall_rule (id) ON DELETE CASCADE,
  visit_type_id TEXT NOT NULL REFERENCES visit_type (id) ON DELETE CASCADE,
  PRIMARY KEY (rule_id, visit_type_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE animal_due (
  animal_id INTEGER NOT NULL REFERENCES animal (id) ON DELETE CASCADE,
  rule_id TEXT NOT NULL REFERENCES recall_rule (id) ON DELETE CASCADE,
  given_on TEXT NOT NULL CHECK (given_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
  product TEXT NOT NULL DEFAULT '',
  product_months INTEGER CHECK (product_months BETWEEN 1 AND 120),
  due_on TEXT NOT NULL CHECK (due_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]' AND due_on > given_on),
  -- Whether somebody has set the date, rather than the interval.
  by_hand INTEGER NOT NULL DEFAULT 0 CHECK (by_hand IN (0, 1)),
  -- Not for this animal.
  off INTEGER NOT NULL DEFAULT 0 CHECK (off IN (0, 1)),
  PRIMARY KEY (animal_id, rule_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX animal_due_on ON animal_due (due_on);

CREATE TABLE recall_told (
  animal_id INTEGER NOT NULL REFERENCES animal (id) ON DELETE CASCADE,
  rule_id TEXT NOT NULL REFERENCES recall_rule (id) ON DELETE CASCADE,
  due_on TEXT NOT NULL,
  stage INTEGER NOT NULL CHECK (stage IN (1, 2)),
  told_at INTEGER NOT NULL,
  -- The mail that says it; its row goes before this one.
  outbox_id INTEGER NOT NULL,
  PRIMARY KEY (animal_id, rule_id, due_on, stage)
) STRICT, WITHOUT ROWID;

CREATE INDEX recall_told_mail ON recall_told (outbox_id);

CREATE TABLE consent (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  owner_id INTEGER NOT NULL REFERENCES owner (id) ON DELETE CASCADE,
  purpose TEXT NOT NULL DEFAULT 'recall' CHECK (purpose = 'recall'),
  act TEXT NOT NULL CHECK (act IN ('given', 'withdrawn')),
  at INTEGER NOT NULL,
  -- By a link that was mailed to that address, by the confirmation of a mail, by the mail program's own button; or as staff were told.
  how TEXT NOT NULL CHECK (how IN ('link', 'confirmed', 'one-click', 'phone', 'writing', 'person')),
  actor TEXT NOT NULL,
  email_key TEXT NOT NULL,
  -- What they agreed to, word for word; empty for a withdrawal.
  wording TEXT NOT NULL DEFAULT '' CHECK ((act = 'given') = (wording <> '')),
  language TEXT NOT NULL DEFAULT '',
  -- The release of the program the words were shown by.
  version TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX consent_owner ON consent (owner_id, at);

CREATE VIEW consenting AS
SELECT c.owner_id, c.at, c.how FROM consent c JOIN owner o ON o.id = c.owner_id
WHERE c.act = 'given' AND o.email <> '' AND c.email_key = o.email_key
  AND NOT EXISTS (SELECT 1 FROM consent l WHERE l.owner_id = c.owner_id AND (l.at > c.at OR (l.at = c.at AND l.id > c.id)));

CREATE TRIGGER consent_never_changes BEFORE UPDATE OF id, purpose, act, at, how, actor, email_key, wording, language, version ON consent
BEGIN
  SELECT RAISE(ABORT, 'a consent never changes');
END;

CREATE TRIGGER consent_is_kept BEFORE DELETE ON consent
WHEN EXISTS (SELECT 1 FROM owner WHERE id = OLD.owner_id)
  AND (SELECT act FROM consent WHERE owner_id = OLD.owner_id ORDER BY at DESC, id DESC LIMIT 1) = 'given'
BEGIN
  SELECT RAISE(ABORT, 'the proof of a consent is kept as long as it holds');
END;

CREATE TABLE consent_asked (
  owner_id INTEGER PRIMARY KEY REFERENCES owner (id) ON DELETE CASCADE,
  email_key TEXT NOT NULL,
  token_hash BLOB UNIQUE CHECK (length(token_hash) = 32),
  expires_at INTEGER NOT NULL
) STRICT;

CREATE TABLE recall_link (
  token_hash BLOB PRIMARY KEY CHECK (length(token_hash) = 32),
  owner_id INTEGER NOT NULL REFERENCES owner (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX recall_link_owner ON recall_link (owner_id);

CREATE TRIGGER recall_after_consent AFTER INSERT ON consent
BEGIN
  UPDATE practice SET recall_look = 0;
END;

CREATE TRIGGER recall_after_merge AFTER UPDATE OF owner_id ON consent
BEGIN
  UPDATE practice SET recall_look = 0;
END;

CREATE TRIGGER recall_after_due AFTER INSERT ON animal_due
BEGIN
  UPDATE practice SET recall_look = 0;
END;

CREATE TRIGGER recall_after_due_changed AFTER UPDATE ON animal_due
BEGIN
  UPDATE practice SET recall_look = 0;
END;

CREATE TRIGGER recall_after_rule AFTER UPDATE ON recall_rule
BEGIN
  UPDATE practice SET recall_look = 0;
END;

CREATE TRIGGER recall_after_address AFTER UPDATE OF email_key ON owner WHEN EXISTS (SELECT 1 FROM consent WHERE owner_id = NEW.id)
BEGIN
  UPDATE practice SET recall_look = 0;
END;

CREATE TRIGGER recall_after_animal AFTER UPDATE OF owner_id, departed ON animal WHEN EXISTS (SELECT 1 FROM animal_due WHERE animal_id = NEW.id)
BEGIN
  UPDATE practice SET recall_look = 0;
END;

CREATE TABLE gateway (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  host TEXT NOT NULL,
  address BLOB NOT NULL,
  secret BLOB NOT NULL,
  -- Whether reminders go to the telephone also of those who have a mail address.
  reminders_too INTEGER NOT NULL CHECK (reminders_too IN (0, 1))
) STRICT;

CREATE TABLE identity (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  practice TEXT NOT NULL CHECK (length(practice) = 32)
) STRICT;

CREATE TABLE erased (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  entry INTEGER NOT NULL,
  hash TEXT NOT NULL
) STRICT;

CREATE TABLE owner_subject (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  owner_id INTEGER NOT NULL REFERENCES owner (id) ON DELETE CASCADE,
  subject TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16))))
) STRICT;

CREATE INDEX owner_subject_owner ON owner_subject (owner_id);

CREATE TRIGGER owner_gets_subject AFTER INSERT ON owner
BEGIN
  INSERT INTO owner_subject (owner_id) VALUES (NEW.id);
END;

CREATE TRIGGER appointment_gets_subject AFTER INSERT ON appointment WHEN NEW.subject IS NULL
BEGIN
  UPDATE appointment SET subject = lower(hex(randomblob(16))) WHERE id = NEW.id;
END;

CREATE TRIGGER waiting_gets_subject AFTER INSERT ON waiting WHEN NEW.subject IS NULL
BEGIN
  UPDATE waiting SET subject = lower(hex(randomblob(16))) WHERE id = NEW.id;
END;

CREATE TRIGGER walk_in_gets_subject AFTER INSERT ON walk_in WHEN NEW.subject IS NULL
BEGIN
  UPDATE walk_in SET subject = lower(hex(randomblob(16))) WHERE id = NEW.id;
END;

CREATE TABLE legal_hold (
  owner_id INTEGER PRIMARY KEY REFERENCES owner (id) ON DELETE CASCADE,
  reason TEXT NOT NULL CHECK (reason <> ''),
  -- The last day it holds.
  until TEXT NOT NULL CHECK (date(until) IS until),
  account_id INTEGER REFERENCES account (id) ON DELETE SET NULL,
  set_at INTEGER NOT NULL
) STRICT;

CREATE TABLE backup_plan (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  -- The hour of the night in which a backup is made, by the practice's clock.
  hour INTEGER NOT NULL DEFAULT 2 CHECK (hour BETWEEN 0 AND 23),
  -- For so long backups are kept: whoever was erased is in none that is older (BayLfD, 30th report, 12.5).
  days INTEGER NOT NULL DEFAULT 35 CHECK (days BETWEEN 1 AND 35),
  most INTEGER NOT NULL DEFAULT 40 CHECK (most BETWEEN 2 AND 100)
) STRICT;

CREATE TABLE backup_run (
  id INTEGER PRIMARY KEY,
  -- A backup that was made; a rehearsal: the newest one brought back into a place of its own and tried; or a look at every page
  -- of the database file.
  kind TEXT NOT NULL CHECK (kind IN ('backup', 'rehearsal', 'pages')),
  at INTEGER NOT NULL,
  -- The file's name, without where it lies.
  file TEXT NOT NULL,
  bytes INTEGER NOT NULL DEFAULT 0,
  -- What went wrong, in a word of the program's; null if nothing did.
  problem TEXT
) STRICT;

CREATE TRIGGER backup_run_keeps_few AFTER INSERT ON backup_run
BEGIN
  DELETE FROM backup_run WHERE kind = NEW.kind AND id <= NEW.id - 400;
END;

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

CREATE UNIQUE INDEX data_request_open ON data_request (owner_id, kind) WHERE state = 'open';

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
