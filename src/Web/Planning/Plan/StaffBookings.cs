using System.Collections.Immutable;
using VetBooking.Scheduling;
using VetBooking.Web.Booking;
using VetBooking.Web.Messages;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Planning;

/// <summary>An appointment staff want to enter: when and with what, for whom.</summary>
public sealed record NewAppointment(Placement Placement, ImmutableArray<VisitingAnimal> Animals)
{
    /// <summary>The owner it is for; null if the practice has no record of theirs.</summary>
    public long? Owner { get; init; }

    public required string Name { get; init; }

    /// <summary>Where the owner can be written to; null if nowhere.</summary>
    public EmailAddress? Email { get; init; }

    public string Phone { get; init; } = "";

    /// <summary>What the owner said, as if they had typed it.</summary>
    public string Note { get; init; } = "";

    /// <summary>What only staff read.</summary>
    public string StaffNote { get; init; } = "";

    public string Language { get; init; } = "de";

    public bool Emergency { get; init; }

    /// <summary>Whether the owner gets the confirmation by mail, if they can be written to.</summary>
    public bool Tell { get; init; } = true;

    public Consent Consent { get; init; } = Consent.None;
}

/// <summary>Who plans: somebody of the practice at a screen, or a program the practice has given a token.</summary>
/// <param name="Actor">Who it is, for the audit log.</param>
/// <param name="Account">The account; null for a program.</param>
/// <param name="Session">The session, which can take its last act back; null for a program.</param>
public sealed record Planner(Actor Actor, long? Account = null, long? Session = null)
{
    /// <summary>Somebody who is signed in.</summary>
    public static Planner Of(Staff staff) => new(staff.Actor, staff.Account.Id, staff.Session.Id);
}

/// <summary>Appointments by staff. Each of these runs inside a change of the writer; ring the mail signal after it.</summary>
public static class StaffBookings
{
    /// <summary>Enters an appointment; it is booked at once.</summary>
    public static PlanOutcome Make(Change change, Staff staff, NewAppointment wish) => Make(change, Planner.Of(staff), wish);

    /// <summary>Enters an appointment for whoever plans.</summary>
    public static PlanOutcome Make(Change change, Planner by, NewAppointment wish)
    {
        Holds.Release(change);
        var answer = change.Diary.Place(wish.Placement, change.Now);
        if (Stops(change, answer, wish.Consent) is { } stopped) return stopped;
        var placed = (PlacingAnswer.Placed)answer;
        var id = Save(change, wish, placed);
        Squeezes.Occupy(change, id, placed, by, wish.Consent.SqueezeReason);
        var mail = wish.Tell ? Tell(change, id, MailKind.Confirmed) : null;
        Audit.Add(change, by.Actor, "appointment.made", "appointment", id, "booked");
        LastAct.Remember(change, by, new Act("made", id, 0, mail));
        return new PlanOutcome.Done(id);
    }

    /// <summary>Why a placement is not saved as it stands; null if it may be.</summary>
    internal static PlanOutcome? Stops(Change change, PlacingAnswer answer, Consent consent, long self = 0)
    {
        if (answer is PlacingAnswer.Impossible impossible) return new PlanOutcome.Impossible(impossible.Because);
        var placed = (PlacingAnswer.Placed)answer;
        var broken = consent.Override ? [] : placed.Against;
        ImmutableArray<Neighbour> inTheWay = consent.SqueezeReason.Length > 0 ? [] : Squeezes.InTheWay(change.Db, placed.InTheWay, self);
        return broken.IsEmpty && inTheWay.IsEmpty ? null : new PlanOutcome.Asks(broken, inTheWay);
    }

    /// <summary>The rules a placement breaks, as the database keeps them.</summary>
    internal static string Overrides(PlacingAnswer.Placed placed) => string.Join(' ', placed.Against.Select(Problems.Cause).Distinct());

    /// <summary>Writes to the owner, if that is possible, with a word of the practice's that may be empty; answers the id of the mail.</summary>
    internal static long? Tell(Change change, long appointment, MailKind kind, string word = "")
    {
        if (!Outbox.Reaches(change.Db, appointment)) return null;
        Outbox.Add(change, appointment, kind, word: word);
        return change.Db.Number("SELECT max(id) FROM outbox");
    }

    private static long Save(Change change, NewAppointment wish, PlacingAnswer.Placed placed)
    {
        var visit = placed.Visit;
        var id = change.Db.Insert(
            """
            INSERT INTO appointment (number, visit_type_id, state, starts_at, starts_local, minutes, vet, language, owner_id,
                                     name, email, email_key, phone, note, created_at, staff_note, overrides, emergency, online)
            VALUES ($number, $type, 'booked', $start, $local, $minutes, $vet, $language, $owner,
                    $name, $email, $key, $phone, $note, $now, $staffNote, $overrides, $emergency, 0)
            """,
            ("$number", Bookings.UnusedNumber(change.Db)), ("$type", visit.VisitType), ("$start", visit.Start.ToUnixTimeSeconds()),
            ("$local", Bookings.LocalStart(change, visit.Start)), ("$minutes", visit.Minutes), ("$vet", placed.Vet.Length == 0 ? null : placed.Vet),
            ("$language", wish.Language), ("$owner", wish.Owner), ("$name", wish.Name), ("$email", wish.Email?.Address ?? ""),
            ("$key", wish.Email?.Key ?? ""), ("$phone", wish.Phone), ("$note", wish.Note), ("$now", change.Now.ToUnixTimeSeconds()),
            ("$staffNote", wish.StaffNote), ("$overrides", Overrides(placed)), ("$emergency", wish.Emergency ? 1 : 0));
        for (var i = 0; i < wish.Animals.Length; i++)
        {
            var animal = wish.Animals[i];
            change.Db.Execute(
                "INSERT INTO appointment_animal (appointment_id, position, name, species_id, born, reason) VALUES ($id, $position, $name, $species, $born, $reason)",
                ("$id", id), ("$position", i), ("$name", animal.Name), ("$species", animal.Species), ("$born", animal.Born), ("$reason", animal.Reason));
        }
        KnownAnimals.Recognise(change.Db, id);
        return id;
    }
}
