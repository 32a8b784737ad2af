using VetBooking.Web.Booking;
using VetBooking.Web.Setup.Forms;
using VetBooking.Web.Setup.People;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Setup.VisitTypes;

/// <summary>What people can book: the list of visit types, and the catalogue to choose new ones from.</summary>
internal static class VisitTypePages
{
    public const string Home = "/praxis/einstellungen/anliegen";

    /// <summary>What an id begins with that asks for a new visit type like one of the catalogue's.</summary>
    private const string LikePrefix = "neu-";

    /// <summary><c>GET /praxis/einstellungen/anliegen</c></summary>
    public static IResult List(Staff staff, Readers readers)
    {
        var t = staff.T;
        var list = new SettingList(staff, t.SettingsTypes) { Lead = t.SettingsTypesLead };
        list.Links.Add(("/praxis/einstellungen/katalog", t.SettingsTypesCatalogue));
        list.Links.Add((Home + "/neu", t.SettingsTypeNew));
        list.Tables.Add(new SettingTable(t.SettingsTypes, [t.SettingsName, t.SettingsTypeMinutes, t.SettingsTypeAudience, t.SettingsTypeMode, t.SettingsState],
            [.. readers.Read(VisitTypeRow.All).Select(row => new SettingRow($"{Home}/{row.Id}", row.Name(t.Language), Lengths(t, row),
                t.SettingsAudience(row.Audience), t.SettingsMode(row.Mode), t.SettingsOffered(row.IsActive ? "yes" : "no")))]));
        return list.Show();
    }

    /// <summary><c>GET /praxis/einstellungen/katalog</c>: what the practice has not got, animals by animals.</summary>
    public static IResult ShowCatalogue(Staff staff, Readers readers)
    {
        var t = staff.T;
        var list = new SettingList(staff, t.SettingsTypesCatalogue) { Lead = t.SettingsTypesCatalogueLead };
        list.Links.Add((Home, t.SettingsTypes));
        var (known, treated) = readers.Read(db => (
            db.Rows("SELECT id FROM visit_type", row => row.GetString(0)).ToHashSet(),
            db.Rows("SELECT id FROM species WHERE treated", row => row.GetString(0)).ToHashSet()));
        var rows = Catalogue.All.Where(row => !known.Contains(row.Id)).ToLookup(row => row.Minutes.Keys.Any(treated.Contains));
        foreach (var fits in (bool[])[true, false])
        {
            list.Tables.Add(new SettingTable(t.SettingsCatalogueFits(fits ? "yes" : "no"), [t.SettingsName, t.SettingsTypeMinutes],
                [.. rows[fits].Select(row => new SettingRow($"{Home}/{LikePrefix}{row.Id}", row.Name(t.Language), Lengths(t, row)))]));
        }
        return list.Show();
    }

    /// <summary><c>GET /praxis/einstellungen/anliegen/{id}</c></summary>
    public static IResult Show(Staff staff, Readers readers, string id) => SettingFlow.Show(staff, readers, (db, typed) => Form(staff, db, id, typed));

    /// <summary><c>POST /praxis/einstellungen/anliegen/{id}</c></summary>
    public static Task<IResult> Save(Staff staff, Writer writer, string id) => SettingFlow.Post(staff, writer, (db, typed) => Form(staff, db, id, typed));

    private static SettingForm? Form(Staff staff, Db db, string id, IFormCollection? typed)
    {
        var t = staff.T;
        var like = id.StartsWith(LikePrefix, StringComparison.Ordinal);
        var isNew = id == "neu" || like;
        var known = like ? Catalogue.For(db, id[LikePrefix.Length..])
            : isNew ? new VisitTypeRow { Id = "", Position = (int)db.Number("SELECT ifnull(max(position), 0) + 1 FROM visit_type") }
            : VisitTypeRow.All(db).FirstOrDefault(row => row.Id == id);
        if (known is null) return null;
        var form = new SettingForm(staff, typed, new Place($"{Home}/{id}", Home))
        {
            Title = known.Id.Length == 0 ? t.SettingsTypeNew : known.Name(t.Language),
            Lead = t.SettingsTypeLead,
            Act = isNew ? "visit-type.added" : "visit-type.changed",
            Subject = "visit_type:" + (isNew ? "new" : known.Id),
        };
        var row = VisitTypeFields.Ask(form, db, known);
        form.Save = change => (row with { Id = isNew ? FreeId(change.Db, known.Id, row.Name("de")) : known.Id }).Save(change.Db);
        if (!isNew && !known.IsUsed(db)) form.Remove = change => change.Db.Execute("DELETE FROM visit_type WHERE id = $id", ("$id", known.Id));
        return form;
    }

    private static string FreeId(Db db, string wanted, string name)
    {
        bool IsTaken(string id) => db.Number("SELECT count(*) FROM visit_type WHERE id = $id", ("$id", id)) > 0;
        return wanted.Length > 0 && !IsTaken(wanted) ? wanted : ResourceRow.NewId(name, "anliegen", IsTaken);
    }

    /// <summary>How long it takes for which animals, in a line.</summary>
    private static string Lengths(Text t, VisitTypeRow row) => string.Join("; ",
        row.Minutes.GroupBy(one => one.Value).OrderBy(one => one.Key).Select(one => t.SettingsTypeLength(one.Key, string.Join(", ", one.Select(animal => Wording.Species(t, animal.Key))))));
}
