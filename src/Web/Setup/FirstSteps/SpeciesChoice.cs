using VetBooking.Web.Booking;
using VetBooking.Web.Setup.Forms;
using VetBooking.Web.Storage;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Setup.FirstSteps;

/// <summary>Which animals the practice treats.</summary>
internal static class SpeciesChoice
{
    /// <summary>The species to choose from, with whether most small-animal practices treat them.</summary>
    public static readonly IReadOnlyList<(string Id, bool IsUsual)> All =
    [
        ("dog", true), ("cat", true), ("rabbit", true), ("guinea-pig", true), ("hamster", true), ("bird", false), ("reptile", false), ("horse", false),
    ];

    /// <summary>Asks which; what comes back saves it.</summary>
    public static Action<Db> Ask(SettingForm form, Db db)
    {
        Text t = form.T;
        var known = db.Rows("SELECT id, treated FROM species ORDER BY position, id", row => (Id: row.GetString(0), IsTreated: row.GetBoolean(1)));
        var all = known.Select(one => one.Id).Union(All.Select(one => one.Id)).ToList();
        var treated = form.Ticks("tiere", new Label(t.SettingsSpecies, t.SettingsSpeciesHelp),
            known.Count > 0 ? [.. known.Where(one => one.IsTreated).Select(one => one.Id)] : [.. All.Where(one => one.IsUsual).Select(one => one.Id)],
            [.. all.Select(id => (id, Wording.Species(t, id)))]);
        if (form.IsTyped && treated.Count == 0) form.Wrong("tiere", t.SettingsSpeciesNone);
        return target =>
        {
            for (var i = 0; i < all.Count; i++)
            {
                target.Execute("INSERT INTO species (id, position, treated) VALUES ($id, $position, $treated) ON CONFLICT (id) DO UPDATE SET treated = excluded.treated",
                    ("$id", all[i]), ("$position", i), ("$treated", treated.Contains(all[i]) ? 1 : 0));
            }
        };
    }
}
