-- What falls due: rules with their source, the dates of each animal, the consent of its owner with its proof, and what was
-- said about it.

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

-- The visit types whose appointments are for it; any, if there is none.
CREATE TABLE recall_visit (
  rule_id TEXT NOT NULL REFERENCES recall_rule (id) ON DELETE CASCADE,
  visit_type_id TEXT NOT NULL REFERENCES visit_type (id) ON DELETE CASCADE,
  PRIMARY KEY (rule_id, visit_type_id)
) STRICT, WITHOUT ROWID;

-- The last time and the next of one animal by one rule. What was given before is in the practice's own program.
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

-- What was said to the owner: once for each date and stage, 1 at first and 2 once more.
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

-- Every consent and every withdrawal, as the proof of it (GDPR Art. 7(1)). The latest of an owner counts, for the address it was given for.
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

-- Only whom it belongs to may change, when two records become one.
CREATE TRIGGER consent_never_changes BEFORE UPDATE OF id, purpose, act, at, how, actor, email_key, wording, language, version ON consent
BEGIN
  SELECT RAISE(ABORT, 'a consent never changes');
END;

-- With its owner it goes, and by retention once it was withdrawn; not while it holds.
CREATE TRIGGER consent_is_kept BEFORE DELETE ON consent
WHEN EXISTS (SELECT 1 FROM owner WHERE id = OLD.owner_id)
  AND (SELECT act FROM consent WHERE owner_id = OLD.owner_id ORDER BY at DESC, id DESC LIMIT 1) = 'given'
BEGIN
  SELECT RAISE(ABORT, 'the proof of a consent is kept as long as it holds');
END;

-- Somebody was asked by mail and has not confirmed yet.
CREATE TABLE consent_asked (
  owner_id INTEGER PRIMARY KEY REFERENCES owner (id) ON DELETE CASCADE,
  email_key TEXT NOT NULL,
  token_hash BLOB UNIQUE CHECK (length(token_hash) = 32),
  expires_at INTEGER NOT NULL
) STRICT;

-- The links that end it: each mail has its own, and all of them work as long as there is anything to end.
CREATE TABLE recall_link (
  token_hash BLOB PRIMARY KEY CHECK (length(token_hash) = 32),
  owner_id INTEGER NOT NULL REFERENCES owner (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX recall_link_owner ON recall_link (owner_id);

-- When it is next looked whether something is to be sent, in seconds since 1970: 0 for at once, null for never.
ALTER TABLE practice ADD COLUMN recall_look INTEGER;

-- Whatever can make something due makes that look happen at once, so that nobody may forget it.
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
