using NodaTime;
using NodaTime.Text;
using VetBooking.Tests.Messages;
using VetBooking.Web.Recall.Consenting;
using VetBooking.Web.Storage;

namespace VetBooking.Tests.Recall;

/// <summary>A practice with two confirmed rules and an owner with two dogs who wants to be told.</summary>
internal static class Household
{
    public static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Europe/Berlin"];

    public static async Task<TestPractice> Start(bool agreed = true, string sql = "")
    {
        var practice = new TestPractice();
        await practice.Writer.Write(change =>
        {
            change.Db.Execute(
                """
                INSERT INTO recall_rule (id, position, species_id, what, interval_months, confirmed_at) VALUES ('rabies', 1, 'dog', 'vaccination', 12, 1), ('lepto', 2, 'dog', 'vaccination', 12, 1);
                INSERT INTO recall_rule_text VALUES ('rabies', 'de', 'Impfung gegen Tollwut'), ('lepto', 'de', 'Impfung gegen Leptospirose');
                INSERT INTO recall_visit VALUES ('rabies', 'vaccination');
                INSERT INTO owner (id, name, email, email_key, created_at) VALUES (1, 'Frieda Förster', 'frieda@owner.example', 'frieda@owner.example', 0), (2, 'Otto Ohm', 'otto@owner.example', 'otto@owner.example', 0);
                INSERT INTO animal (id, owner_id, name, species_id) VALUES (1, 1, 'Bello', 'dog'), (2, 1, 'Luna', 'dog'), (3, 2, 'Rex', 'dog');
                """ + sql);
            if (agreed) Consents.Give(change, Actor.Owner, 1, "link", "de");
            return true;
        });
        return practice;
    }

    /// <summary>Sets when something is due.</summary>
    public static Task<int> Due(this TestPractice practice, long animal, LocalDate due, string rule = "rabies") => practice.Sql(
        $"INSERT INTO animal_due (animal_id, rule_id, given_on, due_on) VALUES ({animal}, '{rule}', '2020-01-01', '{LocalDatePattern.Iso.Format(due)}') ON CONFLICT (animal_id, rule_id) DO UPDATE SET due_on = excluded.due_on");

    public static Task<int> Sql(this TestPractice practice, string sql) => practice.Writer.Write(change => change.Db.Execute(sql));

    /// <summary>Sets the clock to a time of the practice's, and sends what is due then.</summary>
    public static async Task<int> At(this TestPractice practice, LocalDate day, int hour = 12)
    {
        practice.Now = (day + new LocalTime(hour, 0)).InZoneLeniently(Zone).ToInstant();
        return await practice.SendDue();
    }

    /// <summary>The texts of the mails about what is due that were sent, in order.</summary>
    public static List<string> Said(this TestPractice practice) =>
        practice.Read(db => db.Rows("SELECT said FROM outbox WHERE kind = 'recall' AND state = 'sent' ORDER BY id", row => row.GetString(0)));

    public static Task Withdraw(this TestPractice practice, long owner = 1) => practice.Writer.Write(change =>
    {
        Consents.Withdraw(change, Actor.Owner, owner, "link");
        return true;
    });
}
