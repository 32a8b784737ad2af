using System.Globalization;
using NodaTime.Text;
using VetBooking.Web.Setup.Forms;
using VetBooking.Web.Setup.VisitTypes;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Prices;

/// <summary>Price notes: whether owners see them, and the line of each visit type.</summary>
internal static class PricePages
{
    public const string Home = "/praxis/einstellungen/preise";
    private const string Shown = "anzeige";
    private const int Highest = 20_000;

    /// <summary><c>GET /praxis/einstellungen/preise</c></summary>
    public static IResult List(Staff staff, Readers readers)
    {
        var t = staff.T;
        var (all, types, shown) = readers.Read(db => (PriceNote.All(db), VisitTypeRow.All(db), PriceNotes.Load(db).Edition is not null));
        var list = new SettingList(staff, t.PricesHeading) { Lead = $"{t.PricesListIntro} {t.PricesShownNow(shown ? "yes" : "no")}" };
        list.Links.Add((Home + "/neu", t.PricesNew));
        list.Links.Add(($"{Home}/{Shown}", t.PricesShow));
        list.Tables.Add(new SettingTable(t.PricesHeading, [t.PricesType, t.PricesFrom, t.PricesAbout],
            [.. all.Select(one => new SettingRow(string.Create(CultureInfo.InvariantCulture, $"{Home}/{one.Id}"), types.First(type => type.Id == one.VisitType).Name(t.Language), t.SettingsDate(one.ValidFrom), t.PricesRange(one.Least, one.Most)))]));
        return list.Show();
    }

    /// <summary><c>GET /praxis/einstellungen/preise/{id}</c></summary>
    public static IResult Show(Staff staff, Readers readers, string id) => SettingFlow.Show(staff, readers, (db, typed) => Form(staff, db, id, typed));

    /// <summary><c>POST /praxis/einstellungen/preise/{id}</c></summary>
    public static Task<IResult> Save(Staff staff, Writer writer, string id) => SettingFlow.Post(staff, writer, (db, typed) => Form(staff, db, id, typed));

    private static SettingForm? Form(Staff staff, Db db, string id, IFormCollection? typed) => id == Shown ? Showing(staff, db, typed) : Line(staff, db, id, typed);

    private static SettingForm Showing(Staff staff, Db db, IFormCollection? typed)
    {
        var t = staff.T;
        var (known, edition) = db.Row("SELECT shows_prices, price_edition FROM practice", row => (row.GetBoolean(0), row.Text(1)));
        var form = new SettingForm(staff, typed, new Place($"{Home}/{Shown}", Home)) { Title = t.PricesShow, Lead = t.PricesShowIntro, Act = "prices.changed", Subject = "practice:1" };
        var shows = form.Tick("zeigen", new Label(t.PricesShow, t.PricesShowHelp), known);
        var date = form.Date("stand", new Label(t.PricesEdition, t.PricesEditionHelp), edition is null ? null : LocalDatePattern.Iso.Parse(edition).Value, needed: shows);
        form.Save = change => change.Db.Execute("UPDATE practice SET shows_prices = $shows, price_edition = $edition", ("$shows", shows ? 1 : 0), ("$edition", date is { } day ? LocalDatePattern.Iso.Format(day) : null));
        return form;
    }

    private static SettingForm? Line(Staff staff, Db db, string id, IFormCollection? typed)
    {
        var t = staff.T;
        var (all, isNew) = (PriceNote.All(db), id == "neu");
        var existing = isNew ? null : all.FirstOrDefault(one => one.Id.ToString(CultureInfo.InvariantCulture) == id);
        if (existing is null && !isNew) return null;
        var types = VisitTypeRow.All(db);
        var known = existing ?? new PriceNote(0, types.Count > 0 ? types[0].Id : "", staff.Visitor.Today, 0, 0);
        var form = new SettingForm(staff, typed, new Place($"{Home}/{id}", Home))
        {
            Title = isNew ? t.PricesNew : t.PricesOne,
            Lead = t.PricesFormIntro,
            Act = isNew ? "price-note.added" : "price-note.changed",
            Subject = "price_note:" + (isNew ? "new" : id),
        };
        var type = form.Choice("anliegen", new Label(t.PricesType), known.VisitType, [.. types.Select(one => (one.Id, one.Name(t.Language)))]);
        var from = form.Date("ab", new Label(t.PricesFrom, t.PricesFromHelp), known.ValidFrom, needed: true) ?? known.ValidFrom;
        var least = form.NumberOrNone("von", new Label(t.PricesLeast, t.PricesLeastHelp), isNew ? null : known.Least, (1, Highest), needed: true) ?? 1;
        var most = form.NumberOrNone("bis", new Label(t.PricesMost, t.PricesMostHelp), isNew ? null : known.Most, (1, Highest), needed: true) ?? Highest;
        if (form.IsTyped && most < least) form.Wrong("bis", t.PricesWrongRange);
        if (form.IsTyped && all.Any(one => one.Id != known.Id && one.VisitType == type && one.ValidFrom == from)) form.Wrong("ab", t.PricesTwice);
        form.Save = change => new PriceNote(known.Id, type, from, least, most).Save(change.Db);
        if (existing is not null) form.Remove = change => change.Db.Execute("DELETE FROM price_note WHERE id = $id", ("$id", existing.Id));
        return form;
    }
}
