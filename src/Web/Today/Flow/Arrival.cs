using Microsoft.Data.Sqlite;
using NodaTime;
using VetBooking.Scheduling.Flow;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Today.Flow;

/// <summary>How far somebody has come, and when.</summary>
public sealed record Arrival(Instant? Arrived, Instant? Called, Instant? Room, Instant? Done, Instant? NoShow, int Revision)
{
    /// <summary>Nobody has pressed anything yet.</summary>
    public static readonly Arrival None = new(null, null, null, null, null, 0);

    /// <summary>The columns that <see cref="From"/> reads, of a table <c>arrival</c> called r; all null where there is no row.</summary>
    internal const string Columns = "r.arrived_at, r.called_at, r.room_at, r.done_at, r.no_show_at, r.revision";

    public Step Step => this switch
    {
        { NoShow: not null } => Step.NoShow,
        { Done: not null } => Step.Done,
        { Room: not null } => Step.InRoom,
        { Called: not null } => Step.Called,
        { Arrived: not null } => Step.Arrived,
        _ => Step.Expected,
    };

    /// <summary>Since when they are where they are; null if they are not here yet.</summary>
    public Instant? Since => Step switch
    {
        Step.NoShow => NoShow,
        Step.Done => Done,
        Step.InRoom => Room,
        Step.Called => Called,
        Step.Arrived => Arrived,
        _ => null,
    };

    public Position Position => new(Step, Revision);

    /// <summary>How long they have waited by now, or waited until somebody saw to them.</summary>
    public Duration? Waited(Instant now) => Arrived is { } arrived ? (Room ?? Done ?? NoShow ?? now) - arrived : null;

    internal static Arrival Load(Db db, Visitee visitee) => db.Row(
        $"SELECT {Columns} FROM arrival r WHERE r.appointment_id IS $appointment AND r.walk_in_id IS $walkIn", row => From(row, 0),
        ("$appointment", visitee.Appointment), ("$walkIn", visitee.WalkIn)) ?? None;

    /// <summary>Reads <see cref="Columns"/> from this column on.</summary>
    internal static Arrival From(SqliteDataReader row, int first)
    {
        Instant? At(int column) => row.Number(first + column) is { } seconds ? Instant.FromUnixTimeSeconds(seconds) : null;
        return new Arrival(At(0), At(1), At(2), At(3), At(4), (int)(row.Number(first + 5) ?? 0));
    }
}
