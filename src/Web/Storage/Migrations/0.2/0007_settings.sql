-- What an administrator sets that had no place yet.

-- Who helps outside the opening hours, from when to when. Shown wherever people look for help.
CREATE TABLE emergency_duty (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  starts_local TEXT NOT NULL,
  ends_local TEXT NOT NULL CHECK (ends_local > starts_local),
  -- Another practice or hospital; empty for this practice itself.
  name TEXT NOT NULL DEFAULT '',
  phone TEXT NOT NULL
) STRICT;

-- The edition of the red flags that a vet of the practice has read and approved; null before that.
ALTER TABLE practice ADD COLUMN red_flags_read TEXT;
