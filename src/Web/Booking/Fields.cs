using System.Globalization;
using System.Text;
using NodaTime;
using NodaTime.Text;

namespace VetBooking.Web.Booking;

/// <summary>What can be wrong with something typed. The pages and the API word it for people.</summary>
public enum Problem
{
    Missing, TooLong, BadCharacters, NotAnAddress, SeveralAddresses, NotAPhone, NotADate, Unknown, NotTreated, NotANumber, NotAsked, Photo,
}

/// <summary>Something wrong with one field.</summary>
/// <param name="Field">The field by its name in the API, like <c>owner.email</c> or <c>animals[0].name</c>.</param>
/// <param name="Problem">What is wrong.</param>
/// <param name="Limit">The longest allowed, where that is the problem.</param>
public sealed record FieldProblem(string Field, Problem Problem, int Limit = 0)
{
    /// <summary>The smallest number allowed, where that is the problem.</summary>
    public int Least { get; init; }

    /// <summary>What is the matter with a photo, as a word.</summary>
    public string Reason { get; init; } = "";
}

/// <summary>Checks what people type, one field after the other, and gathers everything that is wrong.</summary>
public sealed class Fields
{
    public const int LongestName = 100;
    public const int LongestAnimalName = 40;
    public const int LongestReason = 120;
    public const int LongestNote = 1000;
    public const int LongestPhone = 40;

    /// <summary>Everything that was wrong so far, in the order of the fields.</summary>
    public List<FieldProblem> Problems { get; } = [];

    /// <summary>Notes that a field is wrong.</summary>
    public void Wrong(string field, Problem problem, int limit = 0) => Problems.Add(new FieldProblem(field, problem, limit));

    /// <summary>A text on one line that must not be empty.</summary>
    public string Required(string field, string? text, int longest)
    {
        var clean = Optional(field, text, longest);
        if (clean.Length == 0 && !Problems.Exists(one => one.Field == field)) Wrong(field, Problem.Missing);
        return clean;
    }

    /// <summary>A text that may be empty; on one line, or several if <paramref name="lines"/>.</summary>
    public string Optional(string field, string? text, int longest, bool lines = false)
    {
        text ??= "";
        if (lines) text = text.ReplaceLineEndings("\n");
        // Before Normalize: it throws on text that is no text.
        if (!IsPlain(text, lines))
        {
            Wrong(field, Problem.BadCharacters);
            return "";
        }
        text = text.Normalize(NormalizationForm.FormC).Trim();
        if (text.Length <= longest) return text;
        Wrong(field, Problem.TooLong, longest);
        return "";
    }

    /// <summary>A mail address that must be there.</summary>
    public EmailAddress? Email(string field, string? text)
    {
        var (address, problem) = EmailAddress.Read(text);
        if (problem is { } wrong) Wrong(field, wrong);
        return address;
    }

    /// <summary>A telephone number in any spelling; may be empty.</summary>
    public string Phone(string field, string? text)
    {
        var phone = Optional(field, text, LongestPhone);
        if (phone.Length > 0 && (phone.Count(char.IsAsciiDigit) is < 5 or > 17 || phone.Any(one => !char.IsAsciiDigit(one) && !" +-/().".Contains(one, StringComparison.Ordinal))))
        {
            Wrong(field, Problem.NotAPhone);
        }
        return phone;
    }

    /// <summary>A year, a month or a day of birth, not in the future; null if unknown.</summary>
    public string? Born(string field, string? text, LocalDate today)
    {
        var born = (text ?? "").Trim();
        if (born.Length == 0) return null;
        LocalDate? earliest = born.Length switch
        {
            4 when int.TryParse(born, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is > 1900 and < 2200 => new LocalDate(year, 1, 1),
            7 when LocalDatePattern.Iso.Parse(born + "-01") is { Success: true } month => month.Value,
            10 when LocalDatePattern.Iso.Parse(born) is { Success: true } day => day.Value,
            _ => null,
        };
        if (earliest is { } date && date <= today && date.Year > 1900) return born;
        Wrong(field, Problem.NotADate);
        return null;
    }

    /// <summary>No control, bidirectional or invisible characters: they could make a text look like another one.</summary>
    private static bool IsPlain(string text, bool lines)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n' && lines) continue;
            if (!Rune.TryGetRuneAt(text, i, out var rune)) return false;
            var category = Rune.GetUnicodeCategory(rune);
            // Zero-width joiners are Format too, but emoji and several scripts need them.
            if (category is UnicodeCategory.Format && rune.Value is not (0x200C or 0x200D or 0xAD)) return false;
            if (category is UnicodeCategory.Control or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator) return false;
            if (rune.Utf16SequenceLength == 2) i++;
        }
        return true;
    }
}
