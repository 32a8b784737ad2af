using NodaTime.Text;
using VetBooking.Web.Booking;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Clients.Animals;

/// <summary>How an animal behaves, as badges.</summary>
/// <param name="T">The texts.</param>
/// <param name="Stored">The words as they are stored.</param>
public sealed record WarningsModel(Text T, string Stored)
{
    public IReadOnlyList<string> Words => Behaviour.Read(Stored);
}

/// <summary>Animals in words.</summary>
internal static class AnimalWords
{
    /// <summary>What one sees of an animal, in a line: species, breed, sex, when it was born.</summary>
    public static string Line(Text t, AnimalRecord animal)
    {
        var facts = animal.Facts;
        var sex = (facts.Sex, facts.Neutered) switch
        {
            ("", "yes") => t.ClientsNeutered,
            ("", _) => "",
            (_, "yes") => t.ClientsSexNeutered(facts.Sex),
            _ => t.ClientsSexOf(facts.Sex),
        };
        return string.Join(", ", new[] { Wording.Species(t, facts.Species), facts.Breed, sex, facts.Born is { } born ? t.ClientsBornIn(born) : "" }.Where(part => part.Length > 0));
    }

    /// <summary>Since when it is not there any more, and why.</summary>
    public static string Departed(Text t, string why, string? on) =>
        on is not null && LocalDatePattern.Iso.Parse(on) is { Success: true } date ? t.ClientsDeparted(why, date.Value) : t.ClientsDepartedOnly(why);
}
