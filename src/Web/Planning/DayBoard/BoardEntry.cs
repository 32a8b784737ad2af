using NodaTime;
using VetBooking.Scheduling;
using VetBooking.Scheduling.Flow;
using VetBooking.Web.Clients.Animals;
using VetBooking.Web.Today.Flow;

namespace VetBooking.Web.Planning;

/// <summary>An appointment as one resource's column shows it.</summary>
public sealed record BoardEntry
{
    public required long Id { get; init; }
    public required int Revision { get; init; }
    public required string Resource { get; init; }
    public required VisitState State { get; init; }
    public required string VisitType { get; init; }
    public required string Vet { get; init; }
    public required string Owner { get; init; }
    public required Instant? Expires { get; init; }
    public required bool IsEmergency { get; init; }

    /// <summary>How far its owner has come through the practice.</summary>
    public required Step Step { get; init; }

    /// <summary>Whether it lies over something else here, or something else over it.</summary>
    public required bool IsSqueezed { get; init; }

    /// <summary>The visit itself, as the owner knows it.</summary>
    public required CellRange Visit { get; init; }

    /// <summary>What it takes up of the resource: the visit with its buffers and the way.</summary>
    public required CellRange Taken { get; init; }

    /// <summary>What whoever touches the animals must know.</summary>
    public IReadOnlyList<BehaviourBadge> Behaviour { get; init; } = [];

    /// <summary>Names and species of the animals.</summary>
    public IReadOnlyList<(string Name, string Species)> Animals { get; init; } = [];
}

/// <summary>A time that staff keep free.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Resource">Whose time it is.</param>
/// <param name="Range">From when until when.</param>
/// <param name="Reason">Why.</param>
public sealed record BoardBlock(long Id, string Resource, CellRange Range, string Reason);

/// <summary>Everything that takes up time within a stretch, of whoever is looked at.</summary>
public sealed record BoardRows(ILookup<string, BoardEntry> Entries, ILookup<string, BoardBlock> Blocks)
{
    // No visit with its buffers and its way is longer than this.
    private const long Longest = 2 * 86400;

    private const string EntriesOf =
        $"""
        SELECT a.id, a.revision, a.state, a.visit_type_id, a.vet, a.name, a.expires_at, a.emergency, o.squeezed, a.starts_at, a.minutes, o.starts_at, o.ends_at,
               {Arrival.Columns}
        FROM (SELECT appointment_id, starts_at, ends_at, 0 AS squeezed FROM occupancy
              WHERE resource_id = $resource AND starts_at > $from - $longest AND starts_at < $to AND ends_at > $from
              UNION ALL
              SELECT appointment_id, starts_at, ends_at, 1 FROM squeeze
              WHERE resource_id = $resource AND starts_at > $from - $longest AND starts_at < $to AND ends_at > $from) o
        JOIN appointment a ON a.id = o.appointment_id LEFT JOIN arrival r ON r.appointment_id = a.id
        ORDER BY o.starts_at, o.squeezed
        """;

    /// <summary>Reads what the columns of these resources show.</summary>
    public static BoardRows Load(Storage.Db db, IEnumerable<string> resources, CellRange range)
    {
        var (from, to) = ((long)range.From * Cells.Seconds, (long)range.To * Cells.Seconds);
        var animals = db.Rows(
            """
            SELECT x.appointment_id, x.name, x.species_id FROM appointment a JOIN appointment_animal x ON x.appointment_id = a.id
            WHERE a.starts_at > $from - 86400 AND a.starts_at < $to + 86400 ORDER BY x.appointment_id, x.position
            """,
            row => (Id: row.GetInt64(0), Animal: (row.GetString(1), row.GetString(2))), ("$from", from), ("$to", to)).ToLookup(one => one.Id, one => one.Animal);
        var behaviour = Behaviour.Between(db, Cells.Start(range.From) - Duration.FromDays(1), Cells.Start(range.To) + Duration.FromDays(1));
        var entries = new List<BoardEntry>();
        var blocks = new List<BoardBlock>();
        foreach (var resource in resources)
        {
            entries.AddRange(db.Rows(
                EntriesOf,
                row => Entry(row, resource, animals) with { Behaviour = [.. behaviour[row.GetInt64(0)]] }, ("$resource", resource), ("$from", from), ("$longest", Longest), ("$to", to)));
            blocks.AddRange(db.Rows(
                "SELECT id, starts_at, ends_at, reason FROM blocked_time WHERE resource_id = $resource AND starts_at < $to AND ends_at > $from ORDER BY starts_at",
                row => new BoardBlock(row.GetInt64(0), resource, Range(row.GetInt64(1), row.GetInt64(2)), row.GetString(3)),
                ("$resource", resource), ("$to", to), ("$from", from)));
        }
        return new BoardRows(entries.ToLookup(one => one.Resource), blocks.ToLookup(one => one.Resource));
    }

    private static BoardEntry Entry(Microsoft.Data.Sqlite.SqliteDataReader row, string resource, ILookup<long, (string, string)> animals)
    {
        var start = row.GetInt64(9);
        return new BoardEntry
        {
            Id = row.GetInt64(0),
            Revision = row.GetInt32(1),
            Resource = resource,
            State = Booking.Appointment.ReadState(row.GetString(2)),
            VisitType = row.GetString(3),
            Vet = Storage.Columns.Text(row, 4) ?? "",
            Owner = row.GetString(5),
            Expires = Storage.Columns.Number(row, 6) is { } expires ? Instant.FromUnixTimeSeconds(expires) : null,
            IsEmergency = row.GetBoolean(7),
            IsSqueezed = row.GetBoolean(8),
            Visit = Range(start, start + row.GetInt32(10) * 60L),
            Taken = Range(row.GetInt64(11), row.GetInt64(12)),
            Step = Arrival.From(row, 13).Step,
            Animals = [.. animals[row.GetInt64(0)]],
        };
    }

    private static CellRange Range(long from, long to) => new((int)(from / Cells.Seconds), (int)(to / Cells.Seconds));
}
