namespace VetBooking.Tests.Browser;

/// <summary>Back, reload, and pressing twice.</summary>
public sealed class BackAndAgainTests(Stage stage) : IClassFixture<Stage>
{
    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_browsers_back_button_keeps_every_answer(bool scripts)
    {
        await using var owner = await stage.Owner(Device.Phone with { Scripts = scripts });
        var page = owner.Page;
        await owner.UpToContact();
        await page.FillAsync("#name", "Ayşe");
        await page.GoBackAsync();
        Assert.Contains("/buchen/zeit", page.Url, StringComparison.Ordinal);
        await page.GoBackAsync();
        await page.GoBackAsync();
        Assert.Equal("Balu", await page.InputValueAsync("#name-0"));
        Assert.True(await page.IsCheckedAsync("input[value=dog]"));
        Assert.Equal("2021", await page.InputValueAsync("#geboren-0"));
        await page.GoBackAsync();
        Assert.True(await page.IsCheckedAsync("input[value=impfung]"));
    }

    [BrowserFact]
    public async Task The_back_links_on_the_pages_keep_every_answer()
    {
        await using var owner = await stage.Owner(Device.Phone);
        var page = owner.Page;
        await owner.UpToContact();
        foreach (var (selector, path) in new[] { (".days", "/buchen/zeit"), ("#name-0", "/buchen/tiere"), ("input[value=impfung]:checked", "/buchen") })
        {
            await page.ClickAsync(".step a");
            Assert.Equal(path, new Uri(page.Url).AbsolutePath);
            Assert.Equal(1, await page.Locator(selector).CountAsync());
            if (selector == "#name-0") Assert.Equal("Balu", await page.InputValueAsync(selector));
        }
    }

    [BrowserFact]
    public async Task Going_back_from_the_receipt_and_booking_again_shows_the_same_booking()
    {
        await using var owner = await stage.Owner(Device.Phone);
        var page = owner.Page;
        await owner.Hold();
        var receipt = page.Url;
        await page.GoBackAsync();
        await owner.Contact();
        await page.WaitForURLAsync("**/buchen/fertig/**");
        Assert.Equal(receipt, page.Url);
        await page.ReloadAsync();
        Assert.Equal(1, await page.Locator(".done.wait").CountAsync());
        Assert.Equal(1, Bookings(owner));
    }

    [BrowserFact]
    public async Task Pressing_twice_books_once()
    {
        await using var owner = await stage.Owner(Device.Desktop);
        await owner.UpToContact();
        await owner.Page.FillAsync("#name", owner.Name);
        await owner.Page.FillAsync("#email", owner.Email);
        await owner.Page.DblClickAsync("main .row .btn");
        await owner.Page.WaitForURLAsync("**/buchen/fertig/**");
        Assert.Equal(1, Bookings(owner));
    }

    private static long Bookings(Owner owner) => owner.Practice.Number($"SELECT count(*) FROM appointment WHERE email = '{owner.Email}'");
}
