using VetBooking.Web.Storage;

namespace VetBooking.Web.Setup;

/// <summary>The visit types, their words, instructions and the red flags a practice starts with: the SQL files beside this class.</summary>
internal static class StartCatalogue
{
    /// <summary>Loads them. The practice's species and resources must be there: what nobody can do is not offered.</summary>
    public static void Load(Db db)
    {
        Run(db, "visit-types.sql");
        Run(db, "visit-type-texts.sql");
        Run(db, "instructions.sql");
        LoadRedFlags(db);
    }

    /// <summary>Loads the red flags only.</summary>
    public static void LoadRedFlags(Db db) => Run(db, "red-flags.sql");

    private static void Run(Db db, string file)
    {
        using var reader = new StreamReader(typeof(StartCatalogue).Assembly.GetManifestResourceStream(typeof(StartCatalogue), file)!);
        db.Execute(reader.ReadToEnd());
    }
}
