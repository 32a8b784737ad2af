using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace VetBooking.Fleet.Updates;

/// <summary>What a release answered on a copy of a practice's data: pages, the interface for programs, and one booking.</summary>
internal sealed record TrialRun
{
    private const int Rounds = 1_000;

    private static readonly string[] Pages = ["/", "/buchen", "/impressum", "/datenschutz", "/barrierefreiheit", "/praxis"];

    /// <summary>Every request and what came: its status, and JSON if that it was.</summary>
    public required IReadOnlyList<(string Request, int Status, JsonNode? Body)> Answers { get; init; }

    /// <summary>How long a thousand requests took.</summary>
    public required TimeSpan Took { get; init; }

    public long Memory { get; init; }

    /// <summary>How many mails the booking made, sent or waiting.</summary>
    public int Mails { get; init; }

    /// <summary>How many appointments more there are.</summary>
    public int Appointments { get; init; }

    public static async Task<TrialRun> Play(HttpClient http)
    {
        var answers = new List<(string, int, JsonNode?)>();
        foreach (var page in Pages) answers.Add(await Get(http, page));
        answers.Add(await Get(http, "/api/v1/practice"));
        answers.Add(await Get(http, "/api/v1/visit-types"));
        if (answers[^1] is (_, 200, { } types)) answers.AddRange(await Book(http, types["visitTypes"]!.AsArray()));
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < Rounds; i++) await Get(http, i % 2 == 0 ? "/buchen" : "/api/v1/visit-types");
        return new TrialRun { Answers = answers, Took = clock.Elapsed };
    }

    /// <summary>Says where the new release answers worse than the old one; null if nowhere.</summary>
    public static string? Difference(TrialRun old, TrialRun young)
    {
        foreach (var (before, after) in old.Answers.Zip(young.Answers))
        {
            if (before.Request != after.Request) return $"it goes another way from {before.Request} on.";
            if (before.Status != after.Status) return $"{after.Request} answers {after.Status} instead of {before.Status}.";
            if (before.Body is not null && !Includes(after.Body, before.Body)) return $"{after.Request} says something else than before.";
        }
        return young switch
        {
            _ when old.Answers.Count != young.Answers.Count => "it answers fewer requests.",
            _ when young.Appointments != old.Appointments => "a booking that was acknowledged is not in the database.",
            _ when young.Mails < old.Mails => "a booking makes no mail.",
            _ when young.Took > (old.Took * 3) + TimeSpan.FromMilliseconds(300) => string.Create(CultureInfo.InvariantCulture, $"it takes {young.Took.TotalMilliseconds:0} ms for what took {old.Took.TotalMilliseconds:0} ms."),
            _ when young.Memory > (old.Memory * 2) + (32 << 20) => string.Create(CultureInfo.InvariantCulture, $"it takes {young.Memory / 1e6:0} MB of memory instead of {old.Memory / 1e6:0} MB."),
            _ => null,
        };
    }

    // A newer release may say more; what was said before has to be there still.
    internal static bool Includes(JsonNode? whole, JsonNode? part) => (whole, part) switch
    {
        (JsonObject more, JsonObject less) => less.All(pair => more.ContainsKey(pair.Key) && Includes(more[pair.Key], pair.Value)),
        (JsonArray more, JsonArray less) => more.Count == less.Count && more.Zip(less).All(pair => Includes(pair.First, pair.Second)),
        _ => JsonNode.DeepEquals(whole, part),
    };

    // The first time of the first visit type that takes it. From the day after tomorrow: no lead time ends between two trials.
    private static async Task<List<(string, int, JsonNode?)>> Book(HttpClient http, JsonArray types)
    {
        var answers = new List<(string, int, JsonNode?)>();
        foreach (var type in types.OfType<JsonObject>())
        {
            var (id, species) = ((string)type["id"]!, type["minutes"]!.AsObject().Select(pair => pair.Key).Min(StringComparer.Ordinal));
            if (species is null || (string?)type["audience"] != "anyone") continue;
            var from = DateTime.UtcNow.AddDays(2).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            var slots = await Get(http, $"/api/v1/slots?visitType={Uri.EscapeDataString(id)}&species={Uri.EscapeDataString(species)}&from={from}&days=30");
            answers.Add(slots);
            if (slots is not (_, 200, { } body) || body["slots"]!.AsArray() is not [{ } first, ..]) continue;
            var booked = await Post(http, id, species, (string)first["start"]!);
            answers.Add(booked);
            if (booked.Status == 201) return answers;
        }
        return answers;
    }

    private static async Task<(string Request, int Status, JsonNode? Body)> Get(HttpClient http, string path)
    {
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative));
        return (path, (int)answer.StatusCode, await Json(answer));
    }

    private static async Task<(string Request, int Status, JsonNode? Body)> Post(HttpClient http, string visitType, string species, string start)
    {
        var wish = new JsonObject
        {
            ["visitType"] = visitType,
            ["start"] = start,
            ["language"] = "de",
            ["owner"] = new JsonObject { ["name"] = "Probe", ["email"] = "probe@probe.invalid", ["phone"] = "030 1234567" },
            ["animals"] = new JsonArray(new JsonObject { ["name"] = "Probe", ["species"] = species, ["reason"] = "Probe" }),
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/v1/bookings", UriKind.Relative)) { Content = new StringContent(wish.ToJsonString(), null, "application/json") };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString("N"));
        using var answer = await http.SendAsync(request);
        // Number and end of the hold are each booking's own.
        var body = await Json(answer) as JsonObject;
        body?.Remove("number");
        body?.Remove("heldUntil");
        return ($"booking of {visitType} for {species}", (int)answer.StatusCode, answer.IsSuccessStatusCode ? body : null);
    }

    private static async Task<JsonNode?> Json(HttpResponseMessage answer)
    {
        if (answer.Content.Headers.ContentType?.MediaType != "application/json") return null;
        try
        {
            return JsonNode.Parse(await answer.Content.ReadAsStreamAsync());
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
