using VetBooking.Tests.Running;

namespace VetBooking.Tests.Flow;

/// <summary>What happens to what people type, right or wrong.</summary>
public sealed class TypingTests(PracticeFixture fixture)
{
    [Theory]
    [InlineData("", "Fehler: ")]
    [InlineData("?lang=en", "Error: ")]
    public async Task A_contact_form_with_mistakes_comes_back_with_everything_typed(string query, string prefix)
    {
        await using var practice = await fixture.Start();
        var contact = await practice.Browser.ToContact(language: query);
        var again = await practice.Browser.Press(contact, "form.body .btn", ("name", " <b>Erika</b> \"M\" & 'Co'"), ("email", "erika@"), ("telefon", "anrufen"), ("nachricht", "Zeile 1\nZeile <2>"));
        Assert.Equal((422, "/buchen/kontakt"), (again.Status, again.Path));
        Assert.StartsWith(prefix, again.Title, StringComparison.Ordinal);
        Assert.Equal(" <b>Erika</b> \"M\" & 'Co'", again.Value("#name"));
        Assert.Equal("erika@", again.Value("#email"));
        Assert.Equal("anrufen", again.Value("#telefon"));
        Assert.Equal("Zeile 1\nZeile <2>", again.Value("#nachricht"));
        Assert.Equal(["#email", "#telefon"], again.Document.QuerySelectorAll(".err a").Select(link => link.GetAttribute("href")));
        AssertFaultsAreLinked(again);
        Assert.Equal(0, practice.Count("answered"));
        var done = await practice.Browser.Press(again, "form.body .btn", ("email", "erika@example.org"), ("telefon", ""));
        Assert.StartsWith("/buchen/fertig/", done.Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_contact_form_asks_for_a_name_and_an_address_and_nothing_more()
    {
        await using var practice = await fixture.Start();
        var again = await practice.Browser.Press(await practice.Browser.ToContact(), "form.body .btn");
        Assert.Equal(422, again.Status);
        Assert.Equal(["#name", "#email"], again.Document.QuerySelectorAll(".err a").Select(link => link.GetAttribute("href")));
        AssertFaultsAreLinked(again);
    }

    [Fact]
    public async Task Animals_with_mistakes_come_back_with_everything_typed()
    {
        await using var practice = await fixture.Start();
        var animals = await practice.Browser.ToAnimals();
        var again = await practice.Browser.Press(animals, ".btn[name=weiter]",
            ("name-0", ""), ("geboren-0", "gestern"), ("grund-0", new string('x', 121)), ("name-1", "Mieze"), ("art-1", "cat"), ("geboren-1", "2020"), ("grund-1", ""));
        Assert.Equal(422, again.Status);
        Assert.StartsWith("Fehler: ", again.Title, StringComparison.Ordinal);
        Assert.Equal(("gestern", "Mieze", "2020"), (again.Value("#geboren-0"), again.Value("#name-1"), again.Value("#geboren-1")));
        Assert.Equal("cat", again.Value("input[name=art-1][checked]"));
        Assert.Equal(["#geboren-0", "#grund-0", "#name-0", "#art-0"], again.Document.QuerySelectorAll(".err a").Select(link => link.GetAttribute("href")!).OrderBy(href => href switch { "#geboren-0" => 0, "#grund-0" => 1, "#name-0" => 2, _ => 3 }));
        AssertFaultsAreLinked(again);
    }

    [Fact]
    public async Task A_species_that_does_not_go_with_the_reason_is_refused()
    {
        await using var practice = await fixture.Start();
        var again = await practice.Browser.Press(await practice.Browser.ToAnimals(), ".btn[name=weiter]", ("name-0", "Fury"), ("art-0", "horse"));
        Assert.Equal(422, again.Status);
        Assert.Empty(again.DeadErrorLinks);
        Assert.Contains("Diese Tierart behandeln wir bei diesem Anliegen nicht", again.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_chosen_is_asked_for_again()
    {
        await using var practice = await fixture.Start();
        var reason = await practice.Browser.Press(await practice.Browser.Open("/buchen"), "form.body .btn");
        var flags = await practice.Browser.Press(await practice.Browser.ToAnimals("krank"), "form.body .btn");
        var times = await practice.Browser.Post((await practice.Browser.ToTimes()).Url, []);
        Assert.All(new[] { reason, flags, times }, page =>
        {
            Assert.Equal(422, page.Status);
            Assert.StartsWith("Fehler: ", page.Title, StringComparison.Ordinal);
            Assert.NotEqual("", page.Find(".err").TextContent.Trim());
            Assert.Empty(page.DeadErrorLinks);
        });
    }

    [Theory]
    [InlineData("2026-11-25T03:00:00+01:00 weber")]
    [InlineData("2026-12-25T10:00:00+01:00 ")]
    [InlineData("2026-11-25T09:00:00+02:00 weber")]
    [InlineData("2026-11-25T09:00:00+01:00 tfa-ruiz")]
    [InlineData("morgen")]
    public async Task A_time_that_was_never_offered_is_refused_on_the_same_page(string time)
    {
        await using var practice = await fixture.Start();
        var again = await practice.Browser.Post((await practice.Browser.ToTimes()).Url, [("zeit", time)]);
        Assert.Equal((422, "/buchen/zeit"), (again.Status, again.Path));
        Assert.StartsWith("Fehler: ", again.Title, StringComparison.Ordinal);
        Assert.Empty(again.DeadErrorLinks);
    }

    [Fact]
    public async Task Six_animals_can_come_and_a_seventh_cannot()
    {
        await using var practice = await fixture.Start();
        var page = await practice.Browser.ToAnimals();
        for (var i = 0; i < 5; i++) page = await practice.Browser.Press(page, "button[name=mehr]", [.. Animal(i)]);
        Assert.Equal(6, page.Document.QuerySelectorAll("section.animal").Length);
        Assert.Empty(page.Document.QuerySelectorAll("button[name=mehr]"));
        Assert.Equal("Tier 4", page.Value("#name-4"));
        var seventh = await practice.Browser.Post(page.Url, [.. Enumerable.Range(0, 7).SelectMany(Animal), ("mehr", "")]);
        Assert.Equal(6, seventh.Find("aside").TextContent.Split("Tier ").Length - 1);
        var times = await practice.Browser.Press(page, ".btn[name=weiter]", [.. Animal(5)]);
        Assert.Contains("70 Minuten", times.Find("aside").TextContent, StringComparison.Ordinal);
        var done = await practice.Browser.Book(await practice.Browser.Press(times, "form.next button"));
        Assert.StartsWith("/buchen/fertig/", done.Path, StringComparison.Ordinal);
        Assert.Equal(6, practice.Db.Number("SELECT count(*) FROM appointment_animal WHERE appointment_id = (SELECT appointment_id FROM answered)"));
    }

    [Fact]
    public async Task Six_animals_with_all_that_may_be_said_of_them_come_through()
    {
        await using var practice = await fixture.Start();
        var wordy = Enumerable.Range(0, 6).SelectMany(i => ((string, string)[])
            [($"name-{i}", new string('猫', 40)), ($"art-{i}", "cat"), ($"geboren-{i}", "2020-01-31"), ($"grund-{i}", new string('病', 120))]);
        var times = await practice.Browser.Post((await practice.Browser.ToAnimals()).Url, wordy);
        Assert.Equal((200, "/buchen/zeit"), (times.Status, times.Path));
        var done = await practice.Browser.Book(await practice.Browser.Press(times, "form.next button"));
        Assert.StartsWith("/buchen/fertig/", done.Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_animal_can_be_removed_again()
    {
        await using var practice = await fixture.Start();
        var page = await practice.Browser.ToAnimals();
        page = await practice.Browser.Press(page, "button[name=mehr]", [.. Animal(0)]);
        page = await practice.Browser.Press(page, "button[name=mehr]", [.. Animal(1)]);
        page = await practice.Browser.Press(page, "button[name=weg][value='1']", [.. Animal(2)]);
        Assert.Equal((200, 2), (page.Status, page.Document.QuerySelectorAll("section.animal").Length));
        Assert.Equal(("Tier 0", "Tier 2"), (page.Value("#name-0"), page.Value("#name-1")));
        page = await practice.Browser.Press(page, "button[name=weg][value='0']");
        Assert.Equal("Tier 2", page.Value("#name-0"));
        Assert.Empty(page.Document.QuerySelectorAll("button[name=weg]"));
    }

    private static IEnumerable<(string, string)> Animal(int i) => [($"name-{i}", $"Tier {i}"), ($"art-{i}", "dog")];

    private static void AssertFaultsAreLinked(Seen page)
    {
        Assert.Empty(page.DeadErrorLinks);
        foreach (var field in page.Document.QuerySelectorAll("[aria-invalid=true]"))
        {
            Assert.All(field.GetAttribute("aria-describedby")!.Split(' '), id => Assert.NotNull(page.Document.GetElementById(id)));
        }
        // The summary says the same words as the field.
        foreach (var link in page.Document.QuerySelectorAll(".err a"))
        {
            Assert.Contains(page.Document.QuerySelectorAll(".msg"), message => message.TextContent.EndsWith(link.TextContent, StringComparison.Ordinal));
        }
    }
}
