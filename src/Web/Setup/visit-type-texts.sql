INSERT INTO visit_type_text (visit_type_id, language, name, hint, bring) VALUES
('impfung', 'de', 'Impfung und Vorsorge', 'Jahrescheck, Impfung, Parasiten',
'Impfpass oder Heimtierausweis
Hunde an der Leine, Katzen und kleine Tiere in der Transportbox'),
('impfung', 'en', 'Vaccination and check-up', 'Yearly check, vaccination, parasites',
'Vaccination record or pet passport
Dogs on a lead, cats and small animals in a carrier'),
('krank', 'de', 'Mein Tier ist krank oder verletzt', 'Wir stellen zuerst ein paar kurze Fragen',
'Befunde und Medikamente, die Ihr Tier schon bekommt
Hunde an der Leine, Katzen und kleine Tiere in der Transportbox
Kaninchen und Meerschweinchen immer normal füttern'),
('krank', 'en', 'My animal is ill or injured', 'First we ask a few short questions',
'Findings and medicines your animal already has
Dogs on a lead, cats and small animals in a carrier
Always feed rabbits and guinea pigs as usual'),
('kontrolle', 'de', 'Kontrolle', 'Nach einer Behandlung oder Operation bei uns, Fäden ziehen',
'Befunde, falls Sie woanders waren
Medikamente, die Ihr Tier gerade bekommt'),
('kontrolle', 'en', 'Follow-up', 'After a treatment or operation with us, removing stitches',
'Findings, if you have been elsewhere
Medicines your animal is taking now'),
('zahn', 'de', 'Zähne', 'Mundgeruch, Zahnstein, frisst schlecht',
'Impfpass oder Heimtierausweis
Bitte normal füttern: An diesem Termin sehen wir nur nach, ohne Narkose
Kaninchen, Meerschweinchen und Hamster dürfen niemals nüchtern sein'),
('zahn', 'en', 'Teeth', 'Bad breath, tartar, eats poorly',
'Vaccination record or pet passport
Please feed as usual: at this visit we only look, without anaesthesia
Rabbits, guinea pigs and hamsters must never fast'),
('op-besprechung', 'de', 'Kastration oder Operation: Vorgespräch', 'Wir untersuchen Ihr Tier und planen den Tag mit Ihnen',
'Impfpass oder Heimtierausweis
Frühere Befunde und Röntgenbilder
Zum Vorgespräch bitte normal füttern; Kaninchen und Meerschweinchen auch vor der Operation'),
('op-besprechung', 'en', 'Neutering or operation: planning visit', 'We examine your animal and plan the day with you',
'Vaccination record or pet passport
Earlier findings and X-rays
Please feed as usual before this visit; rabbits and guinea pigs before the operation, too'),
('tfa', 'de', 'Krallen, Blutdruck, Verband', 'Sprechstunde der Fachangestellten',
'Hunde an der Leine, Katzen und kleine Tiere in der Transportbox'),
('tfa', 'en', 'Nails, blood pressure, bandage', 'With our veterinary nurses',
'Dogs on a lead, cats and small animals in a carrier'),
('erstbesuch', 'de', 'Erster Besuch', 'Wir kennen Ihr Tier noch nicht und nehmen uns Zeit',
'Impfpass oder Heimtierausweis
Befunde und Laborwerte, wenn es welche gibt
Hunde an der Leine, Katzen und kleine Tiere in der Transportbox'),
('erstbesuch', 'en', 'First visit', 'We do not know your animal yet and take our time',
'Vaccination record or pet passport
Findings and lab results, if there are any
Dogs on a lead, cats and small animals in a carrier'),
('blut-ultraschall', 'de', 'Blutuntersuchung und Ultraschall', 'Wenn wir das mit Ihnen besprochen haben',
'Frühere Befunde und Laborwerte
Kaninchen, Meerschweinchen, Hamster und Vögel immer normal füttern'),
('blut-ultraschall', 'en', 'Blood test and ultrasound', 'When we have agreed on it with you',
'Earlier findings and lab results
Always feed rabbits, guinea pigs, hamsters and birds as usual'),
('heimtierausweis', 'de', 'Chip und EU-Heimtierausweis', 'Für Reisen mit Hund oder Katze',
'Impfpass, wenn es schon einen gibt
Ihren Personalausweis
Reiseland und Reisedatum, damit wir die Fristen prüfen können'),
('heimtierausweis', 'en', 'Microchip and EU pet passport', 'For travelling with a dog or cat',
'Vaccination record, if there is one
Your identity card
Country and date of travel, so that we can check the deadlines'),
('zweitmeinung', 'de', 'Zweitmeinung', 'Wir sehen uns die Befunde an und beraten Sie',
'Alle Befunde, Laborwerte und Bilder, am besten vorab per E-Mail
Liste der Medikamente'),
('zweitmeinung', 'en', 'Second opinion', 'We look at the findings and advise you',
'All findings, lab results and images, best sent by e-mail beforehand
List of medicines'),
('pferd', 'de', 'Besuch beim Pferd', 'Donnerstags im Stall, mit Anfahrt. Die Uhrzeit kann sich etwas verschieben',
'Equidenpass
Adresse des Stalls und eine Telefonnummer vor Ort in die Nachricht schreiben
Bitte Halfter und Strick bereitlegen; jemand muss das Pferd halten'),
('pferd', 'en', 'Horse visit', 'Thursdays at the stable, we come to you. The time may shift a little',
'Horse passport
Write the address of the stable and a phone number there in the message
Please have halter and rope ready; somebody has to hold the horse'),
('abschied', 'de', 'Abschied', 'Wenn Sie über das Einschläfern sprechen möchten. Wir nehmen uns Zeit und rufen Sie vorher an',
'Eine Decke oder was Ihrem Tier vertraut ist, wenn Sie möchten
Sie dürfen bei Ihrem Tier bleiben'),
('abschied', 'en', 'Saying goodbye', 'If you would like to talk about putting your animal to sleep. We take our time and call you first',
'A blanket or something your animal knows, if you like
You may stay with your animal'),
('etwas', 'de', 'Etwas anderes', 'Sie beschreiben es gleich kurz. Ist Ihr Tier krank, wählen Sie bitte „krank oder verletzt“',
'Impfpass oder Heimtierausweis
Hunde an der Leine, Katzen und kleine Tiere in der Transportbox'),
('etwas', 'en', 'Something else', 'You describe it briefly in a moment. If your animal is ill, please choose “ill or injured”',
'Vaccination record or pet passport
Dogs on a lead, cats and small animals in a carrier');
