using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace VetBooking.Web.Protection;

/// <summary>
/// What opens something to whoever holds it: 256 random bits (OWASP ASVS 5.0, 11.5.1). Only the SHA-256 is kept, so the
/// database gives none away.
/// </summary>
internal static class SecretToken
{
    /// <summary>A fresh one, as it stands in a link.</summary>
    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>What of it is kept.</summary>
    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
