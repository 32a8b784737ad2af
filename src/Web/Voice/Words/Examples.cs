using NodaTime;
using VetBooking.Web.Storage;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Voice.Words;

/// <summary>What a text looks like once its placeholders are filled: with the practice's own data and an invented visit.</summary>
internal static class Examples
{
    private static readonly LocalTime Time = new(9, 10);

    /// <summary>The text at this place, as a reader of this language sees it.</summary>
    public static string Of(int place, string language, Profile profile, LocalDate day)
    {
        var text = profile.Texts.In(language);
        var arguments = Text.In("de").Find(place)!.Arguments.Select(argument => argument.Type switch
        {
            ArgumentType.Number => new ArgumentValue(argument.Name, 2),
            ArgumentType.Date => new ArgumentValue(argument.Name, day),
            ArgumentType.Time => new ArgumentValue(argument.Name, Time),
            _ => new ArgumentValue(argument.Name, Sample(argument.Name, text, profile, day)),
        });
        var shown = text.Format(place, [.. arguments]);
        return new Paragraph(shown).Plain;
    }

    private static string Sample(string name, Text text, Profile profile, LocalDate day) => name switch
    {
        "practice" or "who" => profile.Name,
        "phone" => profile.Phone,
        "street" => profile.Street,
        "postcode" => profile.Postcode,
        "city" => profile.City,
        "when" or "until" => text.TimeFull(day, text.TimeClock(Time, "no")),
        "time" => text.TimeClock(Time, "no"),
        "vet" => profile.Team.FirstOrDefault()?.Name ?? "…",
        "email" => "erika@example.org",
        "name" or "animals" => "Balu",
        "species" => text.SpeciesName("dog"),
        "number" => "A1B-2C3",
        _ => "…",
    };
}
