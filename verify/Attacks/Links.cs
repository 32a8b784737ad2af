using System.Text.Json;
using System.Text.RegularExpressions;
using NodaTime;

namespace VetBooking.Verify.Attacks;

/// <summary>
/// Mail scanners and browsers open links before any person does. Every link of every mail is opened again and again, in
/// every way that must not change anything, and the digest of the whole database must stay the same.
/// </summary>
internal sealed partial class Links(Run run, int bookings)
{
    private static readonly string[] AllKinds = ["please-confirm", "confirmed", "requested", "moved", "cancelled", "restored", "lapsed"];
    private static readonly (HttpMethod Method, string? Header)[] Openings =
        [(HttpMethod.Get, null), (HttpMethod.Head, null), (HttpMethod.Get, "Purpose"), (HttpMethod.Get, "Sec-Purpose"), (HttpMethod.Options, null)];

    private readonly Ledger ledger = new();

    /// <summary>How far the practice's clock is ahead of this machine's.</summary>
    private Duration ahead;

    public async Task Execute(int rounds)
    {
        using var target = new Target(run.Executable, run.CopyOfDemo("links"));
        AllModes(target.Database);
        var facts = Facts.Read(target.Database);
        var random = run.RandomFor(0);

        await target.Start();
        using (var api = new Api(target.Url)) await Live(target, api, facts, random);
        await target.Stop();

        // Three days on, holds and requests have lapsed and no offer to undo is open: nothing changes by itself any more.
        ahead = Duration.FromDays(3);
        await target.Start("--clock", Times.Iso(Times.Now + ahead, facts.Zone));
        using (var api = new Api(target.Url))
        {
            await Settled(target);
            var held = await Book(api, facts, random, facts.Types.First(type => type.Mode == "confirm"));
            var mail = await Mails.WaitFor(target.Data, held.Email);
            await Settled(target);
            CheckKinds(target);
            await Crawl(target, api, rounds);

            var before = Database.Digest(target.Database);
            var pressed = await api.Press($"termin/{mail.Token}/bestaetigung");
            run.Report.Check("negative control: one press of the button changes the digest",
                pressed.Status < 400 && Database.Digest(target.Database) != before, $"{pressed}");
        }
        await target.Stop();
        run.Report.CheckNone("the checker finds nothing", Checker.Examine(target.Database, ledger));
    }

    /// <summary>Makes sure that some visit type is booked in each way there is; the demo decides which.</summary>
    private static void AllModes(string database)
    {
        var types = Facts.Read(database).Types.Where(type => type.Horizon >= 30).ToList();
        using var connection = Database.OpenToWrite(database);
        string[] modes = ["confirm", "at-once", "request"];
        for (var i = 0; i < types.Count; i++) connection.Execute("UPDATE visit_type SET mode = $2 WHERE id = $1", types[i].Id, modes[i % 3]);
        connection.Execute("UPDATE practice SET revision = revision + 1");
    }

    private async Task Live(Target target, Api api, Facts facts, Random random)
    {
        var booked = new List<(Wanted Wanted, string State)>();
        var types = facts.Types.Where(type => type.Horizon >= 30).ToList();
        for (var i = 0; i < bookings; i++)
        {
            var wanted = await Book(api, facts, random, types[i % Math.Min(types.Count, 6)]);
            booked.Add((wanted, ledger.Acknowledged[^1].Answer.State));
        }
        run.Report.Say($"{booked.Count} booked, {booked.Count(one => one.State == "held")} of them held");

        var failures = new List<string>();
        foreach (var (wanted, _) in booked.Where(one => one.State == "held").SkipLast(3)) failures.AddRange(await Press(target, api, wanted, "bestaetigung"));
        var sure = booked.Where(one => one.State != "requested").SkipLast(3).Select(one => one.Wanted).ToList();
        foreach (var wanted in sure.Take(6)) failures.AddRange(await Press(target, api, wanted, "absage"));
        foreach (var wanted in sure.Take(3)) failures.AddRange(await Press(target, api, wanted, "absage/rueckgaengig"));
        foreach (var wanted in sure.Skip(6).Take(5))
        {
            var mail = Mails.Read(target.Data).Last(one => one.To == wanted.Email);
            var (status, _) = await api.Open(HttpMethod.Get, $"termin/{mail.Token}/verschiebung");
            if (status != 200) failures.Add($"the page to move answered {status}");
            var start = (await FreeStarts(api, facts, wanted.Choice.Type, wanted.Choice.Species, wanted.Choice.Vet)).First(one => one != wanted.Choice.Start);
            failures.AddRange(await Press(target, api, wanted, "verschiebung", new KeyValuePair<string, string>("start", Times.Iso(start, facts.Zone))));
            ledger.Move(wanted, start);
        }
        await Settled(target);
        run.Report.CheckNone("confirmations, cancellations, undos and moves through the mailed links work", failures);
    }

    private async Task<Wanted> Book(Api api, Facts facts, Random random, Bookable type)
    {
        var species = type.Minutes.Keys.ElementAt(random.Next(type.Minutes.Count));
        var starts = await FreeStarts(api, facts, type, species, null);
        var wanted = facts.Ask(random, new Choice(type, species, starts[random.Next(starts.Count)], null));
        var answer = await api.Book(wanted);
        if (!answer.Won) throw new InvalidOperationException($"A free time could not be booked: {answer}");
        ledger.Enter(wanted, answer);
        return wanted;
    }

    /// <summary>Far enough ahead for the three days the clock is turned on, and for every deadline.</summary>
    private static async Task<List<Instant>> FreeStarts(Api api, Facts facts, Bookable type, string species, string? vet) =>
        [.. (await api.Slots(type, species, vet, Times.Now.InZone(facts.Zone).Date.PlusDays(12), 14)).Select(slot => slot.Start.ToInstant())];

    private static async Task<List<string>> Press(Target target, Api api, Wanted wanted, string button, params KeyValuePair<string, string>[] form)
    {
        var mail = await Mails.WaitFor(target.Data, wanted.Email);
        var seen = Mails.Read(target.Data).Count(one => one.To == wanted.Email);
        var answer = await api.Press($"termin/{mail.Token}/{button}", form);
        if (answer.Status is < 200 or >= 400) return [$"{button}: {answer}"];
        // Whether the mail about it comes at once or after the time to undo is the server's choice.
        await Mails.LookFor(target.Data, wanted.Email, seen, 3);
        return [];
    }

    /// <summary>Waits until nothing is due any more and three seconds have passed in which nothing changed.</summary>
    private async Task Settled(Target target)
    {
        var (last, since) = ("", Times.Now);
        for (var until = Times.Now + Duration.FromMinutes(3); Times.Now < until;)
        {
            var now = Database.Digest(target.Database);
            if (now != last || StillDue(target) > 0) (last, since) = (now, Times.Now);
            else if (Times.Now - since > Duration.FromSeconds(3)) return;
            await Task.Delay(200);
        }
        throw new TimeoutException("The database does not come to rest.");
    }

    /// <summary>Mails to send, holds and requests to lapse, offers to undo to end.</summary>
    private long StillDue(Target target)
    {
        using var connection = Database.OpenToRead(target.Database);
        return connection.Number(
            """
            SELECT (SELECT count(*) FROM outbox WHERE state = 'waiting' AND due_at <= $1)
                 + (SELECT count(*) FROM appointment a WHERE expires_at <= $1 AND (state IN ('held', 'requested')
                    OR state = 'cancelled' AND EXISTS (SELECT 1 FROM occupancy WHERE appointment_id = a.id)))
            """, (Times.Now + ahead).ToUnixTimeSeconds());
    }

    private void CheckKinds(Target target)
    {
        using var connection = Database.OpenToRead(target.Database);
        var sent = connection.Rows("SELECT DISTINCT kind FROM outbox WHERE state = 'sent'", row => row.GetString(0));
        run.Report.CheckNone("every kind of mail was sent", [.. AllKinds.Except(sent)]);
        run.Report.Figure("mails", Mails.Read(target.Data).Count);
    }

    private async Task Crawl(Target target, Api api, int rounds)
    {
        var publicUrl = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(target.Data, "instance.json")))
            .RootElement.GetProperty("publicUrl").GetString()!.TrimEnd('/');
        var mailed = Mails.Read(target.Data).SelectMany(Mails.Links).Distinct().ToList();
        var paths = mailed.Where(link => link.StartsWith(publicUrl, StringComparison.Ordinal)).Select(link => link[publicUrl.Length..]).Distinct().ToList();
        // What the mailed pages link to, and what their buttons would call, are one careless scanner away.
        foreach (var path in paths.ToList())
        {
            var (_, page) = await api.Open(HttpMethod.Get, path);
            paths.AddRange(Reference().Matches(page).Select(match => System.Net.WebUtility.HtmlDecode(match.Groups[1].Value)));
        }
        paths = [.. paths.Distinct()];
        run.Report.Say($"opening {paths.Count} links");

        await Settled(target);
        var before = Database.Digest(target.Database);
        var (requests, shown, got, broken, unlike, changes) = (0, 0, 0, new List<string>(), new List<string>(), new List<string>());
        foreach (var path in paths)
        {
            for (var round = 0; round < rounds && !run.TimeIsUp; round++)
            {
                foreach (var (method, header) in Openings)
                {
                    var (status, _) = await api.Open(method, path, header, "prefetch");
                    requests++;
                    if (status == 200) shown++;
                    if (status >= 500) broken.Add($"{method} {Shape(path)} answered {status}");
                    if (method == HttpMethod.Get) got = status;
                    if (method == HttpMethod.Head && status != got) unlike.Add($"{Shape(path)} answered {got} to GET and {status} to HEAD");
                }
            }
            if (Database.Digest(target.Database) is var after && after != before)
            {
                changes.Add(Shape(path));
                before = after;
            }
        }
        run.Report.CheckNone("opening mailed links changes nothing", changes);
        run.Report.CheckNone("no link answers 500 or above", [.. broken.Distinct()]);
        run.Report.CheckNone("HEAD is answered as GET is", [.. unlike.Distinct()]);
        run.Report.Check("there were links, and pages behind them", paths.Count >= bookings && shown >= paths.Count, $"{paths.Count} links, {shown} pages");
        run.Report.Figure("links", paths.Count);
        run.Report.Figure("linksElsewhere", mailed.Count(link => !link.StartsWith(publicUrl, StringComparison.Ordinal)));
        run.Report.Figure("requests", requests);
    }

    /// <summary>A path to print: tokens are nobody's business, not even in a log of a test.</summary>
    private static string Shape(string path) => TokenPart().Replace(path, "/termin/{token}");

    [GeneratedRegex("""(?:href|action)="(/termin/[^"#]+)""")]
    private static partial Regex Reference();

    [GeneratedRegex("/termin/[^/?]+")]
    private static partial Regex TokenPart();
}
