using System.Globalization;
using Microsoft.Data.Sqlite;
using NodaTime;
using VetBooking.Verify.Attacks.Sovereign;

namespace VetBooking.Verify.Attacks.Erasing;

/// <summary>
/// Three people live with a practice for months: they book, confirm and cancel, the front desk writes about them, a server is
/// killed, backups are made. Then they are erased, and no file may hold anything of them, also after older backups are
/// restored; and nobody else may have changed.
/// </summary>
internal sealed class Erase(Run run)
{
    private readonly Verbs verbs = new(run.Executable);
    private readonly List<string> backups = [];
    private string data = "";
    private string shelf = "";

    public async Task Execute(int months)
    {
        data = run.CopyOfDemo("practice");
        shelf = Directory.CreateDirectory(Path.Combine(data, "..", "shelf")).FullName;
        Finder();
        var random = run.RandomFor(1);
        Victim[] victims = [new(random), new(random) { HasNamesake = true }, new(random) { SharesAddress = true }];
        // Somebody else with the second one's name, and somebody else with the third one's address.
        Victim[] others = [new(random) { Name = victims[1].Name }, new(random) { Email = victims[2].Email }, new(random)];
        // Bookings hang on the older of two records that share an address: those of the one who stays hang on the one who goes.
        Enrol(victims[2]);
        foreach (var other in others) Enrol(other);

        long[] owners = [];
        for (var month = 0; month < months; month++)
        {
            await Live(month, [.. victims, .. others]);
            if (month == 0) owners = Enter(victims);
            backups.Add(await Backup());
        }
        var planted = victims.Select(victim => victim.Identifiers.Distinct().Count()).ToList();
        run.Report.Check("each of them has at least 12 identifiers", planted.Min() >= 12, string.Join(", ", planted));
        Control(victims);

        using (var target = new Target(run.Executable, data))
        {
            await target.Start("--clock", Clock(months));
            // What the new day brings about by itself is over before anybody is counted.
            await Task.Delay(3_000);
            var before = Everybody(owners, victims);
            foreach (var owner in owners) run.Report.Check($"owner {owner} is erased while the practice runs", (await verbs.Erase(data, owner)).Code == Outcome.Done);
            run.Report.Check("erasing somebody who is gone is refused", (await verbs.Erase(data, owners[0])).RefusedProperly);
            var after = Everybody(owners, victims);
            run.Report.CheckNone("nobody else has changed", before.Except(after).Concat(after.Except(before)).ToList());
            File.WriteAllText(Path.Combine(shelf, "server.log"), target.LastWords());
            Look("while the practice runs", data, victims);
            await target.Stop();
        }
        Look("after it has stopped", data, victims);
        await Backup();
        Look("in the backups and the log as they lie there", shelf, victims);

        foreach (var (backup, i) in backups.Select((backup, i) => (backup, i)))
        {
            var back = Path.Combine(data, "..", string.Create(CultureInfo.InvariantCulture, $"back-{i}"));
            run.Report.Check($"the backup of month {i + 1} is restored", (await verbs.Restore(backup, back, Path.Combine(data, "keys", "backup.key"))).Code == Outcome.Done);
            Look($"in the practice restored from the backup of month {i + 1}", back, victims);
            run.Report.Check($"the practice of month {i + 1} is sound", (await verbs.Check(back)).Code == Outcome.Done);
        }
        run.Report.Figure("persons", victims.Length);
        run.Report.Figure("identifiers", planted.Sum());
        run.Report.Figure("ways", Traces.Ways.Count);
        run.Report.Figure("backups", backups.Count);
    }

    /// <summary>The finder itself: every way it looks for is found where it stands, and nothing where nothing stands.</summary>
    private void Finder()
    {
        var file = Path.Combine(shelf, "finder");
        const string Text = "Hölzchen Straße 030 1234567";
        var missed = new List<string>();
        foreach (var (name, write) in Traces.Ways)
        {
            foreach (var bytes in write(name.StartsWith("digits", StringComparison.Ordinal) ? "030 1234567" : Text))
            {
                File.WriteAllBytes(file, [.. "before"u8, .. bytes, .. "after"u8]);
                if (Traces.Find([file], [Text, "030 1234567"]).Count == 0) missed.Add(name);
            }
        }
        File.WriteAllText(file, "Holzweg 5, 030 7654321");
        run.Report.CheckNone("control: every way of writing is found", missed);
        run.Report.CheckNone("control: where nothing is, nothing is found", Traces.Find([file], [Text]));
        run.Report.Check("at least 30 ways are looked for", Traces.Ways.Count >= 30);
        File.Delete(file);
    }

    private void Enrol(Victim other)
    {
        using var database = Database.OpenToWrite(Path.Combine(data, "practice.db"));
        database.Execute("INSERT INTO owner (name, email, email_key, phone, confirmed_at, created_at) VALUES ($1, $2, lower($2), $3, 1, 1)", other.Name, other.Email, other.Phone);
    }

    private long[] Enter(Victim[] victims)
    {
        var owners = new List<long>();
        foreach (var victim in victims)
        {
            var staff = StaffSession.Start(Path.Combine(data, "practice.db"), "front-desk");
            using (var database = Database.OpenToWrite(Path.Combine(data, "practice.db"))) owners.Add(victim.Enter(database, staff));
        }
        var seen = Traces.Find(Files(data), victims.SelectMany(victim => victim.Identifiers)).Select(one => one.Split(": ")[1].Split(" (")[0]).ToHashSet();
        run.Report.CheckNone("what was written about them is there before", victims.SelectMany(victim => victim.Identifiers.Except(victim.Tokens)).Where(text => !seen.Any(one => one.StartsWith(text, StringComparison.Ordinal))).ToList());
        return [.. owners];
    }

    private async Task Live(int month, Victim[] people)
    {
        using var target = new Target(run.Executable, data);
        await target.Start("--clock", Clock(month));
        using var api = new Api(target.Url);
        var facts = Facts.Read(target.Database);
        var type = facts.Types.First(one => one.Mode == "confirm" && one.Minutes.ContainsKey("dog"));
        foreach (var person in people)
        {
            var seen = Mails.Read(data).Count(mail => mail.To == person.Email);
            var slots = await api.Slots(type, "dog", null, Now(month).InUtc().Date.PlusDays(1), 14);
            var answer = await api.Book(person.Ask(type, "dog", Times.Iso(slots[slots.Count / 2].Start.ToInstant(), facts.Zone)));
            if (!answer.Won) throw new InvalidOperationException($"A booking was answered {answer.Status}: {answer.Text}");
            if (answer.State == "held")
            {
                var mail = await Mails.WaitFor(data, person.Email, seen);
                await api.Press($"/termin/{mail.Token}/bestaetigung");
                await Mails.WaitFor(data, person.Email, seen + 1);
            }
            person.Tokens.AddRange(Mails.Read(data).Where(mail => mail.To == person.Email).Skip(seen).Select(mail => mail.Token));
            if (month % 2 == 1) await api.Press($"/termin/{person.Tokens[^1]}/absage");
        }
        // In the second month the power goes.
        if (month == 1) await target.Kill();
        else await target.Stop();
    }

    private async Task<string> Backup()
    {
        var backup = await Verbs.MustDo(verbs.Backup(data, shelf));
        // The next one must have another name.
        await Task.Delay(1100);
        return backup.File;
    }

    private void Look(string where, string folder, Victim[] victims) =>
        run.Report.CheckNone($"nothing of them is left {where}", Traces.Find(Files(folder), victims.SelectMany(victim => victim.Identifiers)));

    /// <summary>SQLite as it comes, told to delete the same rows: the finder must find what it leaves.</summary>
    private void Control(Victim[] victims)
    {
        var database = Path.Combine(run.Copy(data, "control"), "practice.db");
        using (var connection = Database.OpenToWrite(database))
        {
            connection.Execute("PRAGMA secure_delete = OFF");
            connection.Execute("DROP TRIGGER consent_is_kept");
            foreach (var table in (string[])["appointment", "waiting", "walk_in", "owner", "import_run", "outbox", "last_act"]) connection.Execute($"DELETE FROM {table}");
            connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        foreach (var victim in victims)
            run.Report.Check("control: without secure_delete something is found", Traces.Find([database], victim.Identifiers).Count > 0);
    }

    /// <summary>Every row about anybody else, as text.</summary>
    private HashSet<string> Everybody(long[] owners, Victim[] victims)
    {
        using var connection = Database.OpenToRead(Path.Combine(data, "practice.db"));
        var gone = string.Join(',', owners);
        const string Visit = "id, number, visit_type_id, state, starts_at, starts_local, minutes, vet, expires_at, revision, name, email, phone, note, staff_note, created_at, subject";
        var theirs = $"(a.name, a.email) NOT IN (VALUES {string.Join(", ", victims.Select(victim => $"('{victim.Name}', '{victim.Email}')"))})";
        return
        [
            .. (string[])
            [
                .. Rows(connection, $"SELECT * FROM owner WHERE id NOT IN ({gone})"), .. Rows(connection, $"SELECT * FROM owner_phone WHERE owner_id NOT IN ({gone})"),
                .. Rows(connection, $"SELECT * FROM animal WHERE owner_id NOT IN ({gone})"), .. Rows(connection, $"SELECT * FROM consent WHERE owner_id NOT IN ({gone})"),
                .. Rows(connection, $"SELECT {Visit} FROM appointment a WHERE {theirs}"), .. Rows(connection, $"SELECT * FROM walk_in WHERE owner_id IS NULL OR owner_id NOT IN ({gone})"),
                .. ((string[])["appointment_animal", "outbox", "occupancy", "answer", "link"]).SelectMany(table => Rows(connection, $"SELECT x.* FROM {table} x JOIN appointment a ON a.id = x.appointment_id WHERE {theirs}")),
                .. Rows(connection, "SELECT id, name, email, role FROM account"), .. Rows(connection, "SELECT * FROM visit_type"), .. Rows(connection, "SELECT * FROM resource"),
            ],
        ];
    }

    private static List<string> Rows(SqliteConnection connection, string sql) =>
        connection.Rows(sql, row => sql.Split("FROM ")[1] + string.Join('|', Enumerable.Range(0, row.FieldCount).Select(row.GetValue)));

    private static IEnumerable<string> Files(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories);

    private static Instant Now(int month) => Times.Now + Duration.FromDays(28 * month);

    private static string Clock(int month) => Times.Iso(Now(month), DateTimeZone.Utc);
}
