using System.Globalization;
using System.Reflection;

namespace VetBooking.Web.Storage;

/// <summary>
/// The numbered SQL files beside this class, in order; they lie in a folder of the release that brought them. The number of the last one that ran is the database's user_version.
/// </summary>
public static class Migrations
{
    private static readonly string Prefix = typeof(Migrations).Namespace + ".Migrations.";

    /// <summary>The version this program writes.</summary>
    public static int Newest { get; } = Names().Select(NumberOf).Max();

    /// <summary>The version of a database: 0 if it is empty.</summary>
    public static int VersionOf(Db db) => (int)db.Number("PRAGMA user_version");

    /// <summary>Brings the database to <see cref="Newest"/>, or to an earlier version that is asked for, each step in a transaction of its own. Answers how many steps ran.</summary>
    /// <exception cref="NewerDatabaseException">The database was written by a newer program.</exception>
    public static int Run(Db db, int upTo = int.MaxValue)
    {
        RefuseNewer(db);
        var from = VersionOf(db);
        var steps = Names().Where(name => NumberOf(name) > from && NumberOf(name) <= upTo).Order(StringComparer.Ordinal).ToList();
        foreach (var step in steps)
        {
            db.Execute("BEGIN IMMEDIATE");
            try
            {
                db.Execute(Read(step));
                db.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {NumberOf(step)}"));
                db.Execute("COMMIT");
            }
            catch
            {
                db.Execute("ROLLBACK");
                throw;
            }
        }
        return steps.Count;
    }

    /// <summary>Throws if the database was written by a newer program than this.</summary>
    public static void RefuseNewer(Db db)
    {
        if (VersionOf(db) is var version && version > Newest) throw new NewerDatabaseException(version, Newest);
    }

    private static IEnumerable<string> Names() => typeof(Migrations).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal));

    private static int NumberOf(string name) => int.Parse(name.AsSpan(Prefix.Length, 4), CultureInfo.InvariantCulture);

    private static string Read(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}

/// <summary>The database is of a later version than the program that opens it.</summary>
public sealed class NewerDatabaseException(int database, int program)
    : Exception($"The practice's database has version {database}, this program knows {program}. Run the newer release; nothing was changed.");
