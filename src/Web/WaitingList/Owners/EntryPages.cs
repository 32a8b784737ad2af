using VetBooking.Scheduling;
using VetBooking.Web.Shared;
using VetBooking.Web.Storage;
using VetBooking.Web.Texts;

namespace VetBooking.Web.WaitingList.Owners;

/// <summary>The page behind a mailed link of the waiting list. GET only ever shows: programs that scan mail open every link in it.</summary>
internal static class EntryPages
{
    /// <summary><c>GET /warteliste/{token}</c></summary>
    public static IResult Show(Visitor visitor, string token, Readers readers) => Load(visitor, token, readers) is { } model
        ? Page.Ok(EntryPage.Create(model))
        : NotFoundPage.Show(visitor);

    /// <summary><c>POST /warteliste/{token}/bestaetigung</c></summary>
    public static async Task<IResult> Confirm(Visitor visitor, string token, Answers answers, Readers readers) => After(visitor, token, await answers.Confirm(token), readers);

    /// <summary><c>POST /warteliste/{token}/annahme</c></summary>
    public static async Task<IResult> Accept(Visitor visitor, string token, Answers answers, Readers readers) => After(visitor, token, await answers.Accept(token), readers);

    /// <summary><c>POST /warteliste/{token}/ablehnung</c></summary>
    public static async Task<IResult> Decline(Visitor visitor, string token, Answers answers, Readers readers) => After(visitor, token, await answers.Decline(token), readers);

    /// <summary><c>POST /warteliste/{token}/weiter</c></summary>
    public static async Task<IResult> GoOn(Visitor visitor, string token, Answers answers, Readers readers) => After(visitor, token, await answers.GoOn(token), readers);

    /// <summary><c>POST /warteliste/{token}/ende</c>: the button of the page, and the one that mail programs show (RFC 8058).</summary>
    public static async Task<IResult> Leave(Visitor visitor, string token, Answers answers, Readers readers)
    {
        var outcome = await answers.Leave(token);
        // A mail program follows nowhere.
        if (outcome is AnswerOutcome.Done && (await visitor.Form()).ContainsKey("List-Unsubscribe")) return Show(visitor, token, readers);
        return After(visitor, token, outcome, readers);
    }

    private static IResult After(Visitor visitor, string token, AnswerOutcome outcome, Readers readers) => outcome switch
    {
        AnswerOutcome.Done => Visitor.SeeOther(visitor.Url("/warteliste/" + token)),
        AnswerOutcome.Booked booked => Visitor.SeeOther(visitor.Url("/termin/" + booked.Token)),
        AnswerOutcome.Refused refused when Load(visitor, token, readers) is { } model => Page.Again(EntryPage.Create(model with { Refusal = refused.Because })),
        _ => NotFoundPage.Show(visitor),
    };

    private static EntryModel? Load(Visitor visitor, string token, Readers readers) => readers.Read(db =>
        EntryLink.Open(db, token, visitor.Now) is { } link
            ? new EntryModel(visitor, link, token)
            {
                HasOthers = link.Offer?.Kept is { } kept && Offer.Open(db, kept).Count > 1,
                IsSilent = Offering.IsSilent(db, link.Entry.Id),
            }
            : null);
}

/// <summary>What a page about an entry says first.</summary>
public enum EntryView { Confirm, Waiting, Silent, Ended, Offered, Taken, Expired, Accepted }

/// <summary>The page of one entry, and the offer it was opened with.</summary>
public sealed record EntryModel(Visitor Visitor, OpenedLink Link, string Token)
{
    /// <summary>Why what was just tried could not be done; null if nothing was or it could.</summary>
    public Refusal? Refusal { get; init; }

    /// <summary>Whether others are offered the same time.</summary>
    public bool HasOthers { get; init; }

    /// <summary>Whether nobody is asked any more, as the last offers ran out.</summary>
    public bool IsSilent { get; init; }

    public EntryView View => (Link.Entry.State, Link.Offer?.At(Visitor.Now)) switch
    {
        (_, OfferState.Accepted) => EntryView.Accepted,
        (EntryState.Ended, _) => EntryView.Ended,
        (EntryState.Unconfirmed, _) => EntryView.Confirm,
        (_, OfferState.Open) => EntryView.Offered,
        (_, OfferState.Taken or OfferState.Withdrawn) => EntryView.Taken,
        _ when IsSilent => EntryView.Silent,
        (_, OfferState.Expired) => EntryView.Expired,
        _ => EntryView.Waiting,
    };

    public string Title => View switch
    {
        EntryView.Confirm => T.ListConfirmHeading,
        EntryView.Offered => T.ListOfferHeading,
        EntryView.Taken => T.ListTakenHeading,
        EntryView.Expired => T.ListExpiredHeading,
        EntryView.Accepted => T.ListAcceptedHeading,
        EntryView.Ended => T.ListEndedHeading,
        _ => T.ListWaitingHeading,
    };

    /// <summary>The sentence under it.</summary>
    public Paragraph Lead => View switch
    {
        EntryView.Confirm => T.ListConfirmLead,
        EntryView.Taken or EntryView.Expired => T.ListTakenLead,
        EntryView.Silent => T.ListSilentLead,
        EntryView.Accepted => T.ListAcceptedLead,
        EntryView.Ended => T.ListEndedLead,
        _ => T.ListWaitingLead,
    };

    private Text T => Visitor.T;

    /// <summary>An address below this link's.</summary>
    public string Url(string below = "") => Visitor.Url("/warteliste/" + Token + below);
}
