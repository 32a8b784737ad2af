using VetBooking.Tests.Running;
using VetBooking.Web.SignIn;
using VetBooking.Web.Sovereignty.Erasure;

namespace VetBooking.Tests.Clients;

/// <summary>Owners as staff see and change them.</summary>
public sealed class OwnerTests(PracticeFixture fixture)
{
    [Fact]
    public async Task The_list_shows_everybody_once_by_last_name_page_by_page()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Trainee);
        var names = new List<string>();
        for (var url = "/praxis/kunden"; url is not null;)
        {
            var page = await desk.Open(url);
            Assert.Equal(200, page.Status);
            names.AddRange(page.Document.QuerySelectorAll("tbody th").Select(cell => cell.TextContent));
            url = page.Document.QuerySelector("a[rel=next]")?.GetAttribute("href");
        }
        Assert.Equal(practice.Db.Rows("SELECT name FROM owner ORDER BY sort_name, id", row => row.GetString(0)), names);
        var letter = await desk.Open("/praxis/kunden?ab=s");
        Assert.StartsWith("s", letter.Find("tbody th").TextContent.Split(' ')[^1].ToLowerInvariant(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_owner_is_stored_as_typed_and_a_second_of_the_same_address_is_asked_about()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn();
        (string, string)[] typed =
        [
            ("name", " Ayşe Öztürk "), ("email", "Ayse@Kunde.example"), ("phone", "0171 3920042"), ("second.phone", "+49 30 23125 777"), ("third.phone", ""),
            ("language", "en"), ("street", "Am Weg 1"), ("postcode", "10115"), ("city", "Berlin"), ("reference", "K-17"), ("note", "Ruft gern\nabends an"),
        ];
        var page = await desk.Browser.Press(await desk.Open("/praxis/kunden/neu"), ".sheet .btn", typed);
        Assert.Equal((200, "Ayşe Öztürk"), (page.Status, page.Heading));
        Assert.Equal("Ayşe Öztürk|Ayse@Kunde.example|0171 3920042|en|Berlin|K-17|Ruft gern\nabends an", practice.Db.Row(
            "SELECT name || '|' || email || '|' || phone || '|' || language || '|' || city || '|' || reference || '|' || note FROM owner ORDER BY id DESC", row => row.GetString(0)));
        Assert.Equal("+49 30 23125 777", practice.Db.Row("SELECT phone FROM owner_phone", row => row.GetString(0)));
        var count = practice.Count("owner");

        var again = await desk.Browser.Press(await desk.Open("/praxis/kunden/neu"), ".sheet .btn", [.. typed.Where(field => field.Item1 is not ("email" or "phone")), ("email", ""), ("phone", "030 23125 777")]);
        Assert.Equal((422, count), (again.Status, practice.Count("owner")));
        Assert.Contains("Ayşe Öztürk", again.Find(".err").TextContent, StringComparison.Ordinal);
        Assert.Equal("030 23125 777", again.Value("#phone"));
        await desk.Browser.Press(again, ".sheet .btn", ("another", "1"));
        Assert.Equal(count + 1, practice.Count("owner"));
    }

    [Fact]
    public async Task What_is_wrong_is_said_and_nothing_is_stored()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn();
        var before = practice.Count("owner");
        var page = await desk.Browser.Press(await desk.Open("/praxis/kunden/neu"), ".sheet .btn", ("name", "a\u202Eb"), ("email", "kein@"), ("phone", "anrufen"), ("language", "xx"));
        Assert.Equal(422, page.Status);
        Assert.StartsWith("Fehler: ", page.Title, StringComparison.Ordinal);
        Assert.Equal(["#email", "#name", "#phone", "#language"], page.Document.QuerySelectorAll(".err a").Select(link => link.GetAttribute("href")));
        Assert.Empty(page.DeadErrorLinks);
        Assert.Equal(before, practice.Count("owner"));
    }

    [Fact]
    public async Task The_second_of_two_who_edit_at_once_sees_both_and_decides()
    {
        await using var practice = await fixture.Start();
        using var first = await practice.SignedIn();
        using var second = await practice.SignedIn(Role.Vet);
        var (mine, theirs) = (await second.Open("/praxis/kunden/1/daten"), await first.Open("/praxis/kunden/1/daten"));
        await first.Browser.Press(theirs, ".sheet .btn", ("phone", "0171 3920001"), ("city", "Potsdam"), ("language", "de"));
        var asked = await second.Browser.Press(mine, ".sheet .btn", ("phone", "0171 3920002"), ("note", "Beißt"), ("language", "de"));
        Assert.Equal(409, asked.Status);
        Assert.Equal("0171 3920001|Potsdam|", practice.Db.Row("SELECT phone || '|' || city || '|' || note FROM owner WHERE id = 1", row => row.GetString(0)));
        Assert.Contains("0171 3920001", asked.Find(".versus").TextContent, StringComparison.Ordinal);
        Assert.Contains("0171 3920002", asked.Find(".versus").TextContent, StringComparison.Ordinal);

        // Choosing the other one's keeps it, and what only one of them touched is kept, too.
        await second.Browser.Press(asked, ".sheet .btn", ("phone", "0171 3920001"));
        Assert.Equal("0171 3920001|Potsdam|Beißt|2", practice.Db.Row("SELECT phone || '|' || city || '|' || note || '|' || revision FROM owner WHERE id = 1", row => row.GetString(0)));
    }

    [Fact]
    public async Task Only_an_owner_without_animals_and_appointments_can_be_deleted()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = "INSERT INTO owner (id, name, email, email_key, created_at) VALUES (9000, 'Leer', '', '', 1)" });
        using var desk = await practice.SignedIn();
        var count = practice.Count("owner");
        Assert.Null((await desk.Open("/praxis/kunden/1")).Document.QuerySelector("form[action*=loeschung]"));
        await desk.Post("/praxis/kunden/1/loeschung");
        Assert.Equal(count, practice.Count("owner"));
        await desk.Browser.Press(await desk.Open("/praxis/kunden/9000"), "form[action*=loeschung] button");
        Assert.Equal(0, practice.Db.Number("SELECT count(*) FROM owner WHERE id = 9000"));
        Assert.Equal(1, practice.Db.Number("SELECT count(*) FROM audit WHERE act = 'owner.deleted' AND object = 'owner:9000'"));
        // A backup of before brings them back to be erased again.
        Assert.Single(ErasureJournal.Of(practice.Folder)!.Entries);
        await desk.Post("/praxis/kunden/9000/loeschung");
        Assert.Single(ErasureJournal.Of(practice.Folder)!.Entries);
    }

    [Fact]
    public async Task Nobody_by_that_number_is_a_page_that_says_so()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn();
        foreach (var path in (string[])["kunden/999999", "kunden/abc", "kunden/999999/daten", "kunden/-1/tiere/neu", "tiere/999999", "tiere/1e3/daten", "tiere/999999/abschied"])
        {
            Assert.Equal((path, 404), (path, (await desk.Open("/praxis/" + path)).Status));
        }
    }
}
