using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using NodaTime;
using VetBooking.Scheduling;
using VetBooking.Web.Booking;
using VetBooking.Web.Messages;
using VetBooking.Web.Planning;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.FrontDesk;

/// <summary>What came of a series.</summary>
public abstract record SeriesOutcome
{
    private SeriesOutcome() { }

    /// <summary>All of it is booked.</summary>
    public sealed record Done(long Series) : SeriesOutcome;

    /// <summary>Nothing is booked: this start cannot be had.</summary>
    public sealed record Refused(Instant Start, Refusal Because) : SeriesOutcome;
}

/// <summary>Books all appointments of a series or none, and calls off one or all that are still to come.</summary>
public sealed class SeriesBooking(Writer writer, MailSignal mail)
{
    /// <summary>Books, in one change: if one start cannot be had, nothing of it is kept.</summary>
    public async Task<SeriesOutcome> Book(Staff staff, PhoneWish wish, ImmutableArray<(Instant Start, string? Vet)> starts)
    {
        try
        {
            var series = await writer.Write(change => Book(change, staff, wish, starts));
            mail.Ring();
            return new SeriesOutcome.Done(series);
        }
        catch (NotAllException refused)
        {
            return refused.Outcome;
        }
        catch (SqliteException guarded) when (Holds.IsOverlap(guarded))
        {
            return new SeriesOutcome.Refused(starts[0].Start, new Refusal.Taken());
        }
    }

    /// <summary>Calls off those that are named, and still to come; answers how many that were.</summary>
    public async Task<int> Cancel(Staff staff, long series, IReadOnlySet<long> appointments, bool tell)
    {
        var count = await writer.Write(change =>
        {
            var cancelled = 0;
            foreach (var appointment in Of(change.Db, series).Where(one => appointments.Contains(one.Id) && one.Start > change.Now))
            {
                if (StaffChanges.Cancel(change, staff, new CancelWish(appointment.Id, appointment.Revision, "", tell)) is PlanOutcome.Done) cancelled++;
            }
            return cancelled;
        });
        mail.Ring();
        return count;
    }

    /// <summary>The appointments of a series in order.</summary>
    public static List<Appointment> Of(Db db, long series) =>
    [
        .. db.Rows("SELECT id FROM appointment WHERE series_id = $series ORDER BY starts_at", row => row.GetInt64(0), ("$series", series))
            .Select(id => Appointment.Load(db, id)!),
    ];

    private static long Book(Change change, Staff staff, PhoneWish wish, ImmutableArray<(Instant Start, string? Vet)> starts)
    {
        var before = change.Db.Number("SELECT series_id FROM appointment WHERE form_key = $key", ("$key", wish.FormKey));
        if (before > 0) return before;
        var series = change.Db.Insert("INSERT INTO series (created_at) VALUES ($now)", ("$now", change.Now.ToUnixTimeSeconds()));
        Audit.Add(change, staff.Actor, "series.made", "series", series);
        var owner = PhoneBooking.OnRecord(change, staff, wish);
        for (var i = 0; i < starts.Length; i++)
        {
            var (start, vet) = starts[i];
            var outcome = StaffBookings.Make(change, staff, new NewAppointment((wish with { Start = start, Request = wish.Request with { Vet = vet ?? wish.Request.Vet } }).Placement, wish.Animals)
            {
                Owner = owner,
                Name = wish.Name,
                Email = wish.Email,
                Phone = wish.Phone,
                Note = wish.Note,
                Tell = wish.Tell,
            });
            if (outcome is not PlanOutcome.Done done) throw new NotAllException(new SeriesOutcome.Refused(start, Because(outcome)));
            PhoneBooking.Link(change, done.Id, owner, i == 0 ? wish.FormKey : null);
            change.Db.Execute("UPDATE appointment SET series_id = $series WHERE id = $id", ("$series", series), ("$id", done.Id));
        }
        return series;
    }

    private static Refusal Because(PlanOutcome outcome) => outcome switch
    {
        PlanOutcome.Impossible impossible => impossible.Because,
        PlanOutcome.Asks { Against: [var first, ..] } => first,
        _ => new Refusal.Taken(),
    };

    /// <summary>Makes the writer drop everything the change did; never leaves this class.</summary>
    private sealed class NotAllException(SeriesOutcome.Refused outcome) : Exception
    {
        public SeriesOutcome.Refused Outcome { get; } = outcome;
    }
}
