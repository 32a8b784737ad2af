namespace VetBooking.Tests.Browser;

/// <summary>The bounds against abuse, as somebody meets them who is no robot, and as a robot does.</summary>
public sealed class GuardedTests(Stage stage) : IClassFixture<Stage>
{
    [BrowserFact]
    public async Task Somebody_very_fast_is_asked_to_send_again_and_loses_nothing()
    {
        await using var practice = await stage.Other(limits: true);
        await using var owner = await stage.Owner(Device.Phone, practice);
        await owner.UpToContact();
        await owner.Contact();
        Assert.Contains("Das ging sehr schnell", await owner.Page.InnerTextAsync(".err"), StringComparison.Ordinal);
        Assert.Equal(owner.Name, await owner.Page.InputValueAsync("#name"));
        Assert.Equal(owner.Email, await owner.Page.InputValueAsync("#email"));
        await Task.Delay(TimeSpan.FromSeconds(2.5));
        await owner.Next();
        await owner.Page.WaitForURLAsync("**/buchen/fertig/**");
    }

    [BrowserFact]
    public async Task The_field_nobody_sees_stops_whoever_fills_it_in()
    {
        await using var owner = await stage.Owner(Device.Desktop);
        await owner.UpToContact();
        var box = await owner.Page.Locator("#website").BoundingBoxAsync();
        Assert.True(box!.X + box.Width < 0);
        await owner.Page.FillAsync("#website", "https://example.com");
        await owner.Contact();
        Assert.Contains("muss leer bleiben", await owner.Page.InnerTextAsync(".err"), StringComparison.Ordinal);
        Assert.Equal(0, owner.Practice.Number($"SELECT count(*) FROM appointment WHERE email = '{owner.Email}'"));
    }
}
