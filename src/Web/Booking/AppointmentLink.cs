using NodaTime;
using VetBooking.Web.Protection;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Booking;

/// <summary>What a link was given out for.</summary>
public enum LinkPurpose
{
    /// <summary>Shows the booking just made, in the same browser.</summary>
    Receipt,

    /// <summary>Came by mail, so whoever opens it can read the owner's mail: confirms, moves and cancels.</summary>
    Manage,
}

/// <summary>
/// Links to one appointment. A token is 256 random bits; only its SHA-256 is kept, so the database gives no link away.
/// </summary>
public static class AppointmentLink
{
    /// <summary>How long after the visit a link still shows it.</summary>
    private static readonly Duration AfterVisit = Duration.FromHours(24);

    /// <summary>A fresh token for an appointment.</summary>
    public static string Create(Change change, long appointment, LinkPurpose purpose)
    {
        var token = SecretToken.Create();
        Save(change, appointment, purpose, token);
        return token;
    }

    /// <summary>Keeps a token that is already known to whoever shall have it.</summary>
    public static void Save(Change change, long appointment, LinkPurpose purpose, string token) => change.Db.Execute(
        """
        INSERT INTO link (token_hash, appointment_id, purpose, expires_at)
        SELECT $hash, id, $purpose, starts_at + minutes * 60 + $after FROM appointment WHERE id = $appointment
        ON CONFLICT DO NOTHING
        """,
        ("$hash", SecretToken.Hash(token)), ("$purpose", Word(purpose)), ("$after", (long)AfterVisit.TotalSeconds), ("$appointment", appointment));

    /// <summary>The appointment a token opens; null for a token that is unknown, expired or was given out for something else.</summary>
    public static Appointment? Open(Db db, string token, LinkPurpose purpose, Instant now)
    {
        var id = db.Number(
            "SELECT appointment_id FROM link WHERE token_hash = $hash AND purpose = $purpose AND expires_at > $now",
            ("$hash", SecretToken.Hash(token)), ("$purpose", Word(purpose)), ("$now", now.ToUnixTimeSeconds()));
        return id == 0 ? null : Appointment.Load(db, id);
    }

    /// <summary>Links follow the appointment when it moves.</summary>
    public static void Prolong(Change change, long appointment) => change.Db.Execute(
        """
        UPDATE link SET expires_at = (SELECT starts_at + minutes * 60 + $after FROM appointment WHERE id = $appointment)
        WHERE appointment_id = $appointment
        """,
        ("$after", (long)AfterVisit.TotalSeconds), ("$appointment", appointment));

    private static string Word(LinkPurpose purpose) => purpose == LinkPurpose.Receipt ? "receipt" : "manage";
}
