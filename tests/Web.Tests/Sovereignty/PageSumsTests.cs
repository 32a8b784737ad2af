using VetBooking.Tests.Running;
using VetBooking.Web.Sovereignty.Routine;
using VetBooking.Web.Storage;

namespace VetBooking.Tests.Sovereignty;

/// <summary>What a disk changes by itself is found; what anybody writes is not taken for it.</summary>
public sealed class PageSumsTests(PracticeFixture fixture)
{
    [Fact]
    public async Task A_bit_that_flips_in_the_running_database_is_found_by_the_round_and_by_check()
    {
        await using var practice = await fixture.Start();
        await practice.MailIsOut();
        var round = new PageRound(practice.Writer, new PageSums(practice.Folder), practice.Clock);
        Assert.Equal(0, (await round.Run()).Bytes);
        var sound = await round.Run();
        Assert.True(sound is { Problem: null, Bytes: > 0 });

        Flip(practice.Folder, page: 9);
        Assert.Equal("page 9", (await round.Run()).Problem);
        Assert.Equal(["the disk has changed the database by itself: page 9"], PageRound.Problems(practice.Db, practice.Folder));
        using var desk = await practice.SignedIn(VetBooking.Web.SignIn.Role.Administrator);
        Assert.Contains("Der Datenträger hat etwas in der Datenbank verändert", (await desk.Open("/praxis/einstellungen/sicherung")).Words, StringComparison.Ordinal);
        Flip(practice.Folder, page: 9);
        Assert.Null((await round.Run()).Problem);
    }

    [Fact]
    public async Task What_is_written_is_as_it_was_written_and_a_page_that_flipped_before_is_remembered()
    {
        await using var practice = await fixture.Start();
        await practice.MailIsOut();
        using var db = Db.Open(practice.Folder.Database);
        var sums = new PageSums(practice.Folder);
        sums.Settle(db);
        var holds = (int)db.Number("SELECT rootpage FROM sqlite_schema WHERE name = 'backup_plan'");
        for (var i = 0; i < 5; i++)
        {
            await practice.Writer.Write(change => change.Db.Execute("UPDATE backup_plan SET hour = 1 + hour % 20"));
            await practice.Writer.Write(change => change.Db.Execute("INSERT INTO closure (first_day, last_day, reason) VALUES ('2030-01-01', '2030-01-01', $reason)", ("$reason", new string('x', 9000 * i))));
            sums.Settle(db);
            Assert.Empty(sums.Differing(1, int.MaxValue));
            Assert.Empty(sums.Found);
        }
        Assert.True(sums.Comparable() > 9);

        Flip(practice.Folder, holds);
        await practice.Writer.Write(change => change.Db.Execute("UPDATE backup_plan SET hour = 7"));
        sums.Settle(db);
        Assert.Equal([holds], sums.Found);
    }

    [Fact]
    public async Task A_file_that_somebody_else_wrote_is_not_compared_with_old_sums()
    {
        await using var practice = await fixture.Start();
        var sums = new PageSums(practice.Folder);
        sums.Begin();
        Assert.True(sums.Comparable() > 0);
        File.SetLastWriteTimeUtc(practice.Folder.Database, DateTime.UtcNow);
        Assert.Equal(0, sums.Comparable());
        sums.Begin();
        Assert.True(sums.Comparable() > 0);
        // The sums themselves may rot: then nothing is said about the database.
        var bytes = await File.ReadAllBytesAsync(practice.Folder.PageSums);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(practice.Folder.PageSums, bytes);
        Assert.Equal(0, sums.Comparable());
    }

    /// <summary>One bit, behind everybody's back: the file's time of change stays as it was.</summary>
    private static void Flip(DataFolder folder, int page)
    {
        var at = File.GetLastWriteTimeUtc(folder.Database);
        using (var file = new FileStream(folder.Database, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
        {
            file.Position = ((page - 1) * 4096) + 4000;
            var value = file.ReadByte();
            file.Position--;
            file.WriteByte((byte)(value ^ 4));
        }
        File.SetLastWriteTimeUtc(folder.Database, at);
    }
}
