using System.Globalization;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text;
using NodaTime;
using VetBooking.Web.Protection;

namespace VetBooking.Web.Machines;

/// <summary>Where something is sent, and the key it is signed with.</summary>
internal sealed record PostTarget(Uri Address, byte[] Secret);

/// <summary>What is sent: JSON under an id that stays the same however often it is tried.</summary>
internal sealed record SignedMessage(string Id, Instant At, string Body);

/// <summary>What came of it; its word is kept and shown.</summary>
internal enum PostResult { Accepted, Refused, Gone, Redirected, TooSlow, Inside, Unreachable, Untrusted, Unreadable }

/// <summary>What came of sending something.</summary>
/// <param name="Result">In a word.</param>
/// <param name="Status">The status of the answer, if there was one.</param>
internal readonly record struct PostOutcome(PostResult Result, int? Status = null)
{
    /// <summary>Whether the reason is the receiver's state rather than this one message: then sending more is pointless.</summary>
    public bool ConcernsAll => Result is not (PostResult.Accepted or PostResult.Refused) || Status is 401 or 403 or 404 or 429 or >= 500;
}

/// <summary>
/// Sends a signed message to an address somebody typed, as the Standard Webhooks specification has it. The name is looked up
/// once and the connection goes to the very address that was judged; nothing is followed, no answer is read beyond its head,
/// and everything has an end.
/// </summary>
internal sealed class SignedPost(OutboundSettings settings)
{
    /// <summary>How long reaching the receiver may take, and how long everything together.</summary>
    public static readonly TimeSpan Connecting = TimeSpan.FromSeconds(5), Whole = TimeSpan.FromSeconds(10);

    /// <summary>How a secret begins, by the specification.</summary>
    public const string SecretPrefix = "whsec_";

    private const int SecretBytes = 32;

    /// <summary>Less patience, for tests.</summary>
    internal TimeSpan Patience { get; init; } = Whole;

    /// <summary>A fresh secret as it is shown.</summary>
    public static string NewSecret() => SecretPrefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>The key a secret stands for.</summary>
    public static byte[] KeyOf(string secret) => Convert.FromBase64String(secret[SecretPrefix.Length..]);

    /// <summary>The signature of a message: HMAC-SHA256 over id, time and body.</summary>
    public static string Signature(byte[] key, SignedMessage message) =>
        "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{message.Id}.{Seconds(message)}.{message.Body}")));

    /// <summary>Sends one message once.</summary>
    public async Task<PostOutcome> Send(PostTarget target, SignedMessage message, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        using var http = new HttpClient(Handler(target.Address), disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };
        using var request = new HttpRequestMessage(HttpMethod.Post, target.Address) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(message.Body)) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        request.Headers.TryAddWithoutValidation("User-Agent", "VetBooking");
        request.Headers.TryAddWithoutValidation("webhook-id", message.Id);
        request.Headers.TryAddWithoutValidation("webhook-timestamp", Seconds(message));
        request.Headers.TryAddWithoutValidation("webhook-signature", Signature(target.Secret, message));
        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            var status = (int)answer.StatusCode;
            return new PostOutcome(status switch { >= 200 and < 300 => PostResult.Accepted, >= 300 and < 400 => PostResult.Redirected, 410 => PostResult.Gone, _ => PostResult.Refused }, status);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new PostOutcome(PostResult.TooSlow);
        }
        catch (HttpRequestException wrong)
        {
            return new PostOutcome(Innermost(wrong) switch { ForbiddenAddressException => PostResult.Inside, AuthenticationException => PostResult.Untrusted, TimeoutException => PostResult.TooSlow, _ => PostResult.Unreachable });
        }
        catch (IOException)
        {
            return new PostOutcome(PostResult.Unreachable);
        }
    }

    private static string Seconds(SignedMessage message) => message.At.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private static Exception Innermost(Exception wrong)
    {
        for (var one = wrong; ; one = one.InnerException)
        {
            if (one is ForbiddenAddressException or AuthenticationException or TimeoutException || one.InnerException is null) return one;
        }
    }

    private SocketsHttpHandler Handler(Uri address) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        Credentials = null,
        ConnectTimeout = Connecting,
        MaxResponseHeadersLength = 32,
        // An answer is closed unread, whatever is in it.
        MaxResponseDrainSize = 0,
        ConnectCallback = (context, stop) => CheckedConnection.Open(context, settings.Allows(address.IdnHost) ? _ => true : AddressPolicy.IsPublic, stop),
    };
}
