using System.IO.Compression;
using System.Text.Json.Nodes;
using VetBooking.Fleet.Host;
using VetBooking.Fleet.Plans;
using VetBooking.Fleet.Updates;

namespace VetBooking.Tests.Fleet;

/// <summary>Another release: when it may come, and what stops it.</summary>
public sealed class UpdateTests : IDisposable
{
    private readonly Hosted host = new Hosted().With("0.3.0", "0.4.0").Practice("berg", "0.3.0", "termin.berg.example");

    public void Dispose() => host.Dispose();

    [Fact]
    public void The_trial_comes_first_and_visitors_wait_while_the_link_changes()
    {
        var steps = Update.Plan(host.Layout, host.Facts.Practices["berg"], "0.4.0").Steps.ToList();
        Assert.StartsWith("trial of 0.4.0", steps[0].ToString(), StringComparison.Ordinal);
        var (hold, pin, free) = (steps.FindIndex(step => step is Step.Owned text && text.Path == host.Layout.HoldOf("berg")), steps.IndexOf(new Step.Link(host.Layout.PinOf("berg"), host.Layout.Release("0.4.0"))), steps.IndexOf(new Step.Remove(host.Layout.HoldOf("berg"))));
        Assert.True(hold < pin && pin < free);
        Assert.DoesNotContain(steps, step => step is Step.Run { Command: ["systemctl", "stop", "vetbooking@berg.socket"] });
    }

    [Fact]
    public void On_the_way_back_the_release_changes_before_the_data_come_back_and_a_way_that_was_cut_off_is_finished_first()
    {
        var back = Update.Plan(host.Layout, host.Facts.Practices["berg"], "0.4.0").Undo.Select(step => step.ToString()!).ToList();
        int At(string words) => back.FindIndex(step => step.Contains(words, StringComparison.Ordinal));
        Assert.True(At("note whether its new release") < At(host.Layout.Release("0.3.0")));
        Assert.True(At(host.Layout.Release("0.3.0")) < At("put the data of berg back") && At("put the data of berg back") < back.FindLastIndex(step => step.Contains("hold", StringComparison.Ordinal)));
        var steps = Update.Plan(host.Layout, host.Facts.Practices["berg"], "0.4.0").Steps.Select(step => step.ToString()!).ToList();
        Assert.True(steps.FindIndex(step => step.Contains("if a return was cut off", StringComparison.Ordinal)) is >= 0 and var first && first < steps.FindIndex(step => step.Contains("berg.before", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_trial_that_fails_undoes_nothing_because_nothing_was_done()
    {
        var undone = false;
        var plan = new Plan("berg", [new Step.Act("look", () => throw new RefusedException("no")), new Step.Remove("/nowhere")])
        {
            Looking = 1,
            Undo = [new Step.Act("undo", () =>
            {
                undone = true;
                return Task.FromResult<System.Text.Json.JsonElement?>(null);
            })],
        };
        Assert.Contains("no", (await Runner.Perform(plan)).Problem, StringComparison.Ordinal);
        Assert.False(undone);
        Assert.NotNull((await Runner.Perform(plan with { Looking = 0 })).Problem);
        Assert.True(undone);
        Assert.Equal(1, Update.Plan(host.Layout, host.Facts.Practices["berg"], "0.4.0").Looking);
    }

    [Fact]
    public void Cut_off_behind_the_trial_it_is_brought_to_its_end_and_the_copy_is_never_made_of_what_may_be_half()
    {
        File.WriteAllText(host.Layout.HoldOf("berg"), "0.4.0\n");
        Assert.DoesNotContain(Steps(), step => step.ToString().StartsWith("trial", StringComparison.Ordinal));
        Assert.Contains(Steps(), step => step is Step.Folder);
        File.Delete(host.Layout.PinOf("berg"));
        File.CreateSymbolicLink(host.Layout.PinOf("berg"), host.Layout.Release("0.4.0"));
        File.CreateSymbolicLink(host.Layout.PinBeforeOf("berg"), host.Layout.Release("0.3.0"));
        Assert.DoesNotContain(Steps(), step => step is Step.Folder);
        Assert.Contains(new Step.Remove(host.Layout.HoldOf("berg")), Steps());
        File.Delete(host.Layout.HoldOf("berg"));
        Assert.Empty(Steps());
    }

    [Fact]
    public void Back_only_where_the_older_release_can_read()
    {
        Assert.Contains("no other release", Assert.Throws<RefusedException>(() => Rollback.Plan(host.Layout, host.Facts.Practices["berg"], _ => 28)).Message, StringComparison.Ordinal);
        File.CreateSymbolicLink(host.Layout.PinBeforeOf("berg"), host.Layout.Release("0.4.0"));
        Assert.NotEmpty(Rollback.Plan(host.Layout, host.Facts.Practices["berg"], _ => 28).Steps);
        Assert.Contains("cannot read", Assert.Throws<RefusedException>(() => Rollback.Plan(host.Layout, host.Facts.Practices["berg"], version => version == "0.3.0" ? 28 : 27)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1,5%,rest", 200, "1 10 189")]
    [InlineData("1,5%,rest", 3, "1 1 1")]
    [InlineData("rest", 7, "7")]
    [InlineData("2,2,rest", 3, "2 1")]
    public void Waves_are_as_large_as_they_say(string text, int all, string sizes)
    {
        var waves = Waves.Read(text);
        var seen = new List<int>();
        for (var done = 0; done < all; done += seen[^1]) seen.Add(Math.Min(waves(done, all), all - done));
        Assert.Equal(sizes, string.Join(' ', seen));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1,2")]
    [InlineData("0,rest")]
    [InlineData("101%,rest")]
    [InlineData("-1,rest")]
    public void Other_words_are_no_waves(string text) => Assert.Contains("1,5%,rest", Waves.Problem(text), StringComparison.Ordinal);

    [Fact]
    public void Every_way_of_answering_worse_is_found()
    {
        var old = Answered("""{"timeZone":"Europe/Berlin","slots":[1,2]}""");
        Assert.Null(TrialRun.Difference(old, Answered("""{"timeZone":"Europe/Berlin","slots":[1,2],"more":true}""")));
        string?[] found =
        [
            TrialRun.Difference(old, Answered("""{"timeZone":"UTC","slots":[1,2]}""")),
            TrialRun.Difference(old, Answered("""{"timeZone":"Europe/Berlin","slots":[2,1]}""")),
            TrialRun.Difference(old, Answered("""{"timeZone":"Europe/Berlin","slots":[1,2]}""") with { Answers = [("/api", 500, null)] }),
            TrialRun.Difference(old, Answered(null)),
            TrialRun.Difference(old, old with { Mails = 0 }),
            TrialRun.Difference(old, old with { Appointments = 0 }),
            TrialRun.Difference(old, old with { Took = TimeSpan.FromSeconds(20) }),
            TrialRun.Difference(old, old with { Memory = 200 << 20 }),
            TrialRun.Difference(old, old with { Answers = [] }),
        ];
        Assert.All(found, Assert.NotNull);
    }

    [Theory]
    [InlineData("""[{"id":1,"name":"a","more":1}]""", null)]
    [InlineData("""[{"id":1,"name":"a"},{"id":2,"name":"b"}]""", null)]
    [InlineData("""[{"id":1}]""", "the column owner.name is gone or changed.")]
    [InlineData("""[{"id":1,"name":"x"}]""", "the column owner.name is gone or changed.")]
    [InlineData("[]", "the table owner has 0 rows instead of 1.")]
    [InlineData(null, "the table owner is gone.")]
    public void What_a_release_loses_is_found_and_no_value_is_named(string? rows, string? lost)
    {
        var (before, after) = (Path.Combine(host.Layout.Root, "before.zip"), Path.Combine(host.Layout.Root, "after.zip"));
        Zip(before, """[{"id":1,"name":"a"}]""");
        Zip(after, rows);
        Assert.Equal(lost, Kept.Lost(before, after));
    }

    private IReadOnlyList<Step> Steps() => Update.Plan(host.Layout, host.Facts.Practices["berg"], "0.4.0").Steps;

    private static TrialRun Answered(string? body) => new()
    {
        Answers = [("/api", 200, body is null ? null : JsonNode.Parse(body))],
        Took = TimeSpan.FromSeconds(1),
        Memory = 40 << 20,
        Mails = 1,
        Appointments = 1,
    };

    private static void Zip(string path, string? rows)
    {
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        if (rows is null) return;
        using var text = new StreamWriter(zip.CreateEntry("daten/owner.json").Open());
        text.Write(rows);
    }
}
