using System.Globalization;
using System.Text;
using System.Text.Json;
using NodaTime;

namespace VetBooking.Verify;

/// <summary>A free time, as the API gives it.</summary>
internal sealed record Slot(OffsetDateTime Start, int Minutes, string Vet);

/// <summary>The server's HTTP side, as an integrator sees it.</summary>
internal sealed class Api(Uri url) : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false })
    {
        BaseAddress = url,
        Timeout = TimeSpan.FromSeconds(60),
    };

    /// <summary>Throws only if there was no whole answer.</summary>
    public async Task<Answer> Book(Wanted wanted)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/bookings")
        {
            Content = new StringContent(wanted.Body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Idempotency-Key", wanted.Key);
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var answer = new Answer((int)response.StatusCode, text) { MediaType = response.Content.Headers.ContentType?.MediaType };
        if (answer.MediaType is not ("application/json" or "application/problem+json")) return answer;
        using var document = JsonDocument.Parse(text);
        var json = document.RootElement;
        if (!answer.Won) return answer with { Problem = Text(json, "type").Split('/')[^1], Nearest = Count(json, "nearest") };
        return answer with
        {
            Number = Text(json, "number"),
            State = Text(json, "status"),
            Start = Times.Read(Text(json, "start")),
            Minutes = json.GetProperty("minutes").GetInt32(),
            Vet = Text(json, "vet"),
        };
    }

    /// <summary>Books, and turns a connection that broke into an answer with status 0.</summary>
    public Task<Answer> TryBook(Wanted wanted) => Try(() => Book(wanted));

    /// <summary>Presses, and turns a connection that broke into an answer with status 0.</summary>
    public Task<Answer> TryPress(string path, params KeyValuePair<string, string>[] form) => Try(() => Press(path, form));

    public async Task<List<Slot>> Slots(Bookable type, string species, string? vet, LocalDate from, int days)
    {
        var path = string.Create(CultureInfo.InvariantCulture,
            $"api/v1/slots?visitType={type.Id}&species={species}&animals=1&from={from:uuuu-MM-dd}&days={days}{(vet is null ? "" : "&vet=" + vet)}");
        using var response = await http.GetAsync(new Uri(path, UriKind.Relative));
        var text = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode) throw new InvalidOperationException($"GET {path} answered {(int)response.StatusCode}: {text}");
        using var document = JsonDocument.Parse(text);
        return [.. document.RootElement.GetProperty("slots").EnumerateArray().Select(slot => new Slot(
            Times.Read(Text(slot, "start")) ?? throw new FormatException($"No instant: {slot}"),
            slot.GetProperty("minutes").GetInt32(),
            Text(slot, "vet")))];
    }

    public async Task<(int Status, string Body)> Open(HttpMethod method, string path, string? header = null, string? value = null)
    {
        using var request = new HttpRequestMessage(method, path.TrimStart('/'));
        if (header is not null) request.Headers.TryAddWithoutValidation(header, value);
        using var response = await http.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Presses a button, as a browser on the practice's own page does.</summary>
    public async Task<Answer> Press(string path, params KeyValuePair<string, string>[] form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path.TrimStart('/')) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Add("Origin", url.GetLeftPart(UriPartial.Authority));
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        using var response = await http.SendAsync(request);
        return new Answer((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public void Dispose() => http.Dispose();

    private static async Task<Answer> Try(Func<Task<Answer>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception problem) when (problem is HttpRequestException or TaskCanceledException or IOException)
        {
            return new Answer(0, problem.Message);
        }
    }

    private static string Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static int? Count(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array ? value.GetArrayLength() : null;
}
