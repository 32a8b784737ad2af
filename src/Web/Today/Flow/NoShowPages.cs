using System.Globalization;
using VetBooking.Web.Booking;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Today.Flow;

/// <summary>Who did not come, and what follows from it.</summary>
internal static class NoShowPages
{
    /// <summary><c>GET /praxis/nichterschienen</c></summary>
    public static IResult Show(Staff staff, Readers readers) => Page.Ok(NoShowPage.Create(Model(staff, readers)));

    /// <summary><c>POST /praxis/nichterschienen/{id}</c></summary>
    public static async Task<IResult> Waive(Staff staff, NoShows noShows, RowId id) =>
        await noShows.Waive(staff, id.Value, (await staff.Visitor.Form())["zaehlt"] != "ja") ? Visitor.SeeOther(staff.Visitor.Url("/praxis/nichterschienen")) : NotFoundPage.Show(staff.Visitor);

    /// <summary><c>POST /praxis/nichterschienen/regel</c></summary>
    public static async Task<IResult> Decide(Staff staff, Readers readers, NoShows noShows)
    {
        var form = await staff.Visitor.Form();
        var model = Model(staff, readers) with { Limit = form["anzahl"].ToString(), Months = form["monate"].ToString() };
        var limit = Number(model.Limit, 20);
        var months = Number(model.Months, 60);
        if (model.Limit.Length > 0 && limit is null) model.Fields.Wrong("anzahl", Problem.Unknown, 20);
        if (months is null) model.Fields.Wrong("monate", Problem.Unknown, 60);
        if (model.Fields.Problems.Count > 0) return Page.Again(NoShowPage.Create(model));
        await noShows.Decide(staff, new NoShowRule(limit, months!.Value));
        return Visitor.SeeOther(staff.Visitor.Url("/praxis/nichterschienen"));
    }

    private static int? Number(string text, int most) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most ? number : null;

    private static NoShowModel Model(Staff staff, Readers readers) => readers.Read(db =>
    {
        var rule = NoShowRule.Load(db);
        return new NoShowModel(staff, rule, NoShows.List(db, rule.Since(staff.Now, staff.Book.Practice.Zone)))
        {
            Limit = rule.Limit?.ToString(CultureInfo.InvariantCulture) ?? "",
            Months = rule.Months.ToString(CultureInfo.InvariantCulture),
        };
    });
}

/// <summary>The page of those who did not come.</summary>
public sealed record NoShowModel(Staff Staff, NoShowRule Rule, IReadOnlyList<NoShow> NoShows)
{
    public Fields Fields { get; } = new();

    /// <summary>What stands in the fields of the rule.</summary>
    public required string Limit { get; init; }

    public required string Months { get; init; }

    public string? Wrong(string name) => Fields.Problems.Find(problem => problem.Field == name) is { } problem ? Staff.T.ProblemNumber(problem.Limit) : null;
}
