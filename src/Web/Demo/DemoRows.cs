using NodaTime;
using NodaTime.Text;
using VetBooking.Scheduling;
using VetBooking.Web.Booking;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Demo;

/// <summary>Writes made-up appointments.</summary>
internal sealed class DemoRows(Db db, Random random, DateTimeZone zone, Instant now)
{
    private static readonly LocalDateTimePattern Wall = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");

    private readonly HashSet<string> numbers = [];

    /// <summary>The moment the practice is made.</summary>
    public Instant Now => now;

    /// <summary>How many appointments that begin after this moment were written.</summary>
    public int Coming { get; private set; }

    /// <summary>Writes one appointment. A cancelled one takes up no time; a requested one waits for the practice.</summary>
    public void Save(Visit visit, string vet, IReadOnlyList<DemoAnimal> animals, VisitState state)
    {
        var owner = animals[0].Owner;
        // An open request is fresh: were it older, it would have lapsed.
        var created = Instant.Min(visit.Start, now) - Duration.FromMinutes(state == VisitState.Requested ? random.Next(10, 600) : random.Next(120, 20 * 1440));
        Instant? expires = state == VisitState.Requested ? Instant.Min(visit.Start, created + Duration.FromHours(48)) : null;
        var id = db.Insert(
            """
            INSERT INTO appointment (number, visit_type_id, state, starts_at, starts_local, minutes, vet, expires_at, revision, language,
                                     owner_id, name, email, email_key, phone, created_at, state_before)
            VALUES ($number, $type, $state, $start, $local, $minutes, $vet, $expires, $revision, $language,
                    $owner, $name, $email, $email, $phone, $created, $before)
            """,
            ("$number", UnusedNumber()), ("$type", visit.VisitType), ("$state", Appointment.Word(state)), ("$start", visit.Start.ToUnixTimeSeconds()),
            ("$local", Wall.Format(visit.Start.InZone(zone).LocalDateTime)), ("$minutes", visit.Minutes), ("$vet", vet),
            ("$expires", expires?.ToUnixTimeSeconds()), ("$revision", state == VisitState.Cancelled ? 1 : 0), ("$language", owner.Language),
            ("$owner", owner.Id), ("$name", owner.Name), ("$email", owner.Email), ("$phone", owner.Phone), ("$created", created.ToUnixTimeSeconds()),
            ("$before", state == VisitState.Cancelled ? "booked" : null));
        for (var i = 0; i < animals.Count; i++)
        {
            db.Execute(
                "INSERT INTO appointment_animal (appointment_id, position, animal_id, name, species_id, born, reason) VALUES ($id, $position, $animal, $name, $species, $born, $reason)",
                ("$id", id), ("$position", i), ("$animal", animals[i].Id), ("$name", animals[i].Name), ("$species", animals[i].Species), ("$born", animals[i].Born),
                ("$reason", Reason(visit.VisitType)));
        }
        if (visit.Start > now) Coming++;
        if (state == VisitState.Cancelled) return;
        foreach (var taken in visit.Occupancies)
        {
            db.Execute(
                "INSERT INTO occupancy (resource_id, starts_at, ends_at, appointment_id) VALUES ($resource, $from, $to, $id)",
                ("$resource", taken.Resource), ("$from", Cells.Start(taken.Range.From).ToUnixTimeSeconds()),
                ("$to", Cells.Start(taken.Range.To).ToUnixTimeSeconds()), ("$id", id));
        }
    }

    private string UnusedNumber()
    {
        string number;
        do number = AppointmentNumber.Next(random.Next);
        while (!numbers.Add(number));
        return number;
    }

    private string Reason(string visitType) => visitType switch
    {
        "krank" => Pick(
            "Frisst seit gestern schlecht", "Hinkt hinten links", "Kratzt sich ständig am Ohr", "Erbricht immer wieder", "Hustet nachts",
            "Kahle Stelle am Rücken", "Trinkt auffällig viel"),
        "kontrolle" => Pick("Fäden ziehen", "Verband ansehen", "Wie besprochen", "Blutwerte besprechen"),
        "tfa" => Pick("Krallen schneiden", "Blutdruck messen", "Verband wechseln", "Analdrüsen"),
        "zahn" => Pick("Riecht aus dem Maul", "Kaut nur auf einer Seite", "Zahnstein"),
        "op-besprechung" => Pick("Kastration", "Knoten am Bauch", "Kreuzband"),
        "pferd" => Pick("Impfung", "Zähne nachsehen", "Husten beim Reiten", "Lahmt vorne rechts leicht"),
        "etwas" => Pick("Gewicht und Futter", "Verhalten hat sich geändert", "Reiseapotheke"),
        _ => "",
    };

    private string Pick(params ReadOnlySpan<string> from) => from[random.Next(from.Length)];
}
