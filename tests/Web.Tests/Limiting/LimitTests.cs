using System.Net;
using Microsoft.AspNetCore.Http;
using NodaTime;
using VetBooking.Tests.Running;
using VetBooking.Web.Protection;
using VetBooking.Web.Shared;

namespace VetBooking.Tests.Limiting;

/// <summary>Bounds against abuse: a bot gets nowhere, and people elsewhere still get through.</summary>
public sealed class LimitTests(PracticeFixture fixture)
{
    [Fact]
    public async Task A_bot_gets_a_handful_of_holds_out_of_four_hundred_tries_and_an_owner_elsewhere_still_books()
    {
        await using var practice = await fixture.Start(new Wanted { Limits = new LimitSettings() });
        var slots = await practice.Api.Slots("impfung", more: "&days=62");
        var answers = new List<ApiAnswer>();
        for (var i = 0; i < 4_000; i++)
        {
            // From all over its block, behind ever new claims of where it comes from.
            answers.Add(await practice.Api.Book(ApiClient.Wish("impfung", slots[i * 2 % slots.Count].Start, email: $"bot{i}@example.org"), from: $"{i % 256}.1.2.3, 203.0.113.{i % 256}"));
        }
        Assert.Equal(new LimitSettings().HoldsPerBlock, answers.Count(answer => answer.Status == 201));
        Assert.All(answers.Where(answer => answer.Status == 429), answer =>
        {
            Assert.Equal(("application/problem+json", "too-many"), (answer.Type, answer.Problem));
            Assert.InRange(answer.Response.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 3600);
        });
        Assert.All(answers, answer => Assert.True(answer.Status is 201 or 409 or 429, answer.Text));
        Assert.Equal(201, (await practice.Api.Book(ApiClient.Wish("impfung", (await practice.Api.Slots("impfung"))[0].Start), from: "198.51.100.7")).Status);
    }

    [Fact]
    public async Task Many_blocks_together_fill_the_diary_only_so_far_and_a_new_one_still_gets_in()
    {
        await using var practice = await fixture.Start(new Wanted { Limits = new LimitSettings { HoldsInAll = 5 } });
        for (var i = 0; i < 5; i++) Assert.Equal(201, await Hold(practice, i, $"10.0.{i}.1"));
        Assert.Equal(429, await Hold(practice, 5, "10.0.0.1"));
        Assert.Equal(201, await Hold(practice, 6, "10.0.9.1"));
    }

    [Fact]
    public async Task One_address_holds_so_many_times_however_it_is_written_and_wherever_it_comes_from()
    {
        await using var practice = await fixture.Start(new Wanted { Limits = new LimitSettings() });
        string[] spellings = ["erika@example.org", "Erika@example.org", "ERIKA@EXAMPLE.ORG", " erika@Example.org "];
        var statuses = new List<int>();
        for (var i = 0; i < spellings.Length; i++) statuses.Add(await Hold(practice, i, $"10.0.{i}.1", spellings[i]));
        Assert.Equal([201, 201, 201, 429], statuses);
        practice.Clock.Advance(Duration.FromMinutes(31));
        Assert.Equal(201, await Hold(practice, 9, "10.0.9.1", "erika@example.org"));
    }

    [Fact]
    public async Task One_address_books_so_often_a_day_and_no_more()
    {
        await using var practice = await fixture.Start(new Wanted { Limits = new LimitSettings() });
        var statuses = new List<int>();
        for (var i = 0; i < 9; i++) statuses.Add(await Hold(practice, i, $"10.0.{i}.1", "erika@example.org", "tfa"));
        Assert.Equal([.. Enumerable.Repeat(201, 8), 429], statuses);
        practice.Clock.Advance(Duration.FromHours(24) + Duration.FromSeconds(1));
        Assert.Equal(201, await Hold(practice, 9, "10.0.9.1", "erika@example.org", "tfa"));
    }

    [Fact]
    public async Task A_confirmed_hold_counts_no_more()
    {
        await using var practice = await fixture.Start(new Wanted { Limits = new LimitSettings { HoldsPerBlock = 1 } });
        var first = await practice.Api.BookFirst("impfung");
        Assert.Equal(429, await Hold(practice, 3, "127.0.0.9"));
        using var confirmed = await practice.Http.PostAsync(await practice.LinkTo(first.Number) + "/bestaetigung", null);
        Assert.Equal(201, await Hold(practice, 3, "127.0.0.9"));
    }

    [Fact]
    public async Task Tries_are_counted_by_the_hour()
    {
        await using var practice = await fixture.Start(new Wanted { Limits = new LimitSettings { TriesPerBlockAndHour = 2 } });
        var night = ApiClient.Wish("impfung", "2026-11-25T03:00:00+01:00");
        foreach (var status in (int[])[422, 422, 429]) Assert.Equal(status, (await practice.Api.Book(night)).Status);
        practice.Clock.Advance(Duration.FromHours(1));
        Assert.Equal(422, (await practice.Api.Book(night)).Status);
    }

    [Fact]
    public async Task Asking_again_for_an_answer_is_no_try()
    {
        await using var practice = await fixture.Start(new Wanted { Limits = new LimitSettings { TriesPerBlockAndHour = 1 } });
        var wish = ApiClient.Wish("impfung", (await practice.Api.Slots("impfung"))[0].Start);
        var first = await practice.Api.Book(wish, "abc");
        for (var i = 0; i < 10; i++) Assert.Equal((201, first.Text), (await practice.Api.Book(wish, "abc")) is var again ? (again.Status, again.Text) : default);
    }

    [Theory]
    [InlineData("/buchen", "text/plain")]
    [InlineData("/api/v1/practice", "application/problem+json")]
    public async Task Too_many_requests_are_told_to_wait(string path, string type)
    {
        await using var practice = await fixture.Start(new Wanted { Limits = new LimitSettings { RequestsPerBlockAndMinute = 3 } });
        for (var i = 0; i < 3; i++) Assert.Equal(200, (await practice.Api.Get(path)).Status);
        var answer = await practice.Api.Get(path);
        Assert.Equal((429, type), (answer.Status, answer.Type));
        Assert.InRange(answer.Response.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        practice.Clock.Advance(Duration.FromMinutes(1));
        Assert.Equal(200, (await practice.Api.Get(path)).Status);
    }

    [Theory]
    [InlineData("203.0.113.9", "198.51.100.7", "203.0.113.9")]
    [InlineData("2001:db8::1", "198.51.100.7", "2001:db8::1")]
    [InlineData("127.0.0.1", "198.51.100.7", "198.51.100.7")]
    [InlineData("::1", "10.0.0.1, 198.51.100.7", "198.51.100.7")]
    [InlineData("::ffff:127.0.0.1", "10.0.0.1,198.51.100.7", "198.51.100.7")]
    [InlineData("127.0.0.1", "198.51.100.7, unknown", "127.0.0.1")]
    [InlineData("127.0.0.1", "", "127.0.0.1")]
    [InlineData("127.0.0.1", null, "127.0.0.1")]
    [InlineData(null, "2001:db8::7", "2001:db8::7")]
    [InlineData(null, null, null)]
    public void Only_the_proxy_on_this_machine_is_believed_and_only_its_own_word(string? peer, string? forwarded, string? client)
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = peer is null ? null : IPAddress.Parse(peer);
        if (forwarded is not null) http.Request.Headers["X-Forwarded-For"] = forwarded;
        Assert.Equal(client is null ? null : IPAddress.Parse(client), ClientAddress.Of(http));
    }

    [Fact]
    public void Of_several_forwarded_headers_the_last_counts()
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = IPAddress.Loopback;
        http.Request.Headers["X-Forwarded-For"] = new[] { "10.0.0.1", "10.0.0.2, 198.51.100.7" };
        Assert.Equal(IPAddress.Parse("198.51.100.7"), ClientAddress.Of(http));
    }

    [Theory]
    [InlineData("10.210.0.7", "203.0.113.9, 198.51.100.7", "198.51.100.7")]
    [InlineData("::ffff:10.210.0.7", "198.51.100.7", "198.51.100.7")]
    [InlineData("10.210.0.7", "unknown", "10.210.0.7")]
    [InlineData("10.210.0.7", null, "10.210.0.7")]
    [InlineData("10.211.0.7", "198.51.100.7", "10.211.0.7")]
    public async Task An_edge_on_another_machine_is_believed_where_its_network_is_named(string peer, string? forwarded, string client)
    {
        Assert.True(Behind.TryRead("10.210.0.0/16", out var network));
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = IPAddress.Parse(peer);
        if (forwarded is not null) http.Request.Headers["X-Forwarded-For"] = forwarded;
        await new Behind(network).Invoke(http, _ => Task.CompletedTask);
        Assert.Equal(IPAddress.Parse(client), ClientAddress.Of(http));
    }

    [Theory]
    [InlineData("203.0.113.1", "203.0.113.254", true)]
    [InlineData("203.0.113.1", "203.0.114.1", false)]
    [InlineData("203.0.113.1", "::ffff:203.0.113.9", true)]
    [InlineData("2001:db8:1:2300::1", "2001:db8:1:23ff:ffff::1", true)]
    [InlineData("2001:db8:1:2300::1", "2001:db8:1:2400::1", false)]
    public void Neighbours_share_a_block(string one, string other, bool same) =>
        Assert.Equal(same, Limits.BlockOf(IPAddress.Parse(one)) == Limits.BlockOf(IPAddress.Parse(other)));

    private static async Task<int> Hold(RunningPractice practice, int nth, string from, string? email = null, string type = "impfung")
    {
        var slots = await practice.Api.Slots(type, more: "&days=30");
        return (await practice.Api.Book(ApiClient.Wish(type, slots[nth * 4].Start, email: email ?? $"owner{nth}@example.org"), from: from)).Status;
    }

    [Fact]
    public async Task Each_screen_of_a_practice_counts_for_itself_and_a_made_up_cookie_for_nobody()
    {
        await using var practice = await fixture.Start(new Wanted { Limits = new LimitSettings { RequestsPerBlockAndMinute = 3 } });
        using var one = await practice.SignedIn();
        using var other = await practice.SignedIn();
        foreach (var desk in (Desk[])[one, other])
        {
            for (var i = 0; i < 3; i++) Assert.Equal(HttpStatusCode.SeeOther, (await desk.Http.GetAsync("/praxis")).StatusCode);
            Assert.Equal(HttpStatusCode.TooManyRequests, (await desk.Http.GetAsync("/praxis")).StatusCode);
        }
        var guesses = new List<HttpStatusCode>();
        for (var i = 0; i < 5; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/praxis");
            request.Headers.Add("Cookie", $"praxis=guess{i}");
            guesses.Add((await practice.Http.SendAsync(request)).StatusCode);
        }
        Assert.Equal(2, guesses.Count(status => status == HttpStatusCode.TooManyRequests));
    }
}
