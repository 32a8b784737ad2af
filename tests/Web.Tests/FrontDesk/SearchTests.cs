using System.Text.Json;
using VetBooking.Tests.Running;
using VetBooking.Web.FrontDesk;
using VetBooking.Web.SignIn;

namespace VetBooking.Tests.FrontDesk;

/// <summary>One box that finds owners, animals, telephone numbers and appointment numbers.</summary>
public sealed class SearchTests(PracticeFixture fixture)
{
    private const string People = """
        INSERT INTO owner (id, name, email, email_key, phone, created_at) VALUES
        (9001, 'Ünal Müßiggänger', 'u@example.org', 'u@example.org', '+49 171 3920011', 1), (9002, 'Gerda Großkopf-Łukasz', '', '', '030 23125 777', 1),
        (9003, 'Jörg Mayerhöfer', '', '', '', 1);
        INSERT INTO animal (owner_id, name, species_id) VALUES (9001, 'Schnüffelchen', 'dog'), (9001, 'Zwetschge', 'cat'), (9003, 'Wüstenfüchsin', 'dog');
        """;

    private static async Task<List<string>> Names(Desk desk, string typed)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/praxis/suche")
        {
            Content = new FormUrlEncodedContent([new(SearchPages.Field, typed), new(Staff.FormTokenField, Sessions.FormToken(desk.Token))]),
        };
        request.Headers.Add("Accept", "application/json");
        using var answer = await desk.Http.SendAsync(request);
        Assert.Equal(200, (int)answer.StatusCode);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return [.. json.RootElement.GetProperty("hits").EnumerateArray().Select(hit => hit.GetProperty("name").GetString()!)];
    }

    [Theory]
    [InlineData("Ünal Müßiggänger", "Ünal Müßiggänger")]
    [InlineData("muessiggaenger", "Ünal Müßiggänger")]
    [InlineData("MUSSIGGANGER", "Ünal Müßiggänger")]
    [InlineData("Muesigg", "Ünal Müßiggänger")]
    [InlineData("Müßignäger", "Ünal Müßiggänger")]
    [InlineData("schnueffelch", "Ünal Müßiggänger")]
    [InlineData("müßig zwetsch", "Ünal Müßiggänger")]
    [InlineData("0171 392 00 11", "Ünal Müßiggänger")]
    [InlineData("+49 (171) 3920011", "Ünal Müßiggänger")]
    [InlineData("23125777", "Gerda Großkopf-Łukasz")]
    [InlineData("grosskopf", "Gerda Großkopf-Łukasz")]
    [InlineData("Lukasz", "Gerda Großkopf-Łukasz")]
    [InlineData("Meierhofer", "Jörg Mayerhöfer")]
    [InlineData("joerg Mayerhöfre", "Jörg Mayerhöfer")]
    [InlineData("Wuestenfuchsin", "Jörg Mayerhöfer")]
    public async Task Owners_are_found_however_they_are_spelt(string typed, string name)
    {
        await using var practice = await fixture.Start(new Wanted { Sql = People });
        Assert.Equal(name, (await Names(await practice.SignedIn(), typed))[0]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("m")]
    [InlineData("Qwrtzpsdfgh")]
    [InlineData("%' OR 1=1 --")]
    [InlineData("   ")]
    [InlineData("🦄")]
    public async Task What_nobody_is_called_finds_nobody(string typed)
    {
        await using var practice = await fixture.Start(new Wanted { Sql = People });
        Assert.Empty(await Names(await practice.SignedIn(), typed));
    }

    [Fact]
    public async Task The_search_follows_every_change_of_owners_and_animals()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = People });
        var desk = await practice.SignedIn();
        Assert.Equal(["Jörg Mayerhöfer"], await Names(desk, "Mayerhöfer"));
        practice.Db.Execute("UPDATE owner SET name = 'Jörg Quittenbaum' WHERE id = 9003");
        Assert.Empty(await Names(desk, "Mayerhöfer"));
        Assert.Equal(["Jörg Quittenbaum"], await Names(desk, "Quittenbaum"));
        practice.Db.Execute("UPDATE animal SET owner_id = 9002 WHERE name = 'Wüstenfüchsin'");
        Assert.Equal(["Gerda Großkopf-Łukasz"], await Names(desk, "Wüstenfüchsin"));
        practice.Db.Execute("INSERT INTO co_owner (animal_id, owner_id) SELECT id, 9001 FROM animal WHERE name = 'Wüstenfüchsin'; INSERT INTO owner_phone (owner_id, position, phone) VALUES (9001, 1, '0176 9998877')");
        Assert.Equal(2, (await Names(desk, "Wüstenfüchsin")).Count);
        Assert.Equal(["Ünal Müßiggänger"], await Names(desk, "01769998 877"));
        practice.Db.Execute("UPDATE animal SET name = 'Wüstling' WHERE name = 'Wüstenfüchsin'");
        Assert.Equal(2, (await Names(desk, "Wüstling")).Count);
        practice.Db.Execute("UPDATE animal SET name = 'Wüstenfüchsin' WHERE name = 'Wüstling'");
        practice.Db.Execute("DELETE FROM animal WHERE name = 'Wüstenfüchsin'");
        Assert.Empty(await Names(desk, "Wüstenfüchsin"));
        practice.Db.Execute("DELETE FROM owner WHERE id = 9003");
        Assert.Empty(await Names(desk, "Quittenbaum"));
        practice.Db.Execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) INSERT INTO owner (name, email, email_key, created_at) SELECT 'Xaver Importiert ' || i, '', '', 1 FROM n");
        Assert.Equal(OwnerSearch.Most, (await Names(desk, "Importiert")).Count);
        Assert.Equal("Xaver Importiert 2999", (await Names(desk, "importiert 2999"))[0]);
        Assert.InRange(practice.Count("owner_change"), 1, 1500);
    }

    [Fact]
    public async Task An_appointment_is_found_by_the_beginning_of_its_number_and_somebody_new_by_their_open_booking()
    {
        await using var practice = await fixture.Start();
        var desk = await practice.SignedIn();
        var number = (await practice.Api.BookFirst("impfung", email: "neu@example.org")).Number;
        Assert.Equal([$"Termin {number}, Erika Mustermann"], (await Names(desk, number)).Take(1));
        Assert.Contains($"Termin {number}, Erika Mustermann", await Names(desk, number.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant()));
        Assert.Contains($"Termin {number}, Erika Mustermann", await Names(desk, "muster"));
        Assert.Contains($"Termin {number}, Erika Mustermann", await Names(desk, "23125001"));
    }

    [Fact]
    public async Task Without_a_script_the_box_leads_to_a_page_and_the_name_stands_in_no_address()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = People });
        var desk = await practice.SignedIn();
        var found = await desk.Browser.Press(await desk.Open("/praxis/suche"), ".find-form .btn", (SearchPages.Field, "Großkopf"));
        Assert.Equal((200, "/praxis/suche"), (found.Status, found.Url));
        Assert.Equal("/praxis/neu?owner=9002", found.Find(".hits a").GetAttribute("href"));
        Assert.DoesNotContain("Großkopf", found.Title, StringComparison.Ordinal);
    }

    [Fact]
    public void The_index_keeps_its_words_through_many_replacements()
    {
        var index = new OwnerIndex();
        for (var round = 0; round < 3; round++)
        {
            for (var owner = 1; owner <= 500; owner++) index.Put(owner, $"Name{owner} Runde{round} Bello", ["030 " + owner]);
        }
        Assert.Equal(500, index.Count);
        Assert.Empty(index.ByWords("verschwunden", 12));
        Assert.Equal([417], index.ByWords("name417 bello", 1));
        Assert.Equal([417], index.ByPhone("030417", 12));
    }
}
