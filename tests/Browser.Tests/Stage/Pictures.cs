using Microsoft.Playwright;

namespace VetBooking.Tests.Browser;

/// <summary>Pictures to look at, and what was measured, in the folder named by PICTURES; nothing without it.</summary>
internal static class Pictures
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("PICTURES");

    public static async Task Take(IPage page, string name)
    {
        if (Folder is not null) await page.ScreenshotAsync(new() { Path = Path.Combine(Folder, name + ".png"), FullPage = true });
    }

    public static Task Keep(string name, byte[] content) => Folder is null ? Task.CompletedTask : File.WriteAllBytesAsync(Path.Combine(Folder, name), content);

    public static void Note(string line)
    {
        if (Folder is not null) File.AppendAllLines(Path.Combine(Folder, "sizes.txt"), [line]);
    }
}
