using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace VetBooking.Tests.Site;

public sealed partial class HomeTests
{
    private const string MondayMorning = "2026-11-23T09:00:00Z";

    [Fact]
    public async Task The_practice_shows_its_number_its_hours_and_the_way_to_an_appointment()
    {
        await using var practice = await SitePractice.Demo(MondayMorning);
        var answer = await practice.Get("/");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var home = await practice.Read("/");
        foreach (var shown in (string[])
            [
                "<html lang=\"de\"", "Jetzt geöffnet bis 12:30 Uhr", "Danach wieder ab 14:30 Uhr", "href=\"tel:+493023125120\"", "href=\"/buchen\"",
                "href=\"/buchen/impfung\"", "Jahrescheck", "Dr. Yılmaz", "Tierärztin, Chirurgie und Pferde", "Meerschweinchen", "Rinder, Schweine, Schafe",
                "Parkstraße 12", "U2 Pankow", "Tierklinik Seestern", "Wir behandeln Hunde", "Fortbildung des Teams", "Tierarztpraxis Seerose", "Erster Weihnachtstag",
            ]) Assert.Contains(shown, home, StringComparison.Ordinal);
        Assert.DoesNotContain("noindex", home, StringComparison.Ordinal);
        // Only those who have been here may book a check-up: no link that then refuses.
        Assert.DoesNotContain("/buchen/kontrolle", home, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/", "en-GB,en;q=0.8")]
    [InlineData("/?lang=en", "de")]
    public async Task It_speaks_English_too(string path, string language)
    {
        await using var practice = await SitePractice.Demo(MondayMorning);
        var home = await practice.Read(path, language);
        foreach (var shown in (string[])["<html lang=\"en\"", "Open now until 12:30", "Opening hours", "Book an appointment", "Guinea pig", "lang=\"de\">Tierärztin"])
        {
            Assert.Contains(shown, home, StringComparison.Ordinal);
        }
        // A language chosen by hand travels along.
        Assert.Equal(path.Length > 1, home.Contains("/buchen?lang=en", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("2026-11-22T09:00:00Z", "", "Heute geschlossen", "Wieder geöffnet: morgen ab 08:00 Uhr")]
    [InlineData("2027-03-26T09:00:00Z", "", "Heute geschlossen: Karfreitag", "Wieder geöffnet: morgen ab 09:00 Uhr")]
    [InlineData(MondayMorning, "INSERT INTO closure (first_day, last_day, reason, substitute) VALUES ('2026-11-23', '2026-11-24', 'Urlaub', 'Praxis Ulme')",
        "Heute geschlossen: Urlaub", "Vertretung: Praxis Ulme")]
    public async Task A_closed_day_says_why_and_until_when(string now, string sql, string headline, string detail)
    {
        await using var practice = await SitePractice.Demo(now, sql);
        var home = await practice.Read("/");
        Assert.Contains(headline + "</b>", home, StringComparison.Ordinal);
        Assert.Contains(detail, home, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_visit_types_the_booking_says_call_and_the_rest_works()
    {
        await using var practice = await SitePractice.Demo(MondayMorning, "UPDATE visit_type SET active = 0");
        var home = await practice.Read("/");
        Assert.Contains("Öffnungszeiten", home, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"/buchen\"", home, StringComparison.Ordinal);
        foreach (var path in (string[])["/buchen", "/buchen/impfung", "/buchen/zeit"])
        {
            var booking = await practice.Read(path);
            Assert.Contains("Termine vergeben wir am Telefon", booking, StringComparison.Ordinal);
            Assert.Contains("tel:+493023125120", booking, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Without_opening_hours_it_asks_to_call()
    {
        await using var practice = await SitePractice.Demo(MondayMorning, "DELETE FROM opening_hours");
        Assert.Contains("Wann wir da sind, sagen wir Ihnen am Telefon", await practice.Read("/"), StringComparison.Ordinal);
        Assert.Contains("Termine vergeben wir am Telefon", await practice.Read("/buchen"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_engines_read_the_practice_as_data()
    {
        await using var practice = await SitePractice.Demo(MondayMorning);
        var page = await (await practice.Get("/")).Content.ReadAsStringAsync();
        using var data = JsonDocument.Parse(DataBlock().Match(page).Groups[1].Value);
        Assert.Equal("VeterinaryCare", data.RootElement.GetProperty("@type").GetString());
        Assert.Equal("+493023125120", data.RootElement.GetProperty("telephone").GetString());
        Assert.Equal("https://praxis.example/buchen", data.RootElement.GetProperty("potentialAction").GetProperty("target").GetString());
        Assert.Equal(practice.Book.Practice.Opening.Length, data.RootElement.GetProperty("openingHoursSpecification").GetArrayLength());
    }

    [Fact]
    public async Task Search_engines_learn_what_to_read()
    {
        await using var practice = await SitePractice.Demo(MondayMorning);
        var robots = await practice.Read("/robots.txt");
        foreach (var line in (string[])["Disallow: /termin/", "Disallow: /buchen/fertig/", "Disallow: /praxis/", "Sitemap: https://praxis.example/sitemap.xml"])
        {
            Assert.Contains(line + "\n", robots, StringComparison.Ordinal);
        }
        var answer = await practice.Get("/sitemap.xml");
        Assert.Equal("application/xml", answer.Content.Headers.ContentType?.MediaType);
        var pages = System.Xml.Linq.XDocument.Parse(await answer.Content.ReadAsStringAsync()).Descendants().Where(one => one.Name.LocalName == "loc").Select(one => one.Value);
        Assert.Equal(
            ["https://praxis.example/", "https://praxis.example/buchen", "https://praxis.example/impressum", "https://praxis.example/datenschutz", "https://praxis.example/barrierefreiheit"],
            pages);
    }

    [GeneratedRegex("<script type=\"application/ld\\+json\">(.*?)</script>")]
    private static partial Regex DataBlock();
}
