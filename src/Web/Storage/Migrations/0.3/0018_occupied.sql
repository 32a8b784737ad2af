-- Staff took it back as soon as they had made it: it was a slip, and counts as nothing.
ALTER TABLE appointment ADD COLUMN taken_back INTEGER NOT NULL DEFAULT 0 CHECK (taken_back IN (0, 1));

-- Minutes squeezed in over something else; 'minutes' are those under the guard of the table occupancy.
ALTER TABLE tally_hour ADD COLUMN squeezed INTEGER NOT NULL DEFAULT 0;

DROP TRIGGER appointment_is_counted;
DROP VIEW visit_counted;
DROP VIEW visit_hour;

-- How an appointment counts: how it ended, how it was booked, and how many days before at the least.
CREATE VIEW visit_counted AS
SELECT a.id, a.starts_at, substr(a.starts_local, 1, 7) AS month,
  CASE WHEN a.state = 'cancelled' THEN 'cancelled' WHEN r.no_show_at IS NOT NULL THEN 'no-show' ELSE 'visit' END AS outcome,
  a.online,
  CASE WHEN a.days >= 30 THEN 30 WHEN a.days >= 14 THEN 14 WHEN a.days >= 7 THEN 7 WHEN a.days >= 3 THEN 3 WHEN a.days >= 1 THEN 1 ELSE 0 END AS lead
FROM (SELECT *, (starts_at - created_at) / 86400 AS days FROM appointment) a
LEFT JOIN arrival r ON r.appointment_id = a.id
-- A hold given up, a request declined and a slip taken back never were appointments.
WHERE a.state = 'booked' OR (a.state = 'cancelled' AND a.state_before = 'booked' AND a.taken_back = 0);

-- Each person an appointment occupies, and from when to when on the wall clock, as seconds since 1970: what the owner was
-- promised says how far that is from UTC.
CREATE VIEW visit_person AS
SELECT a.id, a.starts_at, o.starts_at - a.starts_at + unixepoch(a.starts_local) AS since, o.ends_at - a.starts_at + unixepoch(a.starts_local) AS until, 0 AS squeezed
FROM appointment a JOIN occupancy o ON o.appointment_id = a.id JOIN resource r ON r.id = o.resource_id
WHERE a.state = 'booked' AND r.kind = 'person'
UNION ALL
SELECT a.id, a.starts_at, s.starts_at - a.starts_at + unixepoch(a.starts_local), s.ends_at - a.starts_at + unixepoch(a.starts_local), 1
FROM appointment a JOIN squeeze s ON s.appointment_id = a.id JOIN resource r ON r.id = s.resource_id
WHERE a.state = 'booked' AND r.kind = 'person';

-- The minutes an appointment takes of each hour of the wall clock, of all people it occupies. Hours are numbered from its
-- first; 64 are more than the longest visit has with its buffers and both ways.
CREATE VIEW visit_hour AS
SELECT id, starts_at, date(begins, 'unixepoch') AS day, (begins / 86400 + 3) % 7 + 1 AS weekday, begins / 3600 % 24 AS hour,
  CASE squeezed WHEN 0 THEN part ELSE 0 END AS minutes, CASE squeezed WHEN 1 THEN part ELSE 0 END AS squeezed
FROM (
  SELECT id, starts_at, squeezed, begins, (min(until, begins + 3600) - max(since, begins)) / 60 AS part
  FROM (
    SELECT p.id, p.starts_at, p.since, p.until, p.squeezed, (p.since / 3600 + eights.column1 * 8 + ones.column1) * 3600 AS begins
    FROM visit_person p
    CROSS JOIN (VALUES (0), (1), (2), (3), (4), (5), (6), (7)) eights ON (p.since / 3600 + eights.column1 * 8) * 3600 < p.until
    CROSS JOIN (VALUES (0), (1), (2), (3), (4), (5), (6), (7)) ones
  )
  WHERE begins < until
);

-- However an appointment goes, by erasure, by retention or by hand: it is counted in the same transaction, and once.
CREATE TRIGGER appointment_is_counted BEFORE DELETE ON appointment
BEGIN
  INSERT INTO tally_visit SELECT month, outcome, online, lead, 1 FROM visit_counted WHERE id = OLD.id
    ON CONFLICT DO UPDATE SET visits = visits + 1;
  INSERT INTO tally_hour (month, weekday, hour, minutes, squeezed) SELECT substr(day, 1, 7), weekday, hour, minutes, squeezed FROM visit_hour WHERE id = OLD.id
    ON CONFLICT DO UPDATE SET minutes = minutes + excluded.minutes, squeezed = squeezed + excluded.squeezed;
END;
