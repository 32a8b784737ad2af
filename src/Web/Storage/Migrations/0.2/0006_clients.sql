-- Instants are seconds since 1970-01-01 UTC; dates are 'YYYY-MM-DD' in the practice's zone.

-- Brought over from another program -----------------------------------------------------------------------------------

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

-- Owners and animals ------------------------------------------------------------------------------------------------

ALTER TABLE owner ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
ALTER TABLE owner ADD COLUMN street TEXT NOT NULL DEFAULT '';
ALTER TABLE owner ADD COLUMN postcode TEXT NOT NULL DEFAULT '';
ALTER TABLE owner ADD COLUMN city TEXT NOT NULL DEFAULT '';
ALTER TABLE owner ADD COLUMN language TEXT NOT NULL DEFAULT 'de';
ALTER TABLE owner ADD COLUMN note TEXT NOT NULL DEFAULT '';
-- What the practice's other programs call this client.
ALTER TABLE owner ADD COLUMN reference TEXT NOT NULL DEFAULT '';
ALTER TABLE owner ADD COLUMN import_id INTEGER REFERENCES import_run (id);
-- The last word of the name first, and umlauts where a German list has them.
ALTER TABLE owner ADD COLUMN sort_name TEXT AS (lower(replace(replace(replace(replace(replace(replace(replace(
  replace(name, rtrim(name, replace(name, ' ', '')), '') || ' ' || name,
  'Ä', 'a'), 'ä', 'a'), 'Ö', 'o'), 'ö', 'o'), 'Ü', 'u'), 'ü', 'u'), 'ß', 'ss')));
CREATE INDEX owner_sort_name ON owner (sort_name);
CREATE INDEX owner_import ON owner (import_id) WHERE import_id IS NOT NULL;
CREATE INDEX appointment_owner ON appointment (owner_id) WHERE owner_id IS NOT NULL;

-- Numbers beside owner.phone.
CREATE TABLE owner_phone (
  owner_id INTEGER NOT NULL REFERENCES owner (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  phone TEXT NOT NULL,
  PRIMARY KEY (owner_id, position)
) STRICT, WITHOUT ROWID;

-- animal.owner_id is the main owner; these are the others.
CREATE TABLE co_owner (
  animal_id INTEGER NOT NULL REFERENCES animal (id) ON DELETE CASCADE,
  owner_id INTEGER NOT NULL REFERENCES owner (id) ON DELETE CASCADE,
  PRIMARY KEY (animal_id, owner_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX co_owner_owner ON co_owner (owner_id);

ALTER TABLE animal ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
ALTER TABLE animal ADD COLUMN breed TEXT NOT NULL DEFAULT '';
ALTER TABLE animal ADD COLUMN sex TEXT CHECK (sex IN ('female', 'male'));
ALTER TABLE animal ADD COLUMN neutered INTEGER CHECK (neutered IN (0, 1));
-- Fifteen digits (ISO 11784), or nothing.
ALTER TABLE animal ADD COLUMN chip TEXT NOT NULL DEFAULT '' CHECK (chip = '' OR (length(chip) = 15 AND chip NOT GLOB '*[^0-9]*'));
ALTER TABLE animal ADD COLUMN insurance TEXT NOT NULL DEFAULT '';
-- Words out of Behaviour, separated by blanks: what whoever touches this animal must know.
ALTER TABLE animal ADD COLUMN behaviour TEXT NOT NULL DEFAULT '';
ALTER TABLE animal ADD COLUMN note TEXT NOT NULL DEFAULT '';
-- Nothing is addressed to an animal any more from this day on.
ALTER TABLE animal ADD COLUMN departed TEXT CHECK (departed IN ('died', 'given-away'));
ALTER TABLE animal ADD COLUMN departed_on TEXT CHECK ((departed IS NULL) = (departed_on IS NULL));
ALTER TABLE animal ADD COLUMN import_id INTEGER REFERENCES import_run (id);
CREATE INDEX animal_import ON animal (import_id) WHERE import_id IS NOT NULL;
CREATE INDEX animal_chip ON animal (chip) WHERE chip <> '';

-- Which animal of the practice's it is, once that is known.
ALTER TABLE appointment_animal ADD COLUMN animal_id INTEGER REFERENCES animal (id) ON DELETE SET NULL;
CREATE INDEX appointment_animal_animal ON appointment_animal (animal_id) WHERE animal_id IS NOT NULL;
UPDATE appointment_animal SET animal_id = (
  SELECT min(a.id) FROM animal a JOIN appointment t ON t.owner_id = a.owner_id
  WHERE t.id = appointment_id AND a.name = appointment_animal.name COLLATE NOCASE AND a.species_id = appointment_animal.species_id);

-- What was typed and what is known ------------------------------------------------------------------------------------

-- Staff have looked at what was typed for this visit.
CREATE TABLE comparison (
  appointment_id INTEGER PRIMARY KEY REFERENCES appointment (id) ON DELETE CASCADE,
  owner_id INTEGER REFERENCES owner (id) ON DELETE CASCADE,
  -- 'taken-over' (some of it), 'kept' (none), 'linked' to an owner, 'new' owner, or 'other': somebody else.
  decision TEXT NOT NULL CHECK (decision IN ('taken-over', 'kept', 'linked', 'new', 'other')),
  account_id INTEGER REFERENCES account (id) ON DELETE SET NULL,
  decided_at INTEGER NOT NULL
) STRICT;
CREATE INDEX comparison_owner ON comparison (owner_id);

-- Whoever books with this address is not this owner; nobody is asked again.
CREATE TABLE not_the_same (
  owner_id INTEGER NOT NULL REFERENCES owner (id) ON DELETE CASCADE,
  email_key TEXT NOT NULL,
  PRIMARY KEY (owner_id, email_key)
) STRICT, WITHOUT ROWID;

-- Two records became one; for a quarter of an hour it can be taken back.
CREATE TABLE merge (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kept_id INTEGER NOT NULL REFERENCES owner (id) ON DELETE CASCADE,
  merged_at INTEGER NOT NULL,
  -- Both records as they were, as JSON.
  before TEXT NOT NULL
) STRICT;
CREATE INDEX merge_kept ON merge (kept_id);

-- Calendars out and in ------------------------------------------------------------------------------------------------

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
