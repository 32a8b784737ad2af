-- A fictional practice. Telephone numbers are from the ranges the Bundesnetzagentur keeps free for fiction, mail
-- addresses from domains that can never exist.

INSERT INTO practice (id, demo, name, email, phone, street, postcode, city, land, languages,
                      owners, legal_form, chamber, job_title, title_state, professional_code, vat_id, supervisor)
VALUES (1, 1, 'Tierarztpraxis am Park', 'termin@praxis-am-park.example', '030 23125 120', 'Parkstraße 12', '13187', 'Berlin', 'BE', 'de en',
        'Dr. med. vet. Anna Weber und Dr. med. vet. Deniz Yılmaz', 'Gesellschaft bürgerlichen Rechts (GbR)', 'Tierärztekammer Berlin',
        'Tierärztin', 'Deutschland', 'Berufsordnung der Tierärztekammer Berlin, nachzulesen auf der Website der Kammer', 'DE000000000',
        'Bezirksamt Pankow von Berlin, Veterinär- und Lebensmittelaufsicht');

INSERT INTO practice_text (language, key, text) VALUES
('de', 'welcome', 'Wir behandeln Hunde, Katzen, Heimtiere, Vögel und Reptilien. Donnerstags kommen wir zu Ihrem Pferd in den Stall.'),
('en', 'welcome', 'We treat dogs, cats, small pets, birds and reptiles. On Thursdays we come to your horse at the stable.'),
('de', 'directions', 'U2 Pankow, drei Minuten zu Fuß. Parkplätze im Hof. Der Eingang ist ohne Stufen.'),
('en', 'directions', 'U2 Pankow, three minutes on foot. Parking in the courtyard. The entrance has no steps.'),
('de', 'emergency', 'Praxis geschlossen? Tierklinik Seestern, Tag und Nacht: 030 23125 999. Bitte rufen Sie an, bevor Sie losfahren.'),
('en', 'emergency', 'Practice closed? Tierklinik Seestern (animal hospital), day and night: 030 23125 999. Please call before you set off.'),
('de', 'substitute', 'Wenn wir Urlaub haben, vertritt uns die Tierarztpraxis Seerose, 030 23125 450.'),
('en', 'substitute', 'While we are on leave, Tierarztpraxis Seerose stands in for us: 030 23125 450.'),
('de', 'not_treated', 'Rinder, Schweine, Schafe und andere Tiere, die Lebensmittel liefern, behandeln wir nicht. Bitte wenden Sie sich an eine Praxis für Nutztiere.'),
('en', 'not_treated', 'We do not treat cattle, pigs, sheep or other animals kept for food. Please turn to a farm animal practice.'),
('de', 'first_aid', 'Bleiben Sie ruhig und halten Sie Ihr Tier warm, im Sommer kühl und im Schatten.
Starke Blutung: ein sauberes Tuch fest aufdrücken.
Vergiftung: Verpackung oder Rest mitbringen, nichts eingeben und nicht zum Erbrechen bringen.
Krampf: nicht festhalten, Gegenstände wegräumen, auf die Uhr sehen.
Auch ein liebes Tier kann beißen, wenn es Schmerzen hat.'),
('en', 'first_aid', 'Stay calm and keep your animal warm, in summer cool and in the shade.
Heavy bleeding: press a clean cloth on it firmly.
Poison: bring the packaging or what is left, give nothing and do not make your animal vomit.
Seizure: do not hold your animal, clear things away, note the time.
Even a gentle animal may bite when it is in pain.');

INSERT INTO opening_hours (weekday, opens, closes) VALUES
(1, '08:00', '12:30'), (1, '14:30', '18:30'),
(2, '08:00', '12:30'), (2, '14:30', '18:30'),
(3, '08:00', '12:30'),
(4, '08:00', '12:30'), (4, '14:30', '19:00'),
(5, '08:00', '12:30'), (5, '14:30', '18:30'),
(6, '09:00', '12:00');

INSERT INTO species (id, position, treated) VALUES
('dog', 1, 1), ('cat', 2, 1), ('rabbit', 3, 1), ('guinea-pig', 4, 1), ('hamster', 5, 1), ('bird', 6, 1), ('reptile', 7, 1), ('horse', 8, 1),
('cattle', 9, 0), ('pig', 10, 0), ('sheep', 11, 0);

INSERT INTO resource (id, kind, position, name, role) VALUES
('weber', 'person', 1, 'Dr. Weber', 'Tierärztin, Chirurgie'),
('yilmaz', 'person', 2, 'Dr. Yılmaz', 'Tierärztin, Chirurgie und Pferde'),
('kowalska', 'person', 3, 'TÄ Kowalska', 'Tierärztin, Heimtiere und Vögel'),
('tfa-jansen', 'person', 20, 'TFA Jansen', 'Tiermedizinische Fachangestellte'),
('tfa-ruiz', 'person', 21, 'TFA Ruiz', 'Tiermedizinischer Fachangestellter'),
('raum-1', 'room', 1, 'Raum 1', ''), ('raum-2', 'room', 2, 'Raum 2', ''), ('raum-3', 'room', 3, 'Raum 3', ''), ('op', 'room', 10, 'OP', ''),
('ultraschall', 'device', 1, 'Ultraschall', ''), ('roentgen', 'device', 2, 'Röntgen', '');

INSERT INTO skill (resource_id, skill) VALUES
('weber', 'allgemein'), ('weber', 'chirurgie'),
('yilmaz', 'allgemein'), ('yilmaz', 'chirurgie'), ('yilmaz', 'pferd'),
('kowalska', 'allgemein'),
('tfa-jansen', 'tfa'), ('tfa-ruiz', 'tfa');

-- A break is the gap between two shifts.
INSERT INTO shift (resource_id, weekday, starts, ends, rhythm) VALUES
('weber', 1, '08:00', '10:20', 'every'), ('weber', 1, '10:40', '12:30', 'every'), ('weber', 1, '14:30', '18:30', 'every'),
('weber', 2, '08:00', '10:20', 'every'), ('weber', 2, '10:40', '12:30', 'every'), ('weber', 2, '14:30', '18:30', 'every'),
('weber', 3, '08:00', '10:20', 'every'), ('weber', 3, '10:40', '12:30', 'every'),
('weber', 4, '14:30', '19:00', 'every'),
('weber', 5, '08:00', '10:20', 'every'), ('weber', 5, '10:40', '12:30', 'every'), ('weber', 5, '14:30', '18:30', 'every'),
('weber', 6, '09:00', '12:00', 'even'),
('yilmaz', 1, '14:30', '18:30', 'every'),
('yilmaz', 2, '08:00', '10:00', 'every'), ('yilmaz', 2, '10:20', '12:30', 'every'),
('yilmaz', 3, '08:00', '10:00', 'every'), ('yilmaz', 3, '10:20', '12:30', 'every'),
-- On Thursday mornings she drives to the stables.
('yilmaz', 4, '08:00', '12:30', 'every'), ('yilmaz', 4, '15:00', '19:00', 'every'),
('yilmaz', 5, '08:00', '10:00', 'every'), ('yilmaz', 5, '10:20', '12:30', 'every'), ('yilmaz', 5, '14:30', '18:30', 'every'),
('yilmaz', 6, '09:00', '12:00', 'odd'),
('kowalska', 2, '14:30', '18:30', 'every'),
('kowalska', 4, '08:00', '10:20', 'every'), ('kowalska', 4, '10:40', '12:30', 'every'), ('kowalska', 4, '14:30', '17:00', 'every'),
('kowalska', 5, '08:00', '10:20', 'even'), ('kowalska', 5, '10:40', '12:30', 'even'),
('tfa-jansen', 1, '08:30', '12:00', 'every'), ('tfa-jansen', 2, '08:30', '12:00', 'every'), ('tfa-jansen', 3, '08:30', '12:00', 'every'),
('tfa-jansen', 4, '08:30', '12:00', 'every'), ('tfa-jansen', 6, '09:00', '11:00', 'every'),
('tfa-ruiz', 1, '14:30', '17:30', 'every'), ('tfa-ruiz', 2, '14:30', '17:30', 'every'), ('tfa-ruiz', 4, '15:00', '18:30', 'every'),
('tfa-ruiz', 5, '08:30', '12:00', 'every'), ('tfa-ruiz', 5, '14:30', '17:30', 'every');
