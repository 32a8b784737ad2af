using VetBooking.Tests.Running;

namespace VetBooking.Tests.Flow;

/// <summary>The way through the pages, without JavaScript and without cookies.</summary>
public sealed class WayTests(PracticeFixture fixture)
{
    [Theory]
    [InlineData("", "de", "Was führt Sie zu uns?", "Bitte bestätigen Sie Ihren Termin")]
    [InlineData("?lang=en", "en", "What brings you to us?", "Please confirm your appointment")]
    public async Task A_person_books_from_the_first_page_to_the_receipt(string query, string language, string first, string last)
    {
        await using var practice = await fixture.Start();
        var browser = practice.Browser;
        var seen = new List<Seen> { await browser.Open("/buchen" + query) };
        seen.Add(await browser.Press(seen[^1], "form.body .btn", ("anliegen", "impfung")));
        seen.Add(await browser.Press(seen[^1], ".btn[name=weiter]", BookingWay.Bello));
        seen.Add(await browser.Press(seen[^1], "form.next button"));
        Assert.Contains("Bello", seen[^1].Find("aside").TextContent, StringComparison.Ordinal);
        seen.Add(await browser.Book(seen[^1]));

        Assert.Equal(["/buchen", "/buchen/tiere", "/buchen/zeit", "/buchen/kontakt"], seen.SkipLast(1).Select(page => page.Path));
        Assert.StartsWith("/buchen/fertig/", seen[^1].Path, StringComparison.Ordinal);
        Assert.Equal((first, last), (seen[0].Heading, seen[^1].Heading));
        Assert.Equal(5, seen.Select(page => page.Title).Distinct().Count());
        Assert.All(seen, page =>
        {
            Assert.Equal(200, page.Status);
            Assert.Equal(language, page.Document.DocumentElement.GetAttribute("lang"));
            Assert.Empty(page.Document.QuerySelectorAll("script, style, [style], [onclick]"));
            Assert.Single(page.Document.QuerySelectorAll("h1"));
            Assert.False(page.Response.Headers.Contains("Set-Cookie"));
        });
        Assert.Empty(seen[0].Document.QuerySelectorAll("input[checked]"));
        Assert.Contains("erika@example.org", seen[^1].Words, StringComparison.Ordinal);
        Assert.Equal(("held", language, "Er mag keine Waage.", "Bello", "Jahresimpfung"), practice.Db.Row(
            """
            SELECT a.state, a.language, a.note, b.name, b.reason
            FROM answered n JOIN appointment a ON a.id = n.appointment_id JOIN appointment_animal b ON b.appointment_id = a.id
            """,
            row => (row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4))));
    }

    [Fact]
    public async Task The_language_of_the_browser_counts_until_another_is_chosen()
    {
        await using var practice = await fixture.Start();
        practice.Http.DefaultRequestHeaders.Add("Accept-Language", "fr-FR, en-GB;q=0.8, de;q=0.5");
        Assert.Equal("What brings you to us?", (await practice.Browser.Open("/buchen")).Heading);
        var contact = await practice.Browser.ToContact(language: "?lang=de");
        Assert.Equal("Wie erreichen wir Sie?", contact.Heading);
        Assert.Contains("lang=de", contact.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_leads_straight_past_the_first_question()
    {
        await using var practice = await fixture.Start();
        var page = await practice.Browser.Open("/buchen/impfung");
        Assert.Equal((200, "/buchen/tiere"), (page.Status, page.Path));
        Assert.Equal("/buchen/warnzeichen", (await practice.Browser.Open("/buchen/krank")).Path);
        Assert.Equal("/buchen/kontakt", (await practice.Browser.Press(await practice.Browser.Press(page, ".btn[name=weiter]", BookingWay.Bello), "form.next button")).Path);
        Assert.Equal(404, (await practice.Browser.Open("/buchen/frisur")).Status);
    }

    [Theory]
    [InlineData("/buchen/warnzeichen")]
    [InlineData("/buchen/tiere")]
    [InlineData("/buchen/zeit")]
    [InlineData("/buchen/kontakt")]
    public async Task Whoever_skips_everything_begins_at_the_beginning(string path)
    {
        await using var practice = await fixture.Start();
        Assert.Equal((200, "/buchen"), Where(await practice.Browser.Open(path)));
        Assert.Equal((200, "/buchen"), Where(await practice.Browser.Post(path, [.. BookingWay.Erika, ("zeit", "2026-12-01T09:10:00+01:00 weber")])));
        Assert.Equal(0, practice.Count("answered"));
    }

    [Fact]
    public async Task Whoever_skips_a_step_is_led_to_the_first_that_is_missing()
    {
        await using var practice = await fixture.Start();
        var (browser, animals) = (practice.Browser, await practice.Browser.ToAnimals());
        var chosen = animals.Url.Split('?')[1];
        Assert.Equal((200, "/buchen/tiere"), Where(await browser.Open("/buchen/zeit?" + chosen)));
        Assert.Equal((200, "/buchen/tiere"), Where(await browser.Post("/buchen/kontakt?" + chosen, BookingWay.Erika)));
        var named = (await browser.ToTimes()).Url.Split('?')[1];
        Assert.Equal((200, "/buchen/zeit"), Where(await browser.Open("/buchen/kontakt?" + named)));
        Assert.Equal((200, "/buchen/zeit"), Where(await browser.Post("/buchen/kontakt?" + named, BookingWay.Erika)));
        var ill = (await browser.ToAnimals("krank")).Url.Split('?')[1];
        Assert.Equal((200, "/buchen/warnzeichen"), Where(await browser.Open("/buchen/tiere?" + ill)));
        Assert.Equal((200, "/buchen/warnzeichen"), Where(await browser.Post("/buchen/tiere?" + ill, BookingWay.Bello)));
        Assert.Equal(0, practice.Count("answered"));
    }

    [Fact]
    public async Task Answers_that_were_tampered_with_or_are_too_old_are_like_none()
    {
        await using var practice = await fixture.Start();
        var contact = await practice.Browser.ToContact();
        var z = contact.Url.Split("z=")[1];
        string[] tampered = ["", "x", "%00", "%ff%fe", z[..^1], z + "A", z[..20] + (z[20] == 'A' ? 'B' : 'A') + z[21..], new string('A', 6000), "....", "AAAA", z.ToUpperInvariant(), "%F0%9F%90%95"];
        foreach (var other in tampered)
        {
            Assert.Equal((200, "/buchen"), Where(await practice.Browser.Open("/buchen/kontakt?z=" + other)));
            Assert.Equal((200, "/buchen"), Where(await practice.Browser.Post("/buchen/kontakt?z=" + other, BookingWay.Erika)));
        }
        Assert.Equal((200, "/buchen/kontakt"), Where(await practice.Browser.Open("/buchen/kontakt?z=" + z)));
        practice.Clock.Advance(NodaTime.Duration.FromHours(2) + NodaTime.Duration.FromSeconds(1));
        Assert.Equal((200, "/buchen"), Where(await practice.Browser.Open("/buchen/kontakt?z=" + z)));
        Assert.Equal((200, "/buchen"), Where(await practice.Browser.Post("/buchen/kontakt?z=" + z, BookingWay.Erika)));
        Assert.Equal(0, practice.Count("answered"));
    }

    [Fact]
    public async Task Nothing_typed_is_readable_in_an_address()
    {
        await using var practice = await fixture.Start();
        var contact = await practice.Browser.ToContact();
        foreach (var word in (string[])["Bello", "dog", "2021", "Jahresimpfung", "impfung"])
        {
            Assert.DoesNotContain(word, contact.Url, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(word)).TrimEnd('='), contact.Url, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Another_reason_keeps_the_animals_and_asks_for_another_time()
    {
        await using var practice = await fixture.Start();
        var contact = await practice.Browser.ToContact();
        var reason = await practice.Browser.Open(contact.Find("aside a[href^='/buchen?']").GetAttribute("href")!);
        Assert.Equal("impfung", reason.Value("input[type=radio][checked]"));
        var animals = await practice.Browser.Press(reason, "form.body .btn", ("anliegen", "zahn"));
        Assert.Equal("Bello", animals.Value("#name-0"));
        Assert.Equal("/buchen/zeit", (await practice.Browser.Press(animals, ".btn[name=weiter]")).Path);
        Assert.Equal("/buchen/zeit", (await practice.Browser.Open("/buchen/kontakt?" + animals.Url.Split('?')[1])).Path);
    }

    private static (int, string) Where(Seen page) => (page.Status, page.Path);
}
