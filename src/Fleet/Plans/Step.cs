using System.Text.Json;
using VetBooking.Fleet.Host;

namespace VetBooking.Fleet.Plans;

/// <summary>
/// One thing to do on the host. Steps are data: a plan can be printed, compared and tried without a host. Each may be done
/// twice, so a plan that was cut off is made anew from what is there, and done to its end.
/// </summary>
internal abstract record Step
{
    private Step() { }

    /// <summary>A folder; there before or not.</summary>
    public sealed record Folder(string Path, string Mode = "0755", string Owner = "root") : Step
    {
        /// <summary>Who may read it besides; the owner's own group, if not set.</summary>
        public string Group { get; init; } = Owner;

        public override string ToString() => $"folder {Path} ({(Group == Owner ? Owner : $"{Owner}:{Group}")}, {Mode})";
    }

    /// <summary>A file of root's, put in place whole.</summary>
    public sealed record Text(string Path, string Content, string Mode = "0644") : Step
    {
        public override string ToString() => $"write {Path} ({Mode})";
    }

    /// <summary>A file in the practice's own folder, written by the practice's user: root follows no link that a practice may have laid there.</summary>
    public sealed record Owned(string Practice, string Path, string Content) : Step
    {
        public override string ToString() => $"as {Names.UserOf(Practice)}: write {Path}";
    }

    /// <summary>A file of the practice's own folder is copied out of it, read by the practice's user.</summary>
    public sealed record Fetch(string Practice, string From, string To) : Step
    {
        public override string ToString() => $"as {Names.UserOf(Practice)}: copy {From} to {To}";
    }

    /// <summary>A link, put in place of whatever link was there before.</summary>
    public sealed record Link(string Path, string Target) : Step
    {
        public override string ToString() => $"link {Path} -> {Target}";
    }

    /// <summary>A file, a link or a whole folder goes.</summary>
    public sealed record Remove(string Path) : Step
    {
        public override string ToString() => $"remove {Path}";
    }

    /// <summary>A program of the host.</summary>
    public sealed record Run(params IReadOnlyList<string> Command) : Step
    {
        /// <summary>Whether it may fail, because what it undoes may not be there.</summary>
        public bool MayFail { get; init; }

        public bool Equals(Run? other) => other is not null && Command.SequenceEqual(other.Command);

        public override int GetHashCode() => string.Join('\n', Command).GetHashCode(StringComparison.Ordinal);

        public override string ToString() => $"run {string.Join(' ', Command)}";
    }

    /// <summary>A verb of the practice's own executable, as the practice's user; its line of JSON is kept under the verb's name.</summary>
    public sealed record Verb(string Practice, string Executable, IReadOnlyList<string> Writable, params IReadOnlyList<string> Arguments) : Step
    {
        /// <summary>Whether those who are visited go first when the processor is busy.</summary>
        public bool GivesWay { get; init; }

        public IReadOnlyList<string> Command => Systemd.Locked(Practice, Writable, [Executable, .. Arguments, "--json"]) is var locked && GivesWay ? Systemd.GivingWay(locked) : locked;

        public bool Equals(Verb? other) => other is not null && Command.SequenceEqual(other.Command);

        public override int GetHashCode() => string.Join('\n', Command).GetHashCode(StringComparison.Ordinal);

        public override string ToString() => $"as {Names.UserOf(Practice)}: {Executable} {string.Join(' ', Arguments)}";
    }

    /// <summary>The same in a container beside the practice's own.</summary>
    public sealed record Beside(string Practice, IReadOnlyList<string> Container, params IReadOnlyList<string> Arguments) : Step
    {
        public IReadOnlyList<string> Command => [.. Container, .. Arguments, "--json"];

        public bool Equals(Beside? other) => other is not null && Command.SequenceEqual(other.Command);

        public override int GetHashCode() => string.Join('\n', Command).GetHashCode(StringComparison.Ordinal);

        public override string ToString() => $"beside {Practice}: vetbooking {string.Join(' ', Arguments)}";
    }

    /// <summary>What cannot be said in one of the others.</summary>
    public sealed record Act(string Says, Func<Task<JsonElement?>> Do) : Step
    {
        public override string ToString() => Says;
    }
}

/// <summary>What a verb would do to one practice, or to the host itself.</summary>
/// <param name="Subject">The practice's name, or the host's.</param>
/// <param name="Steps">In their order. None: everything is as it should be.</param>
internal sealed record Plan(string Subject, IReadOnlyList<Step> Steps)
{
    /// <summary>What to tell the operator when it is done.</summary>
    public string Next { get; init; } = "";

    /// <summary>Which word of what the practice's verb answered is printed for people: <c>link</c>, say.</summary>
    public string Shows { get; init; } = "";

    /// <summary>What is looked at before the first step. If one of these fails, the practice is refused and nothing of it was changed.</summary>
    public IReadOnlyList<Step> Looks { get; init; } = [];

    /// <summary>How many of the first steps only try something: when one of these fails there is nothing to undo.</summary>
    public int Looking { get; init; }

    /// <summary>Done when one of the other steps has failed, so that nobody is left in between.</summary>
    public IReadOnlyList<Step> Undo { get; init; } = [];
}
