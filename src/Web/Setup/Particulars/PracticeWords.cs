using VetBooking.Web.Setup.Forms;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Setup.Particulars;

/// <summary>Texts of the practice's own, in each of its languages, as a form asks for them.</summary>
internal sealed class PracticeWords
{
    private readonly List<(string Language, string Key, string Text)> typed = [];

    private PracticeWords()
    {
    }

    /// <summary>Asks for texts by their keys, in some languages; each may be empty.</summary>
    public static PracticeWords Ask(SettingForm form, Db db, IReadOnlyList<(string Key, int Longest)> keys, IReadOnlyList<string> languages, bool inLines = true)
    {
        var words = new PracticeWords();
        var t = form.T;
        foreach (var (key, longest) in keys)
        {
            foreach (var language in languages)
            {
                var known = db.Row("SELECT text FROM practice_text WHERE language = $language AND key = $key", row => row.GetString(0), ("$language", language), ("$key", key)) ?? "";
                var name = key.Replace('_', '-');
                var label = new Label(languages.Count > 1 ? t.SettingsInLanguage(t.SettingsText(name), t.SettingsLanguage(language)) : t.SettingsText(name), t.SettingsTextHelp(name));
                words.typed.Add((language, key, inLines ? form.Text($"{name}-{language}", label, known, longest) : form.Line($"{name}-{language}", label, known, longest)));
            }
        }
        return words;
    }

    /// <summary>Saves them; an empty one is none.</summary>
    public void Save(Db db)
    {
        foreach (var (language, key, text) in typed)
        {
            db.Execute("DELETE FROM practice_text WHERE language = $language AND key = $key", ("$language", language), ("$key", key));
            if (text.Length > 0) db.Execute("INSERT INTO practice_text (language, key, text) VALUES ($language, $key, $text)", ("$language", language), ("$key", key), ("$text", text));
        }
    }
}
