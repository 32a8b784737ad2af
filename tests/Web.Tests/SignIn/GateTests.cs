using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using NodaTime;
using VetBooking.Tests.Running;
using VetBooking.Web.Machines.Tokens;
using VetBooking.Web.Protection;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Tests.SignIn;

/// <summary>Who gets in where. The matrix is made from the routes themselves, so that no route can be forgotten.</summary>
public sealed class GateTests(PracticeFixture fixture)
{
    [Fact]
    public async Task Every_route_says_to_whom_it_is_open()
    {
        await using var practice = await fixture.Start();
        var silent = Routes(practice).Where(route => route.Metadata.GetMetadata<IAllowAnonymous>() is null && route.Metadata.GetMetadata<StaffOnly>() is null && route.Metadata.GetMetadata<TokenOnly>() is null);
        Assert.Empty(silent.Select(route => route.RoutePattern.RawText));
    }

    [Fact]
    public async Task Each_role_gets_in_where_its_right_suffices_and_nowhere_else()
    {
        await using var practice = await fixture.Start();
        var routes = StaffRoutes(practice).ToList();
        Assert.NotEmpty(routes);
        foreach (var role in Enum.GetValues<Role>())
        {
            foreach (var (method, path, wanted) in routes)
            {
                // A session of its own: signing out is among the routes.
                using var desk = await practice.SignedIn(role);
                using var request = new HttpRequestMessage(method, path);
                request.Headers.Add(Staff.FormTokenField, Sessions.FormToken(desk.Token));
                using var answer = await desk.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
                var cell = $"{role} {method} {path}: {(int)answer.StatusCode}";
                Assert.True((int)answer.StatusCode < 500, cell);
                Assert.True(answer.StatusCode == System.Net.HttpStatusCode.Forbidden != role.May(wanted.Right), cell);
            }
        }
    }

    [Fact]
    public async Task Nobody_gets_in_without_a_session_whatever_else_they_send()
    {
        await using var practice = await fixture.Start();
        var before = await practice.Digest();
        foreach (var (method, path, _) in StaffRoutes(practice))
        {
            foreach (var cookie in (string?[])[null, "praxis=", "praxis=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "__Host-praxis=1"])
            {
                using var request = new HttpRequestMessage(method, path);
                if (cookie is not null) request.Headers.Add("Cookie", cookie);
                request.Headers.Add("X-HTTP-Method-Override", "GET");
                using var answer = await practice.Http.SendAsync(request);
                if (method == HttpMethod.Get) Assert.Equal((303, "/praxis/anmelden"), ((int)answer.StatusCode, answer.Headers.Location?.ToString().Split('?')[0]));
                else Assert.Equal(401, (int)answer.StatusCode);
            }
        }
        Assert.Equal(before, await practice.Digest());
    }

    [Fact]
    public async Task A_form_of_another_session_or_of_another_site_changes_nothing()
    {
        await using var practice = await fixture.Start();
        using var other = await practice.SignedIn(Role.Administrator);
        foreach (var (method, path, _) in StaffRoutes(practice).Where(route => route.Method != HttpMethod.Get))
        {
            using var desk = await practice.SignedIn(Role.Administrator);
            var before = await practice.Digest();
            foreach (var token in (string?[])[null, "", Sessions.FormToken(other.Token)])
            {
                using var request = new HttpRequestMessage(method, path);
                if (token is not null) request.Headers.Add(Staff.FormTokenField, token);
                Assert.Equal(400, (int)(await desk.Http.SendAsync(request)).StatusCode);
            }
            using var foreign = new HttpRequestMessage(method, path);
            foreign.Headers.Add(Staff.FormTokenField, Sessions.FormToken(desk.Token));
            foreign.Headers.Add("Sec-Fetch-Site", "cross-site");
            Assert.Equal(400, (int)(await desk.Http.SendAsync(foreign)).StatusCode);
            Assert.Equal(before, await practice.Digest());
        }
    }

    [Fact]
    public async Task A_session_ends_with_its_account_its_idleness_and_its_twelve_hours()
    {
        await using var practice = await fixture.Start();
        async Task<int> Status(Desk desk) => (int)(await desk.Http.GetAsync("/praxis")).StatusCode;
        string? Where(HttpResponseMessage answer) => answer.Headers.Location?.ToString().Split('?')[0];

        using var locum = await practice.SignedIn(Role.Locum);
        Assert.Equal("/praxis/tag", Where(await locum.Http.GetAsync("/praxis")));
        practice.Db.Execute("UPDATE account SET ends_at = $now WHERE id = $id", ("$now", practice.Clock.GetCurrentInstant().ToUnixTimeSeconds()), ("$id", locum.Account));
        Assert.Equal("/praxis/anmelden", Where(await locum.Http.GetAsync("/praxis")));

        using var vet = await practice.SignedIn(Role.Vet);
        for (var quarter = 0; quarter < 47; quarter++)
        {
            practice.Clock.Advance(Duration.FromMinutes(15));
            Assert.Equal("/praxis/tag", Where(await vet.Http.GetAsync("/praxis")));
        }
        practice.Clock.Advance(Duration.FromMinutes(16));
        Assert.Equal("/praxis/anmelden", Where(await vet.Http.GetAsync("/praxis")));

        using var trainee = await practice.SignedIn(Role.Trainee);
        practice.Clock.Advance(Duration.FromMinutes(31));
        Assert.Equal("/praxis/anmelden", Where(await trainee.Http.GetAsync("/praxis")));
        Assert.Equal(303, await Status(trainee));
    }

    [Fact]
    public async Task The_audit_log_cannot_be_changed_and_shows_whoever_does_it_all_the_same()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn();
        await practice.Api.BookFirst("impfung");
        Assert.Null(Audit.FirstBroken(practice.Db));
        Assert.True(practice.Count("audit") > 1);
        Assert.ThrowsAny<Exception>(() => practice.Db.Execute("UPDATE audit SET actor = 'owner'"));
        Assert.ThrowsAny<Exception>(() => practice.Db.Execute("DELETE FROM audit"));
        practice.Db.Execute("DROP TRIGGER audit_never_changes; UPDATE audit SET actor = 'operator' WHERE id = 2");
        Assert.Equal(2, Audit.FirstBroken(practice.Db));
    }

    private static IEnumerable<RouteEndpoint> Routes(RunningPractice practice) => practice.Endpoints.OfType<RouteEndpoint>();

    private static IEnumerable<(HttpMethod Method, string Path, StaffOnly Wanted)> StaffRoutes(RunningPractice practice) =>
        from route in Routes(practice)
        let wanted = route.Metadata.GetMetadata<StaffOnly>()
        where wanted is not null
        from method in route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Where(method => method != "HEAD")
        select (new HttpMethod(method), string.Join('/', route.RoutePattern.RawText!.Split('/').Select(part => part.StartsWith('{') ? "4711" : part)), wanted);
}
