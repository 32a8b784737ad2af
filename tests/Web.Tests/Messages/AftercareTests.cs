using NodaTime;
using VetBooking.Web.Messages;

namespace VetBooking.Tests.Messages;

/// <summary>What the practice says after a visit.</summary>
public class AftercareTests
{
    // Samples.Now is a Friday morning; the visit is four days later and lasts 20 minutes.
    private static readonly Instant Start = Instant.FromUnixTimeSeconds((Samples.Now + Duration.FromDays(4)).ToUnixTimeSeconds() / 300 * 300);
    private static readonly Instant Due = Start + Duration.FromMinutes(20) + Duration.FromHours(3);

    [Fact]
    public async Task It_is_sent_once_at_its_hour_in_the_practice_s_words()
    {
        await using var practice = await Booked();
        Assert.Equal(Due, practice.Read(Outbox.NextDue));
        practice.Now = Due - Duration.FromSeconds(1);
        Assert.Equal(0, await practice.SendDue());
        practice.Now = Due;
        Assert.Equal(1, await practice.SendDue());
        Assert.Equal(0, await practice.SendDue());
        practice.Now = Due + Duration.FromDays(1);
        Assert.Equal(0, await practice.SendDue());
        var said = practice.Read(db => db.Row("SELECT said FROM outbox WHERE kind = 'aftercare' AND state = 'sent'", row => row.GetString(0)));
        Assert.Contains("Die Einstichstelle darf zwei Tage geschwollen sein.", said, StringComparison.Ordinal);
        Assert.DoesNotContain("/termin/", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UPDATE appointment SET state = 'cancelled', state_before = 'booked'")]
    [InlineData("INSERT INTO arrival (appointment_id, no_show_at) SELECT id, starts_at FROM appointment")]
    [InlineData("UPDATE visit_type SET aftercare_hours = NULL")]
    [InlineData("DELETE FROM aftercare")]
    [InlineData("INSERT INTO owner (id, name, email, email_key, created_at) VALUES (9, 'F', '', '', 0); INSERT INTO animal (id, owner_id, name, species_id, departed, departed_on) VALUES (9, 9, 'Bello', 'dog', 'died', '2026-11-20'); UPDATE appointment_animal SET animal_id = 9")]
    public async Task Nobody_gets_it_who_did_not_come_or_whose_animal_died_or_without_words(string sql)
    {
        await using var practice = await Booked();
        practice.Now = Due;
        await practice.Writer.Write(change => change.Db.Execute(sql));
        Assert.Equal(0, await practice.SendDue());
        Assert.Equal(0, practice.Read(db => db.Number("SELECT count(*) FROM outbox WHERE kind = 'aftercare' AND state = 'sent'")));
    }

    [Fact]
    public async Task After_days_of_sleep_it_is_too_late()
    {
        await using var practice = await Booked();
        practice.Now = Due + Duration.FromDays(3);
        Assert.Equal(0, await practice.SendDue());
        Assert.Null(practice.Read(Outbox.NextDue));
    }

    [Fact]
    public async Task At_night_it_waits_for_the_morning()
    {
        await using var practice = await Booked("UPDATE visit_type SET aftercare_hours = 12");
        practice.Now = Start + Duration.FromMinutes(20) + Duration.FromHours(12);
        Assert.Equal(0, await practice.SendDue());
        practice.Now = practice.Read(Outbox.NextDue)!.Value;
        Assert.Equal("07:00", practice.Now.ToString("HH:mm", null));
        Assert.Equal(1, await practice.SendDue());
    }

    private static async Task<TestPractice> Booked(string sql = "")
    {
        var practice = new TestPractice();
        await practice.Writer.Write(change =>
        {
            change.Db.Execute("DELETE FROM reminder; UPDATE visit_type SET aftercare_hours = 3; INSERT INTO aftercare VALUES ('vaccination', 'de', 'Die Einstichstelle darf zwei Tage geschwollen sein.');" + sql);
            return true;
        });
        await practice.Book();
        Assert.Equal(0, await practice.SendDue());
        return practice;
    }
}
