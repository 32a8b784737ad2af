using System.Globalization;
using System.Text.Json;
using VetBooking.Fleet.Host;
using VetBooking.Fleet.Plans;

namespace VetBooking.Fleet.Sovereignty;

/// <summary>
/// Where copies of the backups are carried, and how long they stay: a folder, one in it for each practice, or a restic
/// repository, where a practice's carry its name as a tag. Nobody else's snapshots are touched there.
/// </summary>
/// <param name="Layout">The host.</param>
/// <param name="Target">The folder, or the repository with <c>restic:</c> in front; empty for nowhere.</param>
/// <param name="Days">So long they stay, a practice's newest always; null for good, as where somebody once wanted them besides.</param>
internal sealed record Away(Layout Layout, string Target, int? Days)
{
    private const string Restic = "restic:";

    /// <summary>What is ours in a repository that others may use, too.</summary>
    private const string Ours = "vetbooking";

    // What the operator keeps secret ($0) is for restic alone: the practice's user could read what its own programs are given.
    private const string Secretly = "set -a; [ ! -f \"$0\" ] || . \"$0\"; set +a; exec restic --quiet -r \"$1\"";

    /// <summary>Whether it is a repository, which says itself whether it has room.</summary>
    public bool IsRepository => Target.StartsWith(Restic, StringComparison.Ordinal);

    /// <summary>Whether a practice's newest backup is there already, or nothing is carried.</summary>
    public bool Has(string practice) => Target.Length == 0 || Backups.NewestFile(Layout, practice) is not { } newest || (Note(newest) == Noted(practice) && (IsRepository || File.Exists(CopyOf(practice, newest))));

    /// <summary>Carries a practice's newest backup there.</summary>
    public IReadOnlyList<Step> Carry(string practice) => Target.Length == 0 ? [] :
    [
        .. IsRepository ? Array.Empty<Step>() : [new Step.Folder(FolderOf(practice), "0700")],
        new Step.Act($"carry the newest backup of {practice} to {(IsRepository ? Target : FolderOf(practice))}", async () =>
        {
            var newest = Backups.NewestFile(Layout, practice) ?? throw new RefusedException("There is no backup to carry.");
            // Whoever reads the backup says nothing when restic ends first: restic's own words are the ones that help.
            Step carry = IsRepository
                ? new Step.Run("bash", "-o", "pipefail", "-c", $"env --default-signal=PIPE setpriv --reuid=\"$2\" --regid=\"$2\" --clear-groups -- cat -- \"$3\" | ({Secretly} backup --stdin --stdin-filename \"$4\" --tag {Ours} --tag \"$5\")", Layout.Restic, Target[Restic.Length..], Names.UserOf(practice), newest, Path.GetFileName(newest), practice)
                : new Step.Fetch(practice, newest, CopyOf(practice, newest));
            if ((await Runner.Perform(new Plan(practice, [carry]))).Problem is { } problem) throw new RefusedException(problem);
            await File.WriteAllTextAsync(Layout.CarriedOf(practice), Note(newest));
            return null as JsonElement?;
        }),
    ];

    /// <summary>Removes a practice's copies that are older than they may be.</summary>
    public IReadOnlyList<Step> Age(string practice) => Target.Length == 0 || IsRepository || Days is not { } days ? [] :
    [
        new Step.Act($"remove copies in {FolderOf(practice)} that are older than {days} days", () =>
        {
            var oldest = DateTime.UtcNow.AddDays(-days);
            var files = Directory.Exists(FolderOf(practice)) ? new DirectoryInfo(FolderOf(practice)).GetFiles("*.vetbackup") : [];
            foreach (var file in files.OrderByDescending(file => file.LastWriteTimeUtc).Skip(1).Where(file => file.LastWriteTimeUtc < oldest)) file.Delete();
            return Task.FromResult<JsonElement?>(null);
        }),
    ];

    /// <summary>The same in a repository, once for all practices: what it takes to free the room does not depend on how many go.</summary>
    public IReadOnlyList<Plan> AgeAll() => !IsRepository || Days is not { } days ? [] :
        [new Plan("host", [new Step.Act($"forget snapshots in {Target} that are older than {days} days", () => Forget([Ours], snapshots => Aged(snapshots, DateTimeOffset.UtcNow.AddDays(-days))))])];

    /// <summary>Removes every copy of a practice.</summary>
    public IReadOnlyList<Step> Remove(string practice) => Target.Length == 0 ? [] : IsRepository
        ? [new Step.Act($"forget every snapshot of {practice} in {Target}", () => Forget([Ours, practice], snapshots => snapshots))]
        : [new Step.Remove(FolderOf(practice))];

    /// <summary>Those that go: older than that, and not their practice's newest.</summary>
    internal static IEnumerable<Snapshot> Aged(IEnumerable<Snapshot> snapshots, DateTimeOffset oldest) =>
        snapshots.GroupBy(one => string.Join(',', one.Tags.Order(StringComparer.Ordinal))).SelectMany(practice => practice.OrderByDescending(one => one.Time).Skip(1).Where(one => one.Time < oldest));

    /// <summary>Reads what restic says of its snapshots.</summary>
    internal static List<Snapshot> Read(string json)
    {
        using var said = JsonDocument.Parse(json);
        return said.RootElement.ValueKind != JsonValueKind.Array ? [] :
        [
            .. said.RootElement.EnumerateArray().Select(one => new Snapshot(
                one.GetProperty("id").GetString()!,
                DateTimeOffset.Parse(one.GetProperty("time").GetString()!, CultureInfo.InvariantCulture),
                one.TryGetProperty("tags", out var tags) ? [.. tags.EnumerateArray().Select(tag => tag.GetString()!)] : [])),
        ];
    }

    private async Task<JsonElement?> Forget(IReadOnlyList<string> tags, Func<IEnumerable<Snapshot>, IEnumerable<Snapshot>> which)
    {
        // Locks of who was cut off only: nobody else would remove them, and nothing could be forgotten any more.
        await Say("unlock");
        var there = await Say("snapshots", "--json", "--tag", string.Join(',', tags));
        if (which(Read(there)).Select(one => one.Id).ToList() is { Count: > 0 } ids) await Say(["forget", "--prune", .. ids]);
        return null;
    }

    private async Task<string> Say(params IReadOnlyList<string> words)
    {
        var ended = await Shell.Run(["bash", "-c", $"{Secretly} \"${{@:2}}\"", Layout.Restic, Target[Restic.Length..], .. words]);
        return ended.Code == 0 ? ended.Output : throw new RefusedException($"restic {words[0]} ends with {ended.Code}: {ended.LastWords}");
    }

    private string Note(string backup) => $"{Target}\n{Path.GetFileName(backup)}\n";

    private string? Noted(string practice) => File.Exists(Layout.CarriedOf(practice)) ? File.ReadAllText(Layout.CarriedOf(practice)) : null;

    private string FolderOf(string practice) => Path.Combine(Target, practice);

    private string CopyOf(string practice, string backup) => Path.Combine(FolderOf(practice), Path.GetFileName(backup));

    /// <summary>A snapshot in a repository.</summary>
    internal sealed record Snapshot(string Id, DateTimeOffset Time, IReadOnlyList<string> Tags);
}
