using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using VetBooking.Tests.Running;
using VetBooking.Web.Shared;
using VetBooking.Web.Storage;

namespace VetBooking.Tests.Verbs;

/// <summary>The executable as an operator's tool calls it: exit codes, and one line of JSON.</summary>
[SupportedOSPlatform("linux")]
public sealed class VerbTests(PracticeFixture fixture) : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("verbs-");

    public void Dispose() => root.Delete(recursive: true);

    [Fact]
    public async Task Version_says_what_it_is()
    {
        var ran = await Run("version", "--json");
        Assert.Equal(0, ran.Code);
        Assert.Matches(@"^\d+\.\d+\.\d+$", (string?)ran.Json["version"]);
        Assert.Equal(Migrations.Newest, (int)ran.Json["schema"]!);
        Assert.True(Version.Parse((string)ran.Json["sqlite"]!) >= Db.OldestSafeSqlite);
    }

    [Fact]
    public async Task Demo_makes_a_practice_that_is_sound_and_nobody_elses_business()
    {
        var data = Path.Combine(root.FullName, "demo");
        var ran = await Run("demo", "--data", data, "--clock", "2026-11-23T08:00:00+01:00", "--json");
        Assert.Equal((0, true), (ran.Code, (bool)ran.Json["ok"]!));
        Assert.Equal((OwnerOnly, OwnerOnly), (File.GetUnixFileMode(data), File.GetUnixFileMode(Path.Combine(data, "keys"))));
        var check = await Run("check", "--data", data, "--json");
        Assert.Equal((0, true), (check.Code, (bool)check.Json["ok"]!));
        Assert.Empty(check.Json["problems"]!.AsArray());

        var before = await File.ReadAllBytesAsync(Path.Combine(data, "practice.db"));
        Assert.Equal(3, (await Run("demo", "--data", data, "--json")).Code);
        Assert.Equal(3, (await Run("init", "--data", data, "--name", "Praxis", "--email", "praxis@example.org", "--json")).Code);
        Assert.Equal(before, await File.ReadAllBytesAsync(Path.Combine(data, "practice.db")));
        Assert.Equal(0, (int)(await Run("migrate", "--data", data, "--json")).Json["migrated"]!);
    }

    [Fact]
    public async Task Init_makes_an_empty_practice_that_is_not_public_yet()
    {
        // A folder that is there already, and open to all.
        var data = root.CreateSubdirectory("praxis").FullName;
        File.SetUnixFileMode(data, OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        var ran = await Run("init", "--data", data, "--name", "Praxis Süd", "--email", "praxis@example.org", "--json");
        Assert.Equal((0, "init"), (ran.Code, (string)ran.Json["verb"]!));
        Assert.Equal((OwnerOnly, OwnerOnly), (File.GetUnixFileMode(data), File.GetUnixFileMode(Path.Combine(data, "keys"))));
        var check = await Run("check", "--data", data, "--json");
        Assert.Equal(0, check.Code);
        Assert.Contains(check.Json["problems"]!.AsArray(), problem => ((string)problem!).Contains("phone", StringComparison.Ordinal));
        Assert.Equal(3, (await Run("serve", "--data", data, "--urls", "http://127.0.0.1:0", "--clock", "2026-11-23T08:00:00+01:00")).Code);
        Assert.Equal(3, (await Run("serve", "--data", data, "--urls", "http://127.0.0.1:0", "--no-limits")).Code);
    }

    [Theory]
    [InlineData("--name", "", "--email", "praxis@example.org")]
    [InlineData("--name", "Praxis\u202E", "--email", "praxis@example.org")]
    [InlineData("--name", "Praxis", "--email", "keine")]
    [InlineData("--name", "Praxis")]
    public async Task Init_wants_a_name_and_an_address(params string[] options)
    {
        var data = Path.Combine(root.FullName, "praxis");
        Assert.Equal(2, (await Run(["init", "--data", data, .. options])).Code);
        Assert.False(File.Exists(Path.Combine(data, "practice.db")));
    }

    [Theory]
    [InlineData("demo")]
    [InlineData("check")]
    [InlineData("frisieren")]
    [InlineData("demo", "--data", "DIR", "--size", "huge")]
    [InlineData("demo", "--data", "DIR", "--clock", "morgen")]
    [InlineData("version", "--nonsense")]
    public async Task Wrong_usage_is_2_and_changes_nothing(params string[] arguments)
    {
        var data = Path.Combine(root.FullName, "wrong");
        var ran = await Run([.. arguments.Select(one => one == "DIR" ? data : one)]);
        Assert.Equal(2, ran.Code);
        Assert.NotEqual("", ran.Error.Trim());
        Assert.False(Directory.Exists(data));
    }

    [Theory]
    [InlineData("serve")]
    [InlineData("migrate")]
    [InlineData("check")]
    public async Task Without_a_practice_there_is_nothing_to_do(string verb)
    {
        var data = Path.Combine(root.FullName, "nowhere");
        var ran = await Run(verb, "--data", data);
        Assert.Equal(3, ran.Code);
        Assert.Contains("vetbooking init", ran.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(data));
    }

    [Theory]
    [InlineData("serve")]
    [InlineData("migrate", "--json")]
    [InlineData("check", "--json")]
    public async Task A_database_of_a_newer_program_is_left_alone(string verb, params string[] more)
    {
        var folder = fixture.Copy();
        using (var db = Db.Open(folder.Database)) db.Execute("PRAGMA user_version = 99");
        var ran = await Run([verb, "--data", folder.Path, .. more]);
        Assert.Equal(3, ran.Code);
        Assert.Contains("99", ran.Error, StringComparison.Ordinal);
        if (more.Length > 0) Assert.False((bool)ran.Json["ok"]!);
        using var after = Db.Open(folder.Database);
        Assert.Equal(99, Migrations.VersionOf(after));
    }

    [Fact]
    public async Task Check_finds_what_must_not_be()
    {
        var folder = fixture.Copy();
        using (var db = Db.Open(folder.Database))
        {
            db.Execute("UPDATE appointment SET starts_local = '2026-01-01T00:00' WHERE id = 1");
            db.Execute("DELETE FROM occupancy WHERE appointment_id = (SELECT max(appointment_id) FROM occupancy)");
        }
        var ran = await Run("check", "--data", folder.Path, "--json");
        Assert.Equal((1, false), (ran.Code, (bool)ran.Json["ok"]!));
        Assert.Equal(2, ran.Json["problems"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("check")]
    [InlineData("migrate")]
    public async Task A_file_that_is_no_database_is_said_to_be_that(string verb)
    {
        var folder = new DataFolder(root.CreateSubdirectory(verb).FullName);
        await File.WriteAllTextAsync(folder.Database, new string('x', 5000));
        var ran = await Run(verb, "--data", folder.Path, "--json");
        Assert.Equal((1, false), (ran.Code, (bool)ran.Json["ok"]!));
        Assert.Contains("not a database", (string)ran.Json["error"]!, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_that_cannot_be_used_are_refused_with_what_to_do()
    {
        var folder = fixture.Copy();
        await File.WriteAllTextAsync(folder.Settings, "{ \"limits\": { \"holdsPerBlock\": 0 } }");
        foreach (var verb in (string[])["check", "serve"])
        {
            var ran = await Run(verb, "--data", folder.Path);
            Assert.Equal(3, ran.Code);
            Assert.Contains("every limit must be at least 1", ran.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_the_settings_leave_out_is_as_if_there_were_none()
    {
        var folder = fixture.Copy();
        await File.WriteAllTextAsync(folder.Settings, "{ \"limits\": { \"holdsPerBlock\": 2 }, \"mail\": { \"port\": 25 } }");
        var settings = InstanceSettings.Load(folder.Settings);
        Assert.Equal(new InstanceSettings { Limits = new LimitSettings { HoldsPerBlock = 2 }, Mail = new MailSettings { Port = 25 } }, settings);
        Assert.Equal(0, (await Run("check", "--data", folder.Path)).Code);
    }

    [Fact]
    public async Task A_demo_practice_serves_by_the_clock_it_is_given_and_stops_when_idle()
    {
        var folder = fixture.Copy();
        var ran = await Run("serve", "--data", folder.Path, "--urls", "http://127.0.0.1:0", "--clock", "2026-11-23T08:00:00+01:00", "--no-limits", "--idle-exit", "1s");
        Assert.Equal(0, ran.Code);
    }

    [Fact]
    public async Task Retain_counts_first_and_then_removes()
    {
        var folder = fixture.Copy();
        using (var db = Db.Open(folder.Database))
            db.Execute("UPDATE owner SET confirmed_at = 1795417200; INSERT INTO owner (name, email, email_key, created_at) VALUES ('Längst Fort', '', 'fort', 0)");
        Assert.Equal(1, (int)(await Run("retain", "--data", folder.Path, "--dry-run", "--json")).Json["counts"]!["owners"]!);
        Assert.Equal(1, (int)(await Run("retain", "--data", folder.Path, "--json")).Json["counts"]!["owners"]!);
        var nothing = await Run("retain", "--data", folder.Path, "--dry-run", "--json");
        Assert.Null(nothing.Json["counts"]!["owners"]);
        Assert.Equal(0, (await Run("check", "--data", folder.Path)).Code);
    }

    [Fact]
    public async Task Support_makes_a_link_for_whom_the_practice_has_let_in_and_for_nobody_else()
    {
        var folder = fixture.Copy();
        var nobody = await Run("support", "--data", folder.Path, "--json");
        Assert.Equal(3, nobody.Code);
        Assert.Contains("/praxis/team/betreiber", (string?)nobody.Json["error"], StringComparison.Ordinal);
        using var db = Db.Open(folder.Database);
        void LetIn(string address, long ends) => db.Execute("INSERT INTO account (name, email, email_key, role, ends_at, created_at) VALUES ('Olaf', $address, $address, 'support', $ends, 0)", ("$address", address), ("$ends", ends));
        var later = DateTimeOffset.UtcNow.AddHours(8).ToUnixTimeSeconds();
        // Whose grant is over, and whose was taken back, are not let in any more.
        LetIn("alt@operator.example", DateTimeOffset.UtcNow.AddMinutes(-1).ToUnixTimeSeconds());
        LetIn("zu@operator.example", later);
        db.Execute("UPDATE account SET active = 0 WHERE email = 'zu@operator.example'");
        Assert.Equal(3, (await Run("support", "--data", folder.Path)).Code);
        Assert.Equal(0, db.Number("SELECT count(*) FROM invitation"));
        LetIn("olaf@operator.example", later);
        var let = await Run("support", "--data", folder.Path, "--json");
        Assert.Equal((0, DateTimeOffset.FromUnixTimeSeconds(later)), (let.Code, DateTimeOffset.Parse((string)let.Json["until"]!, System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Contains("/praxis/einladung/", (string?)let.Json["link"], StringComparison.Ordinal);
        Assert.Equal(1, db.Number("SELECT count(*) FROM audit WHERE actor = 'operator' AND act = 'invitation.made'"));

        LetIn("uta@operator.example", later);
        Assert.Contains("--email", (string?)(await Run("support", "--data", folder.Path, "--json")).Json["error"], StringComparison.Ordinal);
        Assert.Equal(0, (await Run("support", "--data", folder.Path, "--email", "Uta@operator.example")).Code);
        Assert.Equal(3, (await Run("support", "--data", folder.Path, "--email", "weber@lindenhof.example")).Code);
    }

    private static async Task<Ran> Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "vetbooking"), arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
        return new Ran(process.ExitCode, await output, await error);
    }

    private sealed record Ran(int Code, string Output, string Error)
    {
        /// <summary>The one line of JSON, and nothing else, on stdout.</summary>
        public JsonNode Json
        {
            get
            {
                Assert.Equal('\n', Output[^1]);
                return JsonNode.Parse(Assert.Single(Output.TrimEnd('\n').Split('\n')))!;
            }
        }
    }
}
