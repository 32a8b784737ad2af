using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using NodaTime;
using NodaTime.Text;
using VetBooking.Scheduling;
using VetBooking.Web.Booking;
using VetBooking.Web.Storage;

namespace VetBooking.Web.WaitingList;

/// <summary>How far an entry of the waiting list is.</summary>
public enum EntryState { Unconfirmed, Waiting, Ended }

/// <summary>What somebody waits for.</summary>
public sealed record Wanted
{
    public required string VisitType { get; init; }

    /// <summary>Whom they want to see; anybody, if null.</summary>
    public string? Vet { get; init; }

    public required LocalDate From { get; init; }

    public required LocalDate Until { get; init; }

    /// <summary>One bit a weekday, Monday the lowest.</summary>
    public int Weekdays { get; init; } = EveryDay;

    public DayParts Parts { get; init; } = DayParts.Any;

    public required ImmutableArray<VisitingAnimal> Animals { get; init; }

    public const int EveryDay = 127;

    /// <summary>What the rules need to know of it.</summary>
    public VisitRequest Request => new(VisitType, [.. Animals.Select(animal => animal.Species)], Vet);

    /// <summary>Whether they could come on this weekday.</summary>
    public bool CanOn(IsoDayOfWeek day) => (Weekdays >> ((int)day - 1) & 1) == 1;

    /// <summary>Whether a visit that begins then is what they wait for.</summary>
    public bool Fits(Instant start, DateTimeZone zone)
    {
        var wall = start.InZone(zone);
        return wall.Date >= From && wall.Date <= Until && CanOn(wall.DayOfWeek) && (Parts & DayPart.Of(wall.TimeOfDay)) != 0;
    }
}

/// <summary>Somebody on the waiting list.</summary>
public sealed record Entry
{
    public required long Id { get; init; }
    public required EntryState State { get; init; }
    public required bool IsUrgent { get; init; }
    public required Wanted Wanted { get; init; }
    public required string Language { get; init; }

    /// <summary>The owner of the practice's records; null until the address is proved or staff have said who it is.</summary>
    public required long? Owner { get; init; }

    public required string Name { get; init; }

    /// <summary>Where they read mail; empty if staff entered them without.</summary>
    public required string Email { get; init; }

    public required string Phone { get; init; }
    public required bool IsOnline { get; init; }
    public required int Revision { get; init; }
    public required Instant Created { get; init; }

    /// <summary>Why it ended: a word of the table's; null if it has not.</summary>
    public string? Outcome { get; init; }

    /// <summary>The animals' names as one reads them out.</summary>
    public string AnimalNames => string.Join(", ", Wanted.Animals.Select(animal => animal.Name));

    private const string Columns =
        """
        SELECT id, state, urgent, visit_type_id, vet, first_day, last_day, weekdays, day_parts, language, owner_id, name, email, phone, online, revision, created_at, outcome
        FROM waiting
        """;

    /// <summary>The entry with this id; null if there is none.</summary>
    public static Entry? Load(Db db, long id) => db.Row(Columns + " WHERE id = $id", row => Read(row, Animals(db, id)), ("$id", id));

    /// <summary>Everybody who waits, the urgent first, then in the order in which they came.</summary>
    public static List<Entry> Waiting(Db db)
    {
        var animals = db.Rows(
            "SELECT a.waiting_id, a.name, a.species_id, a.born, a.reason FROM waiting_animal a JOIN waiting w ON w.id = a.waiting_id WHERE w.state = 'waiting' ORDER BY a.waiting_id, a.position",
            row => (Id: row.GetInt64(0), Animal: new VisitingAnimal(row.GetString(1), row.GetString(2), row.Text(3), row.GetString(4)))).ToLookup(row => row.Id, row => row.Animal);
        return db.Rows(Columns + " WHERE state = 'waiting' ORDER BY urgent DESC, id", row => Read(row, [.. animals[row.GetInt64(0)]]));
    }

    private static ImmutableArray<VisitingAnimal> Animals(Db db, long id) =>
    [
        .. db.Rows("SELECT name, species_id, born, reason FROM waiting_animal WHERE waiting_id = $id ORDER BY position",
            row => new VisitingAnimal(row.GetString(0), row.GetString(1), row.Text(2), row.GetString(3)), ("$id", id)),
    ];

    private static Entry Read(SqliteDataReader row, ImmutableArray<VisitingAnimal> animals) => new()
    {
        Id = row.GetInt64(0),
        State = row.GetString(1) switch { "unconfirmed" => EntryState.Unconfirmed, "waiting" => EntryState.Waiting, _ => EntryState.Ended },
        IsUrgent = row.GetBoolean(2),
        Wanted = new Wanted
        {
            VisitType = row.GetString(3),
            Vet = row.Text(4),
            From = LocalDatePattern.Iso.Parse(row.GetString(5)).Value,
            Until = LocalDatePattern.Iso.Parse(row.GetString(6)).Value,
            Weekdays = row.GetInt32(7),
            Parts = (DayParts)row.GetInt32(8),
            Animals = animals,
        },
        Language = row.GetString(9),
        Owner = row.Number(10),
        Name = row.GetString(11),
        Email = row.GetString(12),
        Phone = row.GetString(13),
        IsOnline = row.GetBoolean(14),
        Revision = row.GetInt32(15),
        Created = Instant.FromUnixTimeSeconds(row.GetInt64(16)),
        Outcome = row.Text(17),
    };
}
