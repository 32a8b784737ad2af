using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace VetBooking.Tests.Browser.Settings;

/// <summary>The pictures of the handbook are made from the program as it is, so they never age.</summary>
public sealed partial class HandbookTests(Stage stage)
{
    /// <summary>What each picture shows: where, and under which heading. One that needs typing says what.</summary>
    private static readonly (string Picture, string Path, string Heading)[] Pictures =
    [
        ("einstellungen", "/praxis/einstellungen", "Einstellungen"),
        ("anliegen", "/praxis/einstellungen/anliegen/impfung", "Impfung und Vorsorge"),
        ("vorschau", "/praxis/einstellungen/schliesstage/neu", "Vorschau: Neue Schließtage"),
        ("einrichtung", "/praxis/einrichtung", "Tierarztpraxis am Park einrichten"),
    ];

    [BrowserFact]
    public async Task Every_picture_shows_a_page_there_is()
    {
        var used = Directory.GetFiles(Folder(), "*.md").SelectMany(file => Picture().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value)).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(Pictures.Select(one => one.Picture).Order(StringComparer.Ordinal), used);
        await using var administrator = await Administrator.At(stage, new Device(1000, 700));
        foreach (var (picture, path, heading) in Pictures)
        {
            await administrator.Open(path);
            if (picture == "vorschau") await ShowPreview(administrator);
            Assert.Equal(heading, (await administrator.Page.InnerTextAsync("h1")).Trim());
            var file = Path.Combine(Folder(), "bilder", picture + ".png");
            if (Environment.GetEnvironmentVariable("UPDATE_PICTURES") is not null) await administrator.Page.ScreenshotAsync(new() { Path = file });
            Assert.True(File.Exists(file), file);
        }
    }

    [BrowserFact]
    public async Task The_chapters_can_be_read_in_the_program()
    {
        await using var administrator = await Administrator.At(stage, Device.Phone);
        foreach (var chapter in Directory.GetFiles(Folder(), "*.md").Select(Path.GetFileNameWithoutExtension).Where(name => name != "README"))
        {
            await administrator.Open("/praxis/hilfe/" + chapter);
            await administrator.Look("help-" + chapter);
            Assert.DoesNotContain("**", await administrator.Page.InnerTextAsync("article"), StringComparison.Ordinal);
        }
        administrator.NothingIsWrong();
    }

    private static async Task ShowPreview(Administrator administrator)
    {
        await administrator.Page.FillAsync("#von", "2027-03-22");
        await administrator.Page.FillAsync("#bis", "2027-03-24");
        await administrator.Page.FillAsync("#grund", "Fortbildung");
        await administrator.Page.ClickAsync("form.sheet .btn");
    }

    private static string Folder([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../docs/handbuch"));

    [GeneratedRegex(@"!\[[^\]]*\]\(bilder/([a-z-]+)\.png\)", RegexOptions.NonBacktracking)]
    private static partial Regex Picture();
}
