using NodaTime;
using VetBooking.Web.Messages;
using VetBooking.Web.Recall.Consenting;
using VetBooking.Web.Storage;

namespace VetBooking.Tests.Recall;

/// <summary>What is told to whom and when; and above all when not.</summary>
public sealed class SendingTests
{
    private static readonly LocalDate Due = new(2027, 3, 31);
    private static readonly LocalDate Opens = Due.PlusDays(-21);

    [Fact]
    public async Task It_is_told_on_its_morning_once_and_once_more_and_never_again()
    {
        await using var practice = await Household.Start();
        await practice.Due(1, Due);
        Assert.Equal(0, await practice.At(Opens.PlusDays(-1), 23));
        // The next look is at nine by the practice's clock.
        Assert.Equal(Instant.FromUtc(2027, 3, 10, 8, 0), practice.Read(Outbox.NextDue));
        Assert.Equal(0, await practice.At(Opens, 8));
        Assert.Equal(1, await practice.At(Opens, 9));
        // On the other side of the change of the clocks.
        Assert.Equal(Instant.FromUtc(2027, 4, 7, 7, 0), practice.Read(Outbox.NextDue));
        Assert.Equal(0, await practice.At(Opens.PlusDays(27)));
        Assert.Equal(1, await practice.At(Opens.PlusDays(28)));
        for (var day = 29; day < 400; day += 7) Assert.Equal(0, await practice.At(Opens.PlusDays(day)));
        Assert.Null(practice.Read(Outbox.NextDue));
        Assert.Equal(2, practice.Said().Count);
        var said = practice.Said()[0];
        Assert.Contains("Bello: Impfung gegen Tollwut (März 2027)", said, StringComparison.Ordinal);
        Assert.Contains("/buchen/vaccination", said, StringComparison.Ordinal);
        Assert.DoesNotContain("Bello", practice.Read(db => db.Row("SELECT subject FROM outbox", row => row.GetString(0)))!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_mail_tells_a_household_what_comes_within_six_weeks()
    {
        await using var practice = await Household.Start();
        await practice.Due(1, Due);
        await practice.Due(1, Due.PlusDays(10), "lepto");
        await practice.Due(2, Due.PlusDays(42));
        await practice.Due(2, Due.PlusDays(43), "lepto");
        Assert.Equal(1, await practice.At(Opens));
        var said = Assert.Single(practice.Said());
        Assert.Contains("Bello: Impfung gegen Tollwut (März 2027), Impfung gegen Leptospirose (April 2027)", said, StringComparison.Ordinal);
        Assert.Contains("Luna: Impfung gegen Tollwut (Mai 2027)", said, StringComparison.Ordinal);
        Assert.DoesNotContain("Leptospirose (Mai", said, StringComparison.Ordinal);
        // Those that went along are told once more in their time, never a first time again.
        for (var day = 1; day < 120; day++) await practice.At(Opens.PlusDays(day));
        Assert.Equal([(1, 4L), (2, 4L)], practice.Read(db => db.Rows("SELECT stage, count(*) FROM recall_told GROUP BY stage ORDER BY stage", row => (row.GetInt32(0), row.GetInt64(1)))));
    }

    [Theory]
    [InlineData(60, 1)]
    [InlineData(61, 0)]
    public async Task After_months_of_sleep_only_what_still_makes_sense_is_told(int daysLate, int mails)
    {
        await using var practice = await Household.Start();
        await practice.Due(1, Due);
        Assert.Equal(mails, await practice.At(Due.PlusDays(daysLate)));
        Assert.Equal(0, await practice.At(Due.PlusDays(daysLate + 40)));
    }

    [Fact]
    public async Task At_night_it_waits_for_the_morning_also_if_the_practice_slept()
    {
        await using var practice = await Household.Start();
        await practice.Due(1, Due);
        Assert.Equal(0, await practice.At(Opens, 22));
        Assert.Equal(0, await practice.At(Opens.PlusDays(1), 23));
        Assert.Equal(1, await practice.At(Opens.PlusDays(2), 8));
    }

    [Theory]
    [InlineData("UPDATE recall_rule SET confirmed_at = NULL")]
    [InlineData("UPDATE recall_rule SET active = 0")]
    [InlineData("UPDATE animal_due SET off = 1")]
    [InlineData("UPDATE animal_due SET due_on = '2028-03-31'")]
    [InlineData("UPDATE animal SET departed = 'died', departed_on = '2020-01-01' WHERE id = 1")]
    [InlineData("UPDATE animal SET departed = 'given-away', departed_on = '2027-03-09' WHERE id = 1")]
    [InlineData("UPDATE animal SET departed = 'died', departed_on = '2027-03-09' WHERE id = 2")]
    [InlineData("UPDATE animal SET owner_id = 2 WHERE id = 1")]
    [InlineData("UPDATE owner SET email = '', email_key = ''")]
    [InlineData("UPDATE owner SET email = 'new@owner.example', email_key = 'new@owner.example' WHERE id = 1")]
    [InlineData("DELETE FROM owner WHERE id = 1")]
    public async Task What_no_longer_holds_is_not_told_before_and_not_between_writing_and_sending(string sql)
    {
        await using var before = await Household.Start();
        await before.Due(1, Due);
        await before.Sql(sql);
        Assert.Equal(0, await before.At(Opens));

        await using var between = await Household.Start();
        await between.Due(1, Due);
        // At night it is only put into the outbox.
        Assert.Equal(0, await between.At(Opens, 21));
        Assert.Equal(1, between.Read(db => db.Number("SELECT count(*) FROM outbox WHERE state = 'waiting'")));
        await between.Sql(sql);
        Assert.Equal(0, await between.At(Opens.PlusDays(1)));
        Assert.Empty(between.Said());
    }

    [Fact]
    public async Task A_fitting_appointment_makes_it_needless_until_it_is_called_off()
    {
        await using var practice = await Household.Start();
        await practice.Due(1, Due);
        await practice.Due(2, Due);
        var start = new LocalDate(2027, 3, 20).At(new LocalTime(10, 0)).InZoneLeniently(Household.Zone).ToInstant().ToUnixTimeSeconds();
        var visit = await practice.Book();
        await practice.Sql($"DELETE FROM reminder; DELETE FROM outbox; UPDATE appointment SET starts_at = {start}, owner_id = 1 WHERE id = {visit}");
        Assert.Equal(1, await practice.At(Opens));
        Assert.Contains("Luna", practice.Said()[0], StringComparison.Ordinal);
        Assert.DoesNotContain("Bello", practice.Said()[0], StringComparison.Ordinal);
        await practice.Sql("UPDATE appointment SET state = 'cancelled', state_before = 'booked'");
        Assert.Equal(1, await practice.At(Opens.PlusDays(1)));
        Assert.Contains("Bello", practice.Said()[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2027-03-12", "vaccination", 0)]
    [InlineData("2027-03-05", "vaccination", 1)]
    [InlineData("2027-03-12", "other", 1)]
    public async Task A_visit_since_the_time_opened_is_as_good_as_one_to_come(string day, string type, int mails)
    {
        await using var practice = await Household.Start(sql: "INSERT INTO visit_type (id, position) VALUES ('other', 2);");
        await practice.Due(1, Due);
        var visit = await practice.Book();
        var start = NodaTime.Text.LocalDatePattern.Iso.Parse(day).Value.At(new LocalTime(10, 0)).InZoneLeniently(Household.Zone).ToInstant().ToUnixTimeSeconds();
        await practice.Sql($"DELETE FROM reminder; DELETE FROM outbox; UPDATE appointment SET starts_at = {start}, visit_type_id = '{type}' WHERE id = {visit}; UPDATE appointment_animal SET animal_id = 1");
        Assert.Equal(mails, await practice.At(Opens.PlusDays(5)));
    }

    [Fact]
    public async Task Who_withdraws_gets_nothing_of_what_already_waits()
    {
        await using var practice = await Household.Start();
        await practice.Due(1, Due);
        await practice.At(Opens, 21);
        await practice.Withdraw();
        Assert.Equal("void", practice.Read(db => db.Row("SELECT state FROM outbox WHERE kind = 'recall'", row => row.GetString(0))));
        Assert.Equal(0, await practice.At(Opens.PlusDays(1)));
        // Whoever agrees anew is told what nobody told them.
        await practice.Writer.Write(change => { Consents.Give(change, Actor.Owner, 1, "link", "de"); return true; });
        Assert.Equal(1, await practice.At(Opens.PlusDays(2)));
    }

    [Fact]
    public async Task Nothing_is_looked_for_as_long_as_nobody_wants_it()
    {
        await using var practice = await Household.Start(agreed: false);
        await practice.Due(1, Due);
        Assert.Equal(0, await practice.At(Opens));
        Assert.Null(practice.Read(Outbox.NextDue));
    }

    [Fact]
    public async Task The_mail_carries_the_one_click_that_ends_it_and_hostile_names_do_no_harm()
    {
        await using var practice = await Household.Start(sql: "UPDATE animal SET name = 'Bello' || char(13) || char(10) || 'Bcc: x@evil.example https://evil.example' WHERE id = 1;");
        await practice.Due(1, Due);
        Assert.Equal(1, await practice.At(Opens));
        using var mail = await MimeKit.MimeMessage.LoadAsync(Path.Combine(practice.Folder.Outbox, practice.Files().Last()), TestContext.Current.CancellationToken);
        Assert.Equal("List-Unsubscribe=One-Click", mail.Headers["List-Unsubscribe-Post"]);
        Assert.Matches("^<https://termin.praxis.example/erinnern/[A-Za-z0-9_-]{43}>$", mail.Headers["List-Unsubscribe"]);
        Assert.Contains(mail.Headers["List-Unsubscribe"]!.Trim('<', '>'), mail.HtmlBody, StringComparison.Ordinal);
        Assert.Single(mail.To);
        Assert.DoesNotContain("https://evil.example", mail.TextBody, StringComparison.Ordinal);
        // What is kept for staff to read has no key in it.
        Assert.DoesNotMatch("erinnern/[A-Za-z0-9_-]{43}", practice.Said()[0]);
    }
}
