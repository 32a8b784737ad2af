using System.Net;
using VetBooking.Tests.Running;
using VetBooking.Web.Sovereignty.Erasure;
using VetBooking.Web.Storage;

namespace VetBooking.Tests.Guards;

/// <summary>A disk that is full or fails: what people are told, what is kept, and who comes back by himself.</summary>
public sealed class DiskTests(PracticeFixture fixture)
{
    [Fact]
    public async Task After_a_flush_that_failed_nothing_is_written_any_more_and_everybody_is_told()
    {
        await using var practice = await fixture.Start();
        var slot = (await practice.Api.Slots("impfung"))[4];
        await practice.MailIsOut();
        var first = await Assert.ThrowsAsync<StorageException>(() => practice.Writer.Write<int>(_ => throw new UnflushedException("journal", null)));
        Assert.True(first is { IsUncertain: true, IsFinal: true });
        var next = await Assert.ThrowsAsync<StorageException>(() => practice.Writer.Write(_ => 0));
        Assert.True(next is { IsUncertain: false, IsFinal: true });
        Assert.True(practice.Writer.Trust.Lost.IsCompleted);
        var answer = await practice.Api.Book(ApiClient.Wish("impfung", slot.Start));
        Assert.Equal((503, "unavailable"), (answer.Status, answer.Problem));
        foreach (var path in new[] { "/health/live", "/health/ready" })
        {
            using var health = await practice.Http.GetAsync(path);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        }
        Assert.Equal(0, practice.Count("answered"));
        Assert.Empty(practice.Problems());
    }

    [Fact]
    public async Task A_full_disk_turns_it_unready_and_it_is_ready_by_itself_when_there_is_room()
    {
        await using var practice = await fixture.Start();
        await practice.MailIsOut();
        using (var before = await practice.Http.GetAsync("/health/ready")) Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        var pages = practice.Db.Number("PRAGMA page_count");
        await practice.Writer.Write(change => change.Db.Execute($"PRAGMA max_page_count = {pages}"));
        var full = await Assert.ThrowsAnyAsync<Exception>(() => practice.Writer.Write(change => change.Db.Execute("CREATE TABLE more AS SELECT zeroblob(1000000) AS much")));
        Assert.True(DiskTrust.IsInTheWay(full));
        using (var ready = await practice.Http.GetAsync("/health/ready")) Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        using (var live = await practice.Http.GetAsync("/health/live")) Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        var healthy = false;
        for (var i = 0; i < 100 && !healthy; i++)
        {
            await Task.Delay(100);
            using var ready = await practice.Http.GetAsync("/health/ready");
            healthy = ready.IsSuccessStatusCode;
        }
        Assert.True(healthy);
        Assert.False(practice.Writer.Trust.IsLost);
    }

    [Fact]
    public async Task Once_a_disk_was_full_smaller_things_that_fit_do_not_make_it_ready()
    {
        await using var practice = await fixture.Start();
        await practice.MailIsOut();
        // As on a disk with a few bytes left: what is written to see whether there is room cannot be.
        Directory.CreateDirectory(practice.Folder.Room);
        await Assert.ThrowsAsync<IOException>(() => practice.Writer.Write<int>(_ => throw new IOException("full")));
        await practice.Writer.Write(change => change.Db.Execute("UPDATE backup_plan SET hour = hour"));
        await Task.Delay(TimeSpan.FromSeconds(2.5));
        using (var ready = await practice.Http.GetAsync("/health/ready")) Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Directory.Delete(practice.Folder.Room);
        for (var i = 0; i < 100 && practice.Writer.IsAiling; i++) await Task.Delay(100);
        using (var ready = await practice.Http.GetAsync("/health/ready")) Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        Assert.False(File.Exists(practice.Folder.Room));
    }

    [Fact]
    public async Task What_was_typed_is_kept_when_nothing_can_be_saved_and_sent_once_more_at_a_press()
    {
        await using var practice = await fixture.Start();
        var contact = await practice.Browser.ToContact();
        await practice.MailIsOut();
        practice.Db.Execute("BEGIN IMMEDIATE");
        var refused = await practice.Browser.Book(contact);
        practice.Db.Execute("ROLLBACK");
        Assert.Equal(503, refused.Status);
        Assert.Contains("es ist nichts geschehen", refused.Words, StringComparison.Ordinal);
        Assert.True(refused.Html.Length < 15_000);
        var done = await practice.Browser.Press(refused, ".btn");
        Assert.StartsWith("/buchen/fertig/", done.Path, StringComparison.Ordinal);
        Assert.Equal(1, practice.Db.Number("SELECT count(*) FROM appointment WHERE state = 'held'"));
    }

    [Fact]
    public async Task An_erasure_that_a_full_disk_kept_from_the_database_is_carried_out_with_the_next()
    {
        await using var practice = await fixture.Start();
        var owners = practice.Db.Rows("SELECT id FROM owner ORDER BY id LIMIT 2", row => row.GetInt64(0));
        // As a commit that fails does: the journal has it, the database does not.
        await Assert.ThrowsAsync<InvalidOperationException>(() => practice.Writer.Write<int>(change =>
        {
            Erasing.Erase(change, practice.Folder, Actor.Practice, Person.Of(change.Db, owners[0]));
            throw new InvalidOperationException();
        }));
        Assert.Equal(2, practice.Db.Number($"SELECT count(*) FROM owner WHERE id IN ({owners[0]}, {owners[1]})"));
        await practice.Writer.Write(change => Erasing.Erase(change, practice.Folder, Actor.Practice, Person.Of(change.Db, owners[1])));
        Assert.Equal(0, practice.Db.Number($"SELECT count(*) FROM owner WHERE id IN ({owners[0]}, {owners[1]})"));
        Assert.Equal(2, practice.Db.Number("SELECT entry FROM erased"));
        Assert.Null(Erasing.Problem(practice.Db, practice.Folder));
    }

    [Fact]
    public async Task A_log_that_is_left_is_written_into_the_database_and_damage_is_seen()
    {
        await using var practice = await fixture.Start();
        var copy = new DataFolder(Path.Combine(practice.Folder.Path, "copy"));
        Directory.CreateDirectory(copy.Path);
        practice.Db.Execute("VACUUM INTO $to", ("$to", copy.Database));
        Assert.False(StartCheck.IsDue(copy));
        using (var db = Db.Open(copy.Database))
        {
            db.Execute("UPDATE backup_plan SET hour = 5");
            db.LeaveLog();
        }
        Assert.True(StartCheck.IsDue(copy));
        using (var db = Db.Open(copy.Database))
        {
            Assert.Null(StartCheck.Run(db, new PageSums(copy)));
            Assert.Equal(5, db.Number("SELECT hour FROM backup_plan"));
            db.LeaveLog();
        }
        Assert.False(StartCheck.IsDue(copy));
        var bytes = await File.ReadAllBytesAsync(copy.Database);
        // The head of the second page: a kind of page that does not exist.
        for (var at = 4096; at < bytes.Length; at += 4096) bytes[at] = 0x77;
        await File.WriteAllBytesAsync(copy.Database, bytes);
        Assert.NotNull(Damage(copy));
    }

    private static string? Damage(DataFolder folder)
    {
        try
        {
            using var db = Db.Open(folder.Database);
            return StartCheck.Run(db, new PageSums(folder));
        }
        catch (Microsoft.Data.Sqlite.SqliteException malformed)
        {
            return malformed.Message;
        }
    }
}
