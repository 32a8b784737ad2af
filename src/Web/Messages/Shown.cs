using System.Globalization;
using System.Text;
using VetBooking.Web.Booking;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Messages;

/// <summary>What people typed, made fit to be shown in a mail.</summary>
internal static class Shown
{
    private const int LongestName = 60;

    /// <summary>One line without control characters and without those that turn the direction of writing.</summary>
    public static string Line(string value)
    {
        var line = new StringBuilder(value.Length);
        foreach (var rune in value.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune) || Rune.IsControl(rune))
            {
                if (line.Length > 0 && line[^1] != ' ') line.Append(' ');
            }
            // The two joiners are format characters as well, but Persian and emoji are misspelt without them.
            else if (rune.Value is 0x200C or 0x200D || Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse))
            {
                line.Append(rune);
            }
        }
        return line.ToString().TrimEnd();
    }

    /// <summary>
    /// A name that a stranger may have typed for somebody else's address: short, and without anything a mail program
    /// would make a link of, so that nobody can send advertising through a practice.
    /// </summary>
    public static string Name(string value)
    {
        var name = new StringBuilder(Line(value));
        for (var i = 0; i < name.Length; i++)
        {
            var endsWord = i + 1 == name.Length || name[i + 1] == ' ';
            if (name[i] is '/' or ':' or '@' or '<' or '>' || (name[i] == '.' && !endsWord)) name[i] = ' ';
        }
        var elements = StringInfo.ParseCombiningCharacters(name.ToString());
        return (elements.Length > LongestName ? name.ToString(0, elements[LongestName - 1]) + "…" : name.ToString()).Trim();
    }

    /// <summary>The animals' names as one reads them out.</summary>
    public static string Animals(Appointment appointment) =>
        string.Join(", ", appointment.Animals.Select(animal => Name(animal.Name)).Where(name => name.Length > 0));

    /// <summary>Where the practice is, in one line.</summary>
    public static string Address(Profile profile) =>
        string.Join(", ", new[] { Line(profile.Street), Line($"{profile.Postcode} {profile.City}") }.Where(part => part.Length > 0));
}
