using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using NodaTime;
using VetBooking.Scheduling;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Booking;

/// <summary>An animal as it was named for one visit.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Species">Id of its species.</param>
/// <param name="Born">'YYYY', 'YYYY-MM' or 'YYYY-MM-DD', as precise as the owner knows; null if unknown.</param>
/// <param name="Reason">What is the matter with this one; may be empty.</param>
public sealed record VisitingAnimal(string Name, string Species, string? Born, string Reason);

/// <summary>One appointment as the database holds it.</summary>
public sealed record Appointment
{
    public required long Id { get; init; }
    public required string Number { get; init; }
    public required string VisitType { get; init; }
    public required VisitState State { get; init; }
    public required Instant Start { get; init; }
    public required int Minutes { get; init; }
    public required string Vet { get; init; }
    public required Instant? Expires { get; init; }
    public required int Revision { get; init; }
    public required string Language { get; init; }
    public required string Name { get; init; }
    public required string Email { get; init; }
    public required VisitState? StateBefore { get; init; }
    public required Instant Created { get; init; }
    public required ImmutableArray<VisitingAnimal> Animals { get; init; }

    /// <summary>What the practice said to the owner with its decision on a request; null as long as it has not decided.</summary>
    public string? Answer { get; init; }

    /// <summary>Whether the practice said no to what was asked.</summary>
    public bool IsDeclined => this is { State: VisitState.Cancelled, StateBefore: VisitState.Held or VisitState.Requested, Answer: not null };

    /// <summary>The animals' names as one reads them out.</summary>
    public string AnimalNames => string.Join(", ", Animals.Select(animal => animal.Name));

    /// <summary>The appointment with this id, or null.</summary>
    public static Appointment? Load(Db db, long id)
    {
        var animals = db.Rows(
            "SELECT name, species_id, born, reason FROM appointment_animal WHERE appointment_id = $id ORDER BY position",
            row => new VisitingAnimal(row.GetString(0), row.GetString(1), row.Text(2), row.GetString(3)),
            ("$id", id));
        return db.Row(
            """
            SELECT id, number, visit_type_id, state, starts_at, minutes, vet, expires_at, revision, language, name, email, state_before, created_at, answer
            FROM appointment WHERE id = $id
            """,
            row => From(row, [.. animals]),
            ("$id", id));
    }

    /// <summary>The appointment as the diary holds it, with what it takes up now.</summary>
    public Visit Visit(Db db) => new(VisitType, Start, Minutes,
    [
        .. db.Rows(
            """
            SELECT resource_id, starts_at, ends_at FROM occupancy WHERE appointment_id = $id
            UNION ALL SELECT resource_id, starts_at, ends_at FROM squeeze WHERE appointment_id = $id
            """,
            row => Book.OccupancyOf(row.GetString(0), row.GetInt64(1), row.GetInt64(2)),
            ("$id", Id)),
    ]);

    internal static string Word(VisitState state) => state switch
    {
        VisitState.Held => "held",
        VisitState.Requested => "requested",
        VisitState.Booked => "booked",
        VisitState.Cancelled => "cancelled",
        _ => "lapsed",
    };

    private static Appointment From(SqliteDataReader row, ImmutableArray<VisitingAnimal> animals) => new()
    {
        Id = row.GetInt64(0),
        Number = row.GetString(1),
        VisitType = row.GetString(2),
        State = ReadState(row.GetString(3)),
        Start = Instant.FromUnixTimeSeconds(row.GetInt64(4)),
        Minutes = row.GetInt32(5),
        Vet = row.Text(6) ?? "",
        Expires = row.Number(7) is { } expires ? Instant.FromUnixTimeSeconds(expires) : null,
        Revision = row.GetInt32(8),
        Language = row.GetString(9),
        Name = row.GetString(10),
        Email = row.GetString(11),
        StateBefore = row.Text(12) is { } before ? ReadState(before) : null,
        Created = Instant.FromUnixTimeSeconds(row.GetInt64(13)),
        Answer = row.Text(14),
        Animals = animals,
    };

    internal static VisitState ReadState(string word) => word switch
    {
        "held" => VisitState.Held,
        "requested" => VisitState.Requested,
        "booked" => VisitState.Booked,
        "cancelled" => VisitState.Cancelled,
        _ => VisitState.Lapsed,
    };
}
