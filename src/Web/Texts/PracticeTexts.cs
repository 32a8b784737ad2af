using System.Collections.Frozen;

namespace VetBooking.Web.Texts;

/// <summary>A text in the practice's own words.</summary>
/// <param name="Language">The language it is in.</param>
/// <param name="Key">Which text it is.</param>
/// <param name="Words">What the practice writes instead.</param>
/// <param name="Original">What the program said when the practice wrote it: when that changes, the practice is told.</param>
public sealed record OwnText(string Language, string Key, string Words, string Original);

/// <summary>The texts of one practice: in its own words where it has any that fit, else the program's.</summary>
public sealed class PracticeTexts
{
    private static readonly FrozenDictionary<string, int> Places =
        Text.ForOwners.ToFrozenDictionary(place => Text.Keys[place], place => place, StringComparer.Ordinal);

    private readonly FrozenDictionary<string, Text> byLanguage;

    private PracticeTexts(IReadOnlyList<OwnText> own, bool isFamiliar)
    {
        (Own, IsFamiliar) = (own, isFamiliar);
        byLanguage = own.Where(Fits).GroupBy(one => one.Language).ToFrozenDictionary(
            group => group.Key,
            group => Original(group.Key).With(group.ToDictionary(one => Places[one.Key], one => one.Words)));
    }

    /// <summary>A practice that has no words of its own.</summary>
    public static PracticeTexts None { get; } = new([], false);

    /// <summary>What the practice has written itself, whether it still fits or not.</summary>
    public IReadOnlyList<OwnText> Own { get; }

    /// <summary>Whether German says du.</summary>
    public bool IsFamiliar { get; }

    public static PracticeTexts Of(IReadOnlyList<OwnText> own, bool isFamiliar) => own.Count == 0 && !isFamiliar ? None : new PracticeTexts(own, isFamiliar);

    /// <summary>The practice's texts in this language.</summary>
    public Text In(string language) => byLanguage.GetValueOrDefault(language) ?? Original(language);

    /// <summary>The program's texts in this language, as the practice addresses people.</summary>
    public Text Original(string language) => Text.In(IsFamiliar && language == "de" ? Text.Familiar : language);

    /// <summary>Where a text stands among the keys; null if owners read no such text.</summary>
    public static int? PlaceOf(string key) => Places.TryGetValue(key, out var place) ? place : null;

    /// <summary>Whether the program can show these words: an update may have taken a placeholder away, or the whole text.</summary>
    public static bool Fits(OwnText own) => PlaceOf(own.Key) is { } place && WrongWith(place, own.Words) is null;

    /// <summary>What keeps words from standing for a text; null if nothing does.</summary>
    internal static OwnTextFault? WrongWith(int place, string words)
    {
        Message message;
        try
        {
            message = Message.Parse(words);
        }
        catch (FormatException)
        {
            return new OwnTextFault(null);
        }
        var known = Text.In("de").Find(place)!.Arguments;
        var stranger = message.Arguments.FirstOrDefault(argument => !known.Any(one => one.Name == argument.Name && (one.Type == argument.Type || argument.Type == ArgumentType.Text)));
        return stranger is null ? null : new OwnTextFault(stranger.Name);
    }
}

/// <summary>What is wrong with a practice's own words.</summary>
/// <param name="Placeholder">The placeholder there is not; null if the braces do not close or hold something unknown.</param>
public sealed record OwnTextFault(string? Placeholder);
