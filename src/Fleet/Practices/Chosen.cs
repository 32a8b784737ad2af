using System.CommandLine;
using VetBooking.Fleet.Host;

namespace VetBooking.Fleet.Practices;

/// <summary>Which practices a verb is about: one name, several, or all.</summary>
internal static class Chosen
{
    public static Argument<string[]> Several() => new("NAME") { Description = "The practices' names.", Arity = ArgumentArity.ZeroOrMore };

    public static Option<bool> All() => new("--all") { Description = "Every practice of this host." };

    public static Argument<string> One() => new("NAME") { Description = "The practice's name." };

    /// <summary>The practices that were named.</summary>
    /// <exception cref="RefusedException">One of them is not there, or nothing was named.</exception>
    public static IReadOnlyList<Practice> From(HostFacts facts, IReadOnlyList<string> names, bool all) =>
        From(names, all, facts.Practices.Values.Where(practice => practice.IsWhole), name => From(facts, name));

    /// <summary>The same of any engine's practices.</summary>
    public static IReadOnlyList<T> From<T>(IReadOnlyList<string> names, bool all, IEnumerable<T> everybody, Func<string, T> named)
    {
        if (all == names.Count > 0) throw new RefusedException(all ? "Give names, or --all; not both." : "Say which practices: their names, or --all.") { IsWrongUsage = true };
        return all ? [.. everybody] : [.. names.Distinct().Select(named)];
    }

    /// <summary>One practice, whole.</summary>
    /// <exception cref="RefusedException">There is none.</exception>
    public static Practice From(HostFacts facts, string name) => facts.Practices.GetValueOrDefault(name) switch
    {
        null => throw new RefusedException($"There is no practice \"{name}\" here; 'vetfleet list' shows those that are. Nothing was changed."),
        { IsWhole: false } => throw new RefusedException($"\"{name}\" was never added to the end, or only half retired. Run that command again, then this one."),
        var practice => practice,
    };
}
