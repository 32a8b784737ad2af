using System.Globalization;
using VetBooking.Web.Booking;
using VetBooking.Web.Clients.Owners;
using VetBooking.Web.Messages;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Sovereignty.OwnData;

/// <summary>What an owner asked for about their data, as staff decide it.</summary>
internal static class DataRequestPages
{
    /// <summary>What may be said to the owner.</summary>
    private const int LongestAnswer = 600;

    /// <summary>The field for it; a page may show several requests.</summary>
    public static string AnswerField(long request) => string.Create(CultureInfo.InvariantCulture, $"antwort-{request}");

    /// <summary><c>POST /praxis/kunden/{id}/wunsch/{request}</c>: a no needs a reason, which the owner reads.</summary>
    public static async Task<IResult> Decide(Staff staff, RowId id, RowId request, Writer writer, Readers readers, MailSignal mail)
    {
        var (form, fields) = (await staff.Visitor.Form(), new Fields());
        var (isYes, field) = (form["wie"] == "ja", AnswerField(request.Value));
        var said = fields.Optional(field, form[field].ToString(), LongestAnswer, lines: true);
        if (!isYes && said.Length == 0 && fields.Problems.Count == 0) fields.Wrong(field, Problem.Missing);
        var allowed = await writer.Write<bool?>(change =>
        {
            if (DataRequest.Load(change.Db, request.Value) is not { } wish || wish.Owner != id.Value || OwnerRecord.Load(change.Db, id.Value) is not { } owner) return null;
            // Who is erased is gone for good: that has a page of its own, and saying no to it is decided by the same people.
            if (wish.Kind == "erasure" && !staff.May(Right.Manage)) return false;
            if (wish.State != "open" || fields.Problems.Count > 0) return true;
            if (!isYes) wish.Decide(change, staff, "declined", said);
            else if (wish.Kind == "correction") wish.Apply(change, staff, owner.Facts, said);
            return true;
        });
        if (allowed is null) return OwnerPages.NotThere(staff);
        if (allowed == false) return Page.With(NotAllowed.Create(staff), StatusCodes.Status403Forbidden);
        if (fields.Problems is [var problem]) return Again(problem);
        mail.Ring();
        return Visitor.SeeOther(staff.Visitor.Url($"/praxis/kunden/{id.Value}"));

        // Somebody else may have decided it meanwhile: then there is nothing left to correct.
        IResult Again(FieldProblem problem) => readers.Read(db => OwnerView.Load(db, staff, id.Value)) is { Wishes: { } wishes } view && wishes.Open.Any(wish => wish.Id == request.Value)
            ? Page.Again(OwnerPage.Create(view with { Wishes = wishes with { Typed = (request.Value, form[field].ToString(), problem.Problem == Problem.Missing ? staff.T.DisclosureAnswerMissing : Wording.Of(staff.T, problem)) } }))
            : Visitor.SeeOther(staff.Visitor.Url($"/praxis/kunden/{id.Value}"));
    }
}

/// <summary>What waits for an answer, on the owner's page.</summary>
public sealed record DataRequestCardModel(Staff Staff, OwnerRecord Owner)
{
    internal IReadOnlyList<DataRequest> Open { get; init; } = [];

    /// <summary>The answer that was typed, to which request, and what is wrong with it.</summary>
    internal (long Request, string Answer, string? Wrong) Typed { get; init; }

    /// <summary>What would change: field, what stands there now, what they want.</summary>
    internal IEnumerable<(string Field, string Now, string Wanted)> Difference(DataRequest wish)
    {
        var now = DataRequest.Now(Owner.Facts);
        return wish.Wanted.Where(one => now[one.Key] != one.Value).Select(one => (one.Key, now[one.Key], one.Value));
    }

    internal static DataRequestCardModel? Load(Db db, Staff staff, OwnerRecord owner) =>
        DataRequest.Of(db, owner.Id).Where(one => one.State == "open").ToList() is { Count: > 0 } open ? new DataRequestCardModel(staff, owner) { Open = open } : null;
}
