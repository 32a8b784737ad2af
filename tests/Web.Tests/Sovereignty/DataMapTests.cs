using VetBooking.Web.Sovereignty;
using VetBooking.Web.Sovereignty.Map;
using VetBooking.Web.Storage;

namespace VetBooking.Tests.Sovereignty;

/// <summary>The data map and the schema say the same, column by column; what the map promises of a table, the schema and the rules keep.</summary>
public class DataMapTests
{
    /// <summary>Where an erasure begins; everything else of a person hangs on one of these.</summary>
    private static readonly string[] Roots = ["owner", "appointment", "waiting", "walk_in"];

    /// <summary>What is an owner's and hangs on none of them: the import's file is emptied, the words of an event name nobody, a series is tidied.</summary>
    private static readonly string[] Loose = ["import_run", "webhook_event", "series"];

    [Fact]
    public void Every_column_is_in_the_map_and_the_map_has_no_other()
    {
        using var db = Empty();
        var real = db.Rows("""
            SELECT t.name || '.' || c.name FROM sqlite_schema t, pragma_table_xinfo(t.name) c
            WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite\_stat%' ESCAPE '\'
            """, row => row.GetString(0));
        var mapped = DataMap.Tables.SelectMany(table => table.Columns.Select(column => table.Name + "." + column.Name)).ToList();
        Assert.Equal(mapped.Distinct().Count(), mapped.Count);
        Assert.Equal(real.Order(StringComparer.Ordinal), mapped.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_generated_column_is_derived_and_no_key_of_an_exported_table_is_left_out()
    {
        using var db = Empty();
        foreach (var table in DataMap.Tables)
        {
            var derived = db.Rows("SELECT name FROM pragma_table_xinfo($table) WHERE hidden > 1", row => row.GetString(0), ("$table", table.Name));
            Assert.Equal(derived, table.Columns.Where(column => column.Class == "derived").Select(column => column.Name));
            var left = table.Columns.Where(column => !column.IsExported).Select(column => column.Name).Except(derived).ToList();
            if (!table.IsExported) continue;
            // Without them a row must still be one.
            Assert.Empty(db.Rows("SELECT name FROM pragma_table_info($table) WHERE pk > 0 OR (\"notnull\" AND dflt_value IS NULL)", row => row.GetString(0), ("$table", table.Name)).Intersect(left));
        }
    }

    [Fact]
    public void Whatever_is_an_owners_goes_with_what_an_erasure_removes()
    {
        using var db = Empty();
        foreach (var table in DataMap.Tables.Where(table => table.Whose == "owner" && !Roots.Contains(table.Name) && !Loose.Contains(table.Name)))
            Assert.True(ReachesRoot(db, table.Name, []), $"{table.Name} stays when its owner is erased.");
    }

    [Fact]
    public void Every_rule_of_the_map_is_one_of_retentions_and_every_one_of_those_is_in_the_map()
    {
        foreach (var table in DataMap.Tables.Where(table => table.Rule is not null))
            Assert.Contains(RetentionRule.All, rule => rule.Id == table.Rule && rule.Table == table.Name);
        foreach (var rule in RetentionRule.All)
            Assert.NotNull(DataMap.Tables.Single(table => table.Name == rule.Table).Rule);
        foreach (var table in DataMap.Tables.Where(table => table.Ends.StartsWith("with ", StringComparison.Ordinal)))
            Assert.Contains(DataMap.Tables, other => other.Name == table.Ends[5..]);
    }

    [Theory]
    [InlineData("owner: somebody, kept")]
    [InlineData("owner: owner, for ever")]
    [InlineData("owner: owner, kept, perhaps")]
    [InlineData("owner")]
    [InlineData("  key: id")]
    [InlineData("owner: owner, kept\n  colour: id")]
    public void A_line_that_says_something_else_is_no_map(string text) => Assert.Throws<FormatException>(() => DataMap.Parse(text));

    private static bool ReachesRoot(Db db, string table, HashSet<string> seen)
    {
        if (Roots.Contains(table)) return true;
        return seen.Add(table) && db.Rows("SELECT \"table\" FROM pragma_foreign_key_list($table) WHERE on_delete = 'CASCADE'", row => row.GetString(0), ("$table", table)).Any(other => ReachesRoot(db, other, seen));
    }

    private static Db Empty()
    {
        var db = Db.Open(":memory:");
        Migrations.Run(db);
        return db;
    }
}
