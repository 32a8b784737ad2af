using NodaTime;
using VetBooking.Tests.Running;

namespace VetBooking.Tests.Planning;

/// <summary>The stream of what changes, and what it leaves alone.</summary>
public sealed class LiveTests(PracticeFixture fixture)
{
    private static readonly Wanted Empty = new() { Sql = "DELETE FROM appointment" };

    [Fact]
    public async Task A_change_names_its_dates_and_a_change_of_the_practice_all()
    {
        await using var practice = await fixture.Start(Empty);
        using var desk = await practice.SignedIn();
        using var stream = await Stream.Open(desk);
        await practice.Make(desk, practice.At(1, 9), "weber");
        Assert.Equal("2026-11-24", await stream.Next("tage"));
        await practice.Writer.Write(change =>
        {
            change.Reload();
            return true;
        });
        Assert.Equal("alles", await stream.Next("tage"));
        // A number of the open consultation is in no column, but waiting rooms listen, too.
        await practice.As(desk, (change, staff) => change.Db.Execute("INSERT INTO walk_in_hours (id, weekday, starts, ends, capacity) VALUES (77, 1, '00:00', '23:55', 8)"));
        await desk.Post("/praxis/sprechstunde/nummer", ("name", "Kim Beispiel"), ("dringlichkeit", "normal"), ("fenster", "77"), ("schluessel", "12345678"));
        Assert.Equal("2026-11-23", await stream.Next("tage"));
    }

    [Fact]
    public async Task When_a_time_kept_for_urgent_cases_opens_its_day_is_named_and_drawn_anew_at_once()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = "DELETE FROM appointment; INSERT INTO reserve (resource_id, weekday, starts, ends, opens) VALUES ('weber', 2, '10:00', '10:30', '08:00')" });
        using var desk = await practice.SignedIn();
        practice.Clock.Advance(practice.At(1, 7, 59) - practice.Clock.GetCurrentInstant());
        using var own = await practice.SignedIn();
        var board = (await own.Open("/praxis/tag?tag=2026-11-24")).Find("day-board");
        Assert.Single(board.QuerySelectorAll(".res"));
        using var stream = await Stream.Open(own);
        practice.Clock.Advance(Duration.FromMinutes(1));
        // The test's clock jumps, so nobody's patience ends: some other word wakes the stream.
        using var other = await practice.SignedIn();
        Assert.Equal("2026-11-24", await stream.Next("tage"));
        var fresh = await own.Open($"/praxis/spalten?seite=tag&tag=2026-11-24&raster={board.GetAttribute("data-raster")}&kennt={board.GetAttribute("data-stand")}");
        Assert.Equal("weber", Assert.Single(fresh.Document.QuerySelectorAll(".col ol")).GetAttribute("data-bei"));
        Assert.Empty(fresh.Document.QuerySelectorAll(".res"));
    }

    [Fact]
    public async Task It_ends_with_the_session_at_once()
    {
        await using var practice = await fixture.Start(Empty);
        using var desk = await practice.SignedIn();
        using var stream = await Stream.Open(desk);
        await desk.Post("/praxis/abmelden");
        Assert.NotNull(await stream.Next("ende"));
    }

    [Fact]
    public async Task Neither_it_nor_the_columns_keep_a_session_alive()
    {
        await using var practice = await fixture.Start(Empty);
        using var desk = await practice.SignedIn();
        long Seen() => practice.Db.Number("SELECT seen_at FROM session WHERE account_id = $id", ("$id", desk.Account));
        var before = Seen();
        practice.Clock.Advance(Duration.FromMinutes(20));
        using var stream = await Stream.Open(desk);
        await desk.Open("/praxis/spalten?seite=tag");
        Assert.Equal(before, Seen());
        practice.Clock.Advance(Duration.FromMinutes(11));
        using var other = await practice.SignedIn();
        Assert.NotNull(await stream.Next("ende"));
        Assert.Equal(303, (int)(await desk.Http.GetAsync("/praxis/spalten?seite=tag")).StatusCode);
    }

    [Fact]
    public async Task Only_columns_that_changed_are_sent()
    {
        await using var practice = await fixture.Start(Empty);
        using var desk = await practice.SignedIn();
        var board = (await desk.Open("/praxis/tag?tag=2026-11-24")).Find("day-board");
        string Url() => $"/praxis/spalten?seite=tag&tag=2026-11-24&raster={board.GetAttribute("data-raster")}&kennt={board.GetAttribute("data-stand")}";
        Assert.Empty((await desk.Open(Url())).Document.QuerySelectorAll(".col"));
        await practice.Make(desk, practice.At(1, 9), "weber");
        var answer = await desk.Open(Url());
        Assert.Equal("weber", Assert.Single(answer.Document.QuerySelectorAll(".col ol")).GetAttribute("data-bei"));
        Assert.NotNull(answer.Document.QuerySelector("#rueck button"));
        Assert.Equal(204, (int)(await desk.Http.GetAsync("/praxis/spalten?seite=tag&tag=2026-11-25&raster=anders")).StatusCode);
    }

    /// <summary>A stream of events as they arrive.</summary>
    private sealed class Stream : IDisposable
    {
        private readonly HttpResponseMessage response;
        private readonly StreamReader reader;

        private Stream(HttpResponseMessage response, StreamReader reader) => (this.response, this.reader) = (response, reader);

        public static async Task<Stream> Open(Desk desk)
        {
            var response = await desk.Http.GetAsync("/praxis/live", HttpCompletionOption.ResponseHeadersRead);
            Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
            var stream = new Stream(response, new StreamReader(await response.Content.ReadAsStreamAsync()));
            await stream.Next("puls");
            return stream;
        }

        /// <summary>The data of the next event of this kind.</summary>
        public async Task<string> Next(string kind)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            for (var ours = false; await reader.ReadLineAsync(limit.Token) is { } line;)
            {
                if (line.StartsWith("event: ", StringComparison.Ordinal)) ours = line == "event: " + kind;
                if (ours && line.StartsWith("data: ", StringComparison.Ordinal)) return line["data: ".Length..];
            }
            throw new InvalidOperationException($"The stream ended without {kind}.");
        }

        public void Dispose()
        {
            reader.Dispose();
            response.Dispose();
        }
    }
}
