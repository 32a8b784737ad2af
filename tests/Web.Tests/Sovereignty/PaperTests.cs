using VetBooking.Tests.Running;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn;
using VetBooking.Web.Sovereignty.Papers;
using VetBooking.Web.Storage;
using VetBooking.Web.Texts;

namespace VetBooking.Tests.Sovereignty;

/// <summary>The papers say what is switched on; looking at them numbers nothing, and what says the same keeps its number.</summary>
public sealed class PaperTests(PracticeFixture fixture)
{
    private const string Home = "/praxis/einstellungen/unterlagen";

    [Fact]
    public async Task Every_paper_can_be_read_and_only_a_press_gives_it_a_number()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn();
        Assert.Equal(403, (await desk.Open(Home)).Status);
        using var chief = await practice.SignedIn(Role.Administrator);
        var list = await chief.Open(Home);
        foreach (var kind in Paper.Kinds)
        {
            foreach (var language in (string[])["de", "en"])
            {
                var page = await chief.Open($"{Home}/{kind}?lang={language}");
                Assert.Equal((200, true), (page.Status, page.Document.QuerySelectorAll("main li").Length > 1));
                Assert.InRange(page.Html.Length, 1, 15_000);
            }
        }
        Assert.Equal(404, (await chief.Open(Home + "/nichts")).Status);
        Assert.Equal(0, practice.Count("paper"));
        var numbered = await chief.Browser.Press(list, "main form .btn");
        Assert.Equal(Paper.Kinds.Count, practice.Count("paper"));
        Assert.Contains("Fassung 1 vom", numbered.Words, StringComparison.Ordinal);
        Assert.Null(numbered.Document.QuerySelector("main form .btn"));
        await chief.Post(Home);
        Assert.Equal(Paper.Kinds.Count, practice.Count("paper"));
    }

    [Theory]
    [InlineData("INSERT INTO recall_rule (id, position, species_id, what, interval_months, confirmed_at) VALUES ('rabies', 1, 'dog', 'vaccination', 12, 1); INSERT INTO recall_rule_text VALUES ('rabies', 'de', 'Tollwut');", "privacy record processing")]
    [InlineData("INSERT INTO webhook (name, host, address, secret, created_at) VALUES ('x', 'hook.example', x'00', x'00', 0);", "privacy record processing")]
    [InlineData("INSERT INTO gateway (only, host, address, secret, reminders_too) VALUES (1, 'sms.example', x'00', x'00', 0);", "privacy record processing")]
    [InlineData("UPDATE waiting_rules SET open = 0;", "privacy record processing")]
    [InlineData("INSERT INTO retention (rule, days) VALUES ('mails', 77) ON CONFLICT DO UPDATE SET days = 77;", "privacy record deletion")]
    [InlineData("UPDATE backup_plan SET days = 20;", "privacy record processing deletion")]
    [InlineData("UPDATE practice SET idle_minutes = idle_minutes + 1;", "")]
    public async Task What_is_switched_on_changes_the_papers_it_concerns_and_no_other(string sql, string concerned)
    {
        await using var before = await fixture.Start();
        await using var after = await fixture.Start(new Wanted { Sql = sql });
        var changed = Paper.Kinds.Where(kind => Of(before, kind).Hash != Of(after, kind).Hash);
        Assert.Equal(concerned, string.Join(' ', changed));
    }

    [Fact]
    public async Task A_change_raises_the_number_of_what_it_changed_and_the_former_words_stay()
    {
        await using var practice = await fixture.Start();
        var settings = new InstanceSettings();
        Task<int> Settle() => practice.Writer.Write(change => PaperVersion.Settle(change, Actor.Practice, settings));
        Assert.Equal((6, 0), (await Settle(), await Settle()));
        practice.Db.Execute("UPDATE backup_plan SET days = 20");
        Assert.Equal(4, await Settle());
        Assert.Equal(["1", "2"], practice.Db.Rows("SELECT version FROM paper WHERE kind = 'deletion' AND instr(said, iif(version = 1, '35 Tage', '20 Tage')) > 0 ORDER BY version", row => row.GetString(0)));
        Assert.ThrowsAny<Microsoft.Data.Sqlite.SqliteException>(() => practice.Db.Execute("UPDATE paper SET said = ''"));
    }

    [Fact]
    public async Task The_public_notice_names_who_gets_what_and_leads_to_my_data()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = "INSERT INTO gateway (only, host, address, secret, reminders_too) VALUES (1, 'sms.example', x'00', x'00', 0);" });
        var page = await practice.Browser.Open("/datenschutz");
        Assert.Contains("sms.example", page.Words, StringComparison.Ordinal);
        Assert.NotNull(page.Document.QuerySelector("main a[href='/meine-daten']"));
        Assert.NotNull(page.Document.QuerySelector("footer a[href='/meine-daten']"));
    }

    private static Paper Of(RunningPractice practice, string kind) => Paper.Of(kind, PaperFacts.Load(practice.Db, practice.Writer.Current.Profile, new InstanceSettings()), Text.In("de"));
}
