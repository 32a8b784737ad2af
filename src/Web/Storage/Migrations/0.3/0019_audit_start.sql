-- Where the audit log begins since entries over their time were removed: the last one that is gone, and its hash, which
-- the first one that is left covers.
CREATE TABLE audit_start (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  id INTEGER NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE TRIGGER audit_start_moves_on BEFORE UPDATE ON audit_start WHEN NEW.id <= OLD.id
BEGIN
  SELECT RAISE(ABORT, 'the start of the audit log only moves on');
END;

DROP TRIGGER audit_never_shrinks;

CREATE TRIGGER audit_shrinks_from_its_start BEFORE DELETE ON audit WHEN NOT EXISTS (SELECT 1 FROM audit_start WHERE id >= OLD.id)
BEGIN
  SELECT RAISE(ABORT, 'audit shrinks from its start only');
END;
