using System.Security.Cryptography;
using System.Text;
using VetBooking.Web.Booking;
using VetBooking.Web.Messages;
using VetBooking.Web.Protection;
using VetBooking.Web.Shared;
using VetBooking.Web.Storage;

namespace VetBooking.Web.WaitingList.Owners;

/// <summary>Where an owner who finds no time puts themselves on the waiting list.</summary>
internal static class JoinPages
{
    public const string Address = "/buchen/warteliste";

    /// <summary><c>GET /buchen/warteliste</c></summary>
    public static IResult Show(FlowPage page) => Closed(page) ?? Page.Ok(JoinPage.Create(new JoinModel(page, WantedForm.New(page.Visitor.Today) with { Vet = page.Visitor.Asked("bei") })));

    /// <summary><c>POST /buchen/warteliste</c></summary>
    public static async Task<IResult> Join(FlowPage page, Writer writer, MailSignal mail, Limits limits)
    {
        if (Closed(page) is { } closed) return closed;
        var (visitor, form) = (page.Visitor, await page.Visitor.Form());
        var typed = ContactTyped.Read(form);
        var model = new JoinModel(page, WantedForm.Typed(form)) { Typed = typed };
        var fields = new Fields();
        var wanted = model.Form.Read(fields, page.Flow.VisitType, page.Flow.Animals, visitor);
        var name = fields.Required("owner.name", typed.Name, Fields.LongestName);
        var email = fields.Email("owner.email", typed.Email);
        var phone = fields.Phone("owner.phone", typed.Phone);
        if (form[ContactPages.Honeypot].ToString().Length > 0) fields.Wrong(ContactPages.Honeypot, Problem.Unknown);
        if (wanted is null || email is null || fields.Problems.Count > 0) return Page.Again(JoinPage.Create(model with { Problems = fields.Problems }));
        if (visitor.Now - page.Flow.Made < limits.FastestForm) return Page.Again(JoinPage.Create(model with { Sentence = visitor.T.BookingContactTooFast }));
        if (limits.TooManyTries(visitor.Http.Block()) is not null)
        {
            return Page.With(JoinPage.Create(model with { Sentence = visitor.T.BookingContactTooMany(visitor.Profile.Phone) }), StatusCodes.Status429TooManyRequests);
        }
        var wish = new EntryWish(wanted) { Name = name, Email = email, Phone = phone, Language = visitor.Language, FormKey = KeyOf(visitor.Asked("z"), form) };
        await writer.Write(change =>
        {
            Entries.Join(change, wish);
            return true;
        });
        mail.Ring();
        return Visitor.SeeOther(visitor.Url(Address + "/gesendet"));
    }

    /// <summary><c>GET /buchen/warteliste/gesendet</c>: says the same to everybody, whatever is known of the address.</summary>
    public static IResult Sent(Visitor visitor) => Page.Ok(SentPage.Create(visitor));

    private static IResult? Closed(FlowPage page) =>
        page.MissingBefore(FlowStep.Time) ?? (page.Visitor.Profile.HasWaitingList ? null : Visitor.SeeOther(page.Url("/buchen/zeit")));

    /// <summary>The same form sent again is the same entry.</summary>
    private static string KeyOf(string flow, IFormCollection form) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(flow + string.Join('\n', form.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => $"{field.Key}={field.Value}")))));
}

/// <summary>The page that asks when somebody could come.</summary>
public sealed record JoinModel(FlowPage Page, WantedForm Form)
{
    public ContactTyped Typed { get; init; } = ContactTyped.Nothing;

    public IReadOnlyList<FieldProblem> Problems { get; init; } = [];

    /// <summary>What is wrong as a whole; null if nothing.</summary>
    public string? Sentence { get; init; }

    public bool HasErrors => Problems.Count > 0 || Sentence is not null;

    /// <summary>The people to choose from; no choice if it is only one.</summary>
    public IReadOnlyList<string> Vets => [.. SlotsApi.Vets(Page.Visitor.Book.Practice, Page.Type!)];

    /// <summary>How many entries one address may have.</summary>
    public int Most => Page.Visitor.Http.RequestServices.GetRequiredService<Readers>().Read(ListRules.Load).MostEntries;

    public string Sentences(FieldProblem problem) => WantedForm.Sentence(Page.Visitor.T, problem, Page.Visitor.Today);

    /// <summary>What is wrong with one field, in words; null if nothing.</summary>
    public string? Wrong(string field) => Problems.FirstOrDefault(one => one.Field == field) is { } problem ? Sentences(problem) : null;

    /// <summary>The id of the control that a problem is about.</summary>
    public static string ControlOf(FieldProblem problem) => problem.Field is "von" or "bis" or "bei" ? problem.Field : ContactModel.ControlOf(problem);
}
