using VetBooking.Web.Setup.Forms;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Setup.VisitTypes;

/// <summary>What owners are told after a visit of a kind, and how many hours after.</summary>
/// <param name="Hours">Null for never.</param>
/// <param name="Words">By language; one paragraph a line.</param>
internal sealed record AftercareRow(int? Hours, IReadOnlyDictionary<string, string> Words)
{
    private const int LongestWords = 1200;

    public static readonly AftercareRow None = new(null, new Dictionary<string, string>());

    /// <summary>What is kept, by visit type.</summary>
    public static ILookup<string, (string Language, string Words)> AllWords(Db db) =>
        db.Rows("SELECT visit_type_id, language, words FROM aftercare", row => (Id: row.GetString(0), Words: (row.GetString(1), row.GetString(2)))).ToLookup(row => row.Id, row => row.Words);

    /// <summary>Asks for it; without words there is nothing to send.</summary>
    public static AftercareRow Ask(SettingForm form, AftercareRow known)
    {
        var t = form.T;
        form.Part(t.StaffmailAftercare, t.StaffmailAftercareLead);
        var hours = form.NumberOrNone("nachsorge", new Label(t.StaffmailAftercareHours, t.StaffmailAftercareHoursHelp), known.Hours, (1, 720));
        var words = new Dictionary<string, string>();
        foreach (var language in form.Staff.Visitor.Profile.Languages)
        {
            var typed = form.Text("nachsorge-" + language, new Label(t.StaffmailAftercareWords(t.SettingsLanguage(language))), known.Words.GetValueOrDefault(language, ""), LongestWords);
            if (typed.Length > 0) words[language] = typed;
        }
        if (form.IsTyped && hours is not null && !words.ContainsKey("de")) form.Wrong("nachsorge-de", t.StaffmailAftercareNone);
        return new AftercareRow(hours, words);
    }

    public void Save(Db db, string visitType)
    {
        db.Execute("UPDATE visit_type SET aftercare_hours = $hours WHERE id = $id", ("$hours", Hours), ("$id", visitType));
        db.Execute("DELETE FROM aftercare WHERE visit_type_id = $id", ("$id", visitType));
        foreach (var (language, words) in Words)
        {
            db.Execute("INSERT INTO aftercare VALUES ($id, $language, $words)", ("$id", visitType), ("$language", language), ("$words", words));
        }
    }
}
