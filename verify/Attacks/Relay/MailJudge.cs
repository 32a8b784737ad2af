namespace VetBooking.Verify.Attacks.Relay;

/// <summary>Compares what the outbox says with what the relay has taken.</summary>
internal static class MailJudge
{
    /// <summary>Everything that is not as it must be, in words; nothing, if all is well.</summary>
    /// <param name="database">The practice's database, its server stopped.</param>
    /// <param name="addresses">Who booked and was told so.</param>
    /// <param name="taken">What the relay has taken.</param>
    /// <param name="refuses">Whether the relay refuses for good: then nothing arrives, and the practice must know it.</param>
    public static List<string> Examine(string database, IReadOnlyCollection<string> addresses, IReadOnlyCollection<Taken> taken, bool refuses)
    {
        var findings = new List<string>();
        using var connection = Database.OpenToRead(database);
        var rows = connection.Rows(
            "SELECT m.id, a.number, a.email, m.state, ifnull(m.last_error, '') FROM outbox m JOIN appointment a ON a.id = m.appointment_id",
            row => (Id: row.GetInt64(0), Number: row.GetString(1), To: row.GetString(2), State: row.GetString(3), Fault: row.GetString(4)))
            .Where(row => addresses.Contains(row.To)).ToList();
        foreach (var address in addresses.Where(address => rows.All(row => row.To != address))) findings.Add($"no mail was ever written to {address}");
        foreach (var row in rows)
        {
            var copies = taken.Where(mail => mail.Id.StartsWith($"outbox-{row.Id}-", StringComparison.Ordinal)).ToList();
            if (refuses)
            {
                if (row.State != "failed" || row.Fault.Length == 0 || copies.Count > 0) findings.Add($"mail {row.Id} was refused and is {row.State} ({row.Fault}), {copies.Count} taken");
                continue;
            }
            if (row.State != "sent") findings.Add($"mail {row.Id} is {row.State}: {row.Fault}");
            if (copies.Count == 0) findings.Add($"mail {row.Id} is lost");
            if (copies.Count(copy => copy.Heard) > 1) findings.Add($"mail {row.Id} was heard to arrive {copies.Count(copy => copy.Heard)} times");
            if (copies.Select(copy => copy.Id).Distinct().Count() > 1) findings.Add($"mail {row.Id} has several Message-IDs");
            if (copies.Any(copy => copy.To != row.To)) findings.Add($"mail {row.Id} went to somebody else");
        }
        return findings;
    }
}
