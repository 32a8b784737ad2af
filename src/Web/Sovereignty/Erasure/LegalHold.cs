using NodaTime;
using NodaTime.Text;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Sovereignty.Erasure;

/// <summary>Why a person must not be erased yet, like a claim that is being settled (GDPR Art. 17(3)).</summary>
/// <param name="Owner">The owner of the records.</param>
/// <param name="Reason">What staff wrote.</param>
/// <param name="Until">The last day it holds.</param>
internal sealed record LegalHold(long Owner, string Reason, LocalDate Until)
{
    /// <summary>The hold on an owner; null if there is none, or it is over.</summary>
    public static LegalHold? Of(Db db, long owner, LocalDate today) => db.Row(
        "SELECT reason, until FROM legal_hold WHERE owner_id = $id AND until >= $today",
        row => new LegalHold(owner, row.GetString(0), LocalDatePattern.Iso.Parse(row.GetString(1)).Value),
        ("$id", owner), ("$today", LocalDatePattern.Iso.Format(today)));
}
