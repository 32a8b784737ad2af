-- What owners are told beside what to bring. Rabbits and rodents are never among those who fast; the database refuses it.
-- A visit type that is not there waits for its practice to take it from the catalogue.
INSERT INTO instruction (id, position, moment, fasting) VALUES
('nuechtern', 1, 'both', 1),
('narkose', 2, 'both', 1),
('blase', 3, 'both', 0);

INSERT INTO instruction_text (instruction_id, language, words) VALUES
('nuechtern', 'de', 'Bitte zwölf Stunden vorher nicht füttern, Wasser ist erlaubt.'),
('nuechtern', 'en', 'Please no food for twelve hours before, water is fine.'),
('narkose', 'de', 'Vor der Narkose bitte zwölf Stunden nicht füttern, Wasser ist erlaubt.'),
('narkose', 'en', 'Please no food for twelve hours before the anaesthetic, water is fine.'),
('blase', 'de', 'Die Blase sollte voll sein: vorher möglichst nicht mehr nach draußen.'),
('blase', 'en', 'The bladder should be full: if possible, no toilet walk just before.');

-- 'narkose' is for the visit types with an anaesthetic that a practice adds itself: none of those to start from has one.
INSERT INTO instruction_visit_type (instruction_id, visit_type_id) VALUES ('nuechtern', 'blut-ultraschall'), ('blase', 'blut-ultraschall');

INSERT INTO instruction_species (instruction_id, species_id)
SELECT i.id, s.id FROM instruction i JOIN species s ON s.id IN ('dog', 'cat') WHERE i.fasting OR i.id = 'blase';
