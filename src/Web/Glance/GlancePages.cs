using System.Globalization;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Glance;

/// <summary>The practice at a glance, for the practice itself only.</summary>
internal static class GlancePages
{
    /// <summary>The periods there are, in months.</summary>
    public static readonly int[] Periods = [1, 3, 12];

    /// <summary><c>GET /praxis/auswertung</c></summary>
    public static IResult Show(Staff staff, Readers readers)
    {
        var months = int.TryParse(staff.Visitor.Asked("monate"), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && Periods.Contains(asked) ? asked : 3;
        return Page.Ok(GlancePage.Create(new GlanceModel(staff, months, readers.Read(db => Figures.Load(db, staff.Book.Practice, staff.Now, months)))));
    }
}

/// <summary>The page at a glance.</summary>
public sealed record GlanceModel(Staff Staff, int MonthCount, Figures Figures)
{
    private Text T => Staff.T;

    /// <summary>The visits of each month as bars.</summary>
    public BarChart Months => new(T.GlanceMonths, [.. Figures.Months.Select(month => new Bar(Name(month), month.All, T.GlanceCount(month.All)))]);

    /// <summary>How early visits are booked, as bars.</summary>
    public BarChart Leads => new(T.GlanceLeads, [.. Figures.Leads.Zip(Figures.ByLead, (lead, count) => new Bar(T.GlanceLead(lead.ToString(CultureInfo.InvariantCulture)), count, T.GlanceCount(count)))]);

    /// <summary>A month like "November 2026".</summary>
    public string Name(MonthFigures month) => T.GlanceMonth(month.Month.Month.ToString(CultureInfo.InvariantCulture), month.Month.Year.ToString(CultureInfo.InvariantCulture));

    /// <summary>A part of a whole, in percent; a dash if there is no whole.</summary>
    public string Share(int part, int whole) => whole == 0 ? "–" : T.GlancePercent((int)Math.Round(100.0 * part / whole));

    /// <summary>How full an hour is; a dash if nobody was there.</summary>
    public string Full(HourFigures hour) => hour.Percent is { } percent ? T.GlancePercent(percent) : "–";
}

/// <summary>A bar with its name, its length and what stands at its end.</summary>
public sealed record Bar(string Name, int Value, string Words);

/// <summary>Bars under each other.</summary>
public sealed record BarChart(string Title, IReadOnlyList<Bar> Bars)
{
    public const int RowHeight = 30;

    /// <summary>Where bars begin, and how long the longest is.</summary>
    public const int Start = 170, Longest = 340;

    /// <summary>Of the picture, in its own units.</summary>
    public int Height => Bars.Count * RowHeight;

    public int Length(Bar bar) => Bars.Max(one => one.Value) is var most && most == 0 ? 0 : (int)((long)Longest * bar.Value / most);
}
