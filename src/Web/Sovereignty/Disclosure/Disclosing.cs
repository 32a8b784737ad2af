using System.Globalization;
using NodaTime;
using NodaTime.Text;
using VetBooking.Web.Clients.Animals;
using VetBooking.Web.Clients.Owners;
using VetBooking.Web.Recall.Rules;
using VetBooking.Web.Sovereignty.Erasure;
using VetBooking.Web.Storage;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Sovereignty.Disclosure;

/// <summary>Gathers what the database has of one person: the same that an erasure takes.</summary>
/// <param name="db">The database.</param>
/// <param name="book">The practice.</param>
/// <param name="person">Who it is about.</param>
/// <param name="withNotes">Whether what the team wrote about them is wanted, too.</param>
internal sealed class Disclosing(Db db, Book book, Person person, bool withNotes)
{
    private string Owners => Json(person.Owners);
    private string Visits => Json(person.Appointments);
    private string Entries => Json(person.Waiting);
    private string Numbers => Json(person.WalkIns);

    /// <summary>All of it, as of a moment.</summary>
    public PersonFile Gather(Instant now)
    {
        var file = new PersonFile
        {
            Practice = book.Profile.Name,
            MadeAt = Moment(now.ToUnixTimeSeconds()),
            WithNotes = withNotes,
            Records = [.. person.Owners.Select(Record).OfType<PersonRecord>()],
            Animals = [.. person.Owners.SelectMany(owner => AnimalRecord.OfOwner(db, owner)).DistinctBy(animal => animal.Id).Select(Animal)],
            Appointments = [.. person.Appointments.SelectMany(Visit).OrderBy(visit => visit.StartsAt, StringComparer.Ordinal)],
            Waiting = db.Rows(
                "SELECT id, state, visit_type_id, first_day, last_day, name, email, phone, created_at FROM waiting WHERE id IN (SELECT value FROM json_each($ids)) ORDER BY id",
                row => new PersonWaiting(row.GetString(1), VisitType(row.GetString(2)), row.GetString(3), row.GetString(4), row.GetString(5), row.GetString(6), row.GetString(7), Moment(row.GetInt64(8)))
                {
                    Animals = Named("waiting_animal", "waiting_id", row.GetInt64(0)),
                }, ("$ids", Entries)),
            Numbers = db.Rows("SELECT day, number, name FROM walk_in WHERE id IN (SELECT value FROM json_each($ids)) ORDER BY id", row => new PersonNumber(row.GetString(0), row.GetInt32(1), row.GetString(2)), ("$ids", Numbers)),
            Messages = db.Rows(
                """
                SELECT kind, state, coalesce(sent_at, created_at), subject, said FROM outbox
                WHERE owner_id IN (SELECT value FROM json_each($owners)) OR appointment_id IN (SELECT value FROM json_each($visits)) OR waiting_id IN (SELECT value FROM json_each($entries)) ORDER BY id
                """,
                row => new PersonMessage(row.GetString(0), row.GetString(1), Moment(row.GetInt64(2)), row.Text(3), row.Text(4)), ("$owners", Owners), ("$visits", Visits), ("$entries", Entries)),
            Consents = db.Rows(
                "SELECT purpose, act, at, how, email_key, wording FROM consent WHERE owner_id IN (SELECT value FROM json_each($ids)) ORDER BY at, id",
                row => new PersonConsent(row.GetString(0), row.GetString(1), Moment(row.GetInt64(2)), row.GetString(3), row.GetString(4), Said(row.GetString(5))), ("$ids", Owners)),
            Requests = db.Rows(
                "SELECT kind, state, asked_at, more, said FROM data_request WHERE owner_id IN (SELECT value FROM json_each($ids)) ORDER BY id",
                row => new PersonRequest(row.GetString(0), row.GetString(1), Moment(row.GetInt64(2)), Said(row.GetString(3)), Said(row.GetString(4))), ("$ids", Owners)),
            Log = Log(),
        };
        return withNotes ? file with { Review = Reviewing.Of(db, book, file) } : file;
    }

    private static string Json(IReadOnlyList<long> ids) => "[" + string.Join(',', ids.Select(id => id.ToString(CultureInfo.InvariantCulture))) + "]";

    private static string? Said(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private string? Note(string? text) => withNotes ? Said(text) : null;

    private string Moment(long seconds) => OffsetDateTimePattern.Rfc3339.Format(Instant.FromUnixTimeSeconds(seconds).InZone(book.Practice.Zone).ToOffsetDateTime());

    private string? Moment(long? seconds) => seconds is { } known ? Moment(known) : null;

    private string VisitType(string id) => book.Profile.VisitType("de", id).Name;

    private PersonRecord? Record(long owner)
    {
        if (OwnerRecord.Load(db, owner) is not { Facts: var facts } record) return null;
        var hold = LegalHold.Of(db, owner, LocalDate.MinIsoValue);
        return new PersonRecord(facts.Name, facts.Email, facts.Phones, facts.Street, facts.Postcode, facts.City, facts.Language)
        {
            Reference = Said(facts.Reference),
            CreatedAt = record.Created == Instant.FromUnixTimeSeconds(0) ? null : Moment(record.Created.ToUnixTimeSeconds()),
            AddressConfirmedAt = Moment(record.Confirmed?.ToUnixTimeSeconds()),
            Note = Note(facts.Note),
            HeldUntil = hold is null ? null : LocalDatePattern.Iso.Format(hold.Until),
            HeldBecause = Note(hold?.Reason),
        };
    }

    private PersonAnimal Animal(AnimalRecord animal) => new(animal.Facts.Name, Text.In("de").SpeciesName(animal.Facts.Species), db.Number("SELECT count(*) FROM co_owner WHERE animal_id = $id", ("$id", animal.Id)) > 0)
    {
        Breed = Said(animal.Facts.Breed),
        Sex = Said(animal.Facts.Sex),
        Neutered = Said(animal.Facts.Neutered),
        Born = animal.Facts.Born,
        Chip = Said(animal.Facts.Chip),
        Insurance = Said(animal.Facts.Insurance),
        Behaviour = Said(animal.Facts.Behaviour),
        Departed = animal.Departed,
        DepartedOn = animal.DepartedOn,
        Note = Note(animal.Facts.Note),
        Due = [.. db.Rows("SELECT rule_id, given_on, due_on, product FROM animal_due WHERE animal_id = $id ORDER BY due_on", row => (Rule: row.GetString(0), Due: new PersonDue("", row.GetString(1), row.GetString(2), row.GetString(3))), ("$id", animal.Id))
            .Select(one => one.Due with { What = RecallRule.NameOf(db, one.Rule, "de") })],
    };

    private List<PersonVisit> Visit(long id)
    {
        var (animals, answers) = (Named("appointment_animal", "appointment_id", id), db.Rows("SELECT asked, said FROM answer WHERE appointment_id = $id ORDER BY position", row => new PersonAnswer(row.GetString(0), row.GetString(1)), ("$id", id)));
        var photos = db.Rows("SELECT position FROM photo WHERE appointment_id = $id ORDER BY position", row => row.GetInt32(0), ("$id", id));
        return db.Rows(
            """
            SELECT t.number, t.visit_type_id, t.state, t.starts_at, t.minutes, t.vet, t.name, t.email, t.phone, t.note, t.cancel_reason, t.answer, t.staff_note, t.created_at, r.arrived_at, r.done_at, r.no_show_at
            FROM appointment t LEFT JOIN arrival r ON r.appointment_id = t.id WHERE t.id = $id
            """,
            row => new PersonVisit(row.GetString(0), VisitType(row.GetString(1)), row.GetString(2), Moment(row.GetInt64(3)), row.GetInt32(4))
            {
                With = Said(book.Profile.Vet(row.Text(5) ?? "")),
                Name = row.GetString(6),
                Email = row.GetString(7),
                Phone = Said(row.GetString(8)),
                Message = Said(row.GetString(9)),
                CancelReason = Note(row.GetString(10)),
                Answer = Said(row.Text(11)),
                Note = Note(row.GetString(12)),
                MadeAt = Moment(row.GetInt64(13)),
                ArrivedAt = Moment(row.Number(14)),
                DoneAt = Moment(row.Number(15)),
                NoShowAt = Moment(row.Number(16)),
                Animals = animals,
                Answers = answers,
                Photos = [.. photos.Select(position => DisclosureZip.PhotoName(row.GetString(0), position))],
            }, ("$id", id));
    }

    private List<PersonVisitor> Named(string table, string key, long id) => db.Rows(
        $"SELECT name, species_id, born, reason FROM {table} WHERE {key} = $id ORDER BY position",
        row => new PersonVisitor(row.GetString(0), Text.In("de").SpeciesName(row.GetString(1)), row.Text(2), Said(row.GetString(3))), ("$id", id));

    // Ids and words only, as the log has them; who of the team it was is somebody else's data.
    private List<PersonAct> Log() => db.Rows(
        """
        SELECT at, actor, act FROM audit WHERE object IN (
          SELECT 'owner:' || value FROM json_each($owners) UNION ALL SELECT 'appointment:' || value FROM json_each($visits)
          UNION ALL SELECT 'waiting:' || value FROM json_each($entries) UNION ALL SELECT 'walk_in:' || value FROM json_each($numbers)
          UNION ALL SELECT 'animal:' || id FROM animal WHERE owner_id IN (SELECT value FROM json_each($owners))) ORDER BY id
        """,
        row => new PersonAct(Moment(row.GetInt64(0)), row.GetString(1).Split(':')[0] switch { "owner" => "person", "account" => "team", "token" => "program", var other => other }, row.GetString(2)),
        ("$owners", Owners), ("$visits", Visits), ("$entries", Entries), ("$numbers", Numbers));
}
