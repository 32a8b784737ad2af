using NodaTime;
using NodaTime.Text;
using VetBooking.Web.SignIn;
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

    /// <summary>Sets it. Answers false if its owner is gone.</summary>
    public static bool Set(Change change, Staff staff, LegalHold hold)
    {
        var set = change.Db.Execute(
            """
            INSERT INTO legal_hold (owner_id, reason, until, account_id, set_at)
            SELECT id, $reason, $until, $account, $now FROM owner WHERE id = $owner
            ON CONFLICT DO UPDATE SET reason = excluded.reason, until = excluded.until, account_id = excluded.account_id, set_at = excluded.set_at
            """,
            ("$owner", hold.Owner), ("$reason", hold.Reason), ("$until", LocalDatePattern.Iso.Format(hold.Until)),
            ("$account", staff.Account.Id), ("$now", change.Now.ToUnixTimeSeconds())) > 0;
        if (set) Audit.Add(change, staff.Actor, "owner.held", "owner", hold.Owner);
        return set;
    }

    /// <summary>Ends it. Answers false if there was none.</summary>
    public static bool End(Change change, Actor actor, long owner)
    {
        if (change.Db.Execute("DELETE FROM legal_hold WHERE owner_id = $owner", ("$owner", owner)) == 0) return false;
        Audit.Add(change, actor, "owner.released", "owner", owner);
        return true;
    }
}
