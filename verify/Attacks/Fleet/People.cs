using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace VetBooking.Verify.Attacks.Fleet;

/// <summary>One person a practice who books all the time, through the edge, and writes down what was promised.</summary>
internal sealed class People : IAsyncDisposable
{
    /// <summary>What a practice's settings need so that one address may come all the time.</summary>
    public const string Limits = """
        "limits":{"requestsPerBlockAndMinute":1000000,"triesPerBlockAndHour":1000000,"holdsPerBlock":1000000,"holdsPerAddress":1000,"bookingsPerAddressAndDay":1000,"holdsInAll":1000000}
        """;

    private readonly FleetHost host;
    private readonly Func<string, Task<string>> kept;
    private readonly CancellationTokenSource over = new();
    private readonly Task[] visits;
    private readonly ConcurrentBag<(string Practice, string Number)> promised = [];
    private readonly ConcurrentBag<string> failures = [];
    private readonly ConcurrentBag<double> took = [];

    /// <param name="host">The host whose edge they come to.</param>
    /// <param name="practices">Where they book.</param>
    /// <param name="kept">Reads the numbers in a practice's database, one a line; from the host's own folders, if not given.</param>
    public People(FleetHost host, IReadOnlyList<string> practices, Func<string, Task<string>>? kept = null)
    {
        this.host = host;
        this.kept = kept ?? (practice => host.Lab.RunOk($"sqlite3 /var/lib/vetbooking/{practice}/practice.db 'SELECT number FROM appointment'"));
        visits = [.. practices.Select(practice => Task.Run(() => Visit(practice)))];
    }

    public int Acknowledged => promised.Count;

    /// <summary>The numbers of what was acknowledged.</summary>
    public IReadOnlyList<string> Promised => [.. promised.Select(one => one.Number)];

    public IReadOnlyCollection<string> Failures => failures;

    public IEnumerable<double> Took => took;

    /// <summary>A promise nobody made, for the control.</summary>
    public void Pretend(string practice) => promised.Add((practice, "VB-0000-0000"));

    public async Task Stop()
    {
        await over.CancelAsync();
        await Task.WhenAll(visits);
    }

    /// <summary>Bookings that were acknowledged and are not in the database.</summary>
    public async Task<IReadOnlyList<string>> Lost()
    {
        var lost = new List<string>();
        foreach (var practice in promised.GroupBy(one => one.Practice))
        {
            var there = (await kept(practice.Key)).Split('\n').ToHashSet();
            lost.AddRange(practice.Where(one => !there.Contains(one.Number)).Select(one => $"{one.Practice} {one.Number}"));
        }
        return lost;
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        over.Dispose();
    }

    private async Task Visit(string practice)
    {
        using var http = host.Visitor($"{practice}.vet.test");
        var day = 0;
        while (!over.IsCancellationRequested)
        {
            try
            {
                var watch = Stopwatch.StartNew();
                var from = DateTime.UtcNow.AddDays(3 + (day++ % 25)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
                using var answer = await http.GetAsync(new Uri($"/api/v1/slots?visitType=impfung&species=dog&from={from}&days=3", UriKind.Relative));
                took.Add(watch.Elapsed.TotalMilliseconds);
                if (!answer.IsSuccessStatusCode)
                {
                    failures.Add($"{practice}: slots {(int)answer.StatusCode}");
                    continue;
                }
                var slots = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("slots");
                if (slots.GetArrayLength() > 0) await Book(http, practice, slots[Random.Shared.Next(slots.GetArrayLength())].GetProperty("start").GetString()!);
            }
            catch (Exception problem) when (problem is HttpRequestException or TaskCanceledException)
            {
                failures.Add($"{practice}: {problem.Message} {problem.GetBaseException().Message}");
            }
            await Task.Delay(150);
        }
    }

    private async Task Book(HttpClient http, string practice, string start)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/v1/bookings", UriKind.Relative))
        {
            Content = JsonContent.Create(new
            {
                visitType = "impfung",
                start,
                language = "de",
                owner = new { name = "Erika Muster", email = $"{Guid.NewGuid():N}@example.org", phone = "030 1234567" },
                animals = new[] { new { name = "Bello", species = "dog" } },
            }),
        };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString("N"));
        var watch = Stopwatch.StartNew();
        using var answer = await http.SendAsync(request);
        took.Add(watch.Elapsed.TotalMilliseconds);
        var body = await answer.Content.ReadAsStringAsync();
        if ((int)answer.StatusCode == 201) promised.Add((practice, JsonDocument.Parse(body).RootElement.GetProperty("number").GetString()!));
        else if ((int)answer.StatusCode is not (409 or 429)) failures.Add($"{practice}: booking {(int)answer.StatusCode}");
    }
}
