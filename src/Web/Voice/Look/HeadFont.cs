using System.Collections.Immutable;
using VetBooking.Web.Shared;

namespace VetBooking.Web.Voice.Look;

/// <summary>
/// A font for headings, out of the executable itself: a Latin subset, and a Cyrillic one that browsers fetch only for such
/// letters. What neither has comes from the system's font.
/// </summary>
internal sealed class HeadFont
{
    /// <summary>No font of ours: headings are set like everything else.</summary>
    public const string System = "system";

    private const string Latin = "U+0-36F,U+1E00-1EFF,U+2000-2115,U+2117-2122";
    private const string Cyrillic = "U+400-4FF,U+2116";

    /// <summary>All there are.</summary>
    public static readonly ImmutableArray<HeadFont> All = [new("serif", hasCyrillic: true), new("round", hasCyrillic: false), new("warm", hasCyrillic: true)];

    private readonly ImmutableArray<(string Range, Lazy<Asset> File)> parts;

    private HeadFont(string id, bool hasCyrillic)
    {
        Id = id;
        parts = hasCyrillic ? [Part(id, "latin", Latin), Part(id, "cyrillic", Cyrillic)] : [Part(id, "latin", Latin)];
    }

    /// <summary>What the database calls it.</summary>
    public string Id { get; }

    /// <summary>How a style sheet makes it known as <paramref name="family"/>. Any weight asked for is the one there is.</summary>
    public string Css(string family) => string.Concat(parts.Select(part =>
        $"@font-face{{font-family:{family};src:url({part.File.Value.Path}) format(\"woff2\");font-weight:400 900;font-display:swap;unicode-range:{part.Range}}}"));

    public static HeadFont? Find(string id) => All.FirstOrDefault(one => one.Id == id);

    /// <summary>The file at an address, if it is one of a font's. Only that font is read.</summary>
    public static Asset? At(string path) =>
        Find(path[(path.LastIndexOf('/') + 1)..].Split('-')[0]) is { } font ? font.parts.Select(part => part.File.Value).FirstOrDefault(file => file.Path == path) : null;

    private static (string Range, Lazy<Asset> File) Part(string id, string script, string range) =>
        (range, new Lazy<Asset>(() => Asset.Of($"{id}-{script}", "woff2", "font/woff2", Assets.Bytes($"fonts.{id}-{script}.woff2"))));
}
