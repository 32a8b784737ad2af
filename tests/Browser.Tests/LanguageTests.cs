using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace VetBooking.Tests.Browser;

/// <summary>Other languages are longer, have other letters, or run the other way; the whole way of booking must take it.</summary>
public sealed class LanguageTests(Stage stage) : IClassFixture<Stage>
{
    [BrowserTheory]
    [InlineData("tr")]
    [InlineData("uk")]
    [InlineData("pl")]
    [InlineData("ar")]
    [InlineData("fr")]
    public async Task The_whole_way_fits_a_narrow_window_in_every_language(string language)
    {
        await using var practice = await stage.Other($"UPDATE practice SET languages = 'de en {language}'");
        await Walk(practice, language, (_, _) => Task.CompletedTask);
    }

    /// <summary>Accents everywhere and two fifths more to read: what is not in the texts stands out, and what is cut off is seen.</summary>
    [BrowserFact]
    public async Task Texts_two_fifths_longer_fit_and_none_is_missing_from_the_files()
    {
        var plain = new List<string>();
        await using var practice = await stage.Other(Pseudo());
        await Walk(practice, "en", async (owner, name) =>
        {
            // Headings and buttons are the program's own words on every page; a visit type's name is the practice's.
            foreach (var words in await owner.Page.Locator("h1, main button.btn").AllInnerTextsAsync())
                if (words.Trim() is { Length: > 0 } and not "Tierarztpraxis am Park" && !words.Contains('é', StringComparison.Ordinal)) plain.Add($"{name}: {words}");
        });
        Assert.Empty(plain);
    }

    private async Task Walk(PracticeServer practice, string language, Func<Owner, string, Task> also)
    {
        await using var owner = await stage.Owner(Device.Narrow with { Language = language }, practice);
        var wrong = new List<string>();
        await Journey.Walk(owner, async name =>
        {
            await Pictures.Take(owner.Page, $"{name}-{language}");
            wrong.AddRange((await Probe.SidewaysScroll(owner.Page)).Select(one => $"{name}: {one}"));
            Assert.Equal(language, await owner.Page.GetAttributeAsync("html", "lang"));
            await also(owner, name);
        });
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    /// <summary>Every English text with accents and more letters, as the practice's own.</summary>
    private static string Pseudo()
    {
        var texts = JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(English()))!;
        return "INSERT INTO own_text (language, key, words, original, changed_at) VALUES "
            + string.Join(", ", texts.Select(one => $"('en', '{one.Key}', '{Stretch(one.Value).Replace("'", "''", StringComparison.Ordinal)}', '', 0)"));

        static string English([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "../../src/Web/Texts/en.json");
    }

    /// <summary>The message with each e as é, and a vowel more in every third place; what stands in its braces stays.</summary>
    private static string Stretch(string message)
    {
        var (stretched, inText, letters) = (new StringBuilder(), new Stack<bool>([true]), 0);
        foreach (var c in message)
        {
            if (c == '{') inText.Push(!inText.Peek());
            else if (c == '}') inText.Pop();
            var (plain, isText) = (c, inText.Peek());
            stretched.Append(isText ? plain switch { 'e' => 'é', 'a' => 'å', 'o' => 'ö', _ => plain } : plain);
            if (isText && char.IsLetter(c) && ++letters % 5 is 1 or 3) stretched.Append('é');
        }
        return stretched.ToString();
    }
}
