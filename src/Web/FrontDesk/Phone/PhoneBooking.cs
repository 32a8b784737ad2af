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

/// <summary>An appointment by phone, every field checked.</summary>
public sealed record PhoneWish(VisitRequest Request, Instant Start)
{
    public required OwnerCard? Owner { get; init; }
    public required string Name { get; init; }
    public required string Phone { get; init; }

    /// <summary>Where the owner can be written to; null if nowhere.</summary>
    public required EmailAddress? Email { get; init; }

    public required ImmutableArray<VisitingAnimal> Animals { get; init; }
    public required string Note { get; init; }

    /// <summary>The form's own key: however often it is sent, it books once.</summary>
    public required string FormKey { get; init; }

    /// <summary>How long; as long as the visit type says, if null.</summary>
    public int? Minutes { get; init; }

    /// <summary>A room or device that was asked for; empty if none was.</summary>
    public string Place { get; init; } = "";

    /// <summary>Whether the owner gets a confirmation by mail.</summary>
    public bool Tell { get; init; }

    public Consent Consent { get; init; } = Consent.None;

    /// <summary>Where it is to be put.</summary>
    public Placement Placement => new(Request.VisitType, Request.Species, Start)
    {
        Minutes = Minutes,
        Chosen = [.. new[] { Request.Vet ?? "", Place }.Where(one => one.Length > 0).Distinct()],
    };
}

/// <summary>Books what was agreed on the phone; whoever is new goes on record with it.</summary>
public sealed class PhoneBooking(Writer writer, MailSignal mail)
{
    /// <summary>Books, or says what speaks against it.</summary>
    public async Task<PlanOutcome> Book(Staff staff, PhoneWish wish)
    {
        try
        {
            var outcome = await writer.Write(change => Book(change, staff, wish));
            mail.Ring();
            return outcome;
        }
        catch (SqliteException guarded) when (Holds.IsOverlap(guarded))
        {
            return new PlanOutcome.Impossible(new Refusal.Taken());
        }
    }

    private static PlanOutcome Book(Change change, Staff staff, PhoneWish wish)
    {
        if (Before(change.Db, wish.FormKey) is var before and > 0) return new PlanOutcome.Done(before);
        var outcome = StaffBookings.Make(change, staff, new NewAppointment(wish.Placement, wish.Animals)
        {
            Owner = wish.Owner?.Id,
            Name = wish.Name,
            Email = wish.Email,
            Phone = wish.Phone,
            Note = wish.Note,
            Tell = wish.Tell,
            Consent = wish.Consent,
        });
        if (outcome is not PlanOutcome.Done done) return outcome;
        Link(change, done.Id, OnRecord(change, staff, wish), wish.FormKey);
        return outcome;
    }

    /// <summary>Says whose appointment it is, down to the animals, and which form made it.</summary>
    internal static void Link(Change change, long appointment, long owner, string? formKey)
    {
        change.Db.Execute("UPDATE appointment SET form_key = $key, owner_id = $owner WHERE id = $appointment",
            ("$key", formKey), ("$owner", owner), ("$appointment", appointment));
        change.Db.Execute(
            $"""
            UPDATE appointment_animal SET animal_id = (
              SELECT min(id) FROM animal WHERE {OwnerCard.TheirAnimals} AND name = appointment_animal.name AND species_id = appointment_animal.species_id)
            WHERE appointment_id = $appointment
            """,
            ("$id", owner), ("$appointment", appointment));
    }

    /// <summary>The appointment this form has made already; 0 if none.</summary>
    private static long Before(Db db, string formKey) => db.Number("SELECT id FROM appointment WHERE form_key = $key", ("$key", formKey));

    /// <summary>The owner, put on record if need be, with every animal that was named just now.</summary>
    internal static long OnRecord(Change change, Staff staff, PhoneWish wish)
    {
        var owner = wish.Owner?.Id ?? 0;
        if (owner == 0)
        {
            owner = change.Db.Insert(
                "INSERT INTO owner (name, email, email_key, phone, created_at) VALUES ($name, $email, $key, $phone, $now)",
                ("$name", wish.Name), ("$email", wish.Email?.Address ?? ""), ("$key", wish.Email?.Key ?? ""), ("$phone", wish.Phone), ("$now", change.Now.ToUnixTimeSeconds()));
            Audit.Add(change, staff.Actor, "owner.made", "owner", owner);
        }
        foreach (var animal in wish.Animals.Where(one => wish.Owner?.Animals.Any(known => known.Name == one.Name && known.Species == one.Species) != true))
        {
            var id = change.Db.Insert("INSERT INTO animal (owner_id, name, species_id) VALUES ($owner, $name, $species)",
                ("$owner", owner), ("$name", animal.Name), ("$species", animal.Species));
            Audit.Add(change, staff.Actor, "animal.made", "animal", id);
        }
        return owner;
    }
}
