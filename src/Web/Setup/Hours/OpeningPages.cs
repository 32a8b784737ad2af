using System.Globalization;
using VetBooking.Web.Setup.Forms;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Setup.Hours;

/// <summary>Opening hours, with the dates they hold for.</summary>
internal static class OpeningPages
{
    private const string Home = "/praxis/einstellungen/oeffnungszeiten";

    /// <summary><c>GET /praxis/einstellungen/oeffnungszeiten</c></summary>
    public static IResult List(Staff staff, Readers readers)
    {
        var t = staff.T;
        var list = new SettingList(staff, t.SettingsHours) { Lead = t.SettingsHoursLead };
        list.Links.Add((Home + "/neu", t.SettingsHoursNew));
        list.Tables.Add(new SettingTable(t.SettingsHours, [t.SettingsHoursWhen, .. Enumerable.Range(1, 7).Select(day => t.SettingsWeekday(day.ToString(CultureInfo.InvariantCulture)))],
            [.. readers.Read(db => new WeekPlans(db, null).All()).Select(plan => new SettingRow(
                string.Create(CultureInfo.InvariantCulture, $"{Home}/{plan.Id}"),
                [Dates.Range(t, plan.From, plan.To), .. Enumerable.Range(1, 7).Select(day => plan.Even.On(day) is { Count: > 0 } hours ? WeekText.Write(hours) : t.SettingsShut)]))]));
        return list.Show();
    }

    /// <summary><c>GET /praxis/einstellungen/oeffnungszeiten/{id}</c></summary>
    public static IResult Show(Staff staff, Readers readers, string id) => SettingFlow.Show(staff, readers, (db, typed) => Form(staff, db, id, typed));

    /// <summary><c>POST /praxis/einstellungen/oeffnungszeiten/{id}</c></summary>
    public static Task<IResult> Save(Staff staff, Writer writer, string id) => SettingFlow.Post(staff, writer, (db, typed) => Form(staff, db, id, typed));

    private static SettingForm? Form(Staff staff, Db db, string id, IFormCollection? typed)
    {
        var plans = new WeekPlans(db, null);
        var all = plans.All();
        var isNew = id == "neu";
        var known = isNew
            // People change a little of what they have.
            ? (all.Count > 0 ? all[^1] : WeekPlan.Empty) with { Id = 0, From = null, To = null }
            : all.FirstOrDefault(plan => plan.Id.ToString(CultureInfo.InvariantCulture) == id);
        if (known is null) return null;
        var t = staff.T;
        var form = new SettingForm(staff, typed, new Place($"{Home}/{id}", Home))
        {
            Title = isNew ? t.SettingsHoursNew : t.SettingsHours,
            Lead = t.SettingsHoursFormLead,
            Act = isNew ? "opening-hours.added" : "opening-hours.changed",
            Subject = $"opening_hours:{known.Id}",
        };
        form.Part(t.SettingsHoursWhen, t.SettingsHoursWhenLead);
        var from = form.Date("von", new Label(t.SettingsFrom, t.SettingsFromHelp), known.From);
        var to = form.Date("bis", new Label(t.SettingsTo, t.SettingsToHelp), known.To);
        form.Part(t.SettingsHours, t.SetupHoursLead + " " + t.SettingsHoursNight);
        var days = form.Week("tag", known.Even);
        Dates.InOrder(form, from, to);
        if (form.IsTyped && days.IsEmpty && form.Fields.Problems.Count == 0) form.Wrong("tag-1", t.SettingsHoursNone);
        form.Save = _ =>
        {
            if (!isNew) plans.Delete(known);
            plans.Put(new WeekPlan(0, from, to, days, days));
        };
        // The last one stays: a practice without hours is closed for good, and closing for a while is a closure's business.
        if (!isNew && all.Count > 1) form.Remove = _ => plans.Take(known);
        return form;
    }
}
