using NodaTime;
using VetBooking.Tests.Running;
using VetBooking.Web.Booking;
using VetBooking.Web.Shared;

namespace VetBooking.Tests.Flow;

/// <summary>The last form: the booking itself, sent once, twice, too late or by a program.</summary>
public sealed class ContactTests(PracticeFixture fixture)
{
    [Fact]
    public async Task Sent_twice_it_is_one_appointment_with_one_receipt()
    {
        await using var practice = await fixture.Start();
        var contact = await practice.Browser.ToContact();
        var rows = practice.Count("appointment");
        var receipts = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => practice.Browser.Book(contact)));
        var later = await practice.Browser.Book(contact);
        Assert.All(receipts, page => Assert.Equal((200, later.Url), (page.Status, page.Url)));
        Assert.Equal(rows + 1, practice.Count("appointment"));
        Assert.Equal(1, practice.Db.Number("SELECT count(*) FROM outbox WHERE appointment_id = (SELECT appointment_id FROM answered)"));
    }

    [Fact]
    public async Task Sent_again_with_something_changed_the_first_booking_stands()
    {
        await using var practice = await fixture.Start();
        var contact = await practice.Browser.ToContact();
        var first = await practice.Browser.Book(contact);
        var second = await practice.Browser.Press(contact, "form.body .btn", [.. BookingWay.Erika.Where(field => field.Name != "name"), ("name", "Somebody Else")]);
        Assert.Equal((200, first.Url), (second.Status, second.Url));
        Assert.Equal("Erika Mustermann", practice.Db.Row("SELECT name FROM appointment WHERE id = (SELECT appointment_id FROM answered)", row => row.GetString(0)));
    }

    [Fact]
    public async Task The_receipt_can_be_opened_again_and_a_made_up_one_cannot()
    {
        await using var practice = await fixture.Start();
        var receipt = await practice.Browser.Book(await practice.Browser.ToContact());
        Assert.Equal(receipt.Html, (await practice.Browser.Open(receipt.Url)).Html);
        Assert.Equal(404, (await practice.Browser.Open("/buchen/fertig/" + new string('A', 43))).Status);
        Assert.Equal(404, (await practice.Browser.Open(receipt.Url + "/kalender.ics")).Status);
    }

    [Fact]
    public async Task A_receipt_of_what_is_booked_has_a_calendar_file()
    {
        await using var practice = await fixture.Start();
        var receipt = await practice.Browser.Book(await practice.Browser.ToContact("tfa"));
        Assert.Equal("Ihr Termin ist gebucht", receipt.Heading);
        using var calendar = await practice.Http.GetAsync(receipt.Find("a[href$='.ics']").GetAttribute("href"));
        Assert.Equal((200, "text/calendar"), ((int)calendar.StatusCode, calendar.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task A_time_taken_meanwhile_leaves_everything_typed_and_offers_the_nearest()
    {
        await using var practice = await fixture.Start();
        var time = (await practice.Api.Slots("impfung", more: "&vet=weber"))[15];
        var chosen = await practice.Browser.Post((await practice.Browser.ToTimes()).Url, [("zeit", $"{time.Start} weber")]);
        Assert.Equal(201, (await practice.Api.Book(ApiClient.Wish("impfung", time.Start, "weber", "faster@example.org"))).Status);
        var rows = practice.Count("appointment");

        var again = await practice.Browser.Book(chosen);
        Assert.Equal((422, "/buchen/kontakt"), (again.Status, again.Path));
        Assert.StartsWith("Fehler: ", again.Title, StringComparison.Ordinal);
        Assert.Equal(("Erika Mustermann", "erika@example.org", "030 23125 001", "Er mag keine Waage."), (again.Value("#name"), again.Value("#email"), again.Value("#telefon"), again.Value("#nachricht")));
        Assert.Equal(rows, practice.Count("appointment"));
        var nearest = again.Document.QuerySelectorAll("button[name=zeit]").Select(button => button.GetAttribute("value")!).ToList();
        Assert.InRange(nearest.Count, 1, 5);

        var done = await practice.Browser.Press(again, $"button[name=zeit][value='{nearest[^1]}']");
        Assert.StartsWith("/buchen/fertig/", done.Path, StringComparison.Ordinal);
        Assert.Equal(done.Url, (await practice.Browser.Press(again, $"button[name=zeit][value='{nearest[^1]}']")).Url);
        Assert.Equal(rows + 1, practice.Count("appointment"));
        Assert.StartsWith(practice.Db.Row("SELECT starts_local FROM appointment ORDER BY id DESC LIMIT 1", row => row.GetString(0))!, nearest[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_of_the_nearest_can_be_taken_at_once_even_with_limits()
    {
        await using var practice = await fixture.Start(new Wanted { Limits = new LimitSettings() });
        var time = (await practice.Api.Slots("impfung", more: "&vet=weber"))[15];
        var chosen = await practice.Browser.Post((await practice.Browser.ToTimes()).Url, [("zeit", $"{time.Start} weber")]);
        Assert.Equal(201, (await practice.Api.Book(ApiClient.Wish("impfung", time.Start, "weber", "faster@example.org"))).Status);
        practice.Clock.Advance(Duration.FromSeconds(20));
        var again = await practice.Browser.Book(chosen);
        Assert.StartsWith("/buchen/fertig/", (await practice.Browser.Press(again, "button[name=zeit]")).Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_fills_in_the_field_nobody_sees_books_nothing()
    {
        await using var practice = await fixture.Start();
        var again = await practice.Browser.Press(await practice.Browser.ToContact(), "form.body .btn", [.. BookingWay.Erika, (ContactPages.Honeypot, "http://spam.example")]);
        Assert.Equal(422, again.Status);
        Assert.Empty(again.DeadErrorLinks);
        Assert.Equal(0, practice.Count("answered"));
    }

    [Fact]
    public async Task Faster_than_a_person_is_asked_to_look_again()
    {
        await using var practice = await fixture.Start(new Wanted { Limits = new LimitSettings() });
        var contact = await practice.Browser.ToContact();
        practice.Clock.Advance(Duration.FromMilliseconds(1900));
        var again = await practice.Browser.Book(contact);
        Assert.Equal((422, "Erika Mustermann"), (again.Status, again.Value("#name")));
        Assert.Equal(0, practice.Count("answered"));
        practice.Clock.Advance(Duration.FromSeconds(2));
        Assert.StartsWith("/buchen/fertig/", (await practice.Browser.Book(again)).Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_holds_leave_everything_typed_and_name_the_telephone()
    {
        await using var practice = await fixture.Start(new Wanted { Limits = new LimitSettings { HoldsPerAddress = 1, FastestFormSeconds = 0 } });
        Assert.Equal(200, (await practice.Browser.Book(await practice.Browser.ToContact())).Status);
        var again = await practice.Browser.Book(await practice.Browser.ToContact());
        Assert.Equal((429, "Erika Mustermann"), (again.Status, again.Value("#name")));
        Assert.Contains("030 23125 120", again.Find(".err").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_somebody_typed_is_text_on_every_page()
    {
        await using var practice = await fixture.Start();
        const string attack = "<img src=x onerror=alert(1)>'\"&";
        var times = await practice.Browser.Press(await practice.Browser.ToAnimals("tfa"), ".btn[name=weiter]", ("name-0", attack), ("art-0", "dog"), ("grund-0", attack));
        var contact = await practice.Browser.Press(times, "form.next button");
        var wrong = await practice.Browser.Press(contact, "form.body .btn", ("name", attack), ("email", attack), ("nachricht", attack));
        var done = await practice.Browser.Press(contact, "form.body .btn", ("name", attack), ("email", "erika@example.org"), ("nachricht", attack));
        var link = await practice.Browser.Open(await practice.MailedLink());
        Assert.All(new[] { times, contact, wrong, done, link }, page =>
        {
            Assert.Contains("alert(1)", page.Html, StringComparison.Ordinal);
            Assert.Empty(page.Document.QuerySelectorAll("img, [onerror]"));
        });
    }

    [Theory]
    [InlineData("/buchen")]
    [InlineData("/buchen/kontakt")]
    [InlineData("/buchen/tiere")]
    public async Task A_form_that_is_none_is_no_fault_of_the_server(string path)
    {
        await using var practice = await fixture.Start();
        var url = path == "/buchen" ? path : path + "?" + (await practice.Browser.ToContact()).Url.Split('?')[1];
        foreach (var (body, type) in (ValueTuple<string, string>[])[("{}", "application/json"), ("x", "text/plain"), ("", "multipart/form-data"), ("x", "multipart/form-data; boundary=x"), ("a=%zz&%00=1&=", "application/x-www-form-urlencoded")])
        {
            using var content = new StringContent(body);
            content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(type);
            using var response = await practice.Http.PostAsync(url, content);
            Assert.InRange((int)response.StatusCode, 400, 422);
        }
        using var many = new FormUrlEncodedContent(Enumerable.Range(0, 3000).Select(i => KeyValuePair.Create($"a{i}", "b")));
        using var tooMany = await practice.Http.PostAsync(url, many);
        Assert.Equal(400, (int)tooMany.StatusCode);
        Assert.Equal(0, practice.Count("answered"));
    }
}
