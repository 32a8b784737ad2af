namespace VetBooking.Tests.Browser;

/// <summary>"Anderes Datum": a date of one's own choice.</summary>
public sealed class OtherDateTests(Stage stage) : IClassFixture<Stage>
{
    [BrowserTheory]
    [InlineData("2027-04-20", "", "Dienstag, 20. April")]
    [InlineData("2027-03-26", "Karfreitag", "Samstag, 27. März")]
    [InlineData("2027-03-21", "geschlossen", "Montag, 22. März")]
    public async Task The_day_asked_for_is_shown_or_why_not_and_the_next(string date, string why, string shown)
    {
        await using var owner = await stage.Owner(Device.Desktop with { Scripts = false });
        var page = owner.Page;
        await owner.UpToTimes();
        await page.ClickAsync(".pills li:nth-child(2) a");
        await page.FillAsync("input[type=date]", date);
        await page.ClickAsync(".find button");
        Assert.Equal(shown, await page.InnerTextAsync("h2.day"));
        var notes = await page.Locator("main .note").AllInnerTextsAsync();
        if (why.Length > 0) Assert.Contains(notes, note => note.Contains(why, StringComparison.Ordinal));
        else Assert.Empty(notes);
        Assert.Equal("Dr. Weber", await page.InnerTextAsync(".pills [aria-current]"));
        Assert.Contains("Balu", await page.InnerTextAsync("aside"), StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task It_offers_no_day_that_cannot_be_booked()
    {
        await using var owner = await stage.Owner(Device.Desktop);
        await owner.UpToTimes();
        var field = owner.Page.Locator("input[type=date]");
        Assert.Equal("2027-03-15", await field.GetAttributeAsync("min"));
        Assert.Equal("2027-06-12", await field.GetAttributeAsync("max"));
    }

    [BrowserFact]
    public async Task It_is_there_when_moving_too()
    {
        await using var owner = await stage.Owner(Device.Phone);
        await owner.Hold();
        await owner.OpenMail();
        await owner.Press("/bestaetigung");
        await owner.Follow("/verschiebung");
        await owner.Page.FillAsync("input[type=date]", "2027-04-20");
        await owner.Page.ClickAsync(".find button");
        Assert.Equal("Dienstag, 20. April", await owner.Page.InnerTextAsync("h2.day"));
        await owner.Page.Locator(".part .slots button").First.ClickAsync();
        Assert.Contains("20. April", await owner.Page.InnerTextAsync(".done time"), StringComparison.Ordinal);
    }
}
