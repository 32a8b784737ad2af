using System.Globalization;
using NodaTime;
using VetBooking.Scheduling.Flow;
using VetBooking.Web.Booking;
using VetBooking.Web.SignIn;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Today.WalkIns;

/// <summary>What stands on the page of the open consultation: today's windows, the week's, and what was typed.</summary>
public sealed class WalkInForm(Staff staff, IReadOnlyList<WalkInWindow> today, IReadOnlyList<WalkInHours> week)
{
    public Staff Staff { get; } = staff;

    public Text T => Staff.T;

    public IReadOnlyList<WalkInWindow> Today { get; } = today;

    public IReadOnlyList<WalkInHours> Week { get; } = week;

    /// <summary>Checks what was typed.</summary>
    public Fields Fields { get; } = new();

    /// <summary>What was typed, by field.</summary>
    public Dictionary<string, string> Typed { get; init; } = [];

    /// <summary>Why no number was given; null if nobody asked for one, or one was.</summary>
    public NumberRefusal? Refusal { get; set; }

    /// <summary>Two windows of one weekday overlap.</summary>
    public bool Overlaps { get; set; }

    public string Key { get; init; } = Guid.NewGuid().ToString("N");

    public string Value(string name) => Typed.GetValueOrDefault(name, "");

    /// <summary>What is wrong with a field, in words; null if nothing.</summary>
    public string? Wrong(string name) => Fields.Problems.Find(problem => problem.Field == name) is { } problem ? Sentence(problem) : null;

    public string Sentence(FieldProblem problem) => problem.Field switch
    {
        "von" or "bis" => T.FlowTimeWrong,
        "plaetze" or "heute" => T.ProblemNumber(WalkInHours.Most),
        _ => Wording.Of(T, problem),
    };

    public string Label(string name) => T.FlowField(name);

    public bool HasErrors => Fields.Problems.Count > 0 || Refusal is not null || Overlaps;

    /// <summary>Whether a number can be had now.</summary>
    public bool Gives(LocalTime now) => Today.Any(window => OpenConsultation.WhyNoNumber(window, now) is null);

    /// <summary>A number from the form; null if it is none.</summary>
    public static long? Id(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <summary>Why no number was given, in words.</summary>
    public static string Why(Text t, NumberRefusal refusal) => refusal switch
    {
        NumberRefusal.Full => t.FlowNumbersFull,
        NumberRefusal.Over => t.FlowNumbersOver,
        _ => t.FlowNumbersNone,
    };
}
