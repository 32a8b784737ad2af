using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using VetBooking.Web.Planning;
using VetBooking.Web.Voice.Look;

namespace VetBooking.Web.Shared;

/// <summary>
/// The files pages refer to, out of the executable itself. Their addresses carry a hash of their content, so browsers may
/// keep them for ever. The style sheet is several files to read and one to fetch.
/// </summary>
internal static class Assets
{
    private const string Prefix = "VetBooking.Web.wwwroot.";
    private const string StaffPrefix = Prefix + "staff.";
    private const string EmbedPrefix = Prefix + "embed.";
    private const string SiteSheetName = Prefix + "site-home.css";

    private static readonly Asset Sheet = Make("pages", "css", "text/css; charset=utf-8", Names(Prefix, ".css").Where(name => name != SiteSheetName && !name.StartsWith(StaffPrefix, StringComparison.Ordinal) && !name.StartsWith(EmbedPrefix, StringComparison.Ordinal)).Select(Read));
    private static readonly Asset SiteSheet = Make("site", "css", "text/css; charset=utf-8", [Read(SiteSheetName)]);
    private static readonly Asset Symbol = Make("icon", "svg", "image/svg+xml", [Read(Prefix + "icon.svg")]);
    private static readonly Asset StaffSheet = Make("praxis", "css", "text/css; charset=utf-8", Names(StaffPrefix, ".css").Select(Read).Append(BoardPlaces.Css));
    private static readonly FrozenDictionary<string, Asset> Scripts = Names(StaffPrefix, ".js")
        .ToFrozenDictionary(name => name[StaffPrefix.Length..^".js".Length], name => Make(name[StaffPrefix.Length..^".js".Length], "js", "text/javascript; charset=utf-8", [Read(name)]));
    private static readonly Asset FramedScript = Make("framed", "js", "text/javascript; charset=utf-8", [Read(EmbedPrefix + "framed.js")]);
    private static readonly Asset FramedSheet = Make("framed", "css", "text/css; charset=utf-8", [Read(EmbedPrefix + "framed.css")]);
    private static readonly FrozenDictionary<string, Asset> All = new[] { Sheet, SiteSheet, StaffSheet, Symbol, FramedScript, FramedSheet }.Concat(Scripts.Values).ToFrozenDictionary(asset => asset.Path);

    public static string Css => Sheet.Path;

    /// <summary>The sheet that only the pages of the practice's own site need.</summary>
    public static string SiteCss => SiteSheet.Path;

    /// <summary>The sheet of the staff's pages, used beside the first one.</summary>
    public static string StaffCss => StaffSheet.Path;

    /// <summary>A script of the staff's pages, by its name in <c>wwwroot/staff</c>.</summary>
    public static string Script(string name) => Scripts[name].Path;

    /// <summary>The script of the booking while it is shown in a frame.</summary>
    public static string Framed => FramedScript.Path;

    /// <summary>The sheet that the booking needs besides the first one while it is shown in a frame.</summary>
    public static string FramedCss => FramedSheet.Path;

    public static string Icon => Symbol.Path;

    /// <summary>The part of the owners' sheet that says which colours there are.</summary>
    public static string Frame => Read(Prefix + "10-frame.css");

    /// <summary><c>GET /dateien/{name}</c></summary>
    public static IResult Get(HttpContext http, string name)
    {
        var path = "/dateien/" + name;
        return All.TryGetValue(path, out var asset) ? asset.Send(http) : LookFiles.Get(http, path);
    }

    /// <summary>A file in <c>wwwroot</c>, its folders divided by dots.</summary>
    public static byte[] Bytes(string name)
    {
        using var stream = typeof(Assets).Assembly.GetManifestResourceStream(Prefix + name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }

    private static Asset Make(string name, string extension, string type, IEnumerable<string> parts) =>
        Asset.Of(name, extension, type, Encoding.UTF8.GetBytes(string.Concat(parts)));

    private static IEnumerable<string> Names(string prefix, string ending) =>
        typeof(Assets).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && name.EndsWith(ending, StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(Assets).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}

/// <summary>A file with a hash of its content in its address, which browsers may keep for ever.</summary>
internal sealed record Asset(string Path, string Type, byte[] Content)
{
    public static Asset Of(string name, string extension, string type, byte[] content)
    {
        // FNV-1a: it tells versions apart and keeps nothing from anybody. SHA-256 would load OpenSSL before the first page.
        var hash = content.Aggregate(14695981039346656037UL, (sum, one) => unchecked((sum ^ one) * 1099511628211UL));
        return new Asset(string.Create(CultureInfo.InvariantCulture, $"/dateien/{name}.{hash:x16}.{extension}"), type, content);
    }

    /// <summary>Answers with it.</summary>
    public IResult Send(HttpContext http)
    {
        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Bytes(Content, Type);
    }
}
