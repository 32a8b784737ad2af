-- Who wrote the appointment down: an owner online, or the practice.
ALTER TABLE appointment ADD COLUMN online INTEGER NOT NULL DEFAULT 1 CHECK (online IN (0, 1));

-- How an appointment counts: how it ended, how it was booked, and how many days before at the least.
CREATE VIEW visit_counted AS
SELECT a.id, a.starts_at, substr(a.starts_local, 1, 7) AS month,
  CASE WHEN a.state = 'cancelled' THEN 'cancelled' WHEN r.no_show_at IS NOT NULL THEN 'no-show' ELSE 'visit' END AS outcome,
  a.online,
  CASE WHEN d.days >= 30 THEN 30 WHEN d.days >= 14 THEN 14 WHEN d.days >= 7 THEN 7 WHEN d.days >= 3 THEN 3 WHEN d.days >= 1 THEN 1 ELSE 0 END AS lead
FROM appointment a
JOIN (SELECT id, (starts_at - created_at) / 86400 AS days FROM appointment) d ON d.id = a.id
LEFT JOIN arrival r ON r.appointment_id = a.id
-- A hold given up and a request declined never were appointments.
WHERE a.state = 'booked' OR (a.state = 'cancelled' AND a.state_before = 'booked');

-- The minutes an appointment takes of each hour of its day.
CREATE VIEW visit_hour AS
SELECT id, starts_at, month, weekday, hour, min(until, hour * 60 + 60) - max(since, hour * 60) AS minutes
FROM (
  SELECT id, starts_at, substr(starts_local, 1, 7) AS month, (strftime('%w', substr(starts_local, 1, 10)) + 6) % 7 + 1 AS weekday,
    substr(starts_local, 12, 2) * 60 + substr(starts_local, 15, 2) AS since,
    substr(starts_local, 12, 2) * 60 + substr(starts_local, 15, 2) + minutes AS until
  FROM appointment WHERE state = 'booked' AND vet IS NOT NULL
) JOIN (SELECT column1 AS hour FROM (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9), (10), (11), (12), (13), (14), (15), (16), (17), (18), (19), (20), (21), (22), (23)))
WHERE hour * 60 < until AND hour * 60 + 60 > since;

-- What remains of appointments that are gone: counts by the month, in two tables that cannot be joined again. Nobody can be
-- told from them.
CREATE TABLE tally_visit (
  month TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('visit', 'no-show', 'cancelled')),
  online INTEGER NOT NULL,
  lead INTEGER NOT NULL,
  visits INTEGER NOT NULL,
  PRIMARY KEY (month, outcome, online, lead)
) STRICT, WITHOUT ROWID;

CREATE TABLE tally_hour (
  month TEXT NOT NULL,
  weekday INTEGER NOT NULL,
  hour INTEGER NOT NULL,
  minutes INTEGER NOT NULL,
  PRIMARY KEY (month, weekday, hour)
) STRICT, WITHOUT ROWID;

-- However an appointment goes, by erasure, by retention or by hand: it is counted in the same transaction, and once.
CREATE TRIGGER appointment_is_counted BEFORE DELETE ON appointment
BEGIN
  INSERT INTO tally_visit SELECT month, outcome, online, lead, 1 FROM visit_counted WHERE id = OLD.id
    ON CONFLICT DO UPDATE SET visits = visits + 1;
  INSERT INTO tally_hour SELECT month, weekday, hour, minutes FROM visit_hour WHERE id = OLD.id
    ON CONFLICT DO UPDATE SET minutes = minutes + excluded.minutes;
END;
