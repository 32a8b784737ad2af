using Microsoft.Playwright;

namespace VetBooking.Tests.Browser.FrontDesk;

/// <summary>Hands that count: keys that do something, and clicks. What is typed as text is not counted; nobody can save that.</summary>
internal sealed class Counted(IPage page)
{
    public int Keys { get; private set; }

    public int Clicks { get; private set; }

    public async Task Key(string key, int times = 1)
    {
        for (var i = 0; i < times; i++) await page.Keyboard.PressAsync(key);
        Keys += times;
    }

    public Task Type(string text) => page.Keyboard.TypeAsync(text);

    public async Task Click(string selector)
    {
        await page.ClickAsync(selector);
        Clicks++;
    }
}
