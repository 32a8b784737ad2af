using VetBooking.Web.FrontDesk;

namespace VetBooking.Web.Sovereignty.Inspection;

/// <summary>What somebody is looked for by: beginnings of words of a name, a mail address or an animal's name, however they are spelt, or digits of a telephone number.</summary>
public sealed class PersonTerm(string typed)
{
    private const int FewestLetters = 2, FewestDigits = 3;

    private readonly string[] words = Folding.Words(typed).Split(' ');
    private readonly string digits = typed.All(one => char.IsAsciiDigit(one) || " +-/().".Contains(one, StringComparison.Ordinal)) ? Folding.Digits(typed) : "";

    /// <summary>Whether it is long enough not to fit everybody.</summary>
    public bool IsEnough => digits.Length >= FewestDigits || (digits.Length == 0 && words.Sum(word => word.Length) >= FewestLetters);

    /// <summary>Whether it fits somebody.</summary>
    public bool Fits(string names, IEnumerable<string> phones)
    {
        if (digits.Length > 0) return phones.Any(phone => Folding.Digits(phone).Contains(digits, StringComparison.Ordinal));
        var folded = " " + Folding.Words(names);
        return words.All(word => folded.Contains(" " + word, StringComparison.Ordinal));
    }
}
