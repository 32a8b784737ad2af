using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using NodaTime;

namespace VetBooking.Web.SignIn.Proof;

/// <summary>What lies between two pages of signing in or enrolling.</summary>
public enum Step { CodeIsMissing, NewApp, Passkey }

/// <summary>
/// Carries what one page has found out to the next, sealed: for this step only, for a few minutes, and used up once it has
/// led on. What was used is remembered in memory until it would have expired anyway.
/// </summary>
public sealed class SealedSteps(IDataProtectionProvider protection, IClock clock)
{
    private const int Longest = 4096;

    private readonly IDataProtector steps = protection.CreateProtector("sign-in-step");
    private readonly IDataProtector secrets = protection.CreateProtector("totp-secret");
    private readonly Lock guard = new();
    private readonly Dictionary<string, Instant> used = [];

    /// <summary>Seals a text for a step.</summary>
    public string Seal(Step step, string text, Duration life)
    {
        var until = (clock.GetCurrentInstant() + life).ToUnixTimeSeconds();
        var nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        return Base64Url.EncodeToString(steps.Protect(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{step}\n{until}\n{nonce}\n{text}"))));
    }

    /// <summary>The text, if it was sealed for this step and is neither too old nor used up.</summary>
    public string? Open(Step step, string token) => Read(step, token) is var (_, _, text) ? text : null;

    /// <summary>Uses it up; false if somebody was faster.</summary>
    public bool Use(Step step, string token)
    {
        if (Read(step, token) is not var (nonce, until, _)) return false;
        lock (guard) return used.TryAdd(nonce, until);
    }

    /// <summary>A secret as the database may have it: its key is in the practice's folder, outside.</summary>
    public byte[] Lock(byte[] secret) => secrets.Protect(secret);

    /// <summary>The secret again; null if the key is gone.</summary>
    public byte[]? Unlock(byte[]? locked)
    {
        try
        {
            return locked is null ? null : secrets.Unprotect(locked);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>A secret locked outside of a running practice, with the keys of a folder.</summary>
    public static byte[] Lock(byte[] secret, IDataProtectionProvider protection) => protection.CreateProtector("totp-secret").Protect(secret);

    private (string Nonce, Instant Until, string Text)? Read(Step step, string token)
    {
        if (token.Length is 0 or > Longest) return null;
        try
        {
            var parts = Encoding.UTF8.GetString(steps.Unprotect(Base64Url.DecodeFromChars(token))).Split('\n', 4);
            var until = Instant.FromUnixTimeSeconds(long.Parse(parts[1], CultureInfo.InvariantCulture));
            if (parts[0] != step.ToString() || until <= clock.GetCurrentInstant()) return null;
            lock (guard)
            {
                foreach (var (old, end) in used)
                {
                    if (end <= clock.GetCurrentInstant()) used.Remove(old);
                }
                return used.ContainsKey(parts[2]) ? null : (parts[2], until, parts[3]);
            }
        }
        catch (Exception foreign) when (foreign is CryptographicException or FormatException)
        {
            return null;
        }
    }
}
