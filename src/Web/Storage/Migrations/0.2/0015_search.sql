-- What the search compares is in these tables, too: it must hear of their changes as well.

CREATE TRIGGER owner_phone_made AFTER INSERT ON owner_phone
BEGIN
  INSERT INTO owner_change (owner_id) VALUES (NEW.owner_id);
END;

CREATE TRIGGER owner_phone_changed AFTER UPDATE ON owner_phone
BEGIN
  INSERT INTO owner_change (owner_id) VALUES (NEW.owner_id), (OLD.owner_id);
END;

CREATE TRIGGER owner_phone_gone AFTER DELETE ON owner_phone
BEGIN
  INSERT INTO owner_change (owner_id) VALUES (OLD.owner_id);
END;

CREATE TRIGGER co_owner_made AFTER INSERT ON co_owner
BEGIN
  INSERT INTO owner_change (owner_id) VALUES (NEW.owner_id);
END;

CREATE TRIGGER co_owner_gone AFTER DELETE ON co_owner
BEGIN
  INSERT INTO owner_change (owner_id) VALUES (OLD.owner_id);
END;

-- An animal's name is part of all its owners' words.
DROP TRIGGER animal_changed;

CREATE TRIGGER animal_changed AFTER UPDATE ON animal
BEGIN
  INSERT INTO owner_change (owner_id) VALUES (NEW.owner_id), (OLD.owner_id);
  INSERT INTO owner_change (owner_id) SELECT owner_id FROM co_owner WHERE animal_id = NEW.id;
END;
