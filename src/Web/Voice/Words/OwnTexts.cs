using VetBooking.Web.Storage;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Voice.Words;

/// <summary>How one text stands.</summary>
/// <param name="Place">Its place among the keys.</param>
/// <param name="Words">What it says now, as it is written.</param>
/// <param name="Own">The practice's own words; null if it has none.</param>
/// <param name="Original">What the program says, as it is written.</param>
internal sealed record TextState(int Place, string Words, OwnText? Own, string Original)
{
    public string Key => Text.Keys[Place];

    /// <summary>The part it belongs to: the beginning of its key.</summary>
    public string Group => Key[..Key.IndexOf('.', StringComparison.Ordinal)];

    /// <summary>Whether the program says something else now than when the practice wrote its own words.</summary>
    public bool HasOriginalChanged => Own is not null && Own.Original != Original;

    /// <summary>Whether the practice's words can no longer be shown.</summary>
    public bool IsUnfit => Own is not null && !PracticeTexts.Fits(Own);
}

/// <summary>The practice's own texts as its database holds them.</summary>
internal static class OwnTexts
{
    public const int Longest = 2000;

    /// <summary>All texts owners read, in this language.</summary>
    public static IEnumerable<TextState> All(Profile profile, string language)
    {
        var own = profile.Texts.Own.Where(one => one.Language == language).ToDictionary(one => one.Key);
        var (now, original) = (profile.Texts.In(language), profile.Texts.Original(language));
        return Text.ForOwners.Select(place => new TextState(place, now.Source(place), own.GetValueOrDefault(Text.Keys[place]), original.Source(place)));
    }

    public static void Save(Change change, OwnText text) => change.Db.Execute(
        """
        INSERT INTO own_text (language, key, words, original, changed_at) VALUES ($language, $key, $words, $original, $now)
        ON CONFLICT DO UPDATE SET words = excluded.words, original = excluded.original, changed_at = excluded.changed_at
        """,
        ("$language", text.Language), ("$key", text.Key), ("$words", text.Words), ("$original", text.Original), ("$now", change.Now.ToUnixTimeSeconds()));

    public static void Remove(Change change, string language, string key) =>
        change.Db.Execute("DELETE FROM own_text WHERE language = $language AND key = $key", ("$language", language), ("$key", key));
}
