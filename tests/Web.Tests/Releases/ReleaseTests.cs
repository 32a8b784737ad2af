using System.IO.Compression;
using VetBooking.Tests.Running;
using VetBooking.Web.Storage;

namespace VetBooking.Tests.Releases;

/// <summary>Databases that earlier releases wrote, kept beside this file: today's program brings each to its own schema and goes on with it.</summary>
public sealed class ReleaseTests(PracticeFixture fixture)
{
    public static TheoryData<string> Releases => [.. Directory.GetFiles(Folder, "*.db.gz").Select(path => Path.GetFileName(path))];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Releases");

    [Theory]
    [MemberData(nameof(Releases))]
    public async Task The_database_of_an_earlier_release_keeps_everything_and_takes_bookings(string file)
    {
        var folder = fixture.Copy();
        File.Delete(folder.Database);
        await using (var packed = new GZipStream(File.OpenRead(Path.Combine(Folder, file)), CompressionMode.Decompress))
        await using (var database = File.Create(folder.Database)) await packed.CopyToAsync(database);

        using (var db = Db.Open(folder.Database))
        {
            var (before, tables) = (Contents(db), Tables(db));
            Assert.True(Migrations.Run(db) > 0, $"{file} is as new as this program.");
            Assert.Equal(before, Contents(db, tables));
            Assert.Empty(Check.Run(db));
        }
        // A day of the release's own demo practice.
        await using var practice = await fixture.Start(new Wanted { Folder = folder, Now = PracticeFixture.Monday });
        var booked = await practice.Api.BookFirst("impfung");
        Assert.Equal("held", practice.Of(booked.Number, "state"));
    }

    private static List<(string Table, string Columns)> Tables(Db db) =>
        db.Rows("SELECT t.name, (SELECT group_concat('quote(' || c.name || ')', '||') FROM pragma_table_info(t.name) c) FROM sqlite_schema t WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY 1",
            row => (row.GetString(0), row.GetString(1)));

    /// <summary>Every value of every row, of the tables and columns named.</summary>
    private static List<string> Contents(Db db, List<(string Table, string Columns)>? tables = null) =>
        [.. (tables ?? Tables(db)).SelectMany(one => db.Rows($"SELECT {one.Columns} FROM {one.Table} ORDER BY 1", row => one.Table + ": " + row.GetString(0)))];
}
