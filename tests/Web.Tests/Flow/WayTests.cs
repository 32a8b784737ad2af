using System.Globalization;
using VetBooking.Tests.Running;

namespace VetBooking.Tests.Flow;

/// <summary>The way through the pages, without JavaScript and without cookies.</summary>
public sealed class WayTests(PracticeFixture fixture)
{
    [Theory]
    [InlineData("", "de", "Was führt Sie zu uns?", "Wer kommt zu uns?", "Wann passt es Ihnen?", "Wie erreichen wir Sie?", "Bitte bestätigen Sie Ihren Termin")]
    [InlineData("?lang=en", "en", null, null, null, null, null)]
    public async Task A_person_books_from_the_first_page_to_the_receipt(string query, string language, string? reason, string? animals, string? times, string? contact, string? done)
    {
        await using var practice = await fixture.Start();
        var browser = practice.Browser;
        var headings = new List<string>();
        var titles = new HashSet<string>();

        var page = await browser.Open("/buchen" + query);
        At("/buchen");
        page = await browser.Press(page, "form.body .btn", ("anliegen", "impfung"));
        At("/buchen/tiere");
        page = await browser.Press(page, ".btn[name=weiter]", BookingWay.Bello);
        At("/buchen/zeit");
        page = await browser.Press(page, "form.next button");
        At("/buchen/kontakt");
        Assert.Contains("Bello", page.Find("aside").TextContent, StringComparison.Ordinal);
        page = await browser.Book(page);
        Assert.StartsWith("/buchen/fertig/", page.Path, StringComparison.Ordinal);
        At(page.Path);

        if (reason is not null) Assert.Equal([reason, animals, times, contact, done], headings);
        Assert.Equal(5, titles.Count);
        Assert.Contains("erika@example.org", page.Words, StringComparison.Ordinal);
        Assert.Equal(("held", language), practice.Db.Row("SELECT a.state, a.language FROM appointment a JOIN answered USING (id) WHERE 0 OR 1", row => (row.GetString(0), row.GetString(1))) is var _ ? Saved(practice) : default);

        void At(string path)
        {
            Assert.Equal((200, path), (page.Status, page.Path));
            Assert.Equal(language, page.Document.DocumentElement.GetAttribute("lang"));
            Assert.Empty(page.Document.QuerySelectorAll("script, [onclick], [style]"));
            Assert.False(page.Response.Headers.Contains("Set-Cookie"));
            Assert.Single(page.Document.QuerySelectorAll("h1"));
            headings.Add(page.Heading);
            titles.Add(page.Title);
        }
    }

    private static (string, string) Saved(RunningPractice practice) => practice.Db.Row(
        "SELECT a.state, a.language FROM appointment a JOIN answered n ON n.appointment_id = a.id", row => (row.GetString(0), row.GetString(1)));
}
