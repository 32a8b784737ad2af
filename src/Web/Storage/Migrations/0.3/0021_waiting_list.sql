-- The waiting list: who waits for a time, which time is kept for it, and to whom it was offered.
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

INSERT INTO waiting_rules (only) VALUES (1);

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
  form_key TEXT UNIQUE,
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

-- A time that is kept for the list while it is offered. What it takes up are its blocked times: occupancy may not meet them.
CREATE TABLE kept_time (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  starts_at INTEGER NOT NULL CHECK (starts_at % 300 = 0),
  ends_at INTEGER NOT NULL CHECK (ends_at > starts_at),
  vet TEXT REFERENCES resource (id),
  expires_at INTEGER NOT NULL,
  -- Staff have taken it out of the list's hands: until it is over, it is not offered again.
  released INTEGER NOT NULL DEFAULT 0 CHECK (released IN (0, 1))
) STRICT;

ALTER TABLE blocked_time ADD COLUMN kept_time_id INTEGER REFERENCES kept_time (id);

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

-- Nobody is asked about two times at once.
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
