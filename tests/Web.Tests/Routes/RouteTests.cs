using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using VetBooking.Tests.Running;
using VetBooking.Web.Machines.Tokens;
using VetBooking.Web.Protection;

namespace VetBooking.Tests.Routes;

/// <summary>Every address the program answers.</summary>
public sealed class RouteTests(PracticeFixture fixture)
{
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"];

    [Fact]
    public async Task What_anyone_may_call_is_on_a_list_somebody_has_read()
    {
        await using var practice = await fixture.Start();
        var open = Routes(practice).Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null).SelectMany(Lines).Order(StringComparer.Ordinal);
        var read = await File.ReadAllLinesAsync(Path.Combine(AppContext.BaseDirectory, "Routes", "anonymous-routes.txt"));
        Assert.Equal(string.Join('\n', read.Order(StringComparer.Ordinal)), string.Join('\n', open));
    }

    [Fact]
    public async Task Every_route_and_what_it_asks_for_is_on_a_list_somebody_has_read()
    {
        await using var practice = await fixture.Start();
        var routes = string.Join('\n', Routes(practice).SelectMany(route => Lines(route).Select(line => $"{line} {Asks(route)}")).Order(StringComparer.Ordinal)) + "\n";
        var list = Path.Combine(Path.GetDirectoryName(ThisFile())!, "routes.txt");
        if (Environment.GetEnvironmentVariable("UPDATE_ROUTES") == "1") await File.WriteAllTextAsync(list, routes);
        Assert.True(await File.ReadAllTextAsync(list) == routes, "Routes have changed. Run this test with UPDATE_ROUTES=1 and read what changed in routes.txt: bin/verify authz goes by it.");
    }

    [Fact]
    public async Task A_route_nobody_opened_does_not_exist()
    {
        await using var practice = await fixture.Start(new Wanted { Program = app => app.MapGet("/heimlich", (RequestDelegate)(http => http.Response.WriteAsync("secret"))) });
        Assert.Contains(Routes(practice), endpoint => endpoint.RoutePattern.RawText == "/heimlich");
        var (closed, nothing) = (await practice.Browser.Open("/heimlich"), await practice.Browser.Open("/nirgends"));
        Assert.Equal((404, 404), (closed.Status, nothing.Status));
        Assert.Equal(nothing.Html.Replace("nirgends", "", StringComparison.Ordinal), closed.Html.Replace("heimlich", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_answer_carries_the_headers_that_protect_a_browser_and_no_cookie()
    {
        await using var practice = await fixture.Start();
        var statuses = new HashSet<int>();
        foreach (var path in Routes(practice).Select(Sample).Append("/nirgends").Append("/api/v1/nirgends").Distinct())
        {
            foreach (var method in Methods)
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), path);
                request.Headers.Add("If-None-Match", "*");
                request.Headers.Add("Origin", "https://evil.example");
                if (method is "POST" or "PUT" or "PATCH") request.Content = new FormUrlEncodedContent([KeyValuePair.Create("anliegen", "nichts")]);
                using var response = await practice.Http.SendAsync(request);
                statuses.Add((int)response.StatusCode);
                Assert.True((int)response.StatusCode < 500, $"{method} {path}: {response.StatusCode}");
                AssertProtected(response, $"{method} {path}");
            }
        }
        Assert.Superset(new HashSet<int> { 200, 303, 400, 404, 405, 422 }, statuses);
    }

    [Fact]
    public async Task A_wrong_method_is_said_to_be_that()
    {
        await using var practice = await fixture.Start();
        foreach (var route in Routes(practice).GroupBy(Sample))
        {
            // Another route may answer the same address: "/buchen/{visitType}" everything below "/buchen" that has no page of its own.
            var allowed = Routes(practice).Where(one => Answers(one, route.Key)).SelectMany(MethodsOf).ToHashSet();
            if (allowed.Contains("GET")) allowed.Add("HEAD");
            foreach (var method in Methods.Where(method => !allowed.Contains(method)))
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), route.Key);
                using var response = await practice.Http.SendAsync(request);
                Assert.True(response.StatusCode == System.Net.HttpStatusCode.MethodNotAllowed, $"{method} {route.Key}: {response.StatusCode}");
                Assert.Superset(route.SelectMany(MethodsOf).ToHashSet(), response.Content.Headers.Allow.ToHashSet());
            }
        }
    }

    [Fact]
    public async Task A_practice_without_its_legal_notice_is_closed()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = "UPDATE practice SET owners = ' '" });
        foreach (var path in (string[])["/buchen", "/buchen/impfung", "/termin/abc", "/api/v1/practice", "/api/v1/slots?visitType=impfung&species=dog"])
        {
            using var response = await practice.Http.GetAsync(path);
            Assert.Equal(503, (int)response.StatusCode);
            AssertProtected(response, path);
        }
        Assert.Equal(503, (await practice.Api.Book(ApiClient.Wish("impfung", "2026-11-25T09:00:00+01:00"))).Status);
        using var live = await practice.Http.GetAsync("/health/live");
        Assert.Equal(200, (int)live.StatusCode);
    }

    [Fact]
    public async Task Health_is_for_this_machine_only()
    {
        await using var practice = await fixture.Start();
        foreach (var path in (string[])["/health/live", "/health/ready"])
        {
            using var near = await practice.Http.GetAsync(path);
            Assert.Equal((200, ""), ((int)near.StatusCode, await near.Content.ReadAsStringAsync()));
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Add("X-Forwarded-For", "127.0.0.1");
            using var far = await practice.Http.SendAsync(request);
            Assert.Equal((404, ""), ((int)far.StatusCode, await far.Content.ReadAsStringAsync()));
        }
    }

    [Fact]
    public async Task The_style_sheet_may_be_kept_for_ever_and_pages_never()
    {
        await using var practice = await fixture.Start();
        var page = await practice.Browser.Open("/buchen");
        Assert.True(page.Response.Headers.CacheControl?.NoStore);
        using var sheet = await practice.Http.GetAsync(page.Find("link[rel=stylesheet]").GetAttribute("href"));
        Assert.Equal((200, "text/css"), ((int)sheet.StatusCode, sheet.Content.Headers.ContentType?.MediaType));
        Assert.Contains("immutable", sheet.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        foreach (var path in (string[])["/dateien/site.css", "/dateien/..%2f..%2fpractice.db", "/dateien/%2e%2e/practice.db", "/practice.db", "/keys/", "/dateien/%00"])
        {
            using var response = await practice.Http.GetAsync(path);
            Assert.InRange((int)response.StatusCode, 400, 404);
        }
    }

    private static void AssertProtected(HttpResponseMessage response, string what)
    {
        Assert.Equal("nosniff", One("X-Content-Type-Options"));
        Assert.Equal("no-referrer", One("Referrer-Policy"));
        Assert.Equal("same-origin", One("Cross-Origin-Opener-Policy"));
        // Other websites take in the one script that is there for them.
        Assert.Equal(what is "GET /embed.js" or "HEAD /embed.js" ? "cross-origin" : "same-origin", One("Cross-Origin-Resource-Policy"));
        Assert.Contains("camera=()", One("Permissions-Policy"), StringComparison.Ordinal);
        Assert.NotEqual("", One("Cache-Control"));
        var policy = One("Content-Security-Policy").Split("; ");
        Assert.Superset(new HashSet<string> { "default-src 'none'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'" }, policy.ToHashSet());
        Assert.DoesNotContain(policy, directive => directive.Contains("unsafe", StringComparison.Ordinal) || directive.Contains('*', StringComparison.Ordinal));
        foreach (var never in (string[])["Set-Cookie", "Server", "X-Powered-By", "Access-Control-Allow-Origin"]) Assert.False(response.Headers.Contains(never), $"{what}: {never}");

        string One(string name)
        {
            Assert.True(response.Headers.TryGetValues(name, out var values), $"{what} ({(int)response.StatusCode}) has no {name}.");
            return Assert.Single(values!);
        }
    }

    private static IEnumerable<RouteEndpoint> Routes(RunningPractice practice) => practice.Endpoints.OfType<RouteEndpoint>();

    private static IEnumerable<string> MethodsOf(Endpoint endpoint) => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["ANY"];

    private static IEnumerable<string> Lines(RouteEndpoint endpoint) => MethodsOf(endpoint).Select(method => $"{method} {Pattern(endpoint)}");

    private static bool Answers(RouteEndpoint route, string path)
    {
        var (pattern, parts) = (Pattern(route).Split('/'), path.Split('/'));
        return pattern.Length == parts.Length && pattern.Zip(parts).All(pair => pair.First == pair.Second
            || (pair.First.StartsWith('{') && (!pair.First.EndsWith(":long}", StringComparison.Ordinal) || pair.Second.All(char.IsAsciiDigit))));
    }

    private static string Asks(RouteEndpoint route) => route.Metadata.GetMetadata<StaffOnly>() is { } wanted
        ? wanted.Right.ToString().ToLowerInvariant() + (wanted.Proved ? " proved" : "")
        : route.Metadata.GetMetadata<TokenOnly>() is { } token ? "token " + ApiToken.Word(token.Scope) : "anyone";

    private static string ThisFile([System.Runtime.CompilerServices.CallerFilePath] string path = "") => path;

    private static string Pattern(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText!.Trim('/');

    /// <summary>An address that this route answers.</summary>
    private static string Sample(RouteEndpoint endpoint) => Pattern(endpoint)
        .Replace("{token}", "abc", StringComparison.Ordinal).Replace("{visitType}", "impfung", StringComparison.Ordinal).Replace("{name}", "nichts", StringComparison.Ordinal)
        .Replace("{id:long}", "4711", StringComparison.Ordinal).Replace("{id}", "4711", StringComparison.Ordinal)
        .Replace("{number}", "ABC-DEF", StringComparison.Ordinal);
}
