using System.Net;
using System.Net.Security;
using System.Text;
using VetBooking.Web.Protection;

namespace VetBooking.Web.Clients.Busy;

/// <summary>Why a calendar could not be read; the page words it.</summary>
internal enum BusyProblem { NotAllowed, Unreachable, Refused, TooLarge, TooSlow, NoCalendar, TooMuch, Partly }

/// <summary>What may be asked. A practice asks public addresses only; a test has its own machine.</summary>
internal sealed record FetchRules
{
    public Func<Uri, bool> MayAsk { get; init; } = AddressPolicy.IsAcceptable;
    public Func<IPAddress, bool> MayConnect { get; init; } = AddressPolicy.IsPublic;

    /// <summary>Another judge of certificates than the system's; null for the system's.</summary>
    public RemoteCertificateValidationCallback? Trust { get; init; }

    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);
}

/// <summary>
/// Fetches a calendar from an address somebody typed. A name is looked up once and the connection goes to the very address
/// that was judged; redirections are judged anew, nothing personal is sent along, and what comes is bounded.
/// </summary>
internal sealed class CalendarFetch(FetchRules rules)
{
    public const int MostBytes = 1024 * 1024;
    private const int MostHops = 3;

    /// <summary>The text of the calendar, or why there is none.</summary>
    public async Task<(string? Text, BusyProblem? Problem)> Get(Uri address, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(rules.Patience);
        try
        {
            using var http = new HttpClient(Handler(), disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };
            for (var hop = 0; hop <= MostHops; hop++)
            {
                if (!rules.MayAsk(address)) return (null, BusyProblem.NotAllowed);
                using var request = new HttpRequestMessage(HttpMethod.Get, address);
                request.Headers.Add("Accept", "text/calendar");
                using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
                if ((int)answer.StatusCode is >= 300 and < 400 && answer.Headers.Location is { } next)
                {
                    address = new Uri(address, next);
                    continue;
                }
                return answer.StatusCode == HttpStatusCode.OK ? await Read(answer, patience.Token) : (null, BusyProblem.Refused);
            }
            return (null, BusyProblem.Refused);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return (null, BusyProblem.TooSlow);
        }
        catch (HttpRequestException wrong)
        {
            return (null, wrong.InnerException is ForbiddenAddressException ? BusyProblem.NotAllowed : BusyProblem.Unreachable);
        }
        catch (Exception wrong) when (wrong is IOException or UriFormatException)
        {
            return (null, BusyProblem.Unreachable);
        }
    }

    private SocketsHttpHandler Handler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        Credentials = null,
        MaxResponseHeadersLength = 32,
        SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = rules.Trust },
        ConnectCallback = (context, stop) => CheckedConnection.Open(context, rules.MayConnect, stop),
    };

    private static async Task<(string? Text, BusyProblem? Problem)> Read(HttpResponseMessage answer, CancellationToken stop)
    {
        if (answer.Content.Headers.ContentLength > MostBytes) return (null, BusyProblem.TooLarge);
        await using var body = await answer.Content.ReadAsStreamAsync(stop);
        using var bytes = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await body.ReadAsync(buffer, stop)) > 0)
        {
            if (bytes.Length + read > MostBytes) return (null, BusyProblem.TooLarge);
            bytes.Write(buffer, 0, read);
        }
        return (Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length), null);
    }
}
