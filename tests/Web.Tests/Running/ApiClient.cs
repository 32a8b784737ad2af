using System.Text;
using System.Text.Json.Nodes;

namespace VetBooking.Tests.Running;

/// <summary>A start that the API offers.</summary>
public sealed record Slot(string Start, int Minutes, string Vet);

/// <summary>What the API answered.</summary>
public sealed record ApiAnswer(int Status, string Type, string Text, HttpResponseMessage Response)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    public string Number => (string)Json["number"]!;

    /// <summary>The answer's <c>type</c>, if it is a problem.</summary>
    public string? Problem => (string?)Json["type"];

    public string? Cause => (string?)Json["cause"];

    /// <summary>The names of the fields something is wrong with.</summary>
    public IEnumerable<string> Fields => Json["errors"]?.AsObject().Select(pair => pair.Key) ?? [];
}

/// <summary>A program that books.</summary>
public sealed class ApiClient(HttpClient http)
{
    public async Task<ApiAnswer> Get(string path) => await Read(await http.GetAsync(path));

    public async Task<List<Slot>> Slots(string visitType, string species = "dog", string more = "") =>
        SlotsIn((await Get($"/api/v1/slots?visitType={visitType}&species={species}{more}")).Json["slots"]!);

    public static List<Slot> SlotsIn(JsonNode slots) =>
        [.. slots.AsArray().Select(slot => new Slot((string)slot!["start"]!, (int)slot["minutes"]!, (string)slot["vet"]!))];

    /// <summary>A booking that is right in every field.</summary>
    public static JsonObject Wish(string visitType, string start, string? vet = null, string email = "erika@example.org", string species = "dog") => new()
    {
        ["visitType"] = visitType,
        ["start"] = start,
        ["vet"] = vet,
        ["language"] = "de",
        ["owner"] = new JsonObject { ["name"] = "Erika Mustermann", ["email"] = email, ["phone"] = "030 23125 001" },
        ["animals"] = new JsonArray(new JsonObject { ["name"] = "Bello", ["species"] = species, ["born"] = "2021" }),
    };

    public Task<ApiAnswer> Book(JsonObject wish, string? key = null, string? from = null) => Post(wish.ToJsonString(), key ?? Guid.NewGuid().ToString(), from);

    /// <summary>Books the first slot of a visit type.</summary>
    public async Task<ApiAnswer> BookFirst(string visitType, string species = "dog", string email = "erika@example.org", string more = "", string language = "de")
    {
        var slot = (await Slots(visitType, species, more))[0];
        var wish = Wish(visitType, slot.Start, slot.Vet, email, species);
        wish["language"] = language;
        var answer = await Book(wish);
        Assert.Equal(201, answer.Status);
        return answer;
    }

    public async Task<ApiAnswer> Post(string body, string? key, string? from = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/bookings") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        if (from is not null) request.Headers.Add("X-Forwarded-For", from);
        return await Read(await http.SendAsync(request));
    }

    private static async Task<ApiAnswer> Read(HttpResponseMessage response) =>
        new((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType ?? "", await response.Content.ReadAsStringAsync(), response);
}
