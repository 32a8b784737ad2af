using NodaTime;
using VetBooking.Scheduling;
using VetBooking.Web.Site;
using VetBooking.Web.Booking;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Setup.Forms;

/// <summary>What a change of the settings does, on a page to read before it is made.</summary>
public sealed record Preview
{
    /// <summary>Longer lists are cut: nobody reads a hundred lines before pressing a button.</summary>
    public const int MostLines = 20;

    private Preview(SettingAnswer.Previewed answer, Instant now)
    {
        Form = answer.Form;
        (Revision, IsStale, Removes) = (answer.Revision, answer.IsStale, answer.Removes);
        (Before, After) = (answer.Before, answer.After);
        Consequences = Consequences.Of(answer.Before.Diary, answer.After.Diary, now, SettingFlow.Weeks);
        Outside = [.. answer.Appointments.Where(one => Consequences.Fits(answer.Before.Diary, one.Visit) && !Consequences.Fits(answer.After.Diary, one.Visit))];
        Foretold = answer.Foretold;
        BecomesPublic = !answer.Before.Profile.Missing.IsEmpty && answer.After.Profile.Missing.IsEmpty;
        BecomesClosed = answer.Before.Profile.Missing.IsEmpty && !answer.After.Profile.Missing.IsEmpty;
    }

    public SettingForm Form { get; }
    public long Revision { get; }
    public bool IsStale { get; }
    public bool Removes { get; }
    public Storage.Book Before { get; }
    public Storage.Book After { get; }
    public Consequences Consequences { get; }

    /// <summary>Appointments that take place in working time now and would not any more. They stay as they are.</summary>
    public IReadOnlyList<FutureVisit> Outside { get; }

    /// <summary>What else saving will bring about, in sentences.</summary>
    public IReadOnlyList<string> Foretold { get; }

    /// <summary>Whether owners could book online from then on, and could not before.</summary>
    public bool BecomesPublic { get; }

    /// <summary>Whether owners could no longer book online.</summary>
    public bool BecomesClosed { get; }

    public Text T => Form.T;

    /// <summary>Whether the change does nothing to anybody's times.</summary>
    public bool IsQuiet => Consequences.IsNone && Outside.Count == 0 && Foretold.Count == 0 && !BecomesPublic && !BecomesClosed;

    internal static Preview Of(SettingAnswer.Previewed answer, Instant now) => new(answer, now);

    /// <summary>A visit type and its animals in words.</summary>
    public string Of(StartsChange change)
    {
        var book = After.Profile.VisitTypeWords.ContainsKey((T.Language, change.VisitType)) ? After : Before;
        var name = book.Profile.VisitType(T.Language, change.VisitType).Name;
        return IsForAll(book, [change]) ? name : T.SettingsPreviewType(name, string.Join(", ", change.Species.Select(species => Wording.Species(T, species))));
    }

    /// <summary>One row for each visit type: the animals most of all are like, and its name alone if all its animals are touched.</summary>
    public IEnumerable<(string Words, StartsChange Change)> Rows =>
        from change in Consequences.Starts
        group change by change.VisitType into type
        let most = type.MaxBy(change => change.Species.Length)!
        select (IsForAll(After, type) ? After.Profile.VisitType(T.Language, type.Key).Name : Of(most), most);

    /// <summary>An appointment in words: when, what, with whom; no names of owners.</summary>
    public string Of(FutureVisit one) => T.SettingsPreviewAppointment(
        WallTime.Of(one.Visit.Start, Before.Practice.Zone).WithoutYear(T),
        Before.Profile.VisitType(T.Language, one.Visit.VisitType).Name,
        one.Number);

    /// <summary>A day in words: what its hours become.</summary>
    public string Of(DayChange day) => day.MinutesAfter == 0
        ? day.Closure is { } closure && OpeningWords.Reason(T, closure) is { } reason ? T.SettingsShutBecause(reason) : T.SettingsShut
        : OpeningWords.Line(T, OpeningTimes.On(After.Practice, day.Date));

    /// <summary>What a day's hours are as things are.</summary>
    public string HoursNow(DayChange day) => OpeningWords.Line(T, OpeningTimes.On(Before.Practice, day.Date));

    private static bool IsForAll(Storage.Book book, IEnumerable<StartsChange> changes) =>
        book.Practice.VisitType(changes.First().VisitType)?.MinutesBySpecies.Count == changes.Sum(change => change.Species.Length);
}
