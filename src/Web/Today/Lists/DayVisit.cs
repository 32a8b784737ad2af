using System.Collections.Immutable;
using NodaTime;
using VetBooking.Scheduling;
using VetBooking.Web.Clients.Animals;
using VetBooking.Web.Questions;
using VetBooking.Web.Today.Flow;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Today.Lists;

/// <summary>An appointment as the lists of a day show it: whom to expect, and how to reach them. Of what is wrong with the animal only what the practice wants to see here.</summary>
public sealed record DayVisit
{
    public required long Id { get; init; }
    public required string VisitType { get; init; }
    public required VisitState State { get; init; }
    public required Instant Start { get; init; }
    public required int Minutes { get; init; }
    public required string Vet { get; init; }
    public required string Name { get; init; }
    public required string Phone { get; init; }
    public required Arrival Arrival { get; init; }

    /// <summary>Name and species of each animal.</summary>
    public required ImmutableArray<(string Name, string Species)> Animals { get; init; }

    /// <summary>What whoever touches the animals must know.</summary>
    public ImmutableArray<BehaviourBadge> Behaviour { get; init; } = [];

    /// <summary>The answers that the practice wants on its lists.</summary>
    public ImmutableArray<Answer> Answers { get; init; } = [];

    public Visitee Visitee => Visitee.OfAppointment(Id);

    /// <summary>Everything that takes up time on a date, in the order in which it begins.</summary>
    internal static List<DayVisit> On(Db db, LocalDate date, DateTimeZone zone)
    {
        var (from, to) = (zone.AtStartOfDay(date).ToInstant().ToUnixTimeSeconds(), zone.AtStartOfDay(date.PlusDays(1)).ToInstant().ToUnixTimeSeconds());
        var animals = db.Rows(
            """
            SELECT n.appointment_id, n.name, n.species_id
            FROM appointment a JOIN appointment_animal n ON n.appointment_id = a.id
            WHERE a.starts_at >= $from AND a.starts_at < $to ORDER BY n.appointment_id, n.position
            """,
            row => (Id: row.GetInt64(0), Animal: (row.GetString(1), row.GetString(2))), ("$from", from), ("$to", to)).ToLookup(one => one.Id, one => one.Animal);
        var behaviour = Clients.Animals.Behaviour.Between(db, Instant.FromUnixTimeSeconds(from), Instant.FromUnixTimeSeconds(to));
        var answers = Answer.OnDayList(db, from, to);
        return db.Rows(
            $"""
            SELECT a.id, a.visit_type_id, a.state, a.starts_at, a.minutes, a.vet, a.name, coalesce(nullif(a.phone, ''), o.phone, ''), {Arrival.Columns}
            FROM appointment a LEFT JOIN arrival r ON r.appointment_id = a.id LEFT JOIN owner o ON o.id = a.owner_id
            WHERE a.starts_at >= $from AND a.starts_at < $to AND a.state IN ('held', 'requested', 'booked') ORDER BY a.starts_at, a.id
            """,
            row => new DayVisit
            {
                Id = row.GetInt64(0),
                VisitType = row.GetString(1),
                State = row.GetString(2) switch { "held" => VisitState.Held, "requested" => VisitState.Requested, _ => VisitState.Booked },
                Start = Instant.FromUnixTimeSeconds(row.GetInt64(3)),
                Minutes = row.GetInt32(4),
                Vet = row.Text(5) ?? "",
                Name = row.GetString(6),
                Phone = row.GetString(7),
                Arrival = Arrival.From(row, 8),
                Animals = [.. animals[row.GetInt64(0)]],
                Behaviour = [.. behaviour[row.GetInt64(0)]],
                Answers = [.. answers[row.GetInt64(0)]],
            },
            ("$from", from), ("$to", to));
    }
}
