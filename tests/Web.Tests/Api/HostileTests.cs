using System.Text.Json.Nodes;
using VetBooking.Tests.Running;

namespace VetBooking.Tests.Api;

/// <summary>What nobody types by mistake.</summary>
public sealed class HostileTests(PracticeFixture fixture)
{
    public static readonly TheoryData<string, string> Values = new()
    {
        { "owner.name", "" }, { "owner.name", "   " }, { "owner.name", "Eva\0" }, { "owner.name", "Eva\r\nBcc: x@example.org" }, { "owner.name", "Eva\tA" },
        { "owner.name", "Eva\u202Eave" }, { "owner.name", "\u2066Eva" }, { "owner.name", "\u200B" }, { "owner.name", "Eva\uFEFF" }, { "owner.name", "Eva\u2028A" },
        { "owner.name", "\uE000" }, { "owner.name", new string('x', 101) }, { "owner.name", "\u001b[2J" },
        { "owner.email", "" }, { "owner.email", "erika" }, { "owner.email", "@example.org" }, { "owner.email", "erika@" }, { "owner.email", "erika@localhost" },
        { "owner.email", "a\u202Eb@example.org" }, { "owner.email", "\"erika\"@example.org" }, { "owner.email", "\"a b\"@example.org" }, { "owner.email", "Erika <erika@example.org>" },
        { "owner.email", "a@example.org,b@example.org" }, { "owner.email", "a@example.org;b@example.org" }, { "owner.email", "a@example.org b@example.org" },
        { "owner.email", "a@b@example.org" }, { "owner.email", "a\n@example.org" }, { "owner.email", "a\r\n@example.org" }, { "owner.email", "a@example.org\nBcc:b@example.org" },
        { "owner.email", "a@exa\nmple.org" }, { "owner.email", "a@example\n.org" }, { "owner.email", "a\0@example.org" }, { "owner.email", "a@example.org\0" },
        { "owner.email", "a..b@example.org" }, { "owner.email", ".a@example.org" }, { "owner.email", "a.@example.org" }, { "owner.email", "a@example..org" },
        { "owner.email", "a@-example.org" }, { "owner.email", "a@[127.0.0.1]" }, { "owner.email", "a@127.0.0.1" }, { "owner.email", "müller@example.org" },
        { "owner.email", new string('a', 65) + "@example.org" }, { "owner.email", "a@" + string.Concat(Enumerable.Repeat("abcdefghi.", 25)) + "example" },
        { "owner.email", "a@" + string.Concat(Enumerable.Repeat("ääääääää.", 25)) + "de" },
        { "owner.phone", "anrufen" }, { "owner.phone", "12" }, { "owner.phone", new string('1', 30) }, { "owner.phone", "030\u202E 12345" }, { "owner.phone", "030 12345<b>" },
        { "owner.phone", "030\n12345" }, { "owner.phone", "٠٣٠١٢٣٤٥" },
        { "animals[0].name", "" }, { "animals[0].name", "Bel\u0007lo" }, { "animals[0].name", new string('x', 41) }, { "animals[0].name", "Bel\nlo" },
        { "animals[0].species", "" }, { "animals[0].species", "dragon" }, { "animals[0].species", "cattle" }, { "animals[0].species", "DOG" },
        { "animals[0].born", "gestern" }, { "animals[0].born", "3000" }, { "animals[0].born", "2027-01" }, { "animals[0].born", "2026-02-30" }, { "animals[0].born", "0000" },
        { "animals[0].born", "-001" }, { "animals[0].born", "２０２１" }, { "animals[0].reason", new string('x', 121) }, { "animals[0].reason", "a\nb" },
        { "note", new string('x', 1001) }, { "note", "a\0b" }, { "note", "a\u202Eb" }, { "language", "fr" }, { "language", "" }, { "start", "morgen" }, { "start", "" }, { "start", "9999-12-31T23:59:59-18:00" }, { "start", "0001-01-01T00:00:00+18:00" },
        { "visitType", "" }, { "visitType", "impf\0ung" }, { "visitType", new string('x', 61) },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public async Task A_hostile_value_is_refused_by_its_field_and_nothing_is_saved(string field, string value)
    {
        await using var practice = await fixture.Start();
        var before = (practice.Count("appointment"), practice.Count("outbox"), practice.Count("owner"));
        var answer = await practice.Api.Book(With(ApiClient.Wish("impfung", "2026-12-01T09:10:00+01:00"), field, value));
        Assert.Equal((422, "application/problem+json", "invalid"), (answer.Status, answer.Type, answer.Problem));
        Assert.Equal([field], answer.Fields);
        Assert.Equal(before, (practice.Count("appointment"), practice.Count("outbox"), practice.Count("owner")));
    }

    [Theory]
    [InlineData("owner.name", "name", "Mu\u0308ller-Lu\u0308denscheidt 🐕", "Müller-Lüdenscheidt 🐕")]
    [InlineData("owner.name", "name", "  Dr. Ngô Thị Ánh  ", "Dr. Ngô Thị Ánh")]
    [InlineData("owner.name", "name", "=1+1", "=1+1")]
    [InlineData("owner.name", "name", "<script>alert(1)</script>", "<script>alert(1)</script>")]
    [InlineData("owner.name", "name", "'; DROP TABLE appointment; --", "'; DROP TABLE appointment; --")]
    [InlineData("owner.name", "name", "👩‍👧 Familie Öztürk", "👩‍👧 Familie Öztürk")]
    [InlineData("owner.email", "email", " Erika.M+hund@Example.ORG ", "Erika.M+hund@Example.ORG")]
    [InlineData("owner.email", "email", "erika@müller.example", "erika@xn--mller-kva.example")]
    [InlineData("owner.email", "email_key", "Erika@Example.ORG", "erika@example.org")]
    [InlineData("owner.phone", "phone", "+49 (0)30 / 23125-001", "+49 (0)30 / 23125-001")]
    [InlineData("note", "note", "Zeile eins\r\nZeile zwei", "Zeile eins\nZeile zwei")]
    public async Task What_people_really_type_is_kept_in_one_form(string field, string column, string typed, string kept)
    {
        await using var practice = await fixture.Start();
        var slot = (await practice.Api.Slots("impfung"))[0];
        var answer = await practice.Api.Book(With(ApiClient.Wish("impfung", slot.Start), field, typed));
        Assert.Equal(201, answer.Status);
        Assert.Equal(kept, practice.Of(answer.Number, column));
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_said_at_once()
    {
        await using var practice = await fixture.Start();
        var answer = await practice.Api.Post("{}", "abc");
        Assert.Equal(["visitType", "start", "owner.name", "owner.email", "animals"], answer.Fields);
        Assert.All(answer.Json["errors"]!.AsObject(), pair => Assert.NotEmpty((string)pair.Value![0]!));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(100)]
    public async Task A_visit_has_one_to_six_animals(int animals)
    {
        await using var practice = await fixture.Start();
        var wish = ApiClient.Wish("impfung", "2026-12-01T09:10:00+01:00");
        wish["animals"] = new JsonArray([.. Enumerable.Range(0, animals).Select(i => (JsonNode)new JsonObject { ["name"] = $"Tier {i}", ["species"] = "dog" })]);
        var answer = await practice.Api.Book(wish);
        Assert.Equal(422, answer.Status);
        Assert.Equal(["animals"], answer.Fields);
    }

    public static readonly TheoryData<string> Bodies =
    [
        "", " ", "null", "[]", "\"text\"", "{", "{\"visitType\":", "{'visitType':'impfung'}", "not json", "{\"visitType\":5}", "{\"animals\":{}}", "{\"animals\":[5]}",
        "{\"owner\":[]}", "{\"start\":{\"a\":1}}", "{\"visitType\":\"\\ud800\"}", "{\"note\":\"\\u\"}", "{} {}", "{\"visitType\":\"a\0b\"}",
        "{\"x\":" + new string('[', 100) + new string(']', 100) + "}", new string('[', 5000), "{\"note\":\"" + new string('x', 100_000) + "\"}",
        "<?xml version=\"1.0\"?><a/>", "visitType=impfung",
    ];

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_body_that_cannot_be_read_is_said_to_be_that(string body)
    {
        await using var practice = await fixture.Start();
        var answer = await practice.Api.Post(body, "abc");
        Assert.Equal((400, "application/problem+json", "unreadable"), (answer.Status, answer.Type, answer.Problem));
        Assert.Equal(0, practice.Count("answered"));
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_unreadable_too()
    {
        await using var practice = await fixture.Start();
        using var content = new ByteArrayContent([.. "{\"note\":\""u8, 0xC3, 0x28, .. "\"}"u8]);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/bookings") { Content = content };
        request.Headers.Add("Idempotency-Key", "abc");
        using var response = await practice.Http.SendAsync(request);
        Assert.Equal((400, "application/problem+json"), ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType));
    }

    private static JsonObject With(JsonObject wish, string field, string value)
    {
        var parts = field.Replace("[0]", ".0", StringComparison.Ordinal).Split('.');
        JsonNode node = wish;
        foreach (var part in parts[..^1]) node = part == "0" ? node[0]! : node[part]!;
        node[parts[^1]] = value;
        return wish;
    }
}
