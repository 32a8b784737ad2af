using VetBooking.Tests.Running;
using VetBooking.Tests.Setup;
using VetBooking.Web.SignIn;
using VetBooking.Web.Texts;

namespace VetBooking.Tests.Voice;

/// <summary>Which languages a practice speaks, and how German addresses people.</summary>
public sealed class LanguageTests(PracticeFixture fixture)
{
    [Theory]
    [InlineData("tr", "Türkçe", "ltr")]
    [InlineData("uk", "Українська", "ltr")]
    [InlineData("pl", "Polski", "ltr")]
    [InlineData("ar", "العربية", "rtl")]
    [InlineData("fr", "Français", "ltr")]
    public async Task Owners_read_and_are_mailed_in_a_language_the_practice_adds(string language, string name, string direction)
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        Assert.Equal("de", (await practice.Browser.Open("/buchen?lang=" + language)).Find("html").GetAttribute("lang"));
        await desk.Set("/sprachen", ("sprachen", language));
        var page = await practice.Browser.Open("/buchen?lang=" + language);
        Assert.Equal((language, direction), (page.Find("html").GetAttribute("lang"), page.Find("html").GetAttribute("dir")));
        Assert.Equal(Text.In(language).BookingReasonHeading, page.Heading);
        Assert.Contains(name, (await practice.Browser.Open("/buchen")).Find("footer").TextContent, StringComparison.Ordinal);
        await practice.Api.BookFirst("impfung", language: language);
        Assert.StartsWith(Text.In(language).MailGreeting, (await practice.Mail()).TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Staff_read_german_or_english_whatever_owners_read()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = "UPDATE practice SET languages = 'de tr en'" });
        using var desk = await practice.SignedIn(Role.Administrator);
        Assert.Equal("de", (await desk.Open("/praxis/einstellungen?lang=tr")).Find("html").GetAttribute("lang"));
        Assert.Equal("en", (await desk.Open("/praxis/einstellungen?lang=en")).Find("html").GetAttribute("lang"));
    }

    [Fact]
    public async Task German_says_du_where_the_practice_wants_it()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        Assert.Equal("Was führt Sie zu uns?", (await practice.Browser.Open("/buchen")).Heading);
        await desk.Set("/sprachen", ("anrede", "du"));
        Assert.Equal("Was führt dich zu uns?", (await practice.Browser.Open("/buchen")).Heading);
        Assert.Equal("What brings you to us?", (await practice.Browser.Open("/buchen?lang=en")).Heading);
        await practice.Api.BookFirst("impfung");
        Assert.StartsWith("Hallo,", (await practice.Mail()).TextBody, StringComparison.Ordinal);
    }

    /// <summary>A "Sie" left over would be the only one on its page.</summary>
    [Fact]
    public void Nothing_that_says_du_also_says_Sie()
    {
        var familiar = Text.In(Text.Familiar);
        var places = Text.ForOwners.Where(place => familiar.Find(place) is not null).ToList();
        Assert.True(places.Count > 80);
        Assert.DoesNotContain(places, place => familiar.Source(place).Split(' ', ',', '.', '?', '!', '{', '}', '„', ':').Any(word => word is "Ihnen" or "Ihrem" or "Ihren"));
    }

    /// <summary>German that addresses the reader and has no form with du.</summary>
    [Fact]
    public void Everything_that_says_Sie_has_a_form_that_says_du() => Assert.DoesNotContain(
        Text.ForOwners.Where(place => Text.In(Text.Familiar).Find(place) is null),
        place => Text.In("de").Source(place).Split(' ', ',', '.', '?', '!', '{', '}', '„', ':').Any(word => word is "Ihnen" or "Ihrem" or "Ihren" or "Ihre" or "Ihr"));

    [Fact]
    public void Every_language_says_everything_owners_read() => Assert.All(Text.Languages, language =>
        Assert.DoesNotContain(Text.ForOwners, place => Text.In(language).Find(place) is null));

    [Fact]
    public void Names_and_numbers_stay_in_order_inside_a_language_that_runs_the_other_way()
    {
        Assert.Contains("\u2068030 1234567\u2069", Text.In("ar").SiteCall("030 1234567"), StringComparison.Ordinal);
        Assert.DoesNotContain("\u2068", Text.In("tr").SiteCall("030 1234567"), StringComparison.Ordinal);
    }
}
