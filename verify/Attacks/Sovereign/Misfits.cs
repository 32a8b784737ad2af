namespace VetBooking.Verify.Attacks.Sovereign;

/// <summary>A restore that must be refused although the backup's file is whole.</summary>
/// <param name="Name">Why.</param>
/// <param name="Make">Prepares it in a copy of the practice's folder, given with a folder for other files; answers what to call.</param>
internal sealed record Misfit(string Name, Func<string, string, Misfit.Call> Make)
{
    /// <summary>What is called.</summary>
    /// <param name="From">The backup.</param>
    /// <param name="Into">The folder to restore into.</param>
    /// <param name="Key">The file with the key; the folder's own, if null.</param>
    internal sealed record Call(string From, string Into, string? Key)
    {
        /// <summary>Whether <c>verify</c> can see it, too.</summary>
        public bool IsFileOrKey { get; init; }
    }
}

/// <summary>Keys, folders and journals that do not fit.</summary>
internal sealed class Misfits(Stage stage)
{
    public IEnumerable<Misfit> All() =>
    [
        Key("another practice's backup", (_, _) => (stage.OfOther, stage.Key)),
        Key("another practice's key", (_, _) => (stage.Before, Stage.KeyOf(stage.Other))),
        Key("a recovery code with a wrong letter", (own, beside) => (stage.Before, Written(beside, Misread(File.ReadAllText(Stage.KeyOf(own)))))),
        Key("a recovery code that lacks its last group", (own, beside) => (stage.Before, Written(beside, File.ReadAllText(Stage.KeyOf(own)).Trim()[..^5]))),
        Key("an empty key file", (_, beside) => (stage.Before, Written(beside, ""))),
        Key("a key file full of something else", (_, _) => (stage.Before, stage.Plain)),
        Key("a key file that is not there", (_, beside) => (stage.Before, Path.Combine(beside, "absent"))),
        Key("a backup that is not there", (_, beside) => (Path.Combine(beside, "absent.vetbackup"), stage.Key)),
        Key("a backup that is a folder", (own, _) => (own, stage.Key)),
        new("no key at all", (_, beside) => new(stage.Before, Path.Combine(beside, "new"), null)),
        new("a folder that is empty, and no key", (_, beside) => new(stage.Before, Empty(beside), null)),
        new("a folder that is empty, and the wrong key", (_, beside) => new(stage.Before, Empty(beside), Stage.KeyOf(stage.Other))),
        new("another practice's folder", (own, _) => new(stage.OfOther, own, Stage.KeyOf(stage.Other))),
        new("a folder with something else in it", (_, beside) => new(stage.Before, Path.GetDirectoryName(Written(beside, "mine"))!, stage.Key)),
        Journal("the journal is missing", File.Delete),
        Journal("the journal is shorter by a line", path => File.WriteAllText(path, string.Concat(File.ReadAllLines(path)[..^1].Select(line => line + "\n")))),
        Journal("the journal's last line is torn off", path => File.WriteAllBytes(path, File.ReadAllBytes(path)[..^9])),
        Journal("the journal has its first line only", path => File.WriteAllText(path, File.ReadAllLines(path)[0] + "\n")),
        Journal("the journal is empty", path => File.WriteAllText(path, "")),
        Journal("the journal has a changed line", path => File.WriteAllText(path, Changed(File.ReadAllText(path)))),
        Journal("the journal is another practice's", path => File.WriteAllText(path, $"{{\"practice\":\"{new string('0', 32)}\",\"format\":1}}\n")),
        Beside("a newer backup beside it is damaged", whole => whole.WithBitIn(0, 100)),
        Beside("a newer backup beside it has nothing after its head", whole => whole.Head),
        Beside("a newer backup beside it was changed to name no erasure", whole => whole.WithValue("erasures", 0)),
    ];

    private static Misfit Key(string name, Func<string, string, (string From, string Key)> make) => new(name, (own, beside) =>
    {
        var (from, key) = make(own, beside);
        return new(from, own, key) { IsFileOrKey = true };
    });

    /// <summary>Harm to the folder's journal of erasures, which its database remembers.</summary>
    private Misfit Journal(string name, Action<string> harm) => new(name, (own, _) =>
    {
        harm(Stage.JournalOf(own));
        return new(stage.Before, own, null);
    });

    /// <summary>Harm to a backup that names erasures and lies beside the one that is restored into a new folder.</summary>
    private Misfit Beside(string name, Func<BackupBytes, byte[]> harm) => new(name, (_, beside) =>
    {
        var from = Path.Combine(beside, "before.vetbackup");
        File.Copy(stage.Before, from);
        File.WriteAllBytes(Path.Combine(beside, "after.vetbackup"), harm(BackupBytes.Read(File.ReadAllBytes(stage.After))));
        return new(from, Path.Combine(beside, "new"), stage.Key);
    });

    private static string Empty(string beside) => Directory.CreateDirectory(Path.Combine(beside, "new")).FullName;

    private static string Written(string beside, string text)
    {
        var path = Path.Combine(beside, "code.txt");
        File.WriteAllText(path, text);
        return path;
    }

    private static string Misread(string code) => code[..7] + (code[7] == 'A' ? 'B' : 'A') + code[8..];

    private static string Changed(string journal)
    {
        const string Mark = "\"subjects\":[\"";
        var at = journal.LastIndexOf(Mark, StringComparison.Ordinal) + Mark.Length;
        return journal[..at] + (journal[at] == '0' ? '1' : '0') + journal[(at + 1)..];
    }
}
