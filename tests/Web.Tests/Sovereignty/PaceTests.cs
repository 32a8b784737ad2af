using System.Diagnostics;
using VetBooking.Tests.Running;
using VetBooking.Web.Sovereignty.Backups;

namespace VetBooking.Tests.Sovereignty;

/// <summary>A backup rests while people book, and only then.</summary>
public sealed class PaceTests(PracticeFixture fixture)
{
    [Fact]
    public async Task A_backup_rests_between_its_pieces_only_while_somebody_books()
    {
        await using var practice = await fixture.Start();
        await practice.MailIsOut();
        var log = practice.Folder.Database + "-wal";

        await practice.Api.BookFirst("impfung");
        Assert.True(new FileInfo(log).Length > 0);
        var busy = new Pace(practice.Folder);
        using (var snapshot = Snapshot.Take(practice.Folder, busy))
        {
            Assert.InRange(busy.Rests, 1, 1000);
            var before = busy.Rests;
            // What is read of it afterwards rests, too.
            using var read = snapshot.Open(snapshot.Manifest.Parts.Single(part => part.Name == Snapshot.DatabasePart));
            Read(read, TimeSpan.FromMilliseconds(60));
            Assert.True(busy.Rests > before);
        }

        File.SetLastWriteTimeUtc(log, DateTime.UtcNow.AddMinutes(-1));
        var quiet = new Pace(practice.Folder);
        using (Snapshot.Take(practice.Folder, quiet)) Assert.Equal(0, quiet.Rests);
    }

    private static void Read(Stream file, TimeSpan length)
    {
        var buffer = new byte[512];
        for (var from = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(from) < length;)
        {
            if (file.Read(buffer) == 0) file.Position = 0;
        }
    }
}
