namespace VetBooking.Web.Texts;

/// <summary>The words that may stand inside the braces of a message.</summary>
internal static class MessageWords
{
    public static readonly Dictionary<string, DateStyle> DateStyles = new()
    {
        ["full"] = DateStyle.Full,
        ["long"] = DateStyle.Long,
        ["medium"] = DateStyle.Medium,
        ["short"] = DateStyle.Short,
        ["weekday"] = DateStyle.Weekday,
        ["weekday-short"] = DateStyle.WeekdayShort,
        ["day"] = DateStyle.Day,
    };

    public static readonly Dictionary<string, PluralCategory> Categories = new()
    {
        ["zero"] = PluralCategory.Zero,
        ["one"] = PluralCategory.One,
        ["two"] = PluralCategory.Two,
        ["few"] = PluralCategory.Few,
        ["many"] = PluralCategory.Many,
        ["other"] = PluralCategory.Other,
    };
}
