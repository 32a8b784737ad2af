using NodaTime;
using NodaTime.Text;
using VetBooking.Scheduling;
using VetBooking.Web.Demo;
using VetBooking.Web.Storage;

namespace VetBooking.Tests.Demo;

public sealed class DemoPracticeTests : IDisposable
{
    private static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
    private static readonly LocalDateTimePattern Wall = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");
    private static readonly LocalTimePattern Time = LocalTimePattern.CreateWithInvariantCulture("HH:mm");
    private static readonly Instant Monday = At("2026-11-23T08:00");

    private readonly string root = Directory.CreateTempSubdirectory("demo-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void A_small_practice_has_a_few_hundred_people_animals_and_appointments()
    {
        using var db = Made(DemoSize.Small, Monday);
        Assert.Equal(300, db.Number("SELECT count(*) FROM owner"));
        Assert.Equal(450, db.Number("SELECT count(*) FROM animal"));
        Assert.InRange(db.Number("SELECT count(*) FROM appointment WHERE starts_at <= $now", ("$now", Monday.ToUnixTimeSeconds())), 590, 620);
        Assert.InRange(db.Number("SELECT count(*) FROM appointment WHERE starts_at > $now", ("$now", Monday.ToUnixTimeSeconds())), 150, 180);
        Assert.Equal(13, db.Number("SELECT count(*) FROM visit_type"));
        Assert.Equal(1, db.Number("SELECT demo FROM practice"));
    }

    [Fact]
    public void A_large_practice_has_20_000_past_and_2_000_coming_appointments()
    {
        using var db = Made(DemoSize.Large, Monday);
        Assert.Equal(8_000, db.Number("SELECT count(*) FROM owner"));
        Assert.Equal(12_000, db.Number("SELECT count(*) FROM animal"));
        Assert.InRange(db.Number("SELECT count(*) FROM appointment WHERE starts_at <= $now", ("$now", Monday.ToUnixTimeSeconds())), 20_000, 20_100);
        Assert.InRange(db.Number("SELECT count(*) FROM appointment WHERE starts_at > $now", ("$now", Monday.ToUnixTimeSeconds())), 2_000, 2_100);
        AssertNobodyIsInTwoPlaces(db);
        AssertEverybodyIsAtWork(db);
    }

    [Fact]
    public void The_history_can_be_made_longer()
    {
        using var db = Made(DemoSize.Small, Monday, pastFactor: 10);
        Assert.InRange(db.Number("SELECT count(*) FROM appointment WHERE starts_at <= $now", ("$now", Monday.ToUnixTimeSeconds())), 5_990, 6_020);
    }

    [Theory]
    [InlineData("2026-11-23T08:00")]
    [InlineData("2026-12-21T08:00")]
    [InlineData("2026-12-27T21:30")]
    [InlineData("2027-03-26T09:00")]
    [InlineData("2027-10-30T12:00")]
    public void On_whatever_day_it_is_made_nothing_overlaps_and_everybody_is_at_work(string now)
    {
        using var db = Made(DemoSize.Small, At(now));
        AssertNobodyIsInTwoPlaces(db);
        AssertEverybodyIsAtWork(db);
        Assert.Empty(db.Rows("PRAGMA foreign_key_check", row => row.GetString(0)));
        Assert.Empty(db.Rows("SELECT number FROM appointment WHERE state = 'booked' AND id NOT IN (SELECT appointment_id FROM occupancy)", row => row.GetString(0)));
    }

    [Theory]
    [InlineData("2026-11-23T08:00")]
    [InlineData("2026-11-27T17:45")]
    [InlineData("2026-12-21T08:00")]
    [InlineData("2027-03-26T09:00")]
    [InlineData("2027-07-14T13:00")]
    public void Every_visit_type_is_free_within_14_days_for_each_of_its_species(string text)
    {
        var now = At(text);
        using var db = Made(DemoSize.Small, now);
        var diary = Book.Load(db, now).Diary;
        var today = now.InZone(Berlin).Date;
        foreach (var type in diary.Practice.VisitTypes)
        {
            foreach (var species in type.MinutesBySpecies.Keys)
            {
                var free = diary.FreeStarts(new VisitRequest(type.Id, [species]), new DateInterval(today, today.PlusDays(14)), now).Sum(day => day.Starts.Length);
                Assert.True(free > 0, $"{type.Id} has no free start for {species}.");
            }
        }
    }

    [Theory]
    [InlineData("2026-11-23T08:00")]
    [InlineData("2027-07-14T13:00")]
    public void One_vet_is_fully_booked_on_a_day_of_the_coming_week(string text)
    {
        var now = At(text);
        using var db = Made(DemoSize.Small, now);
        var diary = Book.Load(db, now).Diary;
        var today = now.InZone(Berlin).Date;
        var worked = db.Rows(
            "SELECT DISTINCT substr(starts_local, 1, 10) FROM appointment WHERE vet = 'weber' AND starts_at > $now", row => LocalDatePattern.Iso.Parse(row.GetString(0)).Value,
            ("$now", now.ToUnixTimeSeconds()));
        Assert.Contains(worked, day => day > today.PlusDays(1) && day < today.PlusDays(12) && NothingLeft(diary, day, now));
    }

    [Fact]
    public void The_vets_are_well_booked_today_and_tomorrow_and_less_later()
    {
        using var db = Made(DemoSize.Small, Monday);
        Assert.InRange(Fullness(db, "2026-11-23"), 0.6, 0.85);
        Assert.InRange(Fullness(db, "2026-11-24"), 0.6, 0.85);
        Assert.InRange(Fullness(db, "2026-12-08"), 0.0, 0.5);
    }

    [Fact]
    public void All_words_are_there_in_German_and_in_English()
    {
        using var db = Made(DemoSize.Small, Monday);
        var profile = Book.Load(db, Monday).Profile;
        Assert.Empty(profile.Missing);
        foreach (var language in (string[])["de", "en"])
        {
            foreach (var key in (string[])["welcome", "directions", "emergency", "substitute", "not_treated", "first_aid"])
            {
                Assert.NotEmpty(profile.Words[(language, key)]);
            }
            foreach (var type in db.Rows("SELECT id FROM visit_type", row => row.GetString(0)))
            {
                var words = profile.VisitTypeWords[(language, type)];
                Assert.NotEmpty(words.Name);
                Assert.NotEmpty(words.Hint);
                Assert.NotEmpty(words.Bring);
            }
            Assert.All(profile.RedFlags, flag => Assert.NotEmpty(flag.Words[language]));
        }
        Assert.All(profile.Species.Where(one => one.Treated), one => Assert.Contains(profile.RedFlags, flag => flag.Species is null || flag.Species.Split(' ').Contains(one.Id)));
        var known = profile.Species.Select(one => one.Id).ToHashSet();
        Assert.All(profile.RedFlags.SelectMany(flag => flag.Species?.Split(' ') ?? []), id => Assert.Contains(id, known));
    }

    [Fact]
    public void Nobody_real_can_be_called_or_written_to()
    {
        using var db = Made(DemoSize.Small, Monday);
        Assert.All(db.Rows("SELECT email FROM owner", row => row.GetString(0)), email => Assert.Matches("^[a-z0-9.-]+@([a-z]+\\.example|example\\.(org|net))$", email));
        Assert.All(db.Rows("SELECT phone FROM owner", row => row.GetString(0)), phone => Assert.Matches(@"^(030 23125 \d{3}|0171 39200\d\d|0176 040690\d\d)$", phone));
        Assert.Equal(300, db.Number("SELECT count(DISTINCT email_key) FROM owner"));
    }

    [Fact]
    public void The_same_moment_gives_the_same_practice()
    {
        using var one = Made(DemoSize.Small, Monday);
        using var other = Made(DemoSize.Small, Monday, "other");
        const string all = "SELECT group_concat(number || starts_at || vet || name, ';') FROM (SELECT * FROM appointment ORDER BY id)";
        Assert.Equal(one.Row(all, row => row.GetString(0)), other.Row(all, row => row.GetString(0)));
    }

    [Fact]
    public void A_folder_that_holds_a_practice_is_refused()
    {
        Made(DemoSize.Small, Monday).Dispose();
        Assert.Throws<InvalidOperationException>(() => DemoPractice.Make(new DataFolder(Path.Combine(root, "practice")), DemoSize.Small, Monday));
    }

    private Db Made(DemoSize size, Instant now, string name = "practice", int pastFactor = 1)
    {
        var folder = new DataFolder(Path.Combine(root, name));
        DemoPractice.Make(folder, size, now, pastFactor: pastFactor);
        return Db.Open(folder.Database, readOnly: true);
    }

    private static bool NothingLeft(Diary diary, LocalDate day, Instant now) => diary.Practice.VisitTypes.All(type => type.MinutesBySpecies.Keys.All(species =>
        diary.FreeStarts(new VisitRequest(type.Id, [species], "weber"), new DateInterval(day, day), now).All(one => one.Starts.IsEmpty)));

    private static void AssertNobodyIsInTwoPlaces(Db db)
    {
        var rows = db.Rows("SELECT resource_id, starts_at, ends_at FROM occupancy ORDER BY resource_id, starts_at", row => (Who: row.GetString(0), From: row.GetInt64(1), To: row.GetInt64(2)));
        Assert.NotEmpty(rows);
        foreach (var (one, next) in rows.Zip(rows.Skip(1))) Assert.True(one.Who != next.Who || one.To <= next.From, $"{one} overlaps {next}.");
    }

    /// <summary>Reads hours and shifts by itself, without the rules: every visit lies within one shift and one stretch of opening.</summary>
    private static void AssertEverybodyIsAtWork(Db db)
    {
        var shifts = db.Rows("SELECT resource_id, weekday, starts, ends, rhythm FROM shift", row => (Key: (row.GetString(0), row.GetInt32(1)), From: At(row, 2), To: At(row, 3), Rhythm: row.GetString(4)))
            .ToLookup(one => one.Key);
        var opening = db.Rows("SELECT weekday, opens, closes FROM opening_hours", row => (Day: row.GetInt32(0), From: At(row, 1), To: At(row, 2))).ToLookup(one => one.Day);
        var practice = PracticeFacts.Load(db);
        foreach (var (number, vet, local, minutes) in db.Rows("SELECT number, vet, starts_local, minutes FROM appointment", row => (row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt32(3))))
        {
            var start = Wall.Parse(local).Value;
            var (from, to) = (start.TimeOfDay, start.PlusMinutes(minutes).TimeOfDay);
            var rhythm = NodaTime.Calendars.WeekYearRules.Iso.GetWeekOfWeekYear(start.Date) % 2 == 0 ? "even" : "odd";
            Assert.True(shifts[(vet, (int)start.DayOfWeek)].Any(shift => (shift.Rhythm == "every" || shift.Rhythm == rhythm) && shift.From <= from && to <= shift.To), $"{number} {vet} {local}");
            Assert.Contains(opening[(int)start.DayOfWeek], open => open.From <= from && to <= open.To);
            Assert.Null(practice.ClosureOn(start.Date));
        }
    }

    private static double Fullness(Db db, string date)
    {
        var day = LocalDatePattern.Iso.Parse(date).Value;
        var rhythm = NodaTime.Calendars.WeekYearRules.Iso.GetWeekOfWeekYear(day) % 2 == 0 ? "even" : "odd";
        var shifts = db.Number(
            "SELECT sum(unixepoch(ends) - unixepoch(starts)) FROM shift WHERE weekday = $day AND resource_id NOT LIKE 'tfa%' AND rhythm IN ('every', $rhythm)", ("$day", (int)day.DayOfWeek), ("$rhythm", rhythm));
        var taken = db.Number(
            "SELECT sum(o.ends_at - o.starts_at) FROM occupancy o JOIN appointment a ON a.id = o.appointment_id AND a.vet = o.resource_id WHERE a.starts_local LIKE $date || '%' AND vet NOT LIKE 'tfa%'", ("$date", date));
        return (double)taken / shifts;
    }

    private static LocalTime At(Microsoft.Data.Sqlite.SqliteDataReader row, int column) => Time.Parse(row.GetString(column)).Value;

    private static Instant At(string wall) => Wall.Parse(wall).Value.InZoneStrictly(Berlin).ToInstant();
}
