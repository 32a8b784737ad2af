using NodaTime;
using VetBooking.Tests.Running;
using VetBooking.Tests.Setup;
using VetBooking.Web.Messages.Sent;
using VetBooking.Web.Messages;
using VetBooking.Web.SignIn;

namespace VetBooking.Tests.Messages;

/// <summary>Owners are reminded as often as the practice wants, once each, and never of what they have just been told.</summary>
public sealed class ReminderTests(PracticeFixture fixture)
{
    /// <summary>Ten o'clock in winter, on a Tuesday.</summary>
    private static readonly Instant Start = Instant.FromUtc(2027, 2, 16, 9, 0);

    [Fact]
    public async Task A_day_before_and_once_only()
    {
        await using var practice = await Booked();
        practice.Now = Start - Duration.FromHours(24) - Duration.FromMinutes(1);
        Assert.Equal(0, await practice.SendDue());
        Assert.Equal(Start - Duration.FromHours(24), practice.Read(Outbox.NextDue));
        practice.Now += Duration.FromMinutes(1);
        Assert.Equal(1, await practice.SendDue());
        Assert.EndsWith("-reminder-1.eml", Assert.Single(practice.Files()), StringComparison.Ordinal);
        practice.Now += Duration.FromHours(5);
        Assert.Equal(0, await practice.SendDue());
        Assert.Null(practice.Read(Outbox.NextDue));
    }

    [Fact]
    public async Task Several_each_in_its_turn_and_after_a_long_sleep_only_the_last()
    {
        await using var practice = await Booked("INSERT INTO reminder VALUES ('vaccination', 72)");
        practice.Now = Start - Duration.FromHours(72);
        Assert.Equal(1, await practice.SendDue());
        practice.Now = Start - Duration.FromHours(24);
        Assert.Equal(1, await practice.SendDue());

        await using var asleep = await Booked("INSERT INTO reminder VALUES ('vaccination', 72)");
        asleep.Now = Start - Duration.FromHours(20);
        Assert.Equal(1, await asleep.SendDue());
        asleep.Now += Duration.FromHours(1);
        Assert.Equal(0, await asleep.SendDue());
        Assert.Single(asleep.Files());
    }

    [Theory]
    [InlineData("UPDATE appointment SET created_at = starts_at - 80000")]
    [InlineData("UPDATE appointment SET state = 'cancelled', state_before = 'booked'")]
    [InlineData("UPDATE appointment SET state = 'held'")]
    [InlineData("UPDATE appointment SET email = ''")]
    [InlineData("DELETE FROM reminder")]
    [InlineData("INSERT INTO outbox (appointment_id, kind, created_at, due_at, state) SELECT id, 'moved', starts_at - 80000, 0, 'sent' FROM appointment")]
    public async Task Nobody_is_reminded_of_what_they_just_heard_or_of_what_is_not_on(string sql)
    {
        await using var practice = await Booked(sql);
        practice.Now = Start - Duration.FromHours(20);
        Assert.Equal(0, await practice.SendDue());
    }

    [Fact]
    public async Task A_visit_that_is_moved_is_reminded_of_at_its_new_time()
    {
        await using var practice = await Booked();
        practice.Now = Start - Duration.FromHours(24);
        Assert.Equal(1, await practice.SendDue());
        await practice.Writer.Write(change => change.Db.Execute("UPDATE appointment SET starts_at = starts_at + 2 * 86400"));
        Assert.Equal(Start + Duration.FromHours(24), practice.Read(Outbox.NextDue));
        practice.Now = Start + Duration.FromHours(24);
        Assert.Equal(1, await practice.SendDue());
    }

    [Fact]
    public async Task Too_late_to_be_a_reminder_it_is_passed_over()
    {
        await using var practice = await Booked();
        practice.Now = Start - Duration.FromMinutes(59);
        Assert.Equal(0, await practice.SendDue());
        practice.Now = Start - Duration.FromMinutes(30);
        Assert.Equal(0, await practice.SendDue());
    }

    [Theory]
    // Ten in the morning, four hours before: six o'clock is still quiet; at eight it goes.
    [InlineData("20:00", "08:00", 4, "07:00")]
    // At night for the next afternoon: the morning is soon enough.
    [InlineData("20:00", "08:00", 14, "07:00")]
    // The end of the quiet hours is late, but before the visit.
    [InlineData("20:00", "09:30", 2, "08:30")]
    [InlineData("20:00", "20:00", 14, null)]
    [InlineData("12:00", "14:00", 23, null)]
    [InlineData("11:00", "14:00", 22, "13:00")]
    public async Task Quiet_hours_put_it_off(string from, string until, int hours, string? sentAtUtc)
    {
        await using var practice = await Booked($"DELETE FROM reminder; INSERT INTO reminder VALUES ('vaccination', {hours}); UPDATE practice SET quiet_from = '{from}', quiet_until = '{until}'");
        practice.Now = Start - Duration.FromHours(hours);
        var sent = await practice.SendDue();
        if (sentAtUtc is null)
        {
            Assert.Equal(1, sent);
            return;
        }
        Assert.Equal(0, sent);
        Assert.Equal(sentAtUtc, practice.Read(Outbox.NextDue)!.Value.ToString("HH:mm", null));
        practice.Now = practice.Read(Outbox.NextDue)!.Value;
        Assert.Equal(1, await practice.SendDue());
    }

    [Fact]
    public async Task What_could_only_be_sent_in_quiet_hours_is_not_sent()
    {
        await using var practice = await Booked("DELETE FROM reminder; INSERT INTO reminder VALUES ('vaccination', 2); UPDATE practice SET quiet_from = '20:00', quiet_until = '10:00'");
        practice.Now = Start - Duration.FromHours(2);
        Assert.Equal(0, await practice.SendDue());
        practice.Now = Start;
        Assert.Equal(0, await practice.SendDue());
        Assert.Equal(0, practice.Read(db => db.Number("SELECT count(*) FROM outbox WHERE kind = 'reminder'")));
    }

    [Fact]
    public async Task What_was_sent_can_be_read_later_without_the_secret_in_its_link()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn();
        var booked = await practice.Api.BookFirst("impfung");
        var link = await practice.MailedLink();
        var id = practice.Db.Number("SELECT id FROM appointment WHERE number = $number", ("$number", booked.Number));
        var mail = Assert.Single(SentMail.About(practice.Db, id));
        var page = await desk.Open($"/praxis/nachrichten/{mail.Id}");
        Assert.Equal("Nachricht: Bitte bestätigen", page.Heading);
        Assert.Contains((await practice.Mail()).TextBody!.Replace(link.Split('/')[^1], "…", StringComparison.Ordinal).ReplaceLineEndings("\n"), page.Words.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.DoesNotContain(link.Split('/')[^1], page.Html, StringComparison.Ordinal);
        Assert.Contains("1 Nachricht", (await desk.Open($"/praxis/termin/{id}")).Words, StringComparison.Ordinal);
        Assert.Equal(404, (await desk.Open("/praxis/nachrichten/4711")).Status);
    }

    [Fact]
    public async Task A_mail_that_did_not_arrive_is_shown_at_its_appointment()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn();
        var booked = await practice.Api.BookFirst("impfung");
        await practice.MailIsOut();
        var id = practice.Db.Number("SELECT id FROM appointment WHERE number = $number", ("$number", booked.Number));
        practice.Db.Execute("UPDATE outbox SET state = 'failed', last_error = '550 no such user' WHERE appointment_id = $id", ("$id", id));
        var page = await desk.Open($"/praxis/termin/{id}");
        Assert.Contains("an erika@example.org kam nicht an. Bitte rufen Sie an.", page.Find(".err").TextContent, StringComparison.Ordinal);
        Assert.Contains("550 no such user", page.Find(".err").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_practice_chooses_when_and_when_not()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        Assert.Equal(["24"], Hours(practice));
        await desk.Set("/anliegen/impfung", ("erinnerungen", "168"));
        Assert.Equal(["168"], Hours(practice));
        await desk.Set("/regeln", ("ruhe-von", "21:30"), ("ruhe-bis", "07:00"));
        Assert.Equal("21:30 07:00", practice.Db.Row("SELECT quiet_from || ' ' || quiet_until FROM practice", row => row.GetString(0)));
        Assert.Empty(practice.Problems());
    }

    private static List<string> Hours(RunningPractice practice) =>
        practice.Db.Rows("SELECT CAST(hours AS TEXT) FROM reminder WHERE visit_type_id = 'impfung'", row => row.GetString(0));

    /// <summary>A visit at <see cref="Start"/>, booked a month before, in a practice that has been running since.</summary>
    private static async Task<TestPractice> Booked(string sql = "")
    {
        var practice = new TestPractice { Now = Start - Duration.FromDays(30) };
        await practice.Book();
        await practice.SendDue();
        await practice.Writer.Write(change => change.Db.Execute($"UPDATE appointment SET starts_at = {Start.ToUnixTimeSeconds()}; {sql}"));
        return practice;
    }
}
