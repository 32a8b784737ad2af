using NodaTime;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn.Entry;
using VetBooking.Web.SignIn.Invited;
using VetBooking.Web.SignIn.Proof;
using VetBooking.Web.Storage;

namespace VetBooking.Web.SignIn.Own;

/// <summary>One's own account: where one is signed in, and with what one gets in.</summary>
internal static class OwnPages
{
    /// <summary><c>GET /praxis/konto</c></summary>
    public static IResult Show(Staff staff, Door door, Readers readers) => Page.Ok(OwnAccount.Create(readers.Read(db => OwnModel.Load(db, staff, door))));

    /// <summary><c>POST /praxis/konto/sitzungen/{id}/ende</c></summary>
    public static async Task<IResult> EndSession(Staff staff, long id, Writer writer)
    {
        var mine = await writer.Write(change =>
        {
            if (change.Db.Number("SELECT count(*) FROM session WHERE id = $id AND account_id = $account", ("$id", id), ("$account", staff.Account.Id)) == 0) return false;
            Sessions.End(change, staff.Actor, id);
            return true;
        });
        return mine ? Visitor.SeeOther(staff.Visitor.Url("/praxis/konto")) : NotFoundPage.Show(staff.Visitor);
    }

    /// <summary><c>POST /praxis/konto/sitzungen/ende</c>: all but this one.</summary>
    public static async Task<IResult> EndOthers(Staff staff, Writer writer)
    {
        await writer.Write(change =>
        {
            Sessions.EndAll(change, staff.Actor, staff.Account.Id, but: staff.Session.Id);
            return true;
        });
        return Visitor.SeeOther(staff.Visitor.Url("/praxis/konto"));
    }

    /// <summary><c>GET /praxis/konto/codes</c>: the new codes, while they can be seen.</summary>
    public static IResult ShowCodes(Staff staff, Door door, Readers readers)
    {
        var codes = door.ShownOnce.For(staff.Session.Id, InvitationPages.Codes);
        var (left, password) = readers.Read(db => (RecoveryCodes.Left(db, staff.Account.Id), Accounts.ById(db, staff.Account.Id, staff.Now) is { HasPassword: true }));
        return Page.Ok(CodesPage.Create(new CodesModel(staff, codes, left, password)));
    }

    /// <summary><c>POST /praxis/konto/codes</c>: ten new ones; the old ones are worth nothing any more.</summary>
    public static async Task<IResult> RenewCodes(Staff staff, Door door, Writer writer)
    {
        var codes = await writer.Write(change =>
        {
            if (Accounts.ById(change.Db, staff.Account.Id, change.Now) is not { HasPassword: true }) return [];
            Sessions.EndAll(change, staff.Actor, staff.Account.Id, but: staff.Session.Id);
            Audit.Add(change, staff.Actor, "recovery-codes.renewed", "account", staff.Account.Id);
            return RecoveryCodes.Renew(change, staff.Account.Id);
        });
        if (codes.Count > 0) door.ShownOnce.Put(staff.Session.Id, InvitationPages.Codes, codes);
        return Visitor.SeeOther(staff.Visitor.Url("/praxis/konto/codes"));
    }
}

/// <summary>A browser of one's own that is signed in.</summary>
public sealed record OwnSession(long Id, string Device, Instant Started, Instant Seen);

/// <summary>A passkey of one's own. <paramref name="Id"/> is its credential's, as an address has it.</summary>
public sealed record OwnPasskey(string Id, string Name, Instant Created);

/// <summary>One's own account, to look at.</summary>
public sealed record OwnModel(Staff Staff, Credentials Credentials) : DoorModel(Staff.Visitor)
{
    public required IReadOnlyList<OwnSession> Sessions { get; init; }
    public required IReadOnlyList<OwnPasskey> Passkeys { get; init; }
    public required long CodesLeft { get; init; }
    public required bool CanPasskey { get; init; }

    /// <summary>When the list of the next day comes by mail; empty for never.</summary>
    public required string ListAt { get; init; }

    public required bool ListOwn { get; init; }

    /// <summary>Whether a passkey may go: something else must still lead in.</summary>
    public bool CanLosePasskey => Credentials.HasPassword || Passkeys.Count > 1;

    internal static OwnModel Load(Db db, Staff staff, Door door) => new(staff, Accounts.ById(db, staff.Account.Id, staff.Now)!)
    {
        Sessions = db.Rows("SELECT id, device, started_at, seen_at FROM session WHERE account_id = $id ORDER BY seen_at DESC, id DESC",
            row => new OwnSession(row.GetInt64(0), row.GetString(1), Instant.FromUnixTimeSeconds(row.GetInt64(2)), Instant.FromUnixTimeSeconds(row.GetInt64(3))), ("$id", staff.Account.Id)),
        Passkeys = db.Rows("SELECT credential_id, name, created_at FROM passkey WHERE account_id = $id ORDER BY created_at",
            row => new OwnPasskey(System.Buffers.Text.Base64Url.EncodeToString(row.GetFieldValue<byte[]>(0)), row.GetString(1), Instant.FromUnixTimeSeconds(row.GetInt64(2))), ("$id", staff.Account.Id)),
        CodesLeft = RecoveryCodes.Left(db, staff.Account.Id),
        CanPasskey = door.Passkeys.IsPossible,
        ListAt = db.Row("SELECT list_at FROM account WHERE id = $id", row => row.Text(0), ("$id", staff.Account.Id)) ?? "",
        ListOwn = db.Number("SELECT list_own FROM account WHERE id = $id", ("$id", staff.Account.Id)) == 1,
    };
}

/// <summary>The recovery codes, shown once.</summary>
public sealed record CodesModel(Staff Staff, IReadOnlyList<string> Codes, long Left, bool HasPassword);
