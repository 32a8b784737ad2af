using System.Diagnostics;

namespace VetBooking.Verify.Attacks;

/// <summary>What negative controls are made of: a server that forgets what is taken, and a database that lets it.</summary>
internal static class Sabotage
{
    /// <summary>Takes the primary key away from the table that cannot overlap, and every trigger that watches over it.</summary>
    public static void Unguard(string database)
    {
        using var connection = Database.OpenToWrite(database);
        foreach (var guard in connection.Rows("SELECT name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%occupancy%'", row => row.GetString(0)))
            connection.Execute($"DROP TRIGGER {guard}");
        connection.Execute(
            """
            -- The figures' views read the table; they need not know that another one takes its place.
            PRAGMA legacy_alter_table = ON;
            CREATE TABLE unguarded (
              resource_id TEXT NOT NULL, starts_at INTEGER NOT NULL, ends_at INTEGER NOT NULL, appointment_id INTEGER NOT NULL
            ) STRICT;
            INSERT INTO unguarded SELECT resource_id, starts_at, ends_at, appointment_id FROM occupancy;
            DROP TABLE occupancy;
            ALTER TABLE unguarded RENAME TO occupancy;
            """);
    }

    /// <summary>Builds the server whose diary forgets, if it is not there; answers its executable.</summary>
    public static async Task<string> Build(Run run)
    {
        var executable = Path.Combine(Run.Root, "artifacts", "sabotage", "vetbooking");
        if (File.Exists(executable)) return executable;
        run.Report.Say("building the sabotaged server");
        // Its own folder for what the compiler leaves, so that no honest build ever picks up a sabotaged part.
        using var build = Process.Start(new ProcessStartInfo("dotnet",
            ["build", "src/Web", "-c", "Release", "-o", "artifacts/sabotage", "-p:Sabotage=true", "-p:IntermediateOutputPath=obj/sabotage/", "--nologo", "-v", "q"])
        {
            WorkingDirectory = Run.Root,
            RedirectStandardOutput = true,
        })!;
        var words = await build.StandardOutput.ReadToEndAsync();
        await build.WaitForExitAsync();
        return build.ExitCode == 0 ? executable : throw new InvalidOperationException($"The sabotaged build failed: {words}");
    }
}
