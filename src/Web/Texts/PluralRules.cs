using System.Collections.Immutable;

namespace VetBooking.Web.Texts;

/// <summary>
/// The cardinal rules of CLDR for whole numbers. Messages count animals, times and days,
/// never 1.5 of something, so the rules for fractions are left out.
/// </summary>
internal static class PluralRules
{
    private static readonly ImmutableArray<PluralCategory> OneOther = [PluralCategory.One, PluralCategory.Other];
    private static readonly ImmutableArray<PluralCategory> Slavic =
        [PluralCategory.One, PluralCategory.Few, PluralCategory.Many, PluralCategory.Other];
    private static readonly ImmutableArray<PluralCategory> Arabic =
        [PluralCategory.Zero, PluralCategory.One, PluralCategory.Two, PluralCategory.Few, PluralCategory.Many, PluralCategory.Other];

    /// <summary>The languages with rules; a text file for any other language fails the build.</summary>
    public static readonly ImmutableArray<string> Languages = ["de", "en", "tr", "uk", "ru", "pl", "ar", "fr"];

    public static PluralCategory Of(string language, int number)
    {
        long n = Math.Abs((long)number);
        return language switch
        {
            "uk" or "ru" => n % 10 == 1 && n % 100 != 11 ? PluralCategory.One : FewOrMany(n),
            "pl" => n == 1 ? PluralCategory.One : FewOrMany(n),
            "ar" => OfArabic(n),
            "fr" => n <= 1 ? PluralCategory.One : n % 1_000_000 == 0 ? PluralCategory.Many : PluralCategory.Other,
            _ => n == 1 ? PluralCategory.One : PluralCategory.Other,
        };
    }

    /// <summary>What every plural of the language must spell out. French "many" starts at a million and may be left out.</summary>
    public static ImmutableArray<PluralCategory> Required(string language) => language switch
    {
        "uk" or "ru" or "pl" => Slavic,
        "ar" => Arabic,
        _ => OneOther,
    };

    /// <summary>The categories that some plural of the message lacks in this language.</summary>
    public static IEnumerable<PluralCategory> Missing(string language, Message message) =>
        Required(language).Where(category => message.Plurals.Any(plural => !plural.Categories.ContainsKey(category)));

    private static PluralCategory FewOrMany(long n) =>
        n % 10 is >= 2 and <= 4 && n % 100 is not (>= 12 and <= 14) ? PluralCategory.Few : PluralCategory.Many;

    private static PluralCategory OfArabic(long n) => (n, n % 100) switch
    {
        (0, _) => PluralCategory.Zero,
        (1, _) => PluralCategory.One,
        (2, _) => PluralCategory.Two,
        (_, >= 3 and <= 10) => PluralCategory.Few,
        (_, >= 11) => PluralCategory.Many,
        _ => PluralCategory.Other,
    };
}
