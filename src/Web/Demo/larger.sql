-- What a practice of twice the size has in addition.

INSERT INTO resource (id, kind, position, name, role) VALUES
('brandt', 'person', 4, 'Dr. Brandt', 'Tierarzt, innere Medizin'),
('okafor', 'person', 5, 'Dr. Okafor', 'Tierärztin, Chirurgie und Zähne'),
('lindner', 'person', 6, 'TA Lindner', 'Tierarzt'),
('raum-4', 'room', 4, 'Raum 4', ''), ('raum-5', 'room', 5, 'Raum 5', ''), ('raum-6', 'room', 6, 'Raum 6', '');

INSERT INTO skill (resource_id, skill) VALUES
('brandt', 'allgemein'), ('okafor', 'allgemein'), ('okafor', 'chirurgie'), ('lindner', 'allgemein');

INSERT INTO shift (resource_id, weekday, starts, ends, rhythm) VALUES
('brandt', 1, '08:00', '10:20', 'every'), ('brandt', 1, '10:40', '12:30', 'every'), ('brandt', 1, '14:30', '18:30', 'every'),
('brandt', 2, '08:00', '10:20', 'every'), ('brandt', 2, '10:40', '12:30', 'every'),
('brandt', 3, '08:00', '10:20', 'every'), ('brandt', 3, '10:40', '12:30', 'every'),
('brandt', 4, '08:00', '10:20', 'every'), ('brandt', 4, '10:40', '12:30', 'every'), ('brandt', 4, '14:30', '19:00', 'every'),
('brandt', 5, '14:30', '18:30', 'every'),
('okafor', 1, '08:00', '10:20', 'every'), ('okafor', 1, '10:40', '12:30', 'every'),
('okafor', 2, '08:00', '10:20', 'every'), ('okafor', 2, '10:40', '12:30', 'every'), ('okafor', 2, '14:30', '18:30', 'every'),
('okafor', 3, '08:00', '10:20', 'every'), ('okafor', 3, '10:40', '12:30', 'every'),
('okafor', 4, '14:30', '19:00', 'every'),
('okafor', 5, '08:00', '10:20', 'every'), ('okafor', 5, '10:40', '12:30', 'every'), ('okafor', 5, '14:30', '18:30', 'every'),
('okafor', 6, '09:00', '12:00', 'even'),
('lindner', 1, '14:30', '18:30', 'every'),
('lindner', 2, '08:00', '10:20', 'every'), ('lindner', 2, '10:40', '12:30', 'every'), ('lindner', 2, '14:30', '18:30', 'every'),
('lindner', 3, '08:00', '10:20', 'every'), ('lindner', 3, '10:40', '12:30', 'every'),
('lindner', 4, '08:00', '10:20', 'every'), ('lindner', 4, '10:40', '12:30', 'every'),
('lindner', 5, '08:00', '10:20', 'every'), ('lindner', 5, '10:40', '12:30', 'every'), ('lindner', 5, '14:30', '18:30', 'every'),
('lindner', 6, '09:00', '12:00', 'odd');
