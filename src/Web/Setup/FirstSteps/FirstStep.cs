using VetBooking.Scheduling;
using VetBooking.Web.Setup.RedFlags;
using VetBooking.Web.SignIn;
using VetBooking.Web.Site;
using VetBooking.Web.Storage;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Setup.FirstSteps;

/// <summary>One step from an empty practice to its first appointment.</summary>
/// <param name="Id">Its word in addresses and texts.</param>
/// <param name="Url">Where it is done.</param>
/// <param name="Missing">What is still missing, in words; null once it is done.</param>
public sealed record FirstStep(string Id, string Url, string? Missing)
{
    private const string Home = "/praxis/einrichtung";

    /// <summary>All steps in the order in which they are done; the practice itself says how far it is.</summary>
    internal static IReadOnlyList<FirstStep> All(Staff staff, Db db)
    {
        var (t, book) = (staff.T, staff.Book);
        var missing = string.Join(", ", book.Profile.Missing.Select(column => NotPublicYet.Wanted(t, column)));
        return
        [
            new("angaben", Home + "/angaben", missing.Length > 0 ? missing : null),
            new("zeiten", Home + "/zeiten", book.Practice.Opening.IsEmpty ? t.SettingsStepHoursMissing : null),
            new("team", Home + "/team", Team(t, db)),
            new("anliegen", Home + "/anliegen", book.Practice.VisitTypes.Any(type => type.Audience != Audience.StaffOnly) ? null : t.SettingsStepTypesMissing),
            new("warnzeichen", RedFlagPages.Home, RedFlagPages.Edition(db) is var edition && edition.Length > 0 && edition == RedFlagPages.ReadEdition(db) ? null : t.SettingsStepFlagsMissing),
        ];
    }

    /// <summary>Where the step after this one is done; the list of steps after the last.</summary>
    internal static string After(string id) => id switch
    {
        "angaben" => Home + "/zeiten",
        "zeiten" => Home + "/team",
        "team" => Home + "/anliegen",
        _ => Home,
    };

    /// <summary>The first time somebody could book, and what for; null if there is none.</summary>
    internal static (string VisitType, FreeStart Start)? FirstFree(Staff staff)
    {
        foreach (var type in staff.Book.Practice.VisitTypes)
        {
            foreach (var species in type.MinutesBySpecies.Keys)
            {
                if (staff.Book.Diary.NextFree(new VisitRequest(type.Id, [species]), staff.Now) is { } start) return (type.Id, start);
            }
        }
        return null;
    }

    private static string? Team(Text t, Db db) =>
        db.Number("SELECT count(*) FROM species WHERE treated") == 0 ? t.SettingsStepSpeciesMissing
        : db.Number("SELECT count(*) FROM resource WHERE kind = 'person' AND active") == 0 ? t.SettingsStepPeopleMissing
        : db.Number("SELECT count(*) FROM resource WHERE kind = 'room' AND active") == 0 ? t.SettingsStepRoomsMissing
        : null;
}
