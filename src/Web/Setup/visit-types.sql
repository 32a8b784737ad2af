-- The visit types a practice starts with; everything about them is the practice's to change. Minutes are defaults.

INSERT INTO visit_type (id, position, asks_red_flags, audience, mode, further_minutes, buffer_after, lead_minutes, horizon_days, grid_minutes, daily_cap, cancel_hours)
VALUES
('impfung', 1, 0, 'anyone', 'confirm', 10, 0, 60, 90, 10, NULL, 24),
('krank', 2, 1, 'anyone', 'confirm', 15, 0, 20, 60, 10, NULL, 24),
('kontrolle', 3, 0, 'known', 'confirm', 10, 0, 60, 90, 15, NULL, 24),
('zahn', 4, 0, 'anyone', 'confirm', 20, 5, 60, 90, 10, 6, 24),
('op-besprechung', 5, 0, 'anyone', 'confirm', 10, 0, 60, 90, 10, NULL, 24),
('tfa', 6, 0, 'anyone', 'at-once', 10, 0, 60, 60, 10, NULL, 4),
('erstbesuch', 7, 0, 'anyone', 'confirm', 15, 0, 60, 90, 10, NULL, 24),
('blut-ultraschall', 8, 0, 'anyone', 'confirm', 20, 5, 60, 90, 10, NULL, 24),
('heimtierausweis', 9, 0, 'anyone', 'confirm', 15, 0, 60, 90, 10, NULL, 24),
('zweitmeinung', 10, 0, 'anyone', 'confirm', 30, 0, 60, 90, 15, 2, 24),
('pferd', 11, 1, 'anyone', 'confirm', 20, 0, 60, 60, 30, 4, 24),
('abschied', 12, 0, 'anyone', 'request', 30, 15, 60, 60, 30, 1, 24),
('etwas', 13, 0, 'anyone', 'confirm', 10, 0, 60, 90, 10, NULL, 24);

-- The drive to the first stable may begin before the practice opens.
UPDATE visit_type SET travel = 20, buffers_exceed_hours = 1 WHERE id = 'pferd';

INSERT INTO visit_type_window (visit_type_id, weekday, starts, ends) VALUES
('pferd', 4, '08:00', '12:00'),
-- The last hour, when the waiting room is empty.
('abschied', 1, '17:00', '18:00'), ('abschied', 2, '17:00', '18:00'), ('abschied', 4, '17:30', '18:30'), ('abschied', 5, '17:00', '18:00');

INSERT INTO visit_type_species (visit_type_id, species_id, minutes) VALUES
('impfung', 'dog', 20), ('impfung', 'cat', 20), ('impfung', 'rabbit', 20), ('impfung', 'guinea-pig', 20), ('impfung', 'hamster', 20), ('impfung', 'bird', 30),
('krank', 'dog', 30), ('krank', 'cat', 30), ('krank', 'rabbit', 30), ('krank', 'guinea-pig', 30), ('krank', 'hamster', 30), ('krank', 'bird', 40), ('krank', 'reptile', 45),
('kontrolle', 'dog', 15), ('kontrolle', 'cat', 15), ('kontrolle', 'rabbit', 15), ('kontrolle', 'guinea-pig', 15), ('kontrolle', 'hamster', 15),
('kontrolle', 'bird', 20), ('kontrolle', 'reptile', 20),
('zahn', 'dog', 30), ('zahn', 'cat', 30), ('zahn', 'rabbit', 30), ('zahn', 'guinea-pig', 30), ('zahn', 'hamster', 30),
('op-besprechung', 'dog', 20), ('op-besprechung', 'cat', 20), ('op-besprechung', 'rabbit', 20), ('op-besprechung', 'guinea-pig', 20),
('op-besprechung', 'hamster', 20), ('op-besprechung', 'bird', 30), ('op-besprechung', 'reptile', 30),
('tfa', 'dog', 10), ('tfa', 'cat', 10), ('tfa', 'rabbit', 10), ('tfa', 'guinea-pig', 10), ('tfa', 'hamster', 10), ('tfa', 'bird', 15),
('erstbesuch', 'dog', 30), ('erstbesuch', 'cat', 30), ('erstbesuch', 'rabbit', 30), ('erstbesuch', 'guinea-pig', 30), ('erstbesuch', 'hamster', 30),
('erstbesuch', 'bird', 40), ('erstbesuch', 'reptile', 45),
('blut-ultraschall', 'dog', 30), ('blut-ultraschall', 'cat', 30), ('blut-ultraschall', 'rabbit', 30), ('blut-ultraschall', 'guinea-pig', 30),
('blut-ultraschall', 'hamster', 30), ('blut-ultraschall', 'bird', 30), ('blut-ultraschall', 'reptile', 30),
('heimtierausweis', 'dog', 30), ('heimtierausweis', 'cat', 30),
('zweitmeinung', 'dog', 45), ('zweitmeinung', 'cat', 45), ('zweitmeinung', 'rabbit', 45), ('zweitmeinung', 'guinea-pig', 45), ('zweitmeinung', 'hamster', 45),
('zweitmeinung', 'bird', 60), ('zweitmeinung', 'reptile', 60),
('pferd', 'horse', 45),
('abschied', 'dog', 60), ('abschied', 'cat', 45), ('abschied', 'rabbit', 45), ('abschied', 'guinea-pig', 45), ('abschied', 'hamster', 45),
('abschied', 'bird', 45), ('abschied', 'reptile', 45),
('etwas', 'dog', 20), ('etwas', 'cat', 20), ('etwas', 'rabbit', 20), ('etwas', 'guinea-pig', 20), ('etwas', 'hamster', 20), ('etwas', 'bird', 30), ('etwas', 'reptile', 30);

INSERT INTO need (visit_type_id, position, kind, skill)
SELECT id, 1, 'person', CASE id WHEN 'tfa' THEN 'tfa' WHEN 'pferd' THEN 'pferd' WHEN 'op-besprechung' THEN 'chirurgie' ELSE 'allgemein' END FROM visit_type;

INSERT INTO need (visit_type_id, position, kind) SELECT id, 2, 'room' FROM visit_type WHERE id <> 'pferd';
INSERT INTO need_option (visit_type_id, position, resource_id)
SELECT n.visit_type_id, 2, r.id FROM need n JOIN resource r ON r.kind = 'room' AND (r.id = 'op') = (n.visit_type_id = 'zahn') WHERE n.position = 2;

INSERT INTO need (visit_type_id, position, kind) VALUES ('blut-ultraschall', 3, 'device'), ('zahn', 3, 'device');
INSERT INTO need_option (visit_type_id, position, resource_id)
SELECT CASE id WHEN 'ultraschall' THEN 'blut-ultraschall' ELSE 'zahn' END, 3, id FROM resource WHERE id IN ('ultraschall', 'roentgen');

-- What nobody here can do, or nothing is there for, is not offered.
UPDATE visit_type SET active = 0 WHERE id IN (
  SELECT n.visit_type_id FROM need n
  WHERE NOT EXISTS (SELECT 1 FROM need_option o WHERE o.visit_type_id = n.visit_type_id AND o.position = n.position)
    AND NOT EXISTS (SELECT 1 FROM skill s WHERE s.skill = n.skill));
