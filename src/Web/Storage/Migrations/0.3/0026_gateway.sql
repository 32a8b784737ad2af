-- A gateway that brings short messages to telephones; no row unless the practice has one. Address and secret are encrypted
-- with the keys in the practice's folder, outside this database; the host alone is shown.
CREATE TABLE gateway (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  host TEXT NOT NULL,
  address BLOB NOT NULL,
  secret BLOB NOT NULL,
  -- Whether reminders go to the telephone also of those who have a mail address.
  reminders_too INTEGER NOT NULL CHECK (reminders_too IN (0, 1))
) STRICT;
