-- Programs the practice tells of its appointments.
CREATE TABLE webhook (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  -- The host alone is shown. The whole address often is a secret of its own, so it is encrypted like the secret that signs:
  -- with the keys in the practice's folder, outside this database.
  host TEXT NOT NULL,
  address BLOB NOT NULL,
  secret BLOB NOT NULL,
  -- 'paused': what happens meanwhile waits; 'off': given up by the program after three days, nothing more is noted.
  state TEXT NOT NULL DEFAULT 'on' CHECK (state IN ('on', 'paused', 'off')),
  -- Nothing is sent there before: the last attempt has failed for a reason that concerns everything.
  held_until INTEGER NOT NULL DEFAULT 0,
  succeeded_at INTEGER,
  created_at INTEGER NOT NULL
) STRICT;

-- What happened to an appointment that is or was booked. Nothing of a person: no name, no address, no animal, no words.
CREATE TABLE webhook_event (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  -- What the receiver knows it by; random, so that it does not count the practice's bookings.
  message TEXT NOT NULL UNIQUE,
  type TEXT NOT NULL CHECK (type IN ('appointment.booked', 'appointment.moved', 'appointment.cancelled', 'test')),
  -- No reference: the event outlives an appointment that is removed.
  appointment_id INTEGER,
  number TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL DEFAULT '',
  starts_at INTEGER NOT NULL DEFAULT 0,
  minutes INTEGER NOT NULL DEFAULT 0,
  visit_type_id TEXT NOT NULL DEFAULT '',
  vet TEXT,
  -- Ids of everybody and everything the appointment occupies, separated by blanks.
  resources TEXT NOT NULL DEFAULT '',
  -- Both are set together when the sender first sees it, moments after the commit; from then on every attempt sends the same.
  created_at INTEGER,
  body TEXT
) STRICT;

CREATE INDEX webhook_event_appointment ON webhook_event (appointment_id);

CREATE INDEX webhook_event_unwritten ON webhook_event (id) WHERE body IS NULL;

CREATE TABLE webhook_delivery (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  webhook_id INTEGER NOT NULL REFERENCES webhook (id) ON DELETE CASCADE,
  event_id INTEGER NOT NULL REFERENCES webhook_event (id) ON DELETE CASCADE,
  state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'failed')),
  attempts INTEGER NOT NULL DEFAULT 0,
  due_at INTEGER NOT NULL DEFAULT 0,
  tried_at INTEGER,
  -- What came of the last attempt: a word of the program's, and the status if there was one.
  result TEXT NOT NULL DEFAULT '',
  status INTEGER,
  UNIQUE (webhook_id, event_id)
) STRICT;

CREATE INDEX webhook_delivery_waiting ON webhook_delivery (webhook_id, id) WHERE state = 'waiting';

CREATE INDEX webhook_delivery_event ON webhook_delivery (event_id);

-- Whichever way an appointment becomes booked, moves or is called off: it is noted in the same transaction. Holds and
-- requests are nobody's appointment yet.
CREATE TRIGGER webhook_sees_new AFTER INSERT ON appointment
WHEN NEW.state = 'booked' AND EXISTS (SELECT 1 FROM webhook WHERE state <> 'off')
BEGIN
  INSERT INTO webhook_event (message, type, appointment_id, number, state, starts_at, minutes, visit_type_id, vet)
  VALUES ('msg_' || lower(hex(randomblob(16))), 'appointment.booked', NEW.id, NEW.number, NEW.state, NEW.starts_at, NEW.minutes, NEW.visit_type_id, NEW.vet);
END;

CREATE TRIGGER webhook_sees_state AFTER UPDATE OF state ON appointment
WHEN (NEW.state = 'booked') <> (OLD.state = 'booked') AND EXISTS (SELECT 1 FROM webhook WHERE state <> 'off')
BEGIN
  INSERT INTO webhook_event (message, type, appointment_id, number, state, starts_at, minutes, visit_type_id, vet, resources)
  VALUES ('msg_' || lower(hex(randomblob(16))), iif(NEW.state = 'booked', 'appointment.booked', 'appointment.cancelled'),
    NEW.id, NEW.number, NEW.state, NEW.starts_at, NEW.minutes, NEW.visit_type_id, NEW.vet,
    iif(NEW.state = 'booked', coalesce((SELECT group_concat(resource_id, ' ') FROM (
      SELECT resource_id FROM occupancy WHERE appointment_id = NEW.id UNION SELECT resource_id FROM squeeze WHERE appointment_id = NEW.id)), ''), ''));
END;

-- Every move sets the start, also one that only changes who serves it.
CREATE TRIGGER webhook_sees_move AFTER UPDATE OF starts_at ON appointment
WHEN NEW.state = 'booked' AND OLD.state = 'booked' AND EXISTS (SELECT 1 FROM webhook WHERE state <> 'off')
BEGIN
  INSERT INTO webhook_event (message, type, appointment_id, number, state, starts_at, minutes, visit_type_id, vet, resources)
  VALUES ('msg_' || lower(hex(randomblob(16))), 'appointment.moved', NEW.id, NEW.number, NEW.state, NEW.starts_at, NEW.minutes, NEW.visit_type_id, NEW.vet,
    coalesce((SELECT group_concat(resource_id, ' ') FROM (
      SELECT resource_id FROM occupancy WHERE appointment_id = NEW.id UNION SELECT resource_id FROM squeeze WHERE appointment_id = NEW.id)), ''));
END;

-- What it occupies is written after the appointment itself, in the same transaction.
CREATE TRIGGER webhook_sees_taken AFTER INSERT ON occupancy
WHEN EXISTS (SELECT 1 FROM webhook_event WHERE appointment_id = NEW.appointment_id AND body IS NULL)
BEGIN
  UPDATE webhook_event SET resources = trim(resources || ' ' || NEW.resource_id)
  WHERE id = (SELECT max(id) FROM webhook_event WHERE appointment_id = NEW.appointment_id)
    AND body IS NULL AND state = 'booked' AND instr(' ' || resources || ' ', ' ' || NEW.resource_id || ' ') = 0;
END;

CREATE TRIGGER webhook_sees_squeezed AFTER INSERT ON squeeze
WHEN EXISTS (SELECT 1 FROM webhook_event WHERE appointment_id = NEW.appointment_id AND body IS NULL)
BEGIN
  UPDATE webhook_event SET resources = trim(resources || ' ' || NEW.resource_id)
  WHERE id = (SELECT max(id) FROM webhook_event WHERE appointment_id = NEW.appointment_id)
    AND body IS NULL AND state = 'booked' AND instr(' ' || resources || ' ', ' ' || NEW.resource_id || ' ') = 0;
END;

-- A test goes to one receiver; everything else to each.
CREATE TRIGGER webhook_event_goes_out AFTER INSERT ON webhook_event WHEN NEW.type <> 'test'
BEGIN
  INSERT INTO webhook_delivery (webhook_id, event_id) SELECT id, NEW.id FROM webhook WHERE state <> 'off';
END;

-- What programs of the practice's may call with. Whoever reads this database cannot call with it.
CREATE TABLE api_token (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
  name TEXT NOT NULL,
  -- 'day:read', 'appointments:write' or both, separated by a blank.
  scopes TEXT NOT NULL CHECK (scopes IN ('day:read', 'appointments:write', 'day:read appointments:write')),
  -- From this instant on it opens nothing.
  ends_at INTEGER NOT NULL,
  revoked_at INTEGER,
  -- The last day it was used, by the practice's calendar; not when, nor from where.
  used_on TEXT,
  created_at INTEGER NOT NULL
) STRICT;
