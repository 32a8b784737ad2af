using System.Globalization;
using NodaTime;
using VetBooking.Web.Setup.Forms;
using VetBooking.Web.Setup.Particulars;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Setup.Emergency;

/// <summary>Who helps outside the opening hours: the plan of duties, and the texts beside it.</summary>
internal static class DutyPages
{
    private const string Home = "/praxis/einstellungen/notdienst";
    private const int LongestName = 120;
    private const int LongestText = 400;

    /// <summary>Duties are shown this long before they begin.</summary>
    private static readonly Period Ahead = Period.FromHours(24);

    /// <summary><c>GET /praxis/einstellungen/notdienst</c></summary>
    public static IResult List(Staff staff)
    {
        var t = staff.T;
        var list = new SettingList(staff, t.SettingsDuties) { Lead = t.SettingsDutiesLead };
        list.Links.Add((Home + "/neu", t.SettingsDutyNew));
        list.Links.Add((Home + "/texte", t.SettingsDutyTexts));
        var now = staff.Now.InZone(staff.Book.Practice.Zone).LocalDateTime;
        list.Tables.Add(new SettingTable(t.SettingsDuties, [t.SettingsHoursWhen, t.SettingsDutyWho, t.SettingsDutyPhone],
            [.. staff.Visitor.Profile.Duties.Where(duty => duty.To >= now).Select(duty => new SettingRow(
                string.Create(CultureInfo.InvariantCulture, $"{Home}/{duty.Id}"),
                t.SettingsAbsenceTimes(duty.From.Date, duty.From.TimeOfDay, duty.To.Date, duty.To.TimeOfDay),
                duty.Name.Length > 0 ? duty.Name : t.SettingsDutyOurs, duty.Phone))]));
        return list.Show();
    }

    /// <summary><c>GET /praxis/einstellungen/notdienst/{id}</c></summary>
    public static IResult Show(Staff staff, Readers readers, string id) => SettingFlow.Show(staff, readers, (db, typed) => Form(staff, db, id, typed));

    /// <summary><c>POST /praxis/einstellungen/notdienst/{id}</c></summary>
    public static Task<IResult> Save(Staff staff, Writer writer, string id) => SettingFlow.Post(staff, writer, (db, typed) => Form(staff, db, id, typed));

    /// <summary>The duty that runs and those that begin soon.</summary>
    public static IEnumerable<EmergencyDuty> Coming(Visitor visitor)
    {
        var now = visitor.Now.InZone(visitor.Book.Practice.Zone).LocalDateTime;
        return visitor.Profile.Duties.Where(duty => duty.To > now && duty.From < now + Ahead);
    }

    /// <summary>Who has duty until when, as owners read it; the number follows.</summary>
    public static string Words(Visitor visitor, EmergencyDuty duty)
    {
        var (t, who) = (visitor.T, duty.Name.Length > 0 ? duty.Name : visitor.Profile.Name);
        return duty.From <= visitor.Now.InZone(visitor.Book.Practice.Zone).LocalDateTime
            ? t.SettingsDutyNow(who, duty.To.Date, duty.To.TimeOfDay)
            : t.SettingsDutySoon(duty.From.Date, duty.From.TimeOfDay, who);
    }

    private static SettingForm? Form(Staff staff, Db db, string id, IFormCollection? typed)
    {
        if (id == "texte") return Texts(staff, db, typed);
        var t = staff.T;
        var isNew = id == "neu";
        var known = isNew ? null : EmergencyDuty.All(db).FirstOrDefault(duty => duty.Id.ToString(CultureInfo.InvariantCulture) == id);
        if (!isNew && known is null) return null;
        var form = new SettingForm(staff, typed, new Place($"{Home}/{id}", Home))
        {
            Title = isNew ? t.SettingsDutyNew : t.SettingsDuty,
            Lead = t.SettingsDutiesLead,
            Act = isNew ? "emergency-duty.added" : "emergency-duty.changed",
            Subject = $"emergency_duty:{known?.Id ?? 0}",
        };
        var first = form.Date("von", new Label(t.SettingsClosureFrom), known?.From.Date, needed: true);
        var begins = form.Time("um", new Label(t.SettingsAbsenceFromTime, t.SettingsDutyTimeHelp), known?.From.TimeOfDay ?? new LocalTime(18, 0)) ?? LocalTime.Midnight;
        var last = form.Date("bis", new Label(t.SettingsDutyTo), known?.To.Date, needed: true);
        var ends = form.Time("bis-um", new Label(t.SettingsAbsenceToTime, t.SettingsDutyTimeHelp), known?.To.TimeOfDay ?? new LocalTime(8, 0)) ?? LocalTime.Midnight;
        var name = form.Line("wer", new Label(t.SettingsDutyWho, t.SettingsDutyWhoHelp), known?.Name ?? "", LongestName);
        var phone = form.Line("telefon", new Label(t.SettingsDutyPhone, t.SettingsDutyPhoneHelp), known?.Phone ?? staff.Visitor.Profile.Phone, Booking.Fields.LongestPhone, needed: true);
        if (form.IsTyped && phone.Length > 0) form.Fields.Phone("telefon", phone);
        if (first is { } from && last is { } to && from + begins >= to + ends) form.Wrong("bis", t.SettingsWrongOrder);
        form.Save = change => new EmergencyDuty(known?.Id ?? 0, first!.Value + begins, last!.Value + ends, name, phone).Save(change.Db);
        if (known is not null) form.Remove = change => change.Db.Execute("DELETE FROM emergency_duty WHERE id = $id", ("$id", known.Id));
        return form;
    }

    private static SettingForm Texts(Staff staff, Db db, IFormCollection? typed)
    {
        Text t = staff.T;
        var form = new SettingForm(staff, typed, new Place(Home + "/texte", Home)) { Title = t.SettingsDutyTexts, Lead = t.SettingsDutyTextsLead, Act = "emergency-texts.changed", Subject = "practice:1" };
        var poison = PracticeWords.Ask(form, db, [("poison", Booking.Fields.LongestPhone)], ["de"], inLines: false);
        var words = PracticeWords.Ask(form, db, [("emergency", LongestText), ("first_aid", LongestText * 3)], staff.Visitor.Profile.Languages);
        form.Save = change =>
        {
            poison.Save(change.Db);
            words.Save(change.Db);
        };
        return form;
    }
}
