using System.Globalization;
using NodaTime;
using NodaTime.Text;
using VetBooking.Web.Clients.Animals;
using VetBooking.Web.Clients.Owners;
using VetBooking.Web.Recall.Rules;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Recall.Dates;

/// <summary>What falls due, as staff enter and read it.</summary>
internal static class DuePages
{
    private const int LongestProduct = 80;
    private static readonly LocalDate Earliest = new(1990, 1, 1);

    /// <summary><c>GET /praxis/faellig</c></summary>
    public static IResult List(Staff staff, Readers readers)
    {
        var days = int.TryParse(staff.Visitor.Asked("tage"), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && DueListModel.Spans.Contains(asked) ? asked : DueListModel.Spans[0];
        return Page.Ok(DueListPage.Create(readers.Read(db => DueListModel.Load(db, staff, days))));
    }

    /// <summary><c>POST /praxis/tiere/{id}/faellig</c>: what was given, and when.</summary>
    public static async Task<IResult> Enter(Staff staff, RowId id, Writer writer, Readers readers)
    {
        var form = await staff.Visitor.Form();
        if (readers.Read(db => AnimalView.Load(db, staff, id.Value)) is not { } view) return OwnerPages.NotThere(staff);
        if (view.Due is not { } card) return Visitor.SeeOther(staff.Visitor.Url($"/praxis/tiere/{id.Value}"));
        var values = ((string[])["was", "am", "praeparat", "monate", "faellig"]).ToDictionary(field => field, field => form[field].ToString().Trim());
        var wrong = new Dictionary<string, string>();
        var answer = await writer.Write(change =>
        {
            var rule = RecallRule.All(change.Db).FirstOrDefault(rule => rule.Id == values["was"] && rule.IsInForce && rule.Species == view.Animal.Facts.Species);
            if (AnimalRecord.Load(change.Db, id.Value) is not { Departed: null }) return true;
            if (Read(staff, values, rule, wrong) is not var (given, due)) return false;
            DueDates.Enter(change, staff.Actor, id.Value, rule!.Id, (given, due));
            return true;
        });
        return answer
            ? Visitor.SeeOther(staff.Visitor.Url($"/praxis/tiere/{id.Value}") + "#faelliges")
            : Page.Again(AnimalPage.Create(view with { Due = card with { Values = values, Wrong = wrong } }));
    }

    /// <summary><c>POST /praxis/tiere/{id}/faellig/{rule}</c>: not for this animal, or after all.</summary>
    public static async Task<IResult> Switch(Staff staff, RowId id, string rule, Writer writer)
    {
        var off = (await staff.Visitor.Form())["als"].ToString() == "aus";
        var known = await writer.Write(change =>
        {
            if (change.Db.Number("SELECT count(*) FROM animal_due WHERE animal_id = $animal AND rule_id = $rule", ("$animal", id.Value), ("$rule", rule)) == 0) return false;
            DueDates.Switch(change, staff.Actor, id.Value, rule, off);
            return true;
        });
        return known ? Visitor.SeeOther(staff.Visitor.Url($"/praxis/tiere/{id.Value}") + "#faelliges") : OwnerPages.NotThere(staff);
    }

    private static (Given, LocalDate)? Read(Staff staff, Dictionary<string, string> values, RecallRule? rule, Dictionary<string, string> wrong)
    {
        var t = staff.T;
        if (rule is null) wrong["was"] = t.RecallWrongRule;
        var on = LocalDatePattern.Iso.Parse(values["am"]) is { Success: true } date && date.Value >= Earliest && date.Value <= staff.Visitor.Today ? date.Value : (LocalDate?)null;
        if (on is null) wrong["am"] = t.RecallWrongDate;
        if (values["praeparat"].Length > LongestProduct || values["praeparat"].Any(char.IsControl)) wrong["praeparat"] = t.RecallWrongProduct(LongestProduct);
        int? months = int.TryParse(values["monate"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 120 ? number : null;
        if (months is null && values["monate"].Length > 0) wrong["monate"] = t.SettingsWrongNumber(1, 120);
        var hand = LocalDatePattern.Iso.Parse(values["faellig"]) is { Success: true } set && (on is null || (set.Value > on && set.Value < on.Value.PlusYears(20))) ? set.Value : (LocalDate?)null;
        if (hand is null && values["faellig"].Length > 0) wrong["faellig"] = t.RecallWrongDue;
        if (wrong.Count > 0) return null;
        var given = new Given(on!.Value, values["praeparat"], months, hand);
        if (DueDates.Next(given, rule!.IntervalMonths) is { } due) return (given, due);
        wrong["monate"] = t.RecallWrongInterval;
        return null;
    }
}
