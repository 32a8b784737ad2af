using System.Collections.Immutable;
using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace VetBooking.Web.Texts;

/// <summary>How a language writes numbers, dates and times.</summary>
internal sealed class Locale
{
    private static readonly LocalTimePattern TimePattern = LocalTimePattern.CreateWithInvariantCulture("HH':'mm");

    // Order of the patterns as in DateStyle. Separators are quoted: bare, NodaTime would take the culture's own.
    private static readonly ImmutableArray<Locale> All =
    [
        new("de", "de-DE", "dddd, d. MMMM yyyy", "dddd, d. MMMM", "ddd, d. MMM", "dd'.'MM'.'yyyy", "d'.'"),
        new("en", "en-GB", "dddd, d MMMM yyyy", "dddd, d MMMM", "ddd, d MMM", "dd'/'MM'/'yyyy", "%d"),
        new("tr", "tr-TR", "d MMMM yyyy dddd", "d MMMM dddd", "d MMM ddd", "dd'.'MM'.'yyyy", "%d"),
        new("uk", "uk-UA", "dddd, d MMMM yyyy 'р.'", "dddd, d MMMM", "ddd, d MMM", "dd'.'MM'.'yyyy", "%d"),
        new("ru", "ru-RU", "dddd, d MMMM yyyy 'г.'", "dddd, d MMMM", "ddd, d MMM", "dd'.'MM'.'yyyy", "%d"),
        new("pl", "pl-PL", "dddd, d MMMM yyyy", "dddd, d MMMM", "ddd, d MMM", "dd'.'MM'.'yyyy", "%d"),
        // Not ar-SA: its calendar is the Islamic one.
        new("ar", "ar-EG", "dddd، d MMMM yyyy", "dddd، d MMMM", "ddd، d MMM", "dd'/'MM'/'yyyy", "%d"),
        new("fr", "fr-FR", "dddd d MMMM yyyy", "dddd d MMMM", "ddd d MMM", "dd'/'MM'/'yyyy", "%d"),
    ];

    private readonly string culture;
    private readonly string[] patterns;
    // Made when first wanted, like the culture: both are slow, and the first page after a start wants few.
    private readonly LocalDatePattern?[] datePatterns;

    private Locale(string language, string culture, string full, string @long, string medium, string @short, string day)
    {
        Language = language;
        this.culture = culture;
        patterns = [full, @long, medium, @short, "dddd", "ddd", day];
        datePatterns = new LocalDatePattern?[patterns.Length];
    }

    public string Language { get; }

    public bool IsRightToLeft => Culture.TextInfo.IsRightToLeft;

    public CultureInfo Culture => field ??= CultureInfo.GetCultureInfo(culture);

    public static Locale Of(string language) =>
        All.FirstOrDefault(locale => locale.Language == language)
        ?? throw new ArgumentException($"No dates and numbers are known for the language '{language}'.", nameof(language));

    public string Write(int number) => number.ToString("N0", Culture);

    public string Write(LocalDate date, DateStyle style) =>
        (datePatterns[(int)style] ??= LocalDatePattern.Create(patterns[(int)style], Culture)).Format(date);

    /// <summary>Always 24 hours, in every language: the practice's clock shows it so.</summary>
    public static string Write(LocalTime time) => TimePattern.Format(time);
}
