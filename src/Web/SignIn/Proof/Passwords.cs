using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace VetBooking.Web.SignIn.Proof;

/// <summary>What came of comparing a password.</summary>
public enum PasswordAnswer { Wrong, Right, RightButOld }

/// <summary>
/// Hashes passwords: Identity's hasher, PBKDF2 with SHA-512. Two at a time and no more, so that a flood of guesses takes
/// neither processor from the practice; who waits too long is told so.
/// </summary>
public sealed class Passwords : IDisposable
{
    /// <summary>What OWASP ASVS 5.0, 11.4.2 asks for at least.</summary>
    public const int Iterations = 210_000;

    private const int MostWaiting = 30;

    // In the form a hash has: an account that is not there must take as long as one that is.
    private static readonly string NobodysHash = Nobodys();

    private readonly Lazy<PasswordHasher<string>> hasher = new(() => new PasswordHasher<string>(Options.Create(new PasswordHasherOptions { IterationCount = Iterations })));
    private readonly SemaphoreSlim gate = new(2);
    private int waiting;

    /// <summary>The hash to keep.</summary>
    public async Task<string?> Hash(string password) => await AtTheGate(() => hasher.Value.HashPassword("", Clean(password)));

    /// <summary>Compares; without a hash it takes as long and is wrong. Null if there are too many before.</summary>
    public async Task<PasswordAnswer?> Compare(string? hash, string password)
    {
        var verdict = await AtTheGate(() => (PasswordVerificationResult?)hasher.Value.VerifyHashedPassword("", hash ?? NobodysHash, Clean(password)));
        return verdict switch
        {
            null => null,
            _ when hash is null => PasswordAnswer.Wrong,
            PasswordVerificationResult.Success => PasswordAnswer.Right,
            PasswordVerificationResult.SuccessRehashNeeded => PasswordAnswer.RightButOld,
            _ => PasswordAnswer.Wrong,
        };
    }

    /// <inheritdoc/>
    public void Dispose() => gate.Dispose();

    private async Task<T?> AtTheGate<T>(Func<T> work)
    {
        if (Interlocked.Increment(ref waiting) > MostWaiting)
        {
            Interlocked.Decrement(ref waiting);
            return default;
        }
        await gate.WaitAsync();
        try
        {
            return await Task.Run(work);
        }
        finally
        {
            gate.Release();
            Interlocked.Decrement(ref waiting);
        }
    }

    /// <summary>One spelling of an umlaut, whatever the keyboard sends.</summary>
    private static string Clean(string password) => password.Normalize(NormalizationForm.FormC);

    private static string Nobodys()
    {
        var hash = new byte[1 + 12 + 16 + 32];
        hash[0] = 1;
        BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(1), 2);
        BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(5), Iterations);
        BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(9), 16);
        RandomNumberGenerator.Fill(hash.AsSpan(13));
        return Convert.ToBase64String(hash);
    }
}
