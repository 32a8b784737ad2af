using System.Security.Cryptography;
using System.Text;

namespace VetBooking.Web.Sovereignty.Backups;

/// <summary>
/// 32 random bytes as a person can write them down: Crockford's base 32 in groups of four, the last group a check of the
/// others. Whoever holds it opens the practice's backups.
/// </summary>
internal sealed class RecoveryCode
{
    /// <summary>How many groups of four there are.</summary>
    public const int Groups = 14;

    private const string Digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Bytes = 32;
    private const int SecretDigits = 52;

    private RecoveryCode(byte[] secret) => Secret = secret;

    public byte[] Secret { get; }

    /// <summary>What a backup names the key by; it says nothing about the key.</summary>
    public string Id => Convert.ToHexStringLower(Hash("id")[..4]);

    public static RecoveryCode Create() => new(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>Reads a code: blanks, hyphens and small letters do not matter, nor O for 0 and I or L for 1. Null if it is none.</summary>
    public static RecoveryCode? Read(string text)
    {
        var digits = new List<int>(Groups * 4);
        foreach (var letter in text.ToUpperInvariant())
        {
            if (letter is '-' or ' ') continue;
            var digit = Digits.IndexOf(letter switch { 'O' => '0', 'I' or 'L' => '1', _ => letter }, StringComparison.Ordinal);
            if (digit < 0 || digits.Count == Groups * 4) return null;
            digits.Add(digit);
        }
        if (digits.Count != Groups * 4) return null;
        var code = new RecoveryCode(ToBytes(digits));
        // The check covers the last bits, too: two texts never mean one key.
        return code.AllDigits().SequenceEqual(digits) ? code : null;
    }

    /// <summary>As it is printed and kept.</summary>
    public override string ToString() => string.Join('-', AllDigits().Select(digit => Digits[digit]).Chunk(4).Select(group => new string(group)));

    private IEnumerable<int> AllDigits() => ToDigits(Secret, SecretDigits).Concat(ToDigits(Hash("check"), 4));

    private byte[] Hash(string purpose) => SHA256.HashData([.. Encoding.UTF8.GetBytes("vetbooking backup key " + purpose), .. Secret]);

    private static IEnumerable<int> ToDigits(byte[] bytes, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var bit = i * 5;
            var two = (bytes[bit / 8] << 8) | (bit / 8 + 1 < bytes.Length ? bytes[bit / 8 + 1] : 0);
            yield return (two >> (11 - bit % 8)) & 31;
        }
    }

    private static byte[] ToBytes(List<int> digits)
    {
        var bytes = new byte[Bytes];
        for (var bit = 0; bit < Bytes * 8; bit++)
        {
            if ((digits[bit / 5] >> (4 - bit % 5) & 1) == 1) bytes[bit / 8] |= (byte)(128 >> (bit % 8));
        }
        return bytes;
    }
}
