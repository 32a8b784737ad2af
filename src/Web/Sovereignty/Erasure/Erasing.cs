using System.Globalization;
using NodaTime;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Sovereignty.Erasure;

/// <summary>
/// Erases a person (GDPR Art. 17): first the journal says so, then the database forgets them in one transaction, then what
/// SQLite left behind is overwritten. A crash in between is made good at the next start, and a restore does it again.
/// </summary>
internal static class Erasing
{
    /// <summary>Erases a person inside a change of the writer; answers the entry of the journal.</summary>
    /// <exception cref="JournalException">The journal is missing or was changed; nothing was erased.</exception>
    public static JournalEntry Erase(Change change, DataFolder folder, Actor actor, Person person)
    {
        // Other programs that erase wait for this transaction, so the journal is ours until it ends.
        var known = Sound(change.Db, folder);
        var journal = known.With(person.Subjects(change.Db), change.Now);
        journal.Save(folder);
        // An erasure the journal took and a full disk kept from the database comes first: the count below passes over it.
        foreach (var entry in known.Entries.Skip((int)change.Db.Number("SELECT entry FROM erased"))) Remove(change.Db, Person.Named(change.Db, entry.Subjects), change.Now);
        Remove(change.Db, person, change.Now);
        Carried(change.Db, journal);
        Audit.Add(change, actor, "owner.erased", "journal", journal.Length, Counts(person));
        change.Reload();
        return journal.Entries[^1];
    }

    /// <summary>Carries out what the journal holds and this database does not know of yet: after a crash, or of a copy that is older. Answers how many entries that were.</summary>
    /// <exception cref="JournalException">The journal is missing or shorter than the database remembers; nothing may answer then.</exception>
    public static int CatchUp(Db db, DataFolder folder, Instant now)
    {
        var journal = Sound(db, folder);
        if (!File.Exists(folder.Erasures)) journal.Save(folder);
        var done = CatchUp(db, journal, now);
        if (done > 0) CleanUp(db, folder);
        return done;
    }

    /// <summary>The same in a database that nobody has seen yet, of a journal that lies elsewhere.</summary>
    public static int CatchUp(Db db, ErasureJournal journal, Instant now)
    {
        var done = (int)db.Number("SELECT entry FROM erased");
        var (same, left) = (journal.Continues(done, HashDone(db)), journal.Length - done);
        if (same && left == 0) return 0;
        db.Execute("BEGIN IMMEDIATE");
        try
        {
            // Journals that went different ways were put together: then all of it is done again, which harms nothing.
            foreach (var entry in journal.Entries.Skip(same ? done : 0)) Remove(db, Person.Named(db, entry.Subjects), now);
            Carried(db, journal);
            var change = new Change(db, Book.Load(db, now), now);
            Audit.Add(change, Actor.Practice, "erasures.repeated", "journal", journal.Length, left.ToString(CultureInfo.InvariantCulture));
            db.Execute("COMMIT");
        }
        catch
        {
            db.Execute("ROLLBACK");
            throw;
        }
        Scrub.Run(db);
        return left;
    }

    /// <summary>Overwrites and removes what is left beside the database once an erasure is saved. Answers whether nothing is.</summary>
    public static bool CleanUp(Db db, DataFolder folder)
    {
        // Mails that were put into a folder instead of being sent go with their rows.
        foreach (var file in Directory.Exists(folder.Outbox) ? Directory.GetFiles(folder.Outbox, "*.eml") : [])
        {
            if (long.TryParse(Path.GetFileName(file).Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var mail)
                && db.Number("SELECT count(*) FROM outbox WHERE id = $id", ("$id", mail)) == 0) Files.Shred(file);
        }
        return Scrub.Run(db);
    }

    /// <summary>What is wrong with the journal, going on from "The journal of erasures"; null if nothing is.</summary>
    public static string? Problem(Db db, DataFolder folder)
    {
        try
        {
            return Sound(db, folder).Length == db.Number("SELECT entry FROM erased") ? null : "is ahead of the database. Start the practice: it erases again before it answers.";
        }
        catch (JournalException unsound)
        {
            return unsound.Message;
        }
    }

    /// <summary>What is in the way of erasing an owner; null if nothing.</summary>
    public static LegalHold? HeldBack(Db db, Person person, LocalDate today) => person.Owners.Select(owner => LegalHold.Of(db, owner, today)).FirstOrDefault(hold => hold is not null);

    /// <summary>The folder's journal, if it knows all that the database remembers.</summary>
    /// <exception cref="JournalException">It does not, or it is another practice's.</exception>
    public static ErasureJournal Sound(Db db, DataFolder folder)
    {
        var (entry, hash) = ((int)db.Number("SELECT entry FROM erased"), HashDone(db));
        var practice = PracticeFacts.Identity(db);
        var journal = ErasureJournal.Of(folder);
        if (journal is null && entry == 0) return ErasureJournal.Empty(practice);
        if (journal is null) throw new JournalException($"is missing. Put {folder.Erasures} back from a copy; every backup holds one.");
        if (journal.Practice != practice) throw new JournalException("is another practice's.");
        if (!journal.Continues(entry, hash)) throw new JournalException($"is shorter than the database remembers, or was changed. Put {folder.Erasures} back from a copy; every backup holds one.");
        return journal;
    }

    private static string HashDone(Db db) => db.Row("SELECT hash FROM erased", row => row.GetString(0))!;

    private static void Carried(Db db, ErasureJournal journal) => db.Execute("UPDATE erased SET entry = $entry, hash = $hash", ("$entry", journal.Length), ("$hash", journal.LastHash));

    private static void Remove(Db db, Person person, Instant now)
    {
        foreach (var (table, ids) in person.Rows)
        {
            foreach (var id in ids)
            {
                if (table == "appointment") BeforeAppointment(db, id, now);
                if (table == "owner") BeforeOwner(db, id);
                db.Execute($"DELETE FROM {table} WHERE id = $id", ("$id", id));
            }
        }
    }

    private static void BeforeAppointment(Db db, long id, Instant now)
    {
        // The team's list of a day, as it was sent, names who comes.
        db.Execute("DELETE FROM outbox WHERE kind = 'tomorrow' AND state <> 'waiting' AND about = (SELECT substr(starts_local, 1, 10) FROM appointment WHERE id = $id)", ("$id", id));
        db.Execute("DELETE FROM last_act WHERE object_id = $id AND act IN ('made', 'moved', 'cancelled')", ("$id", id));
        // Whoever listens hears that the time is free, as with any other cancellation.
        db.Execute("UPDATE appointment SET state = 'cancelled', state_before = state, taken_back = 1 WHERE id = $id AND state = 'booked' AND starts_at > $now", ("$id", id), ("$now", now.ToUnixTimeSeconds()));
    }

    private static void BeforeOwner(Db db, long id)
    {
        // Whose address somebody else's record was once compared with.
        db.Execute(
            """
            DELETE FROM not_the_same WHERE email_key = (SELECT email_key FROM owner WHERE id = $id)
              AND NOT EXISTS (SELECT 1 FROM owner o WHERE o.id <> $id AND o.email_key = not_the_same.email_key)
            """, ("$id", id));
        // A file that somebody is about to take over may name them.
        db.Execute("UPDATE import_run SET state = 'undone', content = NULL WHERE state = 'staged'");
        // What hangs on their record and is somebody's who shares their address goes to whom it belongs.
        foreach (var table in (string[])["appointment", "waiting"])
            db.Execute($"UPDATE {table} AS t SET owner_id = ({Person.Sharer} AND p.id <> $id ORDER BY p.id LIMIT 1) WHERE owner_id = $id", ("$id", id));
        // An animal they shared stays with whoever shares it.
        db.Execute(
            """
            UPDATE animal SET owner_id = (SELECT min(c.owner_id) FROM co_owner c WHERE c.animal_id = animal.id)
            WHERE owner_id = $id AND EXISTS (SELECT 1 FROM co_owner c WHERE c.animal_id = animal.id)
            """, ("$id", id));
        db.Execute("DELETE FROM co_owner WHERE owner_id = (SELECT owner_id FROM animal WHERE animal.id = animal_id)");
    }

    private static string Counts(Person person) => string.Create(
        CultureInfo.InvariantCulture, $"owners {person.Owners.Count} appointments {person.Appointments.Count} waiting {person.Waiting.Count} walk-ins {person.WalkIns.Count}");
}
