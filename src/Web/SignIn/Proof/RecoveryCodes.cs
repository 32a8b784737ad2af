using System.Security.Cryptography;
using System.Text;
using VetBooking.Web.Storage;

namespace VetBooking.Web.SignIn.Proof;

/// <summary>Ten codes to keep on paper, each in place of the app's code, once. Only their SHA-256 is kept.</summary>
internal static class RecoveryCodes
{
    private const int Count = 10;
    private const int Letters = 16;

    // Without what looks like something else on paper. 32 letters to the power of 16 are 80 bits.
    private const string Alphabet = "abcdefghijkmnpqrstuvwxyz23456789";

    /// <summary>Makes a new set; the old one is worth nothing any more.</summary>
    public static IReadOnlyList<string> Renew(Change change, long account)
    {
        change.Db.Execute("DELETE FROM recovery_code WHERE account_id = $account", ("$account", account));
        var codes = Enumerable.Range(0, Count).Select(_ => RandomNumberGenerator.GetString(Alphabet, Letters)).ToList();
        foreach (var code in codes) change.Db.Execute("INSERT INTO recovery_code (code_hash, account_id) VALUES ($hash, $account)", ("$hash", Hash(code)), ("$account", account));
        return [.. codes.Select(code => string.Join('-', code.Chunk(4).Select(four => new string(four))))];
    }

    /// <summary>Uses one up; false if it is none of this account's.</summary>
    public static bool Use(Change change, long account, string typed)
    {
        var code = string.Concat(typed.ToLowerInvariant().Where(char.IsAsciiLetterOrDigit));
        return code.Length == Letters
            && change.Db.Execute("DELETE FROM recovery_code WHERE code_hash = $hash AND account_id = $account", ("$hash", Hash(code)), ("$account", account)) == 1;
    }

    /// <summary>How many are left.</summary>
    public static long Left(Db db, long account) => db.Number("SELECT count(*) FROM recovery_code WHERE account_id = $account", ("$account", account));

    private static byte[] Hash(string code) => SHA256.HashData(Encoding.ASCII.GetBytes(code));
}
