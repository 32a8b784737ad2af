using System.Globalization;
using System.Text.Json.Nodes;

namespace VetBooking.Verify.Attacks.Hostile;

/// <summary>
/// Sees to it that payloads are stored where they will be shown: as an owner's and an animal's name, as notes, as the
/// practice's own texts. Each kind has numbers of its own, so that a page tells which of them it shows.
/// </summary>
internal sealed class Plants(Practice practice, Harvest harvest)
{
    private static readonly string[] Seeds =
    [
        "<img src=x onerror=§>", "\"><script>§</script>", "' onmouseover=§ autofocus onfocus=§ x='", "</title><svg onload=§>", "</textarea><img src=x onerror=§>", "javascript:§", "[x](javascript:§)", "**<b onclick=§>x</b>**",
        "=HYPERLINK(\"§\")", "+1 §", "@§", "-1 §", "&lt;img src=x onerror=§&gt;", "{{§}} ${§}", "\u202E<svg onload=§>", "<iframe src=javascript:§>", "x; § // \"; §; \"", "a,b;c\\n§", "</script><script>§</script>", "<a href=//evil.example/§>x</a>",
    ];

    /// <summary>The kinds, and where their numbers begin.</summary>
    public static readonly (string Name, int From)[] Kinds = [("owner", 900_000), ("animal", 910_000), ("note", 920_000), ("staff note", 930_000), ("texts", 940_000), ("visit type", 950_000)];

    public int Bookings { get; private set; }

    /// <summary>What a program sends to book, as good as it can be.</summary>
    public IReadOnlyList<(string Role, string Path, JsonObject Body)> Bodies { get; private set; } = [];

    public async Task Grow()
    {
        var facts = Facts.Read(practice.Target.Database);
        using var api = new Api(practice.Target.Url);
        var type = facts.Types[0];
        var species = type.Minutes.Keys.First();
        var starts = await api.Slots(type, species, null, Times.Now.InZone(facts.Zone).Date.PlusDays(1), 20);
        for (var i = 0; i < Seeds.Length; i++) await Book(type.Id, species, Times.Iso(starts[i * 7 % starts.Count].Start.ToInstant(), facts.Zone), i);
        var last = Times.Iso(starts[^1].Start.ToInstant(), facts.Zone);
        Bodies =
        [
            ("anonymous", "/api/v1/bookings", Body(type.Id, species, last, "Vera Prüfer", "Bello", "Ein Satz")),
            ("api", "/api/v1/staff/bookings", StaffBody(Body(type.Id, species, last, "Vera Prüfer", "Bello", "Ein Satz"), type.People[0])),
            ("api", "/api/v1/staff/appointments/ABC-123/cancellation", new JsonObject { ["reason"] = "krank", ["tell"] = false }),
            ("anonymous", "/praxis/anmelden/passkey", new JsonObject { ["id"] = "x", ["rawId"] = "x", ["type"] = "public-key", ["response"] = new JsonObject { ["clientDataJSON"] = "x", ["authenticatorData"] = "x", ["signature"] = "x" } }),
        ];
        await Settings();
        await Notes();
    }

    /// <summary>How many rows of each kind hold a payload.</summary>
    public Dictionary<string, long> Stored()
    {
        using var database = Database.OpenToRead(practice.Target.Database);
        var columns = new[] { "appointment WHERE name", "appointment_animal WHERE name", "appointment WHERE note", "appointment WHERE staff_note", "own_text WHERE words", "visit_type_text WHERE name" };
        return Kinds.Select((kind, i) => (kind.Name, Count: database.Number($"SELECT count(*) FROM {columns[i]} LIKE '%vbmark(%'"))).ToDictionary(one => one.Name, one => one.Count);
    }

    /// <summary>Visit types with a payload in their names, as if an administrator had typed it; the server must not run yet.</summary>
    public static void NameVisitTypes(Microsoft.Data.Sqlite.SqliteConnection database)
    {
        var types = database.Rows("SELECT DISTINCT visit_type_id FROM visit_type_text ORDER BY 1", row => row.GetString(0));
        for (var i = 0; i < types.Count; i++) database.Execute("UPDATE visit_type_text SET name = name || ' ' || $2 WHERE visit_type_id = $1", types[i], Seed(5, i));
        database.Execute("UPDATE practice SET revision = revision + 1");
    }

    private static string Seed(int kind, int i) => Seeds[i % Seeds.Length].Replace("§", string.Create(CultureInfo.InvariantCulture, $"vbmark({Kinds[kind].From + i})"), StringComparison.Ordinal);

    private async Task Book(string type, string species, string start, int i)
    {
        var body = Body(type, species, start, Seed(0, i), Seed(1, i), Seed(2, i));
        var reply = await practice.Send("anonymous", Json("/api/v1/bookings", body));
        if (reply.Status == 201) Bookings++;
    }

    private static Shot Json(string path, JsonObject body) =>
        new Shot("POST", System.Text.Encoding.ASCII.GetBytes(path), [], System.Text.Encoding.UTF8.GetBytes(body.ToJsonString())).And("Content-Type", "application/json").And("Idempotency-Key", Guid.NewGuid().ToString("N"));

    private static JsonObject Body(string type, string species, string start, string owner, string animal, string note) => new()
    {
        ["visitType"] = type,
        ["start"] = start,
        ["language"] = "de",
        ["owner"] = new JsonObject { ["name"] = owner, ["email"] = $"{Guid.NewGuid():N}@example.org", ["phone"] = "030 1234567" },
        ["animals"] = new JsonArray(new JsonObject { ["name"] = animal, ["species"] = species, ["born"] = "2020", ["reason"] = note }),
        ["note"] = note,
    };

    private static JsonObject StaffBody(JsonObject body, string vet)
    {
        body["vet"] = vet;
        body["minutes"] = 20;
        body["tell"] = true;
        return body;
    }

    /// <summary>Sentences of the practice's own: each saved through its preview.</summary>
    private async Task Settings()
    {
        await harvest.Walk("administrator", ["/praxis/einstellungen/texte"], 60, harvest.Pages.Count + 120);
        var texts = harvest.Pages.Where(one => one.Path.StartsWith("/praxis/einstellungen/texte/de/", StringComparison.Ordinal)).Select(one => one.Path.Split('?')[0]).Distinct().ToList();
        for (var i = 0; i < Math.Min(texts.Count, 40); i++) await Save(texts[i], name => name.StartsWith("text", StringComparison.Ordinal) || name.StartsWith("wort", StringComparison.Ordinal), Seed(4, i), replace: false);
    }

    private async Task Notes()
    {
        using var database = Database.OpenToRead(practice.Target.Database);
        var ids = database.Rows("SELECT id FROM appointment WHERE name LIKE '%vbmark(%' ORDER BY id LIMIT 10", row => row.GetInt64(0));
        for (var i = 0; i < ids.Count; i++) await Save($"/praxis/termin/{ids[i]}", name => name.Contains("notiz", StringComparison.Ordinal), Seed(3, i), replace: true, "/notiz");
    }

    /// <summary>Sends the form of a page that has such fields, with the payload in the last of them or in all of them.</summary>
    private async Task Save(string page, Func<string, bool> wanted, string payload, bool replace, string action = "")
    {
        var reply = await practice.Send("administrator", Shot.Get(page));
        if (Harvest.SheetsOf("administrator", page, reply.Body).Find(one => one.Method == "POST" && one.Path.Contains(action, StringComparison.Ordinal) && one.Fields.Any(field => wanted(field.Name))) is not { } sheet) return;
        var filled = sheet with { Fields = [.. sheet.Fields.Select(field => !wanted(field.Name) ? field : (field.Name, replace ? payload : $"{field.Value} {payload}"))] };
        reply = await practice.Send("administrator", FormBody.Of(filled));
        if (reply.IsPage && Harvest.SheetsOf("administrator", page, reply.Body).Find(one => one.IsPreview) is { } preview) await practice.Send("administrator", FormBody.Of(preview));
    }
}
