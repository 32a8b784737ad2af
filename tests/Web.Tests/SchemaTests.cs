using System.Runtime.CompilerServices;
using VetBooking.Web.Storage;

namespace VetBooking.Tests;

/// <summary>schema.sql is what all migrations together come to, to read in one place.</summary>
public class SchemaTests
{
    [Fact]
    public void The_schema_to_read_is_the_schema_the_migrations_make()
    {
        using var db = Db.Open(":memory:");
        Migrations.Run(db);
        var made = string.Join("\n\n", db.Rows(
            "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY rowid", row => row.GetString(0) + ";")) + "\n";
        var path = Path.Combine(Here(), "../../src/Web/Storage/schema.sql");
        // Asked to, the test writes the file instead: UPDATE_SCHEMA=1 bin/test
        if (Environment.GetEnvironmentVariable("UPDATE_SCHEMA") is not null) File.WriteAllText(path, made);
        Assert.Equal(File.ReadAllText(path), made);
    }

    [Fact]
    public void Every_table_is_strict() => Assert.Empty(Unstrict());

    private static List<string> Unstrict()
    {
        using var db = Db.Open(":memory:");
        Migrations.Run(db);
        return db.Rows("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'", row => row.GetString(0));
    }

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
