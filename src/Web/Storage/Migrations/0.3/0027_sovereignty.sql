-- What the practice is known by outside its database: to its backups and to the journal of erasures.
CREATE TABLE identity (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  practice TEXT NOT NULL CHECK (length(practice) = 32)
) STRICT;

INSERT INTO identity VALUES (1, lower(hex(randomblob(16))));

-- Up to which entry of the journal erasures have been carried out here, and that entry's hash.
CREATE TABLE erased (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  entry INTEGER NOT NULL,
  hash TEXT NOT NULL
) STRICT;

INSERT INTO erased VALUES (1, 0, '');

-- The names an owner has in the journal: random, and never given again, also not after a restore. An owner that was made of two
-- has those of both.
CREATE TABLE owner_subject (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  owner_id INTEGER NOT NULL REFERENCES owner (id) ON DELETE CASCADE,
  subject TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16))))
) STRICT;

CREATE INDEX owner_subject_owner ON owner_subject (owner_id);

INSERT INTO owner_subject (owner_id) SELECT id FROM owner;

CREATE TRIGGER owner_gets_subject AFTER INSERT ON owner
BEGIN
  INSERT INTO owner_subject (owner_id) VALUES (NEW.id);
END;

-- The same for what names somebody without belonging to an owner of the records.
ALTER TABLE appointment ADD COLUMN subject TEXT;
ALTER TABLE waiting ADD COLUMN subject TEXT;
ALTER TABLE walk_in ADD COLUMN subject TEXT;

UPDATE appointment SET subject = lower(hex(randomblob(16)));
UPDATE waiting SET subject = lower(hex(randomblob(16)));
UPDATE walk_in SET subject = lower(hex(randomblob(16)));

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

-- What must not be erased yet, and why (GDPR Art. 17(3)).
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

INSERT INTO backup_plan (only) VALUES (1);

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
