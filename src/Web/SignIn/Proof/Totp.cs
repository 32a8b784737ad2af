using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NodaTime;

namespace VetBooking.Web.SignIn.Proof;

/// <summary>The six digits an authenticator app shows (RFC 6238): SHA-1, 30 seconds, as every app does it.</summary>
public static class Totp
{
    private const int StepSeconds = 30;
    private const int SecretBytes = 20;
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>A fresh secret.</summary>
    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(SecretBytes);

    /// <summary>The code of a moment; the next one's if this one was used.</summary>
    public static string CodeAt(byte[] secret, Instant now, long? lastUsed = null) => Code(secret, Math.Max(StepOf(now), Math.Min((lastUsed ?? 0) + 1, StepOf(now) + 1)));

    /// <summary>
    /// The time step a code belongs to, if it is the one of now or a neighbour's and later than the last one that was used:
    /// each code is good once. Null for every other code.
    /// </summary>
    public static long? StepOf(string code, byte[] secret, Instant now, long? lastUsed)
    {
        long? found = null;
        // All three are compared, so that the time taken does not tell which one fits.
        for (var step = StepOf(now) - 1; step <= StepOf(now) + 1; step++)
        {
            var isSame = CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Code(secret, step)), Encoding.UTF8.GetBytes(code));
            if (isSame && step > (lastUsed ?? 0)) found = step;
        }
        return found;
    }

    /// <summary>The secret as people type it into an app: groups of four.</summary>
    public static string Written(byte[] secret) => string.Join(' ', Base32(secret).Chunk(4).Select(four => new string(four)));

    /// <summary>The address in the QR code that apps read.</summary>
    public static string Address(byte[] secret, string practice, string email) =>
        $"otpauth://totp/{Uri.EscapeDataString(practice)}:{Uri.EscapeDataString(email)}?secret={Base32(secret)}&issuer={Uri.EscapeDataString(practice)}";

    private static long StepOf(Instant now) => now.ToUnixTimeSeconds() / StepSeconds;

    private static string Code(byte[] secret, long step)
    {
        var counter = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // RFC 6238 as apps have it: HMAC-SHA1 needs no collision resistance.
        var hash = HMACSHA1.HashData(secret, counter);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 0xF)) & 0x7FFF_FFFF;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    private static string Base32(byte[] bytes)
    {
        var text = new StringBuilder();
        var (buffer, bits) = (0, 0);
        foreach (var one in bytes)
        {
            (buffer, bits) = ((buffer << 8 | one) & 0xFFFF, bits + 8);
            for (; bits >= 5; bits -= 5) text.Append(Alphabet[buffer >> (bits - 5) & 31]);
        }
        return text.ToString();
    }
}
