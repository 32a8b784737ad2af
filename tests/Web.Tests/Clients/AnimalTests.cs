using NodaTime;
using VetBooking.Tests.Running;
using VetBooking.Web.Clients.Animals;

namespace VetBooking.Tests.Clients;

/// <summary>Animals as staff see and change them, and what follows when one is gone.</summary>
public sealed class AnimalTests(PracticeFixture fixture)
{
    private static readonly (string, string)[] Rex = [("animals.name", "Rex"), ("species", "dog"), ("breed", "Mischling"), ("sex", "male"), ("neutered", "yes"), ("born", "2021-05"), ("chip", ""), ("insurance", "")];

    [Fact]
    public async Task An_animal_is_stored_as_typed_and_its_behaviour_is_a_badge()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn();
        var form = await desk.Open("/praxis/kunden/1/tiere/neu");
        var page = await desk.Browser.Press(form, ".sheet .btn", [.. Rex, ("chip", "276 0981 0012 3456"), ("behaviour", "muzzle"), ("behaviour", "anxious"), ("behaviour", "erfunden")]);
        Assert.Equal(200, page.Status);
        Assert.Equal("Rex|dog|Mischling|male|1|2021-05|276098100123456|muzzle anxious", practice.Db.Row(
            "SELECT name || '|' || species_id || '|' || breed || '|' || sex || '|' || neutered || '|' || born || '|' || chip || '|' || behaviour FROM animal ORDER BY id DESC", row => row.GetString(0)));
        Assert.Contains("Maulkorb", page.Find(".warnings").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("27609810012345", "14")]
    [InlineData("2760981001234567", "16")]
    [InlineData("000098100123456", "000")]
    [InlineData("27609810012345X", "Ziffern")]
    public async Task A_chip_number_that_can_be_none_is_refused_with_a_hint(string chip, string hint)
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn();
        var before = practice.Count("animal");
        var page = await desk.Browser.Press(await desk.Open("/praxis/kunden/1/tiere/neu"), ".sheet .btn", [.. Rex, ("chip", chip)]);
        Assert.Equal((422, before), (page.Status, practice.Count("animal")));
        Assert.Contains(hint, page.Find(".err").TextContent, StringComparison.Ordinal);
        Assert.Equal(chip, page.Value("#chip"));
        Assert.Empty(page.DeadErrorLinks);
    }

    [Theory]
    [InlineData("276098100123456", ChipOrigin.Country)]
    [InlineData("985121012345678", ChipOrigin.Maker)]
    [InlineData("999000000000001", ChipOrigin.Test)]
    public void A_chip_number_says_where_it_comes_from(string number, ChipOrigin origin) => Assert.Equal(origin, ChipNumber.OriginOf(number));

    [Fact]
    public async Task An_animal_can_have_several_owners_and_one_of_them_is_the_main_one()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn();
        var (animal, other) = (practice.Db.Number("SELECT id FROM animal WHERE owner_id = 1"), practice.Db.Row("SELECT email FROM owner WHERE id = 2", row => row.GetString(0))!);
        var found = await desk.Browser.Press(await desk.Open($"/praxis/tiere/{animal}"), ".finder button", ("suche", other));
        await desk.Browser.Press(found, "button[value=mit]");
        Assert.Equal((1L, 1L), (practice.Db.Number("SELECT owner_id FROM animal WHERE id = $id", ("$id", animal)), practice.Db.Number("SELECT count(*) FROM co_owner WHERE animal_id = $id AND owner_id = 2", ("$id", animal))));
        Assert.Contains("Haupthalter ist jemand anderes", (await desk.Open("/praxis/kunden/2")).Words, StringComparison.Ordinal);

        await desk.Browser.Press(await desk.Open($"/praxis/tiere/{animal}"), "button[value=haupt]");
        Assert.Equal((2L, 1L), (practice.Db.Number("SELECT owner_id FROM animal WHERE id = $id", ("$id", animal)), practice.Db.Number("SELECT owner_id FROM co_owner WHERE animal_id = $id", ("$id", animal))));
        await desk.Browser.Press(await desk.Open($"/praxis/tiere/{animal}"), "button[value=nicht]");
        Assert.Equal(0, practice.Db.Number("SELECT count(*) FROM co_owner WHERE animal_id = $id", ("$id", animal)));
    }

    [Fact]
    public async Task When_an_animal_has_died_its_appointments_end_and_no_mail_about_it_leaves()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn();
        var (alone, together) = (await Booked(practice, "Mohrle"), await Booked(practice, "Mohrle", "Bella"));
        var animal = practice.Db.Number("SELECT id FROM animal WHERE name = 'Mohrle'");
        await practice.MailIsOut();
        practice.Db.Execute($"INSERT INTO outbox (appointment_id, kind, created_at, due_at) SELECT id, 'moved', created_at, {practice.Clock.GetCurrentInstant().ToUnixTimeSeconds() + 3600} FROM appointment WHERE number IN ('{alone}', '{together}')");

        var form = await desk.Open($"/praxis/tiere/{animal}/abschied");
        var visit = Assert.Single(form.Document.QuerySelectorAll("input[name=absagen]"));
        var page = await desk.Browser.Press(form, ".sheet .btn", ("grund", "died"), ("am", "2026-11-22"), ("absagen", visit.GetAttribute("value")!));
        Assert.Contains("gestorben am Sonntag, 22. November 2026", page.Words, StringComparison.Ordinal);
        Assert.Equal(("cancelled", "booked"), (practice.Of(alone, "state"), practice.Of(together, "state")));
        Assert.Equal(0, practice.Taken(alone));
        Assert.Equal(["void", "waiting"], practice.Db.Rows("SELECT m.state FROM outbox m JOIN appointment t ON t.id = m.appointment_id WHERE m.kind = 'moved' ORDER BY t.number = $number", row => row.GetString(0), ("$number", together)));

        // What is put into the outbox later is void, too.
        practice.Db.Execute("UPDATE appointment SET state = 'booked' WHERE number = $number", ("$number", alone));
        practice.Db.Execute("INSERT INTO outbox (appointment_id, kind, created_at, due_at) SELECT id, 'restored', created_at, 0 FROM appointment WHERE number = $number", ("$number", alone));
        for (var tries = 0; practice.Db.Number("SELECT count(*) FROM outbox WHERE kind = 'restored' AND state = 'waiting'") > 0; tries++)
        {
            Assert.True(tries < 200, "The mail still waits.");
            ((VetBooking.Web.Messages.MailSignal)practice.Services.GetService(typeof(VetBooking.Web.Messages.MailSignal))!).Ring();
            await Task.Delay(50);
        }
        Assert.Equal("void", practice.Db.Row("SELECT state FROM outbox WHERE kind = 'restored'", row => row.GetString(0)));
    }

    [Fact]
    public async Task A_departure_without_a_reason_or_in_the_future_changes_nothing()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn();
        var page = await desk.Browser.Press(await desk.Open("/praxis/tiere/1/abschied"), ".sheet .btn", ("am", "2026-12-24"));
        Assert.Equal(422, page.Status);
        Assert.Equal(["#grund", "#am"], page.Document.QuerySelectorAll(".err a").Select(link => link.GetAttribute("href")));
        Assert.Empty(page.DeadErrorLinks);
        Assert.Equal(0, practice.Db.Number("SELECT count(*) FROM animal WHERE departed IS NOT NULL"));
    }

    [Fact]
    public async Task Badges_are_found_for_an_appointment_and_for_a_day()
    {
        await using var practice = await fixture.Start();
        var (appointment, start) = practice.Db.Row(
            "SELECT t.id, t.starts_at FROM appointment t JOIN appointment_animal w ON w.appointment_id = t.id JOIN animal a ON a.id = w.animal_id WHERE a.behaviour <> ''",
            row => (row.GetInt64(0), row.GetInt64(1)));
        var at = Instant.FromUnixTimeSeconds(start);
        Assert.NotEmpty(Assert.Single(Behaviour.Of(practice.Db, appointment)).Words);
        Assert.Contains(appointment, Behaviour.Between(practice.Db, at, at + Duration.FromSeconds(1)).Select(group => group.Key));
        Assert.Empty(Behaviour.Between(practice.Db, at + Duration.FromDays(4000), at + Duration.FromDays(4001)));
    }

    /// <summary>Books online for these cats and confirms by the link in the mail; they are on the owner's record.</summary>
    private static async Task<string> Booked(RunningPractice practice, params string[] animals)
    {
        var slot = (await practice.Api.Slots("impfung", "cat", $"&animals={animals.Length}"))[^1];
        var wish = ApiClient.Wish("impfung", slot.Start, slot.Vet, "halter@kunde.example", "cat");
        wish["animals"] = new System.Text.Json.Nodes.JsonArray([.. animals.Select(name => new System.Text.Json.Nodes.JsonObject { ["name"] = name, ["species"] = "cat" })]);
        var answer = await practice.Api.Book(wish);
        Assert.Equal(201, answer.Status);
        foreach (var name in animals)
        {
            practice.Db.Execute("INSERT OR IGNORE INTO owner (id, name, email, email_key, created_at) VALUES (9000, 'Halter', 'halter@kunde.example', 'halter@kunde.example', 1)");
            practice.Db.Execute("INSERT INTO animal (owner_id, name, species_id) SELECT 9000, $name, 'cat' WHERE NOT EXISTS (SELECT 1 FROM animal WHERE owner_id = 9000 AND name = $name)", ("$name", name));
        }
        var link = await practice.LinkTo(answer.Number);
        await practice.Browser.Press(await practice.Browser.Open(link), "form[action*=bestaetigung] button");
        Assert.Equal("booked", practice.Of(answer.Number, "state"));
        return answer.Number;
    }
}
