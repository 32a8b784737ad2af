using System.Collections.Frozen;
using System.Text;
using VetBooking.Web.Storage;

namespace VetBooking.Web.SignIn.Proof;

/// <summary>Why a password is not taken.</summary>
public enum PasswordProblem { Missing, TooShort, TooLong, Common, Names }

/// <summary>
/// What a new password must be: long, and nothing that is guessed first. No rules about kinds of characters and no expiry:
/// they make passwords worse (OWASP ASVS 5.0, 6.2).
/// </summary>
public static class PasswordRules
{
    public const int Shortest = 12;
    public const int Longest = 256;

    private static readonly Lazy<FrozenSet<string>> Words = new(ReadWords);
    private static readonly string[] Rows = ["1234567890", "qwertzuiopü", "qwertyuiop", "asdfghjklöä", "yxcvbnm", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz"];

    /// <summary>How many passwords the list of words refuses: each alone or with another, bare or with what is usually put behind.</summary>
    public static long Refused => (long)Words.Value.Count * (Words.Value.Count + 1);

    /// <summary>What is wrong with it for this person in this practice; null if nothing.</summary>
    public static PasswordProblem? Check(string password, Profile practice, string name, string email) => password.Length switch
    {
        0 => PasswordProblem.Missing,
        < Shortest => PasswordProblem.TooShort,
        > Longest => PasswordProblem.TooLong,
        _ when IsCommon(password) => PasswordProblem.Common,
        _ when Holds(password, $"{practice.Name} {name} {email.Split('@')[0]}") => PasswordProblem.Names,
        _ => null,
    };

    /// <summary>Whether it is among what is tried first: one or two words of the list, with digits and marks around, or a pattern on the keys.</summary>
    public static bool IsCommon(string password)
    {
        var lower = password.ToLowerInvariant();
        return IsPattern(lower) || IsWords(lower) || IsWords(Plain(lower));
    }

    private static bool IsWords(string text)
    {
        var core = string.Concat(text.Where(char.IsLetter));
        if (core.Length == 0) return true;
        // Long digits between the words are no ornament any more.
        if (text.Length - core.Length > 8) return false;
        if (Words.Value.Contains(core)) return true;
        for (var cut = 1; cut < core.Length; cut++)
        {
            if (Words.Value.Contains(core[..cut]) && Words.Value.Contains(core[cut..])) return true;
        }
        return false;
    }

    /// <summary>One thing again and again, or a walk along the keys or the alphabet, to and fro.</summary>
    private static bool IsPattern(string text)
    {
        for (var unit = 1; unit <= 6; unit++)
        {
            if (Enumerable.Range(0, text.Length).All(i => text[i] == text[i % unit])) return true;
        }
        var steps = 0;
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == text[i - 1] || Rows.Any(row => row.IndexOf(text[i], StringComparison.Ordinal) is var at and >= 0
                && row.IndexOf(text[i - 1], StringComparison.Ordinal) is var before and >= 0 && Math.Abs(at - before) == 1)) steps++;
        }
        return steps >= text.Length * 3 / 4;
    }

    private static bool Holds(string password, string names)
    {
        var plain = Plain(password.ToLowerInvariant());
        return names.ToLowerInvariant().Split([' ', '.', '-', '_', '+', ','], StringSplitOptions.RemoveEmptyEntries)
            .Any(word => word.Length >= 4 && (plain.Contains(Plain(word), StringComparison.Ordinal) || password.Contains(word, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>What is meant by digits and marks in place of letters.</summary>
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var one in text)
        {
            plain.Append(one switch { '0' => 'o', '1' or '!' => 'i', '3' => 'e', '4' or '@' => 'a', '5' or '$' => 's', '7' => 't', '8' => 'b', _ => one });
        }
        return plain.ToString();
    }

    private static FrozenSet<string> ReadWords()
    {
        using var reader = new StreamReader(typeof(PasswordRules).Assembly.GetManifestResourceStream(typeof(PasswordRules), "common-words.txt")!);
        return reader.ReadToEnd().Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
    }
}
