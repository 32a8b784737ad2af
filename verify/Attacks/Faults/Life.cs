using System.Globalization;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace VetBooking.Verify.Attacks.Faults;

/// <summary>What somebody was told: it is done, nothing has happened, nobody knows, or something nobody may ever be told.</summary>
internal enum Told { Done, Refused, Unknown, Wrong }

/// <summary>One thing to do, made ready: doing it, and whether a database shows that it was done.</summary>
internal sealed record Act(string Flow, Func<Task<(Told Told, string Words)>> Do, Func<SqliteConnection, bool> IsDone)
{
    /// <summary>Whether a refusal may be carried out later: an erasure that is in the journal will be.</summary>
    public bool MayComeLater { get; init; }

    /// <summary>Called once it is known to be done.</summary>
    public Action Promised { get; init; } = () => { };
}

/// <summary>A practice in which owners and staff do everything that changes something; each act is on a record of its own.</summary>
internal sealed class Life(Run run, Target target, StaffSession staff, Ledger ledger) : IDisposable
{
    public static readonly string[] Flows = ["book", "confirm", "move", "cancel", "staff", "erase", "backup"];

    private static readonly HttpClient Http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false }) { Timeout = TimeSpan.FromSeconds(60) };

    private readonly Facts facts = Facts.Read(target.Database);
    private readonly Random random = run.RandomFor(7);
    private readonly HashSet<Instant> used = [];
    private Api api = new(target.Url);
    private int acts;

    /// <summary>After the server was started anew.</summary>
    public void Reconnect()
    {
        api.Dispose();
        api = new Api(target.Url);
    }

    /// <summary>Makes an act ready; the disk must be well.</summary>
    public async Task<Act> Ready(string flow)
    {
        acts++;
        switch (flow)
        {
            case "book":
                var wanted = Want("at-once", "request");
                return new Act(flow, () => Book(wanted), db => Count(db, "SELECT count(*) FROM appointment WHERE note = $1", wanted.Key));
            case "confirm":
                var (held, link) = await Booked("confirm");
                return new Act(flow, () => Press($"termin/{link}/bestaetigung"), db => Count(db, "SELECT count(*) FROM appointment WHERE note = $1 AND state = 'booked'", held.Key));
            case "move":
                var (moving, way) = await Booked("at-once");
                var start = moving.Choice.Start + Duration.FromMinutes(24 * 60);
                while (!used.Add(start)) start += Duration.FromMinutes(60);
                return new Act(flow, () => Press($"termin/{way}/verschiebung", ("start", Times.Iso(start, facts.Zone))),
                    db => Count(db, "SELECT count(*) FROM appointment WHERE note = $1 AND starts_at = $2", moving.Key, start.ToUnixTimeSeconds()))
                {
                    Promised = () => ledger.Move(moving, start),
                };
            case "cancel":
                var (leaving, out_) = await Booked("at-once");
                return new Act(flow, () => Press($"termin/{out_}/absage"), db => Count(db, "SELECT count(*) FROM appointment WHERE note = $1 AND state = 'cancelled'", leaving.Key));
            case "staff":
                var (held_, reason) = (Owner(0), string.Create(CultureInfo.InvariantCulture, $"Rechnung {acts}"));
                return new Act(flow, () => Send($"praxis/kunden/{held_}/sperre", ("grund", reason), ("bis", "2030-01-01")), db => Count(db, "SELECT count(*) FROM legal_hold WHERE reason = $1", reason));
            case "erase":
                var owner = Owner(-1);
                return new Act(flow, () => Send($"praxis/kunden/{owner}/vergessen", ("sicher", "1")), db => !Count(db, "SELECT count(*) FROM owner WHERE id = $1", owner))
                {
                    MayComeLater = true,
                };
            default:
                var before = Number("SELECT coalesce(max(id), 0) FROM backup_run");
                return new Act(flow, () => Send("praxis/einstellungen/sicherung/jetzt"), db => Count(db, "SELECT count(*) FROM backup_run WHERE id > $1", before));
        }
    }

    public async Task<(Told Told, string Words)> Book(Wanted wanted)
    {
        var answer = await api.TryBook(wanted);
        if (answer.Won) ledger.Enter(wanted, answer);
        return (answer switch
        {
            { Won: true } => Told.Done,
            { Status: 0 } or { Status: 503, Problem: "uncertain" } => Told.Unknown,
            // Somebody had the time before: of so many wishes two may be alike.
            { Status: 503, Problem: "unavailable" } or { Status: 409, Problem: "slot-taken" } => Told.Refused,
            _ => Told.Wrong,
        }, answer.ToString());
    }

    public void Dispose() => api.Dispose();

    private static Told Read(int status, string page) => status switch
    {
        >= 200 and < 400 => Told.Done,
        0 => Told.Unknown,
        503 when page.Contains("es ist nichts geschehen", StringComparison.Ordinal) => Told.Refused,
        503 when page.Contains("ungewiss", StringComparison.Ordinal) => Told.Unknown,
        _ => Told.Wrong,
    };

    private async Task<(Told, string)> Press(string path, params (string Name, string Value)[] form)
    {
        var answer = await api.TryPress(path, [.. form.Select(one => KeyValuePair.Create(one.Name, one.Value))]);
        return (Read(answer.Status, answer.Text), answer.ToString());
    }

    private async Task<(Told, string)> Send(string path, params (string Name, string Value)[] form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(target.Url, path))
        {
            Content = new FormUrlEncodedContent(form.Append(("form-token", staff.FormToken)).Select(one => KeyValuePair.Create(one.Item1, one.Item2))),
        };
        request.Headers.Add("Cookie", staff.Cookie);
        request.Headers.Add("Origin", target.Url.GetLeftPart(UriPartial.Authority));
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        try
        {
            using var response = await Http.SendAsync(request);
            var page = await response.Content.ReadAsStringAsync();
            // Without a right or a proof staff are sent elsewhere, which would look like a success.
            var elsewhere = response.Headers.Location?.OriginalString is { } to && to.Contains("anmeld", StringComparison.Ordinal);
            return (elsewhere ? Told.Wrong : Read((int)response.StatusCode, page), $"{(int)response.StatusCode} {response.Headers.Location} {page[..Math.Min(page.Length, 80)]}");
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException or TaskCanceledException)
        {
            return (Told.Unknown, cut.Message);
        }
    }

    private Wanted Want(params string[] modes)
    {
        var types = facts.Types.Where(type => modes.Contains(type.Mode) && type.Horizon >= 30).ToList();
        var type = types[random.Next(types.Count)];
        Instant start;
        do start = Times.Now.InZone(facts.Zone).Date.PlusDays(random.Next(3, 25)).AtStartOfDayInZone(facts.Zone).ToInstant() + Duration.FromHours(random.Next(24));
        while (!used.Add(start));
        return facts.Ask(random, new Choice(type, type.Minutes.Keys.First(), start, null));
    }

    private async Task<(Wanted Wanted, string Link)> Booked(string mode)
    {
        for (var tries = 0; ; tries++)
        {
            var wanted = Want(mode);
            var (told, words) = await Book(wanted);
            if (told == Told.Done) return (wanted, (await Mails.WaitFor(target.Data, wanted.Email)).Token);
            // Taken by one that was moved there, perhaps.
            if (tries == 5) throw new InvalidOperationException($"A free time could not be booked: {words}");
        }
    }

    /// <summary>Somebody of the records whom no booking of ours is about and who is not held: the first one, or the last.</summary>
    private long Owner(int which) => Number($"SELECT id FROM owner o WHERE email NOT LIKE '%@example.org' AND NOT EXISTS (SELECT 1 FROM legal_hold WHERE owner_id = o.id) ORDER BY id {(which < 0 ? "DESC" : "")} LIMIT 1");

    private long Number(string sql)
    {
        using var db = Database.OpenToRead(target.Database);
        return db.Number(sql);
    }

    private static bool Count(SqliteConnection db, string sql, params object[] values) => db.Number(sql, values) > 0;
}
