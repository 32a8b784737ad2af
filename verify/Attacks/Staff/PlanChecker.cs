using System.Globalization;
using Microsoft.Data.Sqlite;

namespace VetBooking.Verify.Attacks.Staff;

/// <summary>An appointment's row, as far as planning changes it.</summary>
internal sealed record PlanRow(long Id, string Number, string State, long Start, int Minutes, int Revision);

/// <summary>What was there before anybody began.</summary>
internal sealed record Beginning(IReadOnlyDictionary<long, PlanRow> Appointments, long Audit)
{
    public static Beginning Of(string database)
    {
        using var connection = Database.OpenToRead(database);
        return new Beginning(PlanChecker.Rows(connection).ToDictionary(one => one.Id), connection.Number("SELECT coalesce(max(id), 0) FROM audit"));
    }
}

/// <summary>
/// Compares what staff and owners were told with the database. The audit gives the order in which things happened; every
/// entry of it must be something somebody was told, at the revision they had seen, and all together must lead to the rows.
/// </summary>
internal static class PlanChecker
{
    public static List<Finding> Examine(string database, PlanLedger ledger, Beginning beginning)
    {
        using var connection = Database.OpenToRead(database);
        return
        [
            .. Checker.Examine(database, new Ledger()),
            .. Histories(connection, ledger, beginning),
            .. Squeezes(connection, ledger, beginning),
            .. Blocks(connection, ledger),
        ];
    }

    public static List<PlanRow> Rows(SqliteConnection connection) => connection.Rows(
        "SELECT id, number, state, starts_at, minutes, revision FROM appointment",
        row => new PlanRow(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetInt64(3), row.GetInt32(4), row.GetInt32(5)));

    private static IEnumerable<Finding> Histories(SqliteConnection connection, PlanLedger ledger, Beginning beginning)
    {
        var rows = Rows(connection).ToDictionary(one => one.Id);
        var numbers = rows.Values.ToDictionary(one => one.Number, one => one.Id);
        var entries = connection.Rows(
            "SELECT actor, act, object, detail FROM audit WHERE id > $1 AND object LIKE 'appointment:%' ORDER BY id",
            row => new Entry(row.GetString(0), row.GetString(1), long.Parse(row.GetString(2).Split(':')[1], CultureInfo.InvariantCulture), row.GetString(3)),
            beginning.Audit).ToLookup(one => one.Appointment);

        foreach (var (_, answer) in ledger.Bookings.Acknowledged.Where(one => !numbers.ContainsKey(one.Answer.Number)))
        {
            yield return new Finding(Finding.Lost, $"{answer.Number} was acknowledged and is not there");
        }
        foreach (var gone in ledger.Calls.Select(one => one.Appointment).Concat(ledger.Acts.Select(one => one.Appointment)).Concat(beginning.Appointments.Keys).Where(one => !rows.ContainsKey(one)).Distinct())
        {
            yield return new Finding(Finding.Lost, $"the appointment {gone} is not there any more");
        }
        // What staff call off before the mail about it has left needs no confirmation any more; everything else does.
        foreach (var silent in rows.Values.Where(one => ledger.Unlinked.Contains(one.Number) && one.State != "cancelled"))
        {
            yield return new Finding(Finding.NoMail, $"no mail in time about {silent}");
        }
        var (acts, undone) = (ledger.Acts.ToLookup(one => one.Appointment), ledger.TakenBack.ToLookup(one => one.What.Appointment));
        var owners = ledger.OwnerActs.Where(one => numbers.ContainsKey(one.Number)).ToLookup(one => numbers[one.Number]);
        var (calls, bookings) = (ledger.Calls.ToLookup(one => one.Appointment), ledger.Bookings.Acknowledged.ToLookup(one => one.Answer.Number));
        foreach (var row in rows.Values)
        {
            var history = new History(row, acts[row.Id], owners[row.Id]) { Undone = [.. undone[row.Id]] };
            if (beginning.Appointments.TryGetValue(row.Id, out var before)) history.Begin(before.State, before.Start, before.Minutes, before.Revision);
            else if (calls[row.Id].FirstOrDefault() is { } call) history.Begin("booked", call.Start.ToUnixTimeSeconds(), call.Minutes);
            else if (bookings[row.Number].FirstOrDefault() is { Answer: { } answer, Wanted: { } wanted }) history.Begin(answer.State, wanted.Choice.Start.ToUnixTimeSeconds(), answer.Minutes);
            else
            {
                yield return new Finding(Finding.Phantom, $"nobody was told of {row}");
                continue;
            }
            if (calls[row.Id].Count() + bookings[row.Number].Count() > 1) yield return new Finding(Finding.Twice, $"{row} was promised more than once");
            foreach (var finding in history.Follow(entries[row.Id])) yield return finding;
        }
    }

    /// <summary>Whatever lies over something says why, and who; and that is what somebody sent with it.</summary>
    private static IEnumerable<Finding> Squeezes(SqliteConnection connection, PlanLedger ledger, Beginning beginning)
    {
        var meant = ledger.Acts.Select(one => (one.Appointment, one.Account, one.Squeeze)).Concat(ledger.Calls.Select(one => (one.Appointment, one.Account, one.Squeeze))).ToHashSet();
        var squeezed = connection.Rows("SELECT appointment_id, coalesce(account_id, 0), reason FROM squeeze", row => (row.GetInt64(0), row.GetInt64(1), Reason: row.GetString(2)));
        return squeezed.Where(one => one.Reason.Length == 0 || !meant.Contains(one) && !beginning.Appointments.ContainsKey(one.Item1))
            .Select(one => new Finding(Finding.Overlap, $"{one} is squeezed in, but nobody said so"));
    }

    /// <summary>A block has a row for each of its resources, less those that were freed and not blocked again.</summary>
    private static IEnumerable<Finding> Blocks(SqliteConnection connection, PlanLedger ledger)
    {
        var rows = connection.Rows(
            "SELECT reason, resource_id, starts_at, ends_at FROM blocked_time",
            row => (Reason: row.GetString(0), Resource: row.GetString(1), From: row.GetInt64(2), To: row.GetInt64(3))).ToLookup(one => one.Reason);
        var undone = ledger.TakenBack.ToLookup(one => (one.What.Word, one.What.Reason));
        foreach (var block in ledger.Blocks)
        {
            var freed = ledger.Freed.Count(one => one == block.Reason) - undone[("unblocked", block.Reason)].Count();
            var expected = undone[("blocked", block.Reason)].Any() ? 0 : block.Resources.Count - freed;
            var found = rows[block.Reason].ToList();
            if (found.Count != expected) yield return new Finding(found.Count < expected ? Finding.Lost : Finding.Phantom, $"{block} has {found.Count} rows instead of {expected}");
            if (found.Exists(one => !block.Resources.Contains(one.Resource) || one.From != block.From.ToUnixTimeSeconds() || one.To != block.To.ToUnixTimeSeconds()))
            {
                yield return new Finding(Finding.Half, $"{block} is {string.Join(", ", found)}");
            }
        }
        foreach (var unknown in rows.Select(one => one.Key).Where(one => one.StartsWith("Sperre ", StringComparison.Ordinal)).Except(ledger.Blocks.Select(one => one.Reason)))
        {
            yield return new Finding(Finding.Phantom, $"nobody was told of {unknown}");
        }
    }
}

/// <summary>An entry of the audit about an appointment.</summary>
internal sealed record Entry(string Actor, string Act, long Appointment, string Detail);
