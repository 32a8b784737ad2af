using NodaTime;
using VetBooking.Web.Clients.Animals;
using VetBooking.Web.Clients.Owners;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Clients.Csv;

/// <summary>What becomes of lines about somebody who seems to be there already.</summary>
public enum WithDoubles { Skip, AddAnimals, AddAnyway }

/// <summary>An import that was made: what came of it, and whether it is still there.</summary>
public sealed record ImportLine(long Id, string State, Instant Made, long Owners, long Animals);

/// <summary>Something an undo leaves where it is, because somebody has worked with it since.</summary>
public sealed record Kept(string Url, string Name);

/// <summary>Imports: staged, done as a whole in one transaction, undone as a whole.</summary>
internal static class ImportRun
{
    /// <summary>For so long a file waits to be looked at.</summary>
    public static readonly Duration StagedFor = Duration.FromDays(1);

    /// <summary>Keeps a file until somebody has decided.</summary>
    public static long Stage(Change change, Staff staff, CsvText text, (char Delimiter, IReadOnlyList<string> Columns, int Lines) found)
    {
        var id = change.Db.Insert(
            "INSERT INTO import_run (state, account_id, created_at, content, encoding, delimiter, columns, lines) VALUES ('staged', $account, $now, $content, $encoding, $delimiter, $columns, $lines)",
            ("$account", staff.Account.Id), ("$now", change.Now.ToUnixTimeSeconds()), ("$content", text.Content), ("$encoding", text.Encoding),
            ("$delimiter", found.Delimiter.ToString()), ("$columns", string.Join(' ', found.Columns)), ("$lines", (long)found.Lines));
        Audit.Add(change, staff.Actor, "import.staged", "import_run", id);
        return id;
    }

    /// <summary>The staged file of a run; null if there is none any more.</summary>
    public static StagedFile? Load(Db db, long id) => db.Row(
        "SELECT id, content, encoding, delimiter, columns FROM import_run WHERE id = $id AND state = 'staged'",
        row => new StagedFile(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3)[0], row.GetString(4).Split(' ')), ("$id", id));

    /// <summary>The imports of this practice, the newest first.</summary>
    public static List<ImportLine> All(Db db) => db.Rows(
        """
        SELECT id, state, created_at, (SELECT count(*) FROM owner WHERE import_id = r.id), (SELECT count(*) FROM animal WHERE import_id = r.id)
        FROM import_run r ORDER BY id DESC LIMIT 30
        """,
        row => new ImportLine(row.GetInt64(0), row.GetString(1), Instant.FromUnixTimeSeconds(row.GetInt64(2)), row.GetInt64(3), row.GetInt64(4)));

    /// <summary>Throws staged files away that nobody has decided on, and answers how many.</summary>
    public static int Sweep(Change change) => change.Db.Execute(
        "DELETE FROM import_run WHERE state = 'staged' AND created_at <= $old", ("$old", (change.Now - StagedFor).ToUnixTimeSeconds()));

    /// <summary>Stores every line that is right, all of them or none. The file itself is gone afterwards.</summary>
    public static void Apply(Change change, Actor actor, ImportPlan plan, WithDoubles doubles)
    {
        var (owners, run) = (new Dictionary<string, long>(), plan.File.Id);
        foreach (var row in plan.Rows.Where(row => row.Problems.Count == 0 && (row.Duplicate is null || doubles != WithDoubles.Skip)))
        {
            if (!owners.TryGetValue(row.Key, out var owner))
            {
                owner = row.Duplicate is { } known && doubles == WithDoubles.AddAnimals ? known : OwnerRecord.Add(change, row.Owner, run);
                owners.Add(row.Key, owner);
            }
            if (row.Animal is { } animal && !HasAnimal(change.Db, owner, animal)) AnimalRecord.Add(change, owner, animal, run);
        }
        change.Db.Execute("UPDATE import_run SET state = 'done', content = NULL WHERE id = $id", ("$id", run));
        Audit.Add(change, actor, "import.done", "import_run", run);
    }

    /// <summary>What an undo would leave: whatever was changed since, has appointments, or got something beside.</summary>
    public static List<Kept> Worked(Db db, long run) =>
    [
        .. db.Rows($"SELECT id, name FROM owner o WHERE {TouchedOwner} LIMIT 200", row => new Kept($"/praxis/kunden/{row.GetInt64(0)}", row.GetString(1)), ("$run", run)),
        .. db.Rows($"SELECT id, name FROM animal a WHERE {TouchedAnimal} LIMIT 200", row => new Kept($"/praxis/tiere/{row.GetInt64(0)}", row.GetString(1)), ("$run", run)),
    ];

    /// <summary>Takes an import back, but for what somebody has worked with since: that stays, and belongs to no import any more.</summary>
    public static bool Undo(Change change, Actor actor, long run)
    {
        if (change.Db.Number("SELECT count(*) FROM import_run WHERE id = $id AND state = 'done'", ("$id", run)) == 0) return false;
        change.Db.Execute($"UPDATE owner AS o SET import_id = NULL WHERE {TouchedOwner}", ("$run", run));
        change.Db.Execute($"UPDATE animal AS a SET import_id = NULL WHERE {TouchedAnimal}", ("$run", run));
        change.Db.Execute("DELETE FROM animal WHERE import_id = $run AND owner_id NOT IN (SELECT id FROM owner WHERE import_id = $run)", ("$run", run));
        change.Db.Execute("DELETE FROM owner WHERE import_id = $run", ("$run", run));
        change.Db.Execute("UPDATE import_run SET state = 'undone' WHERE id = $id", ("$id", run));
        Audit.Add(change, actor, "import.undone", "import_run", run);
        return true;
    }

    private const string TouchedAnimal =
        """
        a.import_id = $run AND (a.revision > 0 OR EXISTS (SELECT 1 FROM appointment_animal w WHERE w.animal_id = a.id)
          OR EXISTS (SELECT 1 FROM co_owner c WHERE c.animal_id = a.id))
        """;

    private const string TouchedOwner =
        $"""
        o.import_id = $run AND (o.revision > 0 OR EXISTS (SELECT 1 FROM appointment t WHERE t.owner_id = o.id)
          OR EXISTS (SELECT 1 FROM co_owner c WHERE c.owner_id = o.id)
          OR EXISTS (SELECT 1 FROM animal a WHERE a.owner_id = o.id AND (a.import_id IS NOT $run OR ({TouchedAnimal}))))
        """;

    private static bool HasAnimal(Db db, long owner, AnimalFacts animal) => db.Number(
        "SELECT count(*) FROM animal WHERE owner_id = $owner AND name = $name COLLATE NOCASE AND species_id = $species",
        ("$owner", owner), ("$name", animal.Name), ("$species", animal.Species)) > 0;
}
