using System.Globalization;
using NodaTime.Text;
using VetBooking.Web.Booking;
using VetBooking.Web.Setup.Forms;
using VetBooking.Web.Setup.People;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Setup.RedFlags;

/// <summary>
/// The signs that mean "call at once". Every change makes a new edition of the list, and a vet of the practice reads and
/// approves each edition.
/// </summary>
internal static class RedFlagPages
{
    public const string Home = "/praxis/einstellungen/warnzeichen";
    private const int Longest = 240;

    private sealed record Row(string Id, int Position, string Species, IReadOnlyDictionary<string, string> Words);

    /// <summary><c>GET /praxis/einstellungen/warnzeichen</c></summary>
    public static IResult List(Staff staff, Readers readers)
    {
        var t = staff.T;
        var (rows, edition, read) = readers.Read(db => (All(db), Edition(db), ReadEdition(db)));
        var list = new SettingList(staff, t.SettingsFlags)
        {
            Lead = t.SettingsFlagsLead,
            Button = edition == read ? null : ("/praxis/einstellungen/freigabe", t.SettingsFlagsApprove),
            ButtonLead = t.SettingsFlagsToRead(edition),
        };
        list.Links.Add((Home + "/neu", t.SettingsFlagNew));
        list.Tables.Add(new SettingTable(edition == read ? t.SettingsFlagsEditionRead(edition) : t.SettingsFlagsEdition(edition), [t.SettingsFlag, t.SettingsFlagSpecies],
            [.. rows.Select(row => new SettingRow($"{Home}/{row.Id}", row.Words.GetValueOrDefault(t.Language) ?? row.Words.GetValueOrDefault("de") ?? row.Id,
                row.Species.Length == 0 ? t.SettingsFlagAll : string.Join(", ", row.Species.Split(' ').Select(species => Wording.Species(t, species)))))]));
        return list.Show();
    }

    /// <summary><c>GET /praxis/einstellungen/warnzeichen/{id}</c></summary>
    public static IResult Show(Staff staff, Readers readers, string id) => SettingFlow.Show(staff, readers, (db, typed) => Form(staff, db, id, typed));

    /// <summary><c>POST /praxis/einstellungen/warnzeichen/{id}</c></summary>
    public static Task<IResult> Save(Staff staff, Writer writer, string id) => SettingFlow.Post(staff, writer, (db, typed) => Form(staff, db, id, typed));

    /// <summary><c>POST /praxis/einstellungen/freigabe</c>: the list as it stands is read and approved.</summary>
    public static async Task<IResult> Approve(Staff staff, Writer writer)
    {
        await writer.Write(change =>
        {
            change.Db.Execute("UPDATE practice SET red_flags_read = $edition", ("$edition", Edition(change.Db)));
            Audit.Add(change, staff.Actor, "red-flags.approved", "practice:1", Edition(change.Db));
            return true;
        });
        return Visitor.SeeOther(staff.Visitor.Url(Home, ("gespeichert", "1")));
    }

    /// <summary>The date of the newest change of the list.</summary>
    public static string Edition(Db db) => db.Row("SELECT ifnull(max(edition), '') FROM red_flag", row => row.GetString(0)) ?? "";

    /// <summary>The edition that was approved; empty before that.</summary>
    public static string ReadEdition(Db db) => db.Row("SELECT ifnull(red_flags_read, '') FROM practice", row => row.GetString(0)) ?? "";

    private static SettingForm? Form(Staff staff, Db db, string id, IFormCollection? typed)
    {
        var t = staff.T;
        var all = All(db);
        var isNew = id == "neu";
        var known = isNew ? new Row("", all.Count == 0 ? 1 : all.Max(row => row.Position) + 1, "", new Dictionary<string, string>()) : all.FirstOrDefault(row => row.Id == id);
        if (known is null) return null;
        var form = new SettingForm(staff, typed, new Place($"{Home}/{id}", Home))
        {
            Title = isNew ? t.SettingsFlagNew : t.SettingsFlag,
            Lead = t.SettingsFlagFormLead,
            Act = isNew ? "red-flag.added" : "red-flag.changed",
            Subject = "red_flag:" + (isNew ? "new" : known.Id),
        };
        var words = staff.Visitor.Profile.Languages.Select(language => (Language: language, Text: form.Line(
            "text-" + language, new Label(t.SettingsInLanguage(t.SettingsFlag, t.SettingsLanguage(language)), language == "de" ? t.SettingsFlagHelp : ""), known.Words.GetValueOrDefault(language, ""), Longest, needed: language == "de"))).ToList();
        var species = form.Ticks("tiere", new Label(t.SettingsFlagSpecies, t.SettingsFlagSpeciesHelp), known.Species.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            [.. db.Rows("SELECT id FROM species ORDER BY position, id", row => row.GetString(0)).Select(one => (one, Wording.Species(t, one)))]);
        var position = form.Number("reihenfolge", new Label(t.SettingsPosition, t.SettingsPositionHelp), known.Position, (0, 999));
        form.Save = change =>
        {
            var saved = isNew ? ResourceRow.NewId(words.First(one => one.Language == "de").Text, "zeichen", taken => all.Any(row => row.Id == taken)) : known.Id;
            change.Db.Execute(
                """
                INSERT INTO red_flag (id, position, edition, species) VALUES ($id, $position, '', $species)
                ON CONFLICT (id) DO UPDATE SET position = excluded.position, species = excluded.species
                """,
                ("$id", saved), ("$position", position), ("$species", species.Count > 0 ? string.Join(' ', species) : null));
            change.Db.Execute("DELETE FROM red_flag_text WHERE red_flag_id = $id", ("$id", saved));
            foreach (var (language, text) in words.Where(one => one.Text.Length > 0))
            {
                change.Db.Execute("INSERT INTO red_flag_text (red_flag_id, language, text) VALUES ($id, $language, $text)", ("$id", saved), ("$language", language), ("$text", text));
            }
            NewEdition(change);
        };
        if (!isNew)
        {
            form.Remove = change =>
            {
                change.Db.Execute("DELETE FROM red_flag WHERE id = $id", ("$id", known.Id));
                NewEdition(change);
            };
        }
        return form;
    }

    /// <summary>Dates the list anew; a second change on one day counts on, so that an approval never covers it.</summary>
    private static void NewEdition(Change change)
    {
        var (last, today) = (Edition(change.Db), LocalDatePattern.Iso.Format(change.Book.Diary.DateOf(change.Now)));
        var number = last == today ? 2 : last.StartsWith(today + "/", StringComparison.Ordinal) ? int.Parse(last.AsSpan(today.Length + 1), CultureInfo.InvariantCulture) + 1 : 1;
        change.Db.Execute("UPDATE red_flag SET edition = $edition", ("$edition", number == 1 ? today : string.Create(CultureInfo.InvariantCulture, $"{today}/{number}")));
    }

    private static List<Row> All(Db db)
    {
        var words = db.Rows("SELECT red_flag_id, language, text FROM red_flag_text", row => (Id: row.GetString(0), Language: row.GetString(1), Text: row.GetString(2))).ToLookup(row => row.Id);
        return db.Rows("SELECT id, position, species FROM red_flag ORDER BY position, id",
            row => new Row(row.GetString(0), row.GetInt32(1), row.Text(2) ?? "", words[row.GetString(0)].ToDictionary(one => one.Language, one => one.Text)));
    }
}
