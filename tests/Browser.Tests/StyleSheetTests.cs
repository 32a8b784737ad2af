using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace VetBooking.Tests.Browser;

/// <summary>The style sheet of the booking, as it is written and as it goes over the wire. Nobody minifies it.</summary>
public sealed partial class StyleSheetTests(Stage stage) : IClassFixture<Stage>
{
    [BrowserFact]
    public async Task The_style_sheet_stays_small()
    {
        using var http = new HttpClient { BaseAddress = new Uri(stage.Practice.Address) };
        var page = await http.GetStringAsync(new Uri("/buchen", UriKind.Relative));
        var sheet = await http.GetStringAsync(new Uri(Sheet().Match(page).Groups[1].Value, UriKind.Relative));
        var minified = Encoding.UTF8.GetBytes(Blank().Replace(Comment().Replace(sheet, ""), match => match.Groups[1].Value is { Length: > 0 } sign ? sign : " "));
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true)) brotli.Write(Encoding.UTF8.GetBytes(sheet));
        Pictures.Note($"sheet {sheet.Length} minified {minified.Length} packed {packed.Length}");
        Assert.InRange(minified.Length, 1, 12_500);
        Assert.InRange(packed.Length, 1, 4_800);
    }

    [GeneratedRegex("""href="(/dateien/[^"]+\.css)""")]
    private static partial Regex Sheet();

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\s*([{};:,])\s*|\s+")]
    private static partial Regex Blank();
}
