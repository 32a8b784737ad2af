using System.Text;
using System.Text.Json.Nodes;

namespace VetBooking.Verify.Attacks.Hostile;

/// <summary>Somewhere a payload can be put: a field, a value of JSON, a key of a query, a header or a segment of a path; and who sends it.</summary>
internal sealed record Place(string Kind, string Role, string Name, Func<byte[], Shot> With)
{
    /// <summary>The form this is a field of.</summary>
    public Sheet? Sheet { get; init; }
}

/// <summary>Finds all places there are.</summary>
internal static class Places
{
    /// <summary>What ends sessions or closes accounts: the storm would go on outside a closed door.</summary>
    public static readonly string[] Spared = ["/praxis/abmelden", "/schliessung", "/sitzungen/ende", "/sitzungen/{id:long}/ende"];

    private static readonly string[] Headers =
    [
        "Host", "Origin", "Referer", "Accept-Language", "Accept", "Accept-Encoding", "Cookie", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "Forwarded", "Idempotency-Key", "Authorization", "Content-Type", "User-Agent",
        "If-None-Match", "If-Modified-Since", "If-Match", "Range", "Last-Event-ID", "Sec-Fetch-Site", "form-token", "X-Request-Id", "Traceparent", "Upgrade-Insecure-Requests", "X-HTTP-Method-Override", "X-Original-URL", "Priority", "Expect",
    ];

    private static readonly string[] InventedKeys = ["zurueck", "weiter", "gespeichert", "hl", "q", "seite", "callback", "x"];

    public static IEnumerable<Place> Fields(IEnumerable<Sheet> sheets) =>
        from sheet in sheets
        where !Spared.Any(part => sheet.Path.Contains(part, StringComparison.Ordinal))
        from at in Enumerable.Range(0, sheet.Fields.Count)
        group at by (sheet, sheet.Fields[at].Name) into field
        select new Place("field", field.Key.sheet.Role, $"{field.Key.sheet.Path} {field.Key.Name}", bytes => FormBody.Of(field.Key.sheet, field.First(), bytes)) { Sheet = field.Key.sheet };

    /// <summary>Every value of the bodies programs send, and the bodies as wholes.</summary>
    public static IEnumerable<Place> Json(IReadOnlyList<(string Role, string Path, JsonObject Body)> bodies)
    {
        foreach (var (role, path, body) in bodies)
        {
            Shot Send(byte[] bytes) => new Shot("POST", Encoding.ASCII.GetBytes(path), [], bytes).And("Content-Type", "application/json").And("Idempotency-Key", Guid.NewGuid().ToString("N"));
            yield return new Place("json", role, path + " body", Send);
            yield return new Place("json", role, path + " a key", bytes => Send([.. "{"u8, .. Quoted(bytes), .. ":1,"u8, .. Encoding.UTF8.GetBytes(body.ToJsonString()[1..])]));
            foreach (var at in Leaves(body, ""))
            {
                // Once as a string, once as what JSON makes of it.
                yield return new Place("json", role, $"{path} {at}", bytes => Send(Put(body, at, Quoted(bytes))));
                yield return new Place("json", role, $"{path} {at} bare", bytes => Send(Put(body, at, bytes)));
            }
        }
    }

    /// <summary>Every key known from links and forms, some nobody has heard of, and keys that are payloads themselves.</summary>
    public static IEnumerable<Place> Queries(RouteList routes, IReadOnlyDictionary<string, HashSet<string>> keys, IReadOnlyDictionary<string, string> examples)
    {
        foreach (var (_, pattern) in routes.All.Where(one => one.Method == "GET" && !Spared.Contains(one.Pattern)))
        {
            var path = examples.GetValueOrDefault(pattern) ?? With(pattern, "1");
            var role = RoleFor(routes, "GET " + pattern);
            foreach (var key in (keys.GetValueOrDefault(pattern) ?? []).Union(InventedKeys.Take(keys.ContainsKey(pattern) ? 2 : 8)))
            {
                yield return new Place("query", role, $"{pattern}?{key}", bytes => Shot.Get($"{path}?{key}={FormBody.Escaped(bytes)}"));
            }
            yield return new Place("query", role, $"{pattern}?…", bytes => Shot.Get($"{path}?{FormBody.Escaped(bytes)}=1&{FormBody.Escaped(bytes)}"));
        }
    }

    public static IEnumerable<Place> Segments(RouteList routes)
    {
        foreach (var (method, pattern) in routes.All.Where(one => one.Pattern.Contains('{', StringComparison.Ordinal) && !Spared.Contains(one.Pattern) && !Spared.Any(part => part.StartsWith("/s", StringComparison.Ordinal) && one.Pattern.EndsWith(part, StringComparison.Ordinal))))
        {
            var parts = pattern.Split('/');
            foreach (var at in Enumerable.Range(0, parts.Length).Where(i => parts[i].Contains('{', StringComparison.Ordinal)))
            {
                Shot Fill(string text) => new(method, Encoding.Latin1.GetBytes(string.Join('/', parts.Select((part, i) => i == at ? Hole(part, text) : Hole(part, "1")))), [], []);
                Shot Send(string text) => method == "GET" ? Fill(text) : Fill(text).And("Content-Type", "application/x-www-form-urlencoded").And("Sec-Fetch-Site", "same-origin");
                var role = RoleFor(routes, $"{method} {pattern}");
                yield return new Place("segment", role, $"{method} {pattern} {at}", bytes => Send(FormBody.Escaped(bytes)));
                yield return new Place("segment", role, $"{method} {pattern} {at} bare", bytes => Send(Encoding.Latin1.GetString(bytes)));
            }
        }
    }

    /// <summary>Every header on requests of each kind.</summary>
    public static IEnumerable<Place> OfHeaders(IReadOnlyList<(string Role, Shot Shot)> shots) =>
        from one in shots
        from name in Headers
        select new Place("header", one.Role, $"{one.Shot.Method} {Encoding.ASCII.GetString(one.Shot.Path).Split('?')[0]} {name}",
            bytes => one.Shot with { Headers = [.. one.Shot.Headers.Where(other => other.Name != name), (name, bytes)] });

    public static string With(string pattern, string id) => string.Join('/', pattern.Split('/').Select(part => Hole(part, id)));

    public static string RoleFor(RouteList routes, string route) => routes.Rights[route] switch { "anyone" => "anonymous", "token" => "api", "plan" => "front-desk", _ => "administrator" };

    private static string Hole(string part, string text) => part.IndexOf('{', StringComparison.Ordinal) is var from and >= 0 ? part[..from] + text + part[(part.IndexOf('}', StringComparison.Ordinal) + 1)..] : part;

    private static IEnumerable<string> Leaves(JsonNode? node, string at) => node switch
    {
        JsonObject many => many.SelectMany(one => Leaves(one.Value, $"{at}/{one.Key}")),
        JsonArray list => list.SelectMany((one, i) => Leaves(one, $"{at}/{i}")),
        _ => [at],
    };

    private static byte[] Put(JsonObject body, string at, byte[] bytes)
    {
        var copy = body.DeepClone();
        var (parent, keys) = (copy, at.Trim('/').Split('/'));
        foreach (var key in keys.SkipLast(1)) parent = parent is JsonArray list ? list[int.Parse(key, System.Globalization.CultureInfo.InvariantCulture)]! : parent[key]!;
        parent[keys[^1]] = "§HERE§";
        var text = copy.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        var from = text.IndexOf("\"§HERE§\"", StringComparison.Ordinal);
        return [.. Encoding.UTF8.GetBytes(text[..from]), .. bytes, .. Encoding.UTF8.GetBytes(text[(from + 8)..])];
    }

    /// <summary>A string of JSON that holds these bytes, good UTF-8 or not.</summary>
    private static byte[] Quoted(byte[] bytes)
    {
        var text = new MemoryStream();
        text.WriteByte((byte)'"');
        foreach (var one in bytes)
        {
            if (one is (byte)'"' or (byte)'\\') text.Write([(byte)'\\', one]);
            else if (one < 32) text.Write(Encoding.ASCII.GetBytes($"\\u{one:x4}"));
            else text.WriteByte(one);
        }
        text.WriteByte((byte)'"');
        return text.ToArray();
    }
}
