using VetBooking.Web.Booking;
using VetBooking.Web.Messages;
using VetBooking.Web.Recall.Sending;
using VetBooking.Web.Shared;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Recall.Consenting;

/// <summary>
/// Where owners say whether they want to be told what falls due. A GET only ever shows: programs that scan mail open every
/// link in it.
/// </summary>
internal static class ConsentPages
{
    /// <summary>The field by which a form of ours is told from the one click of a mail program.</summary>
    public const string PageField = "seite";

    /// <summary>The field with the wording that was shown.</summary>
    public const string StampField = "stand";

    /// <summary><c>GET /erinnern/{token}</c>: out of every such mail.</summary>
    public static IResult AskEnd(Visitor visitor, string token, Readers readers) =>
        readers.Read(db => EndLink.OwnerOf(db, token) is { } owner ? (bool?)Consents.Holds(db, owner) : null) is { } holds
            ? Page.Ok(ConsentPage.Create(new ConsentModel(visitor, holds ? ConsentStep.End : ConsentStep.Ended, $"/erinnern/{token}")))
            : NotFoundPage.Show(visitor);

    /// <summary><c>POST /erinnern/{token}</c>: by the button of the page, or by a mail program's own (RFC 8058).</summary>
    public static async Task<IResult> End(Visitor visitor, string token, Writer writer)
    {
        var isPage = (await visitor.Form()).ContainsKey(PageField);
        var known = await writer.Write(change =>
        {
            if (EndLink.OwnerOf(change.Db, token) is not { } owner) return false;
            Consents.Withdraw(change, Actor.Owner, owner, isPage ? "link" : "one-click");
            return true;
        });
        if (!known) return NotFoundPage.Show(visitor);
        // Mail programs follow no redirection.
        return isPage ? Visitor.SeeOther(visitor.Url($"/erinnern/{token}")) : Results.Text(visitor.T.ConsentEndedHeading, "text/plain; charset=utf-8");
    }

    /// <summary><c>GET /erinnern/ja/{token}</c>: out of the mail that asks.</summary>
    public static IResult AskConfirm(Visitor visitor, string token, Readers readers) =>
        readers.Read(db => Consents.Asked(db, token, visitor.Now) is { } owner ? (bool?)Consents.Holds(db, owner) : null) is { } holds
            ? Page.Ok(ConsentPage.Create(new ConsentModel(visitor, holds ? ConsentStep.Confirmed : ConsentStep.Confirm, $"/erinnern/ja/{token}")))
            : NotFoundPage.Show(visitor);

    /// <summary><c>POST /erinnern/ja/{token}</c></summary>
    public static async Task<IResult> Confirm(Visitor visitor, string token, Writer writer)
    {
        var shown = (await visitor.Form())[StampField].ToString();
        var url = $"/erinnern/ja/{token}";
        var answer = await writer.Write<bool?>(change =>
        {
            if (Consents.Asked(change.Db, token, change.Now) is not { } owner) return null;
            if (shown != Consents.Stamp(Consents.Wording(change.Book.Profile, visitor.Language))) return false;
            Consents.Give(change, Actor.Owner, owner, "confirmed", visitor.Language);
            return true;
        });
        return answer switch
        {
            null => NotFoundPage.Show(visitor),
            true => Visitor.SeeOther(visitor.Url(url)),
            _ => Page.Again(ConsentPage.Create(new ConsentModel(visitor, ConsentStep.Confirm, url) { HasChanged = true })),
        };
    }

    /// <summary><c>POST /termin/{token}/erinnern</c>: on an appointment's own page. Its link came to that very address by mail.</summary>
    public static async Task<IResult> Decide(Visitor visitor, string token, Writer writer, MailSignal signal)
    {
        var form = await visitor.Form();
        var (ends, shown) = (form.ContainsKey("ende"), form[StampField].ToString());
        var done = await writer.Write(change =>
        {
            if (AppointmentLink.Open(change.Db, token, LinkPurpose.Manage, change.Now) is not { } appointment || ConsentOfferModel.Of(change.Db, visitor, appointment, token) is null) return false;
            var owner = ProvedOwner.OfAppointment(change, appointment.Id);
            if (ends) Consents.Withdraw(change, Actor.Owner, owner, "link");
            else if (shown == Consents.Stamp(Consents.Wording(change.Book.Profile, visitor.Language))) Consents.Give(change, Actor.Owner, owner, "link", visitor.Language);
            return true;
        });
        signal.Ring();
        return done ? Visitor.SeeOther(visitor.Url($"/termin/{token}") + "#erinnern") : NotFoundPage.Show(visitor);
    }
}

/// <summary>What a page about the consent is for.</summary>
public enum ConsentStep { Confirm, Confirmed, End, Ended }

/// <summary>A page about the consent, out of a mail.</summary>
public sealed record ConsentModel(Visitor Visitor, ConsentStep Step, string Action)
{
    /// <summary>Whether the words have changed since the form was opened.</summary>
    public bool HasChanged { get; init; }

    public string Heading => (Step, Visitor.T) switch
    {
        (ConsentStep.Confirm, var t) => t.ConsentHeading,
        (ConsentStep.Confirmed, var t) => t.ConsentConfirmedHeading,
        (ConsentStep.End, var t) => t.ConsentEndHeading,
        (_, var t) => t.ConsentEndedHeading,
    };

    /// <summary>What is agreed to.</summary>
    public string Wording => Consents.Wording(Visitor.Profile, Visitor.Language);

    public string Stamp => Consents.Stamp(Wording);
}

/// <summary>The offer on an appointment's page: never ticked before, and nothing to do with the appointment.</summary>
public sealed record ConsentOfferModel(Visitor Visitor, string Token, bool Holds)
{
    public string Wording => Consents.Wording(Visitor.Profile, Visitor.Language);

    public string Stamp => Consents.Stamp(Wording);

    /// <summary>
    /// Null where nothing is offered: the practice reminds nobody, the appointment is not confirmed, or it was made for
    /// another address than the practice has of its owner.
    /// </summary>
    public static ConsentOfferModel? Of(Db db, Visitor visitor, Appointment appointment, string token)
    {
        if (appointment.State is not (Scheduling.VisitState.Booked or Scheduling.VisitState.Requested) || !Recalls.AreOn(db)) return null;
        var (owner, isTheirs) = db.Row(
            "SELECT t.owner_id, o.email_key = t.email_key FROM appointment t LEFT JOIN owner o ON o.id = t.owner_id WHERE t.id = $id",
            row => (row.Number(0), row.Number(1) == 1), ("$id", appointment.Id));
        if (owner is null) return new ConsentOfferModel(visitor, token, Holds: false);
        return isTheirs ? new ConsentOfferModel(visitor, token, Consents.Holds(db, owner.Value)) : null;
    }
}
