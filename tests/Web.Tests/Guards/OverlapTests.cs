using Microsoft.Data.Sqlite;
using VetBooking.Tests.Running;

namespace VetBooking.Tests.Guards;

/// <summary>The last guard is the database itself: whatever the program believes, nobody is in two places.</summary>
public sealed class OverlapTests(PracticeFixture fixture)
{
    // Far from everything the demo practice knows.
    private const long Ten = 4_000_000_200;

    [Theory]
    [InlineData(0, 30, 0, 30)]
    [InlineData(0, 30, 15, 45)]
    [InlineData(0, 30, -15, 5)]
    [InlineData(0, 60, 15, 30)]
    [InlineData(15, 30, 0, 60)]
    [InlineData(0, 30, 0, 5)]
    [InlineData(0, 30, 25, 30)]
    [InlineData(0, 30, -5, 5)]
    public async Task Two_at_once_are_refused(int from, int to, int otherFrom, int otherTo)
    {
        await using var practice = await fixture.Start();
        Take(practice, "op", from, to);
        var refused = Assert.Throws<SqliteException>(() => Take(practice, "op", otherFrom, otherTo));
        Assert.Equal(19, refused.SqliteErrorCode);
        Assert.Throws<SqliteException>(() => practice.Db.Execute("UPDATE occupancy SET ends_at = ends_at + 300 WHERE starts_at = $at", ("$at", Ten + from * 60L)));
        Assert.Equal(1, practice.Db.Number("SELECT count(*) FROM occupancy WHERE starts_at > 3900000000"));
    }

    [Fact]
    public async Task One_after_the_other_and_elsewhere_are_allowed()
    {
        await using var practice = await fixture.Start();
        Take(practice, "op", 0, 30);
        Take(practice, "op", 30, 60);
        Take(practice, "op", -30, 0);
        Take(practice, "raum-1", 0, 30);
        Take(practice, "op", 90, 120);
        Assert.Throws<SqliteException>(() => Take(practice, "op", -60, 200));
        Assert.Equal(5, practice.Db.Number("SELECT count(*) FROM occupancy WHERE starts_at > 3900000000"));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(30, 0)]
    [InlineData(1, 31)]
    public async Task Time_that_is_none_is_refused(int from, int to)
    {
        await using var practice = await fixture.Start();
        Assert.Throws<SqliteException>(() => Take(practice, "op", from, to));
    }

    [Fact]
    public async Task What_the_diary_in_memory_missed_the_database_refuses_and_the_owner_hears_taken()
    {
        await using var practice = await fixture.Start();
        var slot = (await practice.Api.Slots("impfung", more: "&vet=weber"))[9];
        var start = NodaTime.Text.OffsetDateTimePattern.Rfc3339.Parse(slot.Start).Value.ToInstant().ToUnixTimeSeconds();
        // Inside the batch, behind the back of the diary: as if it had a mistake.
        var sneaked = practice.Writer.Write(change => change.Db.Execute(
            "INSERT INTO occupancy (resource_id, starts_at, ends_at, appointment_id) SELECT 'weber', $from, $from + 600, min(id) FROM appointment", ("$from", start)));
        Assert.Equal(1, await sneaked);
        var rows = practice.Count("appointment");
        var answer = await practice.Api.Book(ApiClient.Wish("impfung", slot.Start, "weber"));
        Assert.Equal((409, "slot-taken"), (answer.Status, answer.Problem));
        Assert.Equal((rows, 0), (practice.Count("appointment"), practice.Count("answered")));
    }

    private static void Take(RunningPractice practice, string resource, int from, int to) => practice.Db.Execute(
        "INSERT INTO occupancy (resource_id, starts_at, ends_at, appointment_id) SELECT $resource, $from, $to, min(id) FROM appointment",
        ("$resource", resource), ("$from", Ten + from * 60L), ("$to", Ten + to * 60L));
}
