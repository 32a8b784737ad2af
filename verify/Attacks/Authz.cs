namespace VetBooking.Verify.Attacks;

/// <summary>A route as the reviewed list declares it.</summary>
internal sealed record Declared(string Method, string Pattern, string Right, bool Proved)
{
    public bool IsStaff => Right is "read" or "plan" or "manage";

    /// <summary>The scope a token must have; null where none is asked for.</summary>
    public string? Scope { get; init; }
    public bool IsChange => Method != "GET";

    /// <summary>Whether this can be an id of it: where the pattern wants a number, anything else is an address that does not exist.</summary>
    public bool Takes(string id) => !Pattern.Contains(":long}", StringComparison.Ordinal) || long.TryParse(id, out _);

    /// <summary>The address with one id in the place of each of its own.</summary>
    public string With(string id) => string.Join('/', Pattern.Split('/').Select(part => part.StartsWith('{') ? id : part));
}

/// <summary>
/// Every route of the reviewed list, with every role and with nobody, with ids that are one's own, another's, unknown and
/// rubbish; then with tampered cookies, tokens, methods and paths. Nobody may get further than the list declares.
/// </summary>
internal sealed class Authz(Run run)
{
    private static readonly string[] Ids = ["1", "999999999", "-1", "%27%20OR%201=1", "..%2f..%2fkeys"];
    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"];
    private static readonly string[] Nowhere =
        ["/admin", "/praxis/admin", "/praxis/geheim", "/praxis/konto/4711", "/praxis/team/1/passwort", "/api/v1/appointments", "/api/v1/owners", "/practice.db", "/keys", "/.git/config", "/swagger", "/metrics"];

    private readonly List<string> breaches = [];
    private int cells;

    public async Task Execute()
    {
        var routes = (await File.ReadAllLinesAsync(Path.Combine(Run.Root, "tests", "Web.Tests", "Routes", "routes.txt"))).Where(line => line.Length > 0)
            .Select(line => line.Split(' ')).Select(part => new Declared(part[0], part[1], part[2], part.Contains("proved")) { Scope = part[2] == "token" ? part[3] : null }).ToList();
        using var target = new Target(run.Executable, run.CopyOfDemo("authz"));
        await target.Start();
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false }) { BaseAddress = target.Url };
        using var people = new AuthzPeople(target, http, run.DemoAnswer);
        run.Report.Check("there are routes for tokens, each with its scope", routes.Exists(route => route.Scope is not null) && routes.TrueForAll(route => route.Right is "anyone" or "read" or "plan" or "manage" || route.Scope is not null));
        run.Report.CheckNone("everybody of the practice signs in", await people.SignEverybodyIn());
        run.Report.Check("there are all six roles, and routes for each right", people.Members.Count == 6 && routes.Select(route => route.Right).Distinct().Count() >= 3);

        var staff = routes.Where(route => route.IsStaff).ToList();
        await Matrix(http, people, staff);
        Found("every cell of the matrix is as declared");
        await Foreign(http, people);
        Found("one's own sessions are one's own");
        await Tampered(target, http, people, staff);
        Found("tampered cookies, tokens, methods and paths lead nowhere, and change nothing");
        await Undeclared(http, routes);
        Found("what is not declared does not exist");
        var tokens = new AuthzTokens(target, http, people);
        breaches.AddRange(await tokens.Try(routes));
        Found("each token opens what its scope says, and no cookie does; no token opens a page");
        run.Report.Check("negative control: a token that is given a scope in secret is found", (await tokens.Control(routes)).Count > 0);
        run.Report.Figure("token-cells", tokens.Cells);

        var shown = cells;
        people.Promote("trainee");
        await Matrix(http, people, staff);
        run.Report.Check("negative control: a trainee who is an administrator in secret is found", breaches.Exists(breach => breach.StartsWith("trainee", StringComparison.Ordinal)));
        run.Report.Figure("control", breaches.Count);
        run.Report.Figure("routes", routes.Count);
        run.Report.Figure("cells", shown);
        await target.Stop();
    }

    private void Found(string what)
    {
        run.Report.CheckNone(what, [.. breaches]);
        breaches.Clear();
    }

    private async Task Matrix(HttpClient http, AuthzPeople people, List<Declared> staff)
    {
        foreach (var route in staff)
        {
            foreach (var (path, id) in Ids.Select(id => (Path: route.With(id), Id: id)).DistinctBy(one => one.Path))
            {
                if (!route.Takes(id))
                {
                    Expect([404], await Send(http, route.Method, path, people.Session(people.Members[0])), $"no such address {route.Method} {path}");
                    continue;
                }
                Expect(route.IsChange ? [401] : [303], await Send(http, route.Method, path, null), $"nobody {route.Method} {path}");
                foreach (var member in people.Members)
                {
                    var status = await Send(http, route.Method, path, people.Session(member));
                    var cell = $"{member.Role} {route.Method} {path}";
                    if (!May(member.Role, route.Right)) Expect([403], status, cell);
                    else if (status is 401 or 403 or >= 500) Breach(cell, status);
                    else if (route.Proved) Expect([303], await Send(http, route.Method, path, people.Session(member, provedMinutesAgo: 11), where: "/praxis/anmelden/nachweis"), cell + " without a fresh proof");
                }
            }
        }
    }

    /// <summary>Sessions belong to their account: everybody tries to end everybody's.</summary>
    private async Task Foreign(HttpClient http, AuthzPeople people)
    {
        foreach (var member in people.Members)
        {
            foreach (var other in people.Members)
            {
                var victim = people.Session(other);
                var path = $"/praxis/konto/sitzungen/{people.SessionId(victim)}/ende";
                var isOwn = member == other;
                Expect([isOwn ? 303 : 404], await Send(http, "POST", path, people.Session(member)), $"{member.Role} ends a session of {other.Role}");
                if (people.SessionId(victim) > 0 == isOwn) breaches.Add($"{member.Role}: the session of {other.Role} is {(isOwn ? "still there" : "gone")}");
            }
        }
    }

    private async Task Tampered(Target target, HttpClient http, AuthzPeople people, List<Declared> staff)
    {
        var (administrator, trainee) = (people.Members.Single(one => one.Role == "administrator"), people.Members.Single(one => one.Role == "trainee"));
        var (own, foreign) = (people.Session(administrator), people.Session(trainee));
        var before = Database.Digest(target.Database);
        foreach (var route in staff)
        {
            var path = route.With("1");
            string[] cookies = [own[..^1] + (own[^1] == 'A' ? 'B' : 'A'), own.ToUpperInvariant(), own + own, own[..20], "' OR 1=1 --", Convert.ToBase64String(new byte[32])];
            foreach (var cookie in cookies) Expect(route.IsChange ? [401] : [303], await Send(http, route.Method, path, cookie), $"tampered cookie {route.Method} {path}");
            if (route.IsChange)
            {
                foreach (var token in (string[])["", "x", AuthzPeople.FormToken(foreign), AuthzPeople.FormToken(own).ToLowerInvariant()])
                {
                    Expect([400], await Send(http, route.Method, path, own, formToken: token), $"form token {route.Method} {path}");
                }
                Expect([400], await Send(http, route.Method, path, own, header: ("Sec-Fetch-Site", "cross-site")), $"another site's {route.Method} {path}");
                // A GET with whatever claims to be a POST is a GET.
                foreach (var header in (string[])["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"])
                {
                    if (await Send(http, "GET", path + "?_method=POST", null, header: (header, "POST")) is 200 or >= 500) Breach($"override GET {path}", 200);
                }
            }
            foreach (var header in (string[])["X-Original-URL", "X-Rewrite-URL", "X-Forwarded-Path"])
            {
                if (await Send(http, "GET", "/nirgends", null, header: (header, path)) != 404) Breach($"{header} {path}", 0);
            }
            foreach (var variant in (string[])[path.ToUpperInvariant(), path + "/", path.Replace("/praxis", "/praxis/.", StringComparison.Ordinal), path.Replace("/praxis", "//praxis", StringComparison.Ordinal), "/%70raxis" + path["/praxis".Length..], path + "%00", path + ";x=1", path + ".json"])
            {
                if (await Send(http, "GET", variant, null) is 200 or >= 500) Breach($"nobody GET {variant}", 200);
            }
        }
        if (Database.Digest(target.Database) != before) breaches.Add("something was changed");
    }

    private async Task Undeclared(HttpClient http, List<Declared> routes)
    {
        foreach (var path in Nowhere) Expect([404], await Send(http, "GET", path, null), "GET " + path);
        foreach (var one in routes.Where(route => route.IsStaff).GroupBy(route => route.Pattern))
        {
            var path = one.First().With("1");
            // Another pattern may have the same shape: what it answers is its own.
            var declared = routes.Where(route => route.With("1") == path).Select(route => route.Method).ToHashSet();
            foreach (var method in Methods.Where(method => !declared.Contains(method)))
            {
                if (await Send(http, method, path, null) is not (404 or 405 or 303 or 401)) Breach($"{method} {path}", 0);
            }
        }
    }

    private static bool May(string role, string right) => right switch
    {
        "read" => true,
        "plan" => role is "administrator" or "vet" or "front-desk" or "locum",
        _ => role == "administrator",
    };

    private void Expect(int[] expected, int status, string cell)
    {
        if (!expected.Contains(status)) Breach(cell, status);
    }

    private void Breach(string cell, int status) => breaches.Add($"{cell}: {status}");

    /// <summary>Sends one request; answers its status, or 0 if it leads elsewhere than <paramref name="where"/> says.</summary>
    private async Task<int> Send(HttpClient http, string method, string path, string? session, string? formToken = null, (string Name, string Value)? header = null, string? where = null)
    {
        cells++;
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(http.BaseAddress!.GetLeftPart(UriPartial.Authority) + path));
        if (session is not null)
        {
            request.Headers.TryAddWithoutValidation("Cookie", "praxis=" + session);
            request.Headers.TryAddWithoutValidation("form-token", formToken ?? AuthzPeople.FormToken(session));
        }
        if (header is var (name, value)) request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var leads = answer.Headers.Location?.ToString() ?? "";
        return where is null || leads.StartsWith(where, StringComparison.Ordinal) ? (int)answer.StatusCode : 0;
    }
}
