using Microsoft.Data.Sqlite;
using NodaTime;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Sovereignty.Exports.Reading;

/// <summary>An appointment as the pages of an export show it, and whoever looks into a backup.</summary>
/// <param name="Id">Of its row.</param>
/// <param name="Number">The number its owner knows it by.</param>
/// <param name="Owner">The owner of the records it belongs to; 0 for none.</param>
/// <param name="Name">Whom it was made for.</param>
/// <param name="State">held, requested, booked, cancelled or lapsed.</param>
public sealed record ExportedVisit(long Id, string Number, long Owner, string Name, string State)
{
    public required string VisitType { get; init; }
    public required Instant Start { get; init; }
    public required int Minutes { get; init; }
    public required int Revision { get; init; }
    public required string Vet { get; init; }
    public required string Animals { get; init; }

    /// <summary>How whoever made it is reached; either may be empty.</summary>
    public required string Phone { get; init; }
    public required string Email { get; init; }

    /// <summary>What the owner wrote, and what staff wrote.</summary>
    public required string Note { get; init; }
    public required string StaffNote { get; init; }

    /// <summary>The photos that came with it, by their ids.</summary>
    public required IReadOnlyList<long> Photos { get; init; }

    /// <summary>Those a condition in SQL lets through, in the order of time.</summary>
    public static List<ExportedVisit> Where(Db db, string condition, params ReadOnlySpan<(string Name, object? Value)> arguments) => db.Rows(
        $"""
        SELECT t.id, t.number, ifnull(t.owner_id, 0), t.name, t.state, t.visit_type_id, t.starts_at,
          ifnull((SELECT name FROM resource WHERE id = t.vet), ''),
          ifnull((SELECT group_concat(name, ', ') FROM (SELECT name FROM appointment_animal WHERE appointment_id = t.id ORDER BY position)), ''),
          t.note, t.staff_note, ifnull((SELECT group_concat(id) FROM photo WHERE appointment_id = t.id), ''), t.minutes, t.revision, t.phone, t.email
        FROM appointment t WHERE {condition} ORDER BY t.starts_at, t.id
        """, Read, arguments);

    private static ExportedVisit Read(SqliteDataReader row) => new(row.GetInt64(0), row.GetString(1), row.GetInt64(2), row.GetString(3), row.GetString(4))
    {
        VisitType = row.GetString(5),
        Start = Instant.FromUnixTimeSeconds(row.GetInt64(6)),
        Minutes = row.GetInt32(12),
        Revision = row.GetInt32(13),
        Vet = row.GetString(7),
        Animals = row.GetString(8),
        Phone = row.GetString(14),
        Email = row.GetString(15),
        Note = row.GetString(9),
        StaffNote = row.GetString(10),
        Photos = [.. row.GetString(11).Split(',', StringSplitOptions.RemoveEmptyEntries).Select(id => long.Parse(id, System.Globalization.CultureInfo.InvariantCulture))],
    };
}
