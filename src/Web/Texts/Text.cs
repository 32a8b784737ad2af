using System.Collections.Frozen;
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

    private Text(string language)
    {
        locale = Locale.Of(language);
        literals = Literals(language);
        messages = new Message?[Keys.Length];
    }

    /// <summary>The language tag for <c>&lt;html lang&gt;</c>.</summary>
    public string Language => locale.Language;

    public CultureInfo Culture => locale.Culture;

    /// <summary>The value for <c>&lt;html dir&gt;</c>.</summary>
    public string Direction => Culture.TextInfo.IsRightToLeft ? "rtl" : "ltr";

    /// <summary>The texts in this language ("en", "en-US"), or German if there are none.</summary>
    public static Text In(string language)
    {
        if (Loaded.ByLanguage.TryGetValue(language, out Text? text)) return text;
        int dash = language.IndexOf('-', StringComparison.Ordinal);
        return dash > 0 && Loaded.ByLanguage.TryGetValue(language[..dash], out text) ? text : Loaded.German;
    }

    internal string Get(int key) => Format(key, []);

    internal string Format(int key, ReadOnlySpan<ArgumentValue> arguments) =>
        Find(key) is { } message
            ? MessageWriter.Format(message, locale, arguments)
            : Loaded.German.Format(key, arguments);

    /// <summary>The message in this very language; null where German stands in, with German plurals and dates.</summary>
    internal Message? Find(int key) => messages[key] ??= literals[key] is { } literal ? Message.Parse(literal) : null;

    // A class of its own, because the order of static fields across the files of a partial class is not defined.
    private static class Loaded
    {
        internal static readonly FrozenDictionary<string, Text> ByLanguage =
            Languages.ToFrozenDictionary(language => language, language => new Text(language), StringComparer.OrdinalIgnoreCase);

        internal static readonly Text German = ByLanguage["de"];
    }
}
