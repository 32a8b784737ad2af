using System.Globalization;
using NodaTime;
using VetBooking.Web.Booking;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Today.WalkIns;

/// <summary>The open consultation at the desk.</summary>
internal static class WalkInPages
{
    private const string Home = "/praxis/sprechstunde";

    /// <summary><c>GET /praxis/sprechstunde</c>; with <c>kunde</c>, for somebody the practice knows.</summary>
    public static IResult Show(Staff staff, Readers readers)
    {
        var owner = WalkInForm.Id(staff.Visitor.Asked("kunde"));
        var name = owner is null ? "" : readers.Read(db => db.Row("SELECT name FROM owner WHERE id = $id", row => row.GetString(0), ("$id", owner))) ?? "";
        return Page.Ok(WalkInPage.Create(Form(staff, readers, new() { ["name"] = name, ["kunde"] = name.Length > 0 ? staff.Visitor.Asked("kunde") : "" })));
    }

    /// <summary><c>POST /praxis/sprechstunde/nummer</c></summary>
    public static async Task<IResult> Give(Staff staff, Readers readers, WalkIns walkIns)
    {
        var form = await Typed(staff, readers);
        var name = form.Fields.Required("name", form.Value("name"), Fields.LongestName);
        var species = form.Value("art");
        if (species.Length > 0 && staff.Book.Profile.Species.All(one => one.Id != species)) form.Fields.Wrong("art", Problem.Unknown);
        if (form.Value("schluessel").Length is < 8 or > 64) form.Fields.Wrong("schluessel", Problem.Missing);
        if (form.HasErrors) return Page.Again(WalkInPage.Create(form));
        var wish = new NumberWish(WalkInForm.Id(form.Value("fenster")), name, WalkInForm.Id(form.Value("kunde")), species.Length > 0 ? species : null,
            WalkIn.ReadUrgency(form.Value("dringlichkeit")), form.Value("schluessel"));
        var outcome = await walkIns.Give(staff, wish);
        if (outcome.Id is { } id) return Visitor.SeeOther(staff.Visitor.Url("/praxis/warteraum", ("neu", id.ToString(CultureInfo.InvariantCulture))));
        form.Refusal = outcome.Refusal;
        return Page.Again(WalkInPage.Create(form));
    }

    /// <summary><c>POST /praxis/sprechstunde/heute</c></summary>
    public static async Task<IResult> Limit(Staff staff, Readers readers, WalkIns walkIns)
    {
        var form = await Typed(staff, readers);
        if (WalkInHours.ReadCapacity(form.Value("heute"), least: 0) is not { } capacity)
        {
            form.Fields.Wrong("heute", Problem.Unknown);
            return Page.Again(WalkInPage.Create(form));
        }
        return await walkIns.Limit(staff, WalkInForm.Id(form.Value("fenster")) ?? 0, staff.Visitor.Today, capacity) ? Visitor.SeeOther(staff.Visitor.Url(Home)) : NotFoundPage.Show(staff.Visitor);
    }

    /// <summary><c>POST /praxis/sprechstunde/zeiten</c></summary>
    public static async Task<IResult> Plan(Staff staff, Readers readers, WalkIns walkIns)
    {
        var form = await Typed(staff, readers);
        var day = int.TryParse(form.Value("wochentag"), NumberStyles.None, CultureInfo.InvariantCulture, out var weekday) && weekday is >= 1 and <= 7 ? weekday : 0;
        if (day == 0) form.Fields.Wrong("wochentag", Problem.Missing);
        var (from, to) = (WalkInHours.Read(form.Value("von")), WalkInHours.Read(form.Value("bis")));
        if (from is null) form.Fields.Wrong("von", Problem.Missing);
        if (to is null || to <= from) form.Fields.Wrong("bis", Problem.Missing);
        var capacity = WalkInHours.ReadCapacity(form.Value("plaetze"), least: 1);
        if (capacity is null) form.Fields.Wrong("plaetze", Problem.Unknown);
        if (form.HasErrors) return Page.Again(WalkInPage.Create(form));
        if (await walkIns.Plan(staff, new WalkInHours(0, (IsoDayOfWeek)day, from!.Value, to!.Value, capacity!.Value))) return Visitor.SeeOther(staff.Visitor.Url(Home));
        form.Overlaps = true;
        return Page.Again(WalkInPage.Create(form));
    }

    /// <summary><c>POST /praxis/sprechstunde/zeiten/{id}/ende</c></summary>
    public static async Task<IResult> Drop(Staff staff, WalkIns walkIns, RowId id) =>
        await walkIns.Drop(staff, id.Value) ? Visitor.SeeOther(staff.Visitor.Url(Home)) : NotFoundPage.Show(staff.Visitor);

    private static async Task<WalkInForm> Typed(Staff staff, Readers readers)
    {
        var form = await staff.Visitor.Form();
        return Form(staff, readers, form.ToDictionary(field => field.Key, field => field.Value.ToString()));
    }

    private static WalkInForm Form(Staff staff, Readers readers, Dictionary<string, string> typed) => readers.Read(db =>
        new WalkInForm(staff, WalkInHours.On(db, staff.Book.Practice, staff.Visitor.Today), WalkInHours.All(db)) { Typed = typed });
}
