using VetBooking.Web.Booking;
using VetBooking.Web.Setup.Forms;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Setup.Particulars;

/// <summary>Who the practice is: name, address, and what the law wants on its legal notice.</summary>
internal static class ParticularsPages
{
    private static readonly Place Here = new("/praxis/einstellungen/angaben", "/praxis/einstellungen");
    private const int Longest = 300;

    private static readonly (string Column, bool Needed)[] Address =
        [("name", true), ("street", true), ("postcode", true), ("city", true), ("phone", true)];

    private static readonly (string Column, bool Needed)[] Legal =
    [
        ("owners", true), ("legal_form", false), ("chamber", true), ("job_title", true), ("title_state", true), ("professional_code", true), ("vat_id", false), ("supervisor", false),
    ];

    private static readonly (string Key, int Longest)[] Words = [("welcome", 600), ("directions", 400), ("not_treated", 400)];

    /// <summary><c>GET /praxis/einstellungen/angaben</c></summary>
    public static IResult Show(Staff staff, Readers readers) => SettingFlow.Show(staff, readers, (db, typed) => Form(staff, db, typed, Here));

    /// <summary><c>POST /praxis/einstellungen/angaben</c></summary>
    public static Task<IResult> Save(Staff staff, Writer writer) => SettingFlow.Post(staff, writer, (db, typed) => Form(staff, db, typed, Here));

    /// <summary>The form, here or as a step of the first run.</summary>
    public static SettingForm Form(Staff staff, Db db, IFormCollection? typed, Place place, bool atOnce = false)
    {
        var t = staff.T;
        var form = new SettingForm(staff, typed, place)
        {
            AtOnce = atOnce,
            Title = t.SettingsParticulars,
            Lead = staff.Visitor.Profile.Missing.IsEmpty ? t.SettingsParticularsPublic : t.SettingsParticularsMissing,
            Act = "particulars.changed",
            Subject = "practice:1",
        };
        var columns = new Dictionary<string, string>();
        form.Part(t.SettingsAddress, t.SettingsAddressLead);
        foreach (var (column, needed) in Address) columns[column] = Column(form, db, column, needed);
        if (form.IsTyped && columns["phone"].Length > 0) form.Fields.Phone("phone", columns["phone"]);
        columns["email"] = Column(form, db, "email", needed: true);
        if (form.IsTyped && columns["email"].Length > 0 && EmailAddress.Read(columns["email"]).Problem is not null) form.Wrong("email", t.ProblemEmail);
        form.Part(t.SettingsLegal, t.SettingsLegalLead);
        foreach (var (column, needed) in Legal) columns[column] = Column(form, db, column, needed);
        form.Part(t.SettingsWords, t.SettingsWordsLead);
        var words = PracticeWords.Ask(form, db, Words, staff.Visitor.Profile.Languages);
        form.Save = change =>
        {
            foreach (var (column, value) in columns) change.Db.Execute($"UPDATE practice SET {column} = $value", ("$value", value));
            words.Save(change.Db);
        };
        return form;
    }

    private static string Column(SettingForm form, Db db, string column, bool needed)
    {
        Text t = form.T;
        var words = t.SettingsColumn(column.Replace('_', '-'));
        // Not required to be typed: what is missing keeps the practice off the web, not off the form.
        return form.Line(column, new Label(needed ? words : words + " " + t.SetupOptional, t.SettingsColumnHelp(column.Replace('_', '-'))),
            db.Row($"SELECT {column} FROM practice", row => row.GetString(0)) ?? "", Longest, needed: column is "name" or "email");
    }
}
