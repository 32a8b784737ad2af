using NodaTime;
using NodaTime.Text;
using VetBooking.Web.Clients.Owners;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Sovereignty.Erasure;

/// <summary>What goes and what stays if somebody is erased.</summary>
public sealed record ErasureView(Staff Staff, long Owner, string Name)
{
    /// <summary>Appointments that are still to come: their time becomes free, and no mail says so.</summary>
    public required IReadOnlyList<VisitLine> Coming { get; init; }

    /// <summary>How much goes, by kind; kinds without anything are left out.</summary>
    public required IReadOnlyList<(string Kind, int Count)> Goes { get; init; }

    /// <summary>Animals that stay, with whom.</summary>
    public required IReadOnlyList<(string Animal, string With)> Stays { get; init; }

    /// <summary>Why they must not be erased yet; null if nothing is in the way.</summary>
    internal LegalHold? Hold { get; init; }

    /// <summary>What was typed for a hold, and what is wrong with it or with the confirmation.</summary>
    public string Reason { get; init; } = "";

    public string Until { get; init; } = "";

    public IReadOnlyList<string> Wrong { get; init; } = [];

    /// <summary>What is wrong with a field, in words; null if nothing.</summary>
    public string? Sentence(string field) => Wrong.Contains(field) ? Staff.T.ErasureWrong(field) : null;

    internal static ErasureView? Load(Db db, Staff staff, long owner)
    {
        if (OwnerRecord.Load(db, owner) is not { } record) return null;
        var person = Person.Of(db, owner);
        var now = staff.Now.ToUnixTimeSeconds();
        var coming = person.Appointments
            .Select(id => db.Row(OwnerView.VisitColumns + " WHERE t.id = $id AND t.starts_at >= $now AND t.state IN ('held', 'requested', 'booked')", OwnerView.Visit, ("$id", id), ("$now", now)))
            .OfType<VisitLine>().OrderBy(visit => visit.Start).ToList();
        long Count(string sql) => db.Number(sql, ("$id", owner));
        (string, int)[] goes =
        [
            ("animals", (int)Count("SELECT count(*) FROM animal a WHERE owner_id = $id AND NOT EXISTS (SELECT 1 FROM co_owner c WHERE c.animal_id = a.id)")),
            ("appointments", person.Appointments.Count - coming.Count),
            ("waiting", person.Waiting.Count),
            ("walk-ins", person.WalkIns.Count),
            ("mails", (int)Count("SELECT count(*) FROM outbox WHERE owner_id = $id OR appointment_id IN (SELECT id FROM appointment WHERE owner_id = $id)")),
            ("consents", (int)Count("SELECT count(*) FROM consent WHERE owner_id = $id")),
        ];
        return new ErasureView(staff, owner, record.Facts.Name)
        {
            Coming = coming,
            Goes = [.. goes.Where(one => one.Item2 > 0)],
            Stays = db.Rows(
                "SELECT a.name, (SELECT o.name FROM owner o JOIN co_owner c ON c.owner_id = o.id WHERE c.animal_id = a.id ORDER BY o.id LIMIT 1) AS beside FROM animal a WHERE a.owner_id = $id AND beside IS NOT NULL",
                row => (row.GetString(0), row.GetString(1)), ("$id", owner)),
            Hold = LegalHold.Of(db, owner, staff.Visitor.Today),
            Until = LocalDatePattern.Iso.Format(staff.Visitor.Today.PlusYears(1)),
        };
    }
}

/// <summary>One erasure as it can be proved: no word about whom it was.</summary>
/// <param name="Staff">Who looks.</param>
/// <param name="Entry">Its number in the journal.</param>
/// <param name="At">When.</param>
/// <param name="Subjects">How many records went, under random names.</param>
public sealed record ErasureCertificate(Staff Staff, int Entry, Instant At, int Subjects)
{
    internal static ErasureCertificate? Load(Staff staff, DataFolder folder, long entry) =>
        ErasureJournal.Of(folder)?.Entries.FirstOrDefault(one => one.Entry == entry) is { } found
            ? new ErasureCertificate(staff, found.Entry, InstantPattern.General.Parse(found.At).Value, found.Subjects.Length)
            : null;
}
