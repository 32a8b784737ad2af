using NodaTime;
using VetBooking.Scheduling;
using VetBooking.Web.Setup.Forms;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Setup.Hours;

/// <summary>The public holidays on which the practice is closed: its Land, and what its place has of its own.</summary>
internal static class HolidayPages
{
    private const string Home = "/praxis/einstellungen/feiertage";
    private const int MonthsAhead = 18;

    private static readonly Holiday[] Regional = [.. Enum.GetValues<Land>().SelectMany(land => HolidayRegion.OptionsOf(land)).Distinct().Order()];

    /// <summary><c>GET /praxis/einstellungen/feiertage</c></summary>
    public static IResult List(Staff staff)
    {
        var t = staff.T;
        var region = staff.Book.Practice.Holidays;
        var list = new SettingList(staff, t.SettingsHolidays) { Lead = region is null ? t.SettingsHolidaysNone : t.SettingsHolidaysLead(t.SetupLand(region.Land.ToString())) };
        list.Links.Add((Home + "/land", t.SettingsHolidaysChange));
        if (region is not null)
        {
            list.Tables.Add(new SettingTable(t.SettingsHolidaysAhead, [t.SettingsPreviewDay, t.SettingsHoliday],
                [.. Coming(region, staff.Visitor.Today).Select(day => new SettingRow(null, t.SettingsDate(day.Date), t.HolidayName(day.Holiday.ToString())))]));
        }
        return list.Show();
    }

    /// <summary><c>GET /praxis/einstellungen/feiertage/land</c></summary>
    public static IResult Show(Staff staff, Readers readers) => SettingFlow.Show(staff, readers, (db, typed) => Form(staff, db, typed));

    /// <summary><c>POST /praxis/einstellungen/feiertage/land</c></summary>
    public static Task<IResult> Save(Staff staff, Writer writer) => SettingFlow.Post(staff, writer, (db, typed) => Form(staff, db, typed));

    /// <summary>The Länder to choose from.</summary>
    public static IReadOnlyList<(string Value, string Words)> Lands(Text t) => [.. Enum.GetValues<Land>().Select(land => (land.ToString(), t.SetupLand(land.ToString()))).OrderBy(one => one.Item2, StringComparer.Create(t.Culture, ignoreCase: true))];

    private static SettingForm Form(Staff staff, Db db, IFormCollection? typed)
    {
        var t = staff.T;
        var known = db.Row("SELECT land FROM practice", row => row.Text(0)) ?? "";
        var form = new SettingForm(staff, typed, new Place(Home + "/land", Home)) { Title = t.SettingsHolidaysChange, Act = "holidays.changed", Subject = "practice:1" };
        var land = form.Choice("land", new Label(t.SettingsLand, t.SettingsLandHelp), known, [("", t.SettingsNoLand), .. Lands(t)]);
        var chosen = form.Ticks("regional", new Label(t.SettingsRegional, t.SettingsRegionalHelp), db.Rows("SELECT holiday FROM regional_holiday", row => row.GetString(0)),
            [.. Regional.Select(holiday => (holiday.ToString(), t.SettingsRegionalChoice(t.HolidayName(holiday.ToString()), string.Join(", ", Enum.GetValues<Land>().Where(one => HolidayRegion.OptionsOf(one).Contains(holiday)).Select(one => t.SetupLand(one.ToString()))))))]);
        form.Save = change =>
        {
            change.Db.Execute("UPDATE practice SET land = $land", ("$land", land.Length > 0 ? land : null));
            change.Db.Execute("DELETE FROM regional_holiday");
            // A holiday that this Land does not have is none, whatever is ticked.
            foreach (var holiday in chosen.Where(one => Enum.TryParse<Land>(land, out var read) && HolidayRegion.OptionsOf(read).Any(option => option.ToString() == one)))
            {
                change.Db.Execute("INSERT INTO regional_holiday (holiday) VALUES ($holiday)", ("$holiday", holiday));
            }
        };
        return form;
    }

    private static IEnumerable<(LocalDate Date, Holiday Holiday)> Coming(HolidayRegion region, LocalDate today)
    {
        for (var date = today; date <= today.PlusMonths(MonthsAhead); date = date.PlusDays(1))
        {
            if (region.On(date) is { } holiday) yield return (date, holiday);
        }
    }
}
