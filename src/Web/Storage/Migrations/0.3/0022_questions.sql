-- The practice's own questions, asked in the last form of a booking.
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

-- In German in any case. The answers to choose from stand one in a line; in other languages in the same order.
CREATE TABLE question_text (
  question_id TEXT NOT NULL REFERENCES question (id) ON DELETE CASCADE,
  language TEXT NOT NULL,
  words TEXT NOT NULL CHECK (words <> ''),
  help TEXT NOT NULL DEFAULT '',
  answers TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (question_id, language)
) STRICT, WITHOUT ROWID;

-- Which visit types it belongs to, unless to all.
CREATE TABLE question_visit_type (
  question_id TEXT NOT NULL REFERENCES question (id) ON DELETE CASCADE,
  visit_type_id TEXT NOT NULL REFERENCES visit_type (id) ON DELETE CASCADE,
  PRIMARY KEY (question_id, visit_type_id)
) STRICT, WITHOUT ROWID;

-- Which species it is about; no row means all.
CREATE TABLE question_species (
  question_id TEXT NOT NULL REFERENCES question (id) ON DELETE CASCADE,
  species_id TEXT NOT NULL REFERENCES species (id) ON DELETE CASCADE,
  PRIMARY KEY (question_id, species_id)
) STRICT, WITHOUT ROWID;

-- A condition never hangs on a condition, so nobody can build a circle.
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

-- What somebody answered, with the question in the words it had then: it may be changed or gone since.
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

-- Photos of an animal, as this program has drawn them anew: never as they were sent.
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

-- What owners are told before they book ('before') or once they have booked ('after').
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

-- Which visit types it belongs to; no row means none. One that is not there may come back from the catalogue, and must not
-- come back without its instructions.
CREATE TABLE instruction_visit_type (
  instruction_id TEXT NOT NULL REFERENCES instruction (id) ON DELETE CASCADE,
  visit_type_id TEXT NOT NULL,
  PRIMARY KEY (instruction_id, visit_type_id)
) STRICT, WITHOUT ROWID;

-- Which species it holds for; no row means all, unless it is about fasting.
CREATE TABLE instruction_species (
  instruction_id TEXT NOT NULL REFERENCES instruction (id) ON DELETE CASCADE,
  species_id TEXT NOT NULL REFERENCES species (id) ON DELETE CASCADE,
  PRIMARY KEY (instruction_id, species_id)
) STRICT, WITHOUT ROWID;

-- Rabbits and rodents die of an empty stomach. Nobody may tell their owners to let them go hungry, by no way.
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

-- About how much a visit costs, in whole euros with value added tax; the newest line whose day has come holds.
CREATE TABLE price_note (
  id INTEGER PRIMARY KEY,
  visit_type_id TEXT NOT NULL REFERENCES visit_type (id) ON DELETE CASCADE,
  -- A date of the practice's calendar, like 2026-11-24.
  valid_from TEXT NOT NULL CHECK (date(valid_from) IS valid_from),
  least INTEGER NOT NULL CHECK (least > 0),
  most INTEGER NOT NULL CHECK (most >= least),
  UNIQUE (visit_type_id, valid_from)
) STRICT;

-- Whether owners see them, and the date of the fee table they were taken from.
ALTER TABLE practice ADD COLUMN shows_prices INTEGER NOT NULL DEFAULT 0 CHECK (shows_prices IN (0, 1));
ALTER TABLE practice ADD COLUMN price_edition TEXT;
