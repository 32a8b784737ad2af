using System.Globalization;
using System.Net;
using System.Text;
using VetBooking.Fleet.Host;

namespace VetBooking.Fleet.Watching;

/// <summary>The operator's page about a host: one file without a script, an image or anything from elsewhere. First what somebody should look after, then everything.</summary>
internal static class StatusPage
{
    private const string Style = """
        :root { color-scheme: light dark; --ink: #1b1d21; --soft: #4a5059; --paper: #fff; --line: #c3c8cf; --head: #eef0f3; --bad: #a3140a; --link: #0b4f9e }
        @media (prefers-color-scheme: dark) { :root { --ink: #e9ebee; --soft: #b4bac3; --paper: #15171a; --line: #4b525c; --head: #22262b; --bad: #ff9d92; --link: #8fc1ff } }
        * { box-sizing: border-box }
        body { margin: 0 auto; max-width: 90rem; padding: 1rem; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif }
        h1 { font-size: 1.5rem; margin: 0 } h2 { font-size: 1.2rem; margin: 2rem 0 .5rem }
        p { margin: .25rem 0; color: var(--soft) } code { font-size: .95em; overflow-wrap: anywhere }
        a { color: var(--link) } a:focus-visible, [tabindex]:focus-visible { outline: 3px solid var(--link); outline-offset: 2px }
        .skip { position: absolute; left: -100vw } .skip:focus { position: static }
        .table { overflow-x: auto; border: 1px solid var(--line) }
        table { border-collapse: collapse; width: 100% }
        th, td { padding: .35rem .6rem; text-align: left; white-space: nowrap; border-bottom: 1px solid var(--line) }
        thead th { background: var(--head) } tbody th { position: sticky; left: 0; background: var(--paper) }
        td.number { text-align: right; font-variant-numeric: tabular-nums }
        .bad { color: var(--bad); font-weight: 600 }
        li { margin: .25rem 0 }
        """;

    public static string Of(SeenHost host)
    {
        var worries = host.Worries().Select(worry => ("This host", worry)).Concat(host.Practices.SelectMany(seen => seen.Worries(host.At).Select(worry => (seen.Practice.Name, worry)))).ToList();
        var awake = host.Practices.Count(seen => seen.IsAwake);
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{(worries.Count > 0 ? $"{worries.Count} to look after – " : "")}{Text(host.Name)}</title>
            <style>
            {Style}
            </style>
            </head>
            <body>
            <a class="skip" href="#practices">To the practices</a>
            <header>
            <h1>{Text(host.Name)}</h1>
            <p>{host.Practices.Count} practices, {awake} awake. As of <time datetime="{host.At:yyyy-MM-ddTHH:mm:ssZ}">{host.At:yyyy-MM-dd HH:mm} UTC</time>, written anew every five minutes by vetfleet {Text(host.Version)}.</p>
            </header>
            <main>
            <h2>To look after</h2>

            """);
        if (worries.Count == 0) page.Append("<p>Nothing.</p>\n");
        else page.Append("<ul>\n").AppendJoin('\n', worries.Select(worry => $"<li><span class=\"bad\">{Text(worry.Item1)}</span>: {Text(worry.worry)}</li>")).Append("\n</ul>\n");
        Practices(page, host);
        Units(page, host);
        return page.Append("</main>\n</body>\n</html>\n").ToString();
    }

    private static void Practices(StringBuilder page, SeenHost host)
    {
        page.Append("<h2 id=\"practices\">Practices</h2>\n<p>Errors are counted over the last day; what each code means stands in operating.md.</p>\n");
        Table(page, "Practices", ["Name", "Is", "Release", "Errors", "Wakes", "Backup", "Rehearsal", "Certificate", "Memory", "Disk", "Restarts", "Address"], host.Practices.Select(seen =>
        {
            var state = Status.Of(seen, host.At);
            return new[]
            {
                Header(seen.Practice.Name),
                Cell(seen.IsWell ? seen.Is : $"{seen.Is}{(seen.Reason is null ? "" : $" ({seen.Reason})")}", isBad: !seen.IsWell),
                Cell(state["release"]),
                Cell(state.GetValueOrDefault("errors", "none")),
                Cell(seen.Wakes is { } wakes ? wakes.ToString("MM-dd HH:mm", CultureInfo.InvariantCulture) : "–"),
                Number(Since(seen.Backup, host.At)),
                Number(Since(seen.Rehearsal, host.At)),
                Number(seen.Certificate is { } held ? Left(held.Until - host.At) : "none"),
                Number(state.GetValueOrDefault("memory", "–")),
                Number(state["disk"]),
                Number(seen.Restarts.ToString(CultureInfo.InvariantCulture)),
                Cell(seen.Practice.Hosts is [var address, ..] ? address : "–"),
            };
        }));
    }

    private static void Units(StringBuilder page, SeenHost host)
    {
        page.Append("<h2>This host</h2>\n");
        page.Append(CultureInfo.InvariantCulture, $"<p>Disk: {Room.Size(host.Disk.Free)} of {Room.Size(host.Disk.Size)} are free.</p>\n");
        Table(page, "Units of this host", ["Unit", "Result", "Last", "Next"], host.Units.Select(unit => new[]
        {
            Header(unit.Unit),
            Cell(unit.Result, isBad: !unit.IsWell),
            Cell(unit.Ended is { } ended ? Status.Minute(ended) : "–"),
            Cell(unit.Next is { } next ? Status.Minute(next) : "–"),
        }));
    }

    // Wider than a phone: it is scrolled sideways by itself, with the keyboard, too.
    private static void Table(StringBuilder page, string name, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        page.Append("<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"").Append(name).Append("\">\n<table>\n<thead><tr>")
            .AppendJoin("", columns.Select(column => $"<th scope=\"col\">{column}</th>")).Append("</tr></thead>\n<tbody>\n");
        foreach (var row in rows) page.Append("<tr>").AppendJoin("", row).Append("</tr>\n");
        page.Append("</tbody>\n</table>\n</div>\n");
    }

    private static string Header(string text) => $"<th scope=\"row\">{Text(text)}</th>";

    private static string Cell(string text, bool isBad = false) => isBad ? $"<td class=\"bad\">{Text(text)}</td>" : $"<td>{Text(text)}</td>";

    private static string Number(string text) => $"<td class=\"number\">{Text(text)}</td>";

    private static string Since(DateTime? moment, DateTime now) => moment is { } then ? Left(now - then) : "none";

    private static string Left(TimeSpan time) => time < TimeSpan.Zero ? "ended" : time.TotalHours < 48 ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0} h") : string.Create(CultureInfo.InvariantCulture, $"{time.TotalDays:0} days");

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
