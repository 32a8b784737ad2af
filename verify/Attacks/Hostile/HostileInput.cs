using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace VetBooking.Verify.Attacks.Hostile;

/// <summary>
/// Thousands of things nobody should type, in every form field, value of JSON, key of a query, header and segment of a path.
/// No answer may be 500 or above; afterwards every page and mail is opened in Chromium, and every mail, calendar file and
/// table is read as the programs do that get it: nothing may have had an effect.
/// </summary>
internal sealed partial class HostileInput(Run run)
{
    private const int TableColumns = 19;
    private readonly RouteList routes = new();

    public async Task Execute(int rounds)
    {
        await Controls.Try(run.Report);
        var payloads = Payloads.All();
        run.Report.Check("there are two thousand payloads", payloads.Count >= 2_000, $"{payloads.Count}");
        run.Report.Figure("payloads", payloads.Count);

        using var practice = new Practice(run);
        await practice.Open();
        var harvest = new Harvest(routes, practice.Send);
        await harvest.Walk("anonymous", ["/", "/buchen", "/praxis/anmelden"], 2, 400);
        await harvest.Walk("administrator", ["/praxis", "/praxis/tag", "/praxis/einstellungen", "/praxis/einrichtung", "/praxis/hilfe"], 2, 800);
        var plants = new Plants(practice, harvest);
        await plants.Grow();
        await practice.Send("administrator", Shot.Get("/praxis/kalender"));
        await BookByForms(practice, harvest);
        await harvest.Walk("anonymous", await Mailed(practice), 3, harvest.Pages.Count + 100);
        await harvest.Walk("front-desk", Planted(practice).Append("/praxis/neu").Append("/praxis/kunden/neu").Append("/praxis/sperre"), 2, harvest.Pages.Count + 300);
        run.Report.Say($"{plants.Bookings} booked, {harvest.Pages.Count} pages, {harvest.Sheets.Count} forms; planted: {string.Join(", ", plants.Stored().Select(one => $"{one.Key} {one.Value}"))}");
        run.Report.CheckNone("payloads are stored as each kind of text", [.. plants.Stored().Where(one => one.Value == 0).Select(one => one.Key)]);
        await practice.Keep();

        var judge = new Judge(harvest.HeaderNames);
        var storm = new Storm(run, practice, payloads, judge);
        var places = All(harvest, plants).ToList();
        run.Report.Say($"{places.Count} places: {string.Join(", ", places.GroupBy(one => one.Kind).Select(kind => $"{kind.Count()} {kind.Key}"))}; spared: {string.Join(", ", Places.Spared)}");
        await storm.Blow(places, rounds);
        Tell(storm, judge, practice, places, payloads.Count);
        // Made now: the storm revokes whatever can be revoked.
        await Examine(practice, storm, await Feed(practice), rounds);
        await practice.Target.Stop();
    }

    private IEnumerable<Place> All(Harvest harvest, Plants plants)
    {
        var reached = harvest.Sheets.Values.Select(one => routes.PatternOf("POST", one.Path)).ToHashSet();
        // What no page's form leads to is sent something all the same.
        var others = routes.All.Where(one => one.Method == "POST" && !reached.Contains(one.Pattern) && !one.Pattern.StartsWith("/api", StringComparison.Ordinal))
            .Select(one => new Sheet(Places.RoleFor(routes, "POST " + one.Pattern), "/", "POST", Places.With(one.Pattern, "1"), false, [("name", "x"), ("id", "1"), ("revision", "1"), ("grund", "x"), ("text", "x"), ("stand", "1")])).ToList();
        run.Report.Figure("forms", harvest.Sheets.Count);
        run.Report.Figure("routesWithoutForm", others.Count);
        var examples = harvest.Pages.Select(one => (Pattern: routes.PatternOf("GET", one.Path), Path: one.Path.Split('?')[0])).Where(one => one.Pattern is not null).DistinctBy(one => one.Pattern).ToDictionary(one => one.Pattern!, one => one.Path);
        List<(string, Shot)> shots =
        [
            ("anonymous", Shot.Get("/buchen")), ("anonymous", Shot.Get("/api/v1/slots?visitType=impfung&species=dog")), ("anonymous", Shot.Get("/embed.js")), ("anonymous", Shot.Get("/robots.txt")), ("administrator", Shot.Get("/praxis/tag")), ("administrator", Shot.Get("/praxis/live")),
            ("api", Shot.Get("/api/v1/staff/day")),
            .. harvest.Sheets.Values.Where(one => one.Path is "/buchen" or "/praxis/anmelden" or "/praxis/suche" or "/praxis/kunden/neu").Select(one => (one.Role, FormBody.Of(one))),
            .. plants.Bodies.Take(2).Select(one => (one.Role, new Shot("POST", Encoding.ASCII.GetBytes(one.Path), [], Encoding.UTF8.GetBytes(one.Body.ToJsonString())).And("Content-Type", "application/json"))),
        ];
        return [.. Places.Fields(harvest.Sheets.Values.Concat(others)), .. Places.Json(plants.Bodies), .. Places.OfHeaders(shots), .. Places.Queries(routes, harvest.Keys, examples), .. Places.Segments(routes)];
    }

    private void Tell(Storm storm, Judge judge, Practice practice, List<Place> places, int payloads)
    {
        var statuses = new JsonObject();
        foreach (var (status, count) in judge.Statuses.OrderBy(one => one.Key)) statuses[status.ToString(System.Globalization.CultureInfo.InvariantCulture)] = count;
        run.Report.Figure("places", places.Count);
        run.Report.Figure("requests", storm.Requests);
        run.Report.Figure("fewestAtAPlace", storm.Least);
        run.Report.Figure("saved", storm.Saved);
        run.Report.Figure("answers", statuses);
        run.Report.Figure("hugeCutOff", judge.CutOff);
        run.Report.Figure("cutLines", judge.Versions);
        run.Report.Figure("resets", practice.Resets);
        run.Report.Figure("timeWasUp", storm.WasCut);
        run.Report.CheckNone("no answer is 500 or above, none is missing, no header, way or markup is a payload's", [.. judge.Findings]);
        run.Report.Check("every place was tried", storm.Least > 0, $"{storm.Requests} requests at {places.Count} places");
        run.Report.CheckNone("every payload was tried in each kind of place", storm.WasCut ? [] : storm.Met.Where(one => one.Value < payloads).Select(one => $"{one.Key}: {one.Value}").ToList());
    }

    private async Task Examine(Practice practice, Storm storm, string feed, int rounds)
    {
        var most = rounds < 50 ? 3 : 30;
        var harvest = new Harvest(routes, practice.Send);
        await harvest.Walk("anonymous", [.. await Mailed(practice), "/", "/buchen"], most * 2, 1_000);
        await harvest.Walk("administrator", [.. Planted(practice), "/praxis", "/praxis/tag", "/praxis/liste", "/praxis/woche", "/praxis/protokoll", "/praxis/kunden", "/praxis/einstellungen", "/praxis/hilfe"], most, 3_000);
        var publicUrl = JsonDocument(practice).TrimEnd('/');
        await using var sight = await Sight.Open(practice.Target.Url.Authority, new Uri(publicUrl).Authority);
        await sight.Look(practice.Target.Url, null, [.. harvest.Pages.Where(one => one.Role == "anonymous").Select(one => one.Path)], 3);
        await sight.Look(practice.Target.Url, practice.CookieOf("administrator"), [.. harvest.Pages.Where(one => one.Role == "administrator").Select(one => one.Path)], 3);
        var (pages, showing) = (sight.Seen, sight.Showing);
        run.Report.Say($"looked at {pages} pages, {showing} of them show markers");

        var files = new DirectoryInfo(Path.Combine(practice.Target.Data, "outbox")).EnumerateFiles("*.eml").OrderBy(file => file.Name).ToList();
        await sight.Look(files.Select(file => (file.Name, Mails.Read(file)?.Html ?? "")).Where(one => one.Item2.Length > 0));
        var mailsShowing = sight.Showing - showing;
        run.Report.Say($"looked at {files.Count} mails, {mailsShowing} of them show markers");
        await sight.Look(storm.Echoes.Take(rounds < 50 ? 150 : 2_000).Select(one => (one.Key, Naked().Replace(one.Value, ""))));
        run.Report.Figure("pagesSeen", pages);
        run.Report.Figure("pagesShowingMarkers", showing);
        run.Report.Figure("mailsSeen", files.Count);
        run.Report.Figure("mailsShowingMarkers", mailsShowing);
        run.Report.Figure("answersSeen", sight.Seen - pages - files.Count);
        run.Report.CheckNone("nothing runs in Chromium, breaks a policy, asks another host or would run at a click, on no page, mail or answer", [.. sight.Findings.Distinct()]);
        var shown = new JsonObject();
        foreach (var (name, from) in Plants.Kinds) shown[name] = sight.Shown.Where(one => one.Key >= from && one.Key < from + 10_000).Sum(one => one.Value);
        run.Report.Figure("shown", shown);
        run.Report.CheckNone("each kind of text was shown with a payload in it", [.. shown.Where(one => one.Value!.GetValue<int>() == 0).Select(one => one.Key)]);
        run.Report.Check("mails show payloads", mailsShowing > 0);

        run.Report.CheckNone("every mail goes to one, with its own headers and parts", [.. files.SelectMany(file => Papers.Mail(file.Name, File.ReadAllBytes(file.FullName)))]);
        await Tables(practice, harvest, feed);
    }

    private async Task Tables(Practice practice, Harvest harvest, string feed)
    {
        var (findings, calendars) = (new List<string>(), 0);
        foreach (var path in harvest.Pages.Select(one => one.Path.Split('?')[0]).Where(path => path.StartsWith("/termin/", StringComparison.Ordinal) && path.Count(one => one == '/') == 2).Distinct())
        {
            var reply = await practice.Send("anonymous", Shot.Get(path + "/kalender.ics"));
            if (reply.Status != 200) continue;
            calendars++;
            findings.AddRange(Papers.Calendar("/termin/…/kalender.ics", Encoding.UTF8.GetBytes(reply.Body), 1));
        }
        var own = await practice.Send("anonymous", Shot.Get(feed));
        run.Report.Check("there is a feed", own.Status == 200, $"{own.Status}");
        findings.AddRange(Papers.Calendar("feed", Encoding.UTF8.GetBytes(own.Body), null));
        run.Report.CheckNone("every calendar file holds its event and nothing else", findings);
        run.Report.Check("there were calendar files", calendars > 0);
        run.Report.Figure("calendars", calendars);

        foreach (var (name, delimiter) in new[] { ("komma", ','), ("semikolon", ';') })
        {
            var sheet = new Sheet("administrator", "/praxis/kunden/uebernahme", "POST", "/praxis/kunden/export", false, [("trenner", name)]);
            var reply = await practice.Send("administrator", FormBody.Of(sheet));
            using var database = Database.OpenToRead(practice.Target.Database);
            var rows = database.Number("SELECT count(*) FROM owner o LEFT JOIN animal a ON a.owner_id = o.id AND a.departed IS NULL");
            run.Report.CheckNone($"no cell of the table is a formula, no row another's ({name})", Papers.Table(name, reply.Body, delimiter, TableColumns, rows));
            run.Report.Figure("rows", rows);
        }
    }

    private static string JsonDocument(Practice practice) => JsonNode.Parse(File.ReadAllText(Path.Combine(practice.Target.Data, "instance.json")))!["publicUrl"]!.GetValue<string>();

    /// <summary>Goes the whole way of a booking as somebody without scripts does, and back to what it was asked on the way.</summary>
    private static async Task BookByForms(Practice practice, Harvest harvest)
    {
        var reply = await practice.Send("anonymous", Shot.Get("/buchen"));
        for (var step = 0; step < 8 && reply.IsPage; step++)
        {
            if (Harvest.SheetsOf("anonymous", "/buchen", reply.Body).Find(one => one.Method == "POST") is not { } sheet) break;
            reply = await harvest.Submit(sheet);
        }
    }

    private static async Task<string> Feed(Practice practice)
    {
        var page = await practice.Send("administrator", Shot.Get("/praxis/kalender"));
        if (Harvest.SheetsOf("administrator", "/praxis/kalender", page.Body).Find(one => one.Path == "/praxis/kalender/abo") is not { } sheet) return "/";
        var reply = await practice.Send("administrator", FormBody.Of(sheet));
        if (reply.Status == 303) reply = await practice.Send("administrator", Shot.Get(reply.Header("Location")));
        return FeedLink().Match(reply.Body).Value;
    }

    /// <summary>The appointments' pages, from the mails.</summary>
    private static async Task<List<string>> Mailed(Practice practice)
    {
        await Task.Delay(2_000);
        var tokens = Mails.Read(practice.Target.Data).Select(mail => mail.Token).Where(token => token.Length > 0).Distinct().TakeLast(40).ToList();
        return [.. tokens.SelectMany(token => new[] { $"/termin/{token}", $"/termin/{token}/absage", $"/termin/{token}/verschiebung" })];
    }

    /// <summary>The pages of those who hold a payload.</summary>
    private static List<string> Planted(Practice practice)
    {
        using var database = Database.OpenToRead(practice.Target.Database);
        List<string> Of(string sql, string path) => database.Rows(sql + " ORDER BY id DESC LIMIT 10", row => path + row.GetInt64(0));
        return
        [
            .. Of("SELECT id FROM appointment WHERE staff_note LIKE '%vbmark(%'", "/praxis/termin/"), .. Of("SELECT id FROM appointment WHERE name LIKE '%vbmark(%'", "/praxis/termin/"),
            .. Of("SELECT id FROM owner WHERE name LIKE '%vbmark(%'", "/praxis/kunden/"), .. Of("SELECT id FROM animal WHERE name LIKE '%vbmark(%'", "/praxis/tiere/"),
        ];
    }

    [GeneratedRegex("/kalender/[A-Za-z0-9_-]{20,}\\.ics")]
    private static partial Regex FeedLink();

    /// <summary>Style sheets and scripts of the program's own: such a page has no address to fetch them from.</summary>
    [GeneratedRegex("""<link rel="(?:stylesheet|icon|manifest)"[^>]*>|<script[^>]* src="/dateien[^>]*></script>""")]
    private static partial Regex Naked();
}
