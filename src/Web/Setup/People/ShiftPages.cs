using System.Globalization;
using VetBooking.Web.Setup.Forms;
using VetBooking.Web.Setup.Hours;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Setup.People;

/// <summary>When somebody is at work, in even and in odd weeks, from a date to a date.</summary>
internal static class ShiftPages
{
    /// <summary><c>GET /praxis/einstellungen/{team|raeume|geraete}/{id}/dienste/{plan}</c></summary>
    public static IResult Show(Staff staff, Readers readers, string id, string plan) => SettingFlow.Show(staff, readers, (db, typed) => Form(staff, db, (id, plan), typed));

    /// <summary><c>POST /praxis/einstellungen/{team|raeume|geraete}/{id}/dienste/{plan}</c></summary>
    public static Task<IResult> Save(Staff staff, Writer writer, string id, string plan) => SettingFlow.Post(staff, writer, (db, typed) => Form(staff, db, (id, plan), typed));

    private static SettingForm? Form(Staff staff, Db db, (string Resource, string Plan) asked, IFormCollection? typed)
    {
        var (t, kind) = (staff.T, ResourcePages.KindOf(staff));
        if (ResourceRow.All(db, kind).FirstOrDefault(row => row.Id == asked.Resource) is not { } resource) return null;
        var plans = new WeekPlans(db, resource.Id);
        var all = plans.All();
        var isNew = asked.Plan == "neu";
        // A first plan begins with the opening hours: people work when the practice is open.
        var example = all.Count > 0 ? all : new WeekPlans(db, null).All();
        var known = isNew
            ? (example.Count > 0 ? example[^1] : WeekPlan.Empty) with { Id = 0, From = null, To = null }
            : all.FirstOrDefault(plan => plan.Id.ToString(CultureInfo.InvariantCulture) == asked.Plan);
        if (known is null) return null;
        var home = $"/praxis/einstellungen/{ResourcePages.PathOf(kind)}/{resource.Id}";
        var form = new SettingForm(staff, typed, new Place($"{home}/dienste/{asked.Plan}", home))
        {
            Title = t.SettingsShiftsTitle(resource.Name),
            Lead = t.SettingsShiftsFormLead,
            Act = isNew ? "shifts.added" : "shifts.changed",
            Subject = "resource:" + resource.Id,
        };
        form.Part(t.SettingsHoursWhen, t.SettingsHoursWhenLead);
        var from = form.Date("von", new Label(t.SettingsFrom, t.SettingsFromHelp), known.From);
        var to = form.Date("bis", new Label(t.SettingsTo, t.SettingsToHelp), known.To);
        Dates.InOrder(form, from, to);
        form.Part(t.SettingsShiftsWeek, t.SetupHoursLead);
        var even = form.Week("tag", known.Even);
        form.Part(t.SettingsShiftsOdd, t.SettingsShiftsOddLead);
        var alternates = form.Tick("wechsel", new Label(t.SettingsShiftsAlternate, t.SettingsShiftsAlternateHelp), known.Alternates);
        var odd = form.Week("ungerade", known.Odd);
        if (!alternates) odd = even;
        if (form.IsTyped && even.IsEmpty && odd.IsEmpty && form.Fields.Problems.Count == 0) form.Wrong("tag-1", t.SettingsShiftsEmpty);
        form.Save = _ =>
        {
            if (!isNew) plans.Delete(known);
            plans.Put(new WeekPlan(0, from, to, even, odd));
        };
        if (!isNew) form.Remove = _ => plans.Take(known);
        return form;
    }
}
