using NodaTime;
using VetBooking.Scheduling;
using VetBooking.Scheduling.Flow;
using VetBooking.Web.Shared;
using VetBooking.Web.Sovereignty.Papers;
using VetBooking.Web.Storage;
using VetBooking.Web.Today.WalkIns;

namespace VetBooking.Web.Site;

/// <summary>The practice's own website: one page about it, and what the law wants.</summary>
internal static class SitePages
{
    /// <summary>When the words of the legal pages were last gone over.</summary>
    internal static readonly LocalDate LegalTextsOf = new(2026, 11, 28);

    /// <summary><c>GET /</c></summary>
    public static IResult Home(Visitor visitor, Readers readers) => visitor.Profile.Missing.IsEmpty
        ? Page.Ok(HomePage.Create(new HomeModel(visitor, readers.Read(db => WalkInHours.On(db, visitor.Book.Practice, visitor.Today)))))
        : NotPublicYet.Answer(visitor);

    // The legal pages show what there is at any time, so that whoever sets the practice up can look at them.

    /// <summary><c>GET /impressum</c></summary>
    public static IResult Imprint(Visitor visitor) => Page.Ok(ImprintPage.Create(visitor));

    /// <summary><c>GET /datenschutz</c></summary>
    public static IResult Privacy(Visitor visitor, Readers readers, InstanceSettings settings) =>
        Page.Ok(PrivacyPage.Create(new PrivacyModel(visitor, readers.Read(db => PaperFacts.Load(db, visitor.Profile, settings)))));

    /// <summary><c>GET /barrierefreiheit</c></summary>
    public static IResult Accessibility(Visitor visitor) => Page.Ok(AccessibilityPage.Create(visitor));
}

/// <summary>The privacy notice: its sections follow from what is switched on.</summary>
public sealed record PrivacyModel(Visitor Visitor, PaperFacts Facts);

/// <summary>The practice's page at one moment.</summary>
public sealed class HomeModel(Visitor visitor, IReadOnlyList<WalkInWindow> walkIns)
{
    private const int MostVisitTypes = 6;
    private const int DaysAhead = 60;

    public Visitor Visitor { get; } = visitor;

    /// <summary>Today's open consultation.</summary>
    public WalkInNoteModel WalkIns { get; } = new(visitor, walkIns);

    private Practice Practice => Visitor.Book.Practice;

    public OpeningNow Now { get; } = OpeningTimes.At(visitor.Book.Practice, visitor.Now.InZone(visitor.Book.Practice.Zone).LocalDateTime);

    /// <summary>Whether the practice has told any opening hours.</summary>
    public bool HasHours => !Practice.Opening.IsEmpty;

    /// <summary>Today and the six days after it, as they will be: with holidays, closures and changed hours.</summary>
    public IEnumerable<OpeningDay> Week => Enumerable.Range(0, 7).Select(ahead => OpeningTimes.On(Practice, Visitor.Today.PlusDays(ahead)));

    public IEnumerable<OpeningDay> Changes => OpeningTimes.Changes(Practice, Visitor.Today, DaysAhead);

    public IEnumerable<Closure> Closures => OpeningTimes.Closures(Practice, Visitor.Today, DaysAhead);

    /// <summary>The first of the practice's visit types that anybody may book: it puts what is asked for most first.</summary>
    public IEnumerable<VisitType> VisitTypes => Practice.VisitTypes.Where(type => type is { Audience: Audience.Anyone, MinutesBySpecies.Count: > 0 }).Take(MostVisitTypes);

    public bool CanBook => !ByPhone.Only(Practice);
}
