using System.Diagnostics;
using VetBooking.Tests.Running;
using VetBooking.Web.Storage;

namespace VetBooking.Tests.Guards;

/// <summary>The one who writes, when something goes wrong.</summary>
public sealed class WriterTests(PracticeFixture fixture)
{
    [Fact]
    public async Task A_change_that_throws_leaves_nothing_and_the_others_are_saved()
    {
        await using var practice = await fixture.Start();
        var started = new TaskCompletionSource();
        var go = new ManualResetEventSlim();
        // As long as this one runs the others gather behind it and share one transaction.
        var first = practice.Writer.Write(_ => { started.SetResult(); go.Wait(); return 0; });
        await started.Task;
        var others = Enumerable.Range(0, 20).Select(i => practice.Writer.Write(change =>
        {
            change.Db.Execute("INSERT INTO regional_holiday (holiday) VALUES ($name)", ("$name", $"day-{i}"));
            change.Diary = change.Diary.Without(new Scheduling.Visit("impfung", change.Now, 20, []));
            return i % 2 == 0 ? i : throw new InvalidOperationException($"no {i}");
        })).ToList();
        go.Set();
        await first;
        for (var i = 0; i < others.Count; i++)
        {
            if (i % 2 == 0) Assert.Equal(i, await others[i]);
            else Assert.Equal($"no {i}", (await Assert.ThrowsAsync<InvalidOperationException>(() => others[i])).Message);
        }
        Assert.Equal(Enumerable.Range(0, 20).Where(i => i % 2 == 0).Select(i => $"day-{i}").Order(StringComparer.Ordinal), practice.Db.Rows("SELECT holiday FROM regional_holiday ORDER BY holiday", row => row.GetString(0)));
        Assert.Equal(201, (await practice.Api.BookFirst("impfung")).Status);
    }

    [Fact]
    public async Task A_full_disk_is_said_saves_nothing_and_is_got_over()
    {
        await using var practice = await fixture.Start();
        var slots = await practice.Api.Slots("impfung");
        await practice.MailIsOut();
        await practice.Writer.Write(change => change.Db.Execute("PRAGMA max_page_count = 1"));
        var long_ = ApiClient.Wish("impfung", slots[0].Start);
        long_["note"] = new string('x', 1000);
        var failed = 0;
        for (var i = 0; i < 40 && failed == 0; i++)
        {
            long_["start"] = slots[i * 3].Start;
            var answer = await practice.Api.Book((System.Text.Json.Nodes.JsonObject)long_.DeepClone());
            Assert.True(answer.Status is 201 or 409 or 503, answer.Text);
            if (answer.Status != 503) continue;
            failed++;
            Assert.Equal(("application/problem+json", "unavailable"), (answer.Type, answer.Problem));
            Assert.NotNull(answer.Response.Headers.RetryAfter);
        }
        Assert.Equal(1, failed);
        Assert.Empty(practice.Problems());
        // The next connection knows nothing of the limit: as if there were room again.
        for (var i = 0; i < 3; i++) await practice.Api.BookFirst("impfung", email: $"owner{i}@example.org");
        Assert.Equal(practice.Count("answered"), practice.Db.Number("SELECT count(*) FROM appointment WHERE state = 'held'"));
        Assert.Empty(practice.Problems());
    }

    [Fact]
    public async Task A_locked_database_is_said_and_got_over_and_reading_goes_on()
    {
        await using var practice = await fixture.Start();
        var contact = await practice.Browser.ToContact();
        var slot = (await practice.Api.Slots("impfung"))[4];
        await practice.MailIsOut();
        practice.Db.Execute("BEGIN IMMEDIATE");
        var waited = Stopwatch.StartNew();
        var (api, page) = (practice.Api.Book(ApiClient.Wish("impfung", slot.Start), "abc"), practice.Browser.Book(contact));
        Assert.Equal(200, (await practice.Browser.Open("/buchen")).Status);
        Assert.NotEmpty(await practice.Api.Slots("krank"));
        Assert.True(waited.Elapsed < TimeSpan.FromSeconds(4), "nobody who only looks has to wait");
        Assert.Equal((503, "unavailable"), ((await api).Status, (await api).Problem));
        Assert.Equal(503, (await page).Status);
        Assert.Contains("es ist nichts geschehen", (await page).Html, StringComparison.Ordinal);
        using (var ready = await practice.Http.GetAsync("/health/ready")) Assert.Equal(503, (int)ready.StatusCode);
        using (var live = await practice.Http.GetAsync("/health/live")) Assert.Equal(200, (int)live.StatusCode);
        practice.Db.Execute("ROLLBACK");

        Assert.Equal(0, practice.Count("answered"));
        using (var ready = await practice.Http.GetAsync("/health/ready")) Assert.Equal(200, (int)ready.StatusCode);
        Assert.Equal(201, (await practice.Api.Book(ApiClient.Wish("impfung", slot.Start), "abc")).Status);
        Assert.StartsWith("/buchen/fertig/", (await practice.Browser.Book(contact)).Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_another_program_changed_is_seen_by_the_next_booking()
    {
        await using var practice = await fixture.Start();
        var slots = await practice.Api.Slots("impfung", more: "&vet=weber");
        practice.Db.Execute("INSERT INTO closure (first_day, last_day, reason) VALUES ('2026-11-23', '2027-03-01', 'Umbau')");
        var answer = await practice.Api.Book(ApiClient.Wish("impfung", slots[5].Start, "weber"));
        Assert.Equal((422, "closed"), (answer.Status, answer.Cause));
        Assert.Contains("Umbau", (string)answer.Json["detail"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_written_any_more_once_the_practice_stops()
    {
        await using var practice = await fixture.Start();
        await using var writer = new Writer(practice.Folder, practice.Clock);
        Assert.Equal(1, await writer.Write(change => change.Db.Number("SELECT count(*) FROM practice")));
        await writer.DisposeAsync();
        await Assert.ThrowsAsync<StorageException>(() => writer.Write(_ => 0));
    }
}
