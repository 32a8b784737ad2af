using NodaTime;
using NodaTime.Text;
using VetBooking.Web.Booking;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn;
using VetBooking.Web.SignIn.Proof;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Machines.Tokens;

/// <summary>Which programs may call with a token, for administrators; each of them has shown a moment ago who they are.</summary>
internal static class TokenPages
{
    public const string Path = "/praxis/einstellungen/zugriffe";

    private const string What = "api-token";

    /// <summary><c>GET /praxis/einstellungen/zugriffe</c></summary>
    public static IResult Show(Staff staff, Readers readers, ShownOnce shownOnce) => Page.Ok(TokenList.Create(new TokensModel(staff, readers.Read(ApiToken.All))
    {
        Shown = shownOnce.For(staff.Session.Id, What) is [var token] ? token : null,
    }));

    /// <summary><c>POST /praxis/einstellungen/zugriffe</c></summary>
    public static async Task<IResult> Make(Staff staff, Readers readers, Writer writer, ShownOnce shownOnce)
    {
        var model = new TokensModel(staff, readers.Read(ApiToken.All)).Read(await staff.Visitor.Form());
        if (model.Faults.Any()) return Page.Again(TokenList.Create(model));
        var ends = staff.Book.Practice.Zone.AtStartOfDay(model.LastDay!.Value.PlusDays(1)).ToInstant();
        var token = await writer.Write(change => ApiToken.Make(change, staff, (model.Name.Normalize().Trim(), model.Ticked, ends)));
        shownOnce.Put(staff.Session.Id, What, [token]);
        return Visitor.SeeOther(staff.Visitor.Url(Path));
    }

    /// <summary><c>POST /praxis/einstellungen/zugriffe/{id}/widerruf</c></summary>
    public static async Task<IResult> Revoke(Staff staff, RowId id, Readers readers, Writer writer) =>
        await writer.Write(change => ApiToken.Revoke(change, staff, id.Value)) || readers.Read(ApiToken.All).Exists(one => one.Id == id.Value)
            ? Visitor.SeeOther(staff.Visitor.Url(Path))
            : NotFoundPage.Show(staff.Visitor);
}

/// <summary>The page of all tokens.</summary>
public sealed record TokensModel(Staff Staff, IReadOnlyList<ApiToken> All)
{
    private const int LongestYears = 3;

    private readonly Fields fields = new();

    /// <summary>A new token, while it may be seen; else null.</summary>
    public string? Shown { get; init; }

    public string Name { get; private init; } = "";

    /// <summary>What is ticked.</summary>
    public IReadOnlyList<Scope> Ticked { get; private init; } = [Scope.DayRead];

    /// <summary>The last day as it stands in the form.</summary>
    public string LastDayTyped { get; private init; } = LocalDatePattern.Iso.Format(Staff.Visitor.Today.PlusYears(1));

    /// <summary>The last day; null if what was typed is none that may be.</summary>
    public LocalDate? LastDay =>
        LocalDatePattern.Iso.Parse(LastDayTyped) is { Success: true, Value: var day } && day >= Staff.Visitor.Today && day <= Staff.Visitor.Today.PlusYears(LongestYears) ? day : null;

    /// <summary>What was typed, checked.</summary>
    public TokensModel Read(IFormCollection form)
    {
        var read = this with
        {
            Name = form["name"].ToString(),
            Ticked = [.. ApiToken.Words.Where(one => form["darf"].Contains(one.Word)).Select(one => one.Scope)],
            LastDayTyped = form["bis"].ToString().Trim(),
        };
        read.fields.Required("name", read.Name, Fields.LongestName);
        return read;
    }

    /// <summary>What is wrong with a field, in words; null if nothing.</summary>
    public string? Wrong(string field) => field switch
    {
        "darf" => Ticked.Count == 0 ? Staff.T.MachinesScopeMissing : null,
        "bis" => LastDay is null ? Staff.T.MachinesEndsWrong(LongestYears) : null,
        _ => fields.Problems.Find(one => one.Field == field) is { } problem ? problem.Problem == Problem.Missing ? Staff.T.MachinesNameMissing : Wording.Of(Staff.T, problem) : null,
    };

    /// <summary>Everything that is wrong.</summary>
    public IEnumerable<(string Field, string Sentence)> Faults => from name in (string[])["name", "darf", "bis"] where Wrong(name) is not null select (name, Wrong(name)!);

    /// <summary>Whether a token still opens something.</summary>
    public bool IsOpen(ApiToken token) => token.Revoked is null && token.Ends > Staff.Now;

    /// <summary>How it stands with a token, in words.</summary>
    public string State(ApiToken token) => token.Revoked is not null ? Staff.T.MachinesRevoked
        : token.Ends <= Staff.Now ? Staff.T.MachinesEnded
        : Staff.T.MachinesUntil((token.Ends - Duration.FromSeconds(1)).InZone(Staff.Book.Practice.Zone).Date);
}
