using VetBooking.Web.Sovereignty;
using VetBooking.Web.Sovereignty.Erasure;
using VetBooking.Web.Sovereignty.Map;
using VetBooking.Web.Storage;

namespace VetBooking.Tests.Sovereignty;

/// <summary>The data map and the schema say the same, column by column; what the map promises of a table, the schema and the rules keep.</summary>
public class DataMapTests
{
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
    public void What_the_map_says_is_erased_with_a_row_goes_with_it_in_the_schema()
    {
        using var db = Empty();
        foreach (var table in DataMap.Tables)
        {
            var parents = db.Rows("SELECT DISTINCT \"table\" FROM pragma_foreign_key_list($table) WHERE on_delete = 'CASCADE'", row => row.GetString(0), ("$table", table.Name));
            var owners = parents.Where(parent => DataMap.Tables.Single(one => one.Name == parent).Whose == "owner");
            if (table.Erased.StartsWith("erased with ", StringComparison.Ordinal)) Assert.Equal(owners.Order(StringComparer.Ordinal), table.ErasedWith.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void What_the_map_says_is_erased_has_a_name_for_the_journal_and_is_what_an_erasure_removes()
    {
        using var db = Empty();
        var erased = DataMap.Tables.Where(table => table.Erased == "erased").Select(table => table.Name).Order(StringComparer.Ordinal).ToList();
        var named = db.Rows("SELECT t.name FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table' AND c.name = 'subject' AND c.type = 'TEXT'", row => row.GetString(0));
        Assert.Equal(erased, named.Select(name => name == "owner_subject" ? "owner" : name).Where(name => name != "outbox").Order(StringComparer.Ordinal));
        Assert.Equal(erased, Person.Unknown(db, "x").Rows.Select(rows => rows.Table).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Whatever_holds_somebodys_words_or_name_goes_or_is_said_to_stay()
    {
        // What stays of an owner's names nobody, and only the two that Erasing.cs looks through go in part.
        var parts = DataMap.Tables.Where(table => table.Erased == "erased by hand").Select(table => table.Name);
        Assert.Equal(["import_run", "last_act"], parts.Order(StringComparer.Ordinal));
        foreach (var table in DataMap.Tables.Where(table => table.Whose == "owner" && table.Erased == "stays"))
            Assert.DoesNotContain(table.Columns, column => column.Class is "name" or "contact" or "animal" or "words" or "picture" or "consent");
    }

    [Fact]
    public void Every_rule_of_the_map_is_one_of_retentions_and_every_one_of_those_is_in_the_map()
    {
        Assert.Equal(RetentionRule.All.Select(rule => rule.Id).Order(StringComparer.Ordinal), DataMap.Tables.SelectMany(table => table.Rules).Order(StringComparer.Ordinal));
        foreach (var other in DataMap.Tables.Select(table => table.EndsWith).OfType<string>()) Assert.Contains(DataMap.Tables, table => table.Name == other);
        foreach (var table in DataMap.Tables.Where(table => table.EndsAt is not null)) Assert.Contains(table.Columns, column => column.Name == table.EndsAt);
    }

    [Theory]
    [InlineData("owner: somebody, kept")]
    [InlineData("owner: owner, for ever")]
    [InlineData("owner: owner, kept")]
    [InlineData("owner: owner, kept, perhaps")]
    [InlineData("owner: owner, kept, erased, perhaps")]
    [InlineData("owner")]
    [InlineData("  key: id")]
    [InlineData("owner: owner, kept, erased\n  colour: id")]
    public void A_line_that_says_something_else_is_no_map(string text) => Assert.Throws<FormatException>(() => DataMap.Parse(text));

    private static Db Empty()
    {
        var db = Db.Open(":memory:");
        Migrations.Run(db);
        return db;
    }
}
