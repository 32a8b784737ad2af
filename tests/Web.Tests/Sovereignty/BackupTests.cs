using NodaTime;
using VetBooking.Tests.Running;
using VetBooking.Web.Sovereignty.Backups;
using VetBooking.Web.Sovereignty.Erasure;
using VetBooking.Web.Storage;

namespace VetBooking.Tests.Sovereignty;

/// <summary>A backup is whole or it is none, and what comes back is what was there, without whom it has forgotten.</summary>
public sealed class BackupTests(PracticeFixture fixture) : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("backups-");

    private DataFolder Elsewhere => new(Path.Combine(root.FullName, "elsewhere"));

    public void Dispose() => root.Delete(recursive: true);

    [Fact]
    public async Task Two_in_the_same_second_are_two()
    {
        await using var practice = await fixture.Start();
        var (one, other) = (Backup.Take(practice.Folder, root.FullName, PracticeFixture.Monday), Backup.Take(practice.Folder, root.FullName, PracticeFixture.Monday));
        Assert.EndsWith("Z-2.vetbackup", other.File, StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetFiles(root.FullName).Length);
        Assert.NotEqual(one.File, other.File);
    }

    [Fact]
    public async Task Everything_comes_back_while_the_practice_goes_on()
    {
        await using var practice = await fixture.Start();
        var number = (await practice.Api.BookFirst("impfung")).Number;
        await practice.MailIsOut();
        var made = Backup.Take(practice.Folder, root.FullName, PracticeFixture.Monday);
        Assert.StartsWith("vetbooking-backup {\"format\":1,", (await File.ReadAllLinesAsync(made.File))[0], StringComparison.Ordinal);
        Assert.Equal(made, Backup.Verify(made.File, BackupKeys.Of(practice.Folder)));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(made.File));
        Assert.Empty(Directory.GetFiles(practice.Folder.Path, ".snapshot*"));
        // What opens it is not in it.
        Assert.DoesNotContain(practice.Folder.BackupKey, Directory.GetFiles(root.FullName));

        var back = Restore.Run(made.File, Elsewhere, BackupKeys.Of(practice.Folder), PracticeFixture.Monday);
        Assert.Equal((made.Digest, 0, null), (back.Digest, back.Erasures, back.Kept));
        using var db = Db.Open(Elsewhere.Database);
        Assert.Equal(1, db.Number("SELECT count(*) FROM appointment WHERE number = $number", ("$number", number)));
        using var before = Db.Open(practice.Folder.Database);
        // Sign-ins end with a restore; nothing else is different.
        Assert.Equal(LogicalDigest.Of(before).Where(table => table.Key != "session"), LogicalDigest.Of(db).Where(table => table.Key != "session"));
        Assert.Equal(Directory.GetFiles(practice.Folder.Keys).Select(Path.GetFileName).Order(), Directory.GetFiles(Elsewhere.Keys).Select(Path.GetFileName).Order());
        Assert.False(Directory.Exists(Path.Combine(Elsewhere.Path, ".restoring")));
    }

    [Fact]
    public async Task Who_was_erased_stays_erased_whatever_is_restored_and_wherever()
    {
        await using var practice = await fixture.Start();
        var older = Backup.Take(practice.Folder, root.FullName, PracticeFixture.Monday);
        var subject = practice.Db.Row("SELECT email FROM owner WHERE id = 3", row => row.GetString(0))!;
        await practice.Writer.Write(change => Erasing.Erase(change, practice.Folder, Actor.Operator, Person.Of(change.Db, 3)));
        Backup.Take(practice.Folder, root.FullName, PracticeFixture.Monday + Duration.FromMinutes(1));

        // The newer backup lies beside it and knows of the erasure.
        var back = Restore.Run(older.File, Elsewhere, BackupKeys.Of(practice.Folder), PracticeFixture.Monday);
        Assert.Equal(1, back.Erasures);
        using var db = Db.Open(Elsewhere.Database);
        Assert.Equal(0, db.Number("SELECT count(*) FROM owner WHERE id = 3") + db.Number("SELECT count(*) FROM appointment WHERE email = $email", ("$email", subject)));
        Assert.Equal(1, db.Number("SELECT entry FROM erased"));
        Assert.Empty(Check.Run(db));
    }

    [Fact]
    public async Task A_backup_beside_it_that_cannot_be_read_stands_in_the_way()
    {
        await using var practice = await fixture.Start();
        var older = Backup.Take(practice.Folder, root.FullName, PracticeFixture.Monday);
        await practice.Writer.Write(change => Erasing.Erase(change, practice.Folder, Actor.Operator, Person.Of(change.Db, 3)));
        var newer = Backup.Take(practice.Folder, root.FullName, PracticeFixture.Monday + Duration.FromMinutes(1));
        var bytes = await File.ReadAllBytesAsync(newer.File);
        bytes[^20_000] ^= 1;
        bytes[1_000] ^= 1;
        await File.WriteAllBytesAsync(newer.File, bytes);
        var refused = Assert.Throws<BackupException>(() => Restore.Run(older.File, Elsewhere, BackupKeys.Of(practice.Folder), PracticeFixture.Monday));
        Assert.Contains(newer.File, refused.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Elsewhere.Path));
    }

    [Fact]
    public async Task Old_ones_go_by_age_and_number_and_the_newest_stays()
    {
        await using var practice = await fixture.Start();
        for (var day = 0; day < 5; day++) Backup.Take(practice.Folder, root.FullName, PracticeFixture.Monday + Duration.FromDays(day));
        await File.WriteAllTextAsync(Path.Combine(root.FullName, "other" + BackupFile.Extension), "something else");
        var id = practice.Db.Row("SELECT practice FROM identity", row => row.GetString(0))!;
        Assert.Equal(1, Backup.Forget(root.FullName, id, days: 35, most: 4, PracticeFixture.Monday + Duration.FromDays(5)));
        Assert.Equal(2, Backup.Forget(root.FullName, id, days: 3, most: 4, PracticeFixture.Monday + Duration.FromDays(6) - Duration.FromHours(1)));
        Assert.Equal(1, Backup.Forget(root.FullName, id, days: 3, most: 4, PracticeFixture.Monday + Duration.FromDays(365)));
        Assert.Equal("2026-11-27T07:00:00Z", Assert.Single(Backup.In(root.FullName, id)).Head.CreatedAt);
        Assert.True(File.Exists(Path.Combine(root.FullName, "other" + BackupFile.Extension)));
    }

    [Fact]
    public async Task A_new_key_opens_what_comes_and_the_old_one_what_was()
    {
        await using var practice = await fixture.Start();
        var before = Backup.Take(practice.Folder, root.FullName, PracticeFixture.Monday);
        BackupKeys.Rotate(practice.Folder);
        var after = Backup.Take(practice.Folder, root.FullName, PracticeFixture.Monday + Duration.FromMinutes(1));
        var keys = BackupKeys.Of(practice.Folder);
        Assert.Equal([before.CreatedAt, after.CreatedAt], [Backup.Verify(before.File, keys).CreatedAt, Backup.Verify(after.File, keys).CreatedAt]);
        var old = Path.Combine(root.FullName, "old.key");
        await File.WriteAllTextAsync(old, (await File.ReadAllLinesAsync(practice.Folder.BackupKey))[1]);
        Assert.Throws<BackupException>(() => Backup.Verify(after.File, BackupKeys.Read(old)));
        Assert.Equal(before.Digest, Backup.Verify(before.File, BackupKeys.Read(old)).Digest);
    }
}
