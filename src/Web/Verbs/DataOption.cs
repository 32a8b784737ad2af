using System.CommandLine;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Verbs;

/// <summary>The folder a verb works on.</summary>
internal static class DataOption
{
    public static Option<DirectoryInfo> Create() => new("--data") { Description = "The practice's folder.", Required = true };

    public static DataFolder Folder(this ParseResult verb, Option<DirectoryInfo> option) => new(verb.GetRequiredValue(option).FullName);

    /// <summary>What to say where a restore has not come to its end.</summary>
    public const string HalfRestored = "A restore is going on or was interrupted. Wait for it, or run 'vetbooking restore' once more.";

    /// <summary>What to say where there is no practice.</summary>
    public static string NoPractice(DataFolder folder) => $"There is no practice in {folder.Path}. Make one with 'vetbooking init', or a demo with 'vetbooking demo'.";
}
