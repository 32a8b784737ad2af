namespace VetBooking.Verify.Attacks.Sovereign;

/// <summary>A stopped practice in which two people were erased, a backup from before that and one from after, and another practice.</summary>
internal sealed class Stage
{
    public required Verbs Verbs { get; init; }

    /// <summary>The practice as it is now.</summary>
    public required string Folder { get; init; }

    /// <summary>A backup from before the erasures, alone in its folder.</summary>
    public required string Before { get; init; }

    /// <summary>The same, with <see cref="After"/> beside it.</summary>
    public required string BeforeBesideAfter { get; init; }

    /// <summary>A backup from after the erasures.</summary>
    public required string After { get; init; }

    /// <summary>The database from before the erasures, as a plain file.</summary>
    public required string Plain { get; init; }

    public required IReadOnlyList<Person> Erased { get; init; }

    /// <summary>Another practice's folder, and a backup of it.</summary>
    public required string Other { get; init; }
    public required string OfOther { get; init; }

    public string Key => KeyOf(Folder);

    public static string KeyOf(string folder) => Path.Combine(folder, "keys", "backup.key");

    public static string DatabaseOf(string folder) => Path.Combine(folder, "practice.db");

    public static string JournalOf(string folder) => Path.Combine(folder, "erasures.journal");

    public static async Task<Stage> Make(Run run, Verbs verbs)
    {
        var (folder, other, alone, both) = (run.CopyOfDemo("practice"), run.PathOf("other"), run.PathOf("alone"), run.PathOf("both"));
        await Target.MakeDemo(run.Executable, other);
        foreach (var place in new[] { alone, both }) Directory.CreateDirectory(place);
        var stage = new Stage
        {
            Verbs = verbs,
            Folder = folder,
            Before = Path.Combine(alone, "before.vetbackup"),
            BeforeBesideAfter = Path.Combine(both, "before.vetbackup"),
            After = Path.Combine(both, "after.vetbackup"),
            Plain = run.PathOf("plain.db"),
            Erased = Person.Choose(DatabaseOf(folder), 2),
            Other = other,
            OfOther = run.PathOf("other.vetbackup"),
        };
        await Verbs.MustDo(verbs.Backup(other, stage.OfOther));
        await Verbs.MustDo(verbs.Backup(folder, stage.Before));
        File.Copy(stage.Before, stage.BeforeBesideAfter);
        await Verbs.MustDo(verbs.Backup(folder, stage.Plain, "database"));
        foreach (var person in stage.Erased) await Verbs.MustDo(verbs.Erase(folder, person.Owner));
        await Verbs.MustDo(verbs.Backup(folder, stage.After));
        return stage;
    }
}
