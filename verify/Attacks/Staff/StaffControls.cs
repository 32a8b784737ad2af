namespace VetBooking.Verify.Attacks.Staff;

/// <summary>Negative controls of the checker: each kind of damage in a copy of the database, or of what people were told, must be found.</summary>
internal sealed class StaffControls(Run run)
{
    public void Tampered(string folder, PlanLedger ledger, Beginning beginning)
    {
        Damage("squeezed in over something nobody said", Finding.Overlap, """
            DELETE FROM squeeze_over WHERE id = (
              SELECT max(o.id) FROM squeeze_over o JOIN squeeze s ON s.appointment_id = o.appointment_id
              JOIN occupancy c ON c.appointment_id = o.over_appointment_id AND c.resource_id = s.resource_id AND c.starts_at < s.ends_at AND c.ends_at > s.starts_at)
            """);
        Damage("squeezed in without a reason", Finding.Overlap, "UPDATE squeeze SET reason = ''");
        Damage("a visit in a blocked time", Finding.Overlap,
            "DROP TRIGGER blocked_time_never_overlaps",
            "INSERT INTO blocked_time (resource_id, starts_at, ends_at, reason, made_at) SELECT resource_id, starts_at, ends_at, 'x', 0 FROM occupancy ORDER BY appointment_id DESC LIMIT 1");
        Damage("half of a visit", Finding.Half, "DELETE FROM occupancy WHERE appointment_id = (SELECT max(id) FROM appointment WHERE state = 'booked' AND vet IS NOT NULL)",
            "DELETE FROM squeeze WHERE appointment_id = (SELECT max(id) FROM appointment WHERE state = 'booked' AND vet IS NOT NULL)");
        Damage("a visit without its buffers", Finding.Half,
            "CREATE TEMP TABLE cut AS SELECT * FROM occupancy WHERE ends_at > starts_at + 300 ORDER BY appointment_id DESC LIMIT 1",
            "DELETE FROM occupancy WHERE (resource_id, starts_at) IN (SELECT resource_id, starts_at FROM cut)",
            "INSERT INTO occupancy SELECT resource_id, starts_at, ends_at - 300, appointment_id FROM cut");
        Damage("a move that got lost", Finding.Lost, "UPDATE appointment SET starts_at = starts_at + 300 WHERE id IN (SELECT appointment_id FROM occupancy ORDER BY appointment_id DESC LIMIT 1)");
        Damage("a cancellation that got lost", Finding.Lost, "UPDATE appointment SET state = 'booked' WHERE id = (SELECT max(id) FROM appointment WHERE state = 'cancelled')");
        Damage("a blocked time that got lost", Finding.Lost, "DELETE FROM blocked_time WHERE reason GLOB 'Sperre *'");

        // Two who are both told yes at the same revision: the second has overwritten the first unseen.
        if (ledger.Acts.FirstOrDefault() is { } act)
        {
            ledger.Acts.Enqueue(act);
            Expect("two acts at the same revision", Finding.Overwritten, PlanChecker.Examine(Path.Combine(folder, "practice.db"), ledger, beginning));
        }

        void Damage(string what, string expected, params string[] statements)
        {
            var copy = Path.Combine(run.Copy(folder, $"tampered-{Guid.NewGuid():N}"), "practice.db");
            using (var connection = Database.OpenToWrite(copy))
            {
                foreach (var statement in statements) connection.Execute(statement);
            }
            Expect(what, expected, PlanChecker.Examine(copy, ledger, beginning));
        }
    }

    private void Expect(string what, string expected, List<Finding> findings) =>
        run.Report.Check($"D, negative control: {what} is found as {expected}", findings.CountOf(expected) > 0, $"{findings.Count} findings");
}
