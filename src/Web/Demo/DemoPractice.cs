using System.Globalization;
using NodaTime;
using NodaTime.Text;
using VetBooking.Web.Shared;
using VetBooking.Web.Setup;
using VetBooking.Web.Sovereignty.Backups;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Demo;

/// <summary>How large a demo practice is.</summary>
public enum DemoSize
{
    /// <summary>Three vets; made at once, pleasant to look at.</summary>
    Small,

    /// <summary>Six vets, 12,000 animals, 20,000 past and 2,000 future appointments; for measuring.</summary>
    Large,
}

/// <summary>
/// A fictional practice with a believable diary around the moment it is made. The same moment and size give the same practice.
/// </summary>
public static class DemoPractice
{
    private static readonly LocalDateTimePattern Wall = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");

    /// <summary>Makes the practice in a folder that holds none yet.</summary>
    /// <param name="folder">Made if it is not there.</param>
    /// <param name="size">How large.</param>
    /// <param name="now">The moment the diary lies around.</param>
    /// <param name="publicUrl">The address that links in mails begin with.</param>
    /// <param name="pastFactor">How many times as long the history is; for measuring what a long history costs.</param>
    /// <exception cref="InvalidOperationException">The folder holds a practice already; nothing was changed.</exception>
    public static void Make(DataFolder folder, DemoSize size, Instant now, string publicUrl = "http://127.0.0.1:5080", int pastFactor = 1)
    {
        if (folder.HasPractice) throw new InvalidOperationException($"{folder.Path} already holds a practice. Name an empty folder, or remove this one first.");
        EmptyPractice.Prepare(folder);
        BackupKeys.Of(folder);
        try
        {
            using var db = Db.Open(folder.Database);
            // The indexes over random numbers and addresses are written all over; they must fit into memory while the rows pour in.
            db.Execute("PRAGMA cache_size = -65536");
            Migrations.Run(db);
            db.Execute("BEGIN IMMEDIATE");
            Fill(db, DemoPlan.Of(size, pastFactor), now);
            DemoAccounts.Make(db, folder, now);
            db.Execute("COMMIT");
            new InstanceSettings { PublicUrl = publicUrl }.Save(folder.Settings);
        }
        catch
        {
            // Half a practice would be refused the next time.
            foreach (var file in (string[])[folder.Database, folder.Database + "-wal", folder.Database + "-shm"]) File.Delete(file);
            throw;
        }
    }

    private static void Fill(Db db, DemoPlan plan, Instant now)
    {
        db.Execute(Read("practice.sql"));
        if (plan.IsLarge) db.Execute(Read("larger.sql"));
        StartCatalogue.Load(db);
        var zone = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
        CloseAndLeave(db, now.InZone(zone).Date);

        // The seed is fixed, so that a picture taken or a figure measured can be taken again.
        var random = new Random(1);
        var clients = DemoClients.Make(db, plan, random, now);
        var rows = new DemoRows(db, random, zone, now);
        var diary = new DemoDiary(PracticeFacts.Load(db), clients, rows, random);
        diary.FillPast(plan);
        diary.FillComing(plan);
        // Two of five were booked by telephone.
        db.Execute("UPDATE appointment SET online = 0 WHERE id % 5 IN (1, 3)");
    }

    /// <summary>A day the whole team is away and a vet's week off, so that both can be seen in the calendar.</summary>
    private static void CloseAndLeave(Db db, LocalDate today)
    {
        var training = today.PlusDays(24).Next(IsoDayOfWeek.Wednesday);
        db.Execute(
            "INSERT INTO closure (first_day, last_day, reason, substitute) VALUES ($day, $day, 'Fortbildung des Teams', 'Tierarztpraxis Seerose, 030 23125 450')",
            ("$day", LocalDatePattern.Iso.Format(training)));
        var monday = today.PlusDays(14).Next(IsoDayOfWeek.Monday);
        db.Execute(
            "INSERT INTO absence (resource_id, starts_local, ends_local) VALUES ('kowalska', $from, $to)",
            ("$from", Wall.Format(monday.AtMidnight())), ("$to", Wall.Format(monday.PlusDays(6).AtMidnight())));
    }

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(DemoPractice).Assembly.GetManifestResourceStream(typeof(DemoPractice), name)
            ?? throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{name} is not in the program.")));
        return reader.ReadToEnd();
    }
}

/// <summary>How much of everything, and over which time.</summary>
internal sealed record DemoPlan(bool IsLarge, int Owners, int Animals, int Past, int PastDays, int Coming, int ComingDays)
{
    public static DemoPlan Of(DemoSize size, int pastFactor) => size == DemoSize.Large
        ? new(true, 8_000, 12_000, 20_000 * pastFactor, 3 * 365 * pastFactor, 2_000, 60)
        : new(false, 300, 450, 600 * pastFactor, 60 * pastFactor, 150, 21);

    /// <summary>How full a day is, from 0 to 1: today and tomorrow well booked, later days less and less.</summary>
    public double FullnessAfter(int days) => days <= 1 ? 0.7 : (IsLarge ? 0.4 : 0.2) * Math.Exp(-(days - 2) * 3.0 / ComingDays);
}
