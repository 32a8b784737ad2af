-- Texts in the practice's own words. 'original' is what the program said when they were written: when an update says
-- something else, the practice is shown both.
CREATE TABLE own_text (
  language TEXT NOT NULL,
  key TEXT NOT NULL,
  words TEXT NOT NULL CHECK (words <> ''),
  original TEXT NOT NULL,
  changed_at INTEGER NOT NULL,
  PRIMARY KEY (language, key)
) STRICT, WITHOUT ROWID;

-- Whether German says du.
ALTER TABLE practice ADD COLUMN familiar INTEGER NOT NULL DEFAULT 0 CHECK (familiar IN (0, 1));

-- How the practice looks to owners; no row as long as nothing was changed.
CREATE TABLE look (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  -- As it was chosen, like #0b6b5d; what is shown is derived from it and can always be read.
  colour TEXT NOT NULL CHECK (length(colour) = 7 AND colour GLOB '#*' AND substr(colour, 2) NOT GLOB '*[^0-9a-f]*'),
  corners TEXT NOT NULL CHECK (corners IN ('square', 'slight', 'round', 'very-round')),
  font TEXT NOT NULL CHECK (font IN ('system', 'serif', 'round', 'warm'))
) STRICT;

-- The logo and the photos of people, as this program has drawn them anew: never as they were sent.
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

-- The websites that may show the booking in a frame. What stands here goes into a header as it is, so nothing may stand
-- here that ends the header's word or means more than one website.
CREATE TABLE embedding_origin (
  position INTEGER PRIMARY KEY,
  origin TEXT NOT NULL UNIQUE CHECK (origin GLOB 'http*://*' AND origin NOT GLOB '*[^a-z0-9.:/-]*' AND length(origin) <= 262)
) STRICT;

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
