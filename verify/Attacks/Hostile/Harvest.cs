using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace VetBooking.Verify.Attacks.Hostile;

/// <summary>A form as it stands on a page, filled in so that it is good.</summary>
internal sealed record Sheet(string Role, string Source, string Method, string Path, bool IsMultipart, IReadOnlyList<(string Name, string Value)> Fields)
{
    /// <summary>Whether its answer asks before it saves.</summary>
    public bool IsPreview => Fields.Any(one => one.Name == "bestaetigt");
}

/// <summary>The routes of the reviewed list, to tell which of them a path is of.</summary>
internal sealed class RouteList
{
    private readonly List<(string Method, string Pattern, Regex Shape)> all;

    public RouteList()
    {
        all = [.. File.ReadAllLines(System.IO.Path.Combine(Run.Root, "tests", "Web.Tests", "Routes", "routes.txt")).Where(line => line.Length > 0).Select(line => line.Split(' '))
            .Select(part => (part[0], part[1], Right: part[2], new Regex("^" + Regex.Replace(part[1], @"\{[^}]+\}", "[^/]+") + "$"))).OrderBy(one => one.Item2.Count(c => c == '{'))
            .Select(one => (one.Item1, one.Item2, one.Item4))];
        Rights = File.ReadAllLines(System.IO.Path.Combine(Run.Root, "tests", "Web.Tests", "Routes", "routes.txt")).Where(line => line.Length > 0).Select(line => line.Split(' '))
            .ToDictionary(part => part[0] + " " + part[1], part => part[2]);
    }

    public IReadOnlyDictionary<string, string> Rights { get; }

    public IEnumerable<(string Method, string Pattern)> All => all.Select(one => (one.Method, one.Pattern));

    public string? PatternOf(string method, string path) => all.FirstOrDefault(one => one.Method == method && one.Shape.IsMatch(path.Split('?')[0])).Pattern;
}

/// <summary>Walks through the pages as somebody with a browser would, and collects every form and every link.</summary>
internal sealed partial class Harvest(RouteList routes, Func<string, Shot, Task<Reply>> send)
{
    private static readonly HtmlParser Parser = new();

    /// <summary>The forms, one of each shape.</summary>
    public Dictionary<string, Sheet> Sheets { get; } = [];

    /// <summary>Every address that answered with a page, with who it was for.</summary>
    public List<(string Role, string Path)> Pages { get; } = [];

    /// <summary>The keys of every link's and form's query, by pattern.</summary>
    public Dictionary<string, HashSet<string>> Keys { get; } = [];

    /// <summary>The names of the headers of answers nobody has tampered with.</summary>
    public HashSet<string> HeaderNames { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Follows every link from the given ones on; of each pattern with the same keys at most so many.</summary>
    public async Task Walk(string role, IEnumerable<string> from, int most, int mostPages)
    {
        var (queue, seen, counts) = (new Queue<string>(from), new HashSet<string>(), new Dictionary<string, int>());
        while (queue.TryDequeue(out var path) && Pages.Count < mostPages)
        {
            if (!seen.Add(path) || path.StartsWith("/praxis/live", StringComparison.Ordinal)) continue;
            var shape = (routes.PatternOf("GET", path) ?? path) + string.Join(',', KeysOf(path).Order());
            counts[shape] = counts.GetValueOrDefault(shape) + 1;
            if (counts[shape] > most) continue;
            var reply = await send(role, Shot.Get(path));
            HeaderNames.UnionWith(reply.Headers.Select(one => one.Name));
            if (reply.Status is 302 or 303) queue.Enqueue(reply.Header("Location"));
            if (!reply.IsPage) continue;
            Pages.Add((role, path));
            foreach (var link in Read(role, path, reply.Body)) queue.Enqueue(link);
        }
    }

    /// <summary>Sends a form as it is and follows where it leads, collecting the forms on the way.</summary>
    public async Task<Reply> Submit(Sheet sheet)
    {
        var reply = await send(sheet.Role, FormBody.Of(sheet));
        HeaderNames.UnionWith(reply.Headers.Select(one => one.Name));
        var path = sheet.Path;
        for (var hop = 0; hop < 4 && reply.Status is 302 or 303; hop++) reply = await send(sheet.Role, Shot.Get(path = reply.Header("Location")));
        if (reply.IsPage) Read(sheet.Role, path, reply.Body);
        return reply;
    }

    /// <summary>The forms of a page.</summary>
    public static List<Sheet> SheetsOf(string role, string source, string body)
    {
        using var document = Parser.ParseDocument(body);
        return [.. document.Forms.Select(form => new Sheet(role, source, form.Method.Equals("post", StringComparison.OrdinalIgnoreCase) ? "POST" : "GET",
            Local(source, form.GetAttribute("action")) ?? source, form.Enctype == "multipart/form-data", Fields(form)))];
    }

    /// <summary>What tells forms apart: where they lead and what they hold.</summary>
    public string ShapeOf(Sheet sheet) => $"{sheet.Method} {routes.PatternOf(sheet.Method, sheet.Path) ?? sheet.Path} {string.Join(',', sheet.Fields.Select(one => Digits().Replace(one.Name, "0")).Distinct().Order())}";

    private List<string> Read(string role, string source, string body)
    {
        using var document = Parser.ParseDocument(body);
        foreach (var sheet in SheetsOf(role, source, body))
        {
            if (sheet.Method == "POST") Sheets.TryAdd(ShapeOf(sheet), sheet);
            else Remember(sheet.Path, sheet.Fields.Select(one => one.Name));
        }
        var links = document.QuerySelectorAll("a[href],link[rel=manifest]").Select(one => Local(source, one.GetAttribute("href"))).OfType<string>().Distinct().ToList();
        foreach (var link in links) Remember(link, KeysOf(link));
        return links;
    }

    private void Remember(string path, IEnumerable<string> keys)
    {
        if (routes.PatternOf("GET", path) is not { } pattern) return;
        if (!Keys.TryGetValue(pattern, out var known)) Keys[pattern] = known = [];
        known.UnionWith(keys);
    }

    private static IEnumerable<string> KeysOf(string path) => path.Split('?') is [_, var query] ? query.Split('&').Select(one => one.Split('=')[0]) : [];

    private static string? Local(string source, string? address)
    {
        if (address is null) return null;
        if (!Uri.TryCreate(new Uri("http://own.example" + source), address, out var url) || url.Host != "own.example") return null;
        return url.PathAndQuery;
    }

    private static List<(string, string)> Fields(IHtmlFormElement form)
    {
        var fields = new List<(string, string)>();
        foreach (var one in form.Elements)
        {
            if (one.GetAttribute("name") is not { Length: > 0 } name) continue;
            switch (one)
            {
                case IHtmlInputElement { Type: "radio" } radio:
                    if (fields.TrueForAll(field => field.Item1 != name)) fields.Add((name, radio.Value));
                    else if (radio.IsChecked) fields[fields.FindIndex(field => field.Item1 == name)] = (name, radio.Value);
                    break;
                case IHtmlInputElement { Type: "checkbox" } tick:
                    if (tick.IsChecked || fields.TrueForAll(field => field.Item1 != name)) fields.Add((name, tick.Value));
                    break;
                case IHtmlInputElement { Type: "submit" or "image" or "button" }:
                    break;
                case IHtmlButtonElement button:
                    // One button is pressed: the first, and never the one that removes or goes back.
                    if (name is not ("entfernen" or "aendern") && fields.TrueForAll(field => field.Item1 != name)) fields.Add((name, button.GetAttribute("value") ?? ""));
                    break;
                case IHtmlInputElement input:
                    fields.Add((name, input.Value.Length > 0 || input.Type == "hidden" ? input.Value : Good(name, input.Type, input.GetAttribute("min"))));
                    break;
                case IHtmlSelectElement select:
                    fields.Add((name, select.Value is { Length: > 0 } chosen ? chosen : (select.Options.Length > 0 ? select.Options[select.Options.Length - 1].Value : null) ?? ""));
                    break;
                case IHtmlTextAreaElement area:
                    fields.Add((name, area.Value.Length > 0 ? area.Value : "Ein Satz."));
                    break;
            }
        }
        return fields;
    }

    /// <summary>What somebody would type.</summary>
    private static string Good(string name, string type, string? least) => type switch
    {
        "email" => "erika@example.org",
        "tel" => "030 1234567",
        "number" => least ?? "1",
        "time" => "10:00",
        "date" => Times.Now.ToDateTimeUtc().AddDays(15).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        "url" => "https://example.org/",
        "file" => "",
        _ when name.Contains("mail", StringComparison.Ordinal) => "erika@example.org",
        _ when name.Contains("telefon", StringComparison.Ordinal) => "030 1234567",
        _ => "Erika Muster",
    };

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Digits();
}
