using System.Text;
using VetBooking.Tests.Running;
using VetBooking.Web.SignIn;

namespace VetBooking.Tests.Clients;

/// <summary>Calendars that leave the practice.</summary>
public sealed class FeedTests(PracticeFixture fixture)
{
    [Theory]
    [InlineData("busy")]
    [InlineData("reason")]
    public async Task A_feed_says_when_and_never_who_until_it_is_revoked(string detail)
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        var page = await desk.Post("/praxis/kalender/abo", ("wer", "weber"), ("inhalt", detail));
        var path = new Uri(page.Find(".said code").TextContent).AbsolutePath;
        Assert.DoesNotContain("/kalender/", (await desk.Open("/praxis/kalender")).Words, StringComparison.Ordinal);

        using var answer = await practice.Http.GetAsync(path);
        var file = await answer.Content.ReadAsStringAsync();
        Assert.Equal((200, "text/calendar"), ((int)answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        var expected = practice.Db.Number("SELECT count(*) FROM occupancy WHERE resource_id = 'weber' AND ends_at > $now - 7 * 86400", ("$now", practice.Clock.GetCurrentInstant().ToUnixTimeSeconds()));
        Assert.True(expected > 10);
        var lines = file.Split("\r\n");
        Assert.Equal(expected, lines.Count(line => line == "BEGIN:VEVENT"));
        Assert.Equal(expected, lines.Where(line => line.StartsWith("UID:", StringComparison.Ordinal)).Distinct().Count());
        Assert.All(lines, line => Assert.True(Encoding.UTF8.GetByteCount(line) <= 75, line));
        Assert.DoesNotContain("\n", file.Replace("\r\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.All(lines.Where(line => line.StartsWith("DTSTART", StringComparison.Ordinal)), line => Assert.Matches(@"^DTSTART:\d{8}T\d{6}Z$", line));
        Assert.Equal(detail == "busy", lines.Where(line => line.StartsWith("SUMMARY:", StringComparison.Ordinal)).All(line => line == "SUMMARY:belegt"));
        foreach (var secret in practice.Db.Rows("SELECT name FROM owner UNION SELECT email FROM owner UNION SELECT number FROM appointment", row => row.GetString(0)))
        {
            Assert.DoesNotContain(secret, file, StringComparison.Ordinal);
        }
        // The same appointment keeps its name from one reading to the next.
        Assert.Equal(lines.Where(line => line.StartsWith("UID:", StringComparison.Ordinal)), (await practice.Http.GetStringAsync(path)).Split("\r\n").Where(line => line.StartsWith("UID:", StringComparison.Ordinal)));

        await desk.Browser.Press(await desk.Open("/praxis/kalender"), "form[action$=widerruf] button");
        Assert.Equal(404, (await practice.Browser.Open(path)).Status);
    }

    [Fact]
    public async Task A_token_nobody_was_given_opens_nothing_and_the_database_knows_only_hashes()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        var page = await desk.Post("/praxis/kalender/abo", ("wer", "weber"), ("inhalt", "busy"));
        var token = page.Find(".said code").TextContent.Split('/')[^1][..^4];
        Assert.Equal(43, token.Length);
        Assert.Equal(1, practice.Db.Number("SELECT count(*) FROM feed WHERE length(token_hash) = 32"));
        var (nothing, wrong) = (await practice.Browser.Open("/nirgends"), await practice.Browser.Open($"/kalender/{token[..^1]}.ics"));
        Assert.Equal((404, 404), (nothing.Status, wrong.Status));
        Assert.Equal(422, (await desk.Post("/praxis/kalender/abo", ("wer", "niemand"))).Status);
        Assert.Equal(1, practice.Count("feed"));
    }
}
