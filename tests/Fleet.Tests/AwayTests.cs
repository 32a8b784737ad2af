using VetBooking.Fleet.Host;
using VetBooking.Fleet.Plans;
using VetBooking.Fleet.Sovereignty;

namespace VetBooking.Tests.Fleet;

/// <summary>Copies of backups: what is carried, and how long it stays.</summary>
public sealed class AwayTests : IDisposable
{
    private readonly Hosted host = new Hosted().With("0.3.0").Practice("berg", "0.3.0", "termin.berg.example");

    private Practice Berg => host.Facts.Practices["berg"];

    public void Dispose() => host.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("restic:")]
    public void A_backup_the_practice_made_itself_is_carried_though_nothing_has_changed_since(string kind)
    {
        var away = new Away(host.Layout, kind + Path.Combine(host.Layout.Root, "copies"), 35);
        var newest = Backup("a.vetbackup", age: 0);
        Assert.Contains(Backups.Plan(host.Layout, Berg, away, isUnchanged: true).Steps, step => step.ToString().StartsWith("carry the newest", StringComparison.Ordinal));

        File.WriteAllText(host.Layout.CarriedOf("berg"), $"{away.Target}\na.vetbackup\n");
        Directory.CreateDirectory(Path.Combine(host.Layout.Root, "copies", "berg"));
        File.Copy(newest, Path.Combine(host.Layout.Root, "copies", "berg", "a.vetbackup"));
        Assert.DoesNotContain(Backups.Plan(host.Layout, Berg, away, isUnchanged: true).Steps, step => step.ToString().StartsWith("carry", StringComparison.Ordinal));
        // Another place has none yet, and a newer one is another one.
        Assert.False((away with { Target = away.Target + "2" }).Has("berg"));
        Backup("b.vetbackup", age: -1);
        Assert.False(away.Has("berg"));
    }

    [Fact]
    public void A_copy_that_somebody_removed_is_carried_again()
    {
        var away = new Away(host.Layout, Path.Combine(host.Layout.Root, "copies"), 35);
        Backup("a.vetbackup", age: 0);
        File.WriteAllText(host.Layout.CarriedOf("berg"), $"{away.Target}\na.vetbackup\n");
        Assert.False(away.Has("berg"));
    }

    [Fact]
    public async Task Old_copies_go_and_the_newest_stays_however_old_it_is()
    {
        var away = new Away(host.Layout, Path.Combine(host.Layout.Root, "copies"), 35);
        var folder = Directory.CreateDirectory(Path.Combine(away.Target, "berg")).FullName;
        foreach (var (name, age) in new[] { ("a", 90), ("b", 60), ("c", 40) }) Touch(Path.Combine(folder, name + ".vetbackup"), age);
        Touch(Path.Combine(folder, "mine.txt"), 90);
        Assert.Null((await Runner.Perform(new Plan("berg", away.Age("berg")))).Problem);
        Assert.Equal(["c.vetbackup", "mine.txt"], Directory.GetFiles(folder).Select(Path.GetFileName).Order());
        Touch(Path.Combine(folder, "d.vetbackup"), 34);
        Touch(Path.Combine(folder, "e.vetbackup"), 1);
        Assert.Null((await Runner.Perform(new Plan("berg", away.Age("berg")))).Problem);
        Assert.Equal(["d.vetbackup", "e.vetbackup", "mine.txt"], Directory.GetFiles(folder).Select(Path.GetFileName).Order());
        Assert.Empty(away.AgeAll());
        Assert.Empty((away with { Days = null }).Age("berg"));
    }

    [Fact]
    public void In_a_repository_each_practice_keeps_its_newest()
    {
        var snapshots = Away.Read("""
            [{"time":"2026-09-01T03:00:00.123456789+02:00","tags":["vetbooking","berg"],"id":"1"},
             {"time":"2026-10-01T03:00:00Z","tags":["berg","vetbooking"],"id":"2"},
             {"time":"2026-08-01T03:00:00Z","tags":["vetbooking","tal"],"id":"3"},
             {"time":"2026-11-28T03:00:00Z","tags":["vetbooking","see"],"id":"4"},
             {"time":"2026-10-30T03:00:00Z","tags":["vetbooking","see"],"id":"5"},
             {"time":"2026-10-20T03:00:00Z","tags":["vetbooking","see"],"id":"6"}]
            """);
        Assert.Equal(["1", "6"], Away.Aged(snapshots, new DateTimeOffset(2026, 10, 25, 3, 0, 0, TimeSpan.Zero)).Select(one => one.Id));
        Assert.Empty(Away.Read("null"));
        Assert.Single(new Away(host.Layout, "restic:/srv", 35).AgeAll());
        Assert.Empty(new Away(host.Layout, "restic:/srv", 35).Age("berg"));
        Assert.Empty(new Away(host.Layout, "restic:/srv", null).AgeAll());
    }

    [Fact]
    public void A_time_that_is_none_is_refused()
    {
        File.WriteAllText(host.Layout.Settings, """{"backupDays":0}""");
        Assert.Contains("backupDays", Assert.Throws<RefusedException>(() => FleetSettings.Load(host.Layout.Settings)).Message, StringComparison.Ordinal);
    }

    private string Backup(string name, int age)
    {
        Directory.CreateDirectory(host.Layout.BackupsOf("berg"));
        var path = Path.Combine(host.Layout.BackupsOf("berg"), name);
        Touch(path, age);
        return path;
    }

    private static void Touch(string path, int age)
    {
        File.WriteAllText(path, "");
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddDays(-age));
    }
}
