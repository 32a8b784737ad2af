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
