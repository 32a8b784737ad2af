-- How long what is kept; what is missing here stays as long as the program proposes.
CREATE TABLE retention (
  rule TEXT PRIMARY KEY,
  days INTEGER NOT NULL CHECK (days > 0)
) STRICT, WITHOUT ROWID;

-- The day on which what is over its time was last removed, as the practice's calendar shows it.
ALTER TABLE practice ADD COLUMN retained_on TEXT;

-- The start of the latest visit that is no longer kept: the owner is known for longer than their visits.
ALTER TABLE owner ADD COLUMN seen_at INTEGER;
