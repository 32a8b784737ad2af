namespace VetBooking.Tests.Browser;

/// <summary>A window of 320 pixels: what is left of 1280 at 400 percent (WCAG 1.4.10), and text twice as large (1.4.4).</summary>
public sealed class ReflowTests(Stage stage)
{
    [Theory]
    [InlineData("de", 100)]
    [InlineData("en", 100)]
    [InlineData("de", 200)]
    [InlineData("en", 200)]
    public async Task Nobody_has_to_scroll_sideways_in_a_narrow_window(string language, int percent)
    {
        await using var owner = await stage.Owner(Device.Narrow with { Language = language });
        var wrong = new List<string>();
        await Journey.Walk(owner, async name =>
        {
            await owner.Page.EvaluateAsync($"document.documentElement.style.fontSize = '{percent}%'");
            if (language == "de") await Pictures.Take(owner.Page, $"{name}-narrow-{percent}");
            wrong.AddRange((await Probe.SidewaysScroll(owner.Page)).Select(one => $"{name}: {one}"));
        });
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }
}
