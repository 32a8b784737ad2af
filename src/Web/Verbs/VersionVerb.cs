using System.CommandLine;
using System.Reflection;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Verbs;

/// <summary><c>vetbooking version</c></summary>
internal static class VersionVerb
{
    /// <summary>The version of this program, as CHANGELOG.md names it.</summary>
    public static string Version { get; } =
        typeof(VersionVerb).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0.0.0";

    public static Command Command()
    {
        var command = new Command("version", "Print the versions of this program, its database schema and its SQLite.") { Answer.Json };
        command.SetAction(verb =>
        {
            using var db = Db.Open(":memory:");
            return verb.Done(
                $"vetbooking {Version}, schema {Migrations.Newest}, SQLite {db.Connection.ServerVersion}",
                new VerbAnswer("version", true) { Version = Version, Schema = Migrations.Newest, Sqlite = db.Connection.ServerVersion });
        });
        return command;
    }
}
