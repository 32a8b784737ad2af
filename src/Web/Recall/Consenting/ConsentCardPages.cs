using NodaTime;
using VetBooking.Web.Clients.Owners;
using VetBooking.Web.Messages;
using VetBooking.Web.Recall.Sending;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Recall.Consenting;

/// <summary>What staff are told by an owner: yes, no, or "ask me by mail".</summary>
internal static class ConsentCardPages
{
    /// <summary><c>POST /praxis/kunden/{id}/erinnern</c></summary>
    public static async Task<IResult> Decide(Staff staff, RowId id, Writer writer, MailSignal signal)
    {
        var form = await staff.Visitor.Form();
        var (what, how) = (form["was"].ToString(), Consents.ToldStaff.FirstOrDefault(one => one == form["wie"].ToString()));
        var known = await writer.Write(change =>
        {
            if (OwnerRecord.Load(change.Db, id.Value) is not { } owner) return false;
            if (what == "ende" && how is not null) Consents.Withdraw(change, staff.Actor, id.Value, how);
            if (!Recalls.AreOn(change.Db)) return true;
            if (what == "ja" && how is not null) Consents.Give(change, staff.Actor, id.Value, how, owner.Facts.Language);
            if (what == "frage") Consents.Ask(change, staff.Actor, id.Value);
            return true;
        });
        signal.Ring();
        return known ? Visitor.SeeOther(staff.Visitor.Url($"/praxis/kunden/{id.Value}") + "#erinnern") : OwnerPages.NotThere(staff);
    }
}

/// <summary>The consent on an owner's page, with its proof.</summary>
public sealed record ConsentCardModel(Staff Staff, long Owner)
{
    public required bool Holds { get; init; }
    public required bool HasEmail { get; init; }
    public required string Wording { get; init; }
    public required Instant? AskedUntil { get; init; }
    public required IReadOnlyList<ConsentEntry> History { get; init; }

    /// <summary>The names of the accounts that entered something.</summary>
    public required IReadOnlyDictionary<string, string> Names { get; init; }

    /// <summary>Whether they agreed, but for an address they had before.</summary>
    public bool IsForOtherAddress => !Holds && History is [{ Act: "given" }, ..];

    /// <summary>Who noted it.</summary>
    public string Who(ConsentEntry entry) => Names.GetValueOrDefault(entry.Actor, Staff.T.SigninActor(entry.Actor));

    /// <summary>Null where nobody is reminded and nobody ever agreed.</summary>
    internal static ConsentCardModel? Load(Db db, Staff staff, OwnerRecord owner)
    {
        var history = Consents.History(db, owner.Id);
        return history.Count == 0 && !Recalls.AreOn(db) ? null : new ConsentCardModel(staff, owner.Id)
        {
            Holds = Consents.Holds(db, owner.Id),
            HasEmail = owner.Facts.Email.Length > 0,
            Wording = Consents.Wording(staff.Visitor.Profile, owner.Facts.Language),
            AskedUntil = Consents.AskedUntil(db, owner.Id, staff.Now),
            History = history,
            Names = db.Rows("SELECT id, name FROM account", row => (Actor.Account(row.GetInt64(0)).Word, row.GetString(1))).ToDictionary(row => row.Word, row => row.Item2),
        };
    }
}
