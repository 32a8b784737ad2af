using System.Globalization;
using NodaTime;
using NodaTime.Text;
using VetBooking.Web.Shared;
using VetBooking.Web.Storage;
using VetBooking.Web.Texts;

namespace VetBooking.Web.SignIn.Log;

/// <summary>The audit log, for administrators: what was done, when and by whom, the newest first.</summary>
internal static class LogPages
{
    private const int PageLength = 50;

    /// <summary><c>GET /praxis/protokoll</c></summary>
    public static IResult Show(Staff staff, Readers readers)
    {
        var visitor = staff.Visitor;
        var (act, actor, day) = (visitor.Asked("was"), visitor.Asked("wer"), visitor.Asked("tag"));
        var zone = staff.Book.Practice.Zone;
        LocalDate? date = LocalDatePattern.Iso.Parse(day) is { Success: true } parsed && parsed.Value.Year is > 2000 and < 2200 ? parsed.Value : null;
        var before = long.TryParse(visitor.Asked("vor"), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : long.MaxValue;
        return Page.Ok(LogList.Create(readers.Read(db =>
        {
            var names = db.Rows("SELECT id, name FROM account", row => (Id: row.GetInt64(0), Name: row.GetString(1))).ToDictionary(row => row.Id, row => row.Name);
            var tokens = db.Rows("SELECT id, name FROM api_token", row => (Id: row.GetInt64(0), Name: row.GetString(1))).ToDictionary(row => row.Id, row => row.Name);
            var entries = db.Rows(
                """
                SELECT id, at, actor, act, object, detail FROM audit
                WHERE id < $before AND ($act = '' OR act = $act) AND ($actor = '' OR actor = $actor) AND at >= $from AND at < $until
                ORDER BY id DESC LIMIT $limit
                """,
                row => new LogEntry(row.GetInt64(0), Instant.FromUnixTimeSeconds(row.GetInt64(1)), row.GetString(2), row.GetString(3), row.GetString(4)) { Detail = row.GetString(5) },
                ("$before", before), ("$act", act), ("$actor", actor),
                ("$from", date is { } first ? zone.AtStartOfDay(first).ToInstant().ToUnixTimeSeconds() : 0),
                ("$until", date is { } last ? zone.AtStartOfDay(last.PlusDays(1)).ToInstant().ToUnixTimeSeconds() : long.MaxValue), ("$limit", PageLength + 1));
            return new LogModel(staff, [.. entries.Take(PageLength)], names)
            {
                Tokens = tokens,
                Act = act,
                Actor = actor,
                Day = day,
                Acts = db.Rows("SELECT DISTINCT act FROM audit ORDER BY act", row => row.GetString(0)),
                Actors = db.Rows("SELECT DISTINCT actor FROM audit ORDER BY actor", row => row.GetString(0)),
                Older = entries.Count > PageLength ? entries[PageLength - 1].Id : null,
                Broken = Audit.FirstBroken(db),
                Length = db.Number("SELECT count(*) FROM audit"),
            };
        })));
    }
}

/// <summary>One line of the log.</summary>
public sealed record LogEntry(long Id, Instant At, string Actor, string Act, string Reference)
{
    public string Detail { get; init; } = "";
}

/// <summary>A page of the log.</summary>
public sealed record LogModel(Staff Staff, IReadOnlyList<LogEntry> Entries, IReadOnlyDictionary<long, string> Names)
{
    /// <summary>What the practice calls the programs that have a token.</summary>
    public required IReadOnlyDictionary<long, string> Tokens { get; init; }

    public required string Act { get; init; }
    public required string Actor { get; init; }
    public required string Day { get; init; }
    public required IReadOnlyList<string> Acts { get; init; }
    public required IReadOnlyList<string> Actors { get; init; }

    /// <summary>The id before which the next page begins; null on the last.</summary>
    public required long? Older { get; init; }

    /// <summary>The first entry that was tampered with; null if the chain is whole.</summary>
    public required long? Broken { get; init; }

    public required long Length { get; init; }

    private Text T => Staff.T;

    /// <summary>What was done, in words.</summary>
    public string What(string act) => T.SigninAct(act.Replace('.', '-'));

    /// <summary>Who did it: by the name the account has today.</summary>
    public string Who(string actor) => actor.Split(':') switch
    {
        ["account", var id] => Names.GetValueOrDefault(Shared.RowId.Read(id).Value) ?? T.SigninActorAccount(id),
        ["token", var id] => T.MachinesActor(Tokens.GetValueOrDefault(Shared.RowId.Read(id).Value) ?? id),
        _ => T.SigninActor(actor),
    };

    /// <summary>What it was done to; an account by its holder's name of today.</summary>
    public string Which(string reference) => reference.Split(':', 2) is [var kind, var id]
        ? kind == "account" && long.TryParse(id, CultureInfo.InvariantCulture, out var account) && Names.TryGetValue(account, out var name) ? T.SigninObject(kind, name) : T.SigninObject(kind, id)
        : reference;
}
