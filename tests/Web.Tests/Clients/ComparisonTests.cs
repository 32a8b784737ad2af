using NodaTime;
using VetBooking.Tests.Running;

namespace VetBooking.Tests.Clients;

/// <summary>What owners type never changes a record by itself; staff see both and decide. Two records of one person become one.</summary>
public sealed class ComparisonTests(PracticeFixture fixture)
{
    [Fact]
    public async Task A_booking_with_a_known_address_and_other_words_changes_nothing_until_staff_decide()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn();
        var email = practice.Db.Row("SELECT email FROM owner WHERE id = 1", row => row.GetString(0))!;
        var (owner, owners, animals) = (Record(practice, 1), practice.Count("owner"), practice.Count("animal"));
        var number = await Confirmed(practice, email, "Ganz Anders", "030 23125 911", "Neuling");
        Assert.Equal((owner, owners, animals), (Record(practice, 1), practice.Count("owner"), practice.Count("animal")));
        Assert.Equal("1", practice.Of(number, "owner_id"));

        Assert.Contains("Eine Buchung weicht", (await desk.Open("/praxis/kunden")).Words, StringComparison.Ordinal);
        var page = await desk.Open($"/praxis/kunden/abgleich/{practice.Of(number, "id")}");
        Assert.Contains("Ganz Anders", page.Find("table").TextContent, StringComparison.Ordinal);
        Assert.Equal(["name", "phone"], page.Document.QuerySelectorAll("input[name=feld]").Select(box => box.GetAttribute("value")));

        await desk.Browser.Press(page, "button[value=nehmen]", ("feld", "phone"), ("tier-0", "neu"));
        Assert.Equal(owner.Split('|')[0] + "|030 23125 911", Record(practice, 1));
        Assert.Equal(owner.Split('|')[1], practice.Db.Row("SELECT phone FROM owner_phone WHERE owner_id = 1", row => row.GetString(0)));
        Assert.Equal(1, practice.Db.Number("SELECT count(*) FROM animal a JOIN appointment_animal w ON w.animal_id = a.id WHERE a.owner_id = 1 AND a.name = 'Neuling'"));
        Assert.Equal(0, Waiting(practice));

        // The same words again are not asked about again.
        await Confirmed(practice, email, "Ganz Anders", "030 23125 911", "Neuling");
        Assert.Equal(0, Waiting(practice));
    }

    [Fact]
    public async Task Somebody_else_with_the_same_address_is_asked_about_once_and_never_again()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn();
        var (email, owner) = (practice.Db.Row("SELECT email FROM owner WHERE id = 1", row => row.GetString(0))!, Record(practice, 1));
        var number = await Confirmed(practice, email, "Petra Fremd", "", "Neuling");
        var address = $"/praxis/kunden/abgleich/{practice.Of(number, "id")}";
        await desk.Browser.Press(await desk.Open(address), "button[value=andere]");
        Assert.Equal((null, owner), (practice.Of(number, "owner_id"), Record(practice, 1)));
        var again = await desk.Open(address);
        Assert.Null(again.Document.QuerySelector("button[value=andere]"));
        await desk.Browser.Press(again, "button[value=neu]", ("tier-0", "neu"));
        var added = practice.Of(number, "owner_id");
        Assert.Equal("Petra Fremd|", practice.Db.Row("SELECT name || '|' || phone FROM owner WHERE id = $id", row => row.GetString(0), ("$id", added)));

        var next = await Confirmed(practice, email, "Petra Fremd", "", "Neuling");
        Assert.Equal((added, 0), (practice.Of(next, "owner_id"), Waiting(practice)));
    }

    [Fact]
    public async Task A_booking_without_a_known_address_is_laid_beside_whoever_shares_the_number()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = "UPDATE visit_type SET mode = 'request' WHERE id = 'impfung'; UPDATE owner SET phone = '+49 30 23125912' WHERE id = 1" });
        using var desk = await practice.SignedIn();
        var slot = (await practice.Api.Slots("impfung"))[0];
        var wish = ApiClient.Wish("impfung", slot.Start, slot.Vet, "neu@kunde.example");
        wish["owner"]!["phone"] = "(030) 23125-912";
        var number = (await practice.Api.Book(wish)).Number;
        var page = await desk.Open($"/praxis/kunden/abgleich/{practice.Of(number, "id")}");
        Assert.Equal("1", page.Value("input[name=kunde]"));
        var owner = Record(practice, 1);
        await desk.Browser.Press(page, "button[value=nehmen]");
        Assert.Equal(("1", owner), (practice.Of(number, "owner_id"), Record(practice, 1)));
        Assert.Equal("kept", practice.Db.Row("SELECT decision FROM comparison", row => row.GetString(0)));
    }

    [Fact]
    public async Task A_record_that_changed_meanwhile_is_looked_at_again()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn();
        var number = await Confirmed(practice, practice.Db.Row("SELECT email FROM owner WHERE id = 1", row => row.GetString(0))!, "Ganz Anders", "", "Neuling");
        var page = await desk.Open($"/praxis/kunden/abgleich/{practice.Of(number, "id")}");
        practice.Db.Execute("UPDATE owner SET name = 'Inzwischen Neu', revision = revision + 1 WHERE id = 1");
        var again = await desk.Browser.Press(page, "button[value=nehmen]", ("feld", "name"));
        Assert.Contains("Inzwischen Neu", again.Words, StringComparison.Ordinal);
        Assert.StartsWith("Inzwischen Neu", Record(practice, 1), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_records_become_one_with_everything_and_two_again_for_a_quarter_of_an_hour()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = "INSERT INTO owner_phone VALUES (2, 1, '030 23125 913'); UPDATE owner SET city = 'Kiel' WHERE id = 2" });
        using var desk = await practice.SignedIn();
        var before = (Record(practice, 1), Record(practice, 2), Things(practice, 1), Things(practice, 2));
        var page = await desk.Browser.Press(await desk.Open("/praxis/kunden/1/zusammenlegung"), ".finder button", ("suche", practice.Db.Row("SELECT email FROM owner WHERE id = 2", row => row.GetString(0))!));
        var compare = await desk.Open(page.Find(".people a").GetAttribute("href")!);
        Assert.Contains(before.Item2.Split('|')[0], compare.Find(".versus").TextContent, StringComparison.Ordinal);
        await desk.Browser.Press(compare, ".sheet .btn", ("phone", before.Item2.Split('|')[1]));
        Assert.Equal(before.Item1.Split('|')[0] + "|" + before.Item2.Split('|')[1], Record(practice, 1));
        Assert.Equal("Kiel", practice.Db.Row("SELECT city FROM owner WHERE id = 1", row => row.GetString(0)));
        Assert.Equal((0L, before.Item3 + before.Item4), (practice.Db.Number("SELECT count(*) FROM owner WHERE id = 2"), Things(practice, 1)));
        Assert.Empty(practice.Problems());

        await desk.Browser.Press(await desk.Open("/praxis/kunden/1"), "form[action$=trennung] button");
        Assert.Equal(before, (Record(practice, 1), Record(practice, 2), Things(practice, 1), Things(practice, 2)));
        Assert.Equal("030 23125 913", practice.Db.Row("SELECT phone FROM owner_phone WHERE owner_id = 2", row => row.GetString(0)));

        await desk.Browser.Press(await desk.Open("/praxis/kunden/1/zusammenlegung/2"), ".sheet .btn");
        practice.Clock.Advance(Duration.FromMinutes(16));
        Assert.Null((await desk.Open("/praxis/kunden/1")).Document.QuerySelector("form[action$=trennung]"));
        await desk.Post("/praxis/kunden/1/trennung");
        Assert.Equal(0, practice.Db.Number("SELECT count(*) FROM owner WHERE id = 2"));
        Assert.Equal(404, (await desk.Open("/praxis/kunden/1/zusammenlegung/1")).Status);
    }

    private static string Record(RunningPractice practice, long id) => practice.Db.Row("SELECT name || '|' || phone FROM owner WHERE id = $id", row => row.GetString(0), ("$id", id))!;

    private static long Things(RunningPractice practice, long owner) => practice.Db.Number(
        "SELECT (SELECT count(*) FROM animal WHERE owner_id = $id) * 1000 + (SELECT count(*) FROM appointment WHERE owner_id = $id)", ("$id", owner));

    private static int Waiting(RunningPractice practice) => VetBooking.Web.Clients.Comparing.Comparison.All(practice.Db, practice.Clock.GetCurrentInstant()).Count;

    /// <summary>Books online and confirms by the link in the mail.</summary>
    private static async Task<string> Confirmed(RunningPractice practice, string email, string name, string phone, string animal)
    {
        var slot = (await practice.Api.Slots("impfung"))[0];
        var wish = ApiClient.Wish("impfung", slot.Start, slot.Vet, email);
        wish["owner"] = new System.Text.Json.Nodes.JsonObject { ["name"] = name, ["email"] = email, ["phone"] = phone };
        wish["animals"]![0]!["name"] = animal;
        var number = (await practice.Api.Book(wish)).Number;
        await practice.Browser.Press(await practice.Browser.Open(await practice.LinkTo(number)), "form[action*=bestaetigung] button");
        Assert.Equal("booked", practice.Of(number, "state"));
        return number;
    }
}
