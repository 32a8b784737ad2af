using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using NodaTime;

namespace VetBooking.Verify.Attacks.Staff;

/// <summary>What is on the board: appointments with the revision shown, and blocked times.</summary>
internal sealed record Seen(IReadOnlyList<(long Id, int Revision)> Appointments, IReadOnlyList<long> Blocked);

/// <summary>What the server said to something that was sent.</summary>
/// <param name="Told">What it comes to.</param>
/// <param name="Text">The page.</param>
/// <param name="Location">Where it leads on; empty if nowhere.</param>
internal sealed record Reply(Told Told, string Text, string Location)
{
    /// <summary>The appointment's revision as the objection knows it.</summary>
    public int Revision { get; init; }
}

/// <summary>One place of work at the front desk: a browser that is signed in.</summary>
internal sealed partial class Desk(Uri url, StaffSession session, PlanLedger ledger) : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false })
    {
        BaseAddress = url,
        Timeout = TimeSpan.FromSeconds(60),
    };

    public long Account => session.Account;

    public async Task<Seen> Board(LocalDate day)
    {
        var page = await Open($"praxis/tag?tag={day:uuuu-MM-dd}");
        return new Seen(
            [.. OnBoard().Matches(page).Select(one => (Number(one.Groups[1]), (int)Number(one.Groups[2]))).Distinct()],
            [.. BlockedOnBoard().Matches(page).Select(one => Number(one.Groups[1])).Distinct()]);
    }

    /// <summary>What waits for a decision, with the revision shown.</summary>
    public async Task<Seen> Requests() => new(
        [.. Waiting().Matches(await Open("praxis/anfragen")).Select(one => (Number(one.Groups[1]), (int)Number(one.Groups[2])))], []);

    /// <summary>Why a time is blocked, as its page says; null if it is none of ours or gone.</summary>
    public async Task<string?> ReasonOf(long blocked) =>
        OurReason().Match(await Open(string.Create(CultureInfo.InvariantCulture, $"praxis/sperre/{blocked}"))) is { Success: true } found ? found.Value : null;

    /// <summary>Sends a form, by the page itself or as the board's script does.</summary>
    public async Task<Reply> Send(string path, bool asScript, params (string Name, string Value)[] form)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path)
            {
                Content = new FormUrlEncodedContent(form.Append(("form-token", session.FormToken)).Select(one => KeyValuePair.Create(one.Item1, one.Item2))),
            };
            request.Headers.Add("Cookie", session.Cookie);
            request.Headers.Add("Origin", url.GetLeftPart(UriPartial.Authority));
            request.Headers.Add("Sec-Fetch-Site", "same-origin");
            request.Headers.Add("Sec-Fetch-Mode", asScript ? "cors" : "navigate");
            using var response = await http.SendAsync(request);
            var reply = new Reply(Told.Done, await response.Content.ReadAsStringAsync(), response.Headers.Location?.ToString() ?? "");
            return Judge(reply, response.StatusCode, path, (int)Number(form.FirstOrDefault(one => one.Name == "revision").Value));
        }
        catch (Exception problem) when (problem is HttpRequestException or TaskCanceledException or IOException)
        {
            ledger.Broken.Enqueue($"{path}: {problem.Message}");
            return new Reply(Told.Broken, "", "");
        }
    }

    public void Dispose() => http.Dispose();

    private Reply Judge(Reply reply, HttpStatusCode status, string path, int sent)
    {
        if ((int)status >= 500) ledger.Broken.Enqueue($"{path}: {(int)status} {reply.Text}");
        if (status is HttpStatusCode.SeeOther or HttpStatusCode.NoContent) return reply;
        if (status == HttpStatusCode.NotFound) return reply with { Told = Told.Gone };
        if (status is HttpStatusCode.Conflict or HttpStatusCode.UnprocessableEntity)
        {
            var objection = Objection().Match(reply.Text).Value;
            // Only whoever may send it again gets a form, and only after a change by somebody else it has another revision.
            var revision = RevisionField().Match(objection) is { Success: true } field ? (int)Number(field.Groups[1]) : sent;
            var asks = Consent().IsMatch(objection.Length > 0 ? objection : reply.Text);
            return reply with { Told = revision != sent ? Told.Changed : asks ? Told.Asked : Told.Refused, Revision = revision };
        }
        ledger.Odd.Enqueue($"{path}: {(int)status} {reply.Text[..Math.Min(200, reply.Text.Length)]}");
        return reply with { Told = Told.Broken };
    }

    private async Task<string> Open(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Cookie", session.Cookie);
        using var response = await http.SendAsync(request);
        if ((int)response.StatusCode >= 500) ledger.Broken.Enqueue($"GET {path}: {(int)response.StatusCode}");
        return await response.Content.ReadAsStringAsync();
    }

    private static long Number(Group group) => Number(group.Value);

    private static long Number(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;

    [GeneratedRegex(@"data-id=""(\d+)"" data-r=""(\d+)""")]
    private static partial Regex OnBoard();

    [GeneratedRegex(@"data-sperre=""(\d+)""")]
    private static partial Regex BlockedOnBoard();

    [GeneratedRegex(@"(?s)/praxis/anfragen/(\d+)/entscheidung"".{0,200}?name=""stand"" value=""(\d+)""")]
    private static partial Regex Waiting();

    [GeneratedRegex("Sperre [0-9]+-[0-9]+")]
    private static partial Regex OurReason();

    [GeneratedRegex(@"(?s)id=""entscheid"".*?</section>")]
    private static partial Regex Objection();

    [GeneratedRegex(@"name=""revision"" value=""(\d+)""")]
    private static partial Regex RevisionField();

    [GeneratedRegex(@"name=""(trotzdem|einschieben|grund)""")]
    private static partial Regex Consent();
}
