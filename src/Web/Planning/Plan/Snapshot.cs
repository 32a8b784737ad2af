using System.Text.Json.Serialization;
using NodaTime;
using VetBooking.Scheduling;
using VetBooking.Web.Booking;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Planning;

/// <summary>A stretch of a resource's time as it is kept for being put back; seconds since 1970.</summary>
internal sealed record Stretch(string Resource, long From, long To)
{
    public Occupancy Occupancy => Book.OccupancyOf(Resource, From, To);
}

/// <summary>A stretch that lay over another.</summary>
internal sealed record SqueezedStretch(Stretch Stretch, long? Account, string Reason);

/// <summary>What an appointment was squeezed in over.</summary>
internal sealed record Over(long? Appointment, long? BlockedTime);

/// <summary>A time staff block.</summary>
internal sealed record BlockRow(long Id, Stretch Stretch, string Reason);

/// <summary>What an appointment was before somebody changed it: all that changing its time or state touches.</summary>
internal sealed record Snapshot(string State, long Start, int Minutes, string? Vet, long? Expires)
{
    public string Overrides { get; init; } = "";
    public IReadOnlyList<Stretch> Taken { get; init; } = [];
    public IReadOnlyList<SqueezedStretch> Squeezed { get; init; } = [];
    public IReadOnlyList<Over> Over { get; init; } = [];

    /// <summary>Whether its time was only held, until the owner confirms.</summary>
    [JsonIgnore]
    public bool IsHeld => State == Appointment.Word(VisitState.Held);

    public static Snapshot Of(Db db, Appointment appointment)
    {
        var id = appointment.Id;
        return new Snapshot(Appointment.Word(appointment.State), appointment.Start.ToUnixTimeSeconds(), appointment.Minutes,
            appointment.Vet.Length == 0 ? null : appointment.Vet, appointment.Expires?.ToUnixTimeSeconds())
        {
            Overrides = db.Row("SELECT overrides FROM appointment WHERE id = $id", row => row.GetString(0), ("$id", id)) ?? "",
            Taken = db.Rows("SELECT resource_id, starts_at, ends_at FROM occupancy WHERE appointment_id = $id",
                row => new Stretch(row.GetString(0), row.GetInt64(1), row.GetInt64(2)), ("$id", id)),
            Squeezed = db.Rows("SELECT resource_id, starts_at, ends_at, account_id, reason FROM squeeze WHERE appointment_id = $id",
                row => new SqueezedStretch(new Stretch(row.GetString(0), row.GetInt64(1), row.GetInt64(2)), row.Number(3), row.GetString(4)), ("$id", id)),
            Over = db.Rows("SELECT over_appointment_id, over_blocked_time_id FROM squeeze_over WHERE appointment_id = $id",
                row => new Over(row.Number(0), row.Number(1)), ("$id", id)),
        };
    }

    /// <summary>Whether something that was not there before has the time by now.</summary>
    public bool IsTaken(Db db, long appointment)
    {
        var known = Over.ToHashSet();
        return Squeezes.InTheWay(db, Taken.Concat(Squeezed.Select(one => one.Stretch)).Select(one => one.Occupancy), appointment)
            .Any(other => !known.Contains(new Over(other.Appointment, other.BlockedTime)) && !LiesOver(db, other.Appointment, appointment));
    }

    /// <summary>Makes the appointment what it was.</summary>
    public void Restore(Change change, Appointment appointment)
    {
        Holds.Vacate(change, appointment);
        change.Db.Execute(
            """
            UPDATE appointment SET state = $state, state_before = NULL, starts_at = $start, starts_local = $local, minutes = $minutes, vet = $vet,
              expires_at = $expires, overrides = $overrides, cancel_reason = '', revision = revision + 1
            WHERE id = $id
            """,
            ("$state", State), ("$start", Start), ("$local", Bookings.LocalStart(change, Instant.FromUnixTimeSeconds(Start))), ("$minutes", Minutes),
            ("$vet", Vet), ("$expires", Expires), ("$overrides", Overrides), ("$id", appointment.Id));
        foreach (var one in Taken) Holds.Occupy(change.Db, appointment.Id, one.Occupancy);
        foreach (var one in Squeezed) Squeezes.Squeeze(change, new Squeezed(appointment.Id, one.Stretch.Occupancy, one.Account, one.Reason));
        foreach (var one in Over)
        {
            // A blocked time may have been freed meanwhile: then there is nothing left to lie over.
            change.Db.Execute(
                """
                INSERT INTO squeeze_over (appointment_id, over_appointment_id, over_blocked_time_id) SELECT $id, $other, $blocked
                WHERE EXISTS (SELECT 1 FROM appointment WHERE id = $other) OR EXISTS (SELECT 1 FROM blocked_time WHERE id = $blocked)
                """,
                ("$id", appointment.Id), ("$other", one.Appointment), ("$blocked", one.BlockedTime));
        }
        AppointmentLink.Prolong(change, appointment.Id);
        var visit = Appointment.Load(change.Db, appointment.Id)!.Visit(change.Db);
        change.Diary = change.Diary.With(visit);
        Holds.Touch(change, visit);
    }

    private static bool LiesOver(Db db, long? other, long appointment) => db.Number(
        "SELECT count(*) FROM squeeze_over WHERE appointment_id = $other AND over_appointment_id = $id", ("$other", other), ("$id", appointment)) > 0;
}

/// <summary>What an act found and can put back.</summary>
internal sealed record Before(Snapshot? Appointment, IReadOnlyList<BlockRow> Blocked);

[JsonSerializable(typeof(Before))]
internal sealed partial class PlanJson : JsonSerializerContext;
