using NodaTime;
using VetBooking.Web.Recall.Consenting;
using VetBooking.Web.Storage;

namespace VetBooking.Tests.Recall;

/// <summary>Whatever happens in whatever order: nobody is written to who must not be.</summary>
public sealed class RandomHistoryTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Never_to_the_dead_never_without_consent_never_twice_and_never_at_night(int seed)
    {
        var random = new Random(seed);
        await using var practice = await Household.Start(agreed: false, sql: "DELETE FROM reminder;");
        var (agreed, dead, said) = (new HashSet<long>(), new HashSet<long>(), new List<(string Text, long Owner)>());
        var day = new LocalDate(2027, 1, 4);
        for (var step = 0; step < 220; step++)
        {
            day = day.PlusDays(random.Next(12) == 0 ? random.Next(60) : random.Next(4));
            practice.Now = (day + new LocalTime(random.Next(24), random.Next(60))).InZoneLeniently(Household.Zone).ToInstant();
            var (owner, animal) = (1L + random.Next(2), 1L + random.Next(3));
            switch (random.Next(9))
            {
                case 0 or 1:
                    await practice.Writer.Write(change => { Consents.Give(change, Actor.Owner, owner, "link", "de"); return true; });
                    agreed.Add(owner);
                    break;
                case 2:
                    await practice.Withdraw(owner);
                    agreed.Remove(owner);
                    break;
                case 3 or 4 or 5:
                    await practice.Due(animal, day.PlusDays(random.Next(-70, 100)), random.Next(2) == 0 ? "rabies" : "lepto");
                    break;
                case 6 when random.Next(6) == 0 && dead.Count < 2:
                    await practice.Sql($"UPDATE animal SET departed = 'died', departed_on = '{NodaTime.Text.LocalDatePattern.Iso.Format(day)}' WHERE id = {animal}");
                    dead.Add(animal);
                    break;
                case 7:
                    await practice.Sql($"UPDATE recall_rule SET confirmed_at = {(random.Next(3) == 0 ? "NULL" : "1")} WHERE id = 'lepto'");
                    break;
                default:
                    break;
            }
            if (random.Next(3) == 0) continue;
            var before = practice.Said().Count;
            await practice.SendDue();
            var rows = practice.Read(db => db.Rows("SELECT said, owner_id FROM outbox WHERE kind = 'recall' AND state = 'sent' ORDER BY id", row => (row.GetString(0), row.GetInt64(1))));
            foreach (var (text, to) in rows.Skip(before))
            {
                Assert.Contains(to, agreed);
                Assert.InRange(practice.Now.InZone(Household.Zone).Hour, 8, 19);
                foreach (var (id, name) in ((long, string)[])[(1, "Bello"), (2, "Luna"), (3, "Rex")]) Assert.False(dead.Contains(id) && text.Contains(name, StringComparison.Ordinal), $"{name} is dead.");
                said.Add((text, to));
            }
        }
        Assert.NotEmpty(said);
        // What was said of one date and stage, it was said in one mail that left.
        Assert.Equal(0, practice.Read(db => db.Number("SELECT count(*) FROM recall_told t LEFT JOIN outbox m ON m.id = t.outbox_id WHERE m.id IS NULL OR m.state NOT IN ('sent', 'waiting')")));
        var lines = practice.Read(db => db.Number("SELECT count(*) FROM recall_told t JOIN outbox m ON m.id = t.outbox_id AND m.state = 'sent'"));
        Assert.Equal(lines, said.Sum(mail => mail.Text.Split("Impfung gegen").Length - 1));
    }
}
