namespace VetBooking.Tests.Browser.Settings;

/// <summary>Webhooks and access tokens, as an administrator sets them up.</summary>
public sealed class MachinesTests(Stage stage) : IClassFixture<Stage>
{
    [BrowserTheory]
    [InlineData(1280, false, true)]
    [InlineData(390, true, true)]
    [InlineData(320, false, false)]
    public async Task What_is_shown_once_what_was_sent_and_what_is_wrong_is_whole_for_everybody(int width, bool dark, bool scripts)
    {
        await using var administrator = await Administrator.At(stage, new Device(width, 800, Dark: dark, Scripts: scripts));
        var page = administrator.Page;
        await administrator.Open("/praxis/einstellungen/webhooks");
        await page.ClickAsync("#neu ~ form .btn");
        await administrator.Look("machines-webhook-wrong");
        await page.FillAsync("#name", "Praxissoftware");
        await page.FillAsync("#adresse", "https://programm.invalid/termine");
        await page.ClickAsync("#neu ~ form .btn");
        Assert.StartsWith("whsec_", await page.InnerTextAsync(".said .code"), StringComparison.Ordinal);
        await administrator.Look("machines-secret");
        await page.ClickAsync("form[action*='/probe'] button");
        for (var tries = 0; tries < 40 && !(await page.InnerTextAsync("tbody")).Contains("Nicht erreichbar", StringComparison.Ordinal); tries++)
        {
            await Task.Delay(250);
            await page.ReloadAsync();
        }
        await administrator.Look("machines-webhook");
        await administrator.Open("/praxis/einstellungen/webhooks");
        await administrator.Look("machines-webhooks");
        await page.ClickAsync("tbody a");
        await page.ClickAsync("form[action*='/loeschung'] button");

        await administrator.Open("/praxis/einstellungen/zugriffe");
        await page.UncheckAsync("[name=darf] >> nth=0");
        await page.ClickAsync("#neu ~ form .btn");
        await administrator.Look("machines-token-wrong");
        await page.FillAsync("#name", "Telefonanlage");
        await page.CheckAsync("[name=darf] >> nth=1");
        await page.ClickAsync("#neu ~ form .btn");
        Assert.StartsWith("vb_", await page.InnerTextAsync(".said .code"), StringComparison.Ordinal);
        await administrator.Look("machines-token");
        administrator.NothingIsWrong();
    }
}
