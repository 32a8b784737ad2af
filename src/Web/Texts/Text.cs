using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;

namespace VetBooking.Web.Texts;

/// <summary>
/// All texts in one language. The members that pages use are generated from de.json by build/Texts.Generator:
/// a misspelt or missing text does not compile.
/// </summary>
public sealed partial class Text
{
    private readonly Locale locale;
    private readonly string?[] literals;
    // Two threads may parse the same message at once; both results are equal and either may stay.
    private readonly Message?[] messages;
    // Where a text is missing here, it is taken from there, with that language's plurals and dates.
    private readonly Text? below;

    private Text(string language, string?[] literals, Text? below)
    {
        locale = Locale.Of(language.Split('-')[0]);
        this.literals = literals;
        this.below = below;
        messages = new Message?[Keys.Length];
    }

    /// <summary>The language tag for <c>&lt;html lang&gt;</c>.</summary>
    public string Language => locale.Language;

    public CultureInfo Culture => locale.Culture;

    /// <summary>The value for <c>&lt;html dir&gt;</c>.</summary>
    public string Direction => locale.IsRightToLeft ? "rtl" : "ltr";

    /// <summary>
    /// The program's texts in this language ("en", "en-US") or in a form of it ("de-du"), or German if there are none. What
    /// a language lacks is there in English, and what English lacks in German.
    /// </summary>
    public static Text In(string language)
    {
        if (Loaded.ByLanguage.TryGetValue(language, out Text? text)) return text;
        int dash = language.IndexOf('-', StringComparison.Ordinal);
        return dash > 0 && Loaded.ByLanguage.TryGetValue(language[..dash], out text) ? text : Loaded.German;
    }

    /// <summary>These texts with some in other words, by the place of their keys.</summary>
    internal Text With(IReadOnlyDictionary<int, string> own)
    {
        var words = new string?[Keys.Length];
        foreach (var (key, text) in own) words[key] = text;
        return new Text(Language, words, this);
    }

    internal string Get(int key) => Format(key, []);

    internal string Format(int key, ReadOnlySpan<ArgumentValue> arguments) =>
        Find(key) is { } message ? MessageWriter.Format(message, locale, arguments) : below!.Format(key, arguments);

    /// <summary>The message as it is written in this very language; null where another stands in.</summary>
    internal Message? Find(int key) => messages[key] ??= literals[key] is { } literal ? Message.Parse(literal) : null;

    /// <summary>What a text is written as, in this language or in the one that stands in.</summary>
    internal string Source(int key) => literals[key] ?? below!.Source(key);

    // A class of its own, because the order of static fields across the files of a partial class is not defined.
    private static class Loaded
    {
        internal static readonly Text German = new("de", Literals("de"), null);

        internal static readonly FrozenDictionary<string, Text> ByLanguage = All().ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

        private static Dictionary<string, Text> All()
        {
            var english = new Text("en", Literals("en"), German);
            var all = Languages.ToDictionary(language => language, language => language switch
            {
                "de" => German,
                "en" => english,
                _ => new Text(language, Literals(language), english),
            });
            all.Add(Familiar, new Text(Familiar, Literals(Familiar), German));
            return all;
        }
    }

    /// <summary>The languages in which everything is there; the others have what owners read.</summary>
    public static readonly ImmutableArray<string> Complete = ["de", "en"];

    /// <summary>German that says du.</summary>
    internal const string Familiar = "de-du";
}
